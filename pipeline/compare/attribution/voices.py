"""Words of speech: "said that", "as he put it", «по словам», «известно, что»; how much each says of what it brings, and who speaks.

The words and their weights are data (`languages/claims.toml`).
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.compare import negation, sources
from pipeline.compare.pairs import Side, Word
from pipeline.document import Lang

if TYPE_CHECKING:
    from spacy.tokens import Token


class Claim(NamedTuple):
    """A word of speech, its weights, and the place of whoever speaks, where the clause names one."""

    place: int
    weights: frozenset[str]
    speaker: int | None


@cache
def rows(name: str, lang: Lang) -> dict[str, frozenset[str]]:
    """The weights of every word of a table: those it has (`weights`), or those it may render besides (`renders`)."""
    found: dict[str, frozenset[str]] = {}
    for weight, row in languages.shared("claims")[name].items():
        for word in languages.bilingual(row)[lang]:
            found[word] = found.get(word, frozenset()) | {weight}
    return found


@cache
def speech(lang: Lang) -> frozenset[str]:
    """Every word that says that somebody says, thinks or knows something."""
    told = languages.load(lang, "speech")
    found = {
        *rows("weights", lang),
        *languages.bilingual(languages.shared("claims")["voices"]["others"])[lang],
    }
    found |= {w for w, weights in rows("renders", lang).items() if weights - UNCERTAIN}
    found |= {w for verbs in told["verbs"].values() for w in verbs} | {
        *told["nouns"]["speech"],
        *told["nouns"]["carried"],
    }
    return frozenset(found).union(*(sources.words(lang, name) for name in OF_SOURCES))


UNCERTAIN = frozenset({"guessed", "found", "known", "confirmed", "excused"})
"""Weights that words render which say nothing of anybody: "may", «показать»."""
OF_SOURCES = ("asserts", "marks", "accounts", "cites", "wills")


def speaks(word: Word, lang: Lang) -> bool:
    """The word says that somebody says, thinks or knows something."""
    return not speech(lang).isdisjoint({word.lemma, word.token.lower_})


def claims(side: Side) -> list[Claim]:
    """The words of a side that bring what somebody says, none of them denied."""
    known = rows("weights", side.lang)
    found = [
        Claim(n, there, _speaker(side, n))
        for n, w in enumerate(side.words)
        if (there := known.get(w.lemma) or known.get(w.token.lower_)) and _brings(side, n)
    ]
    return [] if any(_denied(side, claim) for claim in found) else found


def _denied(side: Side, claim: Claim) -> bool:
    """ "Did not say", "neither side would say", «никто не сказал»."""
    if negation.touched(side, claim.place):
        return True
    speaker = None if claim.speaker is None else side.words[claim.speaker].token
    places = {side.words[n].token.i for n in negation.raw(side)}
    return speaker is not None and not places.isdisjoint({speaker.i, *(c.i for c in speaker.children)})


def _brings(side: Side, place: int) -> bool:
    """What stands at a place brings what is said: "said that", "he said", «как сказал», «по словам», «известно, что»."""
    token = side.words[place].token
    children = list(token.children)
    if token.pos_ == "NOUN" and side.lang == "en" and token.lemma_.lower() not in VIEWS:
        return False  # "in the state of"
    if token.pos_ == "NOUN":
        return (
            any(c.lower_ in ACCORDING[side.lang] for c in children if c.dep_ == "case")
            or token.head.lemma_.lower() in VOICING
        )
    if token.dep_ == "xcomp" and token.head.lemma_.lower() in TRYING:
        return False  # «пытался доказать», "tried to prove"
    if token.pos_ != "VERB":
        return token.lower_ == KNOWN and any(c.dep_ in CONTENT for c in children)
    return (
        any(c.dep_ in CONTENT or (c.dep_ == "xcomp" and c.pos_ in VERBS) for c in children)
        or (token.dep_ == "parataxis" and not any(c.dep_ == "obj" for c in children))
        or any(c.lower_ in AS and c.dep_ in JOINING for c in children)
        or (_subject(children) and _besides_quotation(side, place))
    )


def _subject(children: Sequence["Token"]) -> bool:
    return any(c.dep_.startswith("nsubj") for c in children)


def _besides_quotation(side: Side, place: int) -> bool:
    """A quotation stands in the sentence, and the word outside it."""
    before = side.version.text[side.start : side.words[place].start]
    opened = sum(before.count(mark) for mark in "«“") - sum(before.count(mark) for mark in "»”")
    return opened == 0 and before.count('"') % 2 == 0 and any(mark in side.text for mark in '«“"')


ACCORDING: dict[Lang, frozenset[str]] = {
    "en": frozenset({"in", "by"}),
    "ru": frozenset({"по", "согласно"}),
}
VIEWS = frozenset({"opinion", "view", "admission", "confession", "suspicion"})
TRYING = frozenset(
    {"try", "attempt", "seek", "want", "пытаться", "попытаться", "стараться", "хотеть", "стремиться"}
)
AS = frozenset({"как", "as"})
KNOWN = "известно"
CONTENT = frozenset({"ccomp", "parataxis", "csubj", "csubj:pass"})
JOINING = frozenset({"mark", "advmod"})
VERBS = frozenset({"VERB", "AUX"})
VOICING = frozenset({"высказать", "высказывать", "выразить", "выражать"})
"""Verbs that only voice what their object names: «высказал предположение»."""


def _speaker(side: Side, place: int) -> int | None:
    """Whoever says it: the subject of the verb, or of the one that governs it («вынужден был признать»), the agent of a
    passive, the body where they say so, the owner of an account."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    token = side.words[place].token
    if side.lang == "en" and any(c.lemma_ == "be" for c in token.children):
        return None  # "participants are told"
    owners = OWNERS if token.pos_ == "NOUN" else SUBJECTS
    for verb in (token, token.head):
        for dep in owners:
            there = [c for c in verb.children if c.i in index and c.dep_ == dep]
            if there:
                return index[there[0].i]
        if token.dep_ not in ("xcomp", "obj", "nsubj:pass"):
            return None
    return None


OWNERS = ("nmod", "nmod:poss", "det")
SUBJECTS = ("nsubj", "obl:agent", "obl")
