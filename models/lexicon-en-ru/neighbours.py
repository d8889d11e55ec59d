"""Russian words that mean about the same, by the vectors of their forms: what one lacks in translations its neighbours lend.

Source: navec (Natasha project, MIT), 250,000 word forms; read from the `natasha` wheel when the lexicon is trained, never
at run time.
"""

from collections import defaultdict
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pipeline.align.stem import stem

NAVEC = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
CLOSE = 0.45
"""Cosine from which stems count as neighbours; under it synonyms drown among words of the same topic."""
MOST = 8


def stem_vectors(least: float) -> tuple[list[str], np.ndarray]:
    """Stems of navec's forms of at least this frequency (Zipf scale), with the unit vector of their forms."""
    from navec import Navec
    from wordfreq import zipf_frequency

    spec = find_spec("natasha")
    origin = spec.origin if spec else None
    assert origin is not None, "pip install natasha==1.6.0"
    navec = Navec.load(Path(origin).parent / NAVEC)
    table = navec.pq.unpack()
    forms: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, form in enumerate(navec.vocab.words):
        if form[0] >= "а" and form.isalpha():
            zipf = zipf_frequency(form, "ru")
            if zipf >= least:
                forms[stem(form)].append((row, 10**zipf))
    stems = sorted(forms)
    vectors = np.stack(
        [
            sum(table[row] / max(1e-6, float(np.linalg.norm(table[row]))) * f**0.5 for row, f in forms[s])
            for s in stems
        ]
    )
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return stems, vectors.astype(np.float32)


def lent(
    known: Mapping[str, int], weight: np.ndarray, rich: float, least: float
) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """New stems, and for stems (old and new, numbered on) their neighbours among those of at least `rich` weight: borrower,
    lender, share; the shares of a borrower sum to 1 or less where its neighbours are far."""
    stems, vectors = stem_vectors(least)
    at = {s: i for i, s in enumerate(stems)}
    lenders = [(i, at[w]) for w, i in known.items() if w in at and weight[i] >= rich]
    lender = np.array([i for i, _ in lenders])
    pool = vectors[[v for _, v in lenders]]
    new = [s for s in stems if s not in known]
    number = {**known, **{s: len(known) + n for n, s in enumerate(new)}}
    borrower = np.array([number[s] for s in stems])
    parts = []
    for first in range(0, len(stems), 512):
        near = vectors[first : first + 512] @ pool.T
        near[borrower[first : first + 512, None] == lender[None, :]] = -1.0
        best = np.argpartition(-near, MOST, axis=1)[:, :MOST]
        close = np.maximum(np.take_along_axis(near, best, 1) - CLOSE, 0.0)
        share = close / (close.sum(1, keepdims=True) + 0.1)
        row, column = np.nonzero(share > 0.02)
        parts.append((borrower[first + row], lender[best[row, column]], share[row, column]))
    return new, *(np.concatenate(x) for x in zip(*parts, strict=True))
