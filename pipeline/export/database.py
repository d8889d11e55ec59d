"""One DuckDB database over the tables, with views that answer the usual questions."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compare.finding import REPORTED
from pipeline.document import Work
from pipeline.errors import MissingModel, WorkError
from pipeline.export import tables
from pipeline.export.columns import COLUMNS, REAL, TEXT, TRUTH, WHOLE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "diptych.duckdb"
TYPES = {TEXT: "VARCHAR", WHOLE: "BIGINT", REAL: "DOUBLE", TRUTH: "BOOLEAN"}

VIEWS = {
    "factors_by_country_and_year": """
        SELECT coalesce(country, '') AS country, left(w.date, 4) AS year, f.lang, f."group", f.code, f.polarity,
               count(*) AS mentions, count(DISTINCT f.work) AS works
        FROM (SELECT *, unnest(string_split(coalesce(countries, ''), '; ')) AS country FROM factors) f
        JOIN works w USING (work, side)
        GROUP BY ALL ORDER BY ALL""",
    "statements_by_leader": """
        SELECT coalesce(speaker_name, speaker) AS leader, country, lang, count(*) AS statements,
               count(*) FILTER (WHERE kind = 'direct') AS direct, round(avg(stance_score), 3) AS stance,
               count(DISTINCT work) AS works
        FROM statements GROUP BY ALL ORDER BY statements DESC, leader, lang""",
    "quantity_changes": """
        SELECT work, lang, indicator, subject, counterpart, "from", "to", unit, change_pct, period, stated, expected,
               consistent, text
        FROM quantities
        WHERE ("from" IS NOT NULL AND "to" IS NOT NULL) OR change_pct IS NOT NULL OR change_pp IS NOT NULL
        ORDER BY work, lang, start""",
    "differences_by_kind": f"""
        SELECT kind, severity, count(*) AS differences, count(DISTINCT work) AS works,
               round(avg(confidence), 3) AS confidence, count(*) FILTER (WHERE confidence >= {REPORTED}) AS reported
        FROM differences GROUP BY ALL ORDER BY differences DESC, kind, severity""",
    "passages_by_category": """
        SELECT lang, category, "group", abstained, count(*) AS passages, count(DISTINCT work) AS works
        FROM passages GROUP BY ALL ORDER BY ALL""",
}
"""View -> query. `reported` are the differences that the report shows as such; the others are doubtful."""


def over(out: str | Path) -> "DuckDBPyConnection":
    """The tables of a run and the views, to be asked where they lie: nothing is copied.

    `over("out").sql("SELECT * FROM differences_by_kind").df()` is a table of pandas.

    Raises: MissingModel when DuckDB is not installed; WorkError where the run left no Parquet.
    """
    folder = Path(out) / "tables"
    missing = [table for table in COLUMNS if not any((folder / f"{table}.parquet").glob("*.parquet"))]
    if missing:
        raise WorkError(
            f"{folder}: no {missing[0]}.parquet there; give the folder that diptych run wrote, with pyarrow installed"
        )
    database = _duckdb().connect()
    for table in COLUMNS:
        database.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{_quoted(folder)}/{table}.parquet/*')"
        )
    for name, query in VIEWS.items():
        database.execute(f"CREATE VIEW {name} AS {query}")
    return database


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise MissingModel('duckdb is not installed; get it with: pip install "diptych[duckdb]"') from None
    return duckdb


def write(works: Iterable[Path | Work], folder: Path) -> list[Path]:
    """Write the database, whole or not at all, and return its path.

    Raises: MissingModel when DuckDB is not installed.
    """
    duckdb = _duckdb()
    target = folder / NAME
    with tempfile.TemporaryDirectory(dir=folder, prefix=".", suffix=".part") as scratch:
        files = tables.write(works, scratch, formats=("csv",))
        with duckdb.connect(str(Path(scratch) / NAME)) as database:
            for file in files:
                database.execute(f"CREATE TABLE {file.stem} AS {_read(file)}")
            for name, query in VIEWS.items():
                database.execute(f"CREATE VIEW {name} AS {query}")
        (Path(scratch) / NAME).replace(target)
    return [target]


def _read(file: Path) -> str:
    columns = ", ".join(f"'{name}': '{TYPES[kind]}'" for name, kind in COLUMNS[file.stem].items())
    return (
        f"SELECT * FROM read_csv('{_quoted(file)}', header=true, delim=',', quote='\"', escape='\"', columns={{{columns}}}, "
        "nullstr='', max_line_size=100000000)"
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
