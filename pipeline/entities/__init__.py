"""Named entities: candidates weighed by a model that knows the first model's opinion, the words around, the tree and the
tables; the best set of them; one type a name in a document; linked where the name is a country or known organisation.

Convention: the longest proper name, without article, title or possessive; countries and capitals are LOC also where
they act as governments; adjectives and peoples are NORP.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale

from pipeline import countries, languages, places
from pipeline.document import Entity, Link, Version, numbered
from pipeline.entities import model
from pipeline.entities.acronyms import explained
from pipeline.entities.candidates import candidates
from pipeline.entities.choice import ELSEWHERE_BONUS, KNOWN_BONUS, Candidate, best, candidate, consistent
from pipeline.entities.features import context, features, name_key
from pipeline.entities.model import component
from pipeline.entities.nominative import nominative
from pipeline.entities.organisations import longest, may_begin, organisation
from pipeline.entities.rules import names_a_unit, settled

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["NAMES", "component", "extract"]

MEASURED = {"DATE", "MONEY", "PERCENT"}
NAMES = {"PER", "LOC", "ORG"}
ROMAN_NUMBER = re.compile(r"[IVXLC]+")
SPELLED_OUT = 1.5
"""The least odds of an acronym that the document explains."""


class Found(NamedTuple):
    """A stretch of tokens that a table knows."""

    start: int
    end: int
    type: str
    link: Link | None


def extract(version: Version, doc: "Doc") -> tuple[Entity, ...]:
    """The entities of one version, linked where the name is that of a country or a known organisation."""
    known = {(f.start, f.end): f for f in (*_countries(doc), *_organisations(doc))}
    weighed = _weighed(doc, known)
    keys = {(c.start, c.end): name_key(doc[c.start : c.end].text, doc.lang_) for c in weighed}
    long_forms = explained(doc, weighed)
    weighed = [_spelled_out(doc, c, long_forms) for c in weighed]
    sure = {keys[c.start, c.end] for c in _best(doc, weighed) if c.odds > 1 and not c.fixed}
    again = [
        c._replace(odds=c.odds + ELSEWHERE_BONUS)
        if c.odds <= 1 and not c.fixed and keys[c.start, c.end] in sure
        else c
        for c in weighed
    ]
    chosen = consistent(_best(doc, again), keys)
    taken = {i for c in chosen for i in range(c.start, c.end)}
    measured = [e for e in doc.ents if e.label_ in MEASURED and not taken.intersection(range(e.start, e.end))]
    return numbered(
        f"{version.side}.entity",
        [*(_entity(doc, c, long_forms) for c in chosen), *(_measured(e) for e in measured)],
    )


def _weighed(doc: "Doc", known: dict[tuple[int, int], Found]) -> list[Candidate]:
    """Every candidate with its odds; what a table knows is a candidate even where the model sees none."""
    spans = sorted({*candidates(doc), *known})
    read = context(doc)
    rows = model.probabilities(doc.lang_, [list(features(read, start, end)) for start, end in spans])
    result = []
    for (start, end), row in zip(spans, rows, strict=True):
        one = candidate(start, end, row)
        found = known.get((start, end))
        if found and found.type == "LOC" and names_a_unit(doc, start, end):
            continue
        if found and not (is_capital(doc, start, end) and _names_a_treaty(doc, start, end)):
            odds = 1.0 if found.type == "NORP" else max(0.5, one.odds + KNOWN_BONUS)
            one = one._replace(odds=odds, link=found.link, fixed=found.type)
        elif not is_name(doc, start, end):
            continue
        else:
            one = settled(doc, one)
        result.append(one)
    return result


def _spelled_out(doc: "Doc", one: Candidate, long_forms: Mapping[str, Candidate]) -> Candidate:
    """An acronym that the document explains, and its long form, are names; both of one type."""
    if one.fixed:
        return one
    spelled = long_forms.get(doc[one.start].text) if one.end - one.start == 1 else None
    if spelled is None and one not in long_forms.values():
        return one
    types = (spelled or one).types
    return one._replace(odds=max(one.odds, SPELLED_OUT), types=types)


def _best(doc: "Doc", weighed: list[Candidate]) -> list[Candidate]:
    sentence = [0] * len(doc)
    for number, sent in enumerate(doc.sents):
        for token in sent:
            sentence[token.i] = number
    return [c for _, group in groupby(weighed, key=lambda c: sentence[c.start]) for c in best(list(group))]


def _organisations(doc: "Doc") -> Iterator[Found]:
    lang, end = doc.lang_, 0
    for token in doc:
        if token.i < end or not token.text[:1].isupper() or not may_begin(token.text, lang):
            continue
        if _no_part_of_a_name(token, lang):
            continue
        for stop in range(min(len(doc), token.i + longest() + 2), token.i, -1):
            span = doc[token.i : stop]
            found = organisation(span.text, lang) if _ends_in_a_word(span) else None
            if found:
                yield Found(token.i, stop, "ORG", Link(scheme="diptych-org", value=found.id))
                end = stop
                break


def _countries(doc: "Doc") -> Iterator[Found]:
    """Countries, capitals, adjectives and peoples, the longest first: "South Korean", «Республика Молдова»."""
    end = 0
    for token in doc:
        if token.i < end or not (
            token.text[:1].isupper() or (doc.lang_ == "ru" and token.pos_ in ("ADJ", "NOUN"))
        ):
            continue
        if not countries.may_begin(token.text, doc.lang_):
            continue
        for stop in range(min(len(doc), token.i + 5), token.i, -1):
            span = doc[token.i : stop]
            if not _ends_in_a_word(span):
                continue
            found = countries.mention(span.text, doc.lang_)
            if found and (found.kind in ("adjective", "people") or token.text[:1].isupper()):
                kind = "LOC" if found.kind in ("name", "capital") else "NORP"
                yield Found(token.i, stop, kind, Link(scheme="iso3166", value=found.code))
                end = stop
                break


def _ends_in_a_word(span: "Span") -> bool:
    return not (span[-1].is_space or span[-1].is_punct or span[-1].text in ("'s", "’s"))


def is_name(doc: "Doc", start: int, end: int) -> bool:
    """Whether it may be a name of the convention: no treaty or law, no language or script, no Roman number."""
    span, words = doc[start:end], languages.load(doc.lang_, "names")
    if end - start == 1 and (ROMAN_NUMBER.fullmatch(span.text) or span.text.lower() in tongues(doc.lang_)):
        return False
    if _names_a_treaty(doc, start, end):
        return False
    return span.text not in words["agreements"] and not any(
        t.lemma_ in words["documents"] for t in (span[-1], span[0], span.root)
    )


def is_capital(doc: "Doc", start: int, end: int) -> bool:
    """An English capital: "the Paris agreements" are no place, while in «договор Москвы» a government acts."""
    country = countries.mention(doc[start:end].text, doc.lang_)
    return doc.lang_ == "en" and country is not None and country.kind == "capital"


def _names_a_treaty(doc: "Doc", start: int, end: int) -> bool:
    """Whether it only tells which treaty or doctrine is meant: "the Estrada Doctrine", "the Paris agreements", "the Treaty
    of Tlatelolco", «доктрина Монро»."""
    treaties = languages.load(doc.lang_, "names")["treaties"]
    if doc.lang_ == "en" and end < len(doc) and doc[end].lower_.rstrip("s") in treaties:
        return bool(doc[end].text[:1].isupper() or doc[end].lower_.endswith("s"))
    before = start - 2 if doc.lang_ == "en" and start and doc[start - 1].lower_ == "of" else start - 1
    if before < 0 or doc[before].lemma_.lower() not in treaties:
        return False
    return doc.lang_ == "ru" or (before == start - 2 and doc[before].text[:1].isupper())


