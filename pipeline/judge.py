"""Which words of two aligned stretches say something else in the other version, and in which way.

The rules of the other modules know words; this model has read some tens of thousands of sentences with their translations, faithful ones,
free ones and changed ones, and gives each word of both a probability for each kind of change (`models/judge/README.md`). In "The flood
ruined the port", «Наводнение обогатило порт», it marks "ruined" and «обогатило», which no list of opposites joins.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import encoder, shipped
from pipeline.errors import MissingModel

Array = encoder.Array
FILE = "models/judge/judge.npz"
KINDS = (
    "same",
    "polarity",
    "terminology",
    "modality",
    "attribution",
    "entity",
    "number",
    "date",
    "missing",
)
"""What a word may be: the same as in the other version, changed in one of seven ways, or missing there."""
WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
MOST = 400
"""Pieces of both sides together that are read; longer pairs are not judged."""


class Judgement(NamedTuple):
    """For each word of a text its first and last character, and the probability of each kind."""

    starts: NDArray[np.int_]
    ends: NDArray[np.int_]
    kinds: Array

    @property
    def changed(self) -> Array:
        """The probability that a word is changed at all.

        Shape: words.
        """
        return 1 - self.kinds[:, 0]

    def within(self, start: int, end: int) -> NDArray[np.bool_]:
        """The words that lie in a stretch of the text, wholly or in part."""
        return (self.starts < end) & (self.ends > start)


class Judge:
    """The model, read from the arrays of its file; the words' own meanings are the encoder's."""

    def __init__(self, kept: Mapping[str, Any], words: encoder.Encoder) -> None:
        self._words = words
        self._layers = encoder.Layers(kept)
        self._start = kept["places"].astype(np.float32)
        self._sides = kept["sides"]
        self._head, self._bias = kept["head"], kept["head.bias"]

    def judge(self, en: str, ru: str) -> tuple[Judgement, Judgement] | None:
        """The judgement of an English text and its Russian translation; None of those that are too long.

        >>> en, ru = load().judge("The flood ruined the port.", "Наводнение обогатило порт.")
        >>> [int(side.changed.argmax()) for side in (en, ru)]
        [2, 1]
        """
        found = [[m.span() for m in WORD.finditer(text)] for text in (en, ru)]
        cut = [
            [self._words.cut(text[a:b]) for a, b in spans]
            for text, spans in zip((en, ru), found, strict=True)
        ]
        begin, end = self._words.begin, self._words.end
        first = [begin, *(n for piece in cut[0] for n in piece), end, end]
        pieces = [*first, *(n for piece in cut[1] for n in piece), end]
        if len(pieces) > MOST or not all(found):
            return None
        side = (np.arange(len(pieces)) >= len(first)).astype(int)
        start = self._words.words(pieces) + self._start[: len(pieces)] + self._sides[side]
        states = self._layers.states(start)
        at, made = 1, []
        for spans, words in zip(found, cut, strict=True):
            sizes = [len(piece) for piece in words]
            rows = np.add.reduceat(states[at : at + sum(sizes)], np.cumsum([0, *sizes[:-1]]), axis=0)
            at += sum(sizes) + 2
            places = np.array(spans)
            means = rows / np.array(sizes, np.float32)[:, None]
            made.append(Judgement(places[:, 0], places[:, 1], _softmax(means @ self._head + self._bias)))
        return made[0], made[1]


def _softmax(x: Array) -> Array:
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)  # type: ignore[no-any-return]


@cache
def load() -> Judge:
    """The shipped model; reading it takes half a second.

    Raises: MissingModel where the file is missing.
    """
    path = shipped.path(FILE)
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Judge(dict(kept), encoder.load())
    except OSError as error:
        raise MissingModel(f"{path}: no judge ({error}); reinstall diptych") from None
