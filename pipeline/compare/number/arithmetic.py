"""Numbers that say the same by another computation: "nine of the fourteen" lost, five kept; "12 of the 20 seats", «60 % мест»;
"fell by 40 per cent", «составил 60 % прошлогоднего»; "30 million a quarter", «120 млн в год»; "until four", «до шестнадцати».
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from pipeline.compare import units
from pipeline.compare.number import portions
from pipeline.compare.number.rests import (
    COUNTS,
    Met,
    Rates,
    all_but,
    and_the_rest,
    of_change,
    rest_of_the_period,
    rest_of_the_whole,
    two_parts,
)
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate
from pipeline.numerals import Numeral


def unexplained(
    pair: Pair, en: list[Numeral], ru: list[Numeral], met: Met, rates: Rates, before: Met = ()
) -> tuple[list[Numeral], list[Numeral]]:
    """The leftover numbers of a pair without those that a computation makes of each other; `before`: numbers that have met in the
    sentences before."""
    for ours, theirs in ((en, ru), (ru, en)):
        side, there = (pair.en, pair.ru) if ours is en else (pair.ru, pair.en)
        gone = [
            (part, whole, told)
            for told in theirs
            for part, whole in permutations(ours, 2)
            if portions.is_share(side, part, whole, told)
            or portions.is_rest(side, part, whole, there, told)
            or portions.is_ratio(part, whole, told)
            or _in_so_many_days(side, part, whole, told)
            or _area(side, part, whole, told)
            or _so_much_of(part, whole, told)
            or _sum_of(part, whole, told)
            or _in_all(part, whole, told)
            or _by_so_much_of_it(pair, side, part, whole, told, rates)
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
        or rest_of_the_whole(pair, a, b, _alike(a, b, met))
        or any(way(pair, a, b, told, rates) for way in WAYS)
        or any(way(pair, a, b, _alike(a, b, (*met, *before)), rates) for way in REACHING)
    ]
    return _without(en, [a for a, _ in pairs]), _without(ru, [b for _, b in pairs])


def _alike(a: Numeral, b: Numeral, told: Met) -> set[Decimal]:
    """The numbers told that may be of the same things as two others, by their units."""
    return {
        n.value for n, _ in told if n.kind != "ordinal" and (n.unit in COUNTS or n.unit in (a.unit, b.unit))
    }


def _without(there: list[Numeral], gone: Sequence[Numeral]) -> list[Numeral]:
    return [n for n in there if all(n is not x for x in gone)]


def _in_so_many_days(side: Side, amount: Numeral, days: Numeral, other: Numeral) -> bool:
    """What is used in so much time, and in one day or year of it: «шесть килограммов на тридцать дней», "200 grams a day"; "90 million over
    three years", «по 30 млн в год»."""
    between = side.version.text[amount.end : days.start].split()
    if (
        units.base(days).dimension != "time"
        or not between
        or between[-1].lower() not in LASTING
        or not days.value
    ):
        return False
    if (amount.unit is None) != (other.unit is None):
        return False
    total, each = units.base(amount), units.base(other)
    return total.dimension == each.dimension and total.value == each.value * days.value


def _by_so_much_of_it(
    pair: Pair, side: Side, total: Numeral, measure: Numeral, other: Numeral, rates: Rates
) -> bool:
    """What so much of a thing costs, and what one measure of it does: "45,000 kwacha for a bag of fifty kilograms", «900 квач за
    килограмм»."""
    there = rates[1 if side is pair.en else 0]
    each = next((r.period for r in there if 0 <= r.start - other.end <= BEHIND), None)
    return (
        each is not None
        and each == measure.unit
        and total.unit == other.unit
        and total.value == other.value * measure.value
    )


def _so_much_of(share: Numeral, whole: Numeral, told: Numeral) -> bool:
    """A share of a number, and how many that is: "four members, half of them appointed by each Party", «по два члена»."""
    counts = whole.kind == told.kind == "cardinal" and whole.unit in COUNTS and told.unit in COUNTS
    part = whole.value * share.value
    return counts and share.kind == "fraction" and share.unit is None and abs(told.value - part) < WHOLE