@cache
def tongues(lang: str) -> frozenset[str]:
    """Languages, scripts and the peoples called after them, in lower case, but no word that is also a large town.

    >>> "cyrillic" in tongues("en"), "кириллица" in tongues("ru"), "lima" in tongues("en")
    (True, True, False)
    """
    locale = Locale(lang)
    names = {str(name).lower() for table in (locale.languages, locale.scripts) for name in table.values()}
    single = {name for name in names if name.isalpha() and not places.place(name.title(), lang)}
    return frozenset({*single, *(f"{name}s" for name in single if lang == "en")})


def _no_part_of_a_name(token: "Token", lang: str) -> bool:
    return token.lower_ in languages.load(lang, "names")["before"] or token.is_punct or token.is_space


def _entity(doc: "Doc", chosen: Candidate, long_forms: Mapping[str, Candidate]) -> Entity:
    span = doc[chosen.start : chosen.end]
    spelled = long_forms.get(span.text)
    link = chosen.link or (spelled.link if spelled else None)
    return Entity(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        type=chosen.type,
        name=_canonical(link, doc[spelled.start : spelled.end] if spelled else span, chosen.type),
        link=link,
        confidence=0.95 if chosen.link else round(1 / (1 + math.exp(-chosen.odds)), 4),
        types=() if chosen.fixed else tuple(round(math.exp(t), 4) for t in chosen.types),
        by="entities.table" if chosen.link else "entities.model",
    )


def _measured(span: "Span") -> Entity:
    return Entity(
        start=span.start_char, end=span.end_char, text=span.text, type=span.label_, name=span.text,
        confidence=0.8, by="entities.first_model",
    )  # fmt: skip


def _canonical(link: Link | None, span: "Span", type: str) -> str:
    """The name in its dictionary form: «Казахстаном» is «Казахстан», «ЕАЭС» its long name, «Назарбаевым» «Назарбаев»."""
    lang = span.doc.lang_
    if link and link.scheme == "iso3166" and (country := countries.mention(span.text, lang)):
        return country.written
    if link and (known := organisation(span.text, lang)):
        return known.name(lang)
    return nominative(span, type) if lang == "ru" else span.text
