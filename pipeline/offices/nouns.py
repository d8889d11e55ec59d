"""The nouns that name an office, and the words that go with them, by language."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import languages

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSESSIVES = frozenset(("'s", "’s", "ʼs", "'", "’"))
HYPHENS = frozenset("-‑–")


YEAR = r"(?:\d{1,2}\s+)?(?:[^\W\d_]+,?\s+)?(?:1[89]|20)\d\d(?:\s(?:г\.|год[ау]?))?"
TERM = re.compile(
    rf",?\s*(?:(?:from|in|between|с|в)\s+{YEAR}|(?:1[89]|20)\d\d)\s?(?:[–—-]|to|and|until|till|по|до)\s?{YEAR}(?:\s?(?:гг\.|годах|годы))?"
)
"""A term of office that is over: "from 2003 to 2006", «с марта 2010 по август 2014 г.», «в 2003–2006 годах»."""


@cache
def data(lang: str) -> dict[str, Any]:
    found = dict(languages.load(lang, "offices"))
    found["heads"] = found["heads"] if isinstance(found["heads"], dict) else dict.fromkeys(found["heads"], "")
    return found


def noun(token: "Token", lang: str) -> str | None:
    """The office noun a token is, in its dictionary form: "ministers" -> "minister", «экс-премьера» -> «премьер»."""
    heads = data(lang)["heads"]
    lemma = plain(token.lemma_)
    for form in (lemma, plain(token.text), lemma.rpartition("-")[2]):
        if form in heads and (token.pos_ in ("NOUN", "PROPN", "X", "ADJ") or lang == "ru"):
            return form
    return None


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")
