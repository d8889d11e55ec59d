"""Numbers that differ: four hundred metres against «сорок метров», 46 days against «46 часов», half against «треть».

Values are compared in base units across notations: 1.5 billion is «1,5 млрд», a fifth is 20 %, «в 2,6 раза» is up by
160 per cent, eighteen months are «полтора года», 50 basis points are «0,5 п. п.». What a bead leaves over on both sides,
in comparable units, is a difference.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipeline.compare import counted, moments
from pipeline.compare.finding import MQM
from pipeline.compare.number import (
    arithmetic,
    bounds,
    excepted,
    frequency,
    growth,
    qualified,
    rates,
    singled,
    swapped,
    uncounted,
    witnessed,
)
from pipeline.compare.number.findings import differing
from pipeline.compare.number.matching import closest, met, same, told_apart
from pipeline.compare.number.things import counting_alike
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Reading
from pipeline.dates import DateMention
from pipeline.document import Difference, Lang
from pipeline.numerals import Numeral

BY = "number"


def compare(pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The number differences of aligned sentences."""
    told = [_numbers(pair, en, ru) for pair in pairs]
    for n, (pair, here) in enumerate(zip(pairs, told, strict=True)):
        left = _unmoved(pair, here, [told[m] for m in (n - 1, n + 1) if 0 <= m < len(told)])
        before = [one for there in told[max(0, n - BACK) : n] for one in there.met]
        recurring = pair.en.within(en.rates), pair.ru.within(ru.rates)
        open_ = arithmetic.unexplained(pair, *left, here.met, recurring, before)
        explained = len(open_[0]) + len(open_[1]) < len(left[0]) + len(left[1])
        lately = slice(max(0, n - LATELY), n)
        few = list(singled.compare(pair))
        yield from few
        yield from _of_those_met(pair, here.met, explained)
        yield from _of_those_open(pair, here, open_, list(zip(pairs[lately], told[lately], strict=True)), few)
        yield from growth.compare(pair, here.en, here.ru)
        yield from frequency.compare(pair)
        if not frequency.told(pair):
            yield from rates.compare(pair, en, ru, here.met)


def _of_those_met(
    pair: Pair, met: Sequence[tuple[Numeral, Numeral]], explained: bool
) -> Iterator[Difference]:
    """What differs about numbers that are equal: their bounds, their places, the sorts of their units."""
    yield from bounds.compare(pair, met, turned=explained)
    yield from swapped.compare(pair, met)
    yield from qualified.compare(pair, met)


def _of_those_open(
    pair: Pair,
    here: "_Numbers",
    open_: "Left",
    lately: "Sequence[tuple[Pair, _Numbers]]",
    few: Sequence[Difference],
) -> Iterator[Difference]:
    """What the numbers tell that nothing explains: each other, an exception, one that is left out or that only the judge sees."""
    exchanged = list(closest(pair, *open_))
    yield from _exchanged(pair, exchanged)
    rests = [] if exchanged or few else list(excepted.compare(pair, open_, here.met))
    yield from rests
    if not exchanged and not rests:
        yield from _left_out(pair, here, open_, lately)
        yield from witnessed.compare(pair, "en", open_[0], here.ru, few)
        yield from witnessed.compare(pair, "ru", open_[1], here.en, few)
    alone = [[n for n in side if all(n is not m for two in exchanged for m in two)] for side in open_]
    yield from singled.counted_once(pair, "en", alone[1])
    yield from singled.counted_once(pair, "ru", alone[0])


Left = tuple[list[Numeral], list[Numeral]]
"""The leftover numbers of both sides."""
LATELY = 12
"""Sentences before in which a number may be told that is plain afterwards."""
BACK = 2
"""Sentences before in which a number may be told that another is computed from."""


def _unmoved(pair: Pair, here: "_Numbers", beside: "Sequence[_Numbers]") -> Left:
    """The leftover numbers that no sentence beside has to spare; days of a date are none where both sides have others."""
    known_en, known_ru = [a for t in beside for a in t.left_en], [b for t in beside for b in t.left_ru]
    en = [a for a in here.left_en if not _moved(a, known_ru) or _counted(pair, a, here.left_ru)]
    ru = [b for b in here.left_ru if not _moved(b, known_en) or _counted(pair, b, en)]
    if en and ru:
        return [a for a in en if not _in(a, pair.en, DAYS)], [b for b in ru if not _in(b, pair.ru, DAYS)]
    return en, ru


def _exchanged(pair: Pair, found: Sequence[tuple[Numeral, Numeral]]) -> Iterator[Difference]:
    """The leftover numbers that stand for each other."""
    for a, b in _ranges(pair, sorted(found, key=lambda p: p[0].start)):
        one = differing(pair, a, b, POINTS if _points(a, b) else 0.0)
        yield _as_date(one) if _in(a, pair.en, MOMENTS) and _in(b, pair.ru, MOMENTS) else one


