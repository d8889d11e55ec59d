"""A member of a list that the other version's list lacks: "of the Lezgins, the Talysh and the Avars", «лезгин и аварцев»."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pipeline.compare.anchors import Anchor
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.renderings import Renderings
from pipeline.document import Lang

LEAST = 3
"""Fewest members of a list that may have lost one: of two, one often says it all ("rights and freedoms")."""
MET = 0.3
"""Strength from which a member has its rendering."""
NAMED = frozenset({"NOUN", "PROPN"})
"""What a list names; deeds that are told one after the other are told in many ways."""
BESIDE = 3
"""Words beside a list in which one of its members may stand all the same."""
MARK = frozenset({"cc", "punct"})
List = tuple[int, ...]
"""The places of the words that head its members."""


class Lost(NamedTuple):
    """The stretch of a side, from `first` up to `stop` by place, that is a member of a list and lost."""

    first: int
    stop: int


def lost(pair: Pair, lang: Lang, met: Sequence[Anchor]) -> Iterator[Lost]:
    """The members of this side's lists without a rendering, where all others are a whole list of the other side."""
    ours = [one for one in lists(pair.side(lang)) if len(one) >= LEAST]
    theirs = [set(one) for one in lists(pair.other(lang))]
    if not ours or not theirs:
        return
    whole = Renderings(pair, lang, met)
    for one in ours:
        there = {n: whole.whole.by[n] for n in one if whole.whole.ours[n] >= MET}
        missing = [n for n in one if n not in whole.whole.by]
        if len(missing) != 1 or len(there) != len(one) - 1 or set(there.values()) not in theirs:
            continue
        member = _member(whole.side, missing[0])
        if not whole.whole.ours[member.first : member.stop].any() and not _spare(whole, there.values()):
            yield member


def _spare(whole: Renderings, members: Collection[int]) -> bool:
    """The other version has a word in or beside its list that renders nothing, and may be the member in another guise."""
    near = range(max(0, min(members) - BESIDE), min(len(whole.other.words), max(members) + BESIDE + 1))
    return any(whole.other.words[n].content and not whole.whole.theirs[n] for n in near)


def lists(side: Side) -> Iterator[List]:
    """The lists of a side by the words that head their members."""
    place = {w.token.i: n for n, w in enumerate(side.words)}
    for n, word in enumerate(side.words):
        if word.token.dep_ == "conj" or word.token.pos_ not in NAMED:
            continue
        members, more = [n], [word.token]
        while more:
            joined = [c for c in more.pop().children if c.dep_ == "conj" and c.i in place]
            members += [place[c.i] for c in joined]
            more += joined
        if len(members) > 1:
            yield tuple(sorted(members))


def _member(side: Side, head: int) -> Lost:
    """What hangs on the head of a member, but for the words that join it and the members joined to it."""
    place = {w.token.i: n for n, w in enumerate(side.words)}
    inside = {head}
    more = [side.words[head].token]
    while more:
        own = [c for c in more.pop().children if c.dep_ not in MARK and c.dep_ != "conj" and c.i in place]
        inside |= {place[c.i] for c in own}
        more += own
    first = head
    while first - 1 in inside:
        first -= 1
    stop = head + 1
    while stop in inside:
        stop += 1
    return Lost(first, stop)
