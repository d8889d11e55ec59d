"""The evaluation of a passage model on works it had not seen."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.classify.examples import Examples, versions
from pipeline.classify.folds import cross_fitted, cross_fitted_pooled
from pipeline.classify.model import Description, membership
from pipeline.evaluate.agreement import Alpha, Unit, alpha
from pipeline.evaluate.calibration import Calibration, Coverage, calibration, risk_coverage
from pipeline.evaluate.scores import Scores, score


class Report(Struct, frozen=True):
    """The evaluation on unseen works, per language: what `diptych train` prints.

    `categories`, `same_in_both` and `alpha_between_versions` are of each version read by itself; `pooled` of both together.
    """

    passages: int
    works: int
    categories: dict[str, Scores]
    groups: dict[str, Scores]
    hard_accuracy: dict[str, float | None]
    same_in_both: float
    pooled: Scores | None
    pooled_hard_accuracy: float | None
    pooled_calibration: Calibration | None
    alpha_with_gold: dict[str, Alpha]
    alpha_between_versions: Alpha
    baselines: dict[str, dict[str, Scores]]
    calibration: dict[str, Calibration]
    set_coverage: dict[str, float]
    set_size: dict[str, float]
    answered: dict[str, float]
    answered_risk: dict[str, float]
    risk_coverage: dict[str, tuple[Coverage, ...]]


def report(
    unseen: NDArray[np.float64],
    examples: Examples,
    description: Description,
    beside: dict[str, dict[str, Scores]],
) -> Report:
    probabilities = cross_fitted(unseen, examples, description)
    categories, groups = np.array(description.categories), np.array(description.groups)
    gold = categories[membership(description)[examples.groups].argmax(axis=1)]
    given = categories[probabilities.argmax(axis=1)]
    by_lang = {str(lang): examples.langs == lang for lang in np.unique(examples.langs)}
    named = {
        lang: [dict(zip(description.categories, map(float, p), strict=True)) for p in probabilities[here]]
        for lang, here in by_lang.items()
    }
    true = probabilities[np.arange(len(gold)), membership(description)[examples.groups].argmax(axis=1)]
    limits = {lang: description.languages[lang] for lang in by_lang}
    answered = {
        lang: probabilities[here].max(axis=1) >= limits[lang].answer for lang, here in by_lang.items()
    }
    en, ru = versions(examples)
    both = cross_fitted_pooled(unseen, examples, description)
    pooled_named = [dict(zip(description.categories, map(float, p), strict=True)) for p in both]
    pooled_given = categories[both.argmax(axis=1)] if len(en) else np.array([])
    return Report(
        passages=description.passages,
        works=description.works,
        categories={lang: score(gold[here].tolist(), given[here].tolist()) for lang, here in by_lang.items()},
        groups={
            lang: score(groups[examples.groups[here]].tolist(), groups[unseen[here].argmax(axis=1)].tolist())
            for lang, here in by_lang.items()
        },
        hard_accuracy={lang: _share((gold == given)[here & examples.hard]) for lang, here in by_lang.items()},
        same_in_both=_mean(given[en] == given[ru]),
        pooled=score(gold[en].tolist(), pooled_given.tolist()) if len(en) else None,
        pooled_hard_accuracy=_share((gold[en] == pooled_given)[examples.hard[en]]) if len(en) else None,
        pooled_calibration=calibration(gold[en].tolist(), pooled_named) if len(en) else None,
        alpha_with_gold={
            lang: alpha(_units(examples.works[here], gold[here], given[here]))
            for lang, here in by_lang.items()
        },
        alpha_between_versions=alpha(_units(examples.works[en], given[en], given[ru])),
        baselines=beside,
        calibration={lang: calibration(gold[here].tolist(), named[lang]) for lang, here in by_lang.items()},
        set_coverage={lang: _mean(true[here] >= limits[lang].admit) for lang, here in by_lang.items()},
        set_size={
            lang: _mean((probabilities[here] >= limits[lang].admit).sum(axis=1))
            for lang, here in by_lang.items()
        },
        answered={lang: _mean(answered[lang]) for lang in by_lang},
        answered_risk={
            lang: round(1 - _mean((gold == given)[here][answered[lang]]), 4) for lang, here in by_lang.items()
        },
        risk_coverage={
            lang: risk_coverage(gold[here].tolist(), named[lang]) for lang, here in by_lang.items()
        },
    )


def _units(
    works: NDArray[np.str_], one: NDArray[np.str_], other: NDArray[np.str_]
) -> dict[Hashable, list[Unit]]:
    """Two codings of the same passages, work by work, as `alpha` takes them."""
    units: dict[Hashable, list[Unit]] = defaultdict(list)
    for work, a, b in zip(works, one, other, strict=True):
        units[str(work)].append((str(a), str(b)))
    return units


def _share(right: NDArray[np.bool_]) -> float | None:
    return _mean(right) if len(right) else None


def _mean(values: NDArray[Any]) -> float:
    return round(float(np.mean(values)), 4) if len(values) else 0.0
