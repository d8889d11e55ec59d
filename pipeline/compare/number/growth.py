"""Changes by a share against multiples: "by a third", «втрое»; "grew by half", «удвоился»."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.compare.number import bounds, portions
from pipeline.compare.number.findings import ALIKE, WORDS, differing
from pipeline.compare.number.rests import of_change
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference
from pipeline.numerals import Numeral

HALF = Decimal("0.5")


def compare(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[Difference]:
    """ "By a third" against «втрое»: a change by a share has become a multiple of the same figure; what falls by half
    falls «вдвое», but what grows by half does not double."""
    for a in en:
        for b in ru:
            if _grown(pair, a, b):
                yield differing(pair, a, b, ALIKE)
            if (
                {a.kind, b.kind} != {"fraction", "multiple"}
                or Decimal(2) in (a.value, b.value)
                or abs(a.value * b.value - 1) > Decimal("0.01")
            ):
                continue
            fraction, side = (a, pair.en) if a.kind == "fraction" else (b, pair.ru)
            if not of_change(side, fraction):
                continue
            if not any(o.kind == fraction.kind for o in (ru if fraction is a else en)):
                yield differing(pair, a, b, WORDS)


def _grown(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Has grown | by half", «удвоился»; "it doubled", «вырос | на 50 %», «вырос | наполовину», «вырос | на 200 %»."""
    sides = ((a, pair.en, b), (b, pair.ru, a))
    return any(
        times.multiple
        and (
            (times.value == 2 and _by_half(side, part) and bounds.rises(side, part))
            or _by_as_much(side, part, times)
        )
        for part, side, times in sides
    )


def _by_as_much(side: Side, n: Numeral, times: Numeral) -> bool:
    """A growth by so many hundred per cent is one by so many times more: "doubled", but «вырос на 200 %»."""
    return (
        n.unit == "percent" and n.value == times.value * 100 and of_change(side, n) and bounds.rises(side, n)
    )


def _by_half(side: Side, n: Numeral) -> bool:
    """A change by half: "by half", «на 50 %», «наполовину»."""
    if n.kind == "multiple":
        return n.value == HALF
    share = portions.share(n)
    return share == HALF and of_change(side, n)
