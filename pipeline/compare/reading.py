"""What a version says in dates and numbers, read once for all comparisons."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

from pipeline import dates, languages, numerals
from pipeline.compare import compounds, counted
from pipeline.compare.measured import HALF, measured
from pipeline.dates import DateMention
from pipeline.document import Lang, Version
from pipeline.numerals import Numeral


class Rate(NamedTuple):
    """A period in which something recurs: "a month", «в неделю»."""

    start: int
    end: int
    period: str


@dataclass(frozen=True)
class Reading:
    """The dates, the remaining numerals and the rates of a version, with the day the text itself is dated."""

    dates: tuple[DateMention, ...]
    numerals: tuple[Numeral, ...]
    rates: tuple[Rate, ...]
    dated: datetime.date | None


class _Measures(NamedTuple):
    no_amount: re.Pattern[str]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    scaled: tuple[tuple[Decimal, re.Pattern[str]], ...]
    rates: tuple[tuple[str, re.Pattern[str]], ...]
    shares: re.Pattern[str]
    one_of: re.Pattern[str]
    each: re.Pattern[str]
    recurring: re.Pattern[str]
    one_year: re.Pattern[str]
    one_thing: re.Pattern[str]
    one_day: re.Pattern[str]


@cache
def _measures(lang: Lang) -> _Measures:
    data = languages.load(lang, "measures")
    return _Measures(
        re.compile("|".join([*data["clock"], *data["no_amount"]]), re.I),
        tuple((unit, re.compile("|".join(forms), re.I)) for unit, forms in data["after"].items()),
        tuple(
            (Decimal(scale), re.compile(form, re.I))
            for scale, form in sorted(
                [*data["scaled"].items(), *data["lakhs"].items()], key=lambda x: -int(x[0])
            )
        ),
        tuple((unit, re.compile("|".join(forms), re.I)) for unit, forms in data["rates"].items()),
        *(re.compile(data["shares"][how], re.I) for how in ("between", "one", "each", "recurring")),
        *(re.compile(data["and_a_half"][what], re.I) for what in ("year", "thing", "day")),
    )


def read(version: Version) -> Reading:
    """Read a version. The numerals are those that are no part of a date or a clock time."""
    line = dates.dateline(version.text, version.lang)
    anchor = line[1] if line else None
    mentions = dates.read(version.text, version.lang, anchor)
    measures = _measures(version.lang)
    spans = [
        *((m.start, m.end) for m in mentions if m.kind not in ("offset", "complement")),
        *(m.span() for m in measures.no_amount.finditer(version.text)),
    ]
    written = numerals.read(version.text, version.lang)
    named = list(counted.read(version, written))
    kept = [n for n in written if not any(n.start < x.end and x.start < n.end for x in named)]
    every = sorted([*kept, *named], key=lambda n: n.start)
    found = numerals.outside(tuple(every), tuple(sorted(spans)))
    return Reading(
        mentions,
        tuple(
            _shares(
                _durations(
                    compounds.joined(
                        _joined(
                            _apart(
                                [measured(n, version.text, measures.scaled, measures.after) for n in found]
                            ),
                            version,
                        ),
                        version.text,
                    ),
                    version.text,
                    measures,
                ),
                version.text,
                measures,
            )
        ),
        tuple(_rates(version.text, measures)),
        anchor,
    )


def _apart(found: Iterable[Numeral]) -> list[Numeral]:
    """The numerals without those that lie in the one before them: «восемь из каждых | ста»."""
    out: list[Numeral] = []
    for n in found:
        if not out or n.start >= out[-1].end:
            out.append(n)
    return out


def _joined(found: list[Numeral], version: Version) -> list[Numeral]:
    """Number words that the reader left apart: «тысяче | двумстам»."""
    out: list[Numeral] = []
    for n in found:
        if (
            version.lang == "ru"
            and n.value < 1000
            and THOUSAND.search(version.text, max(0, n.start - 8), n.start)
        ):
            start = version.text.rindex("ты", 0, n.start)
            value = n.value * 1000 if FEW.search(version.text, start, n.end) else n.value + 1000
            out.append(msgspec.structs.replace(n, start=start, value=value))
        else:
            out.append(n)
    return out


FEW = re.compile(r"тысячи\s(?:две|три|четыре)\b", re.I)
"""A number behind its scale is a rough one: «тысячи четыре»."""
THOUSAND = re.compile(r"(?<!\w)тысяч[аеиуй]\w?\s$")


def _durations(found: Iterable[Numeral], text: str, measures: _Measures) -> list[Numeral]:
    """Years and months that tell one time: "a year and three months", «два года и шесть месяцев», "a year and a half"; "a
    term and a half" is «полтора срока»."""
    out: list[Numeral] = []
    for n in found:
        before = out[-1] if out else None
        year = measures.one_year.search(text, max(0, n.start - YEAR), n.start)
        thing = measures.one_thing.search(text, max(0, n.start - THING), n.end)
        if before is not None and (share := _smaller(before, n, text)):
            out[-1] = msgspec.structs.replace(
                before, end=n.end, value=before.value + n.value * share[1], unit=share[0], step=share[1]
            )
        elif n.unit == "months" and before is not None and _years_before(before, n, text):
            out[-1] = msgspec.structs.replace(n, start=before.start, value=before.value * 12 + n.value)
        elif n.unit == "months" and n.value < 12 and year:
            out.append(msgspec.structs.replace(n, start=year.start(), value=n.value + 12))
        elif (
            n.unit == "hours"
            and n.value < DAY
            and (day := measures.one_day.search(text, max(0, n.start - YEAR), n.start))
        ):
            out.append(msgspec.structs.replace(n, start=day.start(), value=n.value + DAY))
        elif n.value == HALF and before is not None and _dozen_before(before, n, text):
            out[-1] = msgspec.structs.replace(before, end=n.end, value=before.value + DOZEN * HALF)
        elif n.kind == "fraction" and n.unit is None and n.value < 1 and (more := year or thing):
            unit = "years" if year else _period(more.group())
            out.append(
                msgspec.structs.replace(
                    n, start=more.start(), value=1 + n.value, unit=unit, kind="cardinal", step=Decimal("0.1")
                )
            )
        else:
            out.append(n)
    return out


