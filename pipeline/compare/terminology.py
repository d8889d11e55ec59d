"""Terms exchanged for other terms: "free trade agreement" against «договор о таможенном союзе»."""

from collections.abc import Iterator, Sequence

from pipeline.align.stem import stem
from pipeline.compare import contrasts, thesaurus, weighing
from pipeline.compare.finding import difference
from pipeline.compare.pairs import Pair, Word
from pipeline.document import Difference

BY = "terminology"


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The terminology differences of aligned sentences."""
    for pair in pairs:
        yield from _other_terms(pair)


def _other_terms(pair: Pair) -> Iterator[Difference]:
    for found in contrasts.contrasts(pair, "terminology"):
        if not _terms(pair, found):
            continue
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            "terminology",
            *spans,
            weighing.confidence(pair, found) * pair.sure,
            f"{contrasts.both(pair, spans)} are different terms.",
            group=found.group,
        )


def _terms(pair: Pair, found: contrasts.Contrast) -> bool:
    """Both words name something, or neither does: "engineered" is no other term than «юрист», nor is the Bridge of Stamford Bridge."""
    en, ru = pair.en.words[found.en.last], pair.ru.words[found.ru.last]
    kinds = {contrasts.KINDS.get(word.token.pos_) for word in (en, ru)}
    return kinds != {"noun", "verb"} and en.name == ru.name and not _rendering(found.group, en, ru)


LOADED = "loaded_"
"""How the names of groups begin whose members name one thing with another judgement: "uprising", «бунт»."""


def _rendering(group: str, en: Word, ru: Word) -> bool:
    """By the thesaurus a faithful translator may choose the one for the other: "professor", «преподаватель»."""
    return not group.startswith(LOADED) and thesaurus.renders(stem(en.lemma), stem(ru.lemma))
