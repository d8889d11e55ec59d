"""What grammar settles whatever the model says: addressed people, cited authors, common words that only open a sentence,
Russian institutions with the country they belong to.
"""

import math
from functools import cache

from pipeline import countries, frequency, languages, morphology, places
from pipeline.entities.choice import Candidate
from pipeline.entities.features import is_author, noun_kind
from pipeline.entities.words import Words

PERSON = (math.log(0.9), math.log(0.02), math.log(0.08))
SETTLED = 1.5
"""The least odds of what a rule calls a name."""
HELD_WITH_COUNTRY = 9.0
"""The odds of an institution with its country: more than the country and the rest ever have apart."""
COMMON = 3.0
"""The Zipf frequency from which an English word that opens a sentence is taken for a common one."""
NEVER = -9.0
NOMINAL = {"NOUN", "PROPN"}
NAMING = {*NOMINAL, "ADJ", "ADP"}


def settled(words: Words, one: Candidate) -> Candidate:
    """The candidate after the rules."""
    if only_opens(words, one.start, one.end):
        return one._replace(odds=NEVER)
    if is_author(words, one.start, one.end) or is_addressed(words, one.start, one.end):
        return one._replace(odds=max(one.odds, SETTLED), types=PERSON)
    if any(held(words, one.start, one.end) for held in HELD):
        return one._replace(
            odds=max(one.odds, HELD_WITH_COUNTRY), types=(PERSON[1], PERSON[1], math.log(0.96))
        )
    return one


def only_opens(words: Words, start: int, end: int) -> bool:
    """A common word, or two with a hyphen, with the capital of their sentence: "Gratitude wears out", «Драккары, саги»,
    «Экономисты-республиканцы»."""
    if end - start > 1 or not words.is_sent_start[start]:
        return False
    text, lemma, lang = words.text[start], words.lemma[start], words.lang
    if text.isupper() or noun_kind(lemma, lang) or text in words.inside_sentences:
        return False
    if lang == "ru":
        return (
            all(map(morphology.is_common_word, text.split("-")))
            and lemma not in languages.load("ru", "names")["governments"]
        )
    common = frequency.zipf(words.lower[start], "en") >= COMMON
    return common and words.pos[start] not in ("PROPN", "X") and not places.place(text, "en")


def is_addressed(words: Words, start: int, end: int) -> bool:
    """A capitalised name right behind Mr, Mrs, г-н, to its last capitalised word."""
    if not start or words.lower[start - 1] not in languages.load(words.lang, "names")["titles"]:
        return False
    whole = all(text[:1].isupper() or text in ("-", "\u00a0") for text in words.text[start:end])
    return whole and not (end < len(words) and words.text[end][:1].isupper())


def belongs_to_country(words: Words, start: int, end: int) -> bool:
    """A Russian institution that its country or town completes: «Минфин Уругвая», «Министерство обороны Перу», «Школа
    искусств Глазго», but not «Парламент Уругвая», where only the sentence gives the capital."""
    if words.lang != "ru" or end - start < 2 or words.is_sent_start[start]:
        return False
    known = next((i for i in range(max(start + 1, end - 2), end) if _is_place(words.span(i, end))), None)
    if known is None or "Gen" not in words.values(end - 1, "Case"):
        return False
    return _is_institution(words, start, known)


def _is_place(name: str) -> bool:
    country = countries.mention(name, "ru")
    return country.kind == "name" if country else places.place(name, "ru") is not None


def opens_with_country(words: Words, start: int, end: int) -> bool:
    """A Russian institution with the adjective of its country, which has a capital only as part of a name: «сообщила
    Канадская служба переливания крови»."""
    if words.lang != "ru" or end - start < 2 or words.is_sent_start[start] or not words.is_alpha[start - 1]:
        return False
    country = countries.mention(words.text[start], "ru")
    if country is None or country.kind != "adjective":
        return False
    return _is_institution(words, start, end) and not any(
        i >= end and words.dep[i] == "nmod" for i in words.children(end - 1)
    )


def _is_institution(words: Words, start: int, end: int) -> bool:
    """Whether the words name a Russian institution: its noun with adjectives before, and what it deals with after,
    «Южная электросетевая корпорация», «Министерство обороны», «Совет по делам религий»."""
    first = next((i for i in range(start, end) if words.pos[i] in NOMINAL), None)
    if first is None or "O" not in noun_kind(words.lemma[first], words.lang):
        return False
    if not NAMING.issuperset(words.pos[start:end]):
        return False
    cases = {"Gen", "Dat"} if "по" in words.lower[first + 1 : end] else {"Gen"}
    return all(
        words.lower[i] == "по" or cases.intersection(words.values(i, "Case")) for i in range(first + 1, end)
    )


def is_named_after_country(words: Words, start: int, end: int) -> bool:
    """An English institution whose name opens with its country: "U.S. Treasury", "Orkney Islands Council"."""
    text = words.text
    if words.lang != "en" or end - start < 2 or (end < len(words) and text[end][:1].isupper()):
        return False
    if not all(word[:1].isupper() for word in text[start:end]):
        return False
    institutions = languages.load("en", "names")["organisations"]
    opening = (countries.mention(words.span(start, i), "en") for i in range(start + 1, end))
    return words.lower[end - 1] in institutions and any(c and c.kind in ("name", "capital") for c in opening)


def names_a_unit(words: Words, start: int, end: int) -> bool:
    """A country that only tells which money is meant: "50 US dollars", «5000 долларов США»."""
    before = words.span(max(0, start - 1), end).lower().replace("\u00a0", " ")
    after = words.span(start, min(end + 1, len(words))).lower().replace("\u00a0", " ")
    return bool(_units(words.lang) & {before, after})


@cache
def _units(lang: str) -> frozenset[str]:
    return frozenset(
        word for words in languages.load(lang, "units")["units"].values() for word in words if " " in word
    )


HELD = (belongs_to_country, opens_with_country, is_named_after_country)
"""Institutions that hold the name of their country or town."""
