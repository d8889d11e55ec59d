"""How far reviewers agree with each other and with the machine: Krippendorff's alpha with intervals over works."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from msgspec import Struct

from pipeline.evaluate.agreement import Alpha, Unit, alpha
from pipeline.review.store import Review

NOBODY = "none"
"""How an answer that nothing is there counts as a code."""


class Agreement(Struct, frozen=True):
    """One layer: the reviewers among themselves, each against the machine, and how often the machine was kept."""

    layer: str
    reviewers: tuple[str, ...]
    answers: int
    between: Alpha
    with_machine: dict[str, Alpha]
    kept: float


def agreement(reviews: Iterable[Review]) -> tuple[Agreement, ...]:
    """The agreement of every layer that has answers; alpha is None, with the reason, where it is undefined."""
    by_layer: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_layer[review.layer].append(review)
    return tuple(_of(layer, by_layer[layer]) for layer in sorted(by_layer))


def _of(layer: str, reviews: list[Review]) -> Agreement:
    names = tuple(sorted({r.reviewer for r in reviews}))
    answers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    machine: dict[tuple[str, str], str] = {}
    for r in reviews:
        answers[r.work, r.target][r.reviewer] = r.value or NOBODY
        machine[r.work, r.target] = r.machine or NOBODY
    return Agreement(
        layer=layer,
        reviewers=names,
        answers=len(reviews),
        between=alpha(_units({key: [given.get(name) for name in names] for key, given in answers.items()})),
        with_machine={
            name: alpha(
                _units({key: [given[name], machine[key]] for key, given in answers.items() if name in given})
            )
            for name in names
        },
        kept=round(sum((r.value or NOBODY) == (r.machine or NOBODY) for r in reviews) / len(reviews), 4),
    )


def _units(codes: dict[tuple[str, str], list[str | None]]) -> dict[Hashable, list[Unit]]:
    found: dict[Hashable, list[Unit]] = defaultdict(list)
    for (work, _), unit in sorted(codes.items()):
        found[work].append(unit)
    return found
