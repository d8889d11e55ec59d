"""What stands with two words in their sentences: "the House backed the bill", «Палата отклонила законопроект».

Two predicates with one subject, one object or one circumstance tell of one event; if their words exclude each other, so do the versions.
"""

from typing import TYPE_CHECKING

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.contrasts import KINDS, Contrast, Hit
from pipeline.compare.pairs import Pair, Side

if TYPE_CHECKING:
    from spacy.tokens import Token

RENDERED = 0.05
"""Probability from which a companion of the one word renders a companion of the other."""
ARGUMENTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "csubj", "xcomp", "ccomp"})
SAID_OF = frozenset({"acl", "acl:relcl", "amod", "nummod", "advmod", "det"})
COUNTS = frozenset({"most_few", "many_few", "some_few", "more_less", "larger_smaller"})
"""Groups of how much, which Russian says by other parts of speech: "few households", «большинство семей»."""


def shared(pair: Pair, found: Contrast) -> int:
    """How many companions of the one word render companions of the other, where both words are predicates or both are not."""
    en, ru = _core(pair.en, found.en), _core(pair.ru, found.ru)
    if found.group not in COUNTS and KINDS.get(en.pos_) != KINDS.get(ru.pos_):
        return 0
    ours, theirs = companions(pair.en, found.en), companions(pair.ru, found.ru)
    return sum(
        any(pair.matches[0].get(n, (-1, 0.0))[0] == m and pair.matches[0][n][1] >= RENDERED for m in theirs)
        for n in ours
    )


def _core(side: Side, hit: Hit) -> "Token":
    """The word of a phrase that carries it: «выступал за»."""
    words = side.words[hit.first : hit.last + 1]
    return next((w for w in words if w.content), words[-1]).token


def companions(side: Side, hit: Hit) -> set[int]:
    """The places of the subject, the objects and the circumstances of a word, and of what it is said of."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    return {
        index[t.i]
        for t in _around(_core(side, hit))
        if t.i in index and not hit.first <= index[t.i] <= hit.last and side.words[index[t.i]].content
    }


def _around(token: "Token") -> "list[Token]":
    below = [c for c in token.children if c.dep_.split(":")[0] in ARGUMENTS]
    if token.dep_ in ("conj", "xcomp"):
        below += [c for c in token.head.children if c.dep_.startswith("nsubj")]
    return [*below, token.head] if token.dep_ in SAID_OF else below


TIME = "before_after"
DOUBTFUL = frozenset({"more_less"})


def settle(pair: Pair, found: Contrast) -> bool:
    """What stands with two opposites tells that they contradict each other."""
    if len(negation.raw(pair.en)) != len(negation.raw(pair.ru)):
        return False
    if found.group == TIME:
        return _one_event(pair, found)
    if found.group in languages.shared("contrasts")["doubtful"] and found.group not in DOUBTFUL:
        return False
    return shared(pair, found) > 0


def _one_event(pair: Pair, found: Contrast) -> bool:
    """ "Before" and «после» stand before words that render each other: "before the session", «после заседания»."""
    if not _rules(pair.en, found.en) or not _rules(pair.ru, found.ru):
        return False
    en, ru = _ruled(pair.en, found.en), _ruled(pair.ru, found.ru)
    return any(m in ru for n in en for m in pair.partners("en", n))


def _rules(side: Side, hit: Hit) -> bool:
    """The word rules a noun or a clause, alone: "after the holiday", but not "until after the holiday" or «прежде»."""
    alone = hit.first == 0 or side.words[hit.first - 1].lemma not in ("until", "till")
    return alone and side.words[hit.first].token.pos_ in ("ADP", "SCONJ")


def _ruled(side: Side, hit: Hit) -> set[int]:
    """The event that a word of time rules, and what makes it up: "before the decision was taken"."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    head = side.words[hit.last].token.head
    around = (head, *(c for c in head.children if c.dep_.split(":")[0] in ARGUMENTS and c.i > side.words[hit.last].token.i))
    return {index[t.i] for t in around if t.i in index and side.words[index[t.i]].content}
