"""The nouns that name an office, and the words that go with them, by language."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import languages

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSESSIVES = frozenset(("'s", "’s", "ʼs", "'", "’"))
HYPHENS = frozenset("-‑–")


TERM = re.compile(
    r",?\s*(?:(?:from|in|between|с|в)\s+)?(?:1[89]|20)\d\d\s?(?:[–—-]|to|and|по|до)\s?(?:1[89]|20)\d\d(?:\s?(?:гг?\.|годах|годы|год[ау]?))?"
)
"""A term of office that is over: "from 2003 to 2006", «в 2003–2006 годах»."""


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
