"""What a document teaches about its own words and about how much it leaves out.

Names and terms that no lexicon holds come back: where the first alignment is sure, the words that keep meeting in
translated sentences are taken for translations of each other, and the document is scored again.
"""

from math import log

import numpy as np

from pipeline.align import search
from pipeline.align.links import Document, Rows, packed
from pipeline.align.sides import Side

SURE = 0.8
ROUNDS = 3
SEEN_ONCE = 1.0
"""Links subtracted from every count: what was seen in one bead only would merely confirm that bead."""

USUAL_START, USUAL_NEXT = 0.04, 0.5
"""Share of runs of nulls among the steps of a path, and of nulls that go on among all nulls, in the text on which the prices
were learned (`tune.py`)."""
STEPS = 30.0
"""Steps at the usual rates that a document's own count weighs against: a paragraph proves little, an article much."""


def repriced(nulls: search.Nulls, found: search.Posterior) -> search.Nulls:
    """The prices of nulls after a first look at the document: an abstract leaves out most of the article, a faithful
    translation hardly anything. Prices only fall: a first look overlooks nulls rather than invents them."""
    en, en_next, ru, ru_next, turn = found.runs.tolist()
    steps = float(found.beads.sum()) + en + ru + turn

    def start(n: float) -> float:
        return max(0.0, log((n + STEPS * USUAL_START) / ((steps + STEPS) * USUAL_START)))

    def onward(n: float, of: float) -> float:
        return max(0.0, log((n + STEPS * USUAL_NEXT) / ((of + STEPS) * USUAL_NEXT)))

    return search.Nulls(
        nulls.en + start(en),
        nulls.en_next + onward(en_next, en + en_next),
        nulls.ru + start(ru + turn),
        nulls.ru_next + onward(ru_next, ru + ru_next + turn),
        nulls.turn + start(ru + turn),
    )


def refined(doc: Document, beads: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> Document:
    """The document with what its sure beads say about its words added to the lexicon's probabilities."""
    en, ru = _content(doc.en, [b[0] for b in beads]), _content(doc.ru, [b[1] for b in beads])
    sizes = np.array([len(a) * len(b) for a, b in zip(en, ru, strict=True)])
    if not sizes.sum():
        return doc
    e = np.concatenate([np.repeat(a, len(b)) for a, b in zip(en, ru, strict=True)])
    r = np.concatenate([np.tile(b, len(a)) for a, b in zip(en, ru, strict=True)])
    bead = np.repeat(np.arange(len(sizes)), sizes)
    key, pair = np.unique(e * len(doc.ru.words) + r, return_inverse=True)
    pair_en, pair_ru = key // len(doc.ru.words), key % len(doc.ru.words)
    p_ru = _known(doc.pairs.to_ru, pair_en, pair_ru) + 1.0 / len(doc.ru.words)
    p_en = _known(doc.pairs.to_en, pair_ru, pair_en) + 1.0 / len(doc.en.words)
    in_ru = np.unique(bead * len(doc.ru.words) + r, return_inverse=True)[1]
    in_en = np.unique(bead * len(doc.en.words) + e, return_inverse=True)[1]
    count: np.ndarray = np.zeros(len(key))
    for _ in range(ROUNDS):
        to_ru, to_en = p_ru[pair], p_en[pair]
        share = to_ru / np.bincount(in_ru, to_ru)[in_ru] * (to_en / np.bincount(in_en, to_en)[in_en])
        count = np.bincount(pair, share, len(key))
        p_ru = count / (np.bincount(pair_en, count, len(doc.en.words))[pair_en] + 1e-3) + 1e-4
        p_en = count / (np.bincount(pair_ru, count, len(doc.ru.words))[pair_ru] + 1e-3) + 1e-4
    return doc._replace(pairs=_added(doc, pair_en, pair_ru, count))


def _content(side: Side, units: list[tuple[int, ...]]) -> list[np.ndarray]:
    """The distinct content words of each bead."""
    out = []
    for unit in units:
        words = np.unique(side.word[side.starts[unit[0]] : side.starts[unit[-1] + 1]])
        out.append(words[side.kind[words] >= 2])
    return out


def _known(table: Rows, word: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The probability of each pair in the table, 0 where it has none."""
    if not len(table.to):
        return np.zeros(len(word))
    width = int(max(table.to.max(), other.max())) + 1
    owner = np.repeat(np.arange(len(table.rows) - 1), np.diff(table.rows))
    keys = owner * width + table.to
    at = np.minimum(np.searchsorted(keys, word * width + other), len(keys) - 1)
    return np.where(keys[at] == word * width + other, table.p[at], 0.0)


def _added(doc: Document, en: np.ndarray, ru: np.ndarray, count: np.ndarray):  # type: ignore[no-untyped-def]
    kept = np.maximum(count - SEEN_ONCE, 0.0)
    new = kept > 0
    to_ru = kept / (np.bincount(en, count, len(doc.en.words))[en] + 1.0)
    to_en = kept / (np.bincount(ru, count, len(doc.ru.words))[ru] + 1.0)
    old_en, old_ru = (
        np.repeat(np.arange(len(doc.en.words)), np.diff(doc.pairs.to_ru.rows)),
        doc.pairs.to_ru.to,
    )
    back_ru, back_en = (
        np.repeat(np.arange(len(doc.ru.words)), np.diff(doc.pairs.to_en.rows)),
        doc.pairs.to_en.to,
    )
    none, nothing = np.zeros(len(old_en)), np.zeros(len(back_en))
    return packed(
        len(doc.en.words),
        len(doc.ru.words),
        np.concatenate([old_en, back_en, en[new]]),
        np.concatenate([old_ru, back_ru, ru[new]]),
        np.concatenate([doc.pairs.to_ru.p, nothing, to_ru[new]]),
        np.concatenate([none, doc.pairs.to_en.p, to_en[new]]),
    )
