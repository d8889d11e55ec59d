"""The lexicon of one language with itself, by way of the other: what translates alike may stand for each other.

p(b | a) is the sum over the words x of the other language of p(x | a) p(b | x). "Firm" and "company" meet in «фирма»,
«рост» and «увеличение» in "growth"; words that exclude each other ("rose" and "fell") share no translation.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.align import lexicon
from pipeline.align.lexicon import Lexicon
from pipeline.document import Lang

LEAST = 0.01
"""Probability of the steps that are followed, and of the entries that are kept: below it all are chance."""
AT_A_TIME = 500
"""Words whose paths are followed together: a frequent word has thousands."""


@dataclass(frozen=True)
class Paraphrases:
    """A lexicon whose two sides are one language: `there` leads to the other language, `back` home again."""

    there: Lexicon
    back: Lexicon

    @property
    def en(self) -> dict[str, int]:
        return self.there.en

    @property
    def ru(self) -> dict[str, int]:
        return self.there.en

    @property
    def en_count(self) -> np.ndarray:
        return self.there.en_count

    @property
    def ru_count(self) -> np.ndarray:
        return self.there.en_count

    def entries(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The entries of some words, as `Lexicon.entries` gives them: position in `words`, word, and both probabilities."""
        parts = [self._entries(words, at) for at in range(0, max(1, len(words)), AT_A_TIME)]
        owner, other, onward, backward = (np.concatenate(column) for column in zip(*parts, strict=True))
        return owner, other, onward, backward

    def _entries(
        self, words: np.ndarray, first: int
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        owner, middle, onward, from_middle = self.there.entries(words[first : first + AT_A_TIME])
        kept = np.maximum(onward, from_middle) >= LEAST
        owner, middle, onward, from_middle = owner[kept], middle[kept], onward[kept], from_middle[kept]
        step, other, home, to_middle = self.back.entries(middle)
        pair, which = np.unique(owner[step] * len(self.en) + other, return_inverse=True)
        forward = np.bincount(which, onward[step] * home, len(pair)).astype(np.float32)
        backward = np.bincount(which, from_middle[step] * to_middle, len(pair)).astype(np.float32)
        told = np.maximum(forward, backward) >= LEAST
        pair = pair[told]
        return first + pair // len(self.en), pair % len(self.en), forward[told], backward[told]


@cache
def of(lang: Lang) -> Paraphrases:
    """What may stand for what in a language.

    >>> book = of("en")
    >>> _, others, *_ = book.entries(np.array([book.en["firm"]]))
    >>> [book.en[word] in others for word in ("compani", "north")]
    [True, False]
    """
    book = lexicon.load()
    turned = lexicon.turned(book)
    return Paraphrases(book, turned) if lang == "en" else Paraphrases(turned, book)


def between(langs: tuple[Lang, Lang]) -> Lexicon | Paraphrases:
    """The lexicon from one language to the other, or of a language with itself."""
    if langs[0] == langs[1]:
        return of(langs[0])
    return lexicon.load() if langs == ("en", "ru") else lexicon.turned(lexicon.load())
