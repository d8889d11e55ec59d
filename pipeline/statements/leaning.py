"""Where a statement leans as a whole: a logistic regression over the place of its words in the space of both languages and
a few traits of its wording (`models/stance`).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import countries, languages, shipped, space
from pipeline.document import Component, digest

if TYPE_CHECKING:
    from spacy.tokens import Token

FILE = "models/stance/weights.npz"
CLASSES = ("multilateral", "aligned", "neutral")
TRAIT = 0.3
"""The length of a trait beside the unit vector of the words' meaning."""
REST_ON = 3
"""How many words are named that a leaning rests on."""


class Leaning(NamedTuple):
    """The probabilities of CLASSES, and the words that speak most for the likeliest."""

    probabilities: NDArray[np.float64]
    words: tuple[str, ...]

    def of(self, label: str) -> float:
        return float(self.probabilities[CLASSES.index(label)])


def leaning(tokens: Sequence["Token"], text: str, lang: str, balance: float) -> Leaning:
    """Where the statement leans; `balance` is what its listed words say, above zero for many partners."""
    weights, bias = _weights()
    known, places = _places(tokens, lang)
    middle, length = _middle(places)
    scores = np.concatenate([middle, traits(text, lang, balance)]) @ weights + bias
    odds = np.exp(scores - scores.max())
    label = int(scores.argmax())
    speaks = (
        places
        @ (weights[: places.shape[1]] - weights[: places.shape[1]].mean(1, keepdims=True))[:, label]
        / length
    )
    best = [known[i] for i in np.argsort(-speaks, kind="stable")[:REST_ON] if speaks[i] > 0]
    return Leaning(odds / odds.sum(), tuple(best))


def columns(tokens: Sequence["Token"], text: str, lang: str, balance: float) -> NDArray[np.float64]:
    """What the regression reads: the unit vector of the words' meaning, then the traits."""
    return np.concatenate([_middle(_places(tokens, lang)[1])[0], traits(text, lang, balance)])


def _places(tokens: Sequence["Token"], lang: str) -> tuple[list[str], NDArray[np.float64]]:
    """The words that the space knows, and their places, the rare ones further out."""
    found = space.load()
    words = [t for t in tokens if any(c.isalpha() for c in t.lemma_)]
    rows = found.rows([t.lemma_ for t in words], lang)
    known = np.flatnonzero(rows >= 0)
    places = found.table[rows[known], : space.NAVEC_DIMENSIONS] * found.weights(rows[known])[:, None]
    return [words[i].text for i in known], places.astype(np.float64)


def _middle(places: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    total = places.sum(axis=0)
    length = float(np.linalg.norm(total)) + 1e-9
    return total / length, length


def traits(text: str, lang: str, balance: float) -> NDArray[np.float64]:
    """How many countries are named, which way the listed words point, who speaks, what is denied and counted."""
    named = {
        c.code for w in re.findall(r"[\w-]+", text) if w[:1].isupper() and (c := countries.mention(w, lang))
    }
    we, they, denied, many = (pattern.search(text) is not None for pattern in _patterns(lang))
    found = [
        *(len(named) == n for n in range(3)), len(named) > 2,
        balance > 0, balance < 0,
        we, they, denied, many, denied and many, we and len(named) == 1,
    ]  # fmt: skip
    return np.array(found, np.float64) * TRAIT


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    words = languages.load(lang, "stance")["traits"]
    return tuple(re.compile(rf"\b(?:{words[key]})\b", re.IGNORECASE) for key in ("we", "they", "not", "many"))


@cache
def _weights() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    stored = np.load(shipped.path(FILE), allow_pickle=False)
    return stored["weights"].astype(np.float64), stored["bias"].astype(np.float64)


@cache
def component() -> Component:
    """The weights with the space they are read in, for the provenance of a run."""
    sha256 = digest({"weights": digest(shipped.path(FILE).read_bytes()), "space": space.digest()})
    return Component(name="stance", version=sha256[:8], sha256=sha256)
