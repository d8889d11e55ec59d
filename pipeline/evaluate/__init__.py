"""Scores against gold: layers, passage categories, calibration, agreement between coders and between versions."""

from pipeline.evaluate.agreement import Alpha, alpha
from pipeline.evaluate.calibration import Calibration, calibration, risk_coverage
from pipeline.evaluate.gold import Report, gold, gold_files
from pipeline.evaluate.methods import methods
from pipeline.evaluate.scores import Scores, score

__all__ = [
    "Alpha",
    "Calibration",
    "Report",
    "Scores",
    "alpha",
    "calibration",
    "gold",
    "gold_files",
    "methods",
    "risk_coverage",
    "score",
]
