"""Finished works leave the house: tables, and the field's exchange formats."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.document import Work
from pipeline.errors import ConfigError, WorkError, suggest


def each(works: Iterable[Path | Work]) -> Iterator[Work]:
    """Works one by one; a path is read when its turn comes, so that a large corpus never lies in memory.

    Raises: WorkError for a file that is not an annotated work.
    """
    for work in works:
        yield work if isinstance(work, Work) else read(work)


def read(path: Path) -> Work:
    """The annotated work in a file that `diptych run` wrote.

    Raises: WorkError for a file that cannot be read or is not an annotated work.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Work)
    except OSError as error:
        raise WorkError(
            f"{path}: cannot be read ({error.strerror}); give the path of a work's JSON (OUT/works/ID.json)"
        ) from None
    except msgspec.DecodeError as error:
        raise WorkError(
            f"{path}: not an annotated work ({error}); allowed is what `diptych run` writes to OUT/works/ID.json"
        ) from None


KINDS = ("csv", "parquet", "tmx", "vecalign", "ladder", "tsv")
"""What `diptych export` writes: tables of every layer, or the sentence beads of every work."""


def export(out: Path, to: str, folder: Path) -> list[Path]:
    """Write the finished works of a run in one of the field's formats; one file a work for beads, one a layer for tables.

    Raises: ConfigError for an unknown kind, WorkError when the run holds no works.
    """
    from pipeline.export import beads, tables

    if to not in KINDS:
        raise ConfigError(f'--to: unknown kind "{to}"; {suggest(to, KINDS)}')
    works = sorted((out / "works").glob("*.json"))
    if not works:
        raise WorkError(f"{out}: no works/*.json there; give the folder that diptych run wrote")
    if to in ("csv", "parquet"):
        return tables.write(works, folder, formats=(to,))
    return [beads.write(work, to, folder) for work in each(works) if work.alignment]
