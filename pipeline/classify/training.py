"""Training: from a labelled corpus to a model whose calibration was measured on works it had not seen."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline import codebook as codebooks
from pipeline import factors, parse, segment
from pipeline import space as spaces
from pipeline.classify import baselines, card, corpus, features
from pipeline.classify.attention import ROUNDS, Bag, joined, means, weigh
from pipeline.classify.model import Calibrated, Description, Floats, Model, membership, save, softmax
from pipeline.classify.pooling import product
from pipeline.codebook import Codebook
from pipeline.config import Config
from pipeline.document import Lang, Paragraph, Source, Version, digest
from pipeline.errors import ConfigError
from pipeline.evaluate.agreement import Alpha, Unit, alpha
from pipeline.evaluate.calibration import Calibration, Coverage, calibration, risk_coverage
from pipeline.evaluate.scores import Scores, score
from pipeline.parse import Parsers

FOLDS = 10
PENALTIES = (0.4,)
"""Inverse strengths of the ridge penalty that are tried; the likeliest on unseen works wins. From 0.3 to 1.2 accuracy moved by half a point."""
COVERAGE = 0.9
"""The conformal set holds the true category this often."""
RISK = 0.1
"""Among the passages that the model answers, at most this share is wrong, on the evidence of unseen works."""
SEED = 20140317


class Examples(NamedTuple):
    """The corpus as numbers: one passage in one language each."""

    bag: Bag
    rest: Floats
    groups: NDArray[np.int64]
    works: NDArray[np.str_]
    langs: NDArray[np.str_]
    hard: NDArray[np.bool_]
    ids: NDArray[np.str_]

    def of(self, chosen: NDArray[np.bool_]) -> "Examples":
        return Examples(
            self.bag.of(chosen),
            self.rest[chosen],
            self.groups[chosen],
            self.works[chosen],
            self.langs[chosen],
            self.hard[chosen],
            self.ids[chosen],
        )


class Report(Struct, frozen=True):
    """The evaluation on unseen works, per language: what `diptych train` prints.

    `categories`, `same_in_both` and `alpha_between_versions` are of each version read by itself; `pooled` of both together.
    """

    passages: int
    works: int
    penalty: float
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


def train(path: Path, out: Path, config: Config) -> bytes:
    """Train for the configured codebook, write the model with its card to `out`, and return the evaluation as JSON.

    Raises: ConfigError for a corpus or folder that cannot serve.
    """
    codebook = codebooks.load(config.codebook)
    model, report = learn(path, codebook, parse.load(config))
    model = save(model, out)
    evaluation = msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
    try:
        (out / "evaluation.json").write_bytes(evaluation)
        (out / "README.md").write_text(card.card(model.description, report, codebook), encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{out}: the card cannot be written ({error.strerror}); give a folder you may write to"
        ) from None
    return evaluation


def learn(
    path: Path, codebook: Codebook, parsers: Parsers, progress: Callable[[int], None] = lambda n: None
) -> tuple[Model, Report]:
    """Learn the groups of `codebook` from the labelled passages at `path`.

    Works are never split: both versions of a passage, and its neighbours, are on one side of every fold. `progress` is
    told how many passages more have been read.

    Raises: ConfigError for a corpus that cannot be read or is too small to be judged.
    """
    labelled = corpus.read(path, codebook)
    _check_size(labelled, codebook, path)
    examples = read_examples(labelled, codebook, parsers, progress)
    penalty, unseen = _best_penalty(examples, len(codebook.group_ids))
    fitted = _fit(examples, len(codebook.group_ids), penalty)
    description = _description(codebook, labelled)
    languages = {lang: _calibrate(unseen, examples, lang, description) for lang in fitted.means}
    description = msgspec.structs.replace(description, languages=languages)
    description = msgspec.structs.replace(
        description, pooled=_calibrate_pooled(unseen, examples, description)
    )
    model = Model(description=description, **fitted._asdict())
    beside = baselines.baselines(labelled, codebook, folds(np.array([one.work for one in labelled])))
    return model, _report(unseen, examples, description, penalty, beside)


def read_examples(
    labelled: Sequence[corpus.Labelled],
    codebook: Codebook,
    parsers: Parsers,
    progress: Callable[[int], None] = lambda n: None,
) -> Examples:
    """Parse the passages and take their features."""
    bags, others, kept = [], [], []
    for one in labelled:
        for lang, text in (("en", one.en), ("ru", one.ru)):
            if text.strip():
                words, rest = example(text.strip(), lang, codebook, parsers)  # type: ignore[arg-type]
                bags.append(words)
                others.append(rest)
                kept.append((one, lang))
        progress(1)
    return Examples(
        bag=joined(bags),
        rest=np.stack(others),
        groups=np.array([codebook.group_ids.index(one.group) for one, _ in kept]),
        works=np.array([one.work for one, _ in kept]),
        langs=np.array([lang for _, lang in kept]),
        hard=np.array([one.hard for one, _ in kept]),
        ids=np.array([one.id for one, _ in kept]),
    )


def example(text: str, lang: Lang, codebook: Codebook, parsers: Parsers) -> tuple[Bag, Floats]:
    """The words and the other features of one passage that stands alone."""
    source = Source(path="", sha256=digest(text), encoding="utf-8", media_type="text/plain")
    version = Version(
        lang=lang, source=source, text=text, paragraphs=(Paragraph(start=0, end=len(text)),), entities=()
    )
    version = msgspec.structs.replace(version, sentences=segment.sentences(version))
    doc = parsers.doc(version)
    found = features.columns(doc)
    [part] = features.words(found, [(0, len(text))])
    mentions = factors.extract(version, doc, codebook)
    return features.bag(found, [part], lang, spaces.load()), features.rest(
        found, part, mentions, codebook, lang
    )


def _check_size(labelled: Sequence[corpus.Labelled], codebook: Codebook, path: Path) -> None:
    works = {one.work for one in labelled}
    for group in codebook.group_ids:
        there = {one.work for one in labelled if one.group == group}
        if len(there) < 2:
            raise ConfigError(
                f'{path}: group "{group}" occurs in {len(there)} works; at least 2 are needed to test on works unseen in training'
            )
    if len(works) < 5:
        raise ConfigError(
            f"{path}: {len(works)} works; at least 5 are needed to test on works unseen in training"
        )


class Fitted(NamedTuple):
    """What is learnt before calibration."""

    attention: Floats
    weights: Floats
    bias: Floats
    means: dict[str, Floats]

    def scores(self, examples: Examples) -> NDArray[np.float64]:
        rows = _rows(examples, self.attention)
        return (_centred(rows, examples.langs, self.means) @ self.weights + self.bias).astype(np.float64)


def _rows(examples: Examples, attention: Floats) -> Floats:
    return features.combined(means(examples.bag, attention, spaces.load().table), examples.rest)


def _centred(rows: Floats, langs: NDArray[np.str_], middle: dict[str, Floats]) -> Floats:
    out = np.empty_like(rows)
    for lang, mean in middle.items():
        out[langs == lang] = rows[langs == lang] - mean
    return out


def _fit(examples: Examples, n: int, penalty: float) -> Fitted:
    """Learn in turns what words mean and which of them count; at first all count alike, but for their rarity."""
    attention = np.zeros(len(features.TRAITS), np.float32)
    fitted = _fit_weights(examples, attention, n, penalty)
    for _ in range(ROUNDS):
        words = spaces.load().table @ fitted.weights[: spaces.DIMENSIONS] * features.SPACE_SCALE
        nothing = np.zeros((len(examples.groups), spaces.DIMENSIONS), np.float32)
        others = _centred(np.hstack([nothing, examples.rest]), examples.langs, fitted.means)
        attention = weigh(
            examples.bag,
            words,
            (others @ fitted.weights + fitted.bias).astype(np.float64),
            examples.groups,
            attention,
        )
        fitted = _fit_weights(examples, attention, n, penalty)
    return fitted


def _fit_weights(examples: Examples, attention: Floats, n: int, penalty: float) -> Fitted:
    from sklearn.linear_model import LogisticRegression

    rows = _rows(examples, attention)
    middle = {str(lang): rows[examples.langs == lang].mean(axis=0) for lang in np.unique(examples.langs)}
    model = LogisticRegression(C=penalty, max_iter=3000, class_weight="balanced")
    model.fit(_centred(rows, examples.langs, middle), examples.groups)
    weights, bias = np.zeros((rows.shape[1], n), np.float32), np.full(n, -30.0, np.float32)
    weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return Fitted(attention, weights, bias, middle)


def _best_penalty(examples: Examples, n: int) -> tuple[float, NDArray[np.float64]]:
    """The penalty under which unseen works are likeliest, with the scores those works got."""
    tried = [(penalty, _unseen(examples, n, penalty)) for penalty in PENALTIES]
    return min(tried, key=lambda t: _loss(t[1] / _temperature(t[1], examples.groups), examples.groups))


def folds(works: NDArray[np.str_], count: int = FOLDS) -> NDArray[np.int64]:
    """The fold of each row: works are dealt out in a fixed shuffle, the largest first to the emptiest fold."""
    names, sizes = np.unique(works, return_counts=True)
    shuffled = np.random.default_rng(SEED).permutation(len(names))
    filled, dealt = np.zeros(count), {}
    for i in sorted(shuffled, key=lambda i: -sizes[i]):
        dealt[names[i]] = int(filled.argmin())
        filled[dealt[names[i]]] += sizes[i]
    return np.array([dealt[work] for work in works])


def _unseen(examples: Examples, n: int, penalty: float) -> NDArray[np.float64]:
    """Scores of every passage from a model that saw neither it nor its work."""
    scores = np.zeros((len(examples.groups), n))
    fold = folds(examples.works)
    for k in np.unique(fold):
        scores[fold == k] = _fit(examples.of(fold != k), n, penalty).scores(examples.of(fold == k))
    return scores


def _loss(scores: NDArray[np.float64], groups: NDArray[np.int64]) -> float:
    probabilities = softmax(scores)[np.arange(len(groups)), groups]
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())


def _temperature(scores: NDArray[np.float64], groups: NDArray[np.int64]) -> float:
    """The divisor that makes the scores likeliest. Source: Guo et al. 2017, "On calibration of modern neural networks"."""
    tried = np.exp(np.linspace(np.log(0.2), np.log(5), 97))
    return float(min(tried, key=lambda t: _loss(scores / t, groups)))


def _calibrate(
    unseen: NDArray[np.float64], examples: Examples, lang: str, description: Description
) -> Calibrated:
    """Fit temperature, conformal limit and abstention on the passages of one language."""
    here = examples.langs == lang
    temperature = _temperature(unseen[here], examples.groups[here])
    probabilities = softmax(unseen[here] / temperature) @ membership(description)
    gold = membership(description)[examples.groups[here]].argmax(axis=1)
    return Calibrated(round(temperature, 4), _admit(probabilities, gold), _answer(probabilities, gold))


def _calibrate_pooled(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> Calibrated | None:
    """The same for passages whose two versions are read together."""
    en, ru = _versions(examples)
    if len(en) < 20:
        return None
    both = [
        softmax(unseen[rows] / description.languages[lang].temperature)
        for lang, rows in (("en", en), ("ru", ru))
    ]
    temperature = _pooling_temperature(both[0], both[1], examples.groups[en])
    probabilities = product(both[0], both[1], temperature) @ membership(description)
    gold = membership(description)[examples.groups[en]].argmax(axis=1)
    return Calibrated(temperature, _admit(probabilities, gold), _answer(probabilities, gold))


def _pooling_temperature(
    en: NDArray[np.float64], ru: NDArray[np.float64], groups: NDArray[np.int64]
) -> float:
    tried = np.exp(np.linspace(np.log(0.5), np.log(4), 73))
    each = np.arange(len(groups))
    loss = [-np.log(np.maximum(product(en, ru, t)[each, groups], 1e-12)).mean() for t in tried]
    return round(float(tried[int(np.argmin(loss))]), 4)


def _versions(examples: Examples) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of the passages that have both versions, English and Russian side by side."""
    at = {lang: {examples.ids[i]: i for i in np.flatnonzero(examples.langs == lang)} for lang in ("en", "ru")}
    shared = sorted(at["en"].keys() & at["ru"].keys())
    return np.array([at["en"][i] for i in shared], int), np.array([at["ru"][i] for i in shared], int)


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


