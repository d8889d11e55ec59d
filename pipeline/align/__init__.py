"""Two versions of a text, sentence by sentence: which translates which, what was left out, and how sure that is.

>>> from pipeline.align import align
>>> for bead in align(["Prices rose in May.", "Nobody objected."], ["В мае цены выросли.", "Никто не возражал."]):
...     print(bead.en, bead.ru)
(0,) (0,)
(1,) (1,)
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align import habits, levels, moved, neural, paraphrases, refine, score, seams, search
from pipeline.align.lexicon import Lexicon, component
from pipeline.align.links import Document, document
from pipeline.align.tokens import closed, ends, tokens
from pipeline.align.versions import align_versions
from pipeline.align.weights import SHAPES, Weights, learned_weights, repeated
from pipeline.document import Lang

__all__ = ["Pair", "align", "align_versions", "component"]


class Pair(NamedTuple):
    """A bead: units of the two sides that translate each other, by index; one side empty where nothing does."""

    en: tuple[int, ...]
    ru: tuple[int, ...]
    score: float


def align(
    en: Sequence[str],
    ru: Sequence[str],
    *,
    langs: tuple[Lang, Lang] = ("en", "ru"),
    lexicon: Lexicon | None = None,
    weights: Weights | None = None,
    cells: search.Band | None = None,
    find_moved: bool = True,
    vectors: neural.Vectors | None = None,
) -> tuple[Pair, ...]:
    """The beads of two lists of sentences (or paragraphs): every one in exactly one bead, nulls one by one. `langs` are
    the languages of the two sides, one and the same for two editions.

    Beads follow the order of the English side; only a moved passage crosses others. The score is the posterior
    probability of the bead, calibrated on perturbed translations. `cells` limits what is compared with what, where the
    caller knows already (`search.Band`). `vectors` turns sentences into vectors, whose cosine then counts too
    (`neural.load`).
    """
    if not en or not ru:
        return (
            *(Pair((i,), (), 1.0) for i in range(len(en))),
            *(Pair((), (j,), 1.0) for j in range(len(ru))),
        )
    learned = weights or learned_weights()
    if langs[0] == langs[1]:
        learned = repeated(learned)
    doc = _document(en, ru, lexicon, learned, langs)
    if vectors:
        doc = doc._replace(vectors=neural.centred(vectors(en), vectors(ru)))
    cells = cells or levels.cells(doc, learned)
    nulls = search.Nulls(*learned.nulls)
    found = search.posterior(cells, score.table(doc, cells, learned), nulls)
    sure = [b for b in _beads(cells, found, learned) if b.en and b.ru and b.score >= refine.SURE]
    doc = habits.levelled(refine.refined(doc, [(b.en, b.ru) for b in sure]), cells, found)
    nulls = refine.repriced(nulls, found)
    table = seams.sewn(doc, cells, score.table(doc, cells, learned), found, learned)
    if langs[0] != langs[1] and not vectors:
        stops = list(map(closed, en)), list(map(closed, ru))
        table = habits.adapted(doc, stops, cells, table, found, learned)
    beads = _beads(cells, search.posterior(cells, table, nulls), learned)
    if not find_moved:
        return beads
    return tuple(Pair(*bead) for bead in moved.reunited(doc, beads, learned))


def _document(
    en: Sequence[str],
    ru: Sequence[str],
    chosen: Lexicon | None,
    learned: Weights,
    langs: tuple[Lang, Lang] = ("en", "ru"),
) -> Document:
    chars = [len(s) for s in en], [len(s) for s in ru]
    stops = [ends(s, langs[0]) for s in en], [ends(s, langs[1]) for s in ru]
    return document(
        [tokens(s) for s in en],
        [tokens(s) for s in ru],
        chars,
        stops,
        chosen or paraphrases.between(langs),
        learned.background,
    )


def _beads(cells: search.Band, found: search.Posterior, learned: Weights) -> tuple[Pair, ...]:
    corners = search.decode(cells, found)
    out = []
    for (i0, j0), (i1, j1) in itertools.pairwise(corners):
        if i1 == i0:
            p = found.ru[j0]
        elif j1 == j0:
            p = found.en[i0]
        else:
            p = found.beads[SHAPES.index((i1 - i0, j1 - j0)), int(cells.start[i0]) + j0 - int(cells.low[i0])]
        out.append(Pair(tuple(range(i0, i1)), tuple(range(j0, j1)), calibrated(float(p), learned)))
    return tuple(out)


def calibrated(p: float, learned: Weights) -> float:
    """The share of right beads among those with this posterior, on held-out development text."""
    return round(float(np.interp(p, *learned.calibration)), 6)
