"""Fit the reliability of each kind of difference to findings that are known to be real or not.

    python tests/evaluation/weights.py > corpora/differences/weights.tsv
    python tests/evaluation/calibrate.py > pipeline/compare/reliability.json

`corpora/differences/weights.tsv` holds source, kind, the weight that the rules gave, and whether it was real (1 or 0).
"""

import csv
import json
from math import exp, log
from pathlib import Path

from scipy.optimize import minimize

from pipeline.compare.finding import COMMON, KINDS, between

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "corpora" / "differences" / "weights.tsv"
SHIFT, SLOPE = 1.0, 0.3
"""How far a kind may go from the common curve: with few cases it stays there."""
EVEN = 0.5
"""The rules decide what is reported: every kind is at least evenly often real from there on, and doubted below."""


def odds(p: float) -> float:
    p = min(0.995, max(0.005, p))
    return log(p / (1 - p))


def curve(cases: list[tuple[float, bool]]) -> list[list[float]]:
    """The common curve, its log-odds moved and stretched by what the kind's cases say: order is preserved."""

    def loss(line: list[float]) -> float:
        shift, stretch = line
        signs = ((odds(between(COMMON, w)) * exp(stretch) + shift) * (1 if real else -1) for w, real in cases)
        return sum(log(1 + exp(-s)) for s in signs) + (shift / SHIFT) ** 2 / 2 + (stretch / SLOPE) ** 2 / 2

    shift, stretch = minimize(loss, [0.0, 0.0]).x
    moved = ((w, 1 / (1 + exp(-(odds(p) * exp(stretch) + shift)))) for w, p in COMMON)
    return [[w, round(max(p, EVEN) if w >= EVEN else min(p, EVEN - 0.001), 3)] for w, p in moved]


def main() -> None:
    with WEIGHTS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    curves = {
        kind: curve([(float(r["weight"]), r["real"] == "1") for r in rows if r["kind"] == kind])
        for kind in KINDS
        if any(r["kind"] == kind for r in rows)
    }
    lines = ",\n".join(f'"{kind}": {json.dumps(knots)}' for kind, knots in curves.items())
    print(f"{{\n{lines}\n}}")


if __name__ == "__main__":
    main()
