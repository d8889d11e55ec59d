"""Whose speakers and figures are, agreed between the versions: what one of them states the other need not guess.

"Poland's minister Wilczyk" and «министр Вильчик» are one man, so he is Poland's in Russian too, and in every statement. Of
two guesses the surer one holds. What both versions state, and state differently, stays as it is: that is a difference.
"""

from collections.abc import Iterator

import msgspec

from pipeline.consensus.words import SAME_WORD, similarity
from pipeline.counterparts import pairs
from pipeline.document import Lang, Quantity, Statement, Version, Work
from pipeline.setting import STATED

Name = tuple[Lang, str]
"""A speaker of a version."""
Opinion = tuple[float, str]
"""How sure a version is of a country, and the country."""


def sided(work: Work) -> dict[Lang, Version]:
    """The versions with one country a speaker, and one a figure and its counterpart."""
    speakers, figures = _speakers(work), _figures(work)
    return {lang: _told(version, lang, speakers, figures) for lang, version in work.versions.items()}


def _told(
    version: Version, lang: Lang, speakers: dict[Name, Opinion], figures: dict[str, Opinion]
) -> Version:
    statements, quantities = version.statements, version.quantities
    if statements is not None:
        statements = tuple(_of(s, speakers.get((lang, s.speaker_name or ""))) for s in statements)
    if quantities is not None:
        quantities = tuple(_about(q, figures.get(q.id)) for q in quantities)
    return msgspec.structs.replace(version, statements=statements, quantities=quantities)


def _of(statement: Statement, opinion: Opinion | None) -> Statement:
    if opinion is None or statement.country_confidence == STATED:
        return statement
    sure, country = opinion
    return msgspec.structs.replace(statement, country=country, country_confidence=sure)


def _about(quantity: Quantity, opinion: Opinion | None) -> Quantity:
    if opinion is None or quantity.subject == opinion[1]:
        return quantity
    sure, country = opinion
    other = None if quantity.counterpart == country else quantity.counterpart
    return msgspec.structs.replace(quantity, subject=country, counterpart=other, subject_confidence=sure)


def _speakers(work: Work) -> dict[Name, Opinion]:
    """The surest opinion on every speaker, in whichever version it stands."""
    said: dict[Name, Opinion] = {}
    for lang, version in work.versions.items():
        for s in version.statements or ():
            if s.speaker_name and s.country and s.country_confidence is not None:
                name: Name = (lang, s.speaker_name)
                said[name] = max(said.get(name, (0.0, "")), (s.country_confidence, s.country))
    for en, ru in _same_people(said):
        if said[en][0] != said[ru][0]:
            said[en] = said[ru] = max(said[en], said[ru])
    return said


def _same_people(said: dict[Name, Opinion]) -> Iterator[tuple[Name, Name]]:
    """Who is called alike in both versions: each Russian name with the English one that it sounds most like."""
    english = [name for name in said if name[0] == "en"]
    for ru in [name for name in said if name[0] == "ru"]:
        best = max(english, key=lambda en: _alike(en[1], ru[1]), default=None)
        if best and _alike(best[1], ru[1]) >= SAME_WORD:
            yield best, ru


def _alike(en: str, ru: str) -> float:
    """How much two names sound alike by their surnames and, where both have them, their given names."""
    ours, theirs = en.split(), ru.split()
    surnames = similarity(ours[-1], theirs[-1])
    if len(ours) == 1 or len(theirs) == 1:
        return surnames
    return min(surnames, (surnames + similarity(ours[0], theirs[0])) / 2)


def _figures(work: Work) -> dict[str, Opinion]:
    """The surest opinion on what each figure and its counterpart are about."""
    found: dict[str, Opinion] = {}
    for en, ru in pairs(work, "quantities"):
        both = [q for q in (en, ru) if q is not None and q.subject and q.subject_confidence is not None]
        if len(both) == 2 and all(q.subject_confidence < STATED for q in both):
            best = max((q.subject_confidence, q.subject) for q in both)
            found |= {en.id: best, ru.id: best}
    return found
