"""Denials met one by one: "not", "without", "failed to", «отказался», and whether the translation of what they deny is denied too.

“The court did not overturn the verdict” and «суд отменил приговор» differ by a denial: “overturn” has its translation, undenied.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.align.stem import stem
from pipeline.compare import negation, translations
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Lang

if TYPE_CHECKING:
    from spacy.tokens import Token


class Denial(NamedTuple):
    """The place of a word that denies, and of the words that it denies; `worded`: by its meaning ("refused to sign"), not outright."""

    by: int
    places: tuple[int, ...]
    worded: bool = False


class Unmet(NamedTuple):
    """A denied word of a side and its undenied translation in the other, with all denials of both sides."""

    lang: Lang
    denial: Denial
    place: int
    partner: int
    ours: tuple[Denial, ...]
    theirs: tuple[Denial, ...]


@cache
def words(lang: Lang, name: str) -> frozenset[str]:
    """A list of words of denial, as lemmas."""
    return frozenset(languages.load(lang, "negation")[name])


def unmet(pair: Pair) -> Iterator[Unmet]:
    """The denials of either side that the translation of what they deny does not share."""
    found: dict[str, tuple[Denial, ...]] = {lang: denials(pair.side(lang)) for lang in ("en", "ru")}
    sides: tuple[tuple[Lang, str], ...] = (("en", "ru"), ("ru", "en"))
    for lang, other in sides:
        for denial in found[lang]:
            best = _translated(pair, lang, denial)
            if best is None or any(best[1] in d.places for d in found[other]):
                continue
            ruled = denial.worded and _ruled(pair.other(lang), best[1])
            if not ruled and not _denied_too(pair, lang, *best):
                yield Unmet(lang, denial, *best, found[lang], found[other])


def _denied_too(pair: Pair, lang: Lang, place: int, partner: int) -> bool:
    """Something denies the translation, or it denies by itself: "not clear", «неясно», "not tall enough", «недостаточно высок»."""
    word, other = pair.side(lang).words[place], pair.other(lang)
    held = any(holds_denial(other.words[n].lemma, other.lang) for n in (partner, *_modifiers(other, partner)))
    return (
        word.token.lower_ in words(pair.side(lang).lang, "indifferent")
        or negation.touched(other, partner)
        or _pending(other, partner)
        or _behind(other, partner, "instead")
        or _behind(other, partner, "defied")
        or _less_good(other, partner)
        or other.words[partner].token.lower_ in words(other.lang, "indifferent")
        or (held and not holds_denial(word.lemma, pair.side(lang).lang))
    )


def _ruled(side: Side, place: int) -> bool:
    """The verb over a word denies by its meaning: "objected to the loan"."""
    above = predicate(side.words[place])
    return any(w.token.i == above and w.lemma in words(side.lang, "implicit") for w in side.words)


AHEAD = 3
"""Words before an infinitive within which its "to" is looked for: "to be announced"."""


def _pending(side: Side, place: int) -> bool:
    """What has not happened: "has yet to be announced", "remains to be seen"."""
    before = range(max(1, place - AHEAD), place)
    pending = words(side.lang, "pending")
    return any(side.words[n].lemma == "to" and side.words[n - 1].lemma in pending for n in before)


def _behind(side: Side, place: int, row: str) -> bool:
    """What stands behind words that deny it in their way: "rather than right", «а не вправо»; "stood up to the mayor"."""
    before = [w.lemma for w in side.words[max(0, place - AHEAD - 1) : place]]
    phrases = {*before, *(f"{a} {b}" for a, b in pairwise(before))}
    return not phrases.isdisjoint(words(side.lang, row))


def _less_good(side: Side, place: int) -> bool:
    """A deed that another one would be better than: "would do better to wait than arrest", «а не арестовывать»."""
    before = [w.lemma for w in side.words[max(0, place - 2) : place]]
    return "than" in before and side.words[place].token.pos_ == "VERB"


def _modifiers(side: Side, place: int) -> list[int]:
    """The adjectives and adverbs of a word."""
    own = {c.i for c in side.words[place].token.children if c.dep_ in ("amod", "advmod")}
    return [n for n, w in enumerate(side.words) if w.token.i in own]


def denials(side: Side) -> tuple[Denial, ...]:
    """The denials of a side; words that deny one predicate together («никто ничего не видел») are one denial."""
    found: dict[int, Denial] = {}
    for place, by in negation.denied(side).items():
        if by + 1 < len(side.words) and side.words[by + 1].lemma in words(side.lang, "worded"):
            continue  # "not without reason"
        verb = predicate(side.words[by])
        first = found.setdefault(verb, Denial(by, ()))
        found[verb] = first._replace(places=(*first.places, place))
    return (*found.values(), *_worded(side))


CLIMB = 4
"""Steps up the tree within which the predicate of a word of denial is looked for."""


def predicate(word: Word) -> int:
    """The token of the predicate that a word of denial belongs to."""
    token = word.token
    for _ in range(CLIMB):
        if token.pos_ in ("VERB", "AUX") or token.head is token:
            break
        token = token.head
    return int(token.i)


def _counselled_against(word: Word, lang: Lang) -> bool:
    """An "against" that a verb of counsel or vote rules: "advised against a compromise", «голосовал против займа»."""
    ruling = word.token.head.head.lemma_
    return word.lemma in words(lang, "against") and ruling in words(lang, "counsel")


def _rarely(side: Side, place: int) -> bool:
    """The word before denies as well: "seldom failed"."""
    return place > 0 and side.words[place - 1].lemma in words(side.lang, "worded")


BELOW = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl"})
ABOVE = frozenset({"case", "mark", "advmod"})


def _worded(side: Side) -> Iterator[Denial]:
    """Words whose meaning denies what hangs on them or what they hang on: "failed to come", «отказ платить», "without warning"."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    for n, word in enumerate(side.words):
        denies = word.lemma in words(side.lang, "worded") or _counselled_against(word, side.lang)
        if denies and not negation.touched(side, n) and not _rarely(side, n) and not negation.idle(side, n):
            token = word.token
            under = [
                c
                for c in token.children
                if c.dep_.split(":")[0] in BELOW
                and not _gives_reason(c)
                and (c.i > token.i or c.dep_ != "ccomp")
            ]
            reached = [token.head] if token.dep_.split(":")[0] in ABOVE else under
            places = [index[t.i] for t in reached if t.i in index and side.words[index[t.i]].content]
            if places:
                yield Denial(n, tuple(places), worded=True)


