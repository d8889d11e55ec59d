"""Where on a scale a predicate stands: "plans to leave" and «выходит», "entitles" and «обязывает», "may" and «должен».

One lexicon for both languages (`languages/scales.toml`) says which words set a predicate on which step; how freely faithful
translators exchange two steps, or a step and nothing, is counted in real translations (`models/scales`). What they hardly ever
exchange is a difference.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.compare import contrasts, negation
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang

if TYPE_CHECKING:
    from spacy.tokens import Token


IDLE = "idle"
"""The step of phrases that only look like marks: "has to do with"."""


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
    forms = [{w.lemma, w.token.lower_.replace("ё", "е")} for w in side.words]
    found: list[Mark] = []
    for i, here in enumerate(forms):
        if (found and i <= found[-1].last) or unmodal(side.words[i].token):
            continue
        rows = [row for form in sorted(here) for row in index.get(form, ())]
        fits = [
            (step, len(words))
            for step, words in rows
            if len(words) <= len(forms) - i
            and all(w in f for w, f in zip(words, forms[i:], strict=False))
            and not _broken(side, i, i + len(words) - 1)
        ]
        if fits:
            step, size = max(fits, key=lambda fit: fit[1])
            last = i + size - 1
            found.append(Mark(step, i, last, anchor(side, i, last)))
    return found


def _broken(side: Side, first: int, last: int) -> bool:
    """A quotation begins or ends inside: the aim was | “to have three doors”."""
    between = side.version.text[side.words[first].start : side.words[last].end]
    return any(mark in between for mark in '“”«»„"')


def unmodal(token: "Token") -> bool:
    """A word that only looks like one of a scale: the month of May, a residence permit, «решить проблему», "appears on page 2"."""
    return (
        (token.lower_ in ("may", "might") and (token.pos_ != "AUX" or token.text == "May"))
        or (token.lower_ == "right" and token.pos_ != "NOUN")
        or (token.lemma_.lower() in PAPERS and token.pos_ in ("NOUN", "PROPN"))
        or (token.lemma_.lower() in SOLVES and _solves(token))
        or (token.lemma_.lower() == "appear" and not _raises(token) and not _impersonal(token))
    )


PAPERS = frozenset({"permit", "order"})
SOLVES = frozenset({"решить", "решать"})


def _solves(token: "Token") -> bool:
    """«Решить проблему», «которую надеется решить», but not «решил уйти», «решено», «решили»."""
    thing = _takes(token, frozenset({"obj"})) or token.morph.get("VerbForm", []) == ["Inf"]
    return thing and not _takes(token, CLAUSES)


def _raises(token: "Token") -> bool:
    """ "Appears to know", but not "appears in the list": a clause before it is one of its own."""
    return any(c.dep_ in CLAUSES and c.i > token.i for c in token.children)


def _impersonal(token: "Token") -> bool:
    """ "He left, it appears"."""
    return any(c.lower_ == "it" for c in token.children)


CLAUSES = frozenset({"xcomp", "ccomp"})


def _takes(token: "Token", complements: frozenset[str]) -> bool:
    return any(c.dep_ in complements for c in token.children)


def only(side: Side, place: int) -> bool:
    """What can only be done must be: "requires the consent of both", «можно лишь с согласия обеих»."""
    return any(w.lemma in ONLY for w in side.words[max(0, place - 2) : place + 4])


ONLY = frozenset({"only", "лишь", "только"})


def elsewhere(pair: Pair, a: Mark, b: Mark) -> bool:
    """Two marks stand in two clauses: the predicate of either is rendered, and not by the other's."""
    there, back = pair.match("en", a.anchor), pair.match("ru", b.anchor)
    if there is None or back is None or there == b.anchor or back == a.anchor:
        return False
    return pair.ru.words[there].content and pair.en.words[back].content


