"""What a document shows of its translator's habits: how long a translation is, how closely the words are followed, and how
sentences are joined.

One translator renders word by word: there a pair of sentences that hardly share a word is an omission beside an addition,
which with a freer one is a translation. One puts two sentences side by side («Цены выросли. Никто не возражал.»), another
runs them together («Цены выросли, и никто не возражал.»): where all are put side by side, a single sentence stands for one.
One explains, another cuts: where the Russian is a tenth longer throughout, a sentence as long as its original is a short one.
All are seen in what the first look at the document is sure of, so a long text shows more of them than a short one.
"""

from collections.abc import Sequence
from math import log

import numpy as np

from pipeline.align import seams
from pipeline.align.links import Document
from pipeline.align.search import Band, Posterior
from pipeline.align.sides import Side
from pipeline.align.weights import SHAPES, Weights

SURE = 0.9
GROWTH = 0.75
"""The score of a true bead grows with this power of its tokens. Source, as for the next: maximum likelihood on the
documents that the weights are learned on (`tune.py`), each with a closeness of its own."""
CHANCE, VARIETY, WITHIN = 6.5, 0.085, 0.03
"""Variance of that score: the part that any bead has, and what grows with its size, over all documents and within one."""
USUAL_CLOSENESS = 0.6
"""Score of a true bead by its size in the documents that the weights fit. News of 2014, 2015 and 2018 has .86, NTREX .6 (seeds
11-20, with which this was chosen); the documents of `tune.py`, half of them made freer than any translation, .5."""
CAUTION = 300.0
"""What the usual closeness weighs against that of a document: as much as fifteen sentences, for a paragraph proves little."""
USUAL_STOPS = 0.5
"""Share of joined sentences that keep their stops, in the documents of `tune.py`."""
JOINED = 10.0
"""Joined sentences at the usual share that a document's own count weighs against."""
USUAL_ROOM = 1.0
"""Russian characters per English one in the texts that the weights were learned on (news of 2012, 2013, 2016 and 2017)."""
ROOM = 6000.0
"""English characters at the usual length that a document's own weigh against: fifty sentences. The spread of a sentence about its
document's length (.17, logarithmic) and that of documents (.05) would ask for a dozen; chosen on NTREX, seeds 11-20."""


def levelled(doc: Document, cells: Band, found: Posterior) -> Document:
    """The document, its Russian side as long as it would be if this translator took as much room as the usual one."""
    row, column = _places(cells)
    sure = np.flatnonzero(found.beads[0] > SURE)
    en, ru = float(doc.en.chars[row[sure]].sum()), float(doc.ru.chars[column[sure]].sum())
    here = (ru + ROOM * USUAL_ROOM) / (en + ROOM)
    return doc._replace(ru=doc.ru._replace(chars=doc.ru.chars * np.float32(USUAL_ROOM / here)))


def adapted(
    doc: Document,
    closed: tuple[Sequence[bool], Sequence[bool]],
    cells: Band,
    table: np.ndarray,
    found: Posterior,
    learned: Weights,
) -> np.ndarray:
    """The scores of the beads as this document has them; `closed` tells which units end with a stop."""
    return rejoined(doc, closed, cells, closer(doc, cells, table, found, learned), found)


def closer(doc: Document, cells: Band, table: np.ndarray, found: Posterior, learned: Weights) -> np.ndarray:
    """The table, to which is added how much likelier each score is for a true bead of this document than of a usual one. The
    price of a rare shape is none of the words' making and is left out."""
    row, column = _places(cells)
    sure = np.flatnonzero(found.beads[0] > SURE)
    here = closeness(table[0, sure], _size(doc, (1, 1), row[sure], column[sure]))
    for k, shape in enumerate(SHAPES):
        size = _size(doc, shape, row, column)
        off = table[k] - learned.shapes[k] + learned.shapes[0] - size * (here + USUAL_CLOSENESS) / 2
        table[k] += (here - USUAL_CLOSENESS) * size * off / (CHANCE + VARIETY * size * size)
    return table


def closeness(scores: np.ndarray, size: np.ndarray) -> float:
    """How closely a document is translated, by the scores of beads that are surely true; the usual where there are none."""
    weight = size * size / (CHANCE + WITHIN * size * size)
    seen = float((weight / size * scores).sum()) + CAUTION * USUAL_CLOSENESS
    return seen / (float(weight.sum()) + CAUTION)


def _places(cells: Band) -> tuple[np.ndarray, np.ndarray]:
    """The English and the Russian unit that each cell of the band begins with."""
    row = np.repeat(np.arange(len(cells.low)), cells.high - cells.low)
    return row, np.arange(len(row)) - cells.start[row] + cells.low[row]


def _size(doc: Document, shape: tuple[int, int], row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """The size of the beads of a shape that begin at these rows and columns, as scores grow with it."""
    tokens = np.ones(len(row))
    for side, first, n in ((doc.en, row, shape[0]), (doc.ru, column, shape[1])):
        last = np.minimum(first + n, len(side.sizes))
        tokens += side.starts[last] - side.starts[first]
    return tokens**GROWTH


def rejoined(
    doc: Document,
    closed: tuple[Sequence[bool], Sequence[bool]],
    cells: Band,
    table: np.ndarray,
    found: Posterior,
) -> np.ndarray:
    """The table, where units joined as this document joins them count for more than those joined otherwise."""
    looked = seams.possible(cells, found)
    if not looked:
        return table
    shapes, at, en, ru = np.array(looked).T
    n, m = np.array(SHAPES)[shapes].T
    in_en, in_ru = _stops(doc.en, closed[0], en, n), _stops(doc.ru, closed[1], ru, m)
    kept = np.where(n == 1, in_en >= in_ru, in_ru >= in_en)
    p = found.beads[shapes, at]
    share = (float(p[kept].sum()) + JOINED * USUAL_STOPS) / (float(p.sum()) + JOINED)
    table[shapes, at] += np.where(kept, log(share / USUAL_STOPS), log((1 - share) / (1 - USUAL_STOPS)))
    return table


def _stops(side: Side, closed: Sequence[bool], first: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Sentences of `n` units set side by side: one without a stop, such as a headline, runs into the next."""
    ends, runs = (np.concatenate([[0], np.cumsum(x)]) for x in (side.ends, ~np.array(closed, bool)))
    return ends[first + n] - ends[first] - (runs[first + n - 1] - runs[first])  # type: ignore[no-any-return]
