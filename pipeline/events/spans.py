"""The stretch of text that tells what happened: the trigger with its subject and object."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.dates import DateMention
from pipeline.events.types import Types, lemma
from pipeline.quantities.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_of(sentence: Sentence, token: "Token", types: Types) -> "Token | None":
    """ "a treaty, signed in Managua", «указ, который подписан»: the noun is what happened."""
    if token.dep_ not in ("acl", "acl:relcl") or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    between = sentence.between(token.head.idx, token.idx)
    relative = token.dep_ == "acl" or any(
        t.lower_ in ("that", "which") or lemma(t) == "который" for t in between
    )
    return token.head if relative and 0 < token.i - token.head.i <= 15 else None


def clause_of(sentence: Sentence, token: "Token") -> tuple[int, int]:
    """The whole subtree of the trigger within its sentence."""
    inside = [t for t in token.subtree if sentence.start <= t.idx < sentence.end]
    return min(t.idx for t in inside), max(t.idx + len(t.text) for t in inside)


def span_of(
    sentence: Sentence, mention: DateMention, token: "Token", dated: frozenset[int], types: Types
) -> tuple[int, int]:
    """The trigger with its subject and object, on its own side of the date and without subordinate clauses."""
    tokens = [sentence.reading.doc[i] for i in sorted({t.i for t in _core(token)} | {token.i})]
    tokens = [t for t in tokens if t.i == token.i or not (t.is_space or t.i in dated)]
    low, high = _sides(sentence, mention, token)
    run = _around(
        [t for t in tokens if t.i == token.i or (low <= t.idx and t.idx + len(t.text) <= high)], token
    )
    noun = token.pos_ in ("NOUN", "PROPN")
    while len(run) > 1 and run[0] != token and _loose(run[0], noun, types):
        run = run[1:]
    while len(run) > 1 and run[-1] != token and (run[-1].is_punct or run[-1].pos_ in LOOSE_END):
        run = run[:-1]
    start, end = run[0].idx, run[-1].idx + len(run[-1].text)
    if sentence.text[end : end + 1] == ")" and "(" in sentence.text[start:end]:
        end += 1
    return start, end


STRONG = (";", ":", "—", "–")
"""Marks that no span of a trigger crosses."""
LOOSE_END = ("ADP", "CCONJ", "SCONJ", "DET")


def _loose(token: "Token", noun: bool, types: Types) -> bool:
    """A word that only ties the trigger to what stands before it: "when", "and", the preposition of a noun."""
    relative = (
        token.lower_ in ("when", "which", "that", "who", "where", "когда", "как") or lemma(token) == "который"
    )
    return token.is_punct or relative or token.pos_ in ("CCONJ", "SCONJ") or (noun and token.pos_ == "ADP")


def _sides(sentence: Sentence, mention: DateMention, token: "Token") -> tuple[int, int]:
    """Where the span may reach: to the dates on either side of the trigger."""
    lows = [d.end for d in sentence.dates if d.end <= token.idx]
    highs = [d.start for d in sentence.dates if d.start > token.idx]
    return max(lows, default=sentence.start), min(highs, default=sentence.end)


def _around(side: list["Token"], token: "Token") -> list["Token"]:
    """The unbroken run of tokens around the trigger."""
    place = next(n for n, t in enumerate(side) if t.i == token.i)
    low = high = place
    while low > 0 and side[low].i - side[low - 1].i <= 1 and side[low - 1].text not in STRONG:
        low -= 1
    while high + 1 < len(side) and side[high + 1].i - side[high].i <= 1 and side[high + 1].text not in STRONG:
        high += 1
    return side[low : high + 1]


def _core(token: "Token") -> Iterator["Token"]:
    """The trigger and the phrases that complete it, without clauses of their own."""
    yield token
    dropped = ("advcl", "conj", "cc", "parataxis", "acl:relcl", "mark", "ccomp", "appos")
    for child in token.children:
        if child.dep_ not in dropped:
            yield from (t for t in child.subtree if not _subordinate(t, child))


def _subordinate(token: "Token", top: "Token") -> bool:
    """The token stands in a relative clause inside the phrase."""
    while token != top:
        if token.dep_ in ("acl:relcl", "advcl", "parataxis"):
            return True
        token = token.head
    return False
