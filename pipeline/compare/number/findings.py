"""How two numbers that differ are reported, and how surely they do."""

from decimal import Decimal

from pipeline.compare import counted, units
from pipeline.compare.finding import difference, evidence
from pipeline.compare.number import portions
from pipeline.compare.number.matching import digits
from pipeline.compare.number.rests import of_change
from pipeline.compare.number.things import counting_alike
from pipeline.compare.pairs import Pair
from pipeline.document import Difference, Span
from pipeline.numerals import Numeral

BY = "number"
DIGITS, ALIKE, WORDS, COUNTED, ODD = 0.92, 0.88, 0.75, 0.6, 0.35
"""Confidence that two leftover numbers differ: written in digits on both sides, counting the same things, in words on one side, in
different ways but counting the same things, or in units of different dimensions. Planted numbers and faithful news, see tests/cases/compare."""


def differing(pair: Pair, a: Numeral, b: Numeral, sure: float = 0.0) -> Difference:
    en = evidence(pair.en.version, a.start, a.end, BY)
    ru = evidence(pair.ru.version, b.start, b.end, BY)
    both = digits(pair.en.version.text, a) and digits(pair.ru.version.text, b)
    confidence = DIGITS if both else ALIKE if _measured_alike(a, b) else WORDS
    things = counting_alike(pair, a, b)
    if _two_shares(a, b):
        confidence = ALIKE
    elif _times_less(pair, a, b) or _two_changes(pair, a, b):
        confidence = WORDS
    elif things and {a.kind, b.kind} == {"fraction", "cardinal"}:
        confidence = ALIKE
    elif not units.comparable(a, b) or (a.kind != b.kind and not _measured_alike(a, b)):
        confidence = COUNTED if things and "ordinal" not in (a.kind, b.kind) else ODD
    elif things:
        confidence = max(confidence, ALIKE)
    elif not both and a.kind == "cardinal" and (a.unit or b.unit) is None:
        confidence = COUNTED
    return found(pair, en, ru, (written(a), written(b)), max(confidence, sure))


def _measured_alike(a: Numeral, b: Numeral) -> bool:
    """Both numbers have units of one dimension: "eighteen months", «два с половиной года»."""
    return None not in (a.unit, b.unit) and units.comparable(a, b)


def _two_shares(a: Numeral, b: Numeral) -> bool:
    """Two shares of a whole: "seven-tenths", «семнадцать процентов»; "one school in nine", «каждая пятая»."""
    return portions.share(a) is not None and portions.share(b) is not None


def _two_changes(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """A change by a share, and one so many times: "by 70 per cent", «в семь раз»."""
    sides = ((a, pair.en), (b, pair.ru))
    return any(
        (
            share.unit == "percent"
            or share.kind == "fraction"
            or (share.kind == "cardinal" and share.unit is None)
        )
        and of_change(side, share)
        and times.multiple
        for (share, side), (times, _) in (sides, sides[::-1])
    )


def _times_less(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """A part of something, and how many times less another part is: "one-fourteenth", «вчетверо меньше»."""
    sides = ((a, pair.en), (b, pair.ru))
    part, times = sides if a.kind == "fraction" else sides[::-1]
    return (part[0].kind, times[0].kind) == ("fraction", "multiple") and of_change(times[1], times[0])


def found(pair: Pair, en: Span, ru: Span, values: tuple[str, str], confidence: float) -> Difference:
    return difference(
        "number",
        en,
        ru,
        confidence * pair.sure,
        f"The {pair.en.called} gives {en.text} ({values[0]}), the {pair.ru.which} one {ru.text} ({values[1]}).",
        value_en=values[0],
        value_ru=values[1],
    )


def written(n: Numeral) -> str:
    value = (
        f"{n.value.normalize():f}" if n.value != n.value.to_integral_value() else f"{Decimal(int(n.value))}"
    )
    if n.kind == "multiple":
        return f"×{value}"
    if n.unit in (counted.VAGUE, counted.ROMAN):
        return f"some {value}" if n.unit == counted.VAGUE else value
    return f"{value[:12]} {n.unit}" if n.unit else value[:24]
