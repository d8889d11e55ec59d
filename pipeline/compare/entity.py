"""Names that differ: Vanadzor against «Дилижан», the Netherlands against «Норвегия», Mercosur against «УНАСУР».

A name is explained when the other side has the same country or organisation (by any name: capital, adjective, acronym)
or a word that sounds or translates alike. One unexplained name on each side, of one type, is a difference; several are
left alone, because free translations rename, explain and drop names.
"""

from collections.abc import Iterator, Sequence

from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sound import apart
from pipeline.compare.translations import probability, stem
from pipeline.document import Difference, Entity

BY = "entity"
PLACE, PERSON, ORGANISATION = frozenset({"LOC"}), frozenset({"PER"}), frozenset({"ORG"})
NAMES = PLACE | PERSON | ORGANISATION
LINKED, PLACES, PEOPLE = 0.9, 0.8, 0.65
"""Confidence by what is known: both names are linked to different countries or organisations, both are places, both
are people. Planted names and faithful news, see tests/cases/compare."""


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The name differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = pairs[max(0, n - 1) : n + 2]
        en = [e for e in _names(pair.en) if not any(_explained(e, p.ru) for p in near)]
        ru = [r for r in _names(pair.ru) if not any(_explained(r, p.en) for p in near)]
        for types in (PLACE, PERSON, ORGANISATION):
            ours = [e for e in en if e.type in types]
            theirs = [r for r in ru if r.type in types]
            if len(ours) == len(theirs) == 1 and _apart(ours[0], theirs[0]):
                confidence = _confidence(ours[0], theirs[0])
                yield _difference(pair, ours[0], theirs[0], confidence)


def _apart(en: Entity, ru: Entity) -> bool:
    """No word of one name sounds like a word of the other."""
    return all(apart(a, b) for a in _words(en) for b in _words(ru))


def _names(side: Side) -> list[Entity]:
    seen: dict[str, Entity] = {}
    for entity in side.within(side.version.entities or ()):
        if entity.type in NAMES:
            seen.setdefault(entity.link.value if entity.link else entity.name, entity)
    return list(seen.values())


def _explained(name: Entity, other: Side) -> bool:
    """Some name or word of the other side stands for this one."""
    there = other.within(other.version.entities or ())
    if name.link and any(e.link and e.link.value == name.link.value for e in there):
        return True
    return any(_partner(word, w.stem, other.lang) for word in _stems(name) for w in other.words)


def _stems(name: Entity) -> list[str]:
    return [stem(w.lower()) for w in _words(name)]


def _words(name: Entity) -> list[str]:
    return [w for w in name.text.replace("-", " ").split() if w[:1].isupper()]


def _partner(word: str, other: str, lang: str) -> bool:
    return (probability(word, other) if lang == "ru" else probability(other, word)) > 0


def _confidence(en: Entity, ru: Entity) -> float:
    if en.link and ru.link:
        return LINKED
    return {"LOC": PLACES, "PER": PEOPLE}.get(en.type, 0.3)


def _difference(pair: Pair, en: Entity, ru: Entity, confidence: float) -> Difference:
    return difference(
        "entity",
        evidence(pair.en.version, en.start, en.end, BY),
        evidence(pair.ru.version, ru.start, ru.end, BY),
        confidence * pair.sure,
        f"The English version names {en.name}, the Russian one {ru.name}.",
        type=en.type,
        name_en=en.name,
        name_ru=ru.name,
    )
