"""Named entities: candidates weighed by a model that knows the first model's opinion, the words around, the tree and the
tables; the best set of them; one type a name in a document; linked where the name is a country or known organisation.

Convention: the longest proper name, without article, title or possessive; countries and capitals are LOC also where
they act as governments; adjectives and peoples are NORP.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate, groupby
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
from pipeline.entities.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

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
    words = Words(doc)
    known = {(f.start, f.end): f for f in (*_countries(words), *_organisations(words))}
    weighed = _weighed(doc, words, known)
    keys = {(c.start, c.end): name_key(words.span(c.start, c.end), words.lang) for c in weighed}
    long_forms = explained(words, weighed)
    weighed = [_spelled_out(words, c, long_forms) for c in weighed]
    sure = {keys[c.start, c.end] for c in _best(words, weighed) if c.odds > 1 and not c.fixed}
    again = [
        c._replace(odds=c.odds + ELSEWHERE_BONUS)
        if c.odds <= 1 and not c.fixed and keys[c.start, c.end] in sure
        else c
        for c in weighed
    ]
    chosen = consistent(_best(words, again), keys)
    taken = {i for c in chosen for i in range(c.start, c.end)}
    measured = [e for e in doc.ents if e.label_ in MEASURED and not taken.intersection(range(e.start, e.end))]
    return numbered(
        f"{version.side}.entity",
        [*(_entity(doc, c, long_forms) for c in chosen), *(_measured(e) for e in measured)],
    )


def _weighed(doc: "Doc", words: Words, known: dict[tuple[int, int], Found]) -> list[Candidate]:
    """Every candidate with its odds; what a table knows is a candidate even where the model sees none."""
    spans = sorted({*candidates(doc, words), *known})
    read = context(doc, words)
    rows = model.probabilities(words.lang, (features(read, start, end) for start, end in spans))
    result = []
    for (start, end), row in zip(spans, rows, strict=True):
        one = candidate(start, end, row)
        found = known.get((start, end))
        if found and found.type == "LOC" and names_a_unit(words, start, end):
            continue
        if found and not (is_capital(words, start, end) and _names_a_treaty(words, start, end)):
            odds = 1.0 if found.type == "NORP" else max(0.5, one.odds + KNOWN_BONUS)
            one = one._replace(odds=odds, link=found.link, fixed=found.type)
        elif not is_name(words, start, end):
            continue
        else:
            one = settled(words, one)
        result.append(one)
    return result


def _spelled_out(words: Words, one: Candidate, long_forms: Mapping[str, Candidate]) -> Candidate:
    """An acronym that the document explains, and its long form, are names; both of one type."""
    if one.fixed:
        return one
    spelled = long_forms.get(words.text[one.start]) if one.end - one.start == 1 else None
    if spelled is None and one not in long_forms.values():
        return one
    types = (spelled or one).types
    return one._replace(odds=max(one.odds, SPELLED_OUT), types=types)


def _best(words: Words, weighed: list[Candidate]) -> list[Candidate]:
    sentence = list(accumulate(words.is_sent_start))
    return [c for _, group in groupby(weighed, key=lambda c: sentence[c.start]) for c in best(list(group))]


def _organisations(words: Words) -> Iterator[Found]:
    lang, end = words.lang, 0
    for start, text in enumerate(words.text):
        if start < end or not text[:1].isupper() or not may_begin(text, lang):
            continue
        if _no_part_of_a_name(words, start):
            continue
        for stop in range(min(len(words), start + longest() + 2), start, -1):
            found = organisation(words.span(start, stop), lang) if _is_end_of_name(words, stop - 1) else None
            if found:
                yield Found(start, stop, "ORG", Link(scheme="diptych-org", value=found.id))
                end = stop
                break


def _countries(words: Words) -> Iterator[Found]:
    """Countries, capitals, adjectives and peoples, the longest first: "South Korean", «Республика Молдова»."""
    lang, end = words.lang, 0
    for start, text in enumerate(words.text):
        capital = text[:1].isupper()
        if start < end or not (capital or (lang == "ru" and words.pos[start] in ("ADJ", "NOUN"))):
            continue
        if not countries.may_begin(text, lang):
            continue
        for stop in range(min(len(words), start + 5), start, -1):
            if not _is_end_of_name(words, stop - 1):
                continue
            found = countries.mention(words.span(start, stop), lang)
            if found and (capital or found.kind in ("adjective", "people")):
                kind = "LOC" if found.kind in ("name", "capital") else "NORP"
                yield Found(start, stop, kind, Link(scheme="iso3166", value=found.code))
                end = stop
                break


def _is_end_of_name(words: Words, i: int) -> bool:
    return not (words.is_space[i] or words.is_punct[i] or words.text[i] in ("'s", "’s"))


def is_name(words: Words, start: int, end: int) -> bool:
    """Whether it may be a name of the convention: no treaty or law, no language or script, no Roman number."""
    text, named = words.span(start, end), languages.load(words.lang, "names")
    if end - start == 1 and (ROMAN_NUMBER.fullmatch(text) or text.lower() in tongues(words.lang)):
        return False
    if _names_a_treaty(words, start, end):
        return False
    return text not in named["agreements"] and not any(
        words.lemma[i] in named["documents"] for i in (end - 1, start, words.root(start, end))
    )


def is_capital(words: Words, start: int, end: int) -> bool:
    """An English capital: "the Paris agreements" are no place, while in «договор Москвы» a government acts."""
    country = countries.mention(words.span(start, end), words.lang)
    return words.lang == "en" and country is not None and country.kind == "capital"


def _names_a_treaty(words: Words, start: int, end: int) -> bool:
    """Whether it only tells which treaty or doctrine is meant: "the Estrada Doctrine", "the Paris agreements", "the Treaty
    of Tlatelolco", «доктрина Монро»."""
    treaties, lang = languages.load(words.lang, "names")["treaties"], words.lang
    if lang == "en" and end < len(words) and words.lower[end].rstrip("s") in treaties:
        return words.text[end][:1].isupper() or words.lower[end].endswith("s")
    before = start - 2 if lang == "en" and start and words.lower[start - 1] == "of" else start - 1
    if before < 0 or words.lemma[before].lower() not in treaties:
        return False
    return lang == "ru" or (before == start - 2 and words.text[before][:1].isupper())


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


def _no_part_of_a_name(words: Words, i: int) -> bool:
    before = languages.load(words.lang, "names")["before"]
    return words.lower[i] in before or words.is_punct[i] or words.is_space[i]


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
