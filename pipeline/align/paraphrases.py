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
"""Probability of the steps that are followed: below it a lexicon's entries are chance."""


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
        owner, middle, onward, from_middle = self.there.entries(words)
        kept = np.maximum(onward, from_middle) >= LEAST
        owner, middle, onward, from_middle = owner[kept], middle[kept], onward[kept], from_middle[kept]
        step, other, home, to_middle = self.back.entries(middle)
        pair, which = np.unique(owner[step] * len(self.en) + other, return_inverse=True)
        return (
            pair // len(self.en),
            pair % len(self.en),
            np.bincount(which, onward[step] * home, len(pair)).astype(np.float32),
            np.bincount(which, from_middle[step] * to_middle, len(pair)).astype(np.float32),
        )


@cache
def of(lang: Lang) -> Paraphrases:
    """What may stand for what in a language.

    >>> book = of("en")
    >>> owner, other, there, back = book.entries(np.array([book.en["company"], book.en["rose"]]))
    >>> [bool((other[owner == i] == book.en[word]).any()) for i, word in ((0, "firm"), (1, "import"))]
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
