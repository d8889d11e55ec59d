"""Numbers that differ: four hundred metres against «сорок метров», 46 days against «46 часов», half against «треть».

Values are compared in base units across notations: 1.5 billion is «1,5 млрд», a fifth is 20 %, «в 2,6 раза» is up by
160 per cent, eighteen months are «полтора года», 50 basis points are «0,5 п. п.». What a bead leaves over on both sides,
in comparable units, is a difference.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

from pipeline import languages
from pipeline.compare import (
    arithmetic,
    bounds,
    counted,
    moments,
    portions,
    singled,
    swapped,
    uncounted,
    units,
)
from pipeline.compare.figures import (
    closest,
    counting_alike,
    digits,
    met,
    same,
    same_things,
    things,
    told_apart,
)
from pipeline.compare.finding import MQM, difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate, Reading
from pipeline.dates import DateMention
from pipeline.document import Difference, Lang, Span
from pipeline.numerals import Numeral

BY = "number"
DIGITS, ALIKE, WORDS, COUNTED, ODD = 0.92, 0.88, 0.75, 0.6, 0.35
"""Confidence that two leftover numbers differ: written in digits on both sides, counting the same things, in words on one side, in
different ways but counting the same things, or in units of different dimensions. Planted numbers and faithful news, see tests/cases/compare."""
RATE = 0.85
HALF = Decimal("0.5")
NEAR_RATE = 40
"""Characters between a number and the rate it belongs to: "1.2 million barrels of oil a day"."""


def compare(pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The number differences of aligned sentences."""
    told = [_numbers(pair, en, ru) for pair in pairs]
    for n, (pair, here) in enumerate(zip(pairs, told, strict=True)):
        beside = [told[m] for m in (n - 1, n + 1) if 0 <= m < len(told)]
        before = [one for there in told[max(0, n - BACK) : n] for one in there.met]
        known_en, known_ru = [a for t in beside for a in t.left_en], [b for t in beside for b in t.left_ru]
        left_en = [a for a in here.left_en if not _moved(a, known_ru) or _counted(pair, a, here.left_ru)]
        left_ru = [b for b in here.left_ru if not _moved(b, known_en) or _counted(pair, b, left_en)]
        if left_en and left_ru:
            left_en = [a for a in left_en if not _in(a, pair.en, DAYS)]
            left_ru = [b for b in left_ru if not _in(b, pair.ru, DAYS)]
        rates = pair.en.within(en.rates), pair.ru.within(ru.rates)
        counted = len(left_en) + len(left_ru)
        left_en, left_ru = arithmetic.unexplained(pair, left_en, left_ru, here.met, rates, before)
        yield from bounds.compare(pair, here.met, turned=counted > len(left_en) + len(left_ru))
        yield from swapped.compare(pair, here.met)
        yield from singled.compare(pair)
        for a, b in _ranges(pair, sorted(closest(pair, left_en, left_ru), key=lambda p: p[0].start)):
            found = _difference(pair, a, b, POINTS if _points(a, b) else 0.0)
            yield _as_date(found) if _in(a, pair.en, MOMENTS) and _in(b, pair.ru, MOMENTS) else found
        if not (left_en and left_ru):
            for lang, left, others in (("en", left_en, here.ru), ("ru", left_ru, here.en)):
                earlier = [
                    (p.side(lang), m)
                    for p, t in zip(pairs[max(0, n - LATELY) : n], told[max(0, n - LATELY) : n], strict=True)
                    for m in (t.en if lang == "en" else t.ru)
                ]
                known = frozenset().union(*(uncounted.known(side, m) for side, m in earlier))
                yield from uncounted.compare(pair, lang, left, others, known)
        yield from _singles(pair, "en", left_ru)
        yield from _singles(pair, "ru", left_en)
        yield from _steps(pair, here.en, here.ru)
        yield from _rates(pair, en, ru)


