"""What a version says in dates and numbers, read once for all comparisons."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

from pipeline import dates, languages, numerals
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


@cache
def _measures(lang: Lang) -> _Measures:
    data = languages.load(lang, "measures")
    return _Measures(
        re.compile("|".join([*data["clock"], *data["no_amount"]]), re.I),
        tuple((unit, re.compile("|".join(forms), re.I)) for unit, forms in data["after"].items()),
        tuple((Decimal(scale), re.compile(form, re.I)) for scale, form in data["scaled"].items()),
        tuple((unit, re.compile("|".join(forms), re.I)) for unit, forms in data["rates"].items()),
    )


def read(version: Version) -> Reading:
    """Read a version. The numerals are those that are no part of a date or a clock time."""
    line = dates.dateline(version.text, version.lang)
    anchor = line[1] if line else None
    mentions = dates.read(version.text, version.lang, anchor)
    measures = _measures(version.lang)
    spans = [
        *((m.start, m.end) for m in mentions),
        *(m.span() for m in measures.no_amount.finditer(version.text)),
    ]
    found = numerals.outside(numerals.read(version.text, version.lang), tuple(sorted(spans)))
    return Reading(
        mentions,
        tuple(_measured(n, version.text, measures) for n in found),
        tuple(_rates(version.text, measures)),
        anchor,
    )


def _measured(n: Numeral, text: str, measures: _Measures) -> Numeral:
    """The numeral with the unit or the scale that the word glued to it holds: "30 yards", «25-тысячная»."""
    for scale, form in measures.scaled:
        if form.match(text, n.end):
            return msgspec.structs.replace(n, value=n.value * scale, step=n.step * scale)
    if n.unit is None and n.kind == "cardinal":
        for unit, form in measures.after:
            if found := form.match(text, n.end):
                return msgspec.structs.replace(n, unit=unit, end=found.end())
    return n


def _rates(text: str, measures: _Measures) -> Iterator[Rate]:
    for unit, form in measures.rates:
        yield from (Rate(m.start(), m.end(), unit) for m in form.finditer(text))
