"""Numbers that say the same by another computation: "nine of the fourteen" lost, five kept; "12 of the 20 seats", «60 % мест»;
"fell by 40 per cent", «составил 60 % прошлогоднего»; "30 million a quarter", «120 млн в год»; "until four", «до шестнадцати».
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from pipeline.compare import portions
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate
from pipeline.numerals import Numeral

Rates = tuple[Sequence[Rate], Sequence[Rate]]
"""The rates of the English side and of the Russian one."""
Met = Sequence[tuple[Numeral, Numeral]]
"""Numbers that are equal, an English and a Russian one each."""


def unexplained(
    pair: Pair, en: list[Numeral], ru: list[Numeral], met: Met, rates: Rates
) -> tuple[list[Numeral], list[Numeral]]:
    """The leftover numbers of a pair without those that a computation makes of each other."""
    for ours, theirs in ((en, ru), (ru, en)):
        side = pair.en if ours is en else pair.ru
        gone = [
            (part, whole, share)
            for share in theirs
            for part, whole in permutations(ours, 2)
            if portions.is_share(side, part, whole, share)
        ]
        for part, whole, share in gone:
            en, ru = (_without(there, (part, whole, share)) for there in (en, ru))
    told = {n.value for n, _ in met}
    pairs = [
        (a, b)
        for a in en
        for b in ru
        if portions.one_share(pair, a, b)
        or _in_the_same_measure(a, b, met)
        or any(way(pair, a, b, told, rates) for way in WAYS)
    ]
    return _without(en, [a for a, _ in pairs]), _without(ru, [b for _, b in pairs])


def _without(there: list[Numeral], gone: Sequence[Numeral]) -> list[Numeral]:
    return [n for n in there if all(n is not x for x in gone)]


def _in_the_same_measure(a: Numeral, b: Numeral, met: Met) -> bool:
    """Bare numbers that stand in the ratio of two units told before: "13 cubic metres ... nine", «13 тысяч литров ... девять тысяч»."""
    return None in (a.unit, b.unit) and any(
        x.unit != y.unit and x.value != y.value and a.value * y.value == b.value * x.value for x, y in met
    )


def _rest_of_the_whole(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """The two parts of one whole ("no longer in nine of the fourteen", «лишь в пяти из четырнадцати»), or a part and the whole: "by nine
    votes to six", «девятью голосами из пятнадцати»."""
    two_parts = a.unit == b.unit and a.value + b.value in told
    return two_parts or (abs(a.value - b.value) in told and (_taken_of(pair.en, a) or _taken_of(pair.ru, b)))


def _taken_of(side: Side, n: Numeral) -> bool:
    return side.version.text[max(0, n.start - 4) : n.start].strip().lower() in ("из", "of")


