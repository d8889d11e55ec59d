"""What the words beside a numeral make of it: a unit, a scale, a share, so many times another.

"30 | yards", «25-| тысячная», "half | a century", "by a factor of | seven", «метров | двенадцать». Each way is tried in its turn; the first that holds settles it.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from pipeline.numerals import Numeral

Forms = Sequence[tuple[str, re.Pattern[str]]]
"""Units, each with the words behind a number that tell it."""
Scales = Sequence[tuple[Decimal, re.Pattern[str]]]
HALF = Decimal("0.5")


def measured(n: Numeral, text: str, scaled: Scales, after: Forms) -> Numeral:
    """The numeral with what the words beside it make of it; `scaled`, `after`: scales and units of the language."""
    for scale, form in scaled:
        if written := form.match(text, n.end):
            return msgspec.structs.replace(n, value=n.value * scale, step=n.step * scale, end=written.end())
    made = (way(n, text) for way in WAYS)
    return next((one for one in made if one is not None), None) or _counted_in(n, text, after)


def _factor(n: Numeral, text: str) -> Numeral | None:
    """ "By a factor of | seven"."""
    if n.kind != "cardinal" or not FACTOR.search(text, max(0, n.start - FACTOR_BEFORE), n.start):
        return None
    return msgspec.structs.replace(n, kind="multiple")


def _once_more(n: Numeral, text: str) -> Numeral | None:
    """ "A third | time" is no third of anything."""
    if n.kind != "fraction" or n.unit is not None or n.value > THIRD or not ONCE_MORE.match(text, n.end):
        return None
    return msgspec.structs.replace(
        n, value=(1 / n.value).to_integral_value(), kind="ordinal", step=Decimal(1)
    )


def _of_hundred(n: Numeral, text: str) -> Numeral | None:
    """ "Fourteen euros | of every hundred"."""
    hundred = OF_HUNDRED.match(text, n.end) if n.kind == "cardinal" else None
    return msgspec.structs.replace(n, unit="percent", end=hundred.end()) if hundred else None


def _of_interest(n: Numeral, text: str) -> Numeral | None:
    """«Четверть процентов» is a part of the interest, «четверть процента» none."""
    interest = "процентов"
    if n.kind != "fraction" or n.unit != "percent" or not text[n.start : n.end].endswith(interest):
        return None
    return msgspec.structs.replace(n, unit=None, end=n.end - len(interest) - 1)


def _in_the_shade(n: Numeral, text: str) -> Numeral | None:
    """Degrees that are not said: "a hundred | in the shade"."""
    shade = IN_THE_SHADE.match(text, n.end) if n.unit is None else None
    return msgspec.structs.replace(n, unit="degrees") if shade else None


def _ratio(n: Numeral, text: str) -> Numeral | None:
    """ "Three euro | for every one"; "eleven pesos | for every peso"."""
    ratio = (FOR_EVERY_ONE.match(text, n.end) or _for_every(n, text)) if n.kind == "cardinal" else None
    return msgspec.structs.replace(n, kind="multiple", unit=None, end=ratio.end()) if ratio else None


def _speed(n: Numeral, text: str) -> Numeral | None:
    """«18 м | /с»."""
    speed = A_SECOND.match(text, n.end) if n.unit == "m" else None
    return msgspec.structs.replace(n, unit="mps", end=speed.end()) if speed else None


def _of_thousand(n: Numeral, text: str) -> Numeral | None:
    """ "Twelve | out of every thousand"."""
    thousand = OF_THOUSAND.match(text, n.end) if n.kind == "cardinal" and n.unit is None else None
    return msgspec.structs.replace(n, unit="permille", end=thousand.end()) if thousand else None


def _parts(n: Numeral, text: str) -> Numeral | None:
    """«Двумя | третями»."""
    part = PARTS.match(text, n.end) if n.kind == "cardinal" and n.value < 10 else None
    if part is None:
        return None
    share = n.value / PARTS_OF[part[1].lower()[:3]]
    return msgspec.structs.replace(
        n, value=share, kind="fraction", end=part.end(), step=Decimal(0), unit=None
    )


def _part(n: Numeral, text: str) -> Numeral | None:
    """«Пятая | часть»."""
    part = PART.match(text, n.end) if n.kind == "ordinal" and n.value in WHOLE_PARTS else None
    if part is None:
        return None
    return msgspec.structs.replace(n, value=1 / n.value, kind="fraction", end=part.end(), step=Decimal(0))


def _half_a_time(n: Numeral, text: str) -> Numeral | None:
    """ "Half | a century"."""
    halved = HALVED.match(text, n.end) if n.kind == "fraction" and n.value == HALF else None
    if halved is None:
        return None
    value, unit = HALVES[halved[1].lower()]
    return msgspec.structs.replace(n, value=Decimal(value), unit=unit, kind="cardinal", end=halved.end())


def _of_a_unit(n: Numeral, text: str) -> Numeral | None:
    """ "A quarter | of an hour"."""
    whole = OF_UNIT.match(text, n.end) if n.kind == "fraction" and n.unit is None else None
    if whole is None:
        return None
    unit = WHOLES[(whole[1] or whole[2]).lower()]
    return msgspec.structs.replace(n, unit=unit, kind="cardinal", end=whole.end(), step=Decimal("0.01"))


def _half_again(n: Numeral, text: str) -> Numeral | None:
    """ "Half | as much again"."""
    again = AGAIN.match(text, n.end) if n.kind == "fraction" and n.value == HALF else None
    if again is None:
        return None
    return msgspec.structs.replace(n, value=1 + HALF, kind="multiple", end=again.end(), step=Decimal(0))


def _turned(n: Numeral, text: str) -> Numeral | None:
    """«Метров | двенадцать»."""
    bare = n.unit is None and n.kind == "cardinal"
    turned = TURNED.search(text, max(0, n.start - TURNED_BEFORE), n.start) if bare else None
    if turned is None:
        return None
    return msgspec.structs.replace(
        n, unit=UNITS_BEFORE[turned[1].lower()], start=turned.start(), approximate=True
    )


WAYS: tuple[Callable[[Numeral, str], Numeral | None], ...] = (
    _factor, _once_more, _of_hundred, _of_interest, _in_the_shade, _ratio, _speed, _of_thousand, _parts, _part, _half_a_time, _of_a_unit,
    _half_again, _turned,
)  # fmt: skip
"""In the order in which they are tried."""


def _counted_in(n: Numeral, text: str, after: Forms) -> Numeral:
    """The numeral with the unit behind it: "30 | yards"."""
    if n.unit is not None or n.kind != "cardinal":
        return n
    found = ((unit, match) for unit, form in after if (match := form.match(text, n.end)))
    unit, match = next(found, (None, None))
    return msgspec.structs.replace(n, unit=unit, end=match.end()) if match else n


def _for_every(n: Numeral, text: str) -> re.Match[str] | None:
    """The same thing on both sides of a ratio: "eleven pesos go to the one for every peso that goes to the other"."""
    thing = THING_COUNTED.match(text, n.start)
    return (
        re.compile(rf"[^.;:]{{0,90}}?\bfor\s(?:every|each)\s{thing[1]}\b", re.I).match(text, n.end)
        if thing
        else None
    )


THING_COUNTED = re.compile(r"(?:[\w-]+\s)(\w{3,}?)(?:s|es)?\b")
IN_THE_SHADE = re.compile(r"\s(?:in\sthe\sshade|в\sтени)\b", re.I)
A_SECOND = re.compile(r"/(?:с|s)\b|\s(?:в|за)\sсекунду\b|\s(?:per|a)\ssecond\b", re.I)
"""What makes of metres a speed."""
FOR_EVERY_ONE = re.compile(
    r"(?:\s\w+)?\s(?:for|to)\s(?:every|each)\s(?:one|single)\b(?!\s(?:of|hundred|thousand))", re.I
)
"""What makes a number so many times another: "three euro | for every one laid out against them"."""
OF_THOUSAND = re.compile(
    r"(?:\s\w+)?\s(?:in|of|out\sof)\s(?:every|each|a)\s(?:thousand|1,000)\b|(?:\s\w+)?\s(?:из|на)\s(?:каждой\s|каждую\s|каждых\s)?(?:тысячи|тысячу)\b(?!\s\w+(?:ов|ей)\b)",
    re.I,
)
"""What makes a number so many of a thousand."""
FACTOR, FACTOR_BEFORE = re.compile(r"\bby\s+a\s+factor\s+of\s+$", re.I), 20
"""What makes a number so many times: "by a factor of | seven"."""
THIRD = Decimal("0.34")
ONCE_MORE = re.compile(
    r"\s(?:time|term|attempt|round|member|candidate|party|country|man|woman|witness|reading|vote|mandate|mission|force|way|generation)\b"
)
"""What follows a part that is none: "a third | time", "a fifth | round"."""
OF_HUNDRED = re.compile(
    r"(?:\s\w+)?\s(?:in|of|out\sof)\s(?:every|each)\s(?:hundred|100)\b(?!\s(?:thousand|million))|(?:\s\w+)?\s(?:из|на)\s(?:каждых\sста|каждые\sсто|каждой\sсотни|каждую\sсотню)\b",
    re.I,
)
"""What makes a number a percentage, whatever it counts: "fourteen euros | of every hundred"."""
HALVES = {"decade": ("5", "years"), "century": ("50", "years"), "year": ("0.5", "years"), "month": ("0.5", "months")} | {
    "day": ("0.5", "days"), "hour": ("0.5", "hours")
}  # fmt: skip
HALVED = re.compile(rf"[\s-]an?[\s-]({'|'.join(HALVES)})\b", re.I)
"""What "half" is followed by where it tells a time: "half a century"."""


WHOLES = {
    "hour": "hours", "century": "centuries", "mile": "miles", "kilometre": "km", "kilometer": "km", "kilogram": "kg", "kilo": "kg",
    "ton": "tonnes", "tonne": "tonnes", "day": "days", "point": "pp", "percentage point": "pp", "per cent": "percent", "percent": "percent", "acre": "acres", "hectare": "hectares", "litre": "liters", "liter": "liters",
    "часа": "hours", "века": "centuries", "столетия": "centuries", "километра": "km", "мили": "miles", "килограмма": "kg",
    "тонны": "tonnes", "гектара": "hectares", "пункта": "pp", "процентного пункта": "pp", "литра": "liters", "акра": "acres",
}  # fmt: skip
OF_UNIT = re.compile(
    rf"\s+of\s+(?:an?|one)\s+({'|'.join(w for w in WHOLES if w.isascii())})\b|\s({'|'.join(w for w in WHOLES if not w.isascii())})\b",
    re.I,
)
"""The unit that a share is of: "a quarter | of an hour", «треть | часа»."""
AGAIN = re.compile(r"\s(?:as\s+\w+\s+)?again\b", re.I)
"""What makes of "half" one and a half times: "half as much again"."""
UNITS_BEFORE = {
    "метров": "m", "километров": "km", "миль": "miles", "гектаров": "hectares", "тонн": "tonnes", "килограммов": "kg", "литров": "liters",
    "лет": "years", "месяцев": "months", "недель": "weeks", "дней": "days", "часов": "hours", "минут": "minutes",
    "человек": "people", "процентов": "percent", "верст": "versts",
    "километрах": "km", "метрах": "m", "милях": "miles", "верстах": "versts", "часах": "hours", "днях": "days", "минутах": "minutes",
}  # fmt: skip
TURNED = re.compile(rf"(?<![\d]\s)\b({'|'.join(UNITS_BEFORE)})\s(?:за\s|на\s|в\s|до\s|через\s)?$", re.I)
"""A unit before its number, which is then only about right: «метров двенадцать»."""


TURNED_BEFORE = 20
"""Characters before a number in which its unit may stand."""


PART = re.compile(r"\s(?:част(?:ь|и|ью)|дол(?:я|и|ю|ей))\b", re.I)
"""«Пятая часть», «десятой доли»: an ordinal that is a share."""
WHOLE_PARTS = frozenset(map(Decimal, range(2, 21)))


PARTS = re.compile(r"\s(трет|четверт|пят|шест|седьм|восьм|девят|десят)(?:ями|ям|ях|ей|ыми|ых|ым)\b", re.I)
PARTS_OF = {
    k: Decimal(v)
    for k, v in {"тре": 3, "чет": 4, "пят": 5, "шес": 6, "сед": 7, "вос": 8, "дев": 9, "дес": 10}.items()
}
"""«Двумя третями», «трёх пятых»: the share by its number and its part."""