def _gives_reason(token: "Token") -> bool:
    """A clause of its own: "failed because they contained", but not "failed to contain"."""
    return any(c.dep_ == "mark" and c.pos_ == "SCONJ" for c in token.children)


SURE_LINK = 0.1
"""Probability from which a partner is taken for the translation of the denied word."""


def _translated(pair: Pair, lang: Lang, denial: Denial) -> tuple[int, int] | None:
    """The denied word with the surest translation, and this translation."""
    found = (
        (p, -abs(place - denial.by), place, partner)
        for place in denial.places
        for partner, p in partners(pair, lang, place).items()
    )
    best = max(found, default=None)
    return None if best is None else best[2:]


def partners(pair: Pair, lang: Lang, place: int) -> dict[int, float]:
    """The translations of a denied word: content words of a like part of speech."""
    word, others = pair.side(lang).words[place], pair.other(lang).words
    return {
        n: p
        for n, p in pair.partners(lang, place).items()
        if others[n].content and noun(word) == noun(others[n]) and p >= SURE_LINK
    }


def noun(word: Word) -> bool:
    return word.token.pos_ in ("NOUN", "PROPN", "PRON")


REST = 4
"""Letters of a word that a prefix leaves, for the prefix to deny: "un-likely", but not "un-der"."""
HELD, WHOLLY = 0.03, 0.5
"""Share of a word's translations that deny, from which the word does: with a prefix of denial, and without one."""


@cache
def holds_denial(word: str, lang: Lang) -> bool:
    """The word has a denial inside: by its prefix, and for English words by their translations.

    >>> holds_denial("inadequate", "en"), holds_denial("include", "en"), holds_denial("недостаточный", "ru")
    (True, False, True)
    """
    if lang == "ru":
        return _prefixed(word, "ru")
    there = translations.of(stem(word))
    denying = sum(p for ru, p in there.items() if ru in words("ru", "stems") or _prefixed(ru, "ru"))
    return denying > (HELD if _prefixed(word, "en") else WHOLLY) * sum(there.values())


def _prefixed(word: str, lang: Lang) -> bool:
    """A prefix of denial before what is a word without it."""
    rests = [word.removeprefix(p) for p in languages.load(lang, "negation")["prefixes"] if word.startswith(p)]
    whole = word.startswith(tuple(words(lang, "whole")))
    return not whole and any(len(rest) >= REST and translations.known(stem(rest), lang) for rest in rests)
