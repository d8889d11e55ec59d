"""Governments called by the place where they sit: "the Moncloa" and «правительство», "the Quai d’Orsay" and «МИД Франции»."""

from collections.abc import Sequence
from functools import cache

from pipeline import countries, languages, morphology
from pipeline.document import Lang

LONGEST = 3
"""Words of the longest name of a seat."""


def one_government(en: Sequence[str], ru: Sequence[str]) -> bool:
    """One side has the seat, the other one a body that sits there.

    >>> one_government(["the", "Moncloa"], ["правительство"]), one_government(["the", "Moncloa"], ["Сорока"])
    (True, False)
    """
    return (_seat(en, "en") and _body(ru, "ru")) or (_seat(ru, "ru") and _body(en, "en"))


def _seat(words: Sequence[str], lang: Lang) -> bool:
    spans = (" ".join(words[n : n + length]) for n in range(len(words)) for length in range(1, LONGEST + 1))
    return any((found := countries.mention(span, lang)) and found.kind == "capital" for span in spans)


def _body(words: Sequence[str], lang: Lang) -> bool:
    return any(_lemma(word, lang) in _authorities(lang) for word in words)


def _lemma(word: str, lang: Lang) -> str:
    return morphology.parses(word.lower())[0].normal_form if lang == "ru" else word.lower()


@cache
def _authorities(lang: Lang) -> frozenset[str]:
    return frozenset(languages.load(lang, "names")["authorities"])
