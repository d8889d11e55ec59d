"""Numbers of which the rules read one side only, and the judge sees the other one: "twice-yearly", «раз в год»; "the better part of a
decade", «больше двадцати лет».

By itself the judge takes equal amounts in two notations for changed, so it is believed only where a number is left over that nothing explains.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.compare.finding import evidence
from pipeline.compare.number.findings import BY, WORDS, found, written
from pipeline.compare.pairs import Pair
from pipeline.document import Difference, Lang
from pipeline.judge import KINDS, Judgement
from pipeline.numerals import Numeral

WORDY = re.compile(r"[^\W\d_]{4}|\d")
"""What the judge's words must hold to tell a number at all."""
NUMBER = KINDS.index("number")
SEEN = 0.6
"""Probability of another number from which the judge is a witness, on either side."""


def compare(
    pair: Pair, lang: Lang, left: Sequence[Numeral], others: Sequence[Numeral], known: Sequence[Difference]
) -> Iterator[Difference]:
    """The leftover numbers of a side, each with the words of the other side that the judge takes for another number; `others`: all numbers
    read on the other side, `known`: what else is found in the pair."""
    if pair.judged is None or not left or known:
        return
    ours, theirs = pair.judged if lang == "en" else pair.judged[::-1]
    side, other = pair.side(lang), pair.other(lang)
    span = _other_number(theirs, other.start, others)
    for number in left:
        inside = ours.within(number.start - side.start, number.end - side.start)
        if span is None or not inside.any() or float(ours.kinds[inside, NUMBER].max()) < SEEN:
            continue
        if not WORDY.search(other.version.text, *span):
            continue
        here = evidence(side.version, number.start, number.end, BY)
        there = evidence(other.version, *span, BY)
        en, ru = (here, there) if lang == "en" else (there, here)
        values = (written(number), there.text) if lang == "en" else (there.text, written(number))
        yield found(pair, en, ru, values, WORDS)
        return


def _other_number(side: Judgement, start: int, read: Sequence[Numeral]) -> tuple[int, int] | None:
    """The first and the last character of the words taken for another number that no numeral holds."""
    seen = [
        (start + int(a), start + int(b))
        for a, b, kinds in zip(side.starts, side.ends, side.kinds, strict=True)
        if kinds[NUMBER] >= SEEN and not any(n.start < start + b and start + a < n.end for n in read)
    ]
    if not seen or any(seen[0][0] < n.end and n.start < seen[-1][1] for n in read):
        return None
    return seen[0][0], seen[-1][1]
