"""Which numbers of a pair stand for each other: equal ones that count the same things, then those left over.

Two numbers of a sentence may be equal by chance ("two of the two dozen"), and one may be told in two ways («двухметровая»,
"two metres high"): what is counted, in which unit and where decides.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from pipeline import numerals
from pipeline.compare import counted, units
from pipeline.compare.number.rounding import a_little_more, dozens, frost_and_thaw, one_bound, quarters
from pipeline.compare.number.scales import understood
from pipeline.compare.number.things import counting_alike, other_things, same_things, seen_changed, things
from pipeline.compare.pairs import Pair, Side
from pipeline.numerals import Numeral

THOUSAND = 1000
"""Of two numbers from here on, four bare digits are no year if the other is none: "1,100", «1430»."""
IN_PLACE = 0.75
"""How alike the places of two ordinals must be whose things are unknown."""
ALONE_IN_PLACE = 0.85
"""And those of two small counts: "two vessels", «двенадцать лодок», where these are the only numbers left."""
SMALL = 3
"""Number words up to here are often no counts ("one of the two", «оба», «раз»)."""


def told_apart(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers, a share by its two where the other side has one of them as a number: "seven of the nine judges",
    «семеро из девяти судей»; "one of the two pilots", «один из двух»."""
    values = tuple(
        {n.value for n in there if n.kind == "cardinal" and n.unit != "percent"} for there in (en, ru)
    )
    return (
        [part for n in en for part in _parts(pair.en, n, values[1])],
        [part for n in ru for part in _parts(pair.ru, n, values[0])],
    )


def _parts(side: Side, number: Numeral, others: set[Decimal]) -> list[Numeral]:
    if number.kind != "fraction":
        return [number]
    found = numerals.read(side.version.text[number.start : number.end], side.lang)
    if len(found) not in (1, 2) or others.isdisjoint(n.value for n in found):
        return [number]
    return [msgspec.structs.replace(n, start=number.start + n.start, end=number.start + n.end) for n in found]


