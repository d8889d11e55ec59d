"""Amounts told in two units of one dimension: "six feet four inches", "a 6-foot-4 guard", «2 часа 15 минут», «3 км 200 м»."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from pipeline.compare.units import SIZES
from pipeline.numerals import Numeral

BETWEEN = re.compile(r"\s(?:(?:and|и)\s)?|,\s")
BESIDE = re.compile(r"[\s-]")
"""What joins two amounts, and a second one to the first that names no unit."""
PARTS: dict[str | None, Decimal] = {"feet": Decimal(12), "stone": Decimal(14)}
"""How many of the smaller unit, which English leaves out, make up the larger one: "6-foot-4", "eleven stone six"."""
LARGEST = Decimal(1000)
"""Most of a smaller unit that a larger one holds."""


def joined(found: Sequence[Numeral], text: str) -> Iterator[Numeral]:
    """The numerals, two amounts in a row that tell one measure as one of the larger unit."""
    before: Numeral | None = None
    for n in (_with_part(n, text) for n in found):
        whole = before and _together(before, n, text)
        if before and not whole:
            yield before
        before = whole or n
    if before:
        yield before


def _with_part(n: Numeral, text: str) -> Numeral:
    """The amount with the part that a hyphen glues to its unit: "6-foot-4"."""
    part = GLUED.match(text, n.end) if n.unit in PARTS else None
    if part is None:
        return n
    return msgspec.structs.replace(n, end=part.end(), value=n.value + int(part[1]) / PARTS[n.unit])


GLUED = re.compile(r"-(\d{1,2})(?![\d-])")


def _together(large: Numeral, small: Numeral, text: str) -> Numeral | None:
    share, between = _share(large, small), BETWEEN if small.unit else BESIDE
    if share is None or small.value * share >= 1 or not between.fullmatch(text, large.end, small.start):
        return None
    return msgspec.structs.replace(large, end=small.end, value=large.value + small.value * share)


def _share(large: Numeral, small: Numeral) -> Decimal | None:
    """How much of the larger unit one of the smaller is, where both tell whole amounts."""
    if large.kind != "cardinal" or small.kind != "cardinal" or large.unit in (None, "years"):
        return None  # years and months are a duration of their own (`reading`)
    if large.value != large.value.to_integral_value():
        return None
    if small.unit is None:
        return 1 / PARTS[large.unit] if large.unit in PARTS else None
    (ours, size), (theirs, part) = (SIZES.get(u or "", ("", Decimal(1))) for u in (large.unit, small.unit))
    return part / size if ours and ours == theirs and part < size < LARGEST * part else None
