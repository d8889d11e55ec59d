"""Does a mention say that the factor works, that it is denied, or that it works the other way?

A codebook gives each code its polarity; the sentence around a mention may turn it.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.codebook import plain
from pipeline.document import Polarity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OPPOSITE: dict[Polarity, Polarity] = {"impedes": "supports", "supports": "impedes", "neutral": "neutral"}
OBJECT = {"obj", "iobj", "nsubj:pass", "obl", "nmod", "conj", "ccomp", "xcomp", "amod", "acl", "compound"}
"""Relations through which a verb reaches what it acts on: "overcome (obj) the mistrust (nmod) of officials"."""
REACH = 4
"""Steps from a mention up to the verb that turns it: noun, its head noun, a coordination, the verb."""


class Cues(NamedTuple):
    negation: frozenset[str]
    countering: frozenset[str]
    reversing: frozenset[str]
    conceding: frozenset[str]


@cache
def cues(lang: str) -> Cues:
    """The words of `languages/LANG/polarity.toml`."""
    data = languages.load(lang, "polarity")
    return Cues(*(frozenset(data[name]) for name in Cues._fields))


def polarity(doc: "Doc", first: int, last: int, usual: Polarity, pattern: str) -> Polarity:
    """The polarity of the mention `doc[first : last + 1]`, whose code usually has the polarity `usual`.

    "Integration offsets the fall in trade", "trade did not fall", "despite the fall in trade" are neutral;
    "the ministers overcame their mistrust" and «министры преодолели недоверие» turn it round.
    """
    known = cues(doc.lang_)
    head = _head(doc, first, last)
    if _negated(doc, head, first, last, known, pattern) or _conceded(doc, head, first, last, known):
        return "neutral"
    verb = _acting_verb(head, known)
    if verb is None:
        return usual
    return (
        OPPOSITE[usual]
        if plain(verb.lemma_) in known.reversing and not _has_negation(verb, known)
        else "neutral"
    )


def _head(doc: "Doc", first: int, last: int) -> "Token":
    """The word of the mention that all its others hang on."""
    inside = range(first, last + 1)
    return next((doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head.i == i), doc[first])


def _negated(doc: "Doc", head: "Token", first: int, last: int, known: Cues, pattern: str) -> bool:
    """A negation hangs on the mention's head or on the verb over it, and the term did not ask for it."""
    if any(word in known.negation for word in pattern.replace("|", " ").split()):
        return False
    verb = (
        head
        if head.pos_ in ("VERB", "AUX")
        else head.head
        if head.dep_ in ("nsubj", "obj", "nsubj:pass")
        else head
    )
    return any(_has_negation(token, known) for token in {head, verb})


def _has_negation(token: "Token", known: Cues) -> bool:
    return any(
        plain(child.lower_) in known.negation and 0 < token.i - child.i <= 3 for child in token.children
    )


def _conceded(doc: "Doc", head: "Token", first: int, last: int, known: Cues) -> bool:
    """ "Despite", «несмотря на» hangs on the mention or on a noun over it."""
    token = head
    for _ in range(3):
        if any(plain(c.lower_) in known.conceding and c.i < first for c in token.children):
            return True
        if token.dep_ not in ("nmod", "conj", "amod", "compound") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _acting_verb(head: "Token", known: Cues) -> "Token | None":
    """The verb above that counters or undoes what the mention names."""
    token = head
    for _ in range(REACH):
        if token.dep_ not in OBJECT or token.head.i == token.i:
            return None
        token = token.head
        if token.pos_ in ("VERB", "NOUN") and plain(token.lemma_) in known.countering | known.reversing:
            return token
    return None
