"""A number that one version does not tell: "four commissioners", «члены комиссии».

What is counted stands in both versions, in one of them without its number, which no sentence before has told. The number is left out then.
"""

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from functools import cache

from pipeline import languages
from pipeline.compare.finding import missing
from pipeline.compare.number.things import things
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang
from pipeline.numerals import Numeral

BY = "number"
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
        if not _counts(number) or known(side, number) & told:
            continue
        partners = {m for t in things(side, number) if (m := pair.match(lang, t)) is not None}
        if len(partners) == 1 and all(_uncounted(other, m, others) for m in partners):
            yield missing(pair, lang, number.start, number.end, WEIGHT, "modifier", BY)


def known(side: Side, number: Numeral) -> frozenset[tuple[Decimal, str]]:
    """A number with each noun that it may count."""
    return frozenset((number.value, side.words[n].lemma) for n in things(side, number))


def _counts(number: Numeral) -> bool:
    """It says how many there are, of more than one."""
    whole = number.value == number.value.to_integral_value()
    return number.kind == "cardinal" and number.unit in (None, "people") and whole and number.value > 1


def _uncounted(side: Side, noun: int, numbers: Sequence[Numeral]) -> bool:
    """A plural noun before which stands neither a number nor another word for how many."""
    word = side.words[noun]
    first = side.words[max(0, noun - BEFORE)].start
    near = side.words[max(0, noun - BEFORE) : noun + 2]
    return (
        "Number=Plur" in str(word.token.morph)
        and not any(first <= n.start <= word.end or n.start <= word.start < n.end for n in numbers)
        and not any(w.lemma in _how_many(side.lang) or w.token.pos_ == "NUM" for w in near)
    )


@cache
def _how_many(lang: Lang) -> frozenset[str]:
    data = languages.load(lang, "counted")
    return frozenset(data["how_many"].split())
