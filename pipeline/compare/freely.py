"""Which of the words left over on two sides may render each other all the same: a free translation replaces, it does not drop.

"Owes a good deal to", «многим обязана»: no lexicon knows this, but each side has a word to spare there, on the same head, at the same
height of the sentence. What is left out competes with these for the words to spare and finds none.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.compare.pairs import Side

Array = NDArray[np.float64]
GOOD = 0.5
"""Strength of a rendering from which a word is rendered for certain."""
STRUCTURE, WORD_CLASS, PLACE = 0.25, 0.15, 0.3
"""What it adds to the likeness of two words that their heads, or their dependents, render each other, that they are of one
class, that they stand where their neighbours' renderings stand. Set once by hand, before any training."""
BOTH, NEARLY = 1.0, 0.5
"""How far the structures agree: head by head, or by way of one word between."""
AGREED = 1.5
"""More agreement than this says no more."""
FAR = 3
"""Words away from its expected place at which half of what the place is worth is lost."""
UP = 6
"""Steps up to the nearest head with content."""
ROOT = -1


class Rendered(Protocol):
    """How well each word of a side is rendered, how well each of the other is used, and which renders which."""

    @property
    def ours(self) -> Array: ...
    @property
    def theirs(self) -> Array: ...
    @property
    def by(self) -> Mapping[int, int]: ...


class Free(NamedTuple):
    """The words with content that are left over on either side, and how well each of ours that has one to render it is rendered."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    strength: dict[int, float]


def freely(side: Side, other: Side, rendered: Rendered, likeness: Array) -> Free:
    """The leftover words of both sides, paired: the likeliest first, each once."""
    ours, theirs = _left_over(side, rendered.ours), _left_over(other, rendered.theirs)
    if not ours or not theirs:
        return Free(ours, theirs, {})
    scores = likeness[np.ix_(ours, theirs)] + _structure(side, other, rendered, ours, theirs)
    strength: dict[int, float] = {}
    taken: set[int] = set()
    for at in np.argsort(-scores, axis=None, kind="stable"):
        i, j = divmod(int(at), len(theirs))
        if ours[i] not in strength and j not in taken:
            strength[ours[i]] = float(np.clip(scores[i, j], 0.0, 1.0))
            taken.add(j)
    return Free(ours, theirs, strength)


def _left_over(side: Side, strength: Array) -> tuple[int, ...]:
    return tuple(n for n, w in enumerate(side.words) if w.content and strength[n] < GOOD)


def _structure(
    side: Side, other: Side, rendered: Rendered, ours: Sequence[int], theirs: Sequence[int]
) -> Array:
    """What syntax, word class and place say for each pair of leftover words."""
    firm = {i: j for i, j in rendered.by.items() if rendered.ours[i] >= GOOD}
    heads, their_heads = content_heads(side), content_heads(other)
    expected = _expected(side, other, firm)
    found = np.zeros((len(ours), len(theirs)))
    for a, i in enumerate(ours):
        below = {their_heads[firm[c]] for c, head in heads.items() if head == i and c in firm}
        for b, j in enumerate(theirs):
            agreed = _heads_agree(i, j, heads, their_heads, firm) + BOTH * (j in below)
            same = side.words[i].token.pos_ == other.words[j].token.pos_
            near = 1 / (1 + abs(j - expected[i]) / FAR)
            found[a, b] = STRUCTURE * min(AGREED, agreed) + WORD_CLASS * same + PLACE * near
    return found


def _heads_agree(
    i: int, j: int, heads: Mapping[int, int], their_heads: Mapping[int, int], firm: Mapping[int, int]
) -> float:
    mine, their = heads[i], their_heads[j]
    if mine == their == ROOT:
        return NEARLY
    if mine in firm and their != ROOT:
        if firm[mine] == their:
            return BOTH
        return NEARLY if firm[mine] == their_heads.get(their) else 0.0
    return NEARLY if their != ROOT and firm.get(heads.get(mine, ROOT)) == their else 0.0


def content_heads(side: Side) -> dict[int, int]:
    """For each word the nearest word above it that carries content, by place."""
    place = {w.token.i: n for n, w in enumerate(side.words)}
    found = {}
    for n, word in enumerate(side.words):
        token, found[n] = word.token, ROOT
        for _ in range(UP):
            if token.head is token or token.head.i == token.i:
                break
            token = token.head
            at = place.get(token.i, ROOT)
            if at == ROOT or side.words[at].content:
                found[n] = at
                break
    return found


def _expected(side: Side, other: Side, firm: Mapping[int, int]) -> Array:
    """Where each word would stand on the other side: between the renderings of its nearest firm neighbours."""
    places = np.arange(len(side.words))
    known = sorted(firm)
    if not known:
        return places * len(other.words) / max(1, len(side.words))
    there = np.array([firm[n] for n in known], float)
    before = np.searchsorted(known, places, "left") - 1
    after = np.searchsorted(known, places, "right")
    first, last = there[np.clip(before, 0, None)], there[np.clip(after, None, len(known) - 1)]
    return np.where(before < 0, last, np.where(after >= len(known), first, (first + last) / 2))
