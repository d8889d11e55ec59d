"""Which words of a passage spoke for its group."""

from typing import TYPE_CHECKING

import numpy as np

from pipeline.classify import space as spaces
from pipeline.classify.features import SPACE_SCALE, Words
from pipeline.classify.space import DIMENSIONS

if TYPE_CHECKING:
    from pipeline.classify.model import Model

MOST = 5


def evidence(found: Words, group: int, lang: str, model: "Model") -> tuple[str, ...]:
    """The words that raised the group's score most above the other groups', strongest first, as they stand.

    The model is linear, so a passage's score is the weighted mean of its words' scores: a word's share is exact.
    """
    space = spaces.load()
    rows = space.rows(found.lemmas, lang)
    known = np.flatnonzero(rows >= 0)
    if not len(known):
        return ()
    direction = model.weights[:DIMENSIONS]
    towards = direction[:, group] - np.delete(direction, group, axis=1).mean(axis=1)
    each = (
        (space.vectors(rows[known]) - model.means[lang][:DIMENSIONS])
        * SPACE_SCALE
        @ towards
        * space.weights(rows[known])
    )
    order = known[np.argsort(-each, kind="stable")[: int((each > 0).sum())]]
    return tuple(dict.fromkeys(found.content[i].text.lower() for i in order))[:MOST]
