"""Found differences against planted ones: precision and recall, kind by kind, and whether the confidence means what it says."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from pipeline.document import Difference, Span
from pipeline.evaluate.calibration import Bin, curve
from pipeline.evaluate.layers import Counts, Gold, Scorer

REPORTED = 0.5
"""Confidence from which a difference counts as found; the doubtful ones below belong to the reliability only."""
SHOWN = 0.5
"""The share that a finding and the planted evidence must have in common, of the shorter of both, on the side where it is
most: "annexation" shows "the annexation of Estonia"."""
BIN, BINS = 10, 10
"""Findings in a point of a reliability curve at least, where there are so many, and its points at most."""


class Judged(NamedTuple):
    """A planted difference with what was found there, a planted one alone, or a finding alone."""

    planted: str | None
    found: str | None
    confidence: float

    @property
    def reported(self) -> bool:
        return self.found is not None and self.confidence >= REPORTED


class KindReport(Struct, frozen=True):
    """One kind: `recall` of the planted, whatever kind they were given; `precision` and `reliability` of what was called so."""

    precision: float
    recall: float
    found: int
    support: int
    reliability: tuple[Bin, ...]


class DifferenceReport(Struct, frozen=True):
    """All kinds together and each by itself; `right_kind` is the share of hits that were given their kind."""

    precision: float
    recall: float
    f1: float
    support: int
    right_kind: float
    kinds: dict[str, KindReport]


def judged(gold: Sequence[Gold], found: Sequence[Difference], sides: Mapping[str, Scorer]) -> list[Judged]:
    """Planted and found differences of one work, each used once: those reported first, by falling agreement."""
    wanted = [g for g in gold if any(g.get(lang) for lang in sides)]
    graded = sorted(
        (d.confidence < REPORTED, -shown * (1 + (g["kind"] == d.kind)), i, j)
        for i, g in enumerate(wanted)
        for j, d in enumerate(found)
        if (shown := _shown(g, d, sides)) > SHOWN
    )
    hits: dict[int, int] = {}
    for _, _, i, j in graded:
        if i not in hits and j not in hits.values():
            hits[i] = j
    return [
        *(Judged(wanted[i]["kind"], found[j].kind, found[j].confidence) for i, j in sorted(hits.items())),
        *(Judged(g["kind"], None, 0.0) for i, g in enumerate(wanted) if i not in hits),
        *(Judged(None, d.kind, d.confidence) for j, d in enumerate(found) if j not in hits.values()),
    ]


def report(cases: Sequence[Judged]) -> DifferenceReport:
    hits = [c for c in cases if c.planted and c.reported]
    scores = _counts(cases, None).scores()
    kinds = sorted({kind for c in cases for kind in (c.planted, c.found) if kind})
    return DifferenceReport(
        precision=scores["precision"],
        recall=scores["recall"],
        f1=scores["f1"],
        support=int(scores["support"]),
        right_kind=round(sum(c.planted == c.found for c in hits) / len(hits), 4) if hits else 0.0,
        kinds={kind: _of_kind(kind, cases) for kind in kinds},
    )


def _of_kind(kind: str, cases: Sequence[Judged]) -> KindReport:
    planted, called = _counts(cases, kind), [c for c in cases if c.found == kind]
    reported = [c for c in called if c.reported]
    sure = np.array([c.confidence for c in called])
    real = np.array([c.planted is not None for c in called], float)
    return KindReport(
        precision=Counts(sum(c.planted is not None for c in reported), len(reported)).scores()["precision"],
        recall=planted.scores()["recall"],
        found=len(reported),
        support=planted.wanted,
        reliability=curve(sure, real, max(1, min(BINS, len(called) // BIN))) if called else (),
    )


def _counts(cases: Sequence[Judged], kind: str | None) -> Counts:
    """Of the planted differences of a kind, or of all kinds."""
    planted = [c for c in cases if c.planted and kind in (None, c.planted)]
    return Counts(sum(c.reported for c in planted), sum(c.reported for c in cases), len(planted))


def _shown(gold: Gold, found: Difference, sides: Mapping[str, Scorer]) -> float:
    """How far the difference and the planted evidence meet, on the side where they do most."""
    near = 0.0
    for lang, scorer in sides.items():
        span: Span | None = getattr(found, lang)
        place = scorer.locate(gold[lang], gold.get(f"{lang}_start")) if gold.get(lang) else None
        if span is not None and place is not None:
            near = max(near, place.met(scorer.place(span)))
    return near
