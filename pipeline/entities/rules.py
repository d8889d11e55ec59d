"""What grammar settles whatever the model says: addressed people, cited authors, common words that only open a sentence,
Russian institutions with the country they belong to.
"""

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from wordfreq import zipf_frequency

from pipeline import countries, languages, morphology, places
from pipeline.entities.choice import Candidate
from pipeline.entities.features import is_author, noun_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

PERSON = (math.log(0.9), math.log(0.02), math.log(0.08))
SETTLED = 1.5
"""The least odds of what a rule calls a name."""
HELD_WITH_COUNTRY = 4.0
"""The odds of an institution with its country: more than the country alone has."""
COMMON = 3.0
"""The Zipf frequency from which an English word that opens a sentence is taken for a common one."""
NEVER = -9.0


def settled(doc: "Doc", one: Candidate) -> Candidate:
    """The candidate after the rules."""
    if only_opens(doc, one.start, one.end):
        return one._replace(odds=NEVER)
    if is_author(doc, one.start, one.end) or is_addressed(doc, one.start, one.end):
        return one._replace(odds=max(one.odds, SETTLED), types=PERSON)
    if belongs_to_country(doc, one.start, one.end) or is_named_after_country(doc, one.start, one.end):
        return one._replace(
            odds=max(one.odds, HELD_WITH_COUNTRY), types=(PERSON[1], PERSON[1], math.log(0.96))
        )
    return one


def only_opens(doc: "Doc", start: int, end: int) -> bool:
    """A common word with the capital of its sentence: "Gratitude wears out", «Драккары, саги»."""
    token = doc[start]
    if end - start > 1 or not token.is_sent_start or token.text.isupper() or noun_kind(token):
        return False
    if token.text in _inside_sentences(doc):
        return False
    if doc.lang_ == "ru":
        return (
            morphology.is_common_word(token.text)
            and token.lemma_ not in languages.load("ru", "names")["governments"]
        )
    common = zipf_frequency(token.lower_, "en") >= COMMON
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
    """A Russian institution that its country completes: «Минфин Уругвая», but not «Парламент Уругвая», where only the
    sentence gives the capital."""
    if doc.lang_ != "ru" or end - start < 2 or doc[start].is_sent_start:
        return False
    known = next(
        (
            i
            for i in range(max(start + 1, end - 2), end)
            if (country := countries.mention(doc[i:end].text, "ru")) and country.kind == "name"
        ),
        None,
    )
    if known is None or "Gen" not in doc[end - 1].morph.get("Case", []):
        return False
    head = doc[known - 1]
    return "O" in noun_kind(head) and all(t.pos_ in ("ADJ", "NOUN", "PROPN") for t in doc[start:known])


def is_named_after_country(doc: "Doc", start: int, end: int) -> bool:
    """An English institution whose name opens with its country: "U.S. Treasury", "Orkney Islands Council"."""
    if doc.lang_ != "en" or end - start < 2 or (end < len(doc) and doc[end].text[:1].isupper()):
        return False
    if not all(t.text[:1].isupper() for t in doc[start:end]):
        return False
    institutions = languages.load("en", "names")["organisations"]
    opening = (countries.mention(doc[start:i].text, "en") for i in range(start + 1, end))
    return doc[end - 1].lower_ in institutions and any(c and c.kind in ("name", "capital") for c in opening)
