"""The queue: what the machine is least sure of, of the layers a person can judge."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from pipeline.document import Difference, Lang, Passage, Version, Work

LAYERS = ("passages", "statements", "differences")
CONTEXT = 80
"""Characters before and after a quotation: enough to find it again, and to judge it by."""


class Quote(Struct, frozen=True, kw_only=True):
    """A place in a version, by offsets and by its words and their surroundings."""

    lang: Lang
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """One question to a reviewer: the places it is about, the machine's answer, and how unsure that answer is (0 to 1)."""

    work: str
    layer: str
    target: str
    quotes: tuple[Quote, ...]
    machine: str
    detail: str = ""
    doubt: float


def queued(works: Iterable[Work], number: int, layers: Iterable[str] = LAYERS) -> tuple[Item, ...]:
    """The `number` most doubtful items of each layer, the most doubtful first; ties by work and id."""
    wanted = tuple(layers)
    items = [item for work in works for layer in wanted for item in ITEMS[layer](work)]
    items.sort(key=lambda item: (-item.doubt, item.work, item.target))
    return tuple(item for layer in wanted for item in [i for i in items if i.layer == layer][:number])


def quote(version: Version, start: int, end: int) -> Quote:
    """The place with its surroundings."""
    return Quote(
        lang=version.side,
        start=start,
        end=end,
        exact=version.text[start:end],
        prefix=version.text[max(0, start - CONTEXT) : start],
        suffix=version.text[end : end + CONTEXT],
    )


def passage_doubt(passage: Passage) -> float:
    """1 where the two likeliest categories are equally likely or the model abstained, 0 where one is certain."""
    first, second = [*sorted(passage.probabilities.values(), reverse=True), 0.0, 0.0][:2]
    return 1.0 if passage.abstained else round(1.0 - (first - second), 6)


def _passages(work: Work) -> Iterator[Item]:
    for version, passage in _spans(work, "passages"):
        yield Item(
            work=work.id,
            layer="passages",
            target=passage.id,
            quotes=(quote(version, passage.start, passage.end),),
            machine=passage.group,
            detail=", ".join(f"{name} {p:.2f}" for name, p in sorted(passage.probabilities.items())),
            doubt=passage_doubt(passage),
        )


def _statements(work: Work) -> Iterator[Item]:
    for version, statement in _spans(work, "statements"):
        yield Item(
            work=work.id,
            layer="statements",
            target=statement.id,
            quotes=(quote(version, statement.start, statement.end),),
            machine=statement.speaker_name or "",
            detail=f"{statement.kind}; {statement.role or ''}; {statement.country or ''}",
            doubt=round(1.0 - statement.confidence, 6),
        )


def _differences(work: Work) -> Iterator[Item]:
    """A difference is most doubtful at a confidence of one half, where it is shown or hidden by a hair."""
    for difference in work.differences or ():
        yield Item(
            work=work.id,
            layer="differences",
            target=difference.id,
            quotes=tuple(_sides(work, difference)),
            machine=difference.kind,
            detail=difference.explanation,
            doubt=round(1.0 - 2.0 * abs(difference.confidence - 0.5), 6),
        )


def _sides(work: Work, difference: Difference) -> Iterator[Quote]:
    for side in (difference.en, difference.ru):
        if side is not None:
            lang: Lang = "en" if side is difference.en else "ru"
            yield quote(work.versions[lang], side.start, side.end)


def _spans(work: Work, layer: str) -> Iterator[tuple[Version, Any]]:
    for _, version in sorted(work.versions.items()):
        for span in getattr(version, layer) or ():
            yield version, span


ITEMS = {"passages": _passages, "statements": _statements, "differences": _differences}
