"""How sure, how binding, how firmly willed: "must" against «может», "plans to leave" against «выходит», a "perhaps" that is gone.

Words that exclude each other are contrasts; what sets a predicate on another step of a scale, or on none, is weighed by how
often faithful translators do so; a hedge without any counterpart is lost.
"""

from collections.abc import Iterator, Sequence

from pipeline.compare.modality import hedges, opposed, scales, steps, unreal
from pipeline.compare.pairs import Pair
from pipeline.document import Difference

DOUBTFUL = 0.5
"""Confidence below which a contrast may be chance, so that the scales are asked all the same."""


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The modality differences of aligned sentences."""
    for pair in pairs:
        en, ru = scales.marks(pair.en), scales.marks(pair.ru)
        found = list(opposed.compare(pair, en, ru))
        yield from found
        if all(d.confidence < DOUBTFUL for d in found):
            yield from (
                list(steps.compare(pair, en, ru)) or list(hedges.compare(pair)) or list(unreal.compare(pair))
            )
