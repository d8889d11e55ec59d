"""Two numbers that have changed places: "eleven fitters and four cooks", «четверо слесарей, одиннадцать поварих».

Both versions tell both numbers, but each stands beside the words that belong to the other one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.compare import counted, units
from pipeline.compare.finding import difference, evidence
from pipeline.compare.number.things import things
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference
from pipeline.numerals import Numeral

BY = "number"
WEIGHT = 0.9
"""Confidence that two numbers have changed places, where the words beside them say so."""
AROUND = 4
"""Content words to either side of a number that may belong to it."""
BEHIND = 0.8
"""What a word before a number counts, beside one after it."""
CLEAR = 0.5
"""By how much the words beside two numbers go better together crosswise than straight."""
Met = tuple[Numeral, Numeral]


def compare(pair: Pair, met: Sequence[Met]) -> Iterator[Difference]:
    """The numbers of a pair that have met and stand in the other order on one side only."""
    for one, other in combinations(sorted(met, key=lambda m: m[0].start), 2):
        turned = one[1].start > other[1].start and not _turned_about(pair, one, other)
        crossed = turned and _comparable(pair, one, other) and _crossed(pair, one, other)
        if crossed or _in_each_others_unit(pair, one, other):
            yield differing(pair, one, other)


def _turned_about(pair: Pair, one: Met, other: Met) -> bool:
    """The same is said the other way round: "twelve months instead of fifteen", «не пятнадцать месяцев, а двенадцать»; "a hundred and three
    days out of a hundred and fifteen", «из ста пятнадцати дней сто три»."""
    (a, b), (c, d) = one, other
    between = pair.en.version.text[a.end : c.start]
    text = pair.ru.version.text
    instead = INSTEAD.search(between) and NOT_BUT.search(text[max(pair.ru.start, d.start - NEAR) : b.start])
    return bool(
        instead
        or (OUT_OF.search(between) and OUT_OF.search(text[max(pair.ru.start, d.start - NEAR) : d.start]))
    )


INSTEAD = re.compile(r"\b(?:instead\s+of|rather\s+than|not)\b|\bвместо\b", re.I)
NOT_BUT = re.compile(r"\bне\b.*,\s+а\b|\bnot\b.*\bbut\b", re.I)
OUT_OF = re.compile(r"\b(?:of|из)\b(?:\s(?:the|all|всех))?\s$", re.I)
NEAR = 12
"""Characters before a number in which "not" and "out of" stand."""


def _in_each_others_unit(pair: Pair, one: Met, other: Met) -> bool:
    """Each number has the unit of the other one: "three chairmen in two years", «за три года два председателя»."""
    (a, b), (c, d) = one, other
    crosswise = a.unit == d.unit and b.unit == c.unit and a.unit != b.unit
    measured = [units.SIZES[unit][0] for unit in (a.unit, b.unit) if unit in units.SIZES]
    if not crosswise or a.value == c.value or len(measured) != 1 or measured[0] not in MEASURED:
        return False
    sides = ((pair.en, (a, c)), (pair.ru, (b, d)))
    return all(_counts_things(side, n, both) for side, both in sides for n in both if n.unit is None)


def _counts_things(side: Side, n: Numeral, both: Sequence[Numeral]) -> bool:
    """It has a noun of its own, unlike the last one of "twelve months instead of fifteen"."""
    own = [side.words[t] for t in things(side, n)]
    return any(not any(m.start <= w.start < m.end for m in both) for w in own)


MEASURED = frozenset({"time", "length", "area", "mass"})
"""What is measured in units that are told with every number; of money and percentages the last number alone may have it."""


def _comparable(pair: Pair, one: Met, other: Met) -> bool:
    """Two amounts of one sort, so that a reader may take the one for the other."""
    kinds = {n.kind for n in (*one, *other)}
    vague = counted.VAGUE in {n.unit for n in (*one, *other)}
    if any(_label(pair.en, n) for n in (one[0], other[0])):
        return False
    if None not in (one[0].unit, other[0].unit) and one[0].unit != other[0].unit:
        return False
    if any(_measured(x) != _measured(y) for x, y in ((one[0], other[0]), (one[1], other[1]))):
        return False  # "nine hundred men in three days", «за три дня девятьсот человек»
    return one[0].value != other[0].value and len(kinds) == 1 and "ordinal" not in kinds and not vague


