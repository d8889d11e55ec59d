"""Named entities: what the model found, with the boundaries of the project's convention, corrected by what is known
about countries and organisations, and linked.

Convention: the longest proper name, without article, title or possessive; countries and capitals are LOC also where
they act as governments; adjectives and peoples are NORP.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline import countries, languages, morphology
from pipeline.document import Entity, Link, Version, numbered
from pipeline.entities.organisations import longest, organisation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

KEPT = {"PER", "LOC", "ORG", "NORP", "DATE", "MONEY", "PERCENT"}
NAMES = {"PER", "LOC", "ORG"}


class Found(NamedTuple):
    """A stretch of tokens with a type; `known` when a table and not the model says so."""

    start: int
    end: int
    type: str
    link: Link | None
    known: bool


def extract(version: Version, doc: "Doc") -> tuple[Entity, ...]:
    """The entities of one version, linked where the name is that of a country or a known organisation."""
    known = [*_organisations(doc), *_countries(doc)]
    labelled = [Found(e.start, e.end, e.label_, None, False) for e in doc.ents if e.label_ in KEPT]
    model = [_bounded(doc, part) for found in labelled for part in _parts(doc, found)]
    chosen = _longest_known_first([*known, *(m for m in model if m and is_name(doc, m))])
    return numbered(f"{version.lang}.entity", (_entity(doc, found) for found in chosen))


def _organisations(doc: "Doc") -> Iterator[Found]:
    lang, end = doc.lang_, 0
    for token in doc:
        if token.i < end or not token.text[:1].isupper() or _no_part_of_a_name(token, lang):
            continue
        for stop in range(min(len(doc), token.i + longest() + 2), token.i, -1):
            span = doc[token.i : stop]
            found = organisation(span.text, lang) if _ends_in_a_word(span) else None
            if found:
                yield Found(token.i, stop, "ORG", Link(scheme="diptych-org", value=found.id), True)
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
        for stop in range(min(len(doc), token.i + 5), token.i, -1):
            span = doc[token.i : stop]
            if not _ends_in_a_word(span):
                continue
            found = countries.mention(span.text, doc.lang_)
            if found:
                kind = "LOC" if found.kind in ("name", "capital") else "NORP"
                yield Found(token.i, stop, kind, Link(scheme="iso3166", value=found.code), True)
                end = stop
                break


def _ends_in_a_word(span: "Span") -> bool:
    return not (span[-1].is_space or span[-1].is_punct or span[-1].text in ("'s", "’s"))


def _parts(doc: "Doc", found: Found) -> Iterator[Found]:
    """Two names that the model took for one ("Yerevan/Tbilisi", "Ganja or Lankaran"), and a name with its acronym in
    brackets, «Организация американских государств (ОАГ)»."""
    dividers = {"/", "(", ")", "—", "–"} | (
        {"or", "and", "или", "и"} if found.type in ("PER", "LOC") else set()
    )
    start = found.start
    if found.type in NAMES:
        for token in doc[found.start : found.end]:
            if token.text in dividers or ("/" in token.text and len(token.text) == 1):
                yield found._replace(start=start, end=token.i)
                start = token.i + 1
    yield found._replace(start=start, end=found.end)


def is_name(doc: "Doc", found: Found) -> bool:
    """Whether it is a name of the convention: no treaty or law, and no common word that only begins its sentence."""
    if found.type not in NAMES:
        return True
    span, words = doc[found.start : found.end], languages.load(doc.lang_, "names")
    if span.text in words["agreements"] or any(
        t.lemma_ in words["documents"] for t in (span[-1], span[0], span.root)
    ):
        return False
    initial = doc[found.start].is_sent_start or not doc[found.start - 1].is_alpha
    return not (
        doc.lang_ == "ru"
        and len(span) == 1
        and initial
        and span[0].pos_ != "PROPN"
        and morphology.is_common_word(span.text)
    )


def _bounded(doc: "Doc", found: Found) -> Found | None:
    """Without article, title, possessive, quotation marks and lower-case fringe; None when nothing of a name is left."""
    start, end = found.start, found.end
    if found.type in NAMES:
        while start < end and _no_part_of_a_name(doc[start], doc.lang_):
            start += 1
        while end > start and (
            doc[end - 1].text in ("'s", "’s", "'", "’", '"', "»", "”", "(", ",") or doc[end - 1].is_space
        ):
            end -= 1
        if start == end or not any(t.text[:1].isupper() for t in doc[start:end]):
            return None
    return found._replace(start=start, end=end) if end > start else None


def _no_part_of_a_name(token: "Token", lang: str) -> bool:
    return token.lower_ in languages.load(lang, "names")["before"] or token.is_punct or token.is_space


def _longest_known_first(found: Iterable[Found]) -> list[Found]:
    """No overlaps: what a table knows beats the model, unless the model's name is longer and holds it whole
    ("Bank of Georgia", «Совет Европы»); among equals the longer one."""
    taken: list[Found] = []
    used: set[int] = set()

    def rank(f: Found) -> tuple[int, bool, int]:
        return -(f.end - f.start), not f.known, f.start

    for candidate in sorted(found, key=rank):
        if not used.intersection(range(candidate.start, candidate.end)):
            taken.append(candidate)
            used.update(range(candidate.start, candidate.end))
    return taken


def _entity(doc: "Doc", found: Found) -> Entity:
    span = doc[found.start : found.end]
    return Entity(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        type=found.type,
        name=_canonical(found, span.text, doc.lang_),
        link=found.link,
        confidence=0.95 if found.known else 0.8,
        by="entities.table" if found.known else "entities.model",
    )


def _canonical(found: Found, text: str, lang: str) -> str:
    """The name in its dictionary form where a table knows it: «Казахстаном» is «Казахстан», «ЕАЭС» its long name."""
    if found.link and found.link.scheme == "iso3166" and (country := countries.mention(text, lang)):
        return country.written
    if found.link and (known := organisation(text, lang)):
        return known.name(lang)
    return text
