"""The arithmetic of a change: what follows from the two values, and whether the stated figure agrees with it.

Everything is an exact `Decimal`; only what is printed is rounded.
"""

import re
from decimal import Decimal
from functools import cache

from pipeline import languages, numerals
from pipeline.document import Check, Quantity
from pipeline.numerals import Numeral, plain

ONE_POINT = Decimal(1)
"""A stated change may differ from the arithmetic by one point (the project's convention)."""
WORD_STEP = Decimal("0.5")
"""A multiple in a word ("tripled", «втрое») is exact to a quarter on either side."""
LOOSE = Decimal("0.2")
"""An approximate figure ("nearly half", «более чем вдвое») may be off by a fifth on its open side."""


def percent(share: Decimal) -> str:
    """A per cent figure as a decimal string, to two places where it has no end: 160, -33.33."""
    rounded = share.quantize(Decimal("0.01"))
    return str(plain(share if share == rounded else rounded))


def change_of(factor: Decimal, falling: bool) -> Decimal:
    """The change in per cent that a multiple means: tripled 200, halved -50, «сократился в 2 раза» -50."""
    if falling and factor > 1:
        factor = 1 / factor
    return (factor - 1) * 100


def recheck(quantity: Quantity) -> Check | None:
    """Does the stated change follow from the two values as they are written in the quantity's own text?

    None where a value or the stated change is missing. Consistent: the stated change lies within one point of the
    arithmetic, or within the rounding of the written values where that is wider.
    """
    if quantity.from_ is None or quantity.to is None:
        return None
    before, after = Decimal(quantity.from_), Decimal(quantity.to)
    stated = quantity.change_pp if quantity.change_pp is not None else quantity.change_pct
    if stated is None or (quantity.change_pp is None and before == 0):
        return None
    lang = "ru" if re.search("[а-яё]", quantity.text, re.I) else "en"
    written = numerals.read(quantity.text, lang)
    steps = [_step(value, written) for value in (before, after)]
    said = Decimal(stated)
    if quantity.change_pp is not None:
        expected, slack = after - before, (steps[0] + steps[1]) / 2
    else:
        expected, slack = _relative(before, after), _rounding(before, after, *steps)
    figure = _stated(said, written, quantity.change_pp is not None)
    tolerance = max(ONE_POINT, slack + _half_step(figure, said))
    low, high = said - tolerance, said + tolerance
    if figure is not None:
        low, high = _opened(quantity.text, lang, figure, said, low, high)
    return Check(expected=percent(expected), stated=stated, consistent=low <= expected <= high)


def _relative(before: Decimal, after: Decimal) -> Decimal:
    return (after - before) / abs(before) * 100


def _step(value: Decimal, written: tuple[Numeral, ...]) -> Decimal:
    """The value of the last digit with which a value is written; zero where a word says it."""
    return next((n.step for n in written if n.value == value and n.kind == "cardinal"), Decimal(0))


def _rounding(before: Decimal, after: Decimal, step_before: Decimal, step_after: Decimal) -> Decimal:
    """How far the percentage may move while the written values stay the same."""
    ends = [
        _relative(b, after + sign * step_after / 2)
        for sign in (-1, 1)
        for b in (before - step_before / 2, before + step_before / 2)
        if b > 0
    ]
    return (max(ends) - min(ends)) / 2 if ends else Decimal(0)


def _stated(said: Decimal, written: tuple[Numeral, ...], points: bool) -> Numeral | None:
    """The numeral that states the change."""
    for numeral in written:
        if points and numeral.unit in ("pp", "points", "percent") and numeral.value == abs(said):
            return numeral
        if not points and numeral.unit == "percent" and numeral.value in (abs(said), said):
            return numeral
        if (
            not points
            and numeral.kind == "multiple"
            and percent(change_of(numeral.value, said < 0)) == percent(said)
        ):
            return numeral
        if not points and numeral.kind == "fraction" and percent(numeral.value * 100) == percent(abs(said)):
            return numeral
    return None


def _half_step(figure: Numeral | None, said: Decimal) -> Decimal:
    """Half the step of the stated figure, in points of per cent."""
    if figure is None:
        return Decimal(0)
    if figure.kind == "multiple":
        step = figure.step or WORD_STEP
        factor = figure.value if figure.value >= 1 else 1 / figure.value
        return step * 50 if said > 0 else step * 50 / (factor * factor)
    if figure.kind == "fraction":
        return ONE_POINT
    return figure.step / 2


def _opened(
    text: str, lang: str, figure: Numeral, said: Decimal, low: Decimal, high: Decimal
) -> tuple[Decimal, Decimal]:
    """The interval, opened on the side that "more than" or "nearly" leaves open; by size, not by sign."""
    before = text[max(0, figure.start - 24) : figure.start]
    more, less = (pattern.search(before) for pattern in _bounds(lang))
    room = max(abs(said) * LOOSE, ONE_POINT)
    if figure.kind == "multiple" and more:
        room = Decimal(100) if said > 0 else abs(said) * LOOSE
    if more:
        return (low, high + room) if said > 0 else (low - room, high)
    if less:
        return (low - room, high) if said > 0 else (low, high + room)
    return low, high


@cache
def _bounds(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    bounds = languages.load(lang, "change")["bounds"]
    endings = r"(?:\s+(?:by|на|в))?\s*$"
    more, less = (re.compile(rf"\b(?:{bounds[key]}){endings}", re.I) for key in ("at_least", "at_most"))
    return more, less
