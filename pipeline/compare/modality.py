"""How sure or how binding: "must" against «может», "is considering" against «решила», a "perhaps" that is gone."""

from collections.abc import Iterator, Sequence

from pipeline.compare import contrasts
from pipeline.compare.finding import difference
from pipeline.compare.pairs import Pair
from pipeline.document import Difference

BY = "modality"


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The modality differences of aligned sentences."""
    for pair in pairs:
        yield from _swaps(pair)


def _swaps(pair: Pair) -> Iterator[Difference]:
    for found in contrasts.contrasts(pair, "modality"):
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            "modality",
            *spans,
            contrasts.confidence(found) * pair.sure,
            f"“{spans[0].text}” and «{spans[1].text}» are not equally certain or binding.",
            group=found.group,
        )
