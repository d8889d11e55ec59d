"""What a sentence denies: "did not ask", «ни один не пережил», "nobody had named", but not «пока не дёрнули» or "not only"."""

from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.pairs import Side
from pipeline.document import Lang

PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "ADV", "NUM", "PROPN", "PRON"})
BEFORE, PLEONASTIC = 3, 7
"""Words before a word in which its denial and a time conjunction are looked for."""


class _Words(NamedTuple):
    explicit: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    pleonastic: frozenset[str]
    passed_on: frozenset[str]


@cache
def _data(lang: Lang) -> _Words:
    data = languages.load(lang, "negation")
    return _Words(
        frozenset(data["explicit"]),
        frozenset(data["not_before"]),
        frozenset(data["not_after"]),
        frozenset(data["pleonastic"]),
        frozenset(data["passed_on"]),
    )


def negators(side: Side) -> list[int]:
    """The places of the words that deny something outright."""
    data = _data(side.lang)
    return [n for n, w in enumerate(side.words) if w.lemma in data.explicit and _denies(side, n, data)]


def raw(side: Side) -> list[int]:
    """The places of all words of denial, whatever they do there."""
    data = _data(side.lang)
    return [n for n, w in enumerate(side.words) if w.lemma in data.explicit and not _nonetheless(side, n)]


def _nonetheless(side: Side, n: int) -> bool:
    """ "None the less" denies nothing."""
    after = [w.token.lower_ for w in side.words[n + 1 : n + 3]]
    return side.words[n].lemma == "none" and after[:1] == ["the"] and after[1:] == ["less"]


def touched(side: Side, place: int) -> bool:
    """A word of denial stands shortly before the word, or hangs on it or on its head."""
    negative = set(raw(side))
    token = side.words[place].token
    verb = token.pos_ == "VERB"
    before = range(max(0, place - (2 if verb else BEFORE)), place)
    comma = any(
        "," in side.version.text[side.words[n].end : side.words[place].start] for n in before if n in negative
    )
    if not comma and any(n in negative for n in before):
        return True
    if verb and "VerbForm=Inf" in str(token.morph):
        verb = False  # «не хотел признавать»
    own = {
        t.i
        for t in (*token.children, *(token.head.children if token.head.dep_ != "root" and not verb else ()))
    }
    return any(side.words[n].token.i in own for n in negative)


@cache
def _idle_phrases(lang: Lang) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in languages.load(lang, "negation")["idle"])


def idle(side: Side, n: int) -> bool:
    """A phrase in which the word denies nothing: "not for the first time", «без малого час», «в никуда»."""
    around = [
        tuple(w.token.lower_ for w in side.words[first : n + LONGEST]) for first in (n, n - 1) if first >= 0
    ]
    return any(there[: len(phrase)] == phrase for there in around for phrase in _idle_phrases(side.lang))


LONGEST = 5
"""Words of the longest phrase in which a word of denial denies nothing."""


def _denies(side: Side, n: int, data: _Words) -> bool:
    if idle(side, n):
        return False
    after = side.words[n + 1].lemma if n + 1 < len(side.words) else ""
    before = side.words[n - 1].lemma if n else ""
    if after in data.not_before or before in data.not_after:
        return False
    if any(w.lemma == "тот" for w in side.words[n + 1 : n + 3]):
        return False  # «не к тому противнику»: the wrong one
    if side.words[n].lemma == "не" and _of_one(side, n + 1):
        return False  # «не с одной трубой»: with more than one
    if any(w.lemma == "ли" for w in side.words[n + 2 : n + 3]):
        return False  # «не был ли он»: a question
    if side.words[n].token.text == "No" and after[:1].isdigit():
        return False
    if side.words[n].lemma in ("nothing", "none") and before in ("for", "to", "at", "from"):
        return False  # "for nothing", "38 to none"
    return not _pleonastic(side, n, data)


def _pleonastic(side: Side, n: int, data: _Words) -> bool:
    """A time conjunction shortly before, or over the verb that the denied one is joined to: «пока не сядет и не даст знак»."""
    head = side.words[n].token.head
    ruling = (head, head.head) if head.dep_ == "conj" else (head,)
    return any(w.lemma in data.pleonastic for w in side.words[max(0, n - PLEONASTIC) : n]) or any(
        c.dep_ in ("mark", "advmod") and c.lemma_.lower() in data.pleonastic
        for t in ruling
        for c in t.children
    )


def _of_one(side: Side, n: int) -> bool:
    """A preposition and "one"."""
    after = side.words[n : n + 2]
    return len(after) == 2 and after[0].token.pos_ == "ADP" and after[1].lemma == "один"


def denied(side: Side) -> dict[int, int]:
    """The words that are denied, by place, with the place of the word that denies them.

    A predicate is denied by its own particle and by a negative subject, object or determiner below it; what is denied
    twice («не могут не замечать») is not denied.
    """
    index = {w.token.i: n for n, w in enumerate(side.words)}
    found: dict[int, list[int]] = {}
    for n in negators(side):
        for place in _targets(side, n, index):
            found.setdefault(place, []).append(n)
    alone = {place: by[0] for place, by in found.items()}
    return {p: n for p, n in alone.items() if not _undone(side, p, alone, index)}


def _targets(side: Side, n: int, index: dict[int, int]) -> list[int]:
    """The head of a negator, the predicate above it where the head is an argument ("no formula has survived"), and the one
    below where the head is a modal ("need not pay", «не обязан платить»)."""
    token = side.words[n].token
    targets = [index.get(token.head.i, -1)]
    if token.head.lemma_ in _data(side.lang).passed_on:
        targets += [index[c.i] for c in token.head.children if c.dep_ in ("xcomp", "csubj") and c.i in index]
    if token.head.dep_.split(":")[0] in ("nsubj", "obj", "obl", "nmod", "det", "aux", "cop", "advmod"):
        targets.append(index.get(token.head.head.i, -1))
    if n + 1 < len(side.words):
        targets.append(n + 1)
    return [t for t in dict.fromkeys(targets) if t >= 0 and t != n and side.words[t].token.pos_ in PREDICATES]


def _undone(side: Side, place: int, found: dict[int, int], index: dict[int, int]) -> bool:
    """«Нельзя не признать»: the denied modal above a denied verb."""
    token = side.words[place].token
    modal = {"мочь", "нельзя", "смочь", "can", "could", "fail"}
    above = index.get(token.head.i, -1)
    return (above in found and above != place and side.words[above].lemma in modal) or (
        side.words[place].lemma in modal and any(index.get(t.i, -1) in found for t in token.children)
    )
