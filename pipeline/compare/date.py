"""Dates that differ: 15 March against «15 мая», "on Monday" against «в среду», "the same year" against «следующего года».

Dates are compared by the day they mean, whatever the notation ("on Sunday", «12 октября»); a coarser date that holds
the finer one ("in March", «15 марта») is the same. What a bead leaves over on both sides is a difference. Words of the
calendar that are no whole date (a month, a day of the week, a season, "the following year") are compared as words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.finding import REPORTED, difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Reading
from pipeline.dates import DateMention
from pipeline.document import Difference, Lang

BY = "date"
SURE = frozenset({"absolute", "year", "season", "half", "quarter"})
"""Kinds of mention whose date stands in the text itself."""
BOTH_ABSOLUTE, ONE_RELATIVE = 0.93, 0.4
"""Confidence that two leftover dates differ: planted dates and faithful news, see tests/cases/compare."""


def compare(pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The date differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = pairs[max(0, n - 1) : n + 2]
        mine = pair.en.within(en.dates), pair.ru.within(ru.dates)
        left_en, left_ru = _unmatched(*mine)
        around = (
            [m for p in near for m in p.en.within(en.dates)],
            [m for p in near for m in p.ru.within(ru.dates)],
        )
        left_en = [m for m in left_en if not any(same(m, o) for o in around[1])]
        left_ru = [m for m in left_ru if not any(same(m, o) for o in around[0])]
        words = list(_words(pair, near))
        found = [_difference(pair, a, b, bool(words)) for a, b in _closest(left_en, left_ru)]
        yield from found
        if not any(d.confidence >= REPORTED for d in found):
            yield from words


def _unmatched(en: list[DateMention], ru: list[DateMention]) -> tuple[list[DateMention], list[DateMention]]:
    rest = list(ru)
    left = []
    for mention in en:
        partner = next((o for o in rest if _equal(mention, o)), None) or next(
            (o for o in rest if same(mention, o)), None
        )
        if partner is None:
            left.append(mention)
        else:
            rest.remove(partner)
    return left, rest


def _equal(a: DateMention, b: DateMention) -> bool:
    return (a.date.start, a.date.end) == (b.date.start, b.date.end)


def same(a: DateMention, b: DateMention) -> bool:
    """The dates can be the same: one holds the other, or they agree in all that both texts state.

    A day without its year is compared by day and month, because the year is only inferred.
    """
    if a.relative or b.relative:
        if _unstated_year(a) or _unstated_year(b):
            a_start, b_start = a.date.start[5:], b.date.start[5:]
            return a_start.startswith(b_start) or b_start.startswith(a_start)
        return _overlap(a, b)
    return _overlap(a, b)


def _unstated_year(mention: DateMention) -> bool:
    return mention.kind in ("partial", "partial_month")


def _overlap(a: DateMention, b: DateMention) -> bool:
    """One period lies within the other, at the precision of the coarser end."""
    return _within(a, b) or _within(b, a)


def _within(inner: DateMention, outer: DateMention) -> bool:
    first, last = outer.date.start, outer.date.end
    return first <= inner.date.start[: len(first)] and inner.date.end[: len(last)] <= last


def _closest(en: list[DateMention], ru: list[DateMention]) -> Iterator[tuple[DateMention, DateMention]]:
    """Pairs of leftover dates, those first that share the most (year, month, day)."""
    ranked = sorted(
        ((_shared(a, b), -abs(i - j), i, j) for i, a in enumerate(en) for j, b in enumerate(ru)),
        reverse=True,
    )
    used_en: set[int] = set()
    used_ru: set[int] = set()
    for _, _, i, j in ranked:
        if i not in used_en and j not in used_ru:
            used_en.add(i)
            used_ru.add(j)
            yield en[i], ru[j]


def _shared(a: DateMention, b: DateMention) -> int:
    return sum(x == y for x, y in zip(a.date.start.split("-"), b.date.start.split("-"), strict=False)) + (
        a.date.precision == b.date.precision
    )


class Word(NamedTuple):
    """A word of the calendar: of which sort, which one, and where its evidence begins and ends."""

    sort: str
    value: str
    start: int
    end: int


@cache
def _calendar(lang: Lang) -> dict[str, tuple[str, str]]:
    """Forms of months, weekdays and seasons with their sort and number."""
    data = languages.load(lang, "calendar")
    found: dict[str, tuple[str, str]] = {}
    for sort in ("months", "weekdays", "seasons"):
        for value, forms in data[sort].items():
            found |= {form.lower(): (sort, value) for form in forms.split()}
    found |= {
        form: (sort, value)
        for sort, rows in languages.load(lang, "calendar_words").items()
        if sort != "relations"
        for value, forms in rows.items()
        for form in forms
    }
    return found


@cache
def _relations(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (value, re.compile(form, re.I))
        for value, form in languages.load(lang, "calendar_words")["relations"].items()
    )


def _calendar_words(side: Side) -> Iterator[Word]:
    forms = _calendar(side.lang)
    capital = languages.load(side.lang, "calendar")["months_with_capital"]
    for n, word in enumerate(side.words):
        sort, value = forms.get(word.token.lower_.replace("ё", "е"), ("", ""))
        if not sort or (capital and sort != "seasons" and not word.token.text[0].isupper()):
            continue
        if sort == "months" and word.lemma in ("may", "march") and word.token.pos_ in ("AUX", "VERB"):
            continue
        before = side.words[n - 1] if n and side.words[n - 1].token.text[0].isdigit() else word
        after = (
            side.words[n + 1]
            if n + 1 < len(side.words) and side.words[n + 1].token.text.isdigit() and capital
            else word
        )
        found = Word(sort, value, min(before.start, word.start), max(after.end, word.end))
        yield found
        day = DAY.match((before if before is not word else after).token.text)
        if sort == "months" and day:
            yield found._replace(sort="days", value=f"{value}-{int(day[0])}")
    for value, form in _relations(side.lang):
        for match in form.finditer(side.text):
            yield Word("relations", value, side.start + match.start(), side.start + match.end())


EVENING = re.compile(r"\b[A-Z][a-z]+day(?:[’']s)?\s+(?:night|evening)\b")
INTO = re.compile(r"\bночь\s+на\s+$", re.I)


def _night_before(side: Side, word: Word) -> Word:
    """«В ночь на понедельник» is Sunday night."""
    into = INTO.search(side.version.text, max(side.start, word.start - 12), word.start)
    if word.sort != "weekdays" or not into:
        return word
    return word._replace(value=str((int(word.value) - 1) % 7), start=into.start())


DAY = re.compile(r"\d{1,2}(?=\D|$)")
WORD_DATES = {"months": 0.85, "days": 0.85, "weekdays": 0.85, "seasons": 0.75, "relations": 0.75}
"""Confidence that two leftover words of the calendar differ, by their sort."""


def _words(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """Words of one sort, one left over on each side: "on Monday" against «в среду»."""
    en, ru = list(_calendar_words(pair.en)), list(_calendar_words(pair.ru))
    if EVENING.search(pair.en.text):
        ru = [_night_before(pair.ru, w) for w in ru]
    for sort, confidence in WORD_DATES.items():
        ours, theirs = {w.value: w for w in en if w.sort == sort}, {w.value: w for w in ru if w.sort == sort}
        a, b = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
        if len(a) != 1 or len(b) != 1:
            continue
        one, other = ours[a.pop()], theirs[b.pop()]
        beside = [p for p in near if p is not pair]
        known = any(
            w.value == one.value and w.sort == sort for p in beside for w in _calendar_words(p.ru)
        ) or any(w.value == other.value and w.sort == sort for p in beside for w in _calendar_words(p.en))
        spans = (
            evidence(pair.en.version, one.start, one.end, BY),
            evidence(pair.ru.version, other.start, other.end, BY),
        )
        yield difference(
            "date",
            *spans,
            confidence * (0.7 if known else 1.0) * pair.sure,
            f"The {pair.en.called} says {quoted(spans[0].text, pair.en.lang)}, "
            f"the {pair.ru.which} one {quoted(spans[1].text, pair.ru.lang)}.",
            value_en=spans[0].text,
            value_ru=spans[1].text,
        )


def _difference(pair: Pair, a: DateMention, b: DateMention, other_word: bool) -> Difference:
    sure = {a.kind, b.kind} <= SURE or other_word
    confidence = BOTH_ABSOLUTE if sure and a.date.precision == b.date.precision else ONE_RELATIVE
    if {a.kind, b.kind} == {"partial"} or (
        "partial" in (a.kind, b.kind) and {a.kind, b.kind} <= SURE | {"partial"}
    ):
        confidence = 0.85
    return difference(
        "date",
        evidence(pair.en.version, a.start, a.end, BY),
        evidence(pair.ru.version, b.start, b.end, BY),
        confidence * pair.sure,
        f"The {pair.en.called} gives {_written(a)}, the {pair.ru.which} one {_written(b)}.",
        value_en=_written(a),
        value_ru=_written(b),
    )


def _written(mention: DateMention) -> str:
    """ISO 8601, an interval with a slash: 2023-09-11/2023-09-20."""
    date = mention.date
    return date.start if date.start == date.end else f"{date.start}/{date.end}"
