"""Recall beyond terms: a sentence that says what a code's examples say, in words that no term foresaw.

Every code has a place in the space that both languages share: the mean of its examples, definition and label. A sentence
without a mention of that group is a mention "by similarity" when it lies clearly nearer to one code than to the codes of all other
groups: "Hauliers now load for the Gulf" lies near "Growers found new buyers beyond the sea" (`economic.diversification`). Such
mentions have a low confidence of their own and name the example they are like, so that a reader can refuse them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import space as spaces
from pipeline.codebook import LANGS, Code, Codebook, plain, readings
from pipeline.document import Lang
from pipeline.errors import MissingModel

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "factors.similar"
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
FEWEST = 5
"""Content words a sentence needs: shorter ones lie anywhere."""
NEAR, MARGIN = 0.35, 0.08
"""Cosine to the code from which on a sentence counts, and its lead over the best code of another group. On
corpora/labelled one sentence in ten passes, and three in four of these have the group of their passage (at 0.3 and 0.04
67 % of one in five; of all sentences the nearest group is right in 43 %)."""

Vector = NDArray[np.float32]


class Likeness(NamedTuple):
    """A code that a sentence is like, how near, and the example that is nearest."""

    code: Code
    cosine: float
    example: str


class Prototypes:
    """Where the codes of one codebook lie."""

    def __init__(self, codebook: Codebook, space: spaces.Space) -> None:
        self._space = space
        self._codes = [c for c in codebook.codes if (c.examples.en or c.examples.ru) and c.parent is not None]
        self._book = codebook

    @cached_property
    def _middle(self) -> Vector:
        """What all codes have in common: that they speak of states and neighbours at all."""
        return np.mean([v for code in self._codes for _, v in self._written(code)], axis=0)  # type: ignore[no-any-return]

    @cached_property
    def _examples(self) -> list[list[tuple[str, Vector]]]:
        return [
            [(text, _unit(vector - self._middle)) for text, vector in self._written(code)]
            for code in self._codes
        ]

    @cached_property
    def _places(self) -> NDArray[np.float32]:
        return np.stack([_unit(np.mean([v for _, v in each], axis=0)) for each in self._examples])

    def _written(self, code: Code) -> Iterator[tuple[str, Vector]]:
        for lang in LANGS:
            for text in (
                *getattr(code.examples, lang),
                *(getattr(part, lang) for part in (code.definition, code.label, code.inclusion)),
            ):
                found = self.vector([self._known(options, lang) for options in readings(text, lang)], lang)
                if found is not None:
                    yield text, found

    def _known(self, options: frozenset[str], lang: Lang) -> str:
        """Of a word's possible lemmas the first that has a place in the space."""
        ordered = sorted(options, key=lambda lemma: (len(lemma), lemma))
        return next((o for o in ordered if self._space.rows([o], lang)[0] >= 0), ordered[0])

    def vector(self, lemmas: Sequence[str], lang: Lang) -> Vector | None:
        rows = self._space.rows(lemmas, lang)
        rows = rows[rows >= 0]
        if not len(rows):
            return None
        weights = self._space.weights(rows)
        return (weights @ self._space.table[rows]) / weights.sum()  # type: ignore[no-any-return]

    def nearest(self, lemmas: Sequence[str], lang: Lang) -> Likeness | None:
        """The code that these words are like, if they are clearly like one."""
        vector = self.vector(lemmas, lang)
        if vector is None or not self._codes:
            return None
        direction = _unit(vector - self._middle)
        cosines = self._places @ direction
        best = int(cosines.argmax())
        others = [
            c for c, code in zip(cosines, self._codes, strict=True) if code.group != self._codes[best].group
        ]
        if cosines[best] < NEAR or cosines[best] - max(others, default=-1.0) < MARGIN:
            return None
        example = max(self._examples[best], key=lambda pair: (float(pair[1] @ direction), pair[0]))[0]
        return Likeness(self._codes[best], float(cosines[best]), example)


_laid: dict[str, Prototypes] = {}


def prototypes(codebook: Codebook) -> Prototypes | None:
    """Where this codebook's codes lie, worked out once; `None` without the vectors: then terms alone find mentions."""
    if codebook.sha256 not in _laid:
        try:
            _laid[codebook.sha256] = Prototypes(codebook, spaces.load())
        except MissingModel:
            return None
    return _laid[codebook.sha256]


def content(words: Sequence["Token"]) -> list[str]:
    return [plain(token.lemma_) for token in words if token.pos_ in CONTENT]


def confidence(cosine: float) -> float:
    """Half of what a term gives, rising with the likeness.

    >>> confidence(0.35), confidence(0.75)
    (0.3, 0.5)
    """
    return round(min(0.5, 0.3 + (cosine - NEAR) * 4 / 3), 2)


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return (vector / length).astype(np.float32) if length else vector
