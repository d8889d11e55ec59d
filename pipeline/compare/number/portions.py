"""Shares told in other ways than as a number of their own: "12 of the 20", "one in every eight", "four to one"."""

import re
from decimal import Decimal

from pipeline.compare.pairs import Pair, Side
from pipeline.numerals import Numeral

ROUNDED = Decimal("0.006")
"""How far apart two shares of one may be by rounding: two in three are 67 %."""
NEAR = 3
"""Words between a part and its whole: "12 | of the former | 20"."""
OF = frozenset({"of", "out", "in", "из"})
EVERY = re.compile(r"\b(?:every|each|кажд\w+)\s+$", re.I)
ONE_IN_EVERY = re.compile(
    r"\bone\b[^.;:]{0,40}\b(?:in|of|for)\s+(?:every|each)\s+$|\bодин[^.;:]{0,40}\b(?:из|на)\s+(?:каждых|каждые)\s+$",
    re.I,
)
ALL_BUT = re.compile(r"\b(?:but|except|save|кроме)\s+(?:for\s+)?$", re.I)


def share(n: Numeral) -> Decimal | None:
    """A fraction or a percentage as a share of one."""
    if n.unit in PARTS:
        return n.value / PARTS[n.unit]
    return n.value if n.kind == "fraction" and n.unit in (None, "people") else None


PARTS = {"percent": 100, "permille": 1000}


def complements(a: Numeral, b: Numeral) -> bool:
    """Two shares that make up one: a third and two thirds."""
    ours, theirs = share(a), share(b)
    return ours is not None and theirs is not None and abs(ours + theirs - 1) <= ROUNDED


def told_alike(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Both tell so many of as many: "three in ten", «семь из десяти»; then another number is rather a slip than the rest."""
    en, ru = pair.en.version.text[a.start : a.end], pair.ru.version.text[b.start : b.end]
    return bool(SO_MANY.search(en)) and " из " in ru


SO_MANY = re.compile(r"\s(?:in|of|out of)\s", re.I)


def is_share(side: Side, part: Numeral, whole: Numeral, other: Numeral) -> bool:
    """Part and whole make up the share of the other side: "12 of the 20", «60 %»; "of every ten, seven", «70 %»."""
    if not whole.value or not _is(other, part.value / whole.value):
        return False
    if whole.end <= part.start:
        return _every(side, whole)
    between = side.version.text[part.end : whole.start].lower().split()
    return 0 < len(between) <= NEAR and bool(OF & set(between)) and (part.unit is None or _every(side, whole))


def is_rest(side: Side, part: Numeral, whole: Numeral, there: Side, other: Numeral) -> bool:
    """The other side says what is left of a whole: "45 of the 48 seats", «все места, кроме трёх»."""
    between = side.version.text[part.end : whole.start].lower().split()
    of_it = 0 < len(between) <= NEAR and any(word in OF for word in between)
    but = ALL_BUT.search(there.version.text, there.start, other.start)
    return of_it and bool(but) and part.value + other.value == whole.value


def is_ratio(one: Numeral, other: Numeral, times: Numeral) -> bool:
    """Two shares of one whole, and how many times the one is the other: "three quarters to one quarter", «втрое больше»."""
    shares = share(one), share(other)
    return times.multiple and None not in shares and one.value == other.value * times.value


def one_share(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Odds, or one of so many, are the share of the other side: "four to one", «80 % голосов»."""
    return _is_odds(pair.en, a, b) or _is_one_of(pair.en, a, b) or _is_one_of(pair.ru, b, a)


def _is_odds(side: Side, odds: Numeral, other: Numeral) -> bool:
    to_one = side.version.text[odds.end :].lower().startswith(" to one")
    return to_one and _is(other, odds.value / (odds.value + 1))


def _is_one_of(side: Side, whole: Numeral, other: Numeral) -> bool:
    """ "One kilowatt-hour in every eight", «12,5 % электроэнергии»."""
    one = ONE_IN_EVERY.search(side.version.text, side.start, whole.start)
    return bool(one) and whole.value > 1 and _is(other, 1 / whole.value)


def _is(n: Numeral, value: Decimal) -> bool:
    said = share(n)
    return said is not None and abs(said - value) <= ROUNDED


def _every(side: Side, n: Numeral) -> bool:
    """So many are taken at a time: "of | every | ten containers, seven", «из | каждых | десяти семь»."""
    return bool(EVERY.search(side.version.text, side.start, n.start))
