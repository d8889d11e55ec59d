"""Exceptions that differ: "of the eight bridges all but one were open", «из восьми мостов открыто пять»; "all but two of the twenty-seven
markers", «все двадцать семь знаков»."""

import re
from collections.abc import Iterator, Sequence

from pipeline.compare.finding import evidence
from pipeline.compare.number import portions
from pipeline.compare.number.findings import ALIKE, BY, found, written
from pipeline.compare.number.rests import COUNTS, Met
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span
from pipeline.numerals import Numeral

ALL = re.compile(
    r"\b(?:all|every\s+one\s+of)(?:\s+(?:of\s+)?the)?\s+$|\bвсе(?:х|м|ми)?(?:\s+эти\w*)?\s+$", re.I
)
"""What stands before a whole of which nothing is excepted."""
REACH = 24
"""Characters before a number in which "all but" begins."""


def compare(pair: Pair, left: tuple[Sequence[Numeral], Sequence[Numeral]], met: Met) -> Iterator[Difference]:
    """The exceptions of either side that leave another rest than the other side tells, or that it does not make."""
    sides: tuple[tuple[Lang, Sequence[Numeral], Sequence[Numeral]], ...] = (
        ("en", *left),
        ("ru", *left[::-1]),
    )
    for lang, ours, theirs in sides:
        side, other = pair.side(lang), pair.other(lang)
        for number in ours:
            if not _excepted(side, number) or any(
                _excepted(other, n) for n in (*theirs, *_of(other, pair, met))
            ):
                continue
            for whole, there in _wholes(side, pair, met):
                if (rest := next((n for n in theirs if _another_rest(number, whole, n)), None)) is not None:
                    yield _differing(
                        pair,
                        lang,
                        number,
                        whole,
                        evidence(other.version, rest.start, rest.end, BY),
                        written(rest),
                    )
                elif not theirs and (all_ := ALL.search(other.version.text, other.start, there.start)):
                    yield _differing(
                        pair,
                        lang,
                        number,
                        whole,
                        evidence(other.version, all_.start(), there.end, BY),
                        written(there),
                    )


def _excepted(side: Side, n: Numeral) -> bool:
    return bool(portions.ALL_BUT.search(side.version.text, side.start, n.start))


def _of(side: Side, pair: Pair, met: Met) -> list[Numeral]:
    return [b if side is pair.ru else a for a, b in met]


def _wholes(side: Side, pair: Pair, met: Met) -> list[tuple[Numeral, Numeral]]:
    """The counts that have met, the side's own first."""
    ours = [(a, b) if side is pair.en else (b, a) for a, b in met]
    return [(a, b) for a, b in ours if a.unit in COUNTS and a.kind == "cardinal"]


def _another_rest(excepted: Numeral, whole: Numeral, rest: Numeral) -> bool:
    """A count of the same whole that is not what the exception leaves."""
    countable = rest.kind == "cardinal" and rest.unit in COUNTS and 0 < rest.value < whole.value
    return countable and rest.value != whole.value - excepted.value


def _differing(
    pair: Pair, lang: Lang, number: Numeral, whole: Numeral, there: Span, value: str
) -> Difference:
    side = pair.side(lang)
    but = portions.ALL_BUT.search(side.version.text, max(side.start, number.start - REACH), number.start)
    here = evidence(side.version, but.start() if but else number.start, number.end, BY)
    said = f"{written(whole)} − {written(number)}"
    en, ru, values = (here, there, (said, value)) if lang == "en" else (there, here, (value, said))
    return found(pair, en, ru, values, ALIKE)
