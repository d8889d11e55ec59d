"""The tables of a large corpus, in parts: each part holds the rows of some hundred works, is written by a worker, and is
written again only when one of its works has changed.

Parquet stays in parts (`OUT/tables/LAYER.parquet/part-00000.parquet`: one table for pandas, Arrow, DuckDB and Spark);
the CSV parts are put together into one file a layer.
"""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pipeline import keys
from pipeline.export import annotated, dictionary, tables
from pipeline.export.columns import COLUMNS


class Part(Struct, frozen=True):
    """The works of one part, with the digests of their files."""

    number: int
    works: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return keys.key(self.works, keys.code(tables), tables.has_pyarrow())

    @property
    def name(self) -> str:
        return f"part-{self.number:05}"


def parts(works: Sequence[tuple[str, str]], size: int) -> list[Part]:
    """The works, in the order of their names, cut into parts; a corpus without works has one empty part, so that every
    table has its header."""
    ordered = sorted(works)
    cut = [tuple(ordered[at : at + size]) for at in range(0, len(ordered), size)] or [()]
    return [Part(number, members) for number, members in enumerate(cut)]


def _folder(out: Path) -> Path:
    return out / "cache" / "tables"


def held(part: Part, out: Path) -> bool:
    """Whether the part is there already."""
    try:
        kept = (_folder(out) / f"{part.name}.key").read_text()
    except OSError:
        return False
    formats = {"csv": _folder(out) / part.name, "parquet": out / "tables"}
    return kept == part.key and all(
        _file(folder, table, kind, part).exists()
        for kind, folder in formats.items()
        for table in COLUMNS
        if kind == "csv" or tables.has_pyarrow()
    )


def _file(folder: Path, table: str, kind: str, part: Part) -> Path:
    return folder / (f"{table}.csv" if kind == "csv" else f"{table}.parquet/{part.name}.parquet")


def write(part: Part, out: Path) -> None:
    """Write one part of every table; a reader sees the old part or the new one."""
    kept, home = _folder(out), out / "tables"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{part.name}.key").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=kept, prefix=".", suffix=".part") as scratch:
        fresh = Path(scratch)
        tables.write([out / "works" / f"{id}.json" for id, _ in part.works], fresh, quiet=True)
        (kept / part.name).mkdir(exist_ok=True)
        for table in COLUMNS:
            (fresh / f"{table}.csv").replace(kept / part.name / f"{table}.csv")
            if (fresh / f"{table}.parquet").exists():
                target = _file(home, table, "parquet", part)
                if target.parent.is_file():  # a table of an earlier version of diptych
                    target.parent.unlink()
                target.parent.mkdir(parents=True, exist_ok=True)
                (fresh / f"{table}.parquet").replace(target)
    annotated.write_bytes(part.key.encode(), kept / f"{part.name}.key")


def publish(all_parts: Sequence[Part], out: Path) -> None:
    """Put the CSV parts together and take away the parts of a corpus that was larger; nothing where nothing changed."""
    kept, home = _folder(out), out / "tables"
    state = keys.key([part.key for part in all_parts])
    names = {part.name for part in all_parts}
    published = kept / "published.key"
    if _text(published) == state and all((home / f"{table}.csv").exists() for table in COLUMNS):
        return
    home.mkdir(parents=True, exist_ok=True)
    published.unlink(missing_ok=True)
    for table in COLUMNS:
        _joined([kept / name / f"{table}.csv" for name in sorted(names)], home / f"{table}.csv")
        for old in (home / f"{table}.parquet").glob("*.parquet"):
            if old.stem not in names:
                old.unlink()
    for old in kept.glob("part-*"):
        if old.stem not in names:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    annotated.write_bytes(dictionary.encoded(), home / dictionary.NAME)
    annotated.write_bytes(state.encode(), published)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _joined(pieces: Sequence[Path], target: Path) -> None:
    """One CSV file of several with the same header, a block at a time."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as whole:
        for number, piece in enumerate(pieces):
            with piece.open("rb") as file:
                header = file.readline()
                if not number:
                    whole.write(header)
                shutil.copyfileobj(file, whole, 1 << 20)
    Path(whole.name).chmod(0o644)
    Path(whole.name).replace(target)