WHOLE = Decimal("0.7")
"""How far a share of a whole number is rounded: two thirds of 217 are 145."""


def _in_all(count: Numeral, each: Numeral, told: Numeral) -> bool:
    """So many of a measure, and what they make: "three hundred fifty-kilo sacks", «пятнадцать тонн»; «шесть дней по восемь часов», "a
    forty-eight-hour week"."""
    if count.kind != "cardinal" or each.kind != "cardinal" or told.kind != "cardinal":
        return False
    x, y = units.base(each), units.base(told)
    days = count.unit == "days" and each.unit == told.unit == "hours"
    measured = count.unit in COUNTS and x.dimension == y.dimension and x.dimension in MEASURES
    return (
        (days or measured) and count.value > 1 and abs(count.value * x.value - y.value) <= ROUNDED * y.value
    )


MEASURES = frozenset({"mass", "volume", "length", "area"})


def _sum_of(one: Numeral, other: Numeral, told: Numeral) -> bool:
    """Two amounts and what they make together: "80 million for firebreaks and 40 million for river banks", «120 млн»."""
    alike = one.unit == other.unit == told.unit and one.kind == other.kind == told.kind == "cardinal"
    return alike and one.unit is not None and one.value + other.value == told.value


def _area(side: Side, one: Numeral, other: Numeral, told: Numeral) -> bool:
    """Two sides and the area: "four metres by three", «двенадцать квадратных метров»; "ten feet by twelve", «одиннадцать»."""
    by = side.version.text[one.end : other.start].strip().lower()
    if by not in ("by", "x", "×", "на") or units.base(told).dimension != "area":
        return False
    unit = one.unit or other.unit
    length = units.SIZES.get(unit or "", ("", Decimal(0)))
    square = one.value * other.value * length[1] ** 2 / HECTARE
    return length[0] == "length" and abs(square - units.base(told).value) <= units.CONVERTED * square


HECTARE = Decimal(10000)
"""Square metres."""
LASTING = frozenset({"for", "over", "in", "на", "за", "в"})
"""Words between an amount and the time that it lasts."""


def _in_the_same_measure(a: Numeral, b: Numeral, met: Met) -> bool:
    """Bare numbers that stand in the ratio of two units told before: "13 cubic metres ... nine", «13 тысяч литров ... девять тысяч»; "of
    the 8,400 acres ... 1,900", «из 3400 га ... 770»."""
    return None in (a.unit, b.unit) and any(
        x.unit != y.unit and x.value != y.value and _in_ratio(a.value * y.value, b.value * x.value)
        for x, y in met
    )


def _in_ratio(x: Decimal, y: Decimal) -> bool:
    return abs(x - y) <= RATIO * max(x, y)


RATIO = Decimal("0.01")
"""Relative slack of two numbers that are converted alike."""


OFTEN: dict[str, tuple[str, Decimal]] = {
    "seconds": ("time", Decimal(31557600)),
    "minutes": ("time", Decimal(525960)),
    "hours": ("time", Decimal(8766)),
    "days": ("time", Decimal("365.25")),
    "weeks": ("time", Decimal("52.18")),
    "months": ("time", Decimal(12)),
    "quarters": ("time", Decimal(4)),
    "years": ("time", Decimal(1)),
    "kg": ("mass", Decimal(1000)),
    "pounds": ("mass", Decimal("2204.62")),
    "quintals": ("mass", Decimal(10)),
    "tonnes": ("mass", Decimal(1)),
    "litres": ("volume", Decimal(1000)),
    "barrels": ("volume", Decimal("6.28981")),
    "m3": ("volume", Decimal(1)),
    "1000 m3": ("volume", Decimal("0.001")),
    "hectares": ("area", Decimal(1)),
    "decares": ("area", Decimal(10)),
    "acres": ("area", Decimal("2.47105")),
    "kWh": ("energy", Decimal(1000)),
    "MWh": ("energy", Decimal(1)),
}
"""What is counted by, and how often it comes in a year, a tonne, a cubic metre, a hectare, a megawatt-hour."""
ROUNDED = Decimal("0.03")
"""Relative slack of what is computed so."""


