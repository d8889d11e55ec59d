"""What a text says of time without a whole date: "on Monday", "two years later", "in early May", "at Easter", "yesterday".

Words of one sort exclude each other: where a version says one of them and the other version another one, in its place, the
moments differ. The words are data (`languages/*/calendar.toml`, `calendar_words.toml`).
"""

import re
from collections.abc import Container, Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pipeline import languages, numerals
from pipeline.compare import clock
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang
from pipeline.languages.alternatives import either


class Word(NamedTuple):
    """A word of the calendar: of which sort, which one, and where its evidence begins and ends."""

    sort: str
    value: str
    start: int
    end: int


def read(side: Side) -> Iterator[Word]:
    """The words of the calendar of a side."""
    yield from _named(side)
    text = side.text.replace("ё", "е")
    for sort, value, form in _moments(side.lang):
        yield from (
            Word(sort, value, side.start + m.start(), side.start + m.end()) for m in form.finditer(text)
        )
    yield from (
        Word("clock", hour, side.start + start, side.start + end)
        for hour, start, end in clock.read(text, side.lang)
    )
    found = sorted(distances(text, side.lang), key=lambda w: (w.start, SAME in w.value, -w.end))
    for _, same_place in groupby(found, key=lambda w: (w.start, SAME in w.value)):
        word = next(same_place)
        yield word._replace(start=side.start + word.start, end=side.start + word.end)


def met(pair: Pair, sorts: Container[str] | None = None) -> Iterator[tuple[Word, Word]]:
    """The words of the calendar, or of some sorts of it, that both sides of a pair say."""
    theirs = list(read(pair.ru))
    for a in read(pair.en):
        if sorts is None or a.sort in sorts:
            yield from ((a, b) for b in theirs if a.sort == b.sort and alike(a, b))


def alike(a: Word, b: Word) -> bool:
    """Two words of one sort mean the same; distances do within rounding: "six months later", «через полгода». The same
    year excludes the next and the last year only, not what came two days later."""
    if a.sort != "distances":
        return a.value == b.value
    x, y = _length(a), _length(b)
    if SAME in a.value + b.value:
        return a.value == b.value or abs(x) != abs(y)
    farther = max(abs(x), abs(y))
    return abs(x - y) <= (LOOSE if farther >= LONG else ROUNDED) * farther


ROUNDED = Decimal("0.06")
"""Relative slack between two units of time: four weeks and a month are not the same, 48 hours and two days are."""
LONG, LOOSE = 40, Decimal("0.081")
"""Days from which a distance is rounded to months, and the slack that this takes: "six weeks later", «полтора месяца спустя»."""


SAME = "same "
"""Before the unit of a distance of nothing: "the same year"."""


def _length(word: Word) -> Decimal:
    return Decimal(word.value.removeprefix(SAME))


@cache
def _forms(lang: Lang) -> dict[str, tuple[str, str]]:
    """Forms of months, weekdays and seasons with their sort and number."""
    data = languages.load(lang, "calendar")
    found: dict[str, tuple[str, str]] = {}
    for sort in ("months", "weekdays", "seasons"):
        for value, forms in data[sort].items():
            found |= {form.lower(): (sort, value) for form in forms.split()}
    more = languages.load(lang, "calendar_words")["weekdays"]
    return found | {form: ("weekdays", value) for value, forms in more.items() for form in forms}


def _named(side: Side) -> Iterator[Word]:
    """Months with their days, weekdays and seasons."""
    forms = _forms(side.lang)
    capital = languages.load(side.lang, "calendar")["months_with_capital"]
    for word in side.words:
        sort, value = forms.get(word.token.lower_.replace("ё", "е"), ("", ""))
        if not sort or (capital and sort != "seasons" and not word.token.text[0].isupper()):
            continue
        if sort == "months" and word.lemma in ("may", "march") and word.token.pos_ in ("AUX", "VERB"):
            continue
        days = _days(side, word.start, word.end) if sort == "months" else []
        start, end = min([word.start, *(d.start() for d in days)]), max([word.end, *(d.end() for d in days)])
        yield Word(sort, value, start, end)
        yield from (Word("days", f"{value}-{int(d[0])}", start, end) for d in days)


DAY = re.compile(r"(?<![\d.,:])\d{1,2}(?![\d:]|[.,]\d)")
BEFORE_MONTH = re.compile(
    r"(?:\d{1,2}(?:-\w{1,2}|st|nd|rd|th)?(?:\s?[–—-]\s?|,\s|\s(?:and|or|to|и|или|по|до|на)\s))*"
    r"\d{1,2}(?:-\w{1,2}|st|nd|rd|th)?\s(?:of\s)?$"
)
AFTER_MONTH = re.compile(
    r"\s\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:(?:\s?[–—-]\s?|,\s|\s(?:and|or|to|through|until)\s)\d{1,2}(?:st|nd|rd|th)?(?![\d:]|\s?[a-z%]{2}))*"
)
REACH = 40
"""Characters before a month in which its days may stand: "on the 5th, 6th and 9th of May"."""