DAY = 24
"""Hours."""
PERIODS = {"decade": "decades", "century": "centuries", "month": "months", "week": "weeks", "day": "days"} | {
    "hour": "hours", "minute": "minutes", "mile": "miles", "kilometre": "km", "kilometer": "km", "hectare": "hectares", "acre": "acres", "kilo": "kg",
    "kilogram": "kg", "ton": "tonnes", "tonne": "tonnes", "litre": "liters", "liter": "liters", "metre": "m", "meter": "m", "foot": "feet",
    "час": "hours", "месяц": "months", "век": "centuries", "километр": "km", "литр": "liters", "килограмм": "kg", "тонну": "tonnes",
    "тонна": "tonnes", "тонны": "tonnes",
}  # fmt: skip


def _smaller(before: Numeral, n: Numeral, text: str) -> tuple[str, Decimal] | None:
    """The unit of a measure told in two: "five pounds nine ounces", "six feet two", «два часа сорок минут»."""
    joint = text[before.end : n.start].strip(" ,").lower()
    return SMALLER.get((before.unit or "", n.unit or "")) if joint in ("", "and", "и") else None


SMALLER = {
    ("GBP", "ounces"): ("pounds", Decimal(1) / 16),
    ("pounds", "ounces"): ("pounds", Decimal(1) / 16),
    ("feet", "inches"): ("feet", Decimal(1) / 12),
    ("hours", "minutes"): ("hours", Decimal(1) / 60),
    ("minutes", "seconds"): ("minutes", Decimal(1) / 60),
}
"""The unit, and what one of the smaller is of it."""


def _period(thing: str) -> str | None:
    """The unit of time of which there is one: "a | decade | and a half"."""
    return next((unit for period, unit in PERIODS.items() if period in thing.lower().split()), None)


DOZEN = Decimal(12)
YEAR, THING = 16, 24
"""Characters before a number in which a year without a number, or a thing of which there is one, is looked for."""


def _dozen_before(dozen: Numeral, half: Numeral, text: str) -> bool:
    """ "A dozen and a half"."""
    return dozen.value % DOZEN == 0 and text[: half.start].endswith("dozen and ")


def _years_before(years: Numeral, months: Numeral, text: str) -> bool:
    between = text[years.end : months.start].strip(" ,")
    return years.unit == "years" and months.value < 12 and between in ("", "and", "и")


def _shares(found: list[Numeral], text: str, measures: _Measures) -> Iterator[Numeral]:
    """Numbers that tell a share, as a fraction: "seven in ten" is 0.7, "one family in five" and «каждая пятая» are 0.2."""
    at = 0
    while at < len(found):
        a = _one_of(found[at], text, measures)
        b = found[at + 1] if at + 1 < len(found) else None
        if (
            b is not None
            and 0 < a.value < b.value
            and b.value in SHARE_OF
            and a.kind == b.kind == "cardinal"
            and a.value == a.value.to_integral_value()
            and measures.shares.fullmatch(text, a.end, b.start)
        ):
            if a.unit == "days" and b.value == WEEK:
                yield a  # "four days out of seven", «четыре дня в неделю»
                at += 2
                continue
            yield msgspec.structs.replace(
                a, end=b.end, value=a.value / b.value, step=Decimal(0), kind="fraction", unit=None
            )
            at += 2
        else:
            yield a
            at += 1


WEEK = Decimal(7)


def _one_of(n: Numeral, text: str, measures: _Measures) -> Numeral:
    """ "One in twenty", «каждый двадцатый»; "every second year" is no share but a rate."""
    form = {"cardinal": measures.one_of, "ordinal": measures.each}.get(n.kind)
    if n.unit or (n.kind == "ordinal" and measures.recurring.match(text, n.end)):
        return n
    one = form.search(text, max(0, n.start - ONE_OF), n.start) if form and n.value in SHARE_OF else None
    if not one:
        return n
    return msgspec.structs.replace(n, start=one.start(), value=1 / n.value, step=Decimal(0), kind="fraction")


ONE_OF = 30
"""Characters before a number in which "one family in" is looked for."""
SHARE_OF = frozenset(map(Decimal, (*range(2, 31), *range(40, 100, 10), *(10**n for n in range(2, 7)))))


def _rates(text: str, measures: _Measures) -> Iterator[Rate]:
    for unit, form in measures.rates:
        yield from (Rate(m.start(), m.end(), unit) for m in form.finditer(text))
