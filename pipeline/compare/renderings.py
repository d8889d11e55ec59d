"""Which word renders which, by all that is known of them, and what is left over on either side.

A word is rendered by the lexicon, by form and sound (`translations.probability`), or by lying near another by what both mean in
their sentences (`encoder`). Each word renders one other at most: what "the ministry" has taken cannot speak for "the department" too.
What both sides say in their own notations ("$1.2bn", «1,2 млрд долларов») has met beforehand (`anchors`).
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import space
from pipeline.align.stem import stem
from pipeline.compare import translations
from pipeline.compare.anchors import Anchor
from pipeline.compare.freely import Free, freely
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.translations import probability
from pipeline.document import Lang

Array = NDArray[np.float64]
CHANCE, SURE = 0.42, 0.65
"""Likeness to the likest word of the other side that a word without any rendering has (the median is .40, .58 in one of twenty), and that
of plain translations (.71; .58 where the lexicon knows none). Source: 191 words planted in one version only of the development
gold, beside 45,000 others."""
MIXED = 0.6
"""What is left of it between a word with content and one without: "own", «сам»."""
ASIDE = 0.05
"""What it costs a rendering to stand at the other end of its sentence."""
FAINT = 0.05
"""Strength below which nothing is rendered."""


class Rendered(NamedTuple):
    """How well each word of a side is rendered, how well each word of the other side is used for it, and which by which."""

    ours: Array
    theirs: Array
    by: dict[int, int]


class Renderings:
    """The strength of every rendering between the words of a side and those of the other."""

    def __init__(self, pair: Pair, lang: Lang, anchors: Sequence[Anchor] = ()) -> None:
        self.side, self.other = pair.side(lang), pair.other(lang)
        self._anchors = [anchor.sides(lang) for anchor in anchors]
        _, self.weight = _weighed(self.side)
        self.other_known, self.other_weight = _weighed(self.other)
        self.likeness: Array = (pair.likeness if lang == "en" else pair.likeness.T).astype(np.float64)
        near = np.clip((self.likeness - CHANCE) / (SURE - CHANCE), 0.0, 1.0)
        near[_numbers(self.side)] = near[:, _numbers(self.other)] = 0.0
        known = np.zeros_like(near)
        for i, there in pair.links[0 if lang == "en" else 1].items():
            for j, p in there.items():
                known[i, j] = 0.0 if _chance_sound(self.side.words[i], self.other.words[j]) else p
        for j, i, p in _compounds(self.other, self.side):
            known[i, j] = max(known[i, j], p)
        for i, j, p in _compounds(self.side, self.other):
            known[i, j] = max(known[i, j], p)
        self.strength: Array = np.maximum(near, np.sqrt(known))

    @cached_property
    def whole(self) -> Rendered:
        """The renderings between all words of both sides."""
        return self.between(range(len(self.side.words)))

    @cached_property
    def freely(self) -> Free:
        """How the words that are left over may render each other all the same."""
        return freely(self.side, self.other, self.whole, self.likeness)

    def between(self, places: Sequence[int]) -> Rendered:
        """The renderings of these words: what has met beforehand, then the strongest, each word once."""
        ours, theirs = np.zeros(len(self.side.words)), np.zeros(len(self.other.words))
        by = self._met(set(places), ours, theirs)
        rows = np.fromiter(places, np.int64)
        if not rows.size or not theirs.size:
            return Rendered(ours, theirs, by)
        worth = self._worth[rows]
        taken = set(np.flatnonzero(theirs).tolist())
        for at in np.argsort(-worth, axis=None, kind="stable"):
            i, j = int(rows[at // len(theirs)]), int(at % len(theirs))
            if worth.flat[at] <= FAINT:
                break
            if i not in by and j not in taken:
                by[i] = j
                taken.add(j)
                ours[i] = theirs[j] = self.strength[i, j]
        return Rendered(ours, theirs, by)

    def _met(self, places: set[int], ours: Array, theirs: Array) -> dict[int, int]:
        """Which words have met beforehand, as many as there are on either side."""
        by: dict[int, int] = {}
        for mine, their in self._anchors:
            if here := [n for n in mine if n in places]:
                ours[here], theirs[list(their)] = 1.0, 1.0
                by |= {n: their[min(k, len(their) - 1)] for k, n in enumerate(here)}
        return by

    @cached_property
    def _worth(self) -> Array:
        mine = np.array([w.content for w in self.side.words], bool)[:, None]
        their = np.array([w.content for w in self.other.words], bool)[None, :]
        aside = np.abs(_heights(self.side)[:, None] - _heights(self.other)[None, :])
        return self.strength * np.where(mine == their, 1.0, MIXED) - ASIDE * aside


def _numbers(side: Side) -> NDArray[np.bool_]:
    """The words that are numbers: all of them stand near one another in the space, and no two mean the same."""
    return np.array([w.token.pos_ == "NUM" or w.token.text[:1].isdigit() for w in side.words], bool)


def _chance_sound(one: Word, other: Word) -> bool:
    """Two words that the lexicon knows and does not join sound alike by chance, unless one is a name: "bring", «брань»."""
    return (
        not (one.name or other.name)
        and translations.meaning(*_in_order(one, other)) == 0
        and all(translations.known(w.stem, translations.language(w.stem)) for w in (one, other))
    )


def _in_order(one: Word, other: Word) -> tuple[str, str]:
    """The stems, the English one first."""
    return (one.stem, other.stem) if translations.language(one.stem) == "en" else (other.stem, one.stem)


def _heights(side: Side) -> Array:
    return np.arange(len(side.words)) / max(1, len(side.words))


def _compounds(side: Side, other: Side) -> Iterator[tuple[int, int, float]]:
    """What a part of a hyphenated word renders: «ВИЧ-диссидент», "HIV dissident"."""
    for i, word in enumerate(side.words):
        parts = [stem(part) for part in word.token.lower_.split("-") if len(part) > 1]
        for j, met in enumerate(other.words if len(parts) > 1 else ()):
            ways = ((part, met.stem) if side.lang == "en" else (met.stem, part) for part in parts)
            yield i, j, max(probability(*way) for way in ways)


def _weighed(side: Side) -> tuple[NDArray[np.bool_], Array]:
    """Which words of a side the space knows, and how much each weighs: a rare word most."""
    shared = space.load()
    rows = shared.rows([w.lemma for w in side.words], side.lang)
    known, weights = rows >= 0, np.ones(len(rows))
    weights[known] = shared.weights(rows[known])
    return known, weights
