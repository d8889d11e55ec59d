"""Who may be called what: "the authorities" are «чиновники», but "diplomats" are no «журналисты».

The rows are data (`languages/callings.toml`). A phrase is of the rows of its head; where the head says only that somebody
speaks for others ("a spokesman for the embassy", «представитель министерства»), of the rows of what stands below it.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from pipeline import countries, languages
from pipeline.align.stem import stem
from pipeline.compare import thesaurus
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang

BELOW = frozenset({"compound", "nmod", "nmod:poss", "amod", "flat", "appos", "flat:name"})
"""Dependents that say whom a head speaks for."""


@cache
def _rows(lang: Lang) -> dict[tuple[str, ...], frozenset[str]]:
    """The rows of every word and phrase."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for row, words in languages.shared("callings")["rows"].items():
        for phrase in languages.bilingual(words)[lang]:
            key = tuple(phrase.replace("'s", " 's").split())
            found[key] = found.get(key, frozenset()) | {row}
    return found


@cache
def general(lang: Lang) -> frozenset[str]:
    """The words that say only that somebody speaks for others: "spokesman", «представитель»."""
    return frozenset(languages.bilingual(languages.shared("callings")["general"])[lang])


def phrase(side: Side, head: int) -> list[int]:
    """The places of a head and of the words that say whom it speaks for, two steps down."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    found = {head}
    for _ in range(2):
        found |= {
            index[c.i]
            for n in found
            for c in side.words[n].token.children
            if c.i in index and c.dep_ in BELOW
        }
    return sorted(found)


def rows(side: Side, head: int) -> frozenset[str]:
    """The rows that a phrase belongs to; empty where none knows it."""
    inside = phrase(side, head)
    own = _at(side, head, inside)
    if side.words[head].lemma not in general(side.lang):
        return own
    below = frozenset().union(
        *(_at(side, n, inside) for n in inside if n != head and not _only_near(side, n))
    )
    if below <= PLACES:
        return below | own if below or len(inside) == 1 or _term(side, head, inside) else frozenset()
    return below


def _only_near(side: Side, place: int) -> bool:
    """ "The local board", «местная комиссия»: what is near is no neighbour."""
    word = side.words[place]
    return word.lemma in NEAR_BY and word.token.pos_ == "ADJ"


NEAR_BY = frozenset({"local", "местный"})
PLACES = frozenset({"governor", "mayor", "government"})
"""Rows that say where a body is rather than whose it is: "the rescue agency", «спасательная служба провинции»."""


def _at(side: Side, place: int, inside: list[int]) -> frozenset[str]:
    """The rows of the longest term that a word is part of: "deputy defence minister" is a deputy minister."""
    return next((_rows(side.lang)[term] for term in _terms(side, place, inside)), frozenset())


def _term(side: Side, place: int, inside: list[int]) -> bool:
    """The word is part of a term of several words: "secretary of state"."""
    return any(len(term) > 1 for term in _terms(side, place, inside))


def _terms(side: Side, place: int, inside: list[int]) -> Iterator[tuple[str, ...]]:
    for size in (3, 2, 1):
        for places in combinations(inside, size):
            term = tuple(side.words[n].lemma for n in places)
            if place in places and term in _rows(side.lang):
                yield term


def abroad(pair: Pair, en: int, ru: int) -> bool:
    """The phrases belong to different countries: "a Greek official", «турецкий чиновник»."""
    ours, theirs = _countries(pair.en, en), _countries(pair.ru, ru)
    return bool(ours and theirs) and not ours & theirs


def _countries(side: Side, head: int) -> set[str]:
    texts = (side.words[n].token.text for n in phrase(side, head) if n != head)
    return {code for text in texts if (code := countries.code(text, side.lang))}


def exclusive(pair: Pair, en: int, ru: int) -> bool:
    """The rows know both phrases, none holds both, and the one is no rendering of the other: "professor", «преподаватель»."""
    ours, theirs = rows(pair.en, en), rows(pair.ru, ru)
    return bool(ours and theirs) and not ours & theirs and not rendering(pair, en, ru)


def rendering(pair: Pair, en: int, ru: int) -> bool:
    """By the thesaurus the heads render each other, which say all by themselves: a minister is no deputy minister."""
    sides = ((pair.en, en), (pair.ru, ru))
    if any(side.words[n].lemma in general(side.lang) or _term(side, n, phrase(side, n)) for side, n in sides):
        return False
    ours, theirs = (stem(side.words[n].lemma) for side, n in sides)
    return thesaurus.renders(ours, theirs)


def of_role(role: str) -> frozenset[str]:
    """The rows of an office that the text gives somebody; roles are English in both versions ("deputy minister").

    >>> sorted(of_role("deputy minister of transport")), sorted(of_role("former prime minister"))
    (['deputy_minister'], ['premier'])
    """
    table, words = _rows("en"), role.lower().split()
    for size in (3, 2, 1):
        for term in combinations(words, size):
            if term in table and not (size == 1 and term[0] in general("en") and len(words) > 1):
                return table[term]
    return frozenset()


def alike(pair: Pair, en: int, ru: int) -> bool:
    """Some row holds a part of both phrases: "tourism officials", «туристическое ведомство»."""
    return bool(_parts(pair.en, en) & _parts(pair.ru, ru))


def _parts(side: Side, head: int) -> frozenset[str]:
    inside = phrase(side, head)
    return frozenset().union(*(_at(side, n, inside) for n in inside))
