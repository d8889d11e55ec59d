"""What grammar settles whatever the model says: addressed people, cited authors, common words that only open a sentence,
Russian institutions with the country they belong to.
"""

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline import countries, frequency, languages, morphology, places
from pipeline.entities.choice import Candidate
from pipeline.entities.features import is_author, noun_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

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


def settled(doc: "Doc", one: Candidate) -> Candidate:
    """The candidate after the rules."""
    if only_opens(doc, one.start, one.end):
        return one._replace(odds=NEVER)
    if is_author(doc, one.start, one.end) or is_addressed(doc, one.start, one.end):
        return one._replace(odds=max(one.odds, SETTLED), types=PERSON)
    if any(held(doc, one.start, one.end) for held in HELD):
        return one._replace(
            odds=max(one.odds, HELD_WITH_COUNTRY), types=(PERSON[1], PERSON[1], math.log(0.96))
        )
    return one


def only_opens(doc: "Doc", start: int, end: int) -> bool:
    """A common word, or two with a hyphen, with the capital of their sentence: "Gratitude wears out", «Драккары, саги»,
    «Экономисты-республиканцы»."""
    token = doc[start]
    if end - start > 1 or not token.is_sent_start or token.text.isupper() or noun_kind(token):
        return False
    if token.text in _inside_sentences(doc):
        return False
    if doc.lang_ == "ru":
        return (
            all(map(morphology.is_common_word, token.text.split("-")))
            and token.lemma_ not in languages.load("ru", "names")["governments"]
        )
    common = frequency.zipf(token.lower_, "en") >= COMMON
    return common and token.pos_ not in ("PROPN", "X") and not places.place(token.text, "en")


@lru_cache(
    maxsize=1
)  # asked for every candidate of one document after the other: once a document, not once a candidate
def _inside_sentences(doc: "Doc") -> frozenset[str]:
    """The words that stand elsewhere than at the beginning of a sentence."""
    return frozenset(t.text for t in doc if not t.is_sent_start)


def is_addressed(doc: "Doc", start: int, end: int) -> bool:
    """A capitalised name right behind Mr, Mrs, г-н, to its last capitalised word."""
    if not start or doc[start - 1].lower_ not in languages.load(doc.lang_, "names")["titles"]:
        return False
    whole = all(t.text[:1].isupper() or t.text in ("-", "\u00a0") for t in doc[start:end])
    return whole and not (end < len(doc) and doc[end].text[:1].isupper())


def belongs_to_country(doc: "Doc", start: int, end: int) -> bool:
    """A Russian institution that its country or town completes: «Минфин Уругвая», «Министерство обороны Перу», «Школа
    искусств Глазго», but not «Парламент Уругвая», where only the sentence gives the capital."""
    if doc.lang_ != "ru" or end - start < 2 or doc[start].is_sent_start:
        return False
    known = next((i for i in range(max(start + 1, end - 2), end) if _is_place(doc[i:end])), None)
    if known is None or "Gen" not in doc[end - 1].morph.get("Case", []):
        return False
    return _is_institution(doc[start:known])


def _is_place(words: "Span") -> bool:
    country = countries.mention(words.text, "ru")
    return country.kind == "name" if country else places.place(words.text, "ru") is not None


def opens_with_country(doc: "Doc", start: int, end: int) -> bool:
    """A Russian institution with the adjective of its country, which has a capital only as part of a name: «сообщила
    Канадская служба переливания крови»."""
    if doc.lang_ != "ru" or end - start < 2 or doc[start].is_sent_start or not doc[start - 1].is_alpha:
        return False
    country = countries.mention(doc[start].text, "ru")
    if country is None or country.kind != "adjective":
        return False
    return _is_institution(doc[start:end]) and not any(
        t.i >= end and t.dep_ == "nmod" for t in doc[end - 1].children
    )


def _is_institution(words: "Span") -> bool:
    """Whether the words name a Russian institution: its noun with adjectives before, and what it deals with after,
    «Южная электросетевая корпорация», «Министерство обороны», «Совет по делам религий»."""
    nouns = [t for t in words if t.pos_ in NOMINAL]
    if not nouns or "O" not in noun_kind(nouns[0]) or {t.pos_ for t in words} - NAMING:
        return False
    after = [t for t in words if t.i > nouns[0].i]
    cases = {"Gen", "Dat"} if any(t.lower_ == "по" for t in after) else {"Gen"}
    return all(t.lower_ == "по" or cases.intersection(t.morph.get("Case", [])) for t in after)


def is_named_after_country(doc: "Doc", start: int, end: int) -> bool:
    """An English institution whose name opens with its country: "U.S. Treasury", "Orkney Islands Council"."""
    if doc.lang_ != "en" or end - start < 2 or (end < len(doc) and doc[end].text[:1].isupper()):
        return False
    if not all(t.text[:1].isupper() for t in doc[start:end]):
        return False
    institutions = languages.load("en", "names")["organisations"]
    opening = (countries.mention(doc[start:i].text, "en") for i in range(start + 1, end))
    return doc[end - 1].lower_ in institutions and any(c and c.kind in ("name", "capital") for c in opening)


def names_a_unit(doc: "Doc", start: int, end: int) -> bool:
    """A country that only tells which money is meant: "50 US dollars", «5000 долларов США»."""
    before = doc[max(0, start - 1) : end].text.lower().replace("\u00a0", " ")
    after = doc[start : end + 1].text.lower().replace("\u00a0", " ")
    return bool(_units(doc.lang_) & {before, after})


@cache
def _units(lang: str) -> frozenset[str]:
    return frozenset(
        word for words in languages.load(lang, "units")["units"].values() for word in words if " " in word
    )


HELD = (belongs_to_country, opens_with_country, is_named_after_country)
"""Institutions that hold the name of their country or town."""
