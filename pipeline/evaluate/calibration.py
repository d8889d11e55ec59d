"""Does a probability mean what it says? Adaptive ECE, Brier score, reliability curve, risk and coverage."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct


class Bin(Struct, frozen=True):
    """Passages or findings of like confidence: how sure on average, and how often right."""

    confidence: float
    accuracy: float
    n: int


class Calibration(Struct, frozen=True):
    """`ece` is the expected calibration error over bins of equal size; `brier` runs from 0 to 2."""

    n: int
    ece: float
    brier: float
    reliability: tuple[Bin, ...]


class Coverage(Struct, frozen=True):
    """At this confidence threshold: which share is answered, and which share of the answers is wrong."""

    threshold: float
    coverage: float
    risk: float


def calibration(
    gold: Sequence[str], probabilities: Sequence[Mapping[str, float]], bins: int = 10
) -> Calibration:
    """The calibration of the most probable label.

    Bins hold equally many passages (adaptive ECE), at least ten where there are so many.
    Source: Nguyen and O'Connor 2015, "Posterior calibration and exploratory analysis for NLP models".
    """
    if not gold:
        return Calibration(0, 0.0, 0.0, ())
    curve = reliability(gold, probabilities, max(1, min(bins, len(gold) // 10)))
    ece = sum(b.n * abs(b.confidence - b.accuracy) for b in curve) / len(gold)
    return Calibration(len(gold), round(ece, 4), round(_brier(gold, probabilities), 4), curve)


def reliability(
    gold: Sequence[str], probabilities: Sequence[Mapping[str, float]], bins: int
) -> tuple[Bin, ...]:
    """Confidence against accuracy in bins of equal size, from unsure to sure."""
    return curve(*_sure_and_right(gold, probabilities), bins)


def curve(sure: np.ndarray, right: np.ndarray, bins: int) -> tuple[Bin, ...]:
    """How sure against how often right.

    Shape: (n,), (n,)
    """
    order = np.argsort(sure, kind="stable")
    parts = (part for part in np.array_split(order, bins) if len(part))
    return tuple(
        Bin(round(float(sure[p].mean()), 4), round(float(right[p].mean()), 4), len(p)) for p in parts
    )


def risk_coverage(
    gold: Sequence[str], probabilities: Sequence[Mapping[str, float]], steps: int = 20
) -> tuple[Coverage, ...]:
    """What is gained by answering only the surest passages: from all of them down to one in `steps`."""
    if not gold:
        return ()
    sure, right = _sure_and_right(gold, probabilities)
    order = np.argsort(-sure, kind="stable")
    curve = []
    for step in range(steps, 0, -1):
        kept = order[: max(1, round(len(order) * step / steps))]
        curve.append(
            Coverage(
                round(float(sure[kept].min()), 4),
                round(len(kept) / len(order), 4),
                round(1 - float(right[kept].mean()), 4),
            )
        )
    return tuple(curve)


def _sure_and_right(
    gold: Sequence[str], probabilities: Sequence[Mapping[str, float]]
) -> tuple[np.ndarray, np.ndarray]:
    best = [max(p, key=lambda label: (p[label], label)) for p in probabilities]
    sure = np.array([p[b] for p, b in zip(probabilities, best, strict=True)])
    return sure, np.array([g == b for g, b in zip(gold, best, strict=True)], float)


def _brier(gold: Sequence[str], probabilities: Sequence[Mapping[str, float]]) -> float:
    errors = [
        sum((p[label] - (label == g)) ** 2 for label in p) for g, p in zip(gold, probabilities, strict=True)
    ]
    return float(np.mean(errors))