def _lost_and_left(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """What is gone, or by how much something changed, and what is left of it: "a third lower", «две трети столичных»."""
    if not portions.complements(a, b):
        return False
    return of_change(pair.en, a) != of_change(pair.ru, b) or _stays(pair.en, a) != _stays(pair.ru, b)


def _stays(side: Side, n: Numeral) -> bool:
    """What the number counts stays: "two thirds had gone home", «на месте | оставалась | треть»."""
    return any(
        w.lemma in STAYING for w in side.words if min(abs(w.start - n.end), abs(n.start - w.end)) <= BESIDE
    )


STAYING = frozenset(
    {"remain", "stay", "keep", "spare", "survive", "retain"}
    | {"оставаться", "остаться", "пощадить", "уцелеть", "сохранить", "сохраниться", "сохранять"}
    | {"удержать", "выжить", "устоять", "сберечь"}
)
"""Verbs of what is not gone."""
BESIDE = 30
"""Characters between a number and the verb that says what becomes of it."""


def of_change(side: Side, n: Numeral) -> bool:
    """The number tells a change: "by | 40 per cent", "a third | lower", «на 40 % | ниже»."""
    before = side.version.text[max(0, n.start - 4) : n.start].split()[-1:]
    after = next((w for w in side.words if w.start >= n.end), None)
    return before in (["by"], ["на"]) or (after is not None and "Degree=Cmp" in str(after.token.morph))


A_YEAR = {
    "hours": Decimal(8766),
    "days": Decimal("365.25"),
    "weeks": Decimal("52.18"),
    "months": Decimal(12),
    "quarters": Decimal(4),
    "years": Decimal(1),
}
"""How often a period comes in a year."""
OVER_A_YEAR = Decimal("0.03")
"""Relative slack of what is computed over a year."""


def _over_a_year(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    return over_a_year(a, b, rates)


def over_a_year(a: Numeral, b: Numeral, rates: Rates) -> bool:
    """The same over a year: "30 million euros a quarter", «120 млн евро в год»."""
    each = [_rate(n, there) for n, there in zip((a, b), rates, strict=True)]
    if None in each or each[0] == each[1] or a.unit != b.unit:
        return False
    ours, theirs = (n.value * A_YEAR[str(period)] for n, period in zip((a, b), each, strict=True))
    return abs(ours - theirs) <= OVER_A_YEAR * max(ours, theirs)


def _rate(n: Numeral, rates: Sequence[Rate]) -> str | None:
    """The period of the rate right behind a number."""
    return next((r.period for r in rates if 0 <= r.start - n.end <= BEHIND and r.period in A_YEAR), None)


BEHIND = 40
"""Characters between a number and its rate: "30 million euros of tax | a quarter"."""


def _apiece(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A sum, and what each of so many parts of it is: "60 million, in three equal parts", «три части по 20 млн»."""
    total, part = (a, b) if a.value > b.value else (b, a)
    side = pair.ru if part is b else pair.en
    each = EACH.search(side.version.text, side.start, part.start) or APIECE.match(side.version.text, part.end)
    return a.unit == b.unit and bool(each) and bool(part.value) and total.value / part.value in told


EACH = re.compile(r"\bпо\s+$", re.I)
APIECE = re.compile(r"\s+(?:each|apiece|кажд\w+)\b", re.I)


def _altogether(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A sum over so many years, and what that is a year: "600 million over ten years", «по 60 млн ежегодно в течение десяти лет»."""
    each = [_rate(n, there) for n, there in zip((a, b), rates, strict=True)]
    if a.unit != b.unit or each.count(None) != 1:
        return False
    yearly, total = (a, b) if each[0] else (b, a)
    return "years" in each and bool(yearly.value) and total.value / yearly.value in told


MINUTES = Decimal(60)


def _an_hour(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """How often, by the time between: "every twelve minutes", «пять поездов в час»."""
    each = [_rate(n, there) for n, there in zip((a, b), rates, strict=True)]
    return {a.unit, b.unit} == {"minutes", None} and "hours" in each and a.value * b.value == MINUTES


REST = frozenset({"rest", "remaining", "остальной", "прочий", "прочие", "остальные"})


def _and_the_rest(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """One share, and the other one beside "the rest": "two out of three came home", «треть осталась, прочие вернулись»; or how many times
    the rest it is: "two thirds of all", «вдвое больше, чем все прочие»."""
    ours, theirs = portions.share(a), portions.share(b)
    share, times = (ours, b) if theirs is None else (theirs, a)
    if share is None:
        return False
    if ours is not None and theirs is not None:
        same = abs(ours + theirs - 1) <= portions.ROUNDED
    else:
        same = times.multiple and share < 1 and abs(share / (1 - share) - times.value) <= portions.ROUNDED
    return same and any(
        w.lemma in REST or w.token.lower_ in REST for side in (pair.en, pair.ru) for w in side.words
    )


def _hundredths(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """Hundredths of each unit: "40 cents of every euro", «40 % заработка»."""
    return a.value == b.value and {a.unit, b.unit} == {"cents", "percent"}


HALF_DAY = 12


def _two_clocks(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """One hour of two clocks: "until four", «до шестнадцати»."""
    return b.value - a.value == HALF_DAY and _hour(pair.en, a) and _hour(pair.ru, b)


def _hour(side: Side, n: Numeral) -> bool:
    """A bare number of hours after a word of time: "from eight | to four"."""
    before = [w.token.lower_ for w in side.words if w.end <= n.start][-1:]
    return n.unit is None and n.value < 2 * HALF_DAY and before[:1] != [] and before[0] in OPENING


OPENING = frozenset(
    {"from", "to", "until", "till", "by", "at", "after", "before", "с", "до", "к", "в", "после"}
)
"""Words that an hour follows."""


def _nth_day(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """The day after so many: "three days later", «на четвёртый день»."""
    days, nth = (a, b) if b.kind == "ordinal" else (b, a)
    return nth.kind == "ordinal" and days.unit == "days" and nth.value - days.value == 1


WAYS: tuple[Callable[[Pair, Numeral, Numeral, set[Decimal], Rates], bool], ...] = (
    _rest_of_the_whole,
    _lost_and_left,
    _over_a_year,
    _altogether,
    _apiece,
    _an_hour,
    _and_the_rest,
    _hundredths,
    _two_clocks,
    _nth_day,
)
