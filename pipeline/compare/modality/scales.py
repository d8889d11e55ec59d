"""Where on a scale a predicate stands: "plans to leave" and «выходит», "entitles" and «обязывает», "may" and «должен».

One lexicon for both languages (`languages/scales.toml`) says which words set a predicate on which step; how freely faithful
translators exchange two steps, or a step and nothing, is counted in real translations (`models/scales`). What they hardly ever
exchange is a difference.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.compare import contrasts
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang

if TYPE_CHECKING:
    from spacy.tokens import Token


class Mark(NamedTuple):
    """A word or phrase that sets a predicate on a step: its first and last place, and the place of the predicate."""

    step: str
    first: int
    last: int
    anchor: int


@cache
def _phrases(lang: Lang) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The steps and phrases of a language by their first lemma, long phrases first."""
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for step, row in languages.shared("scales")["steps"].items():
        for phrase in languages.bilingual(row)[lang]:
            words = tuple(phrase.split())
            index.setdefault(words[0], []).append((step, words))
    return {first: sorted(rows, key=lambda r: -len(r[1])) for first, rows in index.items()}


def marks(side: Side) -> list[Mark]:
    """The words of a side that set a predicate on a step, one at each place."""
    index = _phrases(side.lang)
    places = {w.token.i: n for n, w in enumerate(side.words)}
    forms = [{w.lemma, w.token.lower_.replace("ё", "е")} for w in side.words]
    found: list[Mark] = []
    for i, here in enumerate(forms):
        if (found and i <= found[-1].last) or noun(side.words[i].token):
            continue
        rows = [row for form in sorted(here) for row in index.get(form, ())]
        fits = [
            (step, len(words))
            for step, words in rows
            if len(words) <= len(forms) - i and all(w in f for w, f in zip(words, forms[i:], strict=False))
        ]
        if fits:
            step, size = max(fits, key=lambda fit: fit[1])
            last = i + size - 1
            found.append(Mark(step, i, last, _anchor(side, places, i, last)))
    return found


def noun(token: "Token") -> bool:
    """The month of May, the might of an army, a wish ("May it last!"): no modal verbs."""
    return token.lower_ in ("may", "might") and (token.pos_ != "AUX" or token.text == "May")


def only(side: Side, place: int) -> bool:
    """What can only be done must be: "requires the consent of both", «можно лишь с согласия обеих»."""
    return any(w.lemma in ONLY for w in side.words[max(0, place - 2) : place + 4])


ONLY = frozenset({"only", "лишь", "только"})


COMPLEMENTS = ("xcomp", "ccomp", "csubj", "acl")


def _anchor(side: Side, places: dict[int, int], first: int, last: int) -> int:
    """The predicate that a mark speaks of: what a verb or noun governs ("plans to leave"), else what an adverb or an
    auxiliary hangs on ("probably left")."""
    own = range(first, last + 1)
    heads = [n for n in own if places.get(side.words[n].token.head.i, first) not in own] or [last]
    token = side.words[heads[-1]].token
    if token.pos_ in GOVERNING:
        for dep in COMPLEMENTS:
            for child in token.children:
                if child.dep_ == dep and child.i in places and places[child.i] not in own:
                    return places[child.i]
        return heads[-1]
    at = places.get(token.head.i)
    return heads[-1] if at is None else at


GOVERNING = frozenset({"VERB", "NOUN", "ADJ"})


def counterpart(pair: Pair, lang: Lang, mark: Mark) -> int | None:
    """The predicate of the other side that stands for the one a mark speaks of: its translation, or else the verb that
    nothing translates and whose companions are those of the mark ("could be dry", «пересохнет»)."""
    met = pair.match(lang, mark.anchor)
    there = pair.other(lang)
    if met is not None:
        return _light(pair, lang, met)
    ours = _companions(pair.side(lang), mark.anchor) | _companions(pair.side(lang), mark.last)
    back = OTHER[lang]
    ranked = [
        (sum(bool(set(pair.partners(back, c)) & ours) for c in _companions(there, n)), -n)
        for n, w in enumerate(there.words)
        if w.token.pos_ == "VERB" and _free(pair, back, n)
    ]
    shared, place = max(ranked, default=(0, 0))
    return -place if shared else None


def _light(pair: Pair, lang: Lang, met: int) -> int:
    """The verb that says with a noun what one verb says in the other version: "to resign", «подать в отставку»."""
    there = pair.other(lang)
    token = there.words[met].token
    verbs = [
        n
        for n, w in enumerate(there.words)
        if token.pos_ == "NOUN" and w.token.i == token.head.i and w.token.pos_ == "VERB"
    ]
    return verbs[0] if verbs and _free(pair, OTHER[lang], verbs[0]) else met


def _free(pair: Pair, lang: Lang, place: int) -> bool:
    """No word of weight translates a word: the lexicon's chance partners ("out", «выходит») do not count."""
    met = pair.match(lang, place)
    return met is None or not pair.other(lang).words[met].content


OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
COMPANIONS = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})


def _companions(side: Side, place: int) -> set[int]:
    """What hangs on a word: its subject, its objects, its circumstances."""
    places = {w.token.i: n for n, w in enumerate(side.words)}
    return {places[c.i] for c in side.words[place].token.children if c.i in places and c.pos_ in COMPANIONS}


@cache
def exclude(a: str, b: str) -> bool:
    """Two steps exclude each other: "may" and "must", but not "hopes" and "often"."""
    return [a, b] in languages.shared("scales")["opposed"] or [b, a] in languages.shared("scales")["opposed"]


def meeting(pair: Pair, lang: Lang, mark: Mark, others: Sequence[Mark]) -> list[Mark]:
    """The marks of the other side that stand where a mark does: at its predicate, or among translations of its words."""
    at = {counterpart(pair, lang, mark), *pair.partners(lang, mark.anchor)}
    own = {m for n in range(mark.first, mark.last + 1) for m in pair.partners(lang, n)}
    return [
        o
        for o in others
        if o.anchor in at or own & set(range(o.first, o.last + 1)) or _level(pair, lang, mark, o) >= LEVEL
    ]


LEVEL = 0.3
"""Closeness from which two marks stand in one place of their sentences."""


def _level(pair: Pair, lang: Lang, mark: Mark, other: Mark) -> float:
    a, b = (contrasts.Hit(0, m.first, m.last) for m in (mark, other))
    return contrasts.closeness(pair, a, b) if lang == "en" else contrasts.closeness(pair, b, a)