LATELY = 12
"""Sentences before in which a number may be told that is plain afterwards."""
BACK = 2
"""Sentences before in which a number may be told that another is computed from."""


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
    ours, theirs = told_apart(
        pair,
        _amounts(pair.en.within(en.numerals), pair.ru.within(ru.dates)),
        _amounts(pair.ru.within(ru.numerals), pair.en.within(en.dates)),
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
        same(number, other) and (number.unit == other.unit or min(number.value, other.value) > COMMON)
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
    return any(same_things(pair, number, o) or same_things(pair, o, number) for o in others)


def _singles(pair: Pair, lang: Lang, others: list[Numeral]) -> Iterator[Difference]:
    """ "One hospital", «две больницы»: what one side counts to more than one is a single one on the other."""
    side, other = pair.side(lang), pair.other(lang)
    if any(w.lemma in _one(other.lang) for w in other.words):
        return
    back: Lang = "ru" if lang == "en" else "en"
    for number in others:
        if number.unit or number.kind != "cardinal" or number.value <= 1:
            continue
        for thing in (p for t in things(other, number) for p in pair.partners(back, t)):
            if thing and side.words[thing - 1].lemma in _one(side.lang):
                ours = evidence(side.version, side.words[thing - 1].start, side.words[thing].end, BY)
                theirs = evidence(other.version, number.start, number.end, BY)
                en, ru = (ours, theirs) if lang == "en" else (theirs, ours)
                yield _found(
                    pair, en, ru, ("1", _written(number)) if lang == "en" else (_written(number), "1"), WORDS
                )
                return


@cache
def _one(lang: Lang) -> frozenset[str]:
    return frozenset(languages.load(lang, "counted")["one"].split())


def _steps(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[Difference]:
    """ "By a third" against «втрое»: a change by a share has become a multiple of the same figure; what falls by half
    falls «вдвое», but what grows by half does not double."""
    for a in en:
        for b in ru:
            if _grown(pair, a, b):
                yield _difference(pair, a, b, WORDS)
            if (
                {a.kind, b.kind} != {"fraction", "multiple"}
                or Decimal(2) in (a.value, b.value)
                or abs(a.value * b.value - 1) > Decimal("0.01")
            ):
                continue
            fraction, side = (a, pair.en) if a.kind == "fraction" else (b, pair.ru)
            if not arithmetic.of_change(side, fraction):
                continue
            if not any(o.kind == fraction.kind for o in (ru if fraction is a else en)):
                yield _difference(pair, a, b, WORDS)


def _grown(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Has grown | by half", «удвоился»; "it doubled", «вырос | на 50 %», «вырос | наполовину», «вырос | на 200 %»."""
    sides = ((a, pair.en, b), (b, pair.ru, a))
    return any(
        times.multiple
        and (
            (times.value == 2 and _by_half(side, part) and bounds.rises(side, part))
            or _by_as_much(side, part, times)
        )
        for part, side, times in sides
    )


def _by_as_much(side: Side, n: Numeral, times: Numeral) -> bool:
    """A growth by so many hundred per cent is one by so many times more: "doubled", but «вырос на 200 %»."""
    return (
        n.unit == "percent"
        and n.value == times.value * 100
        and arithmetic.of_change(side, n)
        and bounds.rises(side, n)
    )


def _by_half(side: Side, n: Numeral) -> bool:
    """A change by half: "by half", «на 50 %», «наполовину»."""
    if n.kind == "multiple":
        return n.value == HALF
    share = portions.share(n)
    return share == HALF and arithmetic.of_change(side, n)


POINTS = 0.8
"""Confidence that one figure has another unit: points have become per cent, euros dollars, miles kilometres."""
UNITLESS = frozenset({"people", "points", "bags", counted.VAGUE, counted.ROMAN})
"""Units that another word for what is counted may replace."""


def _points(a: Numeral, b: Numeral) -> bool:
    """One figure in two units: "8 million dollars", «8 млн евро»; "5 points", «5 %»."""
    named = {a.unit, b.unit}
    return a.value == b.value and len(named) == 2 and None not in named and not named & UNITLESS


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


def _rates(pair: Pair, en: Reading, ru: Reading) -> Iterator[Difference]:
    """ "a loaf a month", «буханку в неделю»: the only rate of each side has another period, and no number near it
    differs (a million barrels a day may be fifty million tonnes a year)."""
    told = pair.en.within(en.rates), pair.ru.within(ru.rates)
    a, b = _unlike(*told), _unlike(*told[::-1])
    if len(a) != 1 or len(b) != 1:
        yield from _in_all(pair, *told, equal(pair, en, ru))
        return
    ours = [n for n in pair.en.within(en.numerals) if _beside(n, a[0])]
    theirs = [n for n in pair.ru.within(ru.numerals) if _beside(n, b[0])]
    if (
        (ours or theirs)
        and not any(same(x, y) for x in ours for y in theirs)
        and not _same_words(pair, a[0], b[0])
    ):
        return
    numbers = pair.en.within(en.numerals), pair.ru.within(ru.numerals)
    if any(arithmetic.by_another_measure(x, y, told) for x in numbers[0] for y in numbers[1]):
        return
    yield difference(
        "number",
        evidence(pair.en.version, _with_what(pair.en, a[0]), a[0].end, BY),
        evidence(pair.ru.version, _with_what(pair.ru, b[0]), b[0].end, BY),
        RATE * pair.sure,
        f"The {pair.en.called} counts by {a[0].period}, the {pair.ru.which} one by {b[0].period}.",
        value_en=f"per {a[0].period}",
        value_ru=f"per {b[0].period}",
    )


def _unlike(rates: Sequence[Rate], others: Sequence[Rate]) -> list[Rate]:
    """The rates that the other side has none of, or fewer."""
    left = [r.period for r in others]
    found = []
    for rate in rates:
        if rate.period in left:
            left.remove(rate.period)
        else:
            found.append(rate)
    return found


def _in_all(
    pair: Pair, en: Sequence[Rate], ru: Sequence[Rate], met: Sequence[tuple[Numeral, Numeral]]
) -> Iterator[Difference]:
    """One version gives a number for each period, the other the same one for all the time: "40 million a year", «40 млн за весь срок»."""
    for a, b in met:
        yearly = next((r for r in en if 0 <= r.start - a.end <= RIGHT_BEHIND), None)
        total = IN_ALL.match(pair.ru.version.text, b.end)
        if yearly and total and not ru:
            value_en, value_ru, ends = f"per {yearly.period}", "in all", (yearly.end, total.end())
        else:
            yearly = next((r for r in ru if 0 <= r.start - b.end <= RIGHT_BEHIND), None)
            total = IN_ALL.match(pair.en.version.text, a.end)
            if not yearly or not total or en:
                continue
            value_en, value_ru, ends = "in all", f"per {yearly.period}", (total.end(), yearly.end)
        yield _found(
            pair,
            evidence(pair.en.version, a.start, ends[0], BY),
            evidence(pair.ru.version, b.start, ends[1], BY),
            (value_en, value_ru),
            RATE,
        )


RIGHT_BEHIND = 3
IN_ALL = re.compile(
    r"\s(?:in\s+all|in\s+total|altogether|over\s+(?:the|its)\s+(?:whole|entire)\s+\w+|(?:over|in)\s+(?:\w+\s)?(?:ten|five|twenty|\d+)\s+years"
    r"|за\s+(?:весь|всё|все|целых)\s+\w+|за\s+(?:\w+\s)?(?:десять|пять|двадцать|\d+)\s+лет|в\s+общей\s+сложности|в\s+целом|всего)\b",
    re.I,
)
"""What is said of a number that holds for all the time."""


def _same_words(pair: Pair, a: Rate, b: Rate) -> bool:
    """The words before the rates translate each other: "twice a year", «дважды в месяц»."""
    en = [n for n, w in enumerate(pair.en.words) if w.end <= a.start]
    ru = [n for n, w in enumerate(pair.ru.words) if w.end <= b.start]
    return bool(en and ru) and ru[-1] in pair.partners("en", en[-1])


def _beside(n: Numeral, rate: Rate) -> bool:
    return 0 <= rate.start - n.end <= NEAR_RATE


def _with_what(side: Side, rate: Rate) -> int:
    """Where the word begins that the rate counts."""
    before = [w.start for w in side.words if w.end <= rate.start and w.content]
    return before[-1] if before else rate.start


def _difference(pair: Pair, a: Numeral, b: Numeral, sure: float = 0.0) -> Difference:
    en = evidence(pair.en.version, a.start, a.end, BY)
    ru = evidence(pair.ru.version, b.start, b.end, BY)
    both = digits(pair.en.version.text, a) and digits(pair.ru.version.text, b)
    confidence = DIGITS if both else ALIKE if a.unit == b.unit is not None else WORDS
    things = counting_alike(pair, a, b)
    if _two_shares(a, b):
        confidence = ALIKE
    elif _times_less(pair, a, b) or _two_changes(pair, a, b):
        confidence = WORDS
    elif not units.comparable(a, b) or a.kind != b.kind:
        confidence = COUNTED if things and "ordinal" not in (a.kind, b.kind) else ODD
    elif things:
        confidence = max(confidence, ALIKE)
    elif not both and a.kind == "cardinal" and (a.unit or b.unit) is None:
        confidence = 0.55
    return _found(pair, en, ru, (_written(a), _written(b)), max(confidence, sure))


def _two_shares(a: Numeral, b: Numeral) -> bool:
    """Two shares of a whole: "seven-tenths", «семнадцать процентов»; "one school in nine", «каждая пятая»."""
    return portions.share(a) is not None and portions.share(b) is not None


def _two_changes(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """A change by a share, and one so many times: "by 70 per cent", «в семь раз»."""
    sides = ((a, pair.en), (b, pair.ru))
    return any(
        (share.unit == "percent" or (share.kind == "cardinal" and share.unit is None))
        and arithmetic.of_change(side, share)
        and times.multiple
        for (share, side), (times, _) in (sides, sides[::-1])
    )


def _times_less(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """A part of something, and how many times less another part is: "one-fourteenth", «вчетверо меньше»."""
    sides = ((a, pair.en), (b, pair.ru))
    part, times = sides if a.kind == "fraction" else sides[::-1]
    return (part[0].kind, times[0].kind) == ("fraction", "multiple") and arithmetic.of_change(
        times[1], times[0]
    )


def _found(pair: Pair, en: Span, ru: Span, values: tuple[str, str], confidence: float) -> Difference:
    return difference(
        "number",
        en,
        ru,
        confidence * pair.sure,
        f"The {pair.en.called} gives {en.text} ({values[0]}), the {pair.ru.which} one {ru.text} ({values[1]}).",
        value_en=values[0],
        value_ru=values[1],
    )


def _written(n: Numeral) -> str:
    value = (
        f"{n.value.normalize():f}" if n.value != n.value.to_integral_value() else f"{Decimal(int(n.value))}"
    )
    if n.kind == "multiple":
        return f"×{value}"
    if n.unit in (counted.VAGUE, counted.ROMAN):
        return f"some {value}" if n.unit == counted.VAGUE else value
    return f"{value[:12]} {n.unit}" if n.unit else value[:24]
