"""The demo corpus holds exactly what its `planted.json` and README say it holds."""

import csv
import datetime
import html
import json
import re
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).resolve().parent.parent / "corpora" / "demo"
PLANTED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "cases" / "demo" / "planted.json").read_text(encoding="utf-8")
)
EVERY_ROW = [row for rows in PLANTED.values() for row in rows]
WORKS = ["iceland-denmark", "kazakhstan-corridors", "moldova-energy", "paraguay-brazil"]
KINDS = {
    "omission",
    "addition",
    "number",
    "date",
    "entity",
    "modality",
    "attribution",
    "polarity",
    "terminology",
}
RUSSIAN_PART = "\n\nЗа пределами мегаватт"


def without_tags(markup: str) -> str:
    """The reading text of HTML or of WordprocessingML: paragraphs end lines, other tags leave no trace."""
    body = re.sub(r"<head>.*?</head>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:w:)?p>", "\n", body)))


def demo_text(work: str, lang: str) -> str:
    """One version's text with every run of white space as one space (the file on Paraguay has hard line ends)."""
    [path] = [*DEMO.glob(f"{work}.{lang}.*"), *DEMO.glob(f"{work}.txt")]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            text = without_tags(archive.read("word/document.xml").decode("utf-8"))
    else:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = without_tags(text)
    if path.name == f"{work}.txt":
        english, russian = text.split(RUSSIAN_PART)
        text = english if lang == "en" else RUSSIAN_PART + russian
    return " ".join(text.split())


def statements() -> list[dict[str, str]]:
    with (DEMO / "leaders.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", EVERY_ROW, ids=lambda row: f"{row['work']}-{row['en'] or row['ru']}"[:50])
def test_every_planted_wording_stands_once_in_its_version(row: dict[str, Any]) -> None:
    for lang in ("en", "ru"):
        if row[lang] is not None:
            assert demo_text(row["work"], lang).count(row[lang]) == 1


@pytest.mark.parametrize("work", WORKS)
def test_each_work_has_six_differences_of_different_kinds_and_two_traps(work: str) -> None:
    kinds = [row["kind"] for row in PLANTED["differences"] if row["work"] == work]
    assert set(kinds) <= KINDS
    assert len(set(kinds)) == len(kinds) >= 6
    assert sum(row["work"] == work for row in PLANTED["traps"]) >= 2


def test_every_kind_of_difference_is_planted_somewhere() -> None:
    assert {row["kind"] for row in PLANTED["differences"]} == KINDS


@pytest.mark.parametrize("row", PLANTED["differences"], ids=lambda row: f"{row['work']}-{row['kind']}")
def test_only_omissions_and_additions_are_one_sided(row: dict[str, Any]) -> None:
    assert (row["ru"] is None) == (row["kind"] == "omission")
    assert (row["en"] is None) == (row["kind"] == "addition")


@pytest.mark.parametrize("row", PLANTED["wrong_arithmetic"], ids=lambda row: row["work"])
def test_the_wrong_percentages_do_not_follow_from_their_values(row: dict[str, Any]) -> None:
    before, after = (
        Decimal(value.replace(",", "")) for value in re.findall(r"(?:from|to) \$?([\d,]+)", row["en"])
    )
    assert round((before - after) / before * 100) == int(row["expected"])
    assert abs(int(row["stated"]) - int(row["expected"])) > 1


def test_the_readme_lists_every_planted_wording() -> None:
    readme = (DEMO / "README.md").read_text(encoding="utf-8")
    for row in EVERY_ROW:
        assert all(row[lang] in readme for lang in ("en", "ru") if row[lang] is not None)


def test_the_statements_table_is_complete_and_balanced() -> None:
    rows = statements()
    assert list(rows[0]) == ["speaker", "role", "country", "date", "lang", "text", "source"]
    assert len(rows) >= 24
    assert all(all(row.values()) for row in rows)
    assert all(re.fullmatch("[A-Z]{2}", row["country"]) for row in rows)
    assert all(datetime.date.fromisoformat(row["date"]) for row in rows)
    languages = Counter(row["lang"] for row in rows)
    assert languages["en"] == languages["ru"] == len(rows) / 2


def test_some_statements_stand_in_both_languages() -> None:
    occasions = Counter((row["country"], row["date"]) for row in statements())
    assert sum(count == 2 for count in occasions.values()) >= 5
