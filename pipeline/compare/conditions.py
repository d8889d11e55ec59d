"""Conditions turned round: "unless the council asks for it", «если об этом просит совет».

"Unless" denies its clause, so the two versions agree where they deny equally often: «если совет не просит», or «только если совет просит» of
what the English denies as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.compare import negation
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Span

BY = "conditions"
WEIGHT = 0.85
"""Confidence that a condition is turned round where both versions deny equally often: no false one in 80,000 words of news and 300 works."""
UNLESS, IF = frozenset({"unless"}), frozenset({"если", "if"})
EXCEPTED = frozenset(
    [
        "кроме",
        "исключение",
        "разве",
        "пока",
        "иначе",
        "без",
        "except",
        "without",
        "until",
        "otherwise",
        "save",
        "but",
    ]
)
"""Words that except by themselves: «кроме случаев, если», «разве что»."""
CLAUSE_END = re.compile(r"[,;:.—()]")


class Condition(NamedTuple):
    """A conjunction, the first and the last word of its clause, and how often the clause and the rest of its side deny."""

    place: int
    last: int
    inside: int
    outside: int


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The only conditions of aligned sentences of which one version says the opposite."""
    for pair in pairs:
        for ours, theirs in (("en", "ru"), ("ru", "en")):
            unless, if_ = _only(pair.side(ours), UNLESS), _only(pair.side(theirs), IF)
            if unless and if_ and not _excepts(pair.side(theirs)) and _turned(unless, if_):
                yield _differing(pair, *((unless, if_) if ours == "en" else (if_, unless)))


def retold(one: Difference, turned: Difference) -> bool:
    """What seems to be missing is a condition that the other version turns round."""
    spans = ((one.en, turned.en), (one.ru, turned.ru))
    return any(a and b and a.start < b.end and b.start < a.end for a, b in spans)


def _only(side: Side, words: frozenset[str]) -> Condition | None:
    """The only condition of a side, where it has one."""
    places = [n for n, w in enumerate(side.words) if w.lemma in UNLESS | IF]
    if len(places) != 1 or side.words[places[0]].lemma not in words:
        return None
    first = places[0]
    last = _last(side, first)
    denials = [
        n for n in negation.raw(side) if not side.words[n].lemma.startswith("ни")
    ]  # «никто не» denies once
    inside = sum(first < n <= last for n in denials)
    return Condition(first, last, inside, len(denials) - inside)


def _last(side: Side, first: int) -> int:
    """Where the clause of a conjunction ends: at the first mark behind three words of it."""
    for n in range(first + SHORTEST, len(side.words) - 1):
        if CLAUSE_END.search(side.version.text, side.words[n].end, side.words[n + 1].start):
            return n
    return len(side.words) - 1


SHORTEST = 2


def _excepts(side: Side) -> bool:
    return any(w.lemma in EXCEPTED for w in side.words)


def _turned(unless: Condition, if_: Condition) -> bool:
    """Neither the condition nor what depends on it is denied once more on the side that says "if"."""
    return if_.inside == unless.inside and if_.outside == unless.outside


def _differing(pair: Pair, en: Condition, ru: Condition) -> Difference:
    said = f"The {pair.en.called} and the {pair.ru.which} one make opposite conditions."
    spans = _span(pair.en, en), _span(pair.ru, ru)
    return difference("polarity", *spans, WEIGHT * pair.sure, said, condition="unless")


def _span(side: Side, one: Condition) -> Span:
    return evidence(side.version, side.words[one.place].start, side.words[one.last].end, BY)
