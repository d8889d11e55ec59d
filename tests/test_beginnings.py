"""Where dates are looked for: everywhere they stand, and hardly anywhere else."""

import re

import pytest

from pipeline import shipped
from pipeline.dates.beginnings import WORD, Beginnings, of
from pipeline.dates.calendar import calendar
from pipeline.dates.context import _matches


@pytest.mark.parametrize(
    ("pattern", "beginnings"),
    [
        (r"мая", {"мая"}),
        (r"МАЯ|Июня", {"мая", "июн"}),
        (r"(?<!\w)(?P<day>\d{1,2})\s+мая", {"0 м", "00 ", "0  "}),
        (r"(?:in\s)?(?:19|20)\d\d", {"in ", "000"}),
        (r"о[тб]", {"от", "об"}),
        (r"до?", {"д"}),
        (r"a[^b]c", {"a"}),
        (r"a*b", {"b", "ab", "aab", "aaa"}),
        (r"(a)\1", {"a"}),
        (r"(?=мая)\w+", {""}),
        (r"x?", {""}),
    ],
)
def test_what_a_pattern_begins_with(pattern: str, beginnings: set[str]) -> None:
    assert of(pattern) == beginnings


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_date_is_lost(lang: str) -> None:
    text = (
        shipped.path(f"corpora/demo/moldova-energy.{lang}.txt").read_text(encoding="utf-8") + "\nİ мая 2014"
    )
    words = [word.start() for word in WORD.finditer(text)]
    patterns = calendar(lang).patterns  # type: ignore[arg-type]
    starts = calendar(lang).beginnings.starts(text)
    tried = sum(map(len, starts))
    assert tried < len(words) * len(patterns) / 10
    for pattern, places in zip(patterns, starts, strict=True):
        found = [m.span() for m in _matches(pattern.regex, text, places)]
        assert found == [m.span() for m in _matches(pattern.regex, text, words)]


def test_a_pattern_that_may_begin_with_anything_is_tried_everywhere() -> None:
    assert Beginnings([re.compile(r".+")]).starts("a, b") == [[0, 2, 3]]