def _description(codebook: Codebook, labelled: Sequence[corpus.Labelled]) -> Description:
    from pipeline import __version__

    return Description(
        name=codebook.id,
        version=__version__,
        codebook=codebook.id,
        groups=codebook.group_ids,
        categories=codebook.category_ids,
        traits=features.TRAITS,
        category_of={g: codebook.category_of(g) for g in codebook.group_ids},
        languages={},
        coverage=COVERAGE,
        risk=RISK,
        passages=len(labelled),
        works=len({one.work for one in labelled}),
        corpus_sha256=corpus.sha256(labelled),
        space_sha256=spaces.digest(),
    )


def cross_fitted(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> NDArray[np.float64]:
    """Category probabilities of unseen works, each calibrated without the works of its own fold."""
    fold, out = folds(examples.works), np.zeros((len(unseen), len(description.categories)))
    for k in np.unique(fold):
        for lang in np.unique(examples.langs):
            fit, here = (fold != k) & (examples.langs == lang), (fold == k) & (examples.langs == lang)
            temperature = _temperature(unseen[fit], examples.groups[fit])
            out[here] = softmax(unseen[here] / temperature) @ membership(description)
    return out


def _pooled_unseen(
    unseen: NDArray[np.float64], examples: Examples, description: Description
) -> NDArray[np.float64]:
    """Pooled category probabilities of unseen works, calibrated without the works of their own fold."""
    fold, (en, ru) = folds(examples.works), _versions(examples)
    out = np.zeros((len(en), len(description.categories)))
    for k in np.unique(fold):
        here, both = fold[en] == k, []
        for lang, rows in (("en", en), ("ru", ru)):
            fit = (fold != k) & (examples.langs == lang)
            both.append(softmax(unseen[rows] / _temperature(unseen[fit], examples.groups[fit])))
        temperature = _pooling_temperature(both[0][~here], both[1][~here], examples.groups[en][~here])
        out[here] = product(both[0][here], both[1][here], temperature) @ membership(description)
    return out


def _report(
    unseen: NDArray[np.float64],
    examples: Examples,
    description: Description,
    penalty: float,
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
    en, ru = _versions(examples)
    both = _pooled_unseen(unseen, examples, description)
    pooled_named = [dict(zip(description.categories, map(float, p), strict=True)) for p in both]
    pooled_given = categories[both.argmax(axis=1)] if len(en) else np.array([])
    return Report(
        passages=description.passages,
        works=description.works,
        penalty=penalty,
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
