"""Scores against gold: labels, calibration, agreement."""
