"""A report that has become the text's own word: "none of them, she said, had been armed", «никто из них не был вооружён».

A source that is named by a noun, a name or an account is looked for word by word (`lost`). Here it is enough that one version says
that somebody says it, a pronoun or "it is alleged", and that the other has no word of speech or thought at all: of 1,400 words of speech
in newstest2017 and newstest2018 translators left out none.
"""

from collections.abc import Iterator, Sequence

from pipeline.compare.attribution import voices
from pipeline.compare.attribution.lost import answering
from pipeline.compare.attribution.rendering import FREE, OTHER_LANG, closeness
from pipeline.compare.attribution.voices import Claim
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang

BY = "attribution"
SILENCED = 0.75
"""Confidence that a report has become the text's own word. Source: as for a lost source (`lost`)."""

RENDERED = 0.4
"""Share of matched content words from which all the rest of a pair counts as rendered: less than for a lost source, since a word of
speech is hardly ever left out."""


def compare(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """Words of speech of one version where the other has none, nor a quotation, and where nothing beside it speaks for them."""
    for lang in OTHER_LANG:
        side, other = pair.side(lang), pair.other(lang)
        claim = next((c for c in voices.claims(side) if _reports(side, c)), None)
        if claim is None or _speaks(pair, OTHER_LANG[lang], claim) or _quotes(other):
            continue
        if _resumed(pair, lang, claim, near):
            continue
        if any(_speaks_alone(p, OTHER_LANG[lang]) for p in near if p is not pair):
            continue
        first, last = sorted((claim.place, claim.place if claim.speaker is None else claim.speaker))
        close = closeness(pair, {lang: [first, last]}) >= RENDERED
        spans = {
            lang: evidence(side.version, side.words[first].start, side.words[last].end, BY),
            OTHER_LANG[lang]: evidence(other.version, *answering(pair, OTHER_LANG[lang]), BY),
        }
        yield difference(
            "attribution",
            spans["en"],
            spans["ru"],
            SILENCED * (1.0 if close else FREE) * pair.sure,
            f"The {side.called} says that somebody says so, the {other.which} one says so itself.",
            change="source",
            only=lang,
        )
        return


def _resumed(pair: Pair, lang: Lang, claim: Claim, near: Sequence[Pair]) -> bool:
    """One version says once more whose words they are: "he observed. All would remain", «всё останется, по его словам»."""
    side = pair.side(lang)
    pronoun = claim.speaker is None or side.words[claim.speaker].token.pos_ not in ("NOUN", "PROPN")
    before = [p.en for p in near if p.en.start < pair.en.start]
    return pronoun and any(voices.speaks(w, "en") for there in before for w in there.words)


def _reports(side: Side, claim: Claim) -> bool:
    """Somebody else's words: of a noun, a name, "he", or of nobody that is named («утверждают», "it is alleged")."""
    if side.words[claim.place].token.dep_ == "acl":
        return False  # "a label explaining what it is"
    if not claim.weights & REPORTING or "Person=1" in str(side.words[claim.place].token.morph):
        return False
    if claim.speaker is None:
        return bool(claim.weights & HEARSAY)
    speaker = side.words[claim.speaker].token
    return speaker.pos_ in ("NOUN", "PROPN") or speaker.lower_ in THIRD


REPORTING = frozenset(
    {"told", "informed", "claimed", "believed", "guessed", "admitted", "complained", "warned"}
)
HEARSAY = frozenset({"claimed", "guessed"})
THIRD = frozenset({"he", "she", "they", "он", "она", "они", "его", "ее", "её", "их"})


def _speaks(pair: Pair, lang: Lang, claim: Claim) -> bool:
    """A side has a word of speech or thought that need not render another one than the claim."""
    side, other = pair.side(lang), pair.other(lang)
    for n, word in enumerate(side.words):
        if not voices.speaks(word, side.lang):
            continue
        met = pair.match(lang, n)
        if met is None or met == claim.place or not voices.speaks(other.words[met], other.lang):
            return True
    return False


def _speaks_alone(pair: Pair, lang: Lang) -> bool:
    """A side of a sentence beside speaks of what is said, and its translation does not."""
    side, other = pair.side(lang), pair.other(lang)
    return any(voices.speaks(w, side.lang) for w in side.words) and not any(
        voices.speaks(w, other.lang) for w in other.words
    )


def _quotes(side: Side) -> bool:
    return any(mark in side.text for mark in QUOTES) or side.text.lstrip().startswith(DASHES)


QUOTES = '«“"„'
DASHES = ("—", "–", "-")
