"""Meanings turned round: a lost or added "not", "removed" against «сохранил», "hardly any" against «почти все»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import contrasts, negation, turns, weighing
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
            if partner is None or negation.touched(other, partner) or _no_denial(pair.side(lang), place, by):
                continue
            doubtful = raw[1 - k] > 0 or negation.implicit(other, partner)
            yield _negation(pair, lang, place, by, partner, NEGATION_DOUBTFUL if doubtful else NEGATION)
            break


EXCEPTION = 6
"""Words after a denial within which an exception takes it back: "nothing but dollars", «ничего, кроме долларов»."""


LIMIT = 2
"""Words after the denial of a verb within which a comparative makes it a limit: “grew no faster”, but not “did not restore the earlier
volume”."""


def _no_denial(side: Side, place: int, by: int) -> bool:
    """A denial that asserts: "nothing but", «нет друзей надёжнее», "not a family that did not", «какое бы ни сидело»; or one of another
    word than it seems: "the church at Viscri, not the largest"."""
    first, last = min(place, by), max(place, by)
    between = side.version.text[side.words[first].end : side.words[last].start]
    after = side.words[by + 1 : by + 1 + EXCEPTION]
    start = side.words[max(0, by - EXCEPTION)].start
    return (
        (by > place and "," in between)
        or (by > 0 and side.words[by - 1].lemma == "бы")
        or side.words[place].name
        or any(w.lemma in turns.words(side.lang)["except"] for w in after)
        or any(_compares(w) for w in (after if _kind(side.words[place]) == "noun" else after[:LIMIT]))
        or any(n != by and side.words[n].start >= start for n in negation.raw(side) if n < by)
    )


def _compares(word: Word) -> bool:
    """A comparative: what is denied of it is a limit (“not earlier”, «самое раннее»)."""
    return "Degree=Cmp" in str(word.token.morph)


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


QUANTITIES = frozenset({"ever_never", "everybody_nobody", "most_few", "hardly_quite", "more_less"})
"""Groups of how much, how many and how often: one of them together with an opposite predicate says the same in another way."""


def _opposites(pair: Pair) -> Iterator[Difference]:
    found = list(contrasts.contrasts(pair, "polarity"))
    for one in found:
        spans = contrasts.spans(pair, one, BY)
        yield difference(
            "polarity",
            *spans,
            weighing.confidence(pair, one, undone(one, found)) * pair.sure,
            f"{contrasts.both(pair, spans)} say the opposite.",
            group=one.group,
        )


def undone(one: contrasts.Contrast, found: list[contrasts.Contrast]) -> bool:
    """Another contrast of the pair turns this one back: "few would deny it" is «признают почти все»."""
    return any(
        (one.group in QUANTITIES) != (other.group in QUANTITIES)
        and one.en.first != other.en.first
        and one.ru.first != other.ru.first
        for other in found
    )


def _stretch(side: Side, first: int, last: int) -> tuple[int, int]:
    return side.words[first].start, side.words[last].end
