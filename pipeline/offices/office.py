"""An office with its role, country and status."""

from typing import TYPE_CHECKING, NamedTuple

from pipeline.offices.nouns import TERM, data, plain
from pipeline.offices.places import countries_of
from pipeline.offices.roles import english_role, russian_role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LED = ("head", "leader", "chair", "director", "president", "commander", "manager")
"""Offices told by a verb that are over when the verb is past: "who headed the bank"."""


class Office(NamedTuple):
    """An office over the tokens [first, last): `head` is the token of its noun."""

    first: int
    last: int
    head: int
    role: str
    country: str | None
    former: bool
    gender: str | None
    abroad: str | None = None


def holds_phrase(doc: "Doc", first: int, last: int, phrases: list[str]) -> bool:
    text = doc[first:last].text.lower() if first < last else ""
    return any(phrase in text for phrase in phrases)


def office_of(doc: "Doc", first: int, last: int, head: int, lang: str) -> Office | None:
    words = data(lang)
    country, abroad = countries_of(doc, first, last, lang)
    then = any(t.lower_ in words["then"] or plain(t.lemma_) in words["then"] for t in doc[first:head]) or (
        holds_phrase(doc, first, last, words["then_phrases"])
        or (first > 0 and doc[first - 1].lower_ in words["then"])
    )
    role = english_role(doc, first, last, head) if lang == "en" else russian_role(doc, first, last, head)
    if not role:
        return None
    return Office(
        first,
        last,
        head,
        role,
        country,
        not then and is_former(doc, first, last, head, lang),
        _gender(doc[head], lang),
        abroad,
    )


def is_former(doc: "Doc", first: int, last: int, head: int, lang: str) -> bool:
    """Whether the words of an office call it past: "former", "ex-", «бывший», «экс-», «в прошлом», "until 2016"."""
    words = data(lang)
    for token in doc[max(0, first - 1) : head + 1]:
        parts = plain(token.text).split("-")
        if (
            plain(token.lemma_) in words["former"]
            or plain(token.text) in words["former"]
            or (len(parts) > 1 and parts[0] in words["former"])
        ):
            return token.i >= first or lang == "ru" or token.dep_ == "amod"
    if holds_phrase(doc, first, last, words["former_phrases"]):
        return True
    if TERM.search(doc[head:last].text):
        return True
    return any(
        t.lower_ in words["until"] and any(x.like_num for x in doc[t.i + 1 : t.i + 3]) for t in doc[head:last]
    )


def _gender(head: "Token", lang: str) -> str | None:
    words, lemma = data(lang), plain(head.lemma_)
    if lemma in words["female_heads"]:
        return "Fem"
    return "Masc" if lemma in words["male_heads"] else None
