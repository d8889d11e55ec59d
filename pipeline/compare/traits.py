"""What tells a constituent that was left out from one that was rendered freely, as numbers to be weighed (`left_out`).

A free translation leaves words unexplained in every other sentence ("at the end of the day", «в конечном счёте»). What is left out
differs by more than its own words: the rest of the sentence explains the other side, nothing there is left over that could speak for
it, and the lengths agree better without it.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from pipeline.compare import translations
from pipeline.compare.constituents import Constituent
from pipeline.compare.freely import GOOD, ROOT, content_heads
from pipeline.compare.pairs import Word
from pipeline.compare.renderings import Array, Rendered, Renderings

NEAR = 5
"""Words beside a constituent among which its neighbour is looked for that shows where its place on the other side would be."""
MOST = 3.0
"""Shares beyond this say no more."""


class Traits(NamedTuple):
    """What is weighed of a constituent.

    `words`: how many with content, as a log; `rarity`: how rare they are on average. `unrendered`, `unrendered_by_any`, `best`,
    `firm`: how little of its meaning is rendered, how little any word could render, its best rendered word, how firm the translations
    are that its words lack. `alike`, `most_alike`: how alike its words, and the likest of them, are to their likest words of the other
    side, taken or not; `spare_alike`: how alike the likest is to a word that is left over there. `freely`: how well
    words to spare may render it. `unpaired`: the share of its words that find no word to spare. `surplus`: how many more words are left
    over here than there. `spare_…`: what the other side has left over without it, in shares of its meaning: akin to it, where it
    would stand, below its head, beyond what the rest of its own side lacks; `spare_strange`: words nobody knows. `longer`,
    `longer_without`, `nearer_without`: what the lengths say. `rest`, `used`: how much of the rest of the side is rendered, and of the
    other used for it. What it is: `clause`, `member` of a list, `aside`, `modifier`, `enclosed` between marks, a `single` word,
    nothing but `adverbs`, with a `number`.
    """

    words: float
    rarity: float
    unrendered: float
    unrendered_by_any: float
    best: float
    firm: float
    alike: float
    most_alike: float
    spare_alike: float
    freely: float
    unpaired: float
    surplus: float
    spare_akin: float
    spare_here: float
    spare_below: float
    spare_beyond: float
    spare_strange: float
    longer: float
    longer_without: float
    nearer_without: float
    rest: float
    used: float
    clause: float
    member: float
    aside: float
    modifier: float
    enclosed: float
    single: float
    adverbs: float
    number: float


CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp"})
MODIFIERS = frozenset({"amod", "advmod"})
ASIDES = frozenset({"appos", "parataxis"})


def traits(one: Constituent, whole: Renderings, expected: float) -> Traits:
    """The traits of a constituent between the words of its side and those of the other, which is `expected` to be shorter by so much."""
    outside = [n for n in range(len(whole.side.words)) if not one.first <= n < one.stop]
    without = whole.between(outside)
    rest = [n for n in outside if whole.side.words[n].content]
    theirs = [j for j, w in enumerate(whole.other.words) if w.content]
    spare = np.zeros(len(whole.other.words))
    spare[theirs] = whole.other_weight[theirs] * (1 - without.theirs[theirs])
    return Traits(
        **_own(one, whole),
        **_by_words_to_spare(one, whole),
        **_spare(one, whole, without, spare, rest),
        **_lengths(whole, outside, expected),
        rest=_share(whole.weight[rest], without.ours[rest]),
        used=_share(whole.other_weight[theirs], without.theirs[theirs]),
        clause=float(one.relation in CLAUSES),
        member=float(one.relation == "conj"),
        aside=float(one.relation in ASIDES),
        modifier=float(one.relation in MODIFIERS),
        enclosed=float(one.opened and one.closed),
        single=float(len(one.content) == 1),
        adverbs=float(all(whole.side.words[n].token.pos_ == "ADV" for n in one.content)),
        number=float(any(whole.side.words[n].token.pos_ == "NUM" for n in one.content)),
    )


def _own(one: Constituent, whole: Renderings) -> dict[str, float]:
    places = list(one.content)
    weight, rendered = whole.weight[places], whole.whole.ours[places]
    alike = whole.likeness[places].max(axis=1, initial=0.0)
    spare = whole.likeness[np.ix_(places, whole.freely.theirs)]
    stems = [whole.side.words[n].stem for n in places]
    firmness = np.array([translations.firmness(stem, whole.side.lang) for stem in stems])
    return {
        "words": log(len(places)),
        "rarity": float(weight.mean()),
        "unrendered": 1 - _share(weight, rendered),
        "unrendered_by_any": 1 - _share(weight, whole.strength[places].max(axis=1, initial=0.0)),
        "best": float(rendered.max()),
        "firm": float(((1 - rendered) * firmness).mean()),
        "alike": _share(weight, alike),
        "most_alike": float(alike.max()),
        "spare_alike": float(spare.max(initial=0.0)),
    }


def _by_words_to_spare(one: Constituent, whole: Renderings) -> dict[str, float]:
    free = whole.freely
    mine = [n for n in one.content if n in free.ours]
    lost = sum(1 - free.strength.get(n, 0.0) for n in mine)
    return {
        "freely": 1 - lost / len(one.content),
        "unpaired": sum(n not in free.strength for n in mine) / len(one.content),
        "surplus": float(len(free.ours) - len(free.theirs)),
    }


def _spare(
    one: Constituent, whole: Renderings, without: Rendered, spare: Array, rest: Sequence[int]
) -> dict[str, float]:
    places = list(one.content)
    meaning = float(whole.weight[places].sum())
    akin = float(whole.strength[places].max(axis=0, initial=0.0) @ spare)
    first, last = _slot(one, without)
    lacking = float(
        whole.weight[rest] @ np.where(whole.whole.ours[rest] < GOOD, 1 - whole.whole.ours[rest], 0.0)
    )
    strange = (
        1 - without.theirs[j]
        for j, w in enumerate(whole.other.words)
        if acronym(w) or (w.content and not whole.other_known[j])
    )
    return {
        "spare_akin": min(MOST, akin / meaning),
        "spare_here": min(MOST, float(spare[first + 1 : last].sum()) / meaning),
        "spare_below": min(MOST, _below_head(one, whole, without, spare) / meaning),
        "spare_beyond": float(np.clip((spare.sum() - lacking) / meaning, -MOST, MOST)),
        "spare_strange": float(sum(strange)),
    }


def _below_head(one: Constituent, whole: Renderings, without: Rendered, spare: Array) -> float:
    """What is left over among the words that hang on the rendering of the constituent's head."""
    head = one.head if one.head != ROOT else _outer_head(one, whole)
    if head == ROOT or not _firm(head, without):
        return 0.0
    place = {w.token.i: j for j, w in enumerate(whole.other.words)}
    subtree = whole.other.words[without.by[head]].token.subtree
    return float(sum(spare[place[t.i]] for t in subtree if t.i in place))


