"""Two versions of a text, sentence by sentence: which translates which, what was left out, and how sure that is.

    >>> from pipeline.align import align
    >>> for bead in align(["Prices rose in May.", "Nobody objected."], ["В мае цены выросли.", "Никто не возражал."]):
    ...     print(bead.en, bead.ru)
    (0,) (0,)
    (1,) (1,)
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align import levels, score, search
from pipeline.align import lexicon as lexicons
from pipeline.align.lexicon import Lexicon
from pipeline.align.score import SHAPES, Weights
from pipeline.align.tokens import tokens


class Pair(NamedTuple):
    """A bead: units of the two sides that translate each other, by index; one side empty where nothing does."""

    en: tuple[int, ...]
    ru: tuple[int, ...]
    score: float


def align(en: Sequence[str], ru: Sequence[str], *, lexicon: Lexicon | None = None, weights: Weights | None = None) -> tuple[Pair, ...]:
    """The beads of two lists of sentences (or paragraphs): every one in exactly one bead, nulls one by one.

    The score is the posterior probability of the bead, calibrated on perturbed translations.
    """
    if not en or not ru:
        return (*(Pair((i,), (), 1.0) for i in range(len(en))), *(Pair((), (j,), 1.0) for j in range(len(ru))))
    learned = weights or score.weights()
    units = [[tokens(s) for s in side] for side in (en, ru)]
    chars = [len(s) for s in en], [len(s) for s in ru]
    doc = score.document(units[0], units[1], chars, lexicon or _shipped(), learned.background)
    cells = levels.cells(doc, learned)
    found = search.posterior(cells, score.table(doc, cells, learned), search.Nulls(*learned.nulls))
    return _pairs(cells, found, search.decode(cells, found), learned)


def _shipped() -> Lexicon:
    return lexicons.load()


def _pairs(cells: search.Band, found: search.Posterior, corners: list[tuple[int, int]], learned: Weights) -> tuple[Pair, ...]:
    out = []
    for (i0, j0), (i1, j1) in zip(corners, corners[1:], strict=False):
        if i1 == i0:
            p = found.ru[j0]
        elif j1 == j0:
            p = found.en[i0]
        else:
            p = found.beads[SHAPES.index((i1 - i0, j1 - j0)), int(cells.start[i0]) + j0 - int(cells.low[i0])]
        out.append(Pair(tuple(range(i0, i1)), tuple(range(j0, j1)), _calibrated(float(p), learned)))
    return tuple(out)


def _calibrated(p: float, learned: Weights) -> float:
    return float(np.interp(p, *learned.calibration))
