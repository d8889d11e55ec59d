"""Another weight of what somebody says: "the captain said", «капитан признался»; "the inquiry found", «комиссия предположила».

The words of speech and how much each says of what it brings are data (`languages/claims.toml`), with the exchanges that hardly any
translator makes.
"""

from collections.abc import Iterator, Sequence

from pipeline import languages
from pipeline.compare.attribution import voices
from pipeline.compare.attribution.rendering import OTHER_LANG
from pipeline.compare.attribution.voices import Claim
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span

BY = "attribution"
REWEIGHED = 0.75
"""Confidence of another weight: no word of either version renders the one of the other. Source: as for another source (`speakers`)."""


def compare(pair: Pair) -> Iterator[Difference]:
    """Words of speech that stand for each other and weigh what they bring in ways that translators do not exchange."""
    if pair.editions:
        return
    ours, theirs = voices.claims(pair.en), voices.claims(pair.ru)
    for a in ours:
        there = _answering(pair, a, ours, theirs)
        for b in there:
            back = [one for one in ours if b in _answering(pair, one, ours, theirs)]
            if not _opposed(back, there) or not (
                _unrendered(pair, "en", a, b) and _unrendered(pair, "ru", b, a)
            ):
                continue
            spans = _span(pair.en, a), _span(pair.ru, b)
            yield difference(
                "attribution",
                *spans,
                REWEIGHED * pair.sure,
                f"{quoted(spans[0].text, 'en')} and {quoted(spans[1].text, 'ru')} do not vouch alike for what is said.",
                change="weight",
            )
            return


def _answering(pair: Pair, claim: Claim, ours: Sequence[Claim], theirs: Sequence[Claim]) -> list[Claim]:
    """The words of speech of the Russian side that may stand for an English one: those of the same speaker, or the only one left for
    the only one left."""
    met = [b for b in theirs if _one_speaker(pair, claim, b)]
    if met:
        return met
    left = [a for a in ours if not any(_one_speaker(pair, a, b) for b in theirs)]
    there = [b for b in theirs if not any(_one_speaker(pair, a, b) for a in ours)]
    return there if len(left) == len(there) == 1 else []


def _one_speaker(pair: Pair, a: Claim, b: Claim) -> bool:
    if a.speaker is None or b.speaker is None:
        return False
    return b.speaker in {pair.match("en", a.speaker), *pair.partners("en", a.speaker)}


def _opposed(ours: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """No weight of either side is one that a translator puts for one of the other."""
    table = languages.shared("claims")["opposed"]
    return all(
        theirs_weight in table[weight]
        for a in ours
        for weight in a.weights
        for b in theirs
        for theirs_weight in b.weights
    )


def _unrendered(pair: Pair, lang: Lang, claim: Claim, other: Claim) -> bool:
    """Nothing on the other side renders a word of speech: no word of its weight, and no other one that the lexicon gives for it."""
    there, side = pair.other(lang), pair.side(lang)
    weights, renders = voices.rows("weights", there.lang), voices.rows("renders", there.lang)
    met = pair.match(lang, claim.place)
    if met is not None and met != other.place and there.words[met].token.pos_ in ("VERB", "NOUN"):
        return False
    return not any(
        claim.weights & (weights.get(w.lemma, frozenset()) | renders.get(w.lemma, frozenset()))
        for n, w in enumerate(there.words)
        if n != other.place
        and pair.match(OTHER_LANG[lang], n) is None
        and not (side.lang == "en" and w.token.pos_ == "ADP")
    )


def _span(side: Side, claim: Claim) -> Span:
    word = side.words[claim.place]
    return evidence(side.version, word.start, word.end, BY)
