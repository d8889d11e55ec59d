"""Works that a model has not seen: ten models, each trained without a tenth of the works."""

import numpy as np
from numpy.typing import NDArray

from pipeline import space as spaces
from pipeline.classify.calibrating import fit_pooling_temperature, fit_temperature
from pipeline.classify.examples import Examples, versions
from pipeline.classify.fitting import fit
from pipeline.classify.model import Description, membership, softmax
from pipeline.classify.pooling import product

FOLDS = 10
SEED = 20140317


def folds(works: NDArray[np.str_], count: int = FOLDS) -> NDArray[np.int64]:
    """The fold of each row: works are dealt out in a fixed shuffle, the largest first to the emptiest fold."""
    names, sizes = np.unique(works, return_counts=True)
    shuffled = np.random.default_rng(SEED).permutation(len(names))
    filled, dealt = np.zeros(count), {}
    for i in sorted(shuffled, key=lambda i: -sizes[i]):
        dealt[names[i]] = int(filled.argmin())
        filled[dealt[names[i]]] += sizes[i]
    return np.array([dealt[work] for work in works])


def unseen_scores(examples: Examples, n: int) -> NDArray[np.float64]:
    """Scores of every passage from a model that saw neither it nor its work."""
    scores, fold, space = np.zeros((len(examples.groups), n)), folds(examples.works), spaces.load()
    for k in np.unique(fold):
        scorer = fit(examples.of(fold != k), n)
        for lang in examples.languages:
            here = (fold == k) & (examples.langs == lang)
            if here.any():
                own = examples.of(here)
                scores[here] = scorer.scores(scorer.view(own.bag, own.rest, space), lang)
    return scores


def cross_fitted(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> NDArray[np.float64]:
    """Category probabilities of unseen works, each calibrated without the works of its own fold."""
    fold, out = folds(examples.works), np.zeros((len(unseen), len(description.categories)))
    for k in np.unique(fold):
        for lang in np.unique(examples.langs):
            fit, here = (fold != k) & (examples.langs == lang), (fold == k) & (examples.langs == lang)
            temperature = fit_temperature(unseen[fit], examples.groups[fit])
            out[here] = softmax(unseen[here] / temperature) @ membership(description)
    return out


def cross_fitted_pooled(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> NDArray[np.float64]:
    """Pooled category probabilities of unseen works, calibrated without the works of their own fold."""
    fold, (en, ru) = folds(examples.works), versions(examples)
    out = np.zeros((len(en), len(description.categories)))
    for k in np.unique(fold):
        here, both = fold[en] == k, []
        for lang, rows in (("en", en), ("ru", ru)):
            fit = (fold != k) & (examples.langs == lang)
            both.append(softmax(unseen[rows] / fit_temperature(unseen[fit], examples.groups[fit])))
        temperature = fit_pooling_temperature(both[0][~here], both[1][~here], examples.groups[en][~here])
        out[here] = product(both[0][here], both[1][here], temperature) @ membership(description)
    return out
