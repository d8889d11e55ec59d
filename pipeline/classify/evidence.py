"""Which words of a passage spoke for its group."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.attention import Bag, Floats, part_shares, shares
from pipeline.classify.features import SPACE_SCALE
from pipeline.classify.scorer import OPENING, OPENING_SCALE, Scorer, known_words, topics
from pipeline.space import DIMENSIONS, Space

if TYPE_CHECKING:
    from pipeline.classify.model import Model

MOST = 5


def spoke(
    bag: Bag, others: Floats, groups: NDArray[np.int64], lang: str, model: "Model", space: Space
) -> NDArray[np.float64]:
    """How much each word of the bag raised the score of its passage's group above the other groups'.

    A passage's score is a sum over its words: by where each lies, by itself, and by its pairs with the whole passage.
    """
    scorer, own = model.scorer, groups[bag.owner]
    column = scorer.lexis.columns(bag.rows, space.names)
    by_itself = np.where(column >= 0, _above_others(scorer.words)[column, own], 0)
    opening = space.table[bag.rows] @ (_above_others(scorer.opening) * OPENING_SCALE)
    return (  # type: ignore[no-any-return]
        shares(bag, scorer.attention) * _by_place(bag, others, groups, lang, scorer, space)
        + part_shares(bag, scorer.attention, bag.traits[:, OPENING] > 0) * opening[np.arange(len(own)), own]
        + known_words(bag, scorer.attention, scorer.lexis, space.names)[1] * by_itself
    )


def _by_place(
    bag: Bag, others: Floats, groups: NDArray[np.int64], lang: str, scorer: Scorer, space: Space
) -> Floats:
    """How far each word's place, alone and with the places of the whole passage, lies towards the passage's group."""
    middle = scorer.means[lang]
    places = scorer.view(bag, others, space).place - middle
    lengths = np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)
    pairs, pull = _above_others(np.moveaxis(scorer.pairs, 0, -1)), _above_others(scorer.place).T[groups]
    for group in np.unique(groups):
        here = groups == group
        pull[here] += (topics(places[here]) @ pairs[:, :-1, group]) / lengths[here]
    pull, out = pull[:, :DIMENSIONS], np.zeros(len(bag.rows), np.float32)
    ends = np.searchsorted(bag.owner, np.arange(bag.passages + 1))
    for start, end, one in zip(ends, ends[1:], pull, strict=False):
        out[start:end] = space.table[bag.rows[start:end]] @ one * SPACE_SCALE - middle[:DIMENSIONS] @ one
    return out


def _above_others(weights: Floats) -> Floats:
    """What speaks for each group beyond what speaks for the others on average; groups along the last axis."""
    n = weights.shape[-1]
    return weights - (weights.sum(axis=-1, keepdims=True) - weights) / max(n - 1, 1)


def strongest(parts: NDArray[np.float64], texts: list[str]) -> tuple[str, ...]:
    """The words that spoke for the group, strongest first, each once, as they stand."""
    order = [int(i) for i in np.argsort(-parts, kind="stable") if parts[i] > 0]
    return tuple(dict.fromkeys(texts[i].lower() for i in order))[:MOST]