def negated(side: Side, mark: Mark) -> bool:
    """A denial stands before a mark, right after it ("may not land"), or on its subject ("no neighbour may", "without having to")."""
    helps = side.words[mark.last].token.pos_ == "AUX"
    if negation.touched(side, mark.first) or (helps and mark.last + 1 in negation.raw(side)):
        return True
    if any(w.lemma in WITHOUT for w in side.words[max(0, mark.first - 2) : mark.first]):
        return True
    places = {w.token.i: n for n, w in enumerate(side.words)}
    around = {side.words[mark.first].token, side.words[mark.anchor].token, side.words[mark.first].token.head}
    subjects = (c for t in around for c in t.children if c.dep_.startswith("nsubj") and c.i in places)
    denying = {n for n in negation.raw(side) if side.words[n].lemma not in PARTICLES}
    return any(places.get(t.i) in denying for s in subjects for t in (s, *s.children))


def conceded(side: Side, place: int) -> bool:
    """A "may" that only grants what a "but" takes back: "may have come first, but"."""
    sentence = side.words[place].token.sent
    return any(w.token.lower_ in BUT and w.token.sent == sentence for w in side.words[place:])


BUT = frozenset({"but", "yet"})
FORBIDDING = frozenset({"may", "can", "entitled", "bound", "advised", "needed"})
"""Steps that forbid alike once both are denied: "no neighbour may hold", «ни у кого не должно быть»."""
PARTICLES = frozenset({"not", "не", "hardly", "едва"})
WITHOUT = frozenset({"without", "без"})


COMPLEMENTS = ("xcomp", "ccomp", "csubj", "acl")


def anchor(side: Side, first: int, last: int) -> int:
    """The predicate that a mark speaks of: what a verb or noun governs ("plans to leave"), else what an adverb or an
    auxiliary hangs on ("probably left")."""
    places = {w.token.i: n for n, w in enumerate(side.words)}
    own = range(first, last + 1)
    heads = [n for n in own if places.get(side.words[n].token.head.i, first) not in own] or [last]
    token = side.words[heads[-1]].token
    if token.pos_ in GOVERNING and not (last > first and side.words[first].token.pos_ in OPENING):
        for dep in COMPLEMENTS:
            for child in token.children:
                if child.dep_ == dep and child.i in places and places[child.i] not in own:
                    return places[child.i]
        return heads[-1]
    at = places.get(token.head.i)
    return heads[-1] if at is None else at


OPENING = frozenset({"ADP", "SCONJ"})
"""What begins an adverbial of several words: «как правило», «без исключения», "for the most part"."""
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
    likeness = pair.likeness if lang == "en" else pair.likeness.T
    ranked = [
        (
            sum(bool(set(pair.partners(back, c)) & ours) for c in _companions(there, n)),
            float(likeness[mark.anchor, n]),
            -n,
        )
        for n, w in enumerate(there.words)
        if w.token.pos_ == "VERB" and free(pair, back, n)
    ]
    shared, near, place = max(ranked, default=(0, 0.0, 0))
    return -place if shared or near >= NEAR else None


NEAR = 0.55
"""Likeness from which two verbs that no lexicon joins stand for each other: plain translations have .58 there (`renderings`)."""


def _light(pair: Pair, lang: Lang, met: int) -> int:
    """The verb that says with a noun what one verb says in the other version: "to resign", «подать в отставку»."""
    there = pair.other(lang)
    token = there.words[met].token
    verbs = [
        n
        for n, w in enumerate(there.words)
        if token.pos_ == "NOUN" and w.token.i == token.head.i and w.token.pos_ == "VERB"
    ]
    return verbs[0] if verbs and free(pair, OTHER[lang], verbs[0]) else met


def free(pair: Pair, lang: Lang, place: int) -> bool:
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
    opposed, counted = languages.shared("scales")["opposed"], languages.shared("scales")["counted"]
    a, b = counted.get(a, a), counted.get(b, b)
    return [a, b] in opposed or [b, a] in opposed


def loose(step: str) -> bool:
    """A step that no other excludes: what stands there is neither more nor less sure."""
    scale = languages.shared("scales")
    return not any(scale["counted"].get(step, step) in opposed for opposed in scale["opposed"])


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
