"""Citations are read from the text alone, in the usual styles of both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import citations
from tests.conftest import plain_version

CASES = json.loads(
    (Path(__file__).parent / "cases" / "citations" / "citations.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_citations(case: dict[str, Any]) -> None:
    version = plain_version(case["text"], case["lang"])
    found = citations.extract(version)
    assert [[c.text, c.source, c.year] for c in found] == case["citations"]
    assert all(version.text[c.start : c.end] == c.text for c in found)


@given(
    st.from_regex(r"\A[A-Z][a-z]{2,8}\Z"), st.integers(1950, 2029), st.sampled_from("ab"), st.integers(1, 400)
)
def test_a_bracket_gives_back_author_and_year(author: str, year: int, letter: str, page: int) -> None:
    text = f"Trade grew [{author}, {year}{letter}, p. {page}]."
    found = citations.extract(plain_version(text, "en"))
    assert [(c.source, c.year) for c in found] == [(author, f"{year}{letter}")]
