"""One side of a document as the aligner sees it: its units as counts over a word list of its own, with each word's class and
its frequency round about."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align.tokens import Token

CLASSES = ("mark", "common", "medium", "rare", "unknown", "name", "digit", "number")

NEARBY = 4000
"""Tokens over which the frequency of a word is counted at least, and that a shorter document counts as having: in a short one
every word would look frequent, and over a long one the words of each subject would look rare."""


class Side(NamedTuple):
    """One language: its units (sentences or paragraphs) as counts over the document's own word list."""

    words: list[str]
    unit: np.ndarray
    word: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    chars: np.ndarray
    ends: np.ndarray
    kind: np.ndarray
    usual: np.ndarray
    background: float

    def frequencies(self, first: int, last: int, room: int) -> np.ndarray:
        """How frequent each word of the list is where the units [first, last) stand: partly as usual, partly as in the `room`
        tokens about them. In a report on Chile every sentence says "copper", «медь»: there it proves no translation,
        though in the whole yearbook it is a rare word."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        room = max(room, end - begin)
        begin = max(0, min(begin - (room - (end - begin)) // 2, len(self.word) - room))
        nearby = self.word[begin : begin + room]
        here = np.bincount(nearby, minlength=len(self.words)) / max(NEARBY, len(nearby))
        return ((1 - self.background) * self.usual + self.background * here).astype(np.float32)

    def everywhere(self) -> "Side":
        """The side with the frequencies of the whole text, wherever a unit stands."""
        return self._replace(usual=self.frequencies(0, len(self.sizes), len(self.word)), background=0.0)

    def counts(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """The words that occur in the units [first, last) and their counts, units x words."""
        cut = slice(self.starts[first], self.starts[last])
        present, column = np.unique(self.word[cut], return_inverse=True)
        counts = np.zeros((last - first, len(present)), np.float32)
        np.add.at(counts, (self.unit[cut] - first, column), 1)
        return present, counts


def side(
    units: Sequence[Sequence[Token]],
    chars: Sequence[int],
    ends: Sequence[int],
    known: dict[str, int],
    count: np.ndarray,
    background: float,
) -> Side:
    index: dict[str, int] = {}
    word = np.array([index.setdefault(t.text, len(index)) for unit in units for t in unit], np.int64)
    sizes = np.array([len(unit) for unit in units], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    words = list(index)
    names = {t.text for unit in units for t in unit[1:] if t.name}
    at = np.array([known.get(w, -1) for w in words], np.int64)
    seen = np.where(at >= 0, np.asarray(count)[at], 0) if len(words) else np.zeros(0)
    shipped = (seen + 0.5) / float(np.sum(count, dtype=np.float64))
    kind = np.array([_kind(w, s, w in names) for w, s in zip(words, seen.tolist(), strict=True)], np.int64)
    return Side(
        words,
        np.repeat(np.arange(len(units)), sizes),
        word,
        starts,
        sizes,
        np.asarray(chars, np.float32),
        np.asarray(ends, np.float32),
        kind,
        shipped,
        background,
    )


def _kind(word: str, seen: float, name: bool) -> int:
    if word[0] == "#":
        return CLASSES.index("digit" if len(word) <= 3 else "number")
    if not word[0].isalpha():
        return 0
    if seen < 3:
        return CLASSES.index("name" if name else "unknown")
    return 1 if seen > 1000 else 2 if seen > 100 else 3
