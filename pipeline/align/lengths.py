"""How far the lengths of two stretches of text agree, in characters and in sentence ends."""

from typing import NamedTuple

import numpy as np

from pipeline.align.sides import Side

MOST_ENDS = 3.0
"""Sentence ends by which the sides of a bead are seen to differ at most: paragraphs differ by more and mean nothing."""

RU_PER_EN = 1.04
"""Russian characters per English one: median of the training pairs."""


class Extent(NamedTuple):
    """Running sums over the units of a side, so that any stretch of them is a difference: characters and sentence ends."""

    chars: np.ndarray
    ends: np.ndarray

    def stretch(self, n: int, first: int, count: int) -> "Extent":
        """What `n` units together hold, beginning at each of the `count` units from `first`."""
        a, b = slice(first, first + count), slice(first + n, first + n + count)
        return Extent(self.chars[b] - self.chars[a], self.ends[b] - self.ends[a])


def extent(side: Side) -> Extent:
    return Extent(*(np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)]) for x in (side.chars, side.ends)))


def lengths(en: Extent, ru: Extent) -> np.ndarray:
    """The length terms of beads with these extents, English down, Russian across; last axis as LENGTHS."""
    en_chars, ru_chars = en.chars[:, None], ru.chars[None, :]
    off = np.abs(np.log((ru_chars + 8.0) / (RU_PER_EN * en_chars + 8.0)))
    more = en.ends[:, None] - ru.ends[None, :]
    return np.stack(
        [
            off,
            np.minimum(off * off, 4.0),
            off * np.sqrt(np.minimum(en_chars + ru_chars, 800.0)) / 10.0,
            np.clip(more, 0.0, MOST_ENDS),
            np.clip(-more, 0.0, MOST_ENDS),
            more != 0,
        ],
        -1,
    )
