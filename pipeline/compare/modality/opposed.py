"""Words that exclude each other in one place: "must" against «может», "is considering" against «решила»."""

from collections.abc import Iterator

from pipeline.compare import contrasts, negation
from pipeline.compare.finding import difference
from pipeline.compare.modality.scales import noun, only
from pipeline.compare.pairs import Pair
from pipeline.document import Difference

BY = "modality"


def compare(pair: Pair) -> Iterator[Difference]:
    """The contrasts of a pair that make it more or less certain or binding."""
    for found in contrasts.contrasts(pair, "modality"):
        if negation.touched(pair.en, found.en.first) != negation.touched(pair.ru, found.ru.first):
            continue
        if (
            contrasts.translated(pair, found)
            or noun(pair.en.words[found.en.first].token)
            or only(pair.en, found.en.first)
            or only(pair.ru, found.ru.first)
        ):
            continue
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            "modality",
            *spans,
            contrasts.confidence(found) * pair.sure,
            f"{contrasts.both(pair, spans)} are not equally certain or binding.",
            group=found.group,
        )
