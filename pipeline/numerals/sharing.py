"""Numbers along a range or a change lend each other scale and unit: "2–3 million"; so do length and breadth: "40 miles by 12"."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from pipeline.numerals.numeral import Numeral, plain
from pipeline.numerals.words import Words

LONGEST_GAP = 80
"""Characters between the two values of a change: a year, a unit and a short phrase."""

LENGTHS = frozenset({"m", "km", "cm", "mm", "miles", "feet", "inches", "yards"})
"""Units of what is measured in two directions."""


def shared(found: tuple[Numeral, ...], text: str, words: Words) -> Iterator[Numeral]:
    """Lend a scale and a unit along ranges and changes.

    "2–3 million" is two million to three million; "from 1.9 million tons in 2023 to 1.6" ends at 1.6 million tons.
    """
    lent = list(found)
    for i in range(1, len(lent)):
        for j in range(max(0, i - 2), i):
            gap = text[lent[j].end : lent[i].start]
            if j == i - 1 and words.range_gap.fullmatch(gap):
                lent[j] = _like(lent[j], lent[i])
            elif _changes(text, lent[j], gap, words) or (
                j == i - 1 and lent[j].unit in LENGTHS and words.across.fullmatch(gap)
            ):
                lent[i] = _like(lent[i], lent[j])
    yield from lent


def _changes(text: str, first: Numeral, gap: str, words: Words) -> bool:
    """The gap leads from the first value of a change to the second: "from 5 million in 2020 to 6"; «с 2009 года» leads
    to no second value."""
    return (
        len(gap) <= LONGEST_GAP
        and not _may_be_year(first)
        and bool(
            words.change_end.search(gap)
            and words.change_start.search(text[max(0, first.start - 40) : first.start])
        )
    )


def _like(bare: Numeral, model: Numeral) -> Numeral:
    """A bare number with the unit of the model, and with its scale where that keeps the two comparable."""
    if bare.unit or {bare.kind, model.kind} != {"cardinal"} or _may_be_year(bare):
        return bare
    scale = model.scale
    if (
        bare.scale != 1
        or bare.value >= scale
        or not Decimal("0.01") <= bare.value * scale / (model.value or 1) <= 100
    ):
        scale = Decimal(1)
    return msgspec.structs.replace(
        bare,
        value=plain(bare.value * scale),
        step=bare.step * scale,
        scale=bare.scale * scale,
        unit=model.unit,
    )


def _may_be_year(numeral: Numeral) -> bool:
    return numeral.unit in (None, "years") and numeral.step == 1 and 1500 <= numeral.value <= 2100