def _measured(n: Numeral) -> bool:
    return units.base(n).dimension == "time"


LABEL = re.compile(
    r"\b(?:articles?|art\.|paragraphs?|para\.|sections?|chapters?|clauses?|annex|items?|points?|rule|resolution|no\.)\s+$",
    re.I,
)


OCLOCK = re.compile(r"\s+o[’']clock\b", re.I)


def _label(side: Side, n: Numeral) -> bool:
    """The number only says which or when: "Article IV, paragraph 2" is «пункт 2 статьи IV», "ten o’clock" no amount."""
    text = side.version.text
    return bool(LABEL.search(text, side.start, n.start) or OCLOCK.match(text, n.end))


def _crossed(pair: Pair, one: Met, other: Met) -> bool:
    """Each number stands beside the other's words: those of the first English number are about the second Russian one's."""
    (a, b), (c, d) = one, other
    here = _beside(pair.en, a, c), _beside(pair.en, c, a)
    there = _beside(pair.ru, b, d), _beside(pair.ru, d, b)
    straight = _together(pair, here[0], there[0]) + _together(pair, here[1], there[1])
    crosswise = _together(pair, here[0], there[1]), _together(pair, here[1], there[0])
    return min(crosswise) > 0 and sum(crosswise) - straight >= CLEAR


def _beside(side: Side, n: Numeral, rival: Numeral) -> dict[int, float]:
    """The content words around a number that are not the rival's, each with how near it stands."""
    first, last = sorted((n, rival), key=lambda number: number.start)
    parting = _parting(side, first, last)
    own = [
        i
        for i, w in enumerate(side.words)
        if w.content and w.token.pos_ != "NUM" and (w.start < parting if n is first else w.start >= parting)
    ]
    after = [i for i in own if side.words[i].start >= n.end][:AROUND]
    before = [i for i in reversed(own) if side.words[i].end <= n.start][:AROUND]
    return {i: share / k for row, share in ((before, BEHIND), (after, 1.0)) for k, i in enumerate(row, 1)}


def _parting(side: Side, first: Numeral, last: Numeral) -> int:
    """Where what is said of the first number ends: at the last mark or conjunction before the second one, or at that itself."""
    for parting in PARTING:
        if marks := list(parting.finditer(side.version.text, first.end, last.start)):
            return marks[-1].start()
    return last.start


PARTING = (
    re.compile(r"[,;:]|\b(?:and|but|while|against|or|или|а|и|но|против)\b", re.I),
    re.compile(r"[—–]|\bto\b", re.I),
)


def _together(pair: Pair, en: dict[int, float], ru: dict[int, float]) -> float:
    """How surely two rows of words translate each other, the nearest most."""
    stems = _translated(pair)
    return max(
        (
            near * ru[m] * (1.0 if (pair.en.words[n].stem, pair.ru.words[m].stem) in stems else p)
            for n, near in en.items()
            for m, p in pair.partners("en", n).items()
            if m in ru
        ),
        default=0.0,
    )


def _translated(pair: Pair) -> set[tuple[str, str]]:
    """The stems of words that translate each other in this pair, best of all."""
    return {(pair.en.words[n].stem, pair.ru.words[m].stem) for n, (m, _) in pair.matches[0].items()}


def differing(pair: Pair, one: Met, other: Met) -> Difference:
    (a, b), (c, d) = one, other
    en = evidence(pair.en.version, a.start, max(a.end, c.end), BY)
    ru = evidence(pair.ru.version, d.start, max(b.end, d.end), BY)
    return difference(
        "number",
        en,
        ru,
        WEIGHT * pair.sure,
        f"Two numbers have changed places: {en.text} in the {pair.en.called}, {ru.text} in the {pair.ru.which} one.",
        value_en=f"{a.value}, {c.value}",
        value_ru=f"{d.value}, {b.value}",
    )
