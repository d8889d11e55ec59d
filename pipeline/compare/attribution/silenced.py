"""A report that has become the text's own word: "none of them, she said, had been armed", «никто из них не был вооружён».

A source that is named by a noun, a name or an account is looked for word by word (`lost`). Here it is enough that one version says
that somebody says it, and that the other has no word of speech or thought at all, while all else is rendered. Translators of news do leave
out "police said" and a "he said" that goes on (seven times in NTREX), hence the limits on what counts.
"""

from collections.abc import Iterator, Sequence

from pipeline.compare.attribution import voices
from pipeline.compare.attribution.lost import answering
from pipeline.compare.attribution.rendering import closeness
from pipeline.compare.attribution.voices import Claim
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference

BY = "attribution"
SILENCED = 0.75
"""Confidence that a report has become the text's own word. Source: as for a lost source (`lost`)."""

RENDERED = 0.7
"""Share of matched content words from which all the rest of a pair counts as rendered: where it is not, a source may be too."""


def compare(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """A word of speech of the English side where the Russian one has none, nor a quotation, and where nothing beside it speaks for it.

    Not the other way round: a translator says once more who speaks.
    """
    if pair.editions:
        return
    claim = next((c for c in voices.claims(pair.en) if _reports(pair.en, c)), None)
    if claim is None or _speaks(pair, claim) or _quotes(pair.ru) or _resumed(pair, claim, near):
        return
    if any(_speaks_alone(p) for p in near if p is not pair):
        return
    first, last = sorted((claim.place, claim.place if claim.speaker is None else claim.speaker))
    if closeness(pair, {"en": [first, last]}) < RENDERED:
        return
    yield difference(
        "attribution",
        evidence(pair.en.version, pair.en.words[first].start, pair.en.words[last].end, BY),
        evidence(pair.ru.version, *answering(pair, "ru"), BY),
        SILENCED * pair.sure,
        f"The {pair.en.called} says that somebody says so, the {pair.ru.which} one says so itself.",
        change="source",
        only="en",
    )


def _resumed(pair: Pair, claim: Claim, near: Sequence[Pair]) -> bool:
    """A pronoun goes on with what somebody says: "he observed. All would remain, he said", «заметил он. Всё останется»."""
    pronoun = claim.speaker is None or pair.en.words[claim.speaker].token.pos_ not in ("NOUN", "PROPN")
    before = [p.en for p in near if p.en.start < pair.en.start]
    return pronoun and any(voices.speaks(w, "en") for there in before for w in there.words)


def _reports(side: Side, claim: Claim) -> bool:
    """Somebody else's words: of a noun, a name, "he", or of nobody that is named («утверждают», "it is alleged")."""
    token = side.words[claim.place].token
    beside = token.dep_ == "parataxis" and all(c.dep_ in PLAIN for c in token.children)
    if (
        token.pos_ != "VERB"
        or token.dep_ == "acl"
        or not (beside or any(c.dep_ == "ccomp" for c in token.children))
    ):
        return False  # "a label explaining what it is", "had to think fast"
    if not claim.weights & REPORTING or "Person=1" in str(side.words[claim.place].token.morph):
        return False
    if claim.speaker is None:
        return bool(claim.weights & HEARSAY)
    speaker = side.words[claim.speaker].token
    return speaker.pos_ in ("NOUN", "PROPN") or speaker.lower_ in THIRD


PLAIN = frozenset({"nsubj", "aux", "mark", "advmod", "punct"})
REPORTING = frozenset({"told", "informed", "claimed", "believed", "guessed", "admitted", "warned"})
HEARSAY = frozenset({"claimed", "guessed"})
THIRD = frozenset({"he", "she", "they"})


def _speaks(pair: Pair, claim: Claim) -> bool:
    """The Russian side has a word of speech or thought that need not render another verb than the claim's."""
    for n, word in enumerate(pair.ru.words):
        if not voices.speaks(word, "ru"):
            continue
        met = pair.match("ru", n)
        if met is None or met == claim.place or not voices.speaks(pair.en.words[met], "en"):
            return True
        if pair.en.words[met].token.pos_ != "VERB":
            return True
    return False


def _speaks_alone(pair: Pair) -> bool:
    """The Russian sentence beside speaks of what is said, and the English one does not."""
    return any(voices.speaks(w, "ru") for w in pair.ru.words) and not any(
        voices.speaks(w, "en") for w in pair.en.words
    )


def _quotes(side: Side) -> bool:
    return any(mark in side.text for mark in QUOTES) or side.text.lstrip().startswith(DASHES)


QUOTES = '«“"„'
DASHES = ("—", "–", "-")
