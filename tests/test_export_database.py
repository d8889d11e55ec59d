"""The data dictionary names every column; the database answers what the tables hold."""

import json
from pathlib import Path

import pytest

from pipeline.errors import WorkError
from pipeline.export import database, dictionary, tables
from pipeline.export.columns import COLUMNS
from tests.report_specimen import alone, specimen


def test_every_column_of_every_table_has_a_type_and_a_meaning() -> None:
    package = json.loads(dictionary.encoded())
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {table: list(columns) for table, columns in COLUMNS.items()}
    for resource in package["resources"]:
        assert resource["description"]
        assert all(len(field["description"]) > 10 for field in resource["schema"]["fields"])
        assert all(field["type"] for field in resource["schema"]["fields"])


def test_no_description_is_left_over() -> None:
    used = {name for columns in COLUMNS.values() for name in columns}
    assert set(dictionary.MEANINGS) <= used
    assert set(dictionary.TABLES) == set(COLUMNS)


def test_the_database_holds_the_tables_and_its_views_can_be_asked(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason='DuckDB is not installed: pip install "diptych[duckdb]"')
    (path,) = database.write([specimen(), alone()], tmp_path)
    with duckdb.connect(str(path), read_only=True) as base:
        for table in COLUMNS:
            frame = tables.frame([specimen(), alone()], table)
            assert base.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(frame),)
            if "text" in frame:
                assert [row[0] for row in base.execute(f"SELECT text FROM {table}").fetchall()] == frame[
                    "text"
                ].tolist()
        answers = {view: base.execute(f"SELECT * FROM {view}").fetchall() for view in database.VIEWS}
    assert all(answers.values())
    assert sum(row[2] for row in answers["differences_by_kind"]) == len(specimen().differences or ())
    assert any(row[0] == "MD" for row in answers["factors_by_country_and_year"])
    assert {p.name for p in tmp_path.iterdir()} == {database.NAME}


def test_the_views_can_be_asked_over_a_run_s_tables(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason='DuckDB is not installed: pip install "diptych[duckdb]"')
    with pytest.raises(WorkError, match=r"no works\.parquet there; give the folder that diptych run wrote"):
        database.over(tmp_path)
    for part, work in enumerate((specimen(), alone())):
        for path in tables.write([work], tmp_path / "parts", formats=("parquet",)):
            folder = tmp_path / "tables" / path.name
            folder.mkdir(parents=True, exist_ok=True)
            path.replace(folder / f"part-{part:05}.parquet")
    with database.over(tmp_path) as base:
        works = tables.frame([specimen(), alone()], "works")
        assert base.execute("SELECT count(*) FROM works").fetchone() == (len(works),)
        assert all(base.execute(f"SELECT * FROM {view}").fetchall() for view in database.VIEWS)
