"""The tables: stable columns, one row per record, nothing lost on the way to disk and back."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pandas as pd
import pytest

from pipeline.document import Work
from pipeline.errors import ConfigError, WorkError
from pipeline.export import each, tables
from pipeline.export.columns import COLUMNS, TEXT
from tests.report_specimen import alone, specimen

ROWS = {
    "works": 2,
    "passages": 7,
    "factors": 4,
    "statements": 2,
    "quantities": 2,
    "events": 2,
    "entities": 7,
    "citations": 2,
    "differences": 5,
    "comparison": 1,
    "alignment": 16,
    "repairs": 1,
    "diagnostics": 2,
}


def read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("tables")
    tables.write([specimen(), alone()], where)
    return where


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_has_its_columns_and_rows(folder: Path, table: str) -> None:
    frame = read_csv(folder / f"{table}.csv")
    assert list(frame.columns) == list(COLUMNS[table])
    assert len(frame) == ROWS[table] + (table == "works")


@pytest.mark.parametrize("table", COLUMNS)
def test_parquet_and_csv_say_the_same(folder: Path, table: str) -> None:
    pytest.importorskip("pyarrow")
    parquet = pd.read_parquet(folder / f"{table}.parquet")
    assert list(parquet.columns) == list(COLUMNS[table])
    plain = read_csv(folder / f"{table}.csv")
    for name, kind in COLUMNS[table].items():
        if kind == TEXT:
            assert parquet[name].fillna("").tolist() == plain[name].tolist()


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_without_records_keeps_its_header(tmp_path: Path, table: str) -> None:
    tables.write([], tmp_path, formats=("csv",))
    assert (tmp_path / f"{table}.csv").read_text(encoding="utf-8") == ",".join(COLUMNS[table]) + "\n"


def test_nested_fields_are_spread_and_numbers_kept_as_written(folder: Path) -> None:
    quantity = read_csv(folder / "quantities.csv").iloc[0]
    assert (quantity["from"], quantity["to"], quantity["stated"], quantity["expected"]) == (
        "40000000",
        "30000000",
        "-35",
        "-25",
    )
    assert quantity["consistent"] == "False"
    statement = read_csv(folder / "statements.csv").iloc[0]
    assert (statement["speaker"], statement["cue"], statement["stance"]) == (
        "Ion Ceban-Rusu",
        "said",
        "multilateral",
    )
    event = read_csv(folder / "events.csv").iloc[1]
    assert (event["date_start"], event["participants"]) == ("2018-05-12", "MD; RO")
    entity = read_csv(folder / "entities.csv").iloc[0]
    assert (entity["link_scheme"], entity["link_value"]) == ("iso3166", "MD")
    passage = read_csv(folder / "passages.csv").iloc[2]
    assert (passage["p_ambivalent"], passage["abstained"], passage["role"]) == ("0.41", "True", "body")


def test_texts_of_a_bead_stand_beside_each_other(folder: Path) -> None:
    beads = read_csv(folder / "alignment.csv")
    moved = beads[(beads["level"] == "paragraph") & (beads["en"] == "4")].iloc[0]
    assert moved["en_text"].startswith("On 12 March")
    assert moved["ru_text"].startswith("12 мая")
    null = beads[(beads["level"] == "sentence") & (beads["ru"] == "")]
    assert null["ru_text"].tolist() == ["", ""]


def test_offsets_cut_the_same_text_from_the_version(folder: Path) -> None:
    work = specimen()
    for table in ("entities", "statements", "passages", "repairs"):
        for _, row in read_csv(folder / f"{table}.csv").iterrows():
            text = work.versions[row["lang"]].text
            assert text[int(row["start"]) : int(row["end"])] == row["text"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first = tables.write([specimen()], tmp_path / "a")
    second = tables.write([specimen()], tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_without_pyarrow_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tables, "has_pyarrow", lambda: False)
    written = tables.write([specimen()], tmp_path)
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "pip install" in message
    assert {p.suffix for p in written} == {".csv"}


def test_an_unknown_format_names_the_allowed_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='unknown table format "cvs"; did you mean "csv"'):
        tables.write([], tmp_path, formats=("cvs",))


def test_an_unknown_table_names_the_allowed_ones() -> None:
    with pytest.raises(ConfigError, match='unknown table "factor"; did you mean "factors"'):
        tables.frame([specimen()], "factor")


def test_works_are_read_when_their_turn_comes(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(msgspec.json.encode(specimen()))
    found: Iterator[Work] = each([tmp_path / "good.json", tmp_path / "missing.json"])
    assert next(found).id == "grain-road"
    with pytest.raises(WorkError, match=r"missing\.json: cannot be read"):
        next(found)