def _days(side: Side, start: int, end: int) -> list[re.Match[str]]:
    """All days that a month is said with: "August 4-13", «5 и 6 августа», «с 4 по 13 августа»."""
    text = side.version.text
    before = BEFORE_MONTH.search(text, max(side.start, start - REACH), start)
    after = AFTER_MONTH.match(text, end) if side.lang == "en" and not before else None
    return list(DAY.finditer(text, *written.span())) if (written := before or after) else []


EVENING = re.compile(r"\b[A-Z][a-z]+day(?:[’']s)?\s+(?:night|evening)\b")
INTO = re.compile(r"\bночь\s+на\s+$", re.I)


def night_before(side: Side, word: Word) -> Word:
    """«В ночь на понедельник» is Sunday night."""
    into = INTO.search(side.version.text, max(side.start, word.start - 12), word.start)
    if word.sort != "weekdays" or not into:
        return word
    return word._replace(value=str((int(word.value) - 1) % 7), start=into.start())


@cache
def _moments(lang: Lang) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    data = languages.load(lang, "calendar_words")
    groups = {f"<{name}>": data[name]["form"] for name in ("period", "some")}
    return tuple(
        (sort, value, re.compile(_filled(form, groups), 0 if sort == "feasts" else re.I))
        for sort, rows in data["moments"].items()
        for value, form in rows.items()
    )


class _Distances(NamedTuple):
    """The patterns of a language with their directions, its units with their days, and words that say both."""

    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    units: tuple[tuple[Decimal, re.Pattern[str]], ...]
    alone: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _ways(lang: Lang) -> _Distances:
    data = languages.load(lang, "calendar_words")["distances"]
    units = list(data["unit"].values())
    forms = data["forms"]
    groups = {
        "<months>": forms["months"],
        "<m>": rf"(?P<m>{_numbers(lang)})",
        "<n>": rf"(?<!of )(?<!to )(?<!half )\b(?P<n>{_numbers(lang)})\s+",
        "<unit>": rf"(?P<unit>{'|'.join(units)})\b",
        "<long>": rf"(?P<unit>{'|'.join(units[1:])})\b",
        "<one>": rf"\b(?P<unit>{forms.get('one')})\b",
        "<half>": rf"(?P<half>{forms['half']})",
        "<halved>": rf"\b(?P<unit>{forms.get('halved', '(?!)')})\b",
        "<about>": forms.get("about", ""),
    }
    signs = {"later": 1, "earlier": -1, "same": 0}
    return _Distances(
        tuple(
            (sign, re.compile(_filled(form, groups), re.I))
            for way, sign in signs.items()
            for form in data[way]
        ),
        tuple((Decimal(days), re.compile(form, re.I)) for days, form in data["unit"].items()),
        tuple((days, re.compile(rf"\b(?:{form})\b", re.I)) for days, form in data.get("alone", {}).items()),
    )


def _numbers(lang: Lang) -> str:
    """What counts units of time: digits, number words, an article ("a week later", "the day before")."""
    data = languages.load(lang, "numbers")
    forms = [*data["cardinals"].values(), *data["multipliers"].values(), data["article"], data["one"], "the"]
    word = either(form for row in forms for form in row.split())
    return rf"\d{{1,3}}|(?:{word})(?:[\s-](?:{word}))?"


def _filled(form: str, groups: dict[str, str]) -> str:
    for name, group in groups.items():
        form = form.replace(name, group)
    return form


def distances(text: str, lang: Lang) -> Iterator[Word]:
    """How far a moment lies from another: "two years later", «за неделю до этого», "last month", «назавтра»."""
    ways = _ways(lang)
    for value, alone in ways.alone:
        yield from (Word("distances", value, m.start(), m.end()) for m in alone.finditer(text))
    for sign, pattern in ways.patterns:
        for match in pattern.finditer(text):
            said = match.groupdict()
            count = _count(said.get("n"), lang)
            if count is None:
                continue
            days = next(size for size, form in ways.units if form.fullmatch(said["unit"]))
            half = Decimal("0.5") if said.get("half") else Decimal(0)
            months = (_count(said["m"], lang) or 0) * MONTH if said.get("m") else Decimal(0)
            length = str(sign * (days * (count + half) + months)) if sign else f"{SAME}{days}"
            yield Word("distances", length, match.start(), match.end())


MONTH = Decimal("30.4375")
"""Days in a month that is told besides years: "a year and three months later"."""


def _count(said: str | None, lang: Lang) -> Decimal | None:
    """How many units: none and an article are one."""
    numbers = languages.load(lang, "numbers")
    if said is None or said.lower() in (*numbers["article"].split(), *numbers["one"].split(), "the"):
        return Decimal(1)
    return numerals.count(said, lang)
