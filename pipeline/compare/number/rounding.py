"""Numbers that agree though they are not equal, and equal ones that do not: "530,000", «немногим больше полумиллиона»; "four degrees
above zero", «минус 4 градуса»."""

import re
from decimal import Decimal

from pipeline.compare.pairs import Pair
from pipeline.numerals import Numeral


def frost_and_thaw(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Degrees below zero on one side, above it on the other: "four degrees above zero", «минус 4 градуса»."""
    if "degrees" not in (a.unit, b.unit):
        return False
    ours, theirs = (
        {
            sign
            for sign, form in SIGNS.items()
            if form.search(side.version.text, max(side.start, n.start - SIGN), n.end + SIGN)
        }
        for side, n in ((pair.en, a), (pair.ru, b))
    )
    return len(ours) == len(theirs) == 1 and ours != theirs


SIGN = 22
"""Characters around a temperature in which its sign stands."""
SIGNS = {
    "below": re.compile(
        r"\b(?:below\s+(?:zero|freezing)|minus|of\s+frost|минус|мороза|ниже\s+нуля)\b|−\d", re.I
    ),
    "above": re.compile(r"\b(?:above\s+(?:zero|freezing)|plus|плюс|тепла|выше\s+нуля|жары)\b|\+\d", re.I),
}


def a_little_more(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One side rounds down and says so: "530,000 tons", «немногим больше полумиллиона тонн»."""
    sides = ((pair.en, a, b), (pair.ru, b, a))
    return any(
        n.unit == exact.unit
        and n.value < exact.value <= n.value * LITTLE
        and LITTLE_OVER.search(side.version.text, side.start, n.start)
        for side, n, exact in sides
    )


LITTLE = Decimal("1.1")
LITTLE_OVER = re.compile(
    r"\b(?:just\s+over|(?:a\s+little|slightly|a\s+bit)\s+(?:over|more\s+than)|(?:чуть|немногим|немного)\s+(?:больше|более|выше))\s+(?:an?\s+)?$",
    re.I,
)
"""What is said before a number that is a little less than the truth."""


def dozens(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """English counts by the dozen where Russian counts by ten: "two dozen streets", «два десятка улиц»."""
    return (
        a.value * 10 == b.value * 12
        and "dozen" in pair.en.version.text[a.start : a.end]
        and "десят" in pair.ru.version.text[b.start : b.end]
        and b.value > 10
    )
