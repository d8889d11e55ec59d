"""Corrected shares.

The model's probabilities of all passages are cheap and biased, hand-coded categories are dear and right. Their sum is
both: the mean of the probabilities, plus what the sample shows them to be off by on average. How far the model is
trusted (`trust`, from 0 to 1) is chosen so that the interval is shortest; a useless model costs nothing.

Source: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023, "Prediction-powered inference"; Angelopoulos, Duchi and
Zrnic 2023, "PPI++" (the choice of `trust`); Egami, Hinck, Stewart and Wei 2023, "Using imperfect surrogates for
downstream inference: design-based supervised learning" (drawing probabilities).
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from pipeline.estimate.coded import HandCoded
from pipeline.estimate.population import BY, Unit

LEVEL = 0.95
FEWEST = 8
"""Hand-coded passages, and 2 works, below which no interval is given: the error of the error would be larger than itself."""

Floats = NDArray[np.float64]


class Share(Struct, frozen=True):
    """One category among the passages of one group. `predicted` is the mean probability, which is no estimate; `share`,
    `low` and `high` are `None` with a `reason` where nothing was coded by hand."""

    group: str
    category: str
    passages: int
    works: int
    coded: int
    predicted: float
    share: float | None = None
    low: float | None = None
    high: float | None = None
    trust: float | None = None
    reason: str = ""


def shares(units: Sequence[Unit], coded: Sequence[HandCoded], by: str | None = None) -> tuple[Share, ...]:
    """The share of each category, over all passages or by country, year, outlet or work."""
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for name in BY[by](unit) if by else ("all",):
            groups[name].append(unit)
    answers = {(c.work, c.passage): c for c in coded}
    categories = list(dict.fromkeys(c for u in units for c in u.probabilities))
    return tuple(
        _share(name, category, groups[name], answers) for name in sorted(groups) for category in categories
    )


def _share(
    group: str, category: str, units: Sequence[Unit], answers: dict[tuple[str, str], HandCoded]
) -> Share:
    predicted = np.array([u.probabilities.get(category, 0.0) for u in units])
    found = [answers.get((u.work, u.passage)) for u in units]
    here = np.array([answer is not None for answer in found])
    works = np.array([u.work for u in units])
    base = Share(
        group, category, len(units), len(set(works)), int(here.sum()), round(float(predicted.mean()), 4)
    )
    clusters = len(set(works[here]))
    if here.sum() < FEWEST or clusters < 2:
        return msgspec.structs.replace(
            base,
            reason=f"{base.coded} passages in {clusters} works coded by hand; at least {FEWEST} in 2 are needed",
        )
    truth = np.array([float(answer.category == category) if answer else 0.0 for answer in found])
    weight = np.array(
        [
            1 / answer.probability if answer and answer.probability else float(answer is not None)
            for answer in found
        ]
    )
    trust = _trust(predicted, truth, weight, here)
    estimate, influence = _corrected(predicted, truth, weight, trust)
    error = _clustered(influence, works)
    reach = float(stats.t.ppf((1 + LEVEL) / 2, clusters - 1)) * error
    return msgspec.structs.replace(
        base,
        share=round(float(np.clip(estimate, 0, 1)), 4),
        low=round(max(0.0, estimate - reach), 4),
        high=round(min(1.0, estimate + reach), 4),
        trust=round(trust, 3),
    )


def _trust(predicted: Floats, truth: Floats, weight: Floats, here: NDArray[np.bool_]) -> float:
    """The weight of the predictions under which the variance is least, from 0 (ignore them) to 1."""
    f, y, w = predicted[here], truth[here], weight[here]
    centred = f - np.average(f, weights=w)
    spread = np.average(centred**2, weights=w)
    if spread < 1e-9:
        return 0.0
    together = np.average(centred * (y - np.average(y, weights=w)), weights=w)
    return float(np.clip(together / spread / (1 + here.sum() / len(predicted)), 0, 1))


def _corrected(predicted: Floats, truth: Floats, weight: Floats, trust: float) -> tuple[float, Floats]:
    """The estimate and each passage's influence on it."""
    off = truth - trust * predicted
    bias = float(np.average(off, weights=weight))
    middle = trust * float(predicted.mean())
    influence = (trust * predicted - middle) / len(predicted) + weight * (off - bias) / weight.sum()
    return middle + bias, influence


def _clustered(influence: Floats, works: NDArray[np.str_]) -> float:
    """Standard error with passages of one work taken together, since one author wrote them."""
    _, number = np.unique(works, return_inverse=True)
    sums = np.bincount(number, influence)
    n = len(sums)
    return float(np.sqrt((sums**2).sum() * n / (n - 1))) if n > 1 else 0.0
