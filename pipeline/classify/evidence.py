"""Which words of a passage spoke for its group."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.attention import Bag, shares
from pipeline.classify.features import SPACE_SCALE
from pipeline.space import DIMENSIONS, Space

if TYPE_CHECKING:
    from pipeline.classify.model import Model

MOST = 5


def spoke(
    bag: Bag, groups: NDArray[np.int64], lang: str, model: "Model", space: Space
) -> NDArray[np.float64]:
    """How much each word of the bag raised the score of its passage's group above the other groups'.

    The model is linear, so a passage's score is the mean of its words' scores by their shares: a word's part is exact.
    """
    direction = model.weights[:DIMENSIONS] * SPACE_SCALE
    n = direction.shape[1]
    towards = (direction - (direction.sum(axis=1, keepdims=True) - direction) / (n - 1)).astype(np.float64)
    middle = (model.means[lang][:DIMENSIONS] / SPACE_SCALE) @ towards
    each = (space.table @ towards)[bag.rows, groups[bag.owner]] - middle[groups[bag.owner]]
    return each * shares(bag, model.attention)  # type: ignore[no-any-return]


def strongest(parts: NDArray[np.float64], texts: list[str]) -> tuple[str, ...]:
    """The words that spoke for the group, strongest first, each once, as they stand."""
    order = [int(i) for i in np.argsort(-parts, kind="stable") if parts[i] > 0]
    return tuple(dict.fromkeys(texts[i].lower() for i in order))[:MOST]
