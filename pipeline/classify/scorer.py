"""What a passage is seen by, and the scores that follow from it.

Four views, added up: where its words lie in the shared space, with the mentions and the shape (`place`); where its opening
lies, which names a topic that the rest may deny; which words stand in it (`words`), because a place blurs what a word
tells ("pension", «пошлина»); and pairs of topics (the square of `place`): fear beside a price is another thing than
fear beside a grave.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.attention import Bag, Floats, means, shares
from pipeline.classify.features import TRAITS, combined
from pipeline.space import Name, Space

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

OPENING_SCALE, WORDS_SCALE, PAIRS_SCALE, SINGLE = 3.2, 2.5, 5.0, 0.63
"""Weights of the views beside `place`. Macro-F1 and accuracy on hard passages of documents whose writer was left out, both
versions read together: `place` alone .866 and .726, with words .888 and .767, with opening .885 and .789, with all .905 and .809.
`SINGLE` stands beside the directions, so that their squares hold single topics as well as pairs."""
OPENING = TRAITS.index("first sentence")


class Lexis(NamedTuple):
    """The words a model knows by themselves, each with its number, and how much each counts by its rarity: ("en",
    "tariff"), ("ru", "пошлина"). Names, not rows of the space: ten thousand rows take seconds to look up, and a text has
    few of them."""

    number: dict[Name, int]
    rarity: Floats

    def columns(self, rows: NDArray[np.int64], names: Sequence[Name]) -> NDArray[np.int64]:
        """The number of each word among the known ones; -1 where it is not. `names` are those of the space's rows."""
        return np.array([self.number.get(names[row], -1) for row in rows.tolist()], np.int64)


class View(NamedTuple):
    """Passages of one or more languages as the scorer takes them, one row each."""

    place: Floats
    opening: Floats
    words: "csr_matrix"


class Scorer(NamedTuple):
    """One score for each passage and group: linear in `place`, `opening` and `words`, quadratic in `place`.

    Centring on a language's mean takes away what tells the languages apart: English vectors are means of translations and
    lie closer together than Russian ones, and English has articles. `bias` does the same for words and pairs.

    Shape: place (features, groups), opening (dimensions, groups), words (words, groups), pairs (groups, features + 1, features + 1).
    """

    attention: Floats
    lexis: Lexis
    place: Floats
    opening: Floats
    words: Floats
    pairs: Floats
    means: dict[str, Floats]
    bias: dict[str, Floats]

    def view(self, bag: Bag, others: Floats, space: Space) -> View:
        return view(bag, others, self.attention, self.lexis, space)

    def scores(self, seen: View, lang: str) -> NDArray[np.float64]:
        place = seen.place - self.means[lang]
        quadratic = pair_scores(topics(place), self.pairs)
        linear = place @ self.place + seen.opening @ self.opening + seen.words @ self.words
        return (linear + quadratic + self.bias[lang]).astype(np.float64)  # type: ignore[no-any-return]


def view(bag: Bag, others: Floats, attention: Floats, lexis: Lexis, space: Space) -> View:
    """What is seen of passages: the mean of their words and of their opening's, weighted by what counts, and the rest."""
    table = space.table
    return View(
        combined(means(bag, attention, table), others),
        means(bag, attention, table, bag.traits[:, OPENING] > 0) * np.float32(OPENING_SCALE),
        known_words(bag, attention, lexis, space.names)[0],
    )


def known_words(
    bag: Bag, attention: Floats, lexis: Lexis, names: Sequence[Name]
) -> "tuple[csr_matrix, Floats]":
    """The known words of each passage as one vector of length `WORDS_SCALE`, and each word's part of its entry.

    A word told twice tells less the second time: the square root of its share counts.
    """
    from scipy.sparse import csr_matrix  # takes a while to import, and only passages need it

    column, share = lexis.columns(bag.rows, names), shares(bag, attention)
    known, width = column >= 0, max(len(lexis.number), 1)
    entry, at = np.unique(bag.owner[known] * width + column[known], return_inverse=True)
    owner, word = entry // width, entry % width
    total = np.bincount(at, share[known], len(entry))
    value = np.sqrt(total) * lexis.rarity[word]
    length = np.sqrt(np.bincount(owner, value**2, bag.passages))
    value *= WORDS_SCALE / np.maximum(length, 1e-9)[owner]
    part = np.zeros(len(share), np.float32)
    part[known] = value[at] * share[known] / total[at]
    shape = (bag.passages, len(lexis.number))
    return csr_matrix((value.astype(np.float32), (owner, word)), shape=shape), part


def topics(rows: Floats) -> Floats:
    """The directions of centred places, whatever their lengths, with a constant beside them."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.hstack([rows / lengths, np.full((len(rows), 1), SINGLE)]).astype(np.float32)


def pair_scores(directions: Floats, pairs: Floats) -> Floats:
    """The quadratic part, group by group. Shape: (passages, groups)."""
    return np.stack([((directions @ one) * directions).sum(axis=1) for one in pairs], axis=1)
