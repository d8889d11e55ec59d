"""The codebook: what its terms find, what the check reports, and what a change makes stale."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import codebook
from pipeline.codebook import compile_terms, index
from pipeline.codebook.model import names
from pipeline.errors import ConfigError

CASES = Path(__file__).parent / "cases" / "codebook"
MINIMAL = CASES / "minimal.toml"


def cases(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((CASES / name).read_text("utf-8"))["cases"])


def edited(folder: Path, old: str, new: str, name: str = "edited.toml") -> Path:
    text = MINIMAL.read_text("utf-8")
    assert old in text
    path = folder / name
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize("case", cases("terms.toml"), ids=lambda c: f"{c['term']} in {c['sentence']}")
def test_terms_find_what_they_say(case: dict[str, Any]) -> None:
    words = case["sentence"].split()
    found = index(compile_terms(case["term"])).find([(word,) for word in words])
    assert [" ".join(words[m.first : m.last + 1]) for m in found] == case["found"]


def test_dependence_needs_the_head_above_the_word() -> None:
    terms = index(compile_terms("fall >> trade"))
    words = [("trade",), ("saw",), ("fall",)]
    assert terms.find(words, [2, 1, 1])
    assert not terms.find(words, [1, 1, 1])


@given(st.lists(st.sampled_from(["fair", "wind", "a", "calm"]), max_size=12))
def test_a_row_is_found_wherever_its_words_stand_in_a_row(words: list[str]) -> None:
    found = index(compile_terms("fair wind")).find([(word,) for word in words])
    assert [m.first for m in found] == [
        i for i in range(len(words) - 1) if words[i : i + 2] == ["fair", "wind"]
    ]


def test_a_sound_codebook_has_no_problems() -> None:
    assert codebook.check(MINIMAL) == []


@pytest.mark.parametrize("name", names())
def test_shipped_codebooks_have_no_problems(name: str) -> None:
    assert codebook.check(name) == []


@pytest.mark.parametrize("case", cases("faults.toml"), ids=lambda c: c["name"])
def test_the_check_names_the_fault(case: dict[str, Any], tmp_path: Path) -> None:
    problems = [str(p) for p in codebook.check(edited(tmp_path, case["old"], case["new"]))]
    assert any(case["says"] in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ('"fair wind"', '"good wind"', "changed: wind (terms); stale: mentions"),
        ('{ en = "Storms.", ru', '{ en = "Gales.", ru', "changed: wind (exclusion); nothing goes stale"),
        ('polarity = "supports"', 'polarity = "impedes"', "changed: wind (polarity); stale: mentions"),
        ('id = "wind"', 'id = "breeze"', "removed: wind; stale: mentions"),
        ('{ en = "Wind as a reason.", ru', '{ en = "Wind.", ru', "changed: groups.wind (definition); nothing goes stale"),
    ],
)  # fmt: skip
def test_a_change_says_what_goes_stale(old: str, new: str, change: str, tmp_path: Path) -> None:
    changes = codebook.diff(codebook.load(MINIMAL), codebook.load(edited(tmp_path, old, new)))
    assert change in [str(c) for c in changes]


def test_the_same_codebook_has_no_changes() -> None:
    assert codebook.diff(codebook.load(MINIMAL), codebook.load(MINIMAL)) == []


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="neighbour-influence"):
        codebook.load("neighbor-influence")


def test_a_missing_file_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such codebook"):
        codebook.load(tmp_path / "none.toml")
