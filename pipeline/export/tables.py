"""One table per layer, for spreadsheets and statistics: the same columns always, one row per record."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.compare.finding import KINDS
from pipeline.document import Difference, Lang, Span, Version, Work
from pipeline.errors import ConfigError, suggest
from pipeline.export import each
from pipeline.export.columns import COLUMNS, REAL, TEXT, TRUTH, WHOLE, Types

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

BATCH = 25
"""Works written at a time: enough rows for a group of a Parquet file, few enough for memory."""

LISTED = "; "
"""Between the items of a list in one cell."""


def write(
    works: Iterable[Path | Work],
    folder: str | Path,
    formats: Sequence[str] = ("csv", "parquet"),
    quiet: bool = False,
) -> list[Path]:
    """Write every table into `folder`, a few works at a time, and return the files written.

    CSV is UTF-8 with `\\n`; a table without records keeps its header. Parquet needs pyarrow: where it is missing
    one line on standard error says so, and the other formats are written.

    Raises: ConfigError for an unknown format; WorkError for a path that is not an annotated work.
    """
    for name in formats:
        if name not in WRITERS:
            raise ConfigError(f'export: unknown table format "{name}"; {suggest(name, WRITERS)}')
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    usable = [name for name in formats if name != "parquet" or has_pyarrow()]
    if len(usable) < len(formats) and not quiet:
        print(NO_PARQUET, file=sys.stderr)
    sinks = [
        (table, WRITERS[name](folder / f"{table}.{name}", COLUMNS[table]))
        for table in COLUMNS
        for name in usable
    ]
    try:
        coming = each(works)
        while batch := tuple(islice(coming, BATCH)):
            found = {table: cells(batch, table) for table in COLUMNS}
            for table, sink in sinks:
                sink.add(found[table])
    finally:
        for _, sink in sinks:
            sink.close()
    return [sink.path for _, sink in sinks]


CELLS: dict[str, Callable[[Any], Any]] = {TEXT: str, WHOLE: int, REAL: float, TRUTH: bool}
"""What a value of each type is in a cell."""


def cells(works: Iterable[Work], table: str) -> list[list[Any]]:
    """The rows of one table of some works, a value or `None` for each column."""
    columns = [(name, CELLS[kind]) for name, kind in COLUMNS[table].items()]
    return [
        [None if (value := row.get(name)) is None else cell(value) for name, cell in columns]
        for work in works
        for row in ROWS[table](work, table)
    ]


def frame(works: Iterable[Work], table: str) -> "pd.DataFrame":
    """One table of some works, with its columns and types also where it is empty.

    Raises: ConfigError for an unknown table.
    """
    if table not in COLUMNS:
        raise ConfigError(f'export: unknown table "{table}"; {suggest(table, COLUMNS)}')
    import pandas as pd

    columns = COLUMNS[table]
    return pd.DataFrame(cells(works, table), columns=list(columns)).astype(columns)


NO_PARQUET = 'tables: Parquet left out, pyarrow is not installed; get it with: pip install "diptych[tables]"'


def has_pyarrow() -> bool:
    """Whether Parquet can be written."""
    return find_spec("pyarrow") is not None


class CsvTable:
    """A growing CSV file; the header is there from the start."""

    def __init__(self, path: Path, columns: Types) -> None:
        self.path = path
        self.file = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow(columns)

    def add(self, rows: list[list[Any]]) -> None:
        self.writer.writerows(rows)

    def close(self) -> None:
        self.file.close()


class ParquetTable:
    """A growing Parquet file with the same schema whatever the first work holds."""

    def __init__(self, path: Path, columns: Types) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {TEXT: pa.string(), WHOLE: pa.int64(), REAL: pa.float64(), TRUTH: pa.bool_()}
        self.path = path
        self.schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
        self.writer = pq.ParquetWriter(path, self.schema)

    def add(self, rows: list[list[Any]]) -> None:
        import pyarrow as pa

        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            arrays = [
                pa.array(values, type=field.type) for values, field in zip(columns, self.schema, strict=True)
            ]
            self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))

    def close(self) -> None:
        self.writer.close()


WRITERS: dict[str, type[CsvTable] | type[ParquetTable]] = {"csv": CsvTable, "parquet": ParquetTable}


def _works(work: Work, table: str) -> Iterator[Row]:
    for lang, version in _versions(work):
        source = msgspec.structs.asdict(version.source)
        counts = {"characters": len(version.text), "words": len(version.text.split())}
        counts |= {part: len(getattr(version, part) or ()) for part in ("paragraphs", "sentences")}
        yield {
            "work": work.id,
            "lang": version.lang,
            "side": lang,
            "title": version.meta.get("title"),
            "date": version.meta.get("date"),
            **_only(source, table),
            **counts,
        }


def _versions(work: Work) -> list[tuple[Lang, Version]]:
    return sorted(work.versions.items())


def _spans(work: Work, layer: str) -> Iterator[Row]:
    """The rows of a layer of annotations: fields as they are, nested ones spread over columns."""
    for lang, version in _versions(work):
        for record in getattr(version, layer) or ():
            plain = _only(msgspec.structs.asdict(record), layer)
            flat = {name: _cell(value) for name, value in plain.items()}
            yield {
                "work": work.id,
                "lang": version.lang,
                "side": lang,
                **flat,
                **SPREAD.get(layer, _nothing)(record, version),
            }


def _only(values: Row, table: str) -> Row:
    return {name: value for name, value in values.items() if name in COLUMNS[table]}


def _cell(value: Any) -> Any:
    """A list becomes one cell, a span its text.

    >>> _cell(("KZ", "UZ"))
    'KZ; UZ'
    """
    if isinstance(value, tuple):
        return LISTED.join(value)
    return value.text if isinstance(value, Span) else value


def _nothing(record: Any, version: Version) -> Row:
    return {}


def _passage(record: Any, version: Version) -> Row:
    roles = [p.role for p in version.paragraphs or () if p.start <= record.start < p.end]
    return {
        "role": roles[0] if roles else None,
        "probabilities": msgspec.json.encode(record.probabilities, order="sorted").decode(),
        **{f"p_{name}": p for name, p in record.probabilities.items() if f"p_{name}" in COLUMNS["passages"]},
    }


def _statement(record: Any, version: Version) -> Row:
    stance = record.stance
    return {
        "statement_group": record.group,
        "stance": stance and stance.label,
        "stance_score": stance and stance.score,
        "stance_words": stance and _cell(stance.words),
    }


def _quantity(record: Any, version: Version) -> Row:
    check = record.check
    found = (
        {"stated": check.stated, "expected": check.expected, "consistent": check.consistent} if check else {}
    )
    return {"from": record.from_, **found}


def _event(record: Any, version: Version) -> Row:
    date = record.date
    return {"date_start": date.start, "date_end": date.end, "precision": date.precision} if date else {}


def _entity(record: Any, version: Version) -> Row:
    return {"link_scheme": record.link.scheme, "link_value": record.link.value} if record.link else {}


SPREAD: dict[str, Callable[[Any, Version], Row]] = {
    "passages": _passage,
    "statements": _statement,
    "quantities": _quantity,
    "events": _event,
    "entities": _entity,
}
"""The nested fields of a layer, spread over columns."""


def _differences(work: Work, table: str) -> Iterator[Row]:
    for found in work.differences or ():
        row = _only(msgspec.structs.asdict(found), table)
        row["detail"] = msgspec.json.encode(found.detail, order="sorted").decode() if found.detail else None
        yield {"work": work.id, **row, **_side(found, "en"), **_side(found, "ru"), "by": _finder(found)}


def _side(found: Difference, lang: Lang) -> Row:
    span = found.en if lang == "en" else found.ru
    return {f"{lang}_start": span.start, f"{lang}_end": span.end, f"{lang}_text": span.text} if span else {}


def _finder(found: Difference) -> str | None:
    span = found.en or found.ru
    return span.by if span else None


def _comparison(work: Work, table: str) -> Iterator[Row]:
    found = work.comparison
    if found is None:
        return
    sides: Row = {f"words_{lang}": count for lang, count in found.words.items()}
    sides |= {f"matched_{lang}": share for lang, share in found.matched.items()}
    yield {
        "work": work.id,
        **sides,
        **{kind: found.kinds.get(kind, 0) for kind in KINDS},
        **_only(msgspec.structs.asdict(found), table),
        "parts": LISTED.join(f"{paragraph}: {count}" for paragraph, count in found.parts),
    }


def _alignment(work: Work, table: str) -> Iterator[Row]:
    for bead in work.alignment:
        texts = {
            f"{lang}_text": _bead_text(version, bead.level, bead.en if lang == "en" else bead.ru)
            for lang, version in _versions(work)
        }
        yield {
            "work": work.id,
            "level": bead.level,
            "en": _numbers(bead.en),
            "ru": _numbers(bead.ru),
            **texts,
            "score": bead.score,
        }


def _numbers(indices: Iterable[int]) -> str:
    return LISTED.join(str(index) for index in indices)


def _bead_text(version: Version, level: str, indices: Iterable[int]) -> str:
    parts = (version.paragraphs if level == "paragraph" else version.sentences) or ()
    return " ".join(version.text[parts[i].start : parts[i].end] for i in indices)


def _repairs(work: Work, table: str) -> Iterator[Row]:
    for lang, version in _versions(work):
        for number, repair in enumerate(version.repairs, 1):
            text = version.text[repair.start : repair.end]
            yield {
                "work": work.id,
                "lang": version.lang,
                "side": lang,
                "id": f"{lang}.repair.{number}",
                "text": text,
                **msgspec.structs.asdict(repair),
            }


def _diagnostics(work: Work, table: str) -> Iterator[Row]:
    for found in work.diagnostics:
        yield {"work": work.id, **msgspec.structs.asdict(found)}


ROWS: dict[str, Callable[[Work, str], Iterator[Row]]] = dict.fromkeys(COLUMNS, _spans) | {
    "works": _works,
    "differences": _differences,
    "comparison": _comparison,
    "alignment": _alignment,
    "repairs": _repairs,
    "diagnostics": _diagnostics,
}
"""Where the rows of a table come from."""
