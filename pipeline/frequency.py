"""How common words are, after wordfreq's lists of both languages, which hold a million words.

wordfreq keeps them as Python's strings in two dictionaries, 140 MB a process, and remembers up to a hundred thousand
questions. Here they are packed, 20 MB, and the answers are the same.

Source: wordfreq (Robyn Speer, Apache 2.0): shares down to one in a hundred million, in steps of a hundredth of a power of ten.
"""

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
import wordfreq
from numpy.typing import NDArray
from wordfreq.numbers import digit_freq, has_digit_sequence, smash_numbers
from wordfreq.tokens import lossy_tokenize

from pipeline import lately
from pipeline.wordlist import ABSENT, WordList

DIGITS = 3
"""Figures of a share that count: wordfreq rounds to them."""


class Frequencies(NamedTuple):
    """The words of a language, and for each how many hundredths of a power of ten below certainty it is."""

    words: WordList
    rarity: NDArray[np.uint16]

    def share(self, form: str) -> float:
        """The share of a form as it stands in the list; 0 where it does not."""
        at = self.words.find(form)
        return 0.0 if at == ABSENT else wordfreq.cB_to_freq(-int(self.rarity[at]))


@cache
def of(lang: str) -> Frequencies:
    """The list of a language; reading it takes half a second for Russian."""
    bands = wordfreq.get_frequency_list(lang)
    wordfreq.get_frequency_list.cache_clear()
    words = [word for band in bands for word in band]
    rarity = np.repeat(np.arange(len(bands), dtype=np.uint16), [len(band) for band in bands])
    order = sorted(range(len(words)), key=words.__getitem__)
    return Frequencies(WordList("\n".join(words[n] for n in order).encode()), rarity[order])


def share(text: str, lang: str) -> float:
    """The share of a word among all words of its language; where it is several, such as "well-known", they are rarer together
    than the rarest of them: the sum of the inverse shares.

    >>> share("minister", "en"), share("министр", "ru"), share("Antofagasta", "en"), share("qwxz", "en")
    (0.00011, 8.51e-05, 1.86e-07, 0.0)
    """
    inverse = 0.0
    tokens = lossy_tokenize(text, lang)
    for token in tokens:
        written = smash_numbers(token)
        found = of(lang).share(written)
        if not found:
            return 0.0
        inverse += 1.0 / (found if written == token else found * digit_freq(token))
    return _rounded(1.0 / inverse) if tokens else 0.0


def _rounded(share: float) -> float:
    return round(share, math.floor(-math.log(share, 10)) + DIGITS) if share else 0.0


LEAST = 1e-9
"""Zipf's scale begins at one in a billion words."""


@lru_cache(maxsize=lately.WORDS)
def zipf(text: str, lang: str) -> float:
    """The share on Zipf's scale: 3 for one word in a million, 6 for one in a thousand, 0 for the rarest and unknown.

    >>> zipf("the", "en"), zipf("министр", "ru"), zipf("qwxz", "en")
    (7.73, 4.93, 0.0)
    """
    return round(wordfreq.freq_to_zipf(max(share(text, lang), LEAST)), 2)


def commonest(lang: str, count: int) -> Iterator[str]:
    """The commonest words of a language, numbers left out; equally common ones by the alphabet."""
    words, rarity = of(lang)
    ordered = (words[n] for n in np.argsort(rarity, kind="stable").tolist())
    return islice((word for word in ordered if not has_digit_sequence(word)), count)
