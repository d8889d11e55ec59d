"""A source that one version names and the other leaves out: "the ministry insists that guests have covered the gap",
«гости покрыли недостачу»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import sources
from pipeline.compare.attribution import callings, voices
from pipeline.compare.attribution.quotations import QUOTATION
from pipeline.compare.attribution.rendering import (
    CLOSE,
    FREE,
    OTHER_LANG,
    akin,
    closeness,
    met,
    rendered,
)
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sources import Source, Sources
from pipeline.document import Difference, Lang

BY = "attribution"
LOST, LOST_QUOTED = 0.75, 0.6
"""Confidence of a lost source, with a quotation on the other side and without: planted differences and faithful passages,
see tests/test_compare_injection.py."""


def compare(
    pair: Pair, near: Sequence[Pair], read: Sources, lang: Lang, ours: list[Source], theirs: list[Source]
) -> Iterator[Difference]:
    """Sources of one side where the other side has none and translates neither the speaker nor the cue."""
    other = pair.other(lang)
    side = pair.side(lang)
    for source in ours:
        account = source.kind == "account"
        if not account and any(side.words[n].token.dep_ == "acl" for n in source.cue):
            continue  # "a label explaining what it is"
        if not source.cue or not (account or sources.named(pair, lang, source)):
            continue
        vouches = side.words[source.cue[0]].lemma in sources.words(side.lang, "asserts")
        if not account and not vouches and side.words[source.cue[0]].token.lower_ not in sources.ACCORDING:
            continue
        if _discerns(side, source.cue[0]) or side.words[source.head].lemma in sources.words(
            side.lang, "norms"
        ):
            continue
        words = [*source.cue, source.head]
        if any(
            rendered(pair, side, n, lang)
            for n in words
            if side.words[n].content or side.words[n].token.pos_ == "VERB"
        ):
            continue
        if (
            akin(pair, lang, source.head)
            or _called(pair, lang, source)
            or _told_by_pronoun(pair, lang, source)
        ):
            continue
        names = [n for n in range(source.first, source.last + 1) if side.words[n].name]
        if any(rendered(p, side, n, lang) for n in names for p in near):
            continue
        if sources.sourced(pair, OTHER_LANG[lang], source.cue):
            continue
        rest = [s for s in ours if s.head != source.head]
        if not all(_accounted(pair, lang, t, rest) for t in theirs):
            continue
        yield _difference(
            pair,
            lang,
            (source.first, source.last, source.cue),
            (LOST_QUOTED if sources.quoted(read, other, QUOTATION) else LOST)
            * (FREE if sources.anybody(side, source.head) else 1.0)
            * (
                ACCOUNT if account else _faithful(pair, lang, [*words, *range(source.first, source.last + 1)])
            ),
            f"The {side.called} gives a source, the {other.which} one none.",
            "source",
        )
        return


def _discerns(side: Side, cue: int) -> bool:
    """ "Can tell where a customer lives": who sees it, not who says it."""
    token = side.words[cue].token
    return token.lemma_ == "tell" and any(c.lower_ in ("can", "could") for c in token.children)


def _told_by_pronoun(pair: Pair, lang: Lang, source: Source) -> bool:
    """A pronoun's opinion or words, where the other version has its word of speech: "said he thought", «по его мнению»."""
    pronoun = pair.side(lang).words[source.head].token.lower_ in sources.POSSESSIVE
    other = pair.other(lang)
    return pronoun and any(voices.speaks(w, other.lang) for w in other.words if w.token.pos_ == "VERB")


def _called(pair: Pair, lang: Lang, source: Source) -> bool:
    """Whom the source names is there all the same: by a part of the phrase ("customs officers", «на таможне»), or by a
    noun that may be called so ("officials", «в ведомстве»)."""
    side, other = pair.side(lang), pair.other(lang)
    said = callings.phrase(side, source.head)
    if any(rendered(pair, side, n, lang) for n in said if side.words[n].token.pos_ in sources.NOUNS):
        return True
    rows = callings.rows(side, source.head)
    return _described(pair, lang, said) or any(
        rows & callings.rows(other, n)
        for n, w in enumerate(other.words)
        if w.token.pos_ in sources.NOUNS and met(pair, OTHER_LANG[lang], n) is None
    )


def _described(pair: Pair, lang: Lang, said: Sequence[int]) -> bool:
    """What describes the source describes a noun there that translates nothing: "our Malian contact", «малийский собеседник»."""
    side, other = pair.side(lang), pair.other(lang)
    places = {w.token.i: n for n, w in enumerate(other.words)}
    rendered_by = (met(pair, lang, n) for n in said if side.words[n].token.pos_ == "ADJ")
    nouns = (places.get(other.words[m].token.head.i) for m in rendered_by if m is not None)
    return any(
        n is not None
        and other.words[n].token.pos_ in sources.NOUNS
        and met(pair, OTHER_LANG[lang], n) is None
        for n in nouns
    )


def _accounted(pair: Pair, lang: Lang, theirs: Source, ours: Sequence[Source]) -> bool:
    """A source of the other side that translates one of `ours`."""
    known = {n for s in ours for n in (*s.cue, s.head)}
    return any(set(pair.partners(OTHER_LANG[lang], n)) & known for n in (*theirs.cue, theirs.head))


def _faithful(pair: Pair, lang: Lang, source: Sequence[int]) -> float:
    """How far the rest of the pair is word for word: where all is rendered freely, a source may be too."""
    return 1.0 if closeness(pair, {lang: source}) >= CLOSE else FREE


ACCOUNT = 0.85
"""What is left of it for an adverbial ("by the committee's reckoning"): some are rendered by another turn."""


def _difference(
    pair: Pair,
    lang: Lang,
    source: tuple[int, int, tuple[int, ...]],
    confidence: float,
    said: str,
    change: str,
) -> Difference:
    first, last, cue = source
    side, other = pair.side(lang), pair.other(lang)
    places = [first, last, *cue]
    spans = {
        lang: evidence(side.version, side.words[min(places)].start, side.words[max(places)].end, BY),
        OTHER_LANG[lang]: evidence(other.version, *answering(pair, OTHER_LANG[lang]), BY),
    }
    return difference(
        "attribution", spans["en"], spans["ru"], confidence * pair.sure, said, change=change, only=lang
    )


def answering(pair: Pair, lang: Lang) -> tuple[int, int]:
    """From the first to the last sentence of a side that translates something; the rest is an addition."""
    side = pair.side(lang)
    translated = [w.start for n, w in enumerate(side.words) if w.content and met(pair, lang, n) is not None]
    there = [(side.version.sentences or ())[i] for i in side.sentences]
    kept = [s for s in there if any(s.start <= at < s.end for at in translated)] or there
    return kept[0].start, kept[-1].end
