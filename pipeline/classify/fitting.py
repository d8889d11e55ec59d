"""From examples to a scorer: ridge regression in closed form, and in turns with it the attention."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve

from pipeline import space as spaces
from pipeline.classify import features
from pipeline.classify.attention import ROUNDS, Bag, Floats, means, weigh
from pipeline.classify.examples import Examples
from pipeline.classify.scorer import PAIRS_SCALE, Lexis, Scorer, View, pair_scores, topics, view
from pipeline.space import DIMENSIONS, Name

PENALTY, PLACE_PENALTY = 3.0, 5.0
"""Ridge penalties with all views and with `place` alone. From 3 to 10 macro-F1 on documents whose writer was left out moved by
half a point. Logistic regression on the same views gave .862 where squares give .888: its sure mistakes cost it more."""
SHARPNESS = 6.0
"""Brings the regression's values to the size of log-odds, so that temperatures lie near 1."""
FEWEST = 3
"""A word must stand in this many passages, counted by language version, to be known by itself."""

Exact = NDArray[np.float64]


def fit(examples: Examples, n: int) -> Scorer:
    """Learn which words count, then what all views say."""
    space = spaces.load()
    attention, lexis = learn_attention(examples, n), learn_lexis(examples.bag, space.names)
    return regress(view(examples.bag, examples.rest, attention, lexis, space), examples, attention, lexis, n)


def learn_attention(examples: Examples, n: int) -> Floats:
    """In turns what words mean and which of them count; at first all count alike, but for their rarity."""
    table, attention = spaces.load().table, np.zeros(len(features.TRAITS), np.float32)
    for _ in range(ROUNDS):
        place = features.combined(means(examples.bag, attention, table), examples.rest)
        middle = _middle(place, examples.langs)
        weights = _regress_place(_centred(place, examples.langs, middle), examples.groups, n)
        words = table @ weights[:DIMENSIONS] * features.SPACE_SCALE
        place[:, :DIMENSIONS] = 0
        others = _centred(place, examples.langs, middle) @ weights
        attention = weigh(examples.bag, words, others.astype(np.float64), examples.groups, attention)
    return attention


def learn_lexis(bag: Bag, names: Sequence[Name]) -> Lexis:
    """The words that stand in enough passages."""
    pairs = np.unique(bag.rows * bag.passages + bag.owner)
    rows, counts = np.unique(pairs // bag.passages, return_counts=True)
    often = counts >= FEWEST
    number = {names[row]: n for n, row in enumerate(rows[often].tolist())}
    return Lexis(number, np.log(bag.passages / counts[often]).astype(np.float32))


def regress(seen: View, examples: Examples, attention: Floats, lexis: Lexis, n: int) -> Scorer:
    """The ridge regression of the groups on all views, solved passage against passage: there are fewer passages than
    words and pairs of topics. Rare groups count as much as common ones."""
    langs, middle = examples.langs, _middle(seen.place, examples.langs)
    place = _centred(seen.place, langs, middle)
    opening = _centred(seen.opening, langs, _middle(seen.opening, langs))
    directions = topics(place)
    likeness = place @ place.T + opening @ opening.T
    likeness += _doubly_centred(PAIRS_SCALE * (directions @ directions.T) ** 2, langs)
    likeness += _doubly_centred((seen.words @ seen.words.T).toarray(), langs)
    pull = _solve(likeness, examples.groups, n)
    inside = _centred(pull, langs, _middle(pull, langs))
    words = (seen.words.T @ inside).astype(np.float32)
    pairs = np.stack([PAIRS_SCALE * (directions * one[:, None]).T @ directions for one in inside.T])
    of_opening = opening.T @ pull
    told = seen.opening @ of_opening + seen.words @ words + pair_scores(directions, pairs)
    bias = {lang: -told[langs == lang].mean(axis=0) for lang in middle}
    return Scorer(attention, lexis, place.T @ pull, of_opening, words, pairs, middle, bias)


def _regress_place(place: Floats, groups: NDArray[np.int64], n: int) -> Floats:
    """The same on `place` alone, solved feature against feature."""
    weighted = place * _importance(groups, n)[:, None].astype(np.float32)
    square = (weighted.T @ place).astype(np.float64) + PLACE_PENALTY * np.eye(place.shape[1])
    found = solve(square, weighted.T.astype(np.float64) @ _targets(groups, n), assume_a="pos")
    return (SHARPNESS * found).astype(np.float32)  # type: ignore[no-any-return]


def _solve(likeness: Floats, groups: NDArray[np.int64], n: int) -> Floats:
    """How strongly each passage pulls towards each group."""
    square = likeness.astype(np.float64)
    square[np.diag_indices_from(square)] += PENALTY / _importance(groups, n)
    found = solve(square, _targets(groups, n), assume_a="pos", overwrite_a=True)
    return (SHARPNESS * found).astype(np.float32)  # type: ignore[no-any-return]


def _targets(groups: NDArray[np.int64], n: int) -> Exact:
    return np.eye(n)[groups] - 1 / n


def _importance(groups: NDArray[np.int64], n: int) -> Exact:
    counts = np.bincount(groups, minlength=n)
    return (len(groups) / (n * np.maximum(counts, 1)))[groups]


def _middle(rows: Floats, langs: NDArray[np.str_]) -> dict[str, Floats]:
    return {str(lang): rows[langs == lang].mean(axis=0) for lang in np.unique(langs)}


def _centred(rows: Floats, langs: NDArray[np.str_], middle: dict[str, Floats]) -> Floats:
    out = np.empty_like(rows)
    for lang, mean in middle.items():
        out[langs == lang] = rows[langs == lang] - mean
    return out


def _doubly_centred(likeness: Floats, langs: NDArray[np.str_]) -> Floats:
    """The likeness of passages whose views are centred on their languages' means."""
    half = _centred(likeness, langs, _middle(likeness, langs)).T
    return _centred(half, langs, _middle(half, langs))
