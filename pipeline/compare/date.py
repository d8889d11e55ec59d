"""Dates that differ: 15 March against «15 мая», "on Monday" against «в среду», "the same year" against «следующего года».

Dates are compared by the day they mean, whatever the notation ("on Sunday", «12 октября»); a coarser date that holds
the finer one ("in March", «15 марта») is the same. What a bead leaves over on both sides is a difference. Words of the
calendar that are no whole date (a month, a day of the week, a season, "the following year") are compared as words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.compare import moments, termini
from pipeline.compare.finding import REPORTED, difference, evidence, quoted
from pipeline.compare.moments import Word
from pipeline.compare.pairs import Pair
from pipeline.compare.reading import Reading
from pipeline.dates import DateMention
from pipeline.document import Difference

BY = "date"
SURE = frozenset({"absolute", "year", "season", "half", "quarter", "months", "decade", "century", "feast"})
"""Kinds of mention whose date stands in the text itself."""
BOTH_ABSOLUTE, ONE_RELATIVE = 0.93, 0.4
"""Confidence that two leftover dates differ: planted dates and faithful news, see tests/cases/compare."""


def compare(pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The date differences of aligned sentences."""
    words = [_left_words(pair) for pair in pairs]
    dates = [_Dates(*_unmatched(pair.en.within(en.dates), pair.ru.within(ru.dates))) for pair in pairs]
    for n, pair in enumerate(pairs):
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(pairs)]
        own = pair.en.within(en.dates), pair.ru.within(ru.dates)
        moved = [d for m in beside for d in dates[m].en], [d for m in beside for d in dates[m].ru]
        left_en = [d for d in dates[n].en if not _told_again(d, own[1], moved[1])]
        left_ru = [d for d in dates[n].ru if not _told_again(d, own[0], moved[0])]
        said = list(_words(pair, words[n], [words[m] for m in beside]))
        found = [
            (a, b, _difference(pair, a, b, bool(said)))
            for a, b in _closest(left_en, left_ru)
            if not _days_agree(words[n], a, b)
        ]
        yield from _own(found)
        yield from termini.compare(pair, [*_met(*own), *moments.met(pair, NAMED)])
        if not any(d.confidence >= REPORTED for _, _, d in found):
            yield from said


def _own(found: Sequence[tuple[DateMention, DateMention, Difference]]) -> Iterator[Difference]:
    """The differences but those of dates that only lean on another one that differs: "a day later"."""
    stated = any(not (a.relative or b.relative) for a, b, _ in found)
    yield from (d for a, b, d in found if not (stated and a.relative and b.relative))


def _met(en: list[DateMention], ru: list[DateMention]) -> Iterator[tuple[DateMention, DateMention]]:
    yield from ((a, b) for a in en for b in ru if same(a, b))


NAMED = frozenset({"days", "months", "weekdays", "seasons"})
"""Words of the calendar at which something may begin or end."""


class _Dates(NamedTuple):
    """The dates of a pair that have not met."""

    en: list[DateMention]
    ru: list[DateMention]


def _told_again(mention: DateMention, own: list[DateMention], moved: list[DateMention]) -> bool:
    """The other side has the date: in the same sentence, or to spare beside it, where a relative date may only lean on
    the one in question."""
    return any(same(mention, o) for o in own) or any(
        same(mention, o) for o in moved if mention.relative or not o.relative
    )


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
    if a.date.precision == b.date.precision == "range" and a.kind == b.kind == "absolute":
        return _equal(a, b) or len(a.date.start) != len(b.date.start)
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


WORD_DATES = {
    "months": 0.85,
    "days": 0.85,
    "weekdays": 0.85,
    "seasons": 0.75,
    "distances": 0.75,
    "edges": 0.75,
    "spans": 0.75,
    "ordinals": 0.75,
    "hours": 0.75,
    "day": 0.75,
    "feasts": 0.75,
    "parts": 0.8,
    "stretches": 0.75,
    "runs": 0.8,
    "clock": 0.75,
}
"""Confidence that two leftover words of the calendar differ, by their sort."""


class _Words(NamedTuple):
    """The words of the calendar of a pair, by sort, that the other side does not say."""

    en: dict[str, list[Word]]
    ru: dict[str, list[Word]]


def _left_words(pair: Pair) -> _Words:
    en, ru = list(moments.read(pair.en)), list(moments.read(pair.ru))
    if moments.EVENING.search(pair.en.text):
        ru = [moments.night_before(pair.ru, w) for w in ru]
    return _Words(_unsaid(en, ru), _unsaid(ru, en))


def _unsaid(words: list[Word], others: list[Word]) -> dict[str, list[Word]]:
    """The words that have none alike on the other side, each meaning once."""
    left: dict[str, list[Word]] = {}
    for word in words:
        there = left.setdefault(word.sort, [])
        alike = (o for o in (*others, *there) if o.sort == word.sort and moments.alike(word, o))
        if next(alike, None) is None:
            there.append(word)
    return left


def _days_agree(left: _Words, a: DateMention, b: DateMention) -> bool:
    """All days and months of the two sides are the same, told in another order ("August 5 and 8", «5 и 8 августа»)."""
    if any(left.en.get(sort) or left.ru.get(sort) for sort in ("days", "months")):
        return False
    one_year = _unstated_year(a) or _unstated_year(b) or a.date.start[:4] == b.date.start[:4]
    return one_year and "day" in (a.date.precision, b.date.precision)


def _words(pair: Pair, here: _Words, beside: list[_Words]) -> Iterator[Difference]:
    """Words of one sort, one left over on each side: "on Monday" against «в среду»."""
    for sort, confidence in WORD_DATES.items():
        ours, theirs = here.en.get(sort, []), here.ru.get(sort, [])
        if len(ours) != 1 or len(theirs) != 1:
            continue
        one, other = ours[0], theirs[0]
        known = any(moments.alike(one, w) for p in beside for w in p.ru.get(sort, ())) or any(
            moments.alike(other, w) for p in beside for w in p.en.get(sort, ())
        )
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
