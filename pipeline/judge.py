"""Which words of two aligned stretches say something else in the other version, and in which way.

The rules of the other modules know words; these two networks have read some tens of thousands of sentences with their translations, faithful ones,
free ones and changed ones, and give each word of both a probability for each kind of change (`models/judge/README.md`). In "The flood
ruined the port", «Наводнение обогатило порт», they mark "ruined" and «обогатило», which no list of opposites joins.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import encoder, shipped
from pipeline.errors import MissingModel

Array = encoder.Array
FILES = ("models/judge/judge.npz", "models/judge/second.npz")
ASKED = 0.1
"""Probability that a word is changed from which the second network is asked."""
LEAST = 1e-9
"""No probability is taken for less."""
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


class Network:
    """One network of the judge, read from the arrays of its file; the words' own meanings are the encoder's."""

    def __init__(self, kept: Mapping[str, Any], words: encoder.Encoder) -> None:
        self._words = words
        self._layers = encoder.Layers(kept)
        self._start = kept["places"].astype(np.float32)
        self._sides = kept["sides"]
        self._head, self._bias = kept["head"], kept["head.bias"]

    def kinds(self, read: "Read") -> list[Array]:
        """The probabilities of both sides' words.

        Shape: words by kinds.
        """
        side = (np.arange(len(read.pieces)) >= read.russian).astype(int)
        start = self._words.words(read.pieces) + self._start[: len(read.pieces)] + self._sides[side]
        states = self._layers.states(start)
        at, found = 1, []
        for sizes in read.sizes:
            rows = np.add.reduceat(states[at : at + sum(sizes)], np.cumsum([0, *sizes[:-1]]), axis=0)
            at += sum(sizes) + 2
            means = rows / np.array(sizes, np.float32)[:, None]
            found.append(_softmax(means @ self._head + self._bias))
        return found


class Read(NamedTuple):
    """Two texts as a network reads them: their pieces, where the Russian begins, and how many pieces each word has."""

    pieces: list[int]
    russian: int
    sizes: tuple[list[int], list[int]]


class Judge:
    """The networks: the second one, which is deeper, is asked only where the first one marks anything, and both count alike."""

    def __init__(self, first: Network, second: Network, words: encoder.Encoder) -> None:
        self._first, self._second, self._words = first, second, words

    def judge(self, en: str, ru: str) -> tuple[Judgement, Judgement] | None:
        """The judgement of an English text and its Russian translation; None of those that are too long.

        >>> en, ru = load().judge("The flood ruined the port.", "Наводнение обогатило порт.")
        >>> [int(side.changed.argmax()) for side in (en, ru)]
        [2, 1]
        """
        places = [np.array([m.span() for m in WORD.finditer(text)]) for text in (en, ru)]
        if not all(len(side) for side in places):
            return None
        read = self._read((en, ru), places)
        if len(read.pieces) > MOST:
            return None
        kinds = self._first.kinds(read)
        if any((side[:, 0] < 1 - ASKED).any() for side in kinds):
            kinds = [_both(a, b) for a, b in zip(kinds, self._second.kinds(read), strict=True)]
        ours, theirs = (Judgement(at[:, 0], at[:, 1], side) for at, side in zip(places, kinds, strict=True))
        return ours, theirs

    def _read(self, texts: tuple[str, str], places: Sequence[NDArray[np.int_]]) -> Read:
        ours, theirs = (
            [self._words.cut(text[a:b]) for a, b in spans] for text, spans in zip(texts, places, strict=True)
        )
        begin, end = self._words.begin, self._words.end
        first = [begin, *(n for piece in ours for n in piece), end, end]
        pieces = [*first, *(n for piece in theirs for n in piece), end]
        return Read(pieces, len(first), ([len(piece) for piece in ours], [len(piece) for piece in theirs]))


def _both(one: Array, other: Array) -> Array:
    """The mean of two judgements, in logarithms: what either thinks impossible is unlikely."""
    one, other = (np.log(np.maximum(kinds, np.float32(LEAST))) for kinds in (one, other))
    return _softmax((one + other) / np.float32(2))


def _softmax(x: Array) -> Array:
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)  # type: ignore[no-any-return]


@cache
def load() -> Judge:
    """The shipped model; reading it takes a second.

    Raises: MissingModel where a file is missing.
    """
    words = encoder.load()
    first, second = (_network(shipped.path(name), words) for name in FILES)
    return Judge(first, second, words)


def _network(path: Path, words: encoder.Encoder) -> Network:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Network(dict(kept), words)
    except OSError as error:
        raise MissingModel(f"{path}: no judge ({error}); reinstall diptych") from None
