"""What a sentence could lose and still be one: its clauses and phrases, the members of its lists, its asides."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.compare.pairs import Side, Word

BREAKS = frozenset(",;:—–()")
RELATIONS = (
    "acl",
    "acl:relcl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "ccomp",
    "conj",
    "nmod",
    "obl",
    "parataxis",
    "xcomp",
)
"""Dependents that can be left out."""
OWN = frozenset({"acl:relcl", "advcl", "appos", "conj", "parataxis"})
"""What follows a dependent and can be left out or kept with it: "[by ship], and then by rail"."""
FAR = frozenset({"acl:relcl", "advcl"})
"""What can be so though it follows a word further below: "[on the coast of Palawan], which will last a week"."""
MOST = 0.75
"""The largest share of a side that is still a part of it."""
Stretch = tuple[int, int]


class Constituent(NamedTuple):
    """A stretch of a side, from `first` up to `stop` by place, that hangs on the word `head` (-1 where none is known)."""

    first: int
    stop: int
    content: tuple[int, ...]
    head: int
    relation: str
    opened: bool
    closed: bool


def constituents(side: Side) -> Iterator[Constituent]:
    """The constituents of a side: what stands between its marks, and what hangs together in its parse."""
    marks = _marks(side)
    found: dict[Stretch, tuple[int, str]] = dict.fromkeys(_between(marks), (-1, "between"))
    for stretch, head, relation in _hanging(side):
        found[stretch] = head, relation
    most = MOST * sum(w.content for w in side.words)
    for (first, stop), (head, relation) in found.items():
        content = tuple(n for n in range(first, stop) if side.words[n].content)
        if 1 <= len(content) <= most:
            yield Constituent(first, stop, content, head, relation, first in marks, stop in marks)


def _marks(side: Side) -> frozenset[int]:
    """The places before which a stretch may end: at a comma, a dash, a bracket, or where a sentence begins."""
    inner = {m for m in range(1, len(side.words)) if _parted(side, side.words[m - 1], side.words[m])}
    return frozenset({0, len(side.words)} | inner)


def _parted(side: Side, before: Word, after: Word) -> bool:
    return bool(after.token.is_sent_start) or any(
        c in BREAKS for c in side.version.text[before.end : after.start]
    )


def _between(marks: frozenset[int]) -> Iterator[Stretch]:
    """From mark to mark, and over one mark."""
    places = sorted(marks)
    yield from pairwise(places)
    yield from zip(places, places[2:], strict=False)


def _hanging(side: Side) -> Iterator[tuple[Stretch, int, str]]:
    """The subtrees of the parse, whole and up to what follows their own head, or to a clause that ends them."""
    place = {w.token.i: n for n, w in enumerate(side.words)}
    for word in side.words:
        relation = _relation(word.token.dep_)
        if relation not in RELATIONS:
            continue
        head = place.get(word.token.head.i, -1)
        first, stop = _reach(word.token, place)
        later = [
            _reach(t, place)[0]
            for t in word.token.subtree
            if (t.dep_ in OWN if t.head.i == word.token.i else t.dep_ in FAR)
            and t.i > word.token.i
            and t.i in place
        ]
        yield (first, stop), head, relation
        yield from (((first, at), head, relation) for at in sorted({*later}) if first < at)


def _relation(dep: str) -> str:
    return dep if dep in RELATIONS else dep.partition(":")[0]


def _reach(token, place: dict[int, int]) -> Stretch:  # type: ignore[no-untyped-def]
    inside = [place[t.i] for t in token.subtree if t.i in place]
    return min(inside), max(inside) + 1
