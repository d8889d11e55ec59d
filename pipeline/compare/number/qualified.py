"""Measures of two sorts: "fifteen working days", «пятнадцать календарных дней»; "ten nautical miles", «десять сухопутных миль».

The figures and the units agree, and yet the amounts part.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import languages
from pipeline.compare.finding import evidence
from pipeline.compare.number.findings import ALIKE, BY, found
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference
from pipeline.numerals import Numeral

EXCLUSIVE = (("working days", "calendar days"), ("nautical miles", "land miles"), ("gross", "net"))
REACH = 30
"""Characters behind a number in which its sort is told."""


def compare(pair: Pair, met: Sequence[tuple[Numeral, Numeral]]) -> Iterator[Difference]:
    """The numbers that have met and are measured in two sorts of a unit."""
    for a, b in met:
        ours, theirs = _sort(pair.en, a), _sort(pair.ru, b)
        if ours and theirs and any({ours[0], theirs[0]} == set(two) for two in EXCLUSIVE):
            en = evidence(pair.en.version, a.start, ours[1], BY)
            ru = evidence(pair.ru.version, b.start, theirs[1], BY)
            yield found(pair, en, ru, (ours[0], theirs[0]), ALIKE)


def _sort(side: Side, n: Numeral) -> tuple[str, int] | None:
    """The sort of what a number measures, and where it ends."""
    found_ = (
        (sort, match.end())
        for sort, form in _sorts()
        if (match := form.search(side.version.text, n.start, min(side.end, n.end + REACH)))
    )
    return next(found_, None)


@cache
def _sorts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = languages.shared("extents")["sorts"].items()
    return tuple((sort, re.compile(form, re.I)) for sort, form in rows)
