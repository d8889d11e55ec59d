"""The score of a bead: how much better its two sides explain each other than chance does.

Every token t of one side is worth log(lambda + (1 - lambda) p(t | other side) / q(t)): explained by the other side or
not, against its frequency q. The sum runs over both directions. How much a token counts depends on its class (mark,
common word, rare word, name, number); these weights, the length terms and the price of each shape of bead are learned.
"""

import numpy as np

from pipeline.align.evidence import LONGEST, Window, explained, shared, sharing, weighed, window, windows
from pipeline.align.lengths import extent, lengths
from pipeline.align.links import Document
from pipeline.align.search import NEVER, Band
from pipeline.align.weights import SHAPES, Weights

COSINE = 8.0
"""Nats by which a bead whose sentence vectors coincide beats one whose vectors are at right angles, where the user brings a
model: about as much as three explained rare words. Set, not learned: no multilingual model was at hand."""


def table(doc: Document, cells: Band, learned: Weights, first: int = len(SHAPES)) -> np.ndarray:
    """The score of every shape of bead, or of the `first` few, beginning at every cell of the band, NEVER where it does
    not fit."""
    out = np.full((first, int(cells.start[-1])), NEVER, np.float32)
    en, ru = extent(doc.en), extent(doc.ru)
    n_en, n_ru = len(doc.en.sizes), len(doc.ru.sizes)
    for e0, e1 in _blocks(cells, n_en, doc.en.starts):
        r0, r1 = int(cells.low[e0:e1].min()), min(n_ru, int(cells.high[e0:e1].max()) + LONGEST)
        if r0 >= n_ru:
            continue
        far = min(n_en, e1 + LONGEST - 1)
        seen = window(doc, e0, far, r0, r1)
        given_en, given_ru = _given(doc, seen, e0, far, r0, r1, learned)
        shares = shared(doc, seen)
        for k, (n, m) in enumerate(SHAPES[:first]):
            rows, cols = min(e1, n_en - n + 1) - e0, r1 - r0 - m + 1
            if rows <= 0 or cols <= 0:
                continue
            total = sum(given_en[n - 1][:rows, x : x + cols] for x in range(m)) + sum(
                given_ru[m - 1][x : x + rows, :cols] for x in range(n)
            )
            extents = en.stretch(n, e0, rows), ru.stretch(m, r0, cols)
            one = n == m == 1
            total = (
                total
                + learned.shapes[k]
                + lengths(*extents) @ (learned.length_one if one else learned.length_many)
            )
            total = total + sharing(shares, n, m, rows, cols) @ (
                learned.share_one if one else learned.share_many
            )
            if doc.vectors is not None:
                total = total + COSINE * _cosines(
                    doc.vectors[0][e0 : e0 + rows + n - 1], doc.vectors[1][r0 : r0 + cols + m - 1], n, m
                )
            for i in range(rows):
                low, high = int(cells.low[e0 + i]), min(int(cells.high[e0 + i]), r0 + cols)
                if low < high:
                    at = int(cells.start[e0 + i])
                    out[k, at : at + high - low] = total[i, low - r0 : high - r0]
    return out


def _cosines(en: np.ndarray, ru: np.ndarray, n: int, m: int) -> np.ndarray:
    """Cosine of every n neighbouring English vectors, summed, with every m Russian ones."""
    sides = [windows(side, k)[: len(side) - k + 1] for side, k in ((en, n), (ru, m))]
    a, b = (side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6) for side in sides)
    return a @ b.T  # type: ignore[no-any-return]


def _blocks(cells: Band, n: int, tokens: np.ndarray) -> list[tuple[int, int]]:
    """Ranges of rows so that the rectangle around a range stays small."""
    found, first = [], 0
    low, high = cells.low.tolist(), cells.high.tolist()
    for i in range(1, n + 1):
        if (
            i == n
            or i - first >= 64
            or tokens[i] - tokens[first] > 4000
            or (high[i] - low[first]) > 2 * (high[first] - low[first]) + 64
        ):
            found.append((first, i))
            first = i
    return found


def _given(
    doc: Document, seen: Window, e0: int, e1: int, r0: int, r1: int, learned: Weights
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weighted evidence of a block: Russian units given n English ones, English units given m Russian ones."""
    ru_w, en_w = (
        learned.ru_given_en[doc.ru.kind[seen.ru_words]].T,
        learned.en_given_ru[doc.en.kind[seen.en_words]].T,
    )
    sizes = range(1, LONGEST + 1)
    return (
        [
            weighed(explained(seen.sums_ru, doc.en.sizes[e0:e1], seen.ru_q, n), ru_w) @ seen.ru_counts.T
            for n in sizes
        ],
        [
            (weighed(explained(seen.sums_en, doc.ru.sizes[r0:r1], seen.en_q, m), en_w) @ seen.en_counts.T).T
            for m in sizes
        ],
    )
