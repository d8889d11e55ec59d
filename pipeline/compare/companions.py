"""What stands with two words in their sentences: "the House backed the bill", «Палата отклонила законопроект».

Two predicates with one subject, one object or one circumstance tell of one event; if their words exclude each other, so do the versions.
"""

from typing import TYPE_CHECKING

from pipeline import languages
from pipeline.compare import denials
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


def alike(pair: Pair, found: Contrast) -> bool:
    """Both words are predicates, or both are not; quantities are told by any kind of word."""
    return found.group in COUNTS or _kind(_core(pair.en, found.en)) == _kind(_core(pair.ru, found.ru))


def shared(pair: Pair, found: Contrast) -> int:
    """How many companions of the one word render companions of the other."""
    ours, theirs = companions(pair.en, found.en), companions(pair.ru, found.ru)
    return sum(
        any(pair.matches[0].get(n, (-1, 0.0))[0] == m and pair.matches[0][n][1] >= RENDERED for m in theirs)
        for n in ours
    )


def _core(side: Side, hit: Hit) -> "Token":
    """The word of a phrase that carries it: «выступал за»."""
    words = side.words[hit.first : hit.last + 1]
    own = {w.token.i for w in words}
    outer = (w for w in words if w.content and (w.token.head.i not in own or w.token.head == w.token))
    return next(outer, words[-1]).token


def _kind(token: "Token") -> str | None:
    """The class of a word; an adjective that is said of something is a predicate: "storms became less frequent", «участились»."""
    predicate = token.pos_ in ("ADJ", "ADV") and token.dep_.lower() in PREDICATIVE
    return "verb" if predicate else KINDS.get(token.pos_)


PREDICATIVE = frozenset({"root", "xcomp", "ccomp", "conj", "advcl", "parataxis"})


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
    return [*below, token.head] if token.dep_ in SAID_OF or token.dep_.split(":")[0] in SAID_OF else below


TIME = "before_after"
ASKED = frozenset({"more_less"})
"""Of the groups that free translations exchange, the one that companions settle all the same."""
CLOSE, NEARLY = 0.1, 0.45
"""Weight from which companions settle a contrast of words of one kind, and of a verb with a noun."""


def settle(pair: Pair, found: Contrast, weight: float) -> bool:
    """What stands with two opposites tells that they contradict each other."""
    if denials_differ(pair):
        return False
    if found.group == TIME:
        return _one_event(pair, found)
    if found.group in languages.shared("contrasts")["doubtful"] and found.group not in ASKED:
        return False
    return weight >= (CLOSE if alike(pair, found) else NEARLY) and shared(pair, found) > 0


def denials_differ(pair: Pair) -> bool:
    """One version denies more predicates than the other."""
    return len(denials.denials(pair.en)) != len(denials.denials(pair.ru))


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
    if not any(w.token == head and w.content for w in side.words):
        head = next((c for c in head.children if c.pos_ == "VERB"), head)  # «до того, как он ушёл»
    around = (
        head,
        *(
            c
            for c in head.children
            if c.dep_.split(":")[0] in ARGUMENTS and c.i > side.words[hit.last].token.i
        ),
    )
    return {index[t.i] for t in around if t.i in index and side.words[index[t.i]].content}
