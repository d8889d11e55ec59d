"""Meanings turned round: a lost or added "not", "removed" against «сохранил», "hardly any" against «почти все»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import contrasts, negation
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Difference

BY = "polarity"
SURE_LINK = 0.1
"""Probability from which a partner is taken for the translation of the denied word."""
NEGATION, NEGATION_DOUBTFUL = 0.8, 0.35


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The polarity differences of aligned sentences."""
    for pair in pairs:
        denied = negation.denied(pair.en), negation.denied(pair.ru)
        yield from _negations(pair, denied)
        yield from _opposites(pair)


def _negations(pair: Pair, denied: tuple[dict[int, int], dict[int, int]]) -> Iterator[Difference]:
    """Words denied on one side whose translation on the other is not, where that side has a denial less."""
    raw = [len(negation.raw(side)) for side in (pair.en, pair.ru)]
    counts = [len(set(d.values())) for d in denied]
    for k, lang in enumerate(("en", "ru")):
        if counts[k] <= counts[1 - k]:
            continue
        other = pair.other(lang)
        for place, by in denied[k].items():
            partner = _partner(pair, lang, place)
            if partner is None or negation.touched(other, partner):
                continue
            doubtful = raw[1 - k] > 0 or negation.implicit(other, partner)
            yield _negation(pair, lang, place, by, partner, NEGATION_DOUBTFUL if doubtful else NEGATION)
            break


def _partner(pair: Pair, lang: str, place: int) -> int | None:
    """The translation of a denied word: a content word of a like part of speech."""
    word, others = pair.side(lang).words[place], pair.other(lang).words
    partners = {
        n: p
        for n, p in pair.partners(lang, place).items()
        if others[n].content and _kind(word) == _kind(others[n]) and p >= SURE_LINK
    }
    return max(partners, key=lambda n: (partners[n], -n), default=None)


def _kind(word: Word) -> str:
    return "noun" if word.token.pos_ in ("NOUN", "PROPN", "PRON") else "predicate"


def _negation(pair: Pair, lang: str, place: int, by: int, partner: int, confidence: float) -> Difference:
    ours, theirs = (
        _stretch(pair.side(lang), min(place, by), max(place, by)),
        _stretch(pair.other(lang), partner, partner),
    )
    spans = (ours, theirs) if lang == "en" else (theirs, ours)
    return difference(
        "polarity",
        evidence(pair.en.version, *spans[0], BY),
        evidence(pair.ru.version, *spans[1], BY),
        confidence * pair.sure,
        f"The {pair.side(lang).called} denies what the {pair.other(lang).which} one asserts.",
        denied=lang,
    )


def _opposites(pair: Pair) -> Iterator[Difference]:
    for found in contrasts.contrasts(pair, "polarity"):
        if _denied(pair.en, found.en) != _denied(pair.ru, found.ru):
            continue
        if contrasts.translated(pair, found):
            continue
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            "polarity",
            *spans,
            contrasts.confidence(found) * pair.sure,
            f"{contrasts.both(pair, spans)} say the opposite.",
            group=found.group,
        )


def _denied(side: Side, hit: contrasts.Hit) -> bool:
    """Somebody denies the word; a denial that belongs to the phrase («не достигнуть») does not count."""
    return hit.first not in negation.raw(side) and negation.touched(side, hit.first)


def _stretch(side: Side, first: int, last: int) -> tuple[int, int]:
    return side.words[first].start, side.words[last].end
