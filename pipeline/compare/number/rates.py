"""Rates that differ: "a loaf a month", «буханку в неделю»; "40 million a year", «40 млн за весь срок»."""

import re
from collections.abc import Iterator, Sequence

from pipeline.compare.finding import difference, evidence
from pipeline.compare.number import arithmetic
from pipeline.compare.number.findings import BY, found
from pipeline.compare.number.matching import same
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate, Reading
from pipeline.document import Difference
from pipeline.numerals import Numeral

RATE = 0.85
NEAR_RATE = 40
"""Characters between a number and the rate it belongs to: "1.2 million barrels of oil a day"."""


def compare(
    pair: Pair, en: Reading, ru: Reading, met: Sequence[tuple[Numeral, Numeral]]
) -> Iterator[Difference]:
    """ "a loaf a month", «буханку в неделю»: the only rate of each side has another period, and no number near it
    differs (a million barrels a day may be fifty million tonnes a year)."""
    told = pair.en.within(en.rates), pair.ru.within(ru.rates)
    a, b = _unlike(*told), _unlike(*told[::-1])
    if len(a) != 1 or len(b) != 1:
        yield from _in_all(pair, *told, met)
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
        apiece = APIECE.match(pair.en.version.text, a.end)
        for_all = FOR_ALL.match(pair.ru.version.text, b.end)
        if apiece and for_all:
            ours = evidence(pair.en.version, a.start, apiece.end(), BY)
            theirs = evidence(pair.ru.version, b.start, for_all.end(), BY)
            yield found(pair, ours, theirs, ("apiece", "in all"), RATE)
            continue
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
        yield found(
            pair,
            evidence(pair.en.version, a.start, ends[0], BY),
            evidence(pair.ru.version, b.start, ends[1], BY),
            (value_en, value_ru),
            RATE,
        )


APIECE = re.compile(r"(?:\s\w+){0,2}\s(?:apiece|each)\b", re.I)
FOR_ALL = re.compile(r"(?:\s\w+){0,2}\s(?:на\s(?:всех|двоих|троих|четверых|пятерых)|на\sвсю\s\w+)\b", re.I)
"""A number for each, and one for all together: "five cartridges apiece", «пять патронов на всех»."""
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
    return -NEAR_RATE <= rate.end - n.start <= 0 or 0 <= rate.start - n.end <= NEAR_RATE


def _with_what(side: Side, rate: Rate) -> int:
    """Where the word begins that the rate counts."""
    before = [w.start for w in side.words if w.end <= rate.start and w.content]
    return before[-1] if before else rate.start
