"""What the words of two stretches of text say: how far each side explains the other's words, and how they share them out."""

from typing import NamedTuple

import numpy as np

from pipeline.align.links import Document
from pipeline.align.sides import CLASSES, NEARBY
from pipeline.align.weights import FLOORS, SHARES

LONGEST = 4
"""Units that a side of a bead has at most."""

TYPICAL = 20.0
"""Words of a typical sentence: turns a summed probability into a share that does not shrink as a bead grows."""


class Window(NamedTuple):
    """A rectangle of units: its words, their counts and frequencies, and how far the other side expects each of them."""

    en_words: np.ndarray
    en_counts: np.ndarray
    en_q: np.ndarray
    ru_words: np.ndarray
    ru_counts: np.ndarray
    ru_q: np.ndarray
    sums_ru: np.ndarray
    sums_en: np.ndarray


class Shares(NamedTuple):
    """Explained content words: `ru[n - 1][i, j]` of Russian unit j by the n English units from i, `en[m - 1][i, j]` of
    English unit i by the m Russian units from j; and the content words of each unit."""

    ru: np.ndarray
    en: np.ndarray
    ru_sizes: np.ndarray
    en_sizes: np.ndarray


class Block(NamedTuple):
    """What the tokens of a block of units say: `ru[n]` and `en[m]` hold, per unit, basis and cell, the sums over the
    Russian tokens given n English units, and over the English tokens given m Russian units; `shares` the counts of
    explained words."""

    ru: np.ndarray
    en: np.ndarray
    shares: Shares


def window(doc: Document, e0: int, e1: int, r0: int, r1: int) -> Window:
    en_words, en_counts = doc.en.counts(e0, e1)
    ru_words, ru_counts = doc.ru.counts(r0, r1)
    to_ru = doc.pairs.to_ru.sums(doc.en, e0, e1, _columns(ru_words, len(doc.ru.words)), len(ru_words))
    to_en = doc.pairs.to_en.sums(doc.ru, r0, r1, _columns(en_words, len(doc.en.words)), len(en_words))
    room = max(NEARBY, *(int(s.starts[b] - s.starts[a]) for s, a, b in ((doc.en, e0, e1), (doc.ru, r0, r1))))
    en_q = doc.en.frequencies(e0, e1, room)[en_words]
    ru_q = doc.ru.frequencies(r0, r1, room)[ru_words]
    return Window(en_words, en_counts, en_q, ru_words, ru_counts, ru_q, to_ru, to_en)


def _columns(words: np.ndarray, n: int) -> np.ndarray:
    column = np.full(n, -1, np.int64)
    column[words] = np.arange(len(words))
    return column


def windows(a: np.ndarray, n: int) -> np.ndarray:
    """Sums over n neighbouring rows; the last n - 1 rows see what is left."""
    out = a.copy()
    for k in range(1, n):
        out[:-k] += a[k:]
    return out


def explained(sums: np.ndarray, sizes: np.ndarray, q: np.ndarray, n: int) -> np.ndarray:
    """p / q of every word given the window of n units that starts at each unit."""
    return windows(sums, n) / (windows(sizes[:, None].astype(np.float32), n) + 1.0) / q


def weighed(ratio: np.ndarray, w: np.ndarray) -> np.ndarray:
    """What words with this p / q are worth by the weights of their classes, given one column a word."""
    out = np.log(FLOORS[0] + (1 - FLOORS[0]) * ratio) * w[0]
    out += np.log(FLOORS[1] + (1 - FLOORS[1]) * ratio) * w[1]
    return out + w[2]


def shared(doc: Document, seen: Window) -> Shares:
    ru_content, en_content = doc.ru.kind[seen.ru_words] >= 2, doc.en.kind[seen.en_words] >= 2
    ru_counts, en_counts = seen.ru_counts[:, ru_content], seen.en_counts[:, en_content]
    ru_q, en_q = TYPICAL * seen.ru_q[ru_content], TYPICAL * seen.en_q[en_content]
    sizes = range(1, LONGEST + 1)
    ru = [windows(seen.sums_ru[:, ru_content], n) for n in sizes]
    en = [windows(seen.sums_en[:, en_content], m) for m in sizes]
    return Shares(
        np.stack([(a / (a + ru_q)) @ ru_counts.T for a in ru]),
        np.stack([((a / (a + en_q)) @ en_counts.T).T for a in en]),
        ru_counts.sum(1),
        en_counts.sum(1),
    )


