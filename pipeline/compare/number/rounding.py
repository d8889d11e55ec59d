"""Numbers that agree though they are not equal, and equal ones that do not: "530,000", «немногим больше полумиллиона»; "four degrees
above zero", «минус 4 градуса»."""

import re
from decimal import Decimal

from pipeline.compare.pairs import Pair, Side
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


def quarters(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Quarters of a year, counted: "three quarters", «три квартала»."""
    return (
        b.unit == "quarters"
        and a.value * 4 == b.value
        and "quarters" in pair.en.version.text[a.start : a.end]
    )


def dozens(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """English counts by the dozen where Russian counts by ten: "two dozen streets", «два десятка улиц»."""
    return (
        a.value * 10 == b.value * 12
        and "dozen" in pair.en.version.text[a.start : a.end]
        and "десят" in pair.ru.version.text[b.start : b.end]
        and b.value > 10
    )


def one_bound(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One bound of a count, told with and without its number: "fewer than ten", «не более девяти»; "at least six", «больше пяти»."""
    if (a.unit or b.unit) not in (None, "people") or a.kind != "cardinal" or b.kind != "cardinal":
        return False
    ours, theirs = _bounding(pair.en, a), _bounding(pair.ru, b)
    step = STEPS.get((ours, theirs))
    return step is not None and a.value + step == b.value


def _bounding(side: Side, n: Numeral) -> str:
    return next(
        (role for role, form in BOUNDS.items() if form.search(side.version.text, side.start, n.start)), ""
    )


BOUNDS = {
    "at_most": re.compile(
        r"\b(?:no\s+more\s+than|not\s+more\s+than|at\s+most|up\s+to|не\s+(?:более|больше)(?:\s+чем)?|максимум|самое\s+большее)\s+$",
        re.I,
    ),
    "at_least": re.compile(
        r"\b(?:no\s+(?:less|fewer)\s+than|at\s+least|не\s+(?:менее|меньше)(?:\s+чем)?|минимум|по\s+(?:меньшей|крайней)\s+мере)\s+$",
        re.I,
    ),
    "below": re.compile(
        r"\b(?:fewer\s+than|less\s+than|under|below|менее(?:\s+чем)?|меньше(?:\s+чем)?)\s+$", re.I
    ),
    "above": re.compile(r"\b(?:more\s+than|over|above|более(?:\s+чем)?|больше(?:\s+чем)?|свыше)\s+$", re.I),
}
"""The bounds that include their number come first: "no more than" holds "more than"."""
STEPS = {
    ("below", "at_most"): -1,
    ("at_most", "below"): 1,
    ("above", "at_least"): 1,
    ("at_least", "above"): -1,
}
"""From the English number to the Russian one of the same bound."""
