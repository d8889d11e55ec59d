"""Passages that stand elsewhere: before two sentences are called omitted and added, they are compared with each other."""

from collections.abc import Sequence
from math import exp, log

import numpy as np

from pipeline.align import score, search
from pipeline.align.links import Document
from pipeline.align.sides import Side
from pipeline.align.weights import Weights

Bead = tuple[tuple[int, ...], tuple[int, ...], float]

MOST_CELLS = 2_000_000
"""Pairs of null sentences that are compared at most; beyond that the sides share too little for a move to be told from
chance."""
RARE = 4.0
"""Nats by which a moved sentence is less likely beforehand than one in its place: about one in fifty."""
CERTAIN = 0.9


def reunited(doc: Document, beads: Sequence[Bead], learned: Weights) -> list[Bead]:
    """The beads, null sentences that translate each other across the others joined; in the order of the English side."""
    en = [b[0][0] for b in beads if not b[1]]
    ru = [b[1][0] for b in beads if not b[0]]
    if not en or not ru or len(en) * len(ru) > MOST_CELLS:
        return list(beads)
    found = _matches(doc, en, ru, learned)
    if not found:
        return list(beads)
    gone_en, gone_ru = {i for i, _, _ in found}, {j for _, j, _ in found}
    kept = [b for b in beads if not ((not b[1] and b[0][0] in gone_en) or (not b[0] and b[1][0] in gone_ru))]
    return in_order([*kept, *(((i,), (j,), p) for i, j, p in found)])


def in_order(beads: Sequence[Bead]) -> list[Bead]:
    """By English index; a Russian null stands before the bead whose Russian side follows it."""
    english = sorted((b for b in beads if b[0]), key=lambda b: b[0])
    waiting = sorted((b for b in beads if not b[0]), key=lambda b: b[1])
    out: list[Bead] = []
    for bead in english:
        while waiting and bead[1] and waiting[0][1] < bead[1]:
            out.append(waiting.pop(0))
        out.append(bead)
    return out + waiting


def _matches(doc: Document, en: list[int], ru: list[int], learned: Weights) -> list[tuple[int, int, float]]:
    """Pairs that are each other's best and likelier translations than not, though out of place."""
    vectors = doc.vectors and (doc.vectors[0][en], doc.vectors[1][ru])
    part = doc._replace(en=_only(doc.en, en), ru=_only(doc.ru, ru), vectors=vectors)
    cells = search.whole(len(en), len(ru))
    one = score.table(part, cells, learned, first=1)[0].reshape(len(en) + 1, len(ru) + 1)[:-1, :-1]
    odds = one - learned.nulls[1] - learned.nulls[3] - RARE - log(len(en) + len(ru))
    best_ru, best_en = odds.argmax(1), odds.argmax(0)
    out = []
    for i, j in enumerate(best_ru.tolist()):
        p = 1.0 / (1.0 + exp(-min(50.0, max(-50.0, float(odds[i, j])))))
        if best_en[j] == i and p >= CERTAIN:
            out.append((en[i], ru[j], round(p, 6)))
    return out


def _only(side: Side, units: list[int]) -> Side:
    """The side with only some of its units; frequencies stay the whole text's."""
    chosen = np.array(units)
    sizes = side.sizes[chosen]
    at = (
        np.arange(sizes.sum())
        - np.repeat(np.cumsum(sizes) - sizes, sizes)
        + np.repeat(side.starts[chosen], sizes)
    )
    return side.everywhere()._replace(
        unit=np.repeat(np.arange(len(units)), sizes),
        word=side.word[at],
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        sizes=sizes,
        chars=side.chars[chosen],
        ends=side.ends[chosen],
    )
