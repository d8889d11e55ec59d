"""The labelled passages keep the promises of corpora/labelled/README.md: what the classifier learns from is checked here."""

import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "corpora" / "labelled"
CATEGORY_OF_GROUP = {
    "economic": "objective",
    "political": "objective",
    "historical": "ambivalent",
    "sociocultural": "ambivalent",
    "psychological": "subjective",
    "none": "none",
}
GENRES = {
    "diplomatic memoir", "encyclopedia entry", "interview", "news report", "op-ed", "parliamentary debate",
    "policy memo", "scholarly article", "speech", "statistical bulletin", "think-tank brief", "travel reportage",
}  # fmt: skip
FIELDS = {"id": str, "work": str, "genre": str, "country": list, "group": str, "category": str, "hard": bool, "en": str, "ru": str}  # fmt: skip
# Share of common word triples (of the shorter passage) that makes two passages near-duplicates; the highest in the corpus is 0.06.
NEAR_DUPLICATE = 0.12

Row = dict[str, Any]


def passages() -> list[Row]:
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


ROWS = passages()


def triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_row_has_the_documented_form(row: Row) -> None:
    assert list(row) == list(FIELDS)
    assert all(isinstance(row[name], kind) for name, kind in FIELDS.items())
    assert CATEGORY_OF_GROUP[row["group"]] == row["category"]
    assert row["genre"] in GENRES
    assert all(re.fullmatch("[A-Z]{2}", code) for code in row["country"])
    assert row["id"].startswith(row["work"] + "-")
    assert 5 <= len(row["en"].split()) <= 170
    for text in (row["en"], row["ru"]):
        assert text == " ".join(text.split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_language_is_in_its_script(row: Row) -> None:
    assert not re.search("[А-Яа-яЁё]", row["en"])
    cyrillic, latin = (len(re.findall(letters, row["ru"])) for letters in ("[А-Яа-яЁё]", "[A-Za-z]"))
    assert cyrillic > 5 * latin  # a review of literature cites its authors in Latin letters
    assert "“" not in row["ru"]
    assert "«" not in row["en"]


def test_ids_are_unique_and_works_stay_together() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    settings = defaultdict(set)
    for row in ROWS:
        settings[row["work"]].add((row["genre"], *row["country"]))
    assert all(len(found) == 1 for found in settings.values())
    assert all(4 <= size <= 16 for size in Counter(row["work"] for row in ROWS).values())


def test_there_are_enough_passages_of_every_group() -> None:
    assert len(ROWS) >= 300
    groups = Counter(row["group"] for row in ROWS)
    assert groups.keys() == CATEGORY_OF_GROUP.keys()
    assert min(groups.values()) >= 45
    assert sum(row["hard"] for row in ROWS) >= 70


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_passage_repeats_another(language: str) -> None:
    seen = {row["id"]: triples(row[language]) for row in ROWS}
    holders = defaultdict(list)
    for id, found in seen.items():
        for triple in found:
            holders[triple].append(id)
    shared = Counter(pair for ids in holders.values() for pair in combinations(ids, 2))
    repeated = [
        (first, second)
        for (first, second), count in shared.items()
        if count > NEAR_DUPLICATE * min(len(seen[first]), len(seen[second]))
    ]
    assert repeated == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_opening_is_shared(language: str) -> None:
    """A model must not learn a label from the first words, so no four-word opening returns."""
    openings = Counter(" ".join(row[language].split()[:4]).lower() for row in ROWS)
    assert [opening for opening, count in openings.items() if count > 1] == []


def test_the_data_statement_counts_truly() -> None:
    """What README.md says about passages, works, groups, genres and files is what the files hold."""
    said = (FOLDER / "README.md").read_text("utf-8")
    works = {row["work"] for row in ROWS}
    hard = Counter(row["group"] for row in ROWS if row["hard"])
    groups = Counter(row["group"] for row in ROWS)
    genres = Counter(row["genre"] for row in ROWS)
    assert f"{len(ROWS):,} passages, each in English and in Russian, in {len(works)} works" in said
    for group, category in CATEGORY_OF_GROUP.items():
        assert f"| {group} | {category} | {groups[group]} | {hard[group]} |" in said
    assert " · ".join(f"{genre} {n}" for genre, n in genres.most_common()) in said
    for path in FOLDER.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert f"| `{path.name}` | {len({row['work'] for row in rows})} | {len(rows)} |" in said
