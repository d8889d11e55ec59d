"""Parts and the rest of a whole: "no longer in nine of the fourteen", «лишь в пяти из четырнадцати»; "a third lower", «две трети столичных»."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.compare import negation
from pipeline.compare.number import bounds, portions
from pipeline.compare.number.things import same_things
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.reading import Rate
from pipeline.numerals import Numeral

Rates = tuple[Sequence[Rate], Sequence[Rate]]
"""The rates of the English side and of the Russian one."""
Met = Sequence[tuple[Numeral, Numeral]]
"""Numbers that are equal, an English and a Russian one each."""
COUNTS = frozenset({None, "people", "bags"})
"""Units of what is counted rather than measured."""


def _one_sort(a: Numeral, b: Numeral) -> bool:
    return a.unit == b.unit or {a.unit, b.unit} <= COUNTS


def rest_of_the_whole(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal]) -> bool:
    """The two parts of one whole ("no longer in nine of the fourteen", «лишь в пяти из четырнадцати»), or a part and the whole: "by nine
    votes to six", «девятью голосами из пятнадцати»."""
    if "ordinal" in (a.kind, b.kind):
        return False
    two_parts = (
        (_one_sort(a, b) or None in (a.unit, b.unit))
        and a.value + b.value in told
        and (_told_otherwise(pair, a, b) or _unseen(pair, a, b))
        and not _denied_alike(pair, a, b)
    )
    whole, part, side = (a, b, pair.en) if a.value > b.value else (b, a, pair.ru)
    if (
        whole.value - part.value in told
        and _one_sort(a, b)
        and OF_THEM.search(side.version.text, whole.end, whole.end + BREATH)
    ):
        return True  # "sixteen members, four of them women", «двенадцать мужчин и четыре женщины»
    return two_parts or (abs(a.value - b.value) in told and _taken_of(pair.en, a) != _taken_of(pair.ru, b))


