"""Two versions of a work: paragraphs first, then sentences inside the paragraphs that belong together."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.align import levels, neural, search
from pipeline.document import Bead, Version

PINNED = 0.9
"""Confidence of the paragraph beads on both sides of a boundary from which on sentences are not compared across it."""


def align_versions(en: Version, ru: Version, vectors: neural.Vectors | None = None) -> tuple[Bead, ...]:
    """The paragraph beads and the sentence beads of two versions that have their paragraphs and sentences.

    A version that holds only a part (an abstract, an extract) is found where it belongs; all else is null.
    """
    from pipeline.align import align

    assert en.paragraphs is not None, "segment before aligning"
    assert en.sentences is not None, "segment before aligning"
    assert ru.paragraphs is not None, "segment before aligning"
    assert ru.sentences is not None, "segment before aligning"
    blocks = align(
        [en.text[p.start : p.end] for p in en.paragraphs],
        [ru.text[p.start : p.end] for p in ru.paragraphs],
        langs=(en.lang, ru.lang),
        find_moved=False,
        vectors=vectors,
    )
    en_of, ru_of = [s.paragraph for s in en.sentences], [s.paragraph for s in ru.sentences]
    cells = _inside(blocks, _firsts(en_of, len(en.paragraphs)), _firsts(ru_of, len(ru.paragraphs)))
    found = align(
        [en.text[s.start : s.end] for s in en.sentences],
        [ru.text[s.start : s.end] for s in ru.sentences],
        langs=(en.lang, ru.lang),
        cells=cells,
        vectors=vectors,
    )
    sentences = tuple(Bead(level="sentence", en=b.en, ru=b.ru, score=b.score) for b in found)
    return (*_paragraphs(sentences, en_of, ru_of, len(en.paragraphs), len(ru.paragraphs)), *sentences)


def _firsts(paragraph_of: Sequence[int], n: int) -> list[int]:
    """The first sentence of every paragraph, and the number of sentences."""
    return np.searchsorted(np.array(paragraph_of), np.arange(n + 1)).tolist()


def _inside(
    blocks: Sequence[tuple[tuple[int, ...], tuple[int, ...], float]], en: list[int], ru: list[int]
) -> search.Band | None:
    """The cells of sentences inside stretches of sure paragraph beads; none where that would be too many."""
    corners = [(0, 0)]
    i = j = 0
    for bead, after in pairwise([*blocks, None]):
        assert bead is not None
        i, j = i + len(bead[0]), j + len(bead[1])
        if after is None or (bead[2] >= PINNED and after[2] >= PINNED):
            corners.append((i, j))
    low, high = np.full(en[-1] + 1, ru[-1], np.int64), np.zeros(en[-1] + 1, np.int64)
    for (i0, j0), (i1, j1) in pairwise(corners):
        rows = slice(en[i0], en[i1] + 1)
        low[rows] = np.minimum(low[rows], ru[j0])
        high[rows] = np.maximum(high[rows], ru[j1] + 1)
    if int((high - low).sum()) > levels.SMALL + 200 * len(low):
        return None
    return search.band(low, high)


def _paragraphs(
    sentences: Sequence[Bead], en_of: Sequence[int], ru_of: Sequence[int], n_en: int, n_ru: int
) -> tuple[Bead, ...]:
    """Paragraphs that share a sentence bead belong together; a bead's confidence is the mean of its sentence beads'."""
    group = {("en", p): ("en", p) for p in range(n_en)} | {("ru", p): ("ru", p) for p in range(n_ru)}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while group[node] != node:
            node = group[node]
        return node

    for bead in sentences:
        nodes = _nodes(bead, en_of, ru_of)
        for node in nodes[1:]:
            group[root(node)] = root(nodes[0])
    scores: dict[tuple[str, int], list[float]] = defaultdict(list)
    for bead in sentences:
        scores[root(_nodes(bead, en_of, ru_of)[0])].append(bead.score)
    members: dict[tuple[str, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for lang, p in group:
        members[root((lang, p))][lang == "ru"].append(p)
    beads = [
        Bead(
            level="paragraph",
            en=tuple(en),
            ru=tuple(ru),
            score=round(sum(scores[k]) / max(1, len(scores[k])), 6) if scores[k] else 1.0,
        )
        for k, (en, ru) in members.items()
    ]
    return tuple(sorted(beads, key=lambda b: (b.en or (n_en,), b.ru)))


def _nodes(bead: Bead, en_of: Sequence[int], ru_of: Sequence[int]) -> list[tuple[str, int]]:
    return [*(("en", en_of[i]) for i in bead.en), *(("ru", ru_of[j]) for j in bead.ru)]