def _by_another_measure(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    return by_another_measure(a, b, rates)


def by_another_measure(a: Numeral, b: Numeral, rates: Rates) -> bool:
    """The same over a year or a tonne: "30 million euros a quarter", «120 млн евро в год»; "90 tenge a kilo", «90 тыс. тенге за тонну»."""
    by = [_rate(n, there) for n, there in zip((a, b), rates, strict=True)]
    if None in by or by[0] == by[1]:
        return False
    (dimension, ours), (other, theirs) = (OFTEN[str(measure)] for measure in by)
    return dimension == other and any(
        _one_amount(x, y, ours, theirs) for x in units.readings(a) for y in units.readings(b)
    )


def _one_amount(a: units.Amount, b: units.Amount, ours: Decimal, theirs: Decimal) -> bool:
    """Two amounts, each taken so often, come to one."""
    money = units.CENTS in (a.unit, b.unit) and units.money(a, b)
    x, y = (units.in_money(n) * often for n, often in ((a, ours), (b, theirs)))
    slack = units.CONVERTED if a.unit != b.unit and not money else ROUNDED
    return (money or a.dimension == b.dimension) and abs(x - y) <= slack * max(x, y)


def _rate(n: Numeral, rates: Sequence[Rate]) -> str | None:
    """What the rate right behind a number counts by, or else the one before it: "for every cubic metre, three kilowatt-hours"."""
    behind = (r.period for r in rates if 0 <= r.start - n.end <= BEHIND and r.period in OFTEN)
    before = (r.period for r in rates if 0 <= n.start - r.end <= BEHIND and r.period in OFTEN)
    return next(behind, None) or next(before, None)


BEHIND = 40
"""Characters between a number and its rate: "30 million euros of tax | a quarter"."""


def _apiece(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A sum, and what each of so many parts of it is: "60 million, in three equal parts", «три части по 20 млн»."""
    total, part = (a, b) if a.value > b.value else (b, a)
    side = pair.ru if part is b else pair.en
    each = EACH.search(side.version.text, side.start, part.start) or APIECE.match(side.version.text, part.end)
    return a.unit == b.unit and bool(each) and bool(part.value) and total.value / part.value in told


EACH = re.compile(r"\bпо\s+$", re.I)
APIECE = re.compile(r"[^.;:]{0,25}\s(?:each|apiece|кажд\w+)\b", re.I)


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


def _hundredths(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """Hundredths of each unit: "40 cents of every euro", «40 % заработка»."""
    return a.value == b.value and {a.unit, b.unit} == {"cents", "percent"}


HALF_DAY = 12


def _two_clocks(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """One hour of two clocks: "until four", «до шестнадцати»; "at 9.09", «в девять часов девять минут»."""
    if b.unit == "hours" and a.unit is None and AFTERNOON.match(pair.en.version.text, a.end):
        return b.value - a.value == HALF_DAY
    if b.unit == "hours" and a.unit is None:
        return a.value // 1 + a.value % 1 * 100 / MINUTES == b.value
    return b.value - a.value == HALF_DAY and _hour(pair.en, a) and _hour(pair.ru, b)


AFTERNOON = re.compile(r"\s+(?:o[’']clock\s+)?(?:in\s+the\s+(?:afternoon|evening)|at\s+night|p\.?m)\b", re.I)


def _hour(side: Side, n: Numeral) -> bool:
    """A bare number of hours after a word of time: "from eight | to four"."""
    before = [w.token.lower_ for w in side.words if w.end <= n.start][-1:]
    return n.unit is None and n.value < 2 * HALF_DAY and before[:1] != [] and before[0] in OPENING


OPENING = frozenset(
    {"from", "to", "until", "till", "by", "at", "after", "before", "с", "до", "к", "в", "после"}
)
"""Words that an hour follows."""


def _for_one(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """How much goes into one, and how much comes out of one: "four and a half tonnes of fish go into one of meal", «из тонны рыбы муки выходит
    около 220 кг»."""
    x, y = units.base(a), units.base(b)
    weighed = x.dimension == y.dimension == "mass" and a.unit != b.unit
    return weighed and abs(x.value * y.value - 1) <= ROUNDED


def _unit_understood(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A bare number of a unit named before: "in two years", «за месяц ... за двадцать четыре»."""
    bare, amount, side = (b, a, pair.ru) if b.unit is None else (a, b, pair.en)
    full = units.base(amount)
    if bare.unit is not None or bare.kind != "cardinal" or full.dimension != "time":
        return False
    named = {PERIODS[w.lemma] for w in side.words if w.lemma in PERIODS}
    return any(abs(bare.value * units.SIZES[u][1] - full.value) <= ROUNDED * full.value for u in named)


PERIODS = {"month": "months", "year": "years", "week": "weeks", "day": "days", "hour": "hours"} | {
    "месяц": "months", "год": "years", "неделя": "weeks", "день": "days", "час": "hours"
}  # fmt: skip


def _by_so_much(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A number, and by how much it is another than one told before: "1,435 on one side, 1,520 on the other", «на 85 мм шире»."""
    if not a.kind == b.kind == "cardinal":
        return False
    more, level = (a, b) if of_change(pair.en, a) else (b, a)
    changed = of_change(pair.en, a) != of_change(pair.ru, b)
    return (
        changed
        and abs(level.value - more.value) != level.value
        and (level.value - more.value in told or level.value + more.value in told)
    )


def _nth_day(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """The day after so many: "three days later", «на четвёртый день»."""
    days, nth = (a, b) if b.kind == "ordinal" else (b, a)
    return nth.kind == "ordinal" and days.unit == "days" and nth.value - days.value == 1


def _up_to(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A change of a number told before, and what it comes to: "five piastres ... went up by fifteen", «поднялась до двадцати»; "four
    fewer", «их было семеро»."""
    if not a.kind == b.kind == "cardinal":
        return False
    change, level = (a, b) if of_change(pair.en, a) else (b, a)
    return of_change(pair.en, a) != of_change(pair.ru, b) and bool(
        {level.value - change.value, level.value + change.value} & (told - {level.value})
    )


def _share_of(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """A share of a number told before, and how many that is: "64 residents ... a quarter of the signatures", «шестнадцать подписей»."""
    shares = portions.share(a), portions.share(b)
    if shares.count(None) != 1:
        return False
    share, n = (shares[0], b) if shares[0] is not None else (shares[1], a)
    if share is None or n.kind != "cardinal":
        return False
    return any(abs(whole * share - n.value) < ROUNDED * n.value for whole in told)


def _times_that(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """So many times a number told before, and how many that is: "from eight men to twice that number", «с восьми до шестнадцати»."""
    times, n = (a, b) if a.multiple else (b, a)
    return times.multiple and n.kind == "cardinal" and any(whole * times.value == n.value for whole in told)


REACHING: tuple[Callable[[Pair, Numeral, Numeral, set[Decimal], Rates], bool], ...] = (
    all_but,
    _up_to,
    _share_of,
    _times_that,
)
"""Computations with numbers of the sentences before."""
WAYS: tuple[Callable[[Pair, Numeral, Numeral, set[Decimal], Rates], bool], ...] = (
    two_parts,
    _by_another_measure,
    _altogether,
    _apiece,
    _an_hour,
    and_the_rest,
    _hundredths,
    _two_clocks,
    _unit_understood,
    _for_one,
    _by_so_much,
    _nth_day,
    rest_of_the_period,
)
