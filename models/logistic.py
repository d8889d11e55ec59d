"""Logistic regression whose weights are plain numbers by name: what the comparison multiplies and adds at run time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Array = NDArray[Any]


def balanced(weight: Array, y: Array) -> Array:
    """The weights of the examples, the real ones raised or lowered until they weigh in all what the unreal ones do."""
    return np.where(y == 1, weight * weight[y == 0].sum() / weight[y == 1].sum(), weight)


def learned(x: Array, y: Array, weight: Array, names: Sequence[str], strength: float) -> dict[str, Any]:
    """The bias and the weight of each trait (columns of `x`, by `names`), for traits as they are, not scaled; `strength`: the inverse
    strength of the regularisation."""
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(x), y, sample_weight=weight)
    weights = model.coef_[0] / scaler.scale_
    return {
        "bias": round(float(model.intercept_[0] - weights @ scaler.mean_), 4),
        "traits": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
    }