def _left_out(
    pair: Pair, here: "_Numbers", left: Left, lately: "Sequence[tuple[Pair, _Numbers]]"
) -> Iterator[Difference]:
    """The numbers that the other version does not tell, here or in the sentences before."""
    sides: tuple[tuple[Lang, list[Numeral], list[Numeral]], ...] = (
        ("en", left[0], here.ru),
        ("ru", left[1], here.en),
    )
    for lang, open_, others in sides:
        known = {
            one
            for there, numbers in lately
            for number in (numbers.en if lang == "en" else numbers.ru)
            for one in uncounted.known(there.side(lang), number)
        }
        yield from uncounted.compare(pair, lang, open_, others, known)


class _Numbers(NamedTuple):
    """The numbers of a pair: all of them, those that have met, and those left over on either side."""

    en: list[Numeral]
    ru: list[Numeral]
    met: list[tuple[Numeral, Numeral]]
    left_en: list[Numeral]
    left_ru: list[Numeral]


def equal(pair: Pair, en: Reading, ru: Reading) -> list[tuple[Numeral, Numeral]]:
    """The numbers of a pair that have met: "$1.2bn", «1,2 млрд долларов»."""
    return _numbers(pair, en, ru).met


def _numbers(pair: Pair, en: Reading, ru: Reading) -> _Numbers:
    ours, theirs = pair.en.within(en.numerals), pair.ru.within(ru.numerals)
    if frequency.told(pair):
        ours, theirs = frequency.outside(pair.en, ours), frequency.outside(pair.ru, theirs)
    ours, theirs = told_apart(
        pair, _amounts(ours, pair.ru.within(ru.dates)), _amounts(theirs, pair.en.within(en.dates))
    )
    one = met(pair, ours, theirs)
    return _Numbers(
        ours,
        theirs,
        [(ours[i], theirs[j]) for i, j in one.items()],
        [a for i, a in enumerate(ours) if i not in one],
        [b for j, b in enumerate(theirs) if j not in one.values()],
    )


def _moved(number: Numeral, known: list[Numeral]) -> bool:
    """A sentence beside has the number to spare: a small one in the same unit, since twos and threes stand everywhere."""
    return any(
        same(number, other)
        and number.multiple == other.multiple
        and (number.unit == other.unit or min(number.value, other.value) > COMMON)
        for other in known
    )


COMMON = 10
"""Numbers up to here stand in any sentence by chance."""


def _ranges(pair: Pair, found: Sequence[tuple[Numeral, Numeral]]) -> Iterator[tuple[Numeral, Numeral]]:
    """The pairs of numbers, both ends of a range as one: "between 18,000 and 20,000", «8–10 тысяч»."""
    last: tuple[Numeral, Numeral] | None = None
    for a, b in found:
        if last and _to(pair.en, last[0], a) and _to(pair.ru, last[1], b):
            last = _both_ends(last[0], a), _both_ends(last[1], b)
            continue
        if last:
            yield last
        last = a, b
    if last:
        yield last


def _to(side: Side, first: Numeral, last: Numeral) -> bool:
    return bool(TO.fullmatch(side.version.text, first.end, last.start)) if first.end <= last.start else False


def _both_ends(first: Numeral, last: Numeral) -> Numeral:
    return msgspec.structs.replace(last, start=first.start)


TO = re.compile(r"\s*[–—-]\s*|\s+(?:and|to|or|и|до|или)\s+", re.I)
"""What stands between the ends of a range."""


def _counted(pair: Pair, number: Numeral, others: list[Numeral]) -> bool:
    """A leftover number of the other side counts the same things, so an equal number in a sentence beside is chance."""
    return any(counting_alike(pair, number, o) or counting_alike(pair, o, number) for o in others)


POINTS = 0.8
"""Confidence that one figure has another unit: points have become per cent, euros dollars, miles kilometres."""
UNITLESS = frozenset({"people", "points", "bags", counted.VAGUE, counted.ROMAN})
"""Units that another word for what is counted may replace."""


HOMES = {"people", "families"}


def _points(a: Numeral, b: Numeral) -> bool:
    """One figure in two units: "8 million dollars", «8 млн евро»; "5 points", «5 %»."""
    named = {a.unit, b.unit}
    return (
        a.value == b.value
        and len(named) == 2
        and None not in named
        and (named == HOMES or not named & UNITLESS)
    )


MOMENTS, DAYS = frozenset({"distances", "parts"}), frozenset({"days"})


def _in(n: Numeral, side: Side, sorts: frozenset[str]) -> bool:
    """The number is part of a moment: "thirteen months later", «во втором квартале», the 6 of "August 5 and 6"."""
    return any(w.sort in sorts and w.start <= n.start and n.end <= w.end for w in moments.read(side))


def _as_date(found: Difference) -> Difference:
    """Another distance in time is another date."""
    return msgspec.structs.replace(found, kind="date", mqm=MQM["date"])


def _amounts(numerals: list[Numeral], dates: list[DateMention]) -> list[Numeral]:
    """The numerals that are no years of dates which the other version writes out as dates."""
    years = {d.date.start[:4] for d in dates} | {d.date.end[:4] for d in dates}
    return [n for n in numerals if n.unit or str(n.value) not in years]