def met(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> dict[int, int]:
    """Which equal numbers have met: those first that count the same things in the same unit and place."""
    ranked = sorted(
        (
            -(4 * same_things(pair, a, b) + 2 * (a.unit == b.unit) + (a.kind == b.kind)),
            abs(_place(pair.en, a) - _place(pair.ru, b)),
            i,
            j,
        )
        for i, a in enumerate(en)
        for j, b in enumerate(ru)
        if (same(a, b) and not frost_and_thaw(pair, a, b) and not _of_two_sorts(pair, a, b))
        or a_little_more(pair, a, b)
        or one_bound(pair, a, b)
        or dozens(pair, a, b)
        or quarters(pair, a, b)
        or understood(pair, a, b, en, ru)
    )
    met: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in met and j not in met.values():
            met[i] = j
    return met


def _of_two_sorts(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """How many things there are is not how many times, nor so many of a hundred: "two rivals", «дважды»; "38 of the 120 seats", «38 % мест»."""
    for side, n, other in ((pair.en, a, b), (pair.ru, b, a)):
        there = pair.ru if side is pair.en else pair.en
        counted_ = n.kind == "cardinal" and n.unit is None
        if (
            counted_
            and TIMES_OVER.fullmatch(there.version.text[other.start : other.end])
            and _how_many(side, n)
        ):
            return True
        if counted_ and other.unit == "percent" and OF_MANY.match(side.version.text, n.end):
            return True
    return False


def _how_many(side: Side, n: Numeral) -> bool:
    """It counts things, not times."""
    if TIMES_OVER.fullmatch(side.version.text[n.start : n.end]):
        return False
    nouns = {side.words[t].lemma for t in things(side, n)}
    return bool(nouns) and nouns.isdisjoint(TIMES)


TIMES = frozenset({"time", "occasion", "раз", "случай"})
TIMES_OVER = re.compile(r"once|twice|thrice|\w+\stimes|дважды|трижды|четырежды|\w+\sраза?|однажды", re.I)
OF_MANY = re.compile(r"(?:\s\w+)?\s(?:(?:out\s)?of\s(?:the\s|its\s|all\s)?|из\s)\d", re.I)
"""What makes a number a part of another one: "38 | of the 120"."""


def same(a: Numeral, b: Numeral) -> bool:
    """The two numerals mean the same amount; what doubles does not treble, though both are shares of something."""
    if a.kind == b.kind == "multiple":
        return a.value == b.value or a.value * b.value == 1
    if (
        {a.kind, b.kind} == {"fraction", "cardinal"}
        and None is a.unit is b.unit
        and max(a.value, b.value) > 1
    ):
        return False  # half of them is not two of them
    times = "multiple" in (a.kind, b.kind) and "percent" in (a.unit, b.unit)  # sixfold is not six per cent
    return any(
        units.equal(x, y)
        for x in units.readings(a)
        for y in units.readings(b)
        if not (times and "count" in (x.dimension, y.dimension))
    )


def closest(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[tuple[Numeral, Numeral]]:
    """Leftover numbers that can stand for each other, in the order of how alike their places and units are."""
    alone = len(en) == len(ru) == 1
    ranked = sorted(
        ((_kinship(pair, a, b, alone), i, j) for i, a in enumerate(en) for j, b in enumerate(ru)),
        reverse=True,
    )
    used_en: set[int] = set()
    used_ru: set[int] = set()
    for kin, i, j in ranked:
        if kin > 0 and i not in used_en and j not in used_ru:
            used_en.add(i)
            used_ru.add(j)
            yield en[i], ru[j]


def _kinship(pair: Pair, a: Numeral, b: Numeral, alone: bool) -> float:
    """How likely the numbers stand for each other: same unit, same way of writing, same place in the sentence; `alone`: no other number
    is left over."""
    if not _of_one_nature(a, b):
        return 0.0
    alike = counting_alike(pair, a, b)
    small = (_too_small(a) or _too_small(b)) and not alike and not seen_changed(pair, a, b)
    place = 1 - abs(_place(pair.en, a) - _place(pair.ru, b))
    if small and (a.kind != b.kind or place < IN_PLACE):
        return 0.0
    if small and (_elsewhere(pair, a, b) if a.kind == "ordinal" else not alone or place < ALONE_IN_PLACE):
        return 0.0
    if _year(pair.en, a) != _year(pair.ru, b) and not alike and min(a.value, b.value) < THOUSAND:
        return 0.0
    unit = _unit_kinship(a, b)
    form = 1.0 if digits(pair.en.version.text, a) == digits(pair.ru.version.text, b) else 0.0
    kind = 1.0 if a.kind == b.kind else 0.0
    figure = 1.5 if a.value == b.value else 0.0  # sixty feet have rather become sixty metres than six women
    return unit + form + kind + place + figure + 2.0 * alike


def _elsewhere(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Two ordinals are of other things, as far as the parser can tell and the judge does not think otherwise."""
    return other_things(pair, a, b) and pair.both_changed(a, b) < THOUGHT


THOUGHT = 0.6
"""Probability of a change from which the judge outweighs the parser."""


def _unit_kinship(a: Numeral, b: Numeral) -> float:
    """One unit, another one of its dimension, none on one side, one of another dimension."""
    if a.unit == b.unit or {a.unit, b.unit} == units.POUNDS:
        return 2.0
    if None in (a.unit, b.unit):
        return 1.0
    return 1.5 if units.comparable(a, b) else 0.2


def _of_one_nature(a: Numeral, b: Numeral) -> bool:
    """A magnitude differs from another magnitude only ("dozens", «сотни»), a Roman numeral from one or from an ordinal."""
    units_of = {a.unit, b.unit}
    if None in units_of and any(n.unit == "days" and n.value == 1 for n in (a, b)):
        return False  # «за сутки» is no number of people
    if counted.VAGUE in units_of:
        return a.unit == b.unit or _of_other_size(*((a, b) if a.unit == counted.VAGUE else (b, a)))
    return counted.ROMAN not in units_of or a.unit == b.unit or "ordinal" in (a.kind, b.kind)


def _of_other_size(vague: Numeral, n: Numeral) -> bool:
    """A count that is far too small for a magnitude: "a dozen villages", «сотни деревень»."""
    return n.unit is None and n.kind == "cardinal" and 0 < n.value * FAR <= vague.value


FAR = 5
"""How many times a count is smaller than a magnitude that it cannot be: there is no "dozen" of a hundred."""


def _too_small(n: Numeral) -> bool:
    whole = n.value == n.value.to_integral_value()
    return n.unit is None and n.kind in ("cardinal", "ordinal") and whole and abs(n.value) <= SMALL


def _year(side: Side, n: Numeral) -> bool:
    """Four bare digits are rather a year than a count: "looked exactly like 1915", but not «1620 мест»."""
    written = side.version.text[n.start : n.end]
    if n.unit is not None or len(written) != 4 or not written.isdigit() or n.value >= 2100:
        return False
    after = next((w for w in side.words if w.start >= n.end), None)
    counted = (
        after is not None and "Case=Gen" in str(after.token.morph) and "Number=Plur" in str(after.token.morph)
    )
    return not (counted and after is not None and after.start - n.end == 1)


def _place(side: Side, n: Numeral) -> float:
    return (n.start - side.start) / max(1, side.end - side.start)


def digits(text: str, n: Numeral) -> bool:
    return any(c.isdigit() for c in text[n.start : n.end])
