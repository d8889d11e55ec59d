"""Stretches of words that may be a name: every one that begins and ends like a name and holds together.

English: "Bank", "Bank of Georgia" and "Georgia" are three candidates; Russian: «Высокий суд», «Высокий суд Восточной
Дании» and «Дании». Which of them is a name, and of what, is for the model to say.
"""

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline import languages, morphology
from pipeline.entities.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 8
INITIAL = re.compile(r"[A-ZА-ЯЁ]\.")
INSIDE_RUSSIAN = {"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "DET"}
MARKS_INSIDE = {"-", "–", "‑", "'", "’", "«", "»", "“", "”", '"', "&", "."}


def candidates(doc: "Doc", words: Words | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of each candidate, by token, in order."""
    words = words or Words(doc)
    never = _never(words.lang)
    begin = [begins(text, lower, never) for text, lower in zip(words.text, words.lower, strict=True)]
    seen: set[tuple[int, int]] = set()
    for ent in doc.ents:
        if ent.label_ not in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"):
            seen |= set(_edges(words, begin, ent.start, ent.end))
    for start, may_begin in enumerate(begin):
        if may_begin:
            seen |= {(start, end) for end in _ends(words, begin, start)}
    return (span for span in sorted(seen) if _possible(words, *span))


def _possible(words: Words, start: int, end: int) -> bool:
    if end - start == 1 and is_function_word(words, start):
        return False
    if _initial_before(words, start):
        return False
    return not (is_time(words, end - 1) and (end - start > 1 or words.lang == "en" or not words.label[start]))


def _initial_before(words: Words, start: int) -> bool:
    """Whether an initial stands before: "D. Nishonboyeva" is one name, also with a no-break space."""
    i = start - 1
    if i >= 0 and words.text[i] == "\u00a0":
        i -= 1
    return i >= 0 and not words.is_sent_start[start] and INITIAL.fullmatch(words.text[i]) is not None


def begins(text: str, lower: str, never: Container[str]) -> bool:
    """Whether a name may begin with this word: with a capital letter, or a small part before it (eBay, аль-Башир, but not
    кВт)."""
    if lower.rstrip(".") in never:
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


def is_time(words: Words, i: int) -> bool:
    """A weekday, month or feast: "Easter Monday" and «Страстная пятница» are days, no names of these types."""
    return (words.lemma[i].lower() if words.lang == "ru" else words.lower[i]) in _days(words.lang)


def is_function_word(words: Words, i: int) -> bool:
    """A Russian pronoun, conjunction, preposition or particle with the capital of its sentence: «Тем», «Ту», «То»."""
    return words.lang == "ru" and morphology.is_function_word(words.text[i])


def _edges(words: Words, begin: Sequence[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not begin[start]:
        start += 1
    while end > start and (
        words.is_punct[end - 1]
        or words.is_space[end - 1]
        or words.text[end - 1] in ("'s", "’s", "'", "’")
        or (words.lang == "en" and words.text[end - 1].islower())
    ):
        end -= 1
    if start < end:
        yield start, end


def _ends(words: Words, begin: Sequence[bool], start: int) -> Iterator[int]:
    yield start + 1
    lang = words.lang
    joining = _inside(lang)
    for i in range(start + 1, min(start + LONGEST, len(words))):
        if words.is_sent_start[i]:
            return
        if begin[i] or (words.like_num[i] and i == start + 1):
            yield i + 1
        elif lang == "ru" and words.pos[i] in INSIDE_RUSSIAN and words.is_alpha[i]:
            if words.pos[i] == "NOUN" and any(start <= t < i for t in (*words.children(i), words.head[i])):
                yield i + 1
        elif words.is_alpha[i] and words.text[i - 1] == "-" and not words.blank_after[i - 1]:
            continue  # Mazar-i-Sharif
        elif not (words.lower[i] in joining or words.text[i] in MARKS_INSIDE or words.text[i] == "\u00a0"):
            return