def _denied_alike(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Both versions deny the same of the same things: "three villages out of the eight had | no | well", «колодца | не | было в пяти»."""
    lacking = [
        sum(w.lemma in LACKING for w in side.words) + len(negation.raw(side)) for side in (pair.en, pair.ru)
    ]
    return lacking[0] == lacking[1] > 0 and not _rest_named(pair, a, b) and _seen(pair, a, b)


def _seen(pair: Pair, a: Numeral, b: Numeral) -> bool:
    return pair.both_changed(a, b) >= SEEN or same_things(pair, a, b)


def _unseen(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """The numbers count other things, and the judge takes neither for changed: "two women of nine", «семеро мужчин»."""
    return pair.both_changed(a, b) < SEEN and not same_things(pair, a, b)


SEEN = 0.3
"""Probability of a change from which the judge has its doubts."""


def _taken_of(side: Side, n: Numeral) -> bool:
    return bool(TAKEN_OF.search(side.version.text, max(side.start, n.start - NEAR), n.start))


OF_THEM = re.compile(
    r"\bof\s+(?:them|whom|these|which)\b|\bиз\s+(?:них|которых)\b|\bв\s+том\s+числе\b|\bпричем\b|\bпричём\b|\bсреди\s+(?:них|которых)\b|\bamong\s+them\b|\bincluding\b",
    re.I,
)
TAKEN_OF = re.compile(r"\b(?:of|из)(?:\s+(?:the|all|всех|этих))?\s+$", re.I)
NEAR = 12
"""Characters before a number in which it is looked for what is taken of it."""


def two_parts(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """Shares that make up one, where one version alone tells a change, what stays, an exception, a denial, or how little it is: "a third
    lower", «две трети столичных»; "seven in eight have no papers", «бумаги есть лишь у каждого восьмого»."""
    if not portions.complements(a, b):
        return False
    if portions.told_alike(pair, a, b):
        one_rest = _rest_named(pair, a, b) and not (_has_rest(pair.en) and _has_rest(pair.ru))
        return one_rest or any(
            turned(pair.en, a) != turned(pair.ru, b) for turned in (_excepted, _little, _stays)
        )
    return _told_otherwise(pair, a, b)


def _told_otherwise(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One version alone turns what it says of its number, or names the rest."""
    return (
        _rest_named(pair, a, b)
        or _bounded(pair, a, b)
        or _of_two_halves(pair, a, b)
        or any(turned(pair.en, a) != turned(pair.ru, b) for turned in TURNS)
    )


def _of_two_halves(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One version tells the one half, the other one its counterpart: "men accounted for 83 per cent", «женщин было 17 %»."""
    ours, theirs = ({w.lemma for w in _beside(side, n)} for side, n in ((pair.en, a), (pair.ru, b)))
    return any(
        ours & one and theirs & other and not (ours & other or theirs & one)
        for pair_ in HALVES
        for one, other in (pair_, pair_[::-1])
    )


HALVES = (
    (
        frozenset(["man", "male", "boy", "мужчина", "мужской", "мальчик"]),
        frozenset(["woman", "female", "girl", "женщина", "женский", "девочка"]),
    ),
    (
        frozenset(["urban", "town", "city", "городской", "город", "горожанин"]),
        frozenset(["rural", "village", "сельский", "село", "деревня"]),
    ),
    (frozenset(["yes", "for", "favour", "да", "за"]), frozenset(["no", "against", "нет", "против"])),
    (frozenset(["public", "state", "государственный", "казённый"]), frozenset(["private", "частный"])),
)
"""What a whole is made of in two."""


def _has_rest(side: Side) -> bool:
    return any(w.lemma in REST or w.token.lower_ in REST for w in side.words)


def _rest_named(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One version names the rest in the same breath: "two thirds left", «осталась треть, | остальные | ушли»."""
    named = [
        any(
            (w.lemma in REST or w.token.lower_ in REST)
            and min(abs(w.start - n.end), abs(n.start - w.end)) <= BREATH
            for w in side.words
        )
        for side, n in ((pair.en, a), (pair.ru, b))
    ]
    return any(named)


BREATH = 60
"""Characters between a number and the word for the rest of it."""


def _stays(side: Side, n: Numeral) -> bool:
    """What the number counts stays: "two thirds had gone home", «на месте | оставалась | треть»."""
    return any(w.lemma in STAYING and not _copula(side, w) for w in _beside(side, n))


def _copula(side: Side, verb: Word) -> bool:
    """It only says what something is: "| remained | empty", «пустыми | остались | три», but not «остались | неистраченными»."""
    places = [n for n, w in enumerate(side.words) if w.token.i == verb.token.i]
    around = [side.words[m] for n in places for m in (n - 1, n + 1) if 0 <= m < len(side.words)]
    return any(
        w.token.pos_ == "ADJ"
        and (side.lang == "en" or "Case=Ins" in str(w.token.morph))
        and not w.token.lower_.startswith(("un", "не"))
        for w in around
    )


def _denied(side: Side, n: Numeral) -> bool:
    """A word of denial stands near: "have | no | valid papers", «прошла | без | свидетелей»."""
    near = [
        w
        for w in _beside(side, n)
        if not MARK.search(side.version.text, *sorted((min(n.end, w.end), max(n.start, w.start))))
    ]
    return any(side.words[m] in near for m in negation.raw(side)) or any(w.lemma in LACKING for w in near)


MARK = re.compile(r"[,;:—()]")
"""What ends the clause in which a denial is about a number."""


def _excepted(side: Side, n: Numeral) -> bool:
    """ "All | but | a tenth", «все, | кроме | 15 %»."""
    return bool(portions.ALL_BUT.search(side.version.text, side.start, n.start))


def _bounded(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Opposite bounds: "| fewer than | a tenth were women", «мужчин было | больше | 90 %»."""
    ours, theirs = bounds.roles(pair.en, a), bounds.roles(pair.ru, b)
    return any(bounds.OPPOSITE[role] in theirs and role not in theirs for role in ours)


def _little(side: Side, n: Numeral) -> bool:
    """ "| Only | one in ten", «| лишь | каждый десятый»."""
    return bool(ONLY.search(side.version.text, side.start, n.start))


def _beside(side: Side, n: Numeral) -> list[Word]:
    return [w for w in side.words if min(abs(w.start - n.end), abs(n.start - w.end)) <= BESIDE]


LACKING = frozenset(
    {"without", "lack", "empty", "missing", "short", "fail", "miss", "absent", "against"}
    | {
        "без",
        "против",
        "нет",
        "отсутствовать",
        "пустовать",
        "лишить",
        "недобрать",
        "недоставать",
        "хватать",
        "хватить",
        "недосчитаться",
    }
)
"""Words of what is not there."""
ONLY = re.compile(r"\b(?:only|just|barely|лишь|только|всего|едва)(?:\s+(?:a|in|у|в|на|для))?\s+$", re.I)
STAYING = frozenset(
    {"remain", "stay", "keep", "spare", "survive", "retain"}
    | {"оставаться", "остаться", "пощадить", "уцелеть", "сохранить", "сохраниться", "сохранять"}
    | {"удержать", "выжить", "устоять", "сберечь"}
)
"""Verbs of what is not gone."""
BESIDE = 30
"""Characters between a number and the word that says what becomes of it."""


def of_change(side: Side, n: Numeral) -> bool:
    """The number tells a change: "by | 40 per cent", "a third | lower", "40 per cent | below", «на 40 % | ниже»."""
    before = side.version.text[max(0, n.start - 4) : n.start].split()[-1:]
    after = next((w for w in side.words if w.start >= n.end), None)
    if before in (["by"], ["на"]):
        return True
    return after is not None and ("Degree=Cmp" in str(after.token.morph) or after.token.lower_ in BEYOND)


BEYOND = frozenset({"below", "above", "short"})
"""Words of English behind an amount by which something is more or less than another: "40 per cent | below the level of 1990"."""
TURNS = (of_change, _stays, _excepted, _denied, _little)
"""What turns a share into the rest of it."""
REST = frozenset(
    {"rest", "остальное", "remaining", "remainder", "остальной", "прочий", "прочие", "остальные"}
)


def and_the_rest(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """One share, and how many times the rest it is: "two thirds of all", «вдвое больше, чем все прочие»."""
    share, times = (portions.share(a), b) if b.multiple else (portions.share(b), a)
    if share is None or not times.multiple or share >= 1:
        return False
    return abs(share / (1 - share) - times.value) <= portions.ROUNDED and any(
        w.lemma in REST or w.token.lower_ in REST for side in (pair.en, pair.ru) for w in side.words
    )


def rest_of_the_period(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """Hours that make up a day, months that make up a year: "had power for eleven hours", «оставались без тока тринадцать часов»."""
    return a.unit == b.unit and a.value + b.value == WHOLE.get(a.unit or "") and _told_otherwise(pair, a, b)


WHOLE = {"hours": 24, "months": 12, "days": 7}


def all_but(pair: Pair, a: Numeral, b: Numeral, told: set[Decimal], rates: Rates) -> bool:
    """All but so many of a number told before, and how many these are: "22 dams ... all but three", «девятнадцати из них»."""
    return a.value + b.value in told and _excepted(pair.en, a) != _excepted(pair.ru, b)