def sharing(shares: Shares, n: int, m: int, rows: int, cols: int) -> np.ndarray:
    """The SHARES terms of the beads of shape n:m that begin at the first `rows` x `cols` cells."""

    def of_en(m: int, j: int) -> np.ndarray:
        return sum(shares.en[m - 1, x : x + rows, j : j + cols] for x in range(n))  # type: ignore[return-value]

    def of_ru(n: int, i: int) -> np.ndarray:
        return sum(shares.ru[n - 1, i : i + rows, x : x + cols] for x in range(m))  # type: ignore[return-value]

    by_en, by_ru = of_en(m, 0), of_ru(n, 0)
    off = np.abs(by_en - by_ru) / np.sqrt(by_en + by_ru + 1.0)
    en_content = windows(shares.en_sizes, n)[:rows] + 0.5
    ru_content = windows(shares.ru_sizes, m)[:cols] + 0.5
    out = np.zeros((rows, cols, len(SHARES)), np.float32)
    out[..., 0], out[..., 1] = off, off * off
    share_en, share_ru = by_en / en_content[:, None], by_ru / ru_content[None, :]
    out[..., 4], out[..., 5] = np.log(0.05 + share_en), np.log(0.05 + share_ru)
    out[..., 6] = np.log(0.02 + np.minimum(share_en, share_ru))
    if m > 1:
        sizes = shares.ru_sizes + 1.0
        last = (by_en - of_en(m - 1, 0)) / sizes[None, m - 1 : m - 1 + cols]
        first = (by_en - of_en(m - 1, 1)) / sizes[None, :cols]
        out[..., 2] = np.log(0.05 + np.maximum(np.minimum(first, last), 0.0))
        each = shares.ru[n - 1, :rows] / (shares.ru_sizes + 0.5)
        out[..., 7] = np.log(0.05 + np.minimum(each[:, :cols], each[:, m - 1 : m - 1 + cols]))
    if n > 1:
        sizes = shares.en_sizes + 1.0
        last = (by_ru - of_ru(n - 1, 0)) / sizes[n - 1 : n - 1 + rows, None]
        first = (by_ru - of_ru(n - 1, 1)) / sizes[:rows, None]
        out[..., 3] = np.log(0.05 + np.maximum(np.minimum(first, last), 0.0))
        each = shares.en[m - 1, :, :cols] / (shares.en_sizes[:, None] + 0.5)
        out[..., 8] = np.log(0.05 + np.minimum(each[:rows], each[n - 1 : n - 1 + rows]))
    return out


def evidence(doc: Document, e0: int, e1: int, r0: int, r1: int) -> Block:
    """The evidence of every cell of a block by class and basis, for learning: arrays [window, en, ru, class * basis]."""
    seen = window(doc, e0, e1, r0, r1)
    width = len(CLASSES) * (len(FLOORS) + 1)
    out_ru = np.zeros((LONGEST, e1 - e0, r1 - r0, width), np.float32)
    out_en = np.zeros((LONGEST, e1 - e0, r1 - r0, width), np.float32)
    for n in range(1, LONGEST + 1):
        ratio = explained(seen.sums_ru, doc.en.sizes[e0:e1], seen.ru_q, n)
        _spread(out_ru[n - 1], ratio, seen.ru_counts, doc.ru.kind[seen.ru_words])
        ratio = explained(seen.sums_en, doc.ru.sizes[r0:r1], seen.en_q, n)
        _spread(out_en[n - 1].transpose(1, 0, 2), ratio, seen.en_counts, doc.en.kind[seen.en_words])
    return Block(out_ru, out_en, shared(doc, seen))


def _spread(out: np.ndarray, ratio: np.ndarray, counts: np.ndarray, kind: np.ndarray) -> None:
    for c in range(len(CLASSES)):
        mine = kind == c
        if not mine.any():
            continue
        k = c * (len(FLOORS) + 1)
        for b, floor in enumerate(FLOORS):
            out[:, :, k + b] = np.log(floor + (1 - floor) * ratio[:, mine]) @ counts[:, mine].T
        out[:, :, k + len(FLOORS)] = counts[:, mine].sum(1)
