"""A number that one version does not tell: "four commissioners", «члены комиссии».

What is counted stands in both versions, in one of them without its number, which no sentence before has told. The number is left out then.
"""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from functools import cache

from pipeline import languages, morphology
from pipeline.compare.finding import missing
from pipeline.compare.number.things import things
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang
from pipeline.numerals import Numeral

BY = "number"
DOUBTFUL = "uncounted"
"""Who finds what the judge may doubt: "the two ministers" are plain as «министры»."""
PAIR = 2
SCORE = re.compile(r"\b\d+\s?[–:-]\s?\d+\b")
"""Numbers that are read as no amounts: "by 10–4"."""
WEIGHT = 0.6
"""Confidence that a number is left out: translators drop those that are plain from what was said."""
BEFORE = 3
"""Words before a noun in which its number, or another word for how many, may stand."""


def compare(
    pair: Pair, lang: Lang, left: Sequence[Numeral], others: Sequence[Numeral], told: Set[tuple[Decimal, str]]
) -> Iterator[Difference]:
    """The leftover numbers of a side whose things stand on the other side uncounted; `others`: all numbers of the other side, `told`:
    numbers that the sentences before have told, with the nouns counted."""
    side, other = pair.side(lang), pair.other(lang)
    for number in left:
        if not _several(number) or known(side, number) & told:
            continue
        counted_ = things(side, number)
        partners = _partners(pair, lang, counted_[:1] if lang == "ru" else counted_)
        pointed = side.version.text[number.start : number.end].lower() in BOTH
        uncounted = not pointed and len(partners) == 1 and all(_uncounted(other, m, others) for m in partners)
        single = len(partners) == 1 and all(_single(side, counted_[-1], other, m, others) for m in partners)
        untold = counted_ and not partners and _untold(number, other)
        if (uncounted or single or untold) and not SCORE.search(other.text):
            by = BY if uncounted and number.value > PAIR else DOUBTFUL
            yield missing(pair, lang, number.start, number.end, WEIGHT, "modifier", by)


def _partners(pair: Pair, lang: Lang, things: Sequence[int]) -> set[int]:
    """The words of the other side that translate what is counted; by their meaning, where the lexicon has none: "midwives", «акушеркам»."""
    other = pair.other(lang)
    known = {m for t in things if (m := _rendering(pair, lang, t)) is not None}
    if known or any(p >= RENDERED for t in things for p in pair.partners(lang, t).values()):
        return known
    back = "ru" if lang == "en" else "en"
    spare = [n for n in pair.unexplained(back) if other.words[n].token.pos_ == "NOUN"]
    likeness = pair.likeness if lang == "en" else pair.likeness.T
    near = [(float(likeness[t, n]), n) for t in things[:1] for n in spare]
    return {n for like, n in [max(near, default=(0.0, 0))] if like >= ALIKE}


def _rendering(pair: Pair, lang: Lang, place: int) -> int | None:
    """The word that renders a word; the likeliest noun, where chance gave that to another: «школьных | учителей», "schoolmasters"."""
    match = pair.match(lang, place)
    words = pair.other(lang).words
    if match is None or words[match].content:
        return match
    nouns = {m: p for m, p in pair.partners(lang, place).items() if words[m].token.pos_ == "NOUN"}
    return max(nouns, key=lambda m: nouns[m], default=match)


RENDERED = 0.1
"""Probability from which a word renders another one for more than chance."""
ALIKE = 0.5
"""Cosine of the meanings of two words that no lexicon joins from which they may tell the same things."""


def known(side: Side, number: Numeral) -> frozenset[tuple[Decimal, str]]:
    """A number with each noun that it may count."""
    return frozenset((number.value, side.words[n].lemma) for n in things(side, number))


def _single(side: Side, thing: int, other: Side, noun: int, numbers: Sequence[Numeral]) -> bool:
    """A noun in the singular, before which stands no number: "both his brothers fought", «его брат воевал»."""
    word = other.words[noun]
    readings = morphology.parses(word.token.text) if other.lang == "ru" else ()
    singular = "Number=Sing" in str(word.token.morph) and all(
        "sing" in r.tag for r in readings if r.score >= LIKELY
    )
    near = other.words[max(0, noun - BEFORE) : noun]
    return (
        singular
        and "Number=Plur" in str(side.words[thing].token.morph)
        and not any(0 <= word.start - n.end <= FAR or n.start <= word.start < n.end for n in numbers)
        and not any(w.lemma in _how_many(other.lang) | SINGLY or w.token.pos_ == "NUM" for w in near)
        and word.token.dep_.startswith(("nsubj", "obj"))
    )


LIKELY = 0.1
"""Likelihood from which a reading of a word form counts."""
FAR = 30
"""Characters between a number and its noun."""
SINGLY = frozenset(
    {"каждый", "every", "each", "any", "один", "one", "a", "an", "весь", "whole", "пара", "pair"}
)
"""Words before a noun in the singular that may mean several."""


def _several(number: Numeral) -> bool:
    """It says how many there are, of more than one."""
    whole = number.value == number.value.to_integral_value()
    return (
        number.kind == "cardinal"
        and number.unit in (None, "people", "families")
        and whole
        and number.value > 1
    )


def _uncounted(side: Side, noun: int, numbers: Sequence[Numeral]) -> bool:
    """A plural noun before which stands neither a number nor another word for how many."""
    word = side.words[noun]
    plural = "Number=Plur" in str(word.token.morph) or (side.lang == "ru" and _may_be_plural(word.token.text))
    first = side.words[max(0, noun - BEFORE)].start
    near = side.words[max(0, noun - BEFORE) : noun + 2]
    return (
        plural
        and not any(
            (first <= n.start <= word.end and "." not in side.version.text[n.end : word.start])
            or n.start <= word.start < n.end
            for n in numbers
        )
        and not any(w.lemma in _how_many(side.lang) or w.token.pos_ == "NUM" for w in near)
    )


def _untold(number: Numeral, other: Side) -> bool:
    """More than a handful, and the other side has no word for so many: «имена | восьмидесяти шести | человек», "the names of those"."""
    return number.value > HANDFUL and not any(MANY.match(w.token.lower_) for w in other.words)


HANDFUL = 10
MANY = re.compile(
    r"dozen|score|hundred|thousand|million|тысяч|сот[ен]|десят|дюжин|миллион|полусотн|пол(?:тора|утора)ст"
)
"""Words for many that are no numerals by themselves."""


def _may_be_plural(word: str) -> bool:
    """Whatever the parser takes it for: «директора»."""
    return any("plur" in parse.tag for parse in morphology.parses(word))


BOTH = frozenset({"both", "оба", "обе", "обоих", "обеих", "обоим", "обеим", "обоими", "обеими"})
ALL = frozenset({"all", "весь"})
"""Words for the whole, which do not tell how many it is: "all 27 officers", «всех офицеров»."""


@cache
def _how_many(lang: Lang) -> frozenset[str]:
    return frozenset(languages.load(lang, "counted")["how_many"].split()) - ALL
