"""How often something happens: "twice a year", «раз в два года»; "every other day", «ежедневно»; "every six months" is «дважды в год».

Both the times and the period make a frequency, so it is read as one number: how often in a year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages, numerals
from pipeline.compare.finding import evidence
from pipeline.compare.number.findings import BY, found
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang
from pipeline.numerals import Numeral

WEIGHT = 0.88
"""Confidence that two frequencies differ, where either version tells one only."""
IN_A_YEAR = {
    "hour": 8766.0, "day": 365.25, "week": 52.18, "fortnight": 26.09, "month": 12.0, "quarter": 4.0, "half-year": 2.0, "year": 1.0,
    "decade": 0.1,
}  # fmt: skip
"""How often each period comes in a year."""
ALIKE = 1.15
"""How many times one frequency may be the other: "every three weeks", «раз в месяц» differ, "every fortnight", «дважды в месяц» do not."""


class Frequency(NamedTuple):
    """How often in a year, and where it is told."""

    often: float
    start: int
    end: int


def compare(pair: Pair) -> Iterator[Difference]:
    """The only frequencies of both sides, where they differ."""
    if not told(pair):
        return
    [a], [b] = read(pair.en), read(pair.ru)
    if max(a.often, b.often) <= ALIKE * min(a.often, b.often):
        return
    en, ru = evidence(pair.en.version, a.start, a.end, BY), evidence(pair.ru.version, b.start, b.end, BY)
    yield found(pair, en, ru, (_said(a), _said(b)), WEIGHT)


def told(pair: Pair) -> bool:
    """Each side tells one frequency."""
    return len(read(pair.en)) == len(read(pair.ru)) == 1


def outside(side: Side, there: Sequence[Numeral]) -> list[Numeral]:
    """The numbers that tell no frequency."""
    told = read(side)
    return [n for n in there if not any(f.start < n.end and n.start < f.end for f in told)]


def read(side: Side) -> list[Frequency]:
    """The frequencies that a side tells, each place once."""
    text = side.version.text
    found = [
        Frequency(often, m.start(), m.end())
        for form in _forms(side.lang)
        for m in form.finditer(text, side.start, side.end)
        if (often := _often(m, side.lang)) is not None
    ]
    return [f for n, f in enumerate(found) if not any(f.start < g.end and g.start < f.end for g in found[:n])]


def _often(match: re.Match[str], lang: Lang) -> float | None:
    told = {name: value.lower() for name, value in match.groupdict().items() if value}
    times, periods = _number(told.get("times"), lang), _number(told.get("periods"), lang)
    period = _words(lang, "adverbs").get(told.get("adverb", "")) or _words(lang, "periods").get(
        told.get("period", "")
    )
    return times / periods * IN_A_YEAR[period] if period and times and periods else None


def _number(word: str | None, lang: Lang) -> float | None:
    """How many a word says; one, where there is none."""
    if word is None:
        return 1.0
    named = _counts(lang).get(word)
    if named is not None:
        return float(named)
    read_ = numerals.read(word, lang)
    return float(read_[0].value) if len(read_) == 1 else None


def _said(told: Frequency) -> str:
    return f"{told.often:.3g} times a year"


@cache
def _forms(lang: Lang) -> tuple[re.Pattern[str], ...]:
    data = languages.load(lang, "frequency")
    count = f"{_any(data['counts'])}|{data['number']}"
    parts = {
        "{times}": f"(?P<times>{count})",
        "{some}": f"(?P<times>{_any(data['counts'])})",
        "{periods}": f"(?P<periods>{count})",
        "{period}": f"(?P<period>{_any(_words(lang, 'periods'))})",
        "{adverb}": f"(?P<adverb>{_any(_words(lang, 'adverbs'))})",
    }
    return tuple(re.compile(_filled(form, parts), re.I) for form in data["forms"])


def _filled(form: str, parts: Mapping[str, str]) -> str:
    for name, pattern in parts.items():
        form = form.replace(name, pattern)
    return form


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _words(lang: Lang, what: str) -> dict[str, str]:
    """The periods by their words: "weeks", «недель»; or by their adverbs: "weekly", «еженедельно»."""
    return {
        form.lower(): period
        for period, forms in languages.load(lang, "frequency")[what].items()
        for form in forms
    }


@cache
def _counts(lang: Lang) -> dict[str, str]:
    return dict(languages.load(lang, "frequency")["counts"])
