"""Numbers that say the same by another computation: "nine of the fourteen" lost, five kept; "12 of the 20 seats", «60 % мест»;
"fell by 40 per cent", «составил 60 % прошлогоднего»; "30 million a quarter", «120 млн в год»; "until four", «до шестнадцати».
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate
from pipeline.numerals import Numeral

Rates = tuple[Sequence[Rate], Sequence[Rate]]
"""The rates of the English side and of the Russian one."""
ROUNDED = Decimal("0.006")
"""How far apart two shares of one may be by rounding: two in three are 67 %."""


def unexplained(
    pair: Pair, en: list[Numeral], ru: list[Numeral], known: Sequence[Numeral], rates: Rates
) -> tuple[list[Numeral], list[Numeral]]:
    """The leftover numbers of a pair without those that a computation makes of each other; `known` have met."""
    for ours, theirs in ((en, ru), (ru, en)):
        side = pair.en if ours is en else pair.ru
        gone = [
            (part, whole, share)
            for share in theirs
            for part, whole in permutations(ours, 2)
            if _is_share(side, part, whole, share)
        ]
        for part, whole, share in gone:
            en, ru = (_without(there, (part, whole, share)) for there in (en, ru))
    odds = [(a, share) for a in en for share in ru if _is_odds(pair.en, a, share)]
    en, ru = _without(en, [a for a, _ in odds]), _without(ru, [share for _, share in odds])
    told = {n.value for n in known}
    pairs = [(a, b) for a in en for b in ru if any(way(pair, a, b, told, rates) for way in WAYS)]
    return _without(en, [a for a, _ in pairs]), _without(ru, [b for _, b in pairs])


def _without(there: list[Numeral], gone: Sequence[Numeral]) -> list[Numeral]:
    return [n for n in there if all(n is not x for x in gone)]


def _is_share(side: Side, part: Numeral, whole: Numeral, share: Numeral) -> bool:
    """Part and whole make up the share of the other side: "12 of the 20", «60 %»."""
    value = _share(share)
    between = side.version.text[part.end : whole.start].lower().split() if part.end <= whole.start else []
    return (
        value is not None
        and part.unit is None
        and 0 < len(between) <= NEAR
        and between[0] in OF
        and abs(part.value / whole.value - value) <= ROUNDED
    )


def _is_odds(side: Side, odds: Numeral, share: Numeral) -> bool:
    """So many to one make up the share of the other side: "a majority of four to one", «80 % голосов»."""
    value = _share(share)
    to_one = side.version.text[odds.end :].lower().startswith(" to one")
    return value is not None and to_one and abs(odds.value / (odds.value + 1) - value) <= ROUNDED


NEAR = 3
"""Words between a part and its whole: "12 | of the former | 20"."""
OF = frozenset({"of", "out", "in", "из"})


def _share(n: Numeral) -> Decimal | None:
    """A fraction or a percentage as a share of one."""
    if n.unit == "percent":
        return n.value / 100
    return n.value if n.kind == "fraction" and n.unit is None else None


def _rest_of_the_whole(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """The two parts of one whole ("no longer in nine of the fourteen", «лишь в пяти из четырнадцати»), or a part and the whole: "by nine
    votes to six", «девятью голосами из пятнадцати»."""
    two_parts = a.unit == b.unit and a.value + b.value in told
    return two_parts or (abs(a.value - b.value) in told and (_taken_of(pair.en, a) or _taken_of(pair.ru, b)))


def _taken_of(side: Side, n: Numeral) -> bool:
    return side.version.text[max(0, n.start - 4) : n.start].strip().lower() in ("из", "of")


def _lost_and_left(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """By how much something changed, and what is left of it: "a third lower", «две трети столичных»."""
    ours, theirs = _share(a), _share(b)
    if ours is None or theirs is None or abs(ours + theirs - 1) > ROUNDED:
        return False
    return of_change(pair.en, a) != of_change(pair.ru, b)


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
    """One share, and the other one beside "the rest": "two out of three came home", «треть осталась, прочие вернулись»."""
    ours, theirs = _share(a), _share(b)
    if ours is None or theirs is None or abs(ours + theirs - 1) > ROUNDED:
        return False
    return any(w.lemma in REST or w.token.lower_ in REST for side in (pair.en, pair.ru) for w in side.words)


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
    _an_hour,
    _and_the_rest,
    _hundredths,
    _two_clocks,
    _nth_day,
)
