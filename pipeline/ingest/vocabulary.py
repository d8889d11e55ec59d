"""How common a form is, in the language of its letters: what every repair of a word rests on."""

import re
from functools import lru_cache

from pipeline import frequency as frequencies
from pipeline import lately, morphology
from pipeline.document import Lang

UNSEEN = 0.0
CYRILLIC = re.compile("[а-яёА-ЯЁ]")


def language(word: str) -> Lang:
    """The language whose letters a word has.

    >>> language("про"), language("pro")
    ('ru', 'en')
    """
    return "ru" if CYRILLIC.search(word) else "en"


@lru_cache(maxsize=lately.WORDS)
def frequency(word: str) -> float:
    """Share of this form among all words of its language; 0 where wordfreq has not seen it.

    Source: wordfreq's large lists, which begin at one in a hundred million.
    """
    form, listed = word.lower(), frequencies.of(language(word))
    return max(listed.share(spelling) for spelling in {form, form.replace("ё", "е")})


def known(word: str) -> bool:
    """Whether the form is in the vocabulary: seen by wordfreq or, for Russian, in pymorphy's dictionary.

    >>> known("пространства"), known("странства"), known("luence")
    (True, False, False)
    """
    if frequency(word) > UNSEEN:
        return True
    return language(word) == "ru" and morphology.analyzer().word_is_known(word.lower())
