"""Calibration: probabilities that mean what they say, on works that the model had not seen."""

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.examples import Examples, versions
from pipeline.classify.model import Calibrated, Description, membership, softmax
from pipeline.classify.pooling import product

COVERAGE = 0.9
"""The conformal set holds the true category this often."""
RISK = 0.05
"""Among the passages that the model answers, at most this share is wrong, on the evidence of unseen works."""


def calibrate(
    unseen: NDArray[np.float64], examples: Examples, lang: str, description: Description
) -> Calibrated:
    """Fit temperature, conformal limit and abstention on the passages of one language."""
    here = examples.langs == lang
    temperature = fit_temperature(unseen[here], examples.groups[here])
    probabilities = softmax(unseen[here] / temperature) @ membership(description)
    gold = membership(description)[examples.groups[here]].argmax(axis=1)
    return Calibrated(round(temperature, 4), _admit(probabilities, gold), _answer(probabilities, gold))


def calibrate_pooled(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> Calibrated | None:
    """The same for passages whose two versions are read together."""
    en, ru = versions(examples)
    if len(en) < 20:
        return None
    both = [
        softmax(unseen[rows] / description.languages[lang].temperature)
        for lang, rows in (("en", en), ("ru", ru))
    ]
    temperature = fit_pooling_temperature(both[0], both[1], examples.groups[en])
    probabilities = product(both[0], both[1], temperature) @ membership(description)
    gold = membership(description)[examples.groups[en]].argmax(axis=1)
    return Calibrated(temperature, _admit(probabilities, gold), _answer(probabilities, gold))


def fit_pooling_temperature(
    en: NDArray[np.float64], ru: NDArray[np.float64], groups: NDArray[np.int64]
) -> float:
    tried = np.exp(np.linspace(np.log(0.5), np.log(4), 73))
    each = np.arange(len(groups))
    loss = [-np.log(np.maximum(product(en, ru, t)[each, groups], 1e-12)).mean() for t in tried]
    return round(float(tried[int(np.argmin(loss))]), 4)


def _admit(probabilities: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    """The probability that the true category exceeds in `COVERAGE` of the passages, with the finite-sample correction.

    Source: Sadinle, Lei and Wasserman 2019, "Least ambiguous set-valued classifiers with bounded error levels".
    """
    true = np.sort(probabilities[np.arange(len(gold)), gold])
    rank = int(np.floor((1 - COVERAGE) * (len(true) + 1)))
    return round(float(true[max(rank - 1, 0)]), 4)


def _answer(probabilities: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    """The least confidence from which on at most `RISK` of the answers are wrong."""
    sure = probabilities.max(axis=1)
    order = np.argsort(-sure, kind="stable")
    wrong = (probabilities.argmax(axis=1) != gold)[order].cumsum() / np.arange(1, len(order) + 1)
    fits = np.flatnonzero(wrong <= RISK)
    return round(float(sure[order[fits[-1]]]), 4) if len(fits) else 1.0


def _loss(scores: NDArray[np.float64], groups: NDArray[np.int64]) -> float:
    probabilities = softmax(scores)[np.arange(len(groups)), groups]
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())


def fit_temperature(scores: NDArray[np.float64], groups: NDArray[np.int64]) -> float:
    """The divisor that makes the scores likeliest. Source: Guo et al. 2017, "On calibration of modern neural networks"."""
    tried = np.exp(np.linspace(np.log(0.2), np.log(5), 97))
    return float(min(tried, key=lambda t: _loss(scores / t, groups)))
