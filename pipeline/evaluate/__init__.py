"""Scores against gold: layers, passage categories, calibration, agreement between coders and between versions."""

from pipeline.evaluate.agreement import Alpha, alpha
from pipeline.evaluate.calibration import Calibration, calibration, risk_coverage
from pipeline.evaluate.gold import Report, gold
from pipeline.evaluate.scores import Scores, score

__all__ = [
    "Alpha",
    "Calibration",
    "Report",
    "Scores",
    "alpha",
    "calibration",
    "gold",
    "risk_coverage",
    "score",
]
