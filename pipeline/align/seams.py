"""Where one unit that stands for several has its seams: the words of the first come first, then those of the second.

"Prices rose." "Nobody objected." and «Цены выросли, и никто не возражал» part before «и». A bead that swallows a sentence of
its own explains its words as well, here and there; but there is no place before which the words belong to the one sentence
and after which to the other, each part about as long as its sentence.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align.evidence import LONGEST, weighed
from pipeline.align.links import Document, Rows
from pipeline.align.search import Band, Posterior
from pipeline.align.sides import NEARBY, Side
from pipeline.align.weights import SHAPES, Weights

POSSIBLE = 1e-4
"""Posterior from which on a bead is looked at: what is less likely would need ten nats to matter."""
PLACES = 128
"""Places at most where a unit may part: a sentence between any two words, a long paragraph every few."""
TOGETHER = 64
"""Units whose words are taken to be as frequent as one another's."""
SEWN = tuple(k for k, (n, m) in enumerate(SHAPES) if (n == 1) != (m == 1))
"""The shapes of one unit against several, by number."""


class Seam(NamedTuple):
    """A bead that is looked at: the number of its shape, where it stands in the table, and its first units."""

    shape: int
    at: int
    en: int
    ru: int


class Half(NamedTuple):
    """One side of a bead: its words, how many of them lie before the end of each unit, their frequencies and weights."""

    words: np.ndarray
    ends: np.ndarray
    q: np.ndarray
    w: np.ndarray


def sewn(doc: Document, cells: Band, table: np.ndarray, found: Posterior, learned: Weights) -> np.ndarray:
    """The table, to which what their seams say is added for the beads that `found` holds possible."""
    looked = possible(cells, found)
    if looked:
        shapes, at = np.array([(seam.shape, seam.at) for seam in looked]).T
        table[shapes, at] += terms(doc, looked, learned) @ learned.seams
    return table


def possible(cells: Band, found: Posterior) -> list[Seam]:
    """The beads of one unit against several that may be, in the order of the English side."""
    row = np.repeat(np.arange(len(cells.low)), cells.high - cells.low)
    column = np.arange(len(row)) - cells.start[row] + cells.low[row]
    seams = []
    for k in SEWN:
        at = np.flatnonzero(found.beads[k] > POSSIBLE)
        seams += [
            Seam(k, *where) for where in zip(at.tolist(), row[at].tolist(), column[at].tolist(), strict=True)
        ]
    return sorted(seams, key=lambda seam: (seam.en, seam.at, seam.shape))


def terms(doc: Document, looked: Sequence[Seam], learned: Weights) -> np.ndarray:
    """The SEAMS terms of each bead."""
    columns = np.full(len(doc.en.words), -1), np.full(len(doc.ru.words), -1)
    found = []
    for _, part in itertools.groupby(looked, lambda seam: seam.en // TOGETHER):
        near = list(part)
        q_en = _frequencies(doc.en, [seam.en for seam in near])
        q_ru = _frequencies(doc.ru, [seam.ru for seam in near])
        for seam in near:
            n, m = SHAPES[seam.shape]
            en = _half(doc.en, seam.en, n, q_en, learned.en_given_ru)
            ru = _half(doc.ru, seam.ru, m, q_ru, learned.ru_given_en)
            if m == 1:
                found.append(_terms(ru, en, doc.pairs.to_en, doc.pairs.to_ru, columns[::-1]))
            else:
                found.append(_terms(en, ru, doc.pairs.to_ru, doc.pairs.to_en, columns))
    return np.array(found, np.float32)


def _frequencies(side: Side, units: list[int]) -> np.ndarray:
    first, last = min(units), min(max(units) + LONGEST, len(side.sizes))
    return side.frequencies(first, last, NEARBY)


def _half(side: Side, first: int, n: int, q: np.ndarray, weights: np.ndarray) -> Half:
    starts = side.starts[first : first + n + 1]
    words = side.word[starts[0] : starts[-1]]
    return Half(words, starts[1:] - starts[0], q[words], weights[side.kind[words]].T)


def _terms(
    one: Half, many: Half, to_many: Rows, to_one: Rows, columns: tuple[np.ndarray, np.ndarray]
) -> tuple[float, float, float]:
    """1, the least gain of a seam (logarithmic), and how far the part that fits worst is from the length of its unit;
    nothing where a side has no words."""
    if not len(one.words) or not len(many.words):
        return 0.0, 0.0, 0.0
    at, gains = zip(*_seams(one, many, to_many, to_one, columns), strict=True)
    gain = min(gains)
    parts = np.maximum(np.diff([0, *at, len(one.words)]), 0)
    off = np.abs(np.log((parts + 2) / (np.diff([0, *many.ends]) + 2)))
    return 1.0, float(np.sign(gain) * np.log1p(abs(gain))), float(off.max())


def _seams(
    one: Half, many: Half, to_many: Rows, to_one: Rows, columns: tuple[np.ndarray, np.ndarray]
) -> Iterator[tuple[int, float]]:
    """For every inner seam, the words of the single unit before its best place, and what both parts explain there beyond
    the better of them alone (nats)."""
    size, rest = len(one.words), len(many.words)
    steps = min(size, PLACES)
    step = np.arange(size) * steps // size
    upto = np.concatenate([[0], np.cumsum(np.bincount(step, minlength=steps))])
    onto = np.zeros((steps + 1, rest))
    onto[1:] = np.cumsum(_sums(to_many, one.words, step, steps, many.words, columns[1]), 0)
    before = weighed(onto / (upto[:, None] + 1) / many.q, many.w)
    after = weighed((onto[-1] - onto) / (size - upto[:, None] + 1) / many.q, many.w)
    unit = np.searchsorted(many.ends, np.arange(rest), "right")
    each = _sums(to_one, many.words, unit, len(many.ends), one.words, columns[0])
    for k, end in enumerate(many.ends[:-1].tolist(), 1):
        first = weighed(each[:k].sum(0) / (end + 1) / one.q, one.w)
        second = weighed(each[k:].sum(0) / (rest - end + 1) / one.q, one.w)
        left = np.concatenate([[0], np.cumsum(first)])[upto] + before[:, :end].sum(1)
        right = second.sum() - np.concatenate([[0], np.cumsum(second)])[upto] + after[:, end:].sum(1)
        bend = np.log((upto + 2) / (end + 2)) ** 2 + np.log((size - upto + 2) / (rest - end + 2)) ** 2
        best = int((left + right - bend).argmax())
        yield int(upto[best]), float(left[best] + right[best] - max(left[-1], right[0]))


def _sums(
    table: Rows, words: np.ndarray, group: np.ndarray, groups: int, others: np.ndarray, column: np.ndarray
) -> np.ndarray:
    """How far each group of the words expects each of the others."""
    present, at = np.unique(others, return_inverse=True)
    column[present] = np.arange(len(present))
    sums = table.grouped(words, group, groups, column, len(present))
    column[present] = -1
    return sums[:, at]