def _outer_head(one: Constituent, whole: Renderings) -> int:
    """The first word outside a stretch that a word inside hangs on."""
    heads = content_heads(whole.side)
    outer = (heads[n] for n in range(one.first, one.stop) if not one.first <= heads[n] < one.stop)
    return next((head for head in outer if head != ROOT), ROOT)


def _lengths(whole: Renderings, outside: Sequence[int], expected: float) -> dict[str, float]:
    side, other = whole.side.words, whole.other.words
    longer = log(letters(side) / letters(other)) - expected
    longer_without = log(letters([side[n] for n in outside]) / letters(other)) - expected
    return {
        "longer": longer,
        "longer_without": longer_without,
        "nearer_without": abs(longer) - abs(longer_without),
    }


def _share(weight: Array, strength: Array) -> float:
    return float(weight @ strength) / max(0.1, float(weight.sum()))


def _slot(one: Constituent, without: Rendered) -> tuple[int, int]:
    """Between which words of the other side the constituent would stand, by where its neighbours are rendered."""
    last = len(without.ours)
    before = (n for n in range(one.first - 1, max(-1, one.first - 1 - NEAR), -1) if _firm(n, without))
    after = (n for n in range(one.stop, min(last, one.stop + NEAR)) if _firm(n, without))
    start, end = next(before, None), next(after, None)
    size = one.stop - one.first + 1
    if start is not None and end is not None:
        first, last = sorted((without.by[start], without.by[end]))
        return first, last
    if start is not None:
        return without.by[start], without.by[start] + size
    return (max(-1, without.by[end] - size), without.by[end]) if end is not None else (-1, 0)


def _firm(place: int, rendered: Rendered) -> bool:
    return place in rendered.by and bool(rendered.ours[place] >= GOOD)


def letters(words: Sequence[Word]) -> int:
    """How long some words are, with the spaces between."""
    return sum(len(w.token) + 1 for w in words) or 1


def acronym(word: Word) -> bool:
    """“FBI”, «ВИЧ», «МВФ»: a few capitals that may stand for a whole name."""
    return word.token.text.isupper() and 2 <= len(word.token) <= ACRONYM


ACRONYM = 6
