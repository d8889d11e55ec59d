"""Coarse to fine: where in the other text a sentence can lie at all.

Texts too long to compare every sentence with every other are first aligned in lumps of neighbouring sentences, these in
larger lumps if need be; the path found there leaves a band around itself. Time and memory grow linearly.
"""

import itertools

import numpy as np

from pipeline.align import score, search
from pipeline.align.links import Document
from pipeline.align.sides import Side
from pipeline.align.weights import Weights

SMALL = 150_000
"""Cells up to which every pair of units is compared: 390 sentences against 390."""
COARSE = 25_000
"""The same for lumps: each holds the words of many sentences, and the cost of comparing all grows with their square."""
LUMP = 6
MARGIN = 2
"""Lumps on each side of the coarse path that the band keeps."""


def cells(doc: Document, learned: Weights, small: int = SMALL) -> search.Band:
    """The cells worth looking at; all of them up to so many."""
    n, m = len(doc.en.sizes), len(doc.ru.sizes)
    if (n + 1) * (m + 1) <= small:
        return search.whole(n, m)
    vectors = doc.vectors and (_summed(doc.vectors[0]), _summed(doc.vectors[1]))
    coarse = doc._replace(en=_lumped(doc.en), ru=_lumped(doc.ru), vectors=vectors)
    around = cells(coarse, learned, COARSE)
    return _widened(
        search.path(around, score.table(coarse, around, learned), search.Nulls(*learned.nulls)), n, m
    )


def _summed(vectors: np.ndarray) -> np.ndarray:
    return np.add.reduceat(vectors, np.arange(0, len(vectors), LUMP))


def _lumped(side: Side) -> Side:
    n = len(side.sizes)
    first = np.arange(0, n, LUMP)
    starts = np.append(side.starts[first], side.starts[-1])
    return side._replace(
        unit=side.unit // LUMP,
        starts=starts,
        sizes=np.diff(starts),
        chars=np.add.reduceat(side.chars, first),
        ends=np.add.reduceat(side.ends, first),
    )


def _widened(corners: list[tuple[int, int]], n: int, m: int) -> search.Band:
    """The band around a coarse path, given by the cells it passes."""
    rows = -(-n // LUMP)
    low, high = np.full(rows + 1, m, np.int64), np.zeros(rows + 1, np.int64)
    for (i0, j0), (i1, j1) in itertools.pairwise(corners):
        low[i0 : i1 + 1] = np.minimum(low[i0 : i1 + 1], j0 * LUMP)
        high[i0 : i1 + 1] = np.maximum(high[i0 : i1 + 1], j1 * LUMP)
    at = np.arange(n + 1)
    before, after = np.clip(at // LUMP - MARGIN + 1, 0, rows), np.clip(-(-at // LUMP) + MARGIN - 1, 0, rows)
    low, high = low[before] - MARGIN * LUMP, high[after] + MARGIN * LUMP
    low, high = np.clip(low, 0, m), np.clip(high + 1, 1, m + 1)
    low[0], high[n] = 0, m + 1
    return search.band(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))
