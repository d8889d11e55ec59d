"""How many passages have to be coded by hand for an interval of a wanted width, and which."""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from pipeline.estimate.coded import HandCoded
from pipeline.estimate.population import Unit

SEED = 20140317
REACH = 1.96
TOGETHER = 0.05
"""Correlation of the model's errors within one work, assumed where no pilot sample tells; survey samplers plan with
0.01 to 0.1 for people of one place. A pilot sample replaces it."""
FEWEST = 30
"""No plan goes below this: the normal approximation of an interval needs it."""


class Plan(Struct, frozen=True):
    """The passages to code for one category; `without_model` is what simple random sampling would need."""

    category: str
    passages: int
    width: float
    needed: int
    without_model: int
    reached: float
    basis: str


def plan(units: Sequence[Unit], width: float, coded: Sequence[HandCoded] = ()) -> tuple[Plan, ...]:
    """For each category the hand-coded passages that bring the 95 % interval of its share down to `width`.

    Without a pilot sample the model's probabilities are taken at their word: where it gives 0.8 it errs once in five. A pilot
    (at least 30 coded passages) replaces that promise by what was found. `reached` is the width if all were coded that are
    needed but no more than there are.
    """
    answers = {(c.work, c.passage): c.category for c in coded}
    pilot = [u for u in units if (u.work, u.passage) in answers]
    crowd = _design_effect(units)
    out = []
    for category in dict.fromkeys(c for u in units for c in u.probabilities):
        predicted = np.array([u.probabilities.get(category, 0.0) for u in units])
        if len(pilot) >= FEWEST:
            off = np.array(
                [
                    float(answers[u.work, u.passage] == category) - u.probabilities.get(category, 0.0)
                    for u in pilot
                ]
            )
            left, basis = float(off.var(ddof=1)), f"pilot of {len(pilot)} passages"
        else:
            left, basis = float((predicted * (1 - predicted)).mean()), "the model's probabilities"
        share = float(predicted.mean())
        between = float(predicted.var()) / len(units)
        needed = _needed(left * crowd, width, between)
        reached = 2 * REACH * math.sqrt(left * crowd / max(min(needed, len(units)), 1) + between)
        out.append(
            Plan(
                category,
                len(units),
                width,
                min(needed, len(units)),
                min(_needed(share * (1 - share) * crowd, width, 0.0), len(units)),
                round(reached, 4),
                basis,
            )
        )
    return tuple(out)


def _needed(variance: float, width: float, between: float) -> int:
    room = (width / (2 * REACH)) ** 2 - between
    return max(FEWEST, math.ceil(variance / room)) if room > 0 else 10**9


def _design_effect(units: Sequence[Unit]) -> float:
    """Passages of one work err alike, so a sample drawn from few works tells less than its size."""
    works = len({u.work for u in units})
    return 1 + TOGETHER * (len(units) / max(works, 1) - 1)


def draw(units: Sequence[Unit], number: int, seed: int = SEED) -> tuple[list[Unit], float]:
    """A simple random sample in the order of the works, and the probability with which each passage was drawn."""
    number = min(number, len(units))
    chosen = np.sort(np.random.default_rng(seed).choice(len(units), number, replace=False))
    return [units[i] for i in chosen], number / len(units) if units else 0.0
