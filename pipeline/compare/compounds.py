"""Amounts told in two units of one dimension: "six feet four inches", "a 6-foot-4 guard", «2 часа 15 минут», «3 км 200 м»."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from pipeline.compare.units import CENTS, COINS, SIZES
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
    if less := _short_of(large, small, text) or _without(large, small, text):
        return less
    share, between = _share(large, small), BETWEEN if small.unit else BESIDE
    if BY_SO_MUCH.match(text, small.end):
        return None  # "431 metres, forty centimetres | lower than the day before"
    if share is None or small.value * share >= 1 or not between.fullmatch(text, large.end, small.start):
        return None
    return msgspec.structs.replace(large, end=small.end, value=large.value + small.value * share)


BY_SO_MUCH = re.compile(
    r"\s(?:\w+er|more|less|above|below|short)\b|\s(?:выше|ниже|больше|меньше|длиннее|короче|глубже|шире|дальше|ближе)\b",
    re.I,
)
"""What makes of a smaller amount a difference."""


def _short_of(part: Numeral, whole: Numeral, text: str) -> Numeral | None:
    """What is lacking, and what it lacks to: "a quarter of an hour short of eight hours" are seven and three quarters."""
    (ours, size), (theirs, base) = (SIZES.get(u or "", ("", Decimal(1))) for u in (part.unit, whole.unit))
    if not ours or ours != theirs or not SHORT_OF.fullmatch(text, part.end, whole.start):
        return None
    return msgspec.structs.replace(whole, start=part.start, value=whole.value - part.value * size / base)


def _without(whole: Numeral, part: Numeral, text: str) -> Numeral | None:
    """A number less another one: «двадцать лет без одного года»."""
    if (
        part.unit is None
        or whole.unit not in (None, part.unit)
        or not WITHOUT.fullmatch(text, whole.end, part.start)
    ):
        return None
    return msgspec.structs.replace(whole, end=part.end, value=whole.value - part.value, unit=part.unit)


WITHOUT = re.compile(r"\sбез\s", re.I)
SHORT_OF = re.compile(r"\s(?:short|shy)\sof\s", re.I)


def _share(large: Numeral, small: Numeral) -> Decimal | None:
    """How much of the larger unit one of the smaller is, where both tell whole amounts."""
    if large.kind != "cardinal" or small.kind != "cardinal" or large.unit in (None, "years"):
        return None  # years and months are a duration of their own (`reading`)
    if large.value != large.value.to_integral_value():
        return None
    if small.unit == CENTS and (len(large.unit) == 3 or large.unit in COINS):
        return Decimal("0.01")  # «2 франка 75 сантимов»
    if small.unit is None:
        return 1 / PARTS[large.unit] if large.unit in PARTS else None
    (ours, size), (theirs, part) = (SIZES.get(u or "", ("", Decimal(1))) for u in (large.unit, small.unit))
    return part / size if ours and ours == theirs and part < size < LARGEST * part else None
