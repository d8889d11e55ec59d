"""Stretches of words that may be a name: every one that begins and ends like a name and holds together.

English: "Bank", "Bank of Georgia" and "Georgia" are three candidates; Russian: «Высокий суд», «Высокий суд Восточной
Дании» and «Дании». Which of them is a name, and of what, is for the model to say.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline import languages, morphology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 8
INITIAL = re.compile(r"[A-ZА-ЯЁ]\.")
INSIDE_RUSSIAN = {"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET"}
MARKS_INSIDE = {"-", "–", "‑", "'", "’", "«", "»", "“", "”", '"', "&", "."}


def candidates(doc: "Doc") -> Iterator[tuple[int, int]]:
    """(start, end) of each candidate, by token, in order."""
    seen: set[tuple[int, int]] = set()
    for ent in doc.ents:
        if ent.label_ not in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"):
            seen |= set(_edges(doc, ent.start, ent.end))
    for token in doc:
        if begins(token):
            seen |= {(token.i, end) for end in _ends(doc, token.i)}
    return (span for span in sorted(seen) if _possible(doc, *span))


def _possible(doc: "Doc", start: int, end: int) -> bool:
    if end - start == 1 and is_function_word(doc[start]):
        return False
    if _initial_before(doc, start):
        return False
    return not (is_time(doc[end - 1]) and (end - start > 1 or doc.lang_ == "en" or not doc[start].ent_type_))


def _initial_before(doc: "Doc", start: int) -> bool:
    """Whether an initial stands before: "D. Nishonboyeva" is one name, also with a no-break space."""
    i = start - 1
    if i >= 0 and doc[i].text == "\u00a0":
        i -= 1
    return i >= 0 and not doc[start].is_sent_start and INITIAL.fullmatch(doc[i].text) is not None


def begins(token: "Token") -> bool:
    """Whether a name may begin here: with a capital letter, or a small part before it (eBay, аль-Башир, but not кВт)."""
    text = token.text
    if token.lower_.rstrip(".") in _never(token.doc.lang_):
        return False
    return (
        text[:1].isupper()
        or ("-" in text and text.rsplit("-", 1)[1].istitle() and text[:1].islower())
        or (text.isascii() and len(text) > 3 and text[1:2].isupper())
    )


@cache
def _never(lang: str) -> frozenset[str]:
    words = languages.load(lang, "names")
    return frozenset(t.rstrip(".") for t in words["titles"])


@cache
def _inside(lang: str) -> frozenset[str]:
    return frozenset(languages.load(lang, "names")["inside"])


@cache
def _days(lang: str) -> frozenset[str]:
    return frozenset(languages.load(lang, "names")["days"])


def is_time(token: "Token") -> bool:
    """A weekday, month or feast: "Easter Monday" and «Страстная пятница» are days, no names of these types."""
    return (token.lemma_ if token.doc.lang_ == "ru" else token.lower_).lower() in _days(token.doc.lang_)


def is_function_word(token: "Token") -> bool:
    """A Russian pronoun, conjunction, preposition or particle with the capital of its sentence: «Тем», «Ту», «То»."""
    return token.doc.lang_ == "ru" and morphology.is_function_word(token.text)


def _edges(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not begins(doc[start]):
        start += 1
    while end > start and (
        doc[end - 1].is_punct
        or doc[end - 1].is_space
        or doc[end - 1].text in ("'s", "’s", "'", "’")
        or (doc.lang_ == "en" and doc[end - 1].text.islower())
    ):
        end -= 1
    if start < end:
        yield start, end


def _ends(doc: "Doc", start: int) -> Iterator[int]:
    yield start + 1
    lang = doc.lang_
    joining = _inside(lang)
    for i in range(start + 1, min(start + LONGEST, len(doc))):
        token = doc[i]
        if token.is_sent_start:
            return
        if begins(token) or (token.like_num and i == start + 1):
            yield i + 1
        elif lang == "ru" and token.pos_ in INSIDE_RUSSIAN and token.is_alpha:
            if token.pos_ == "NOUN" and any(start <= t.i < i for t in (*token.children, token.head)):
                yield i + 1
        elif token.is_alpha and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
            continue  # Mazar-i-Sharif
        elif not (token.lower_ in joining or token.text in MARKS_INSIDE or token.text == "\u00a0"):
            return
