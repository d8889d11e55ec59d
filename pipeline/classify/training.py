"""Training: from a labelled corpus to a model whose calibration was measured on works it had not seen."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from pipeline import codebook as codebooks
from pipeline import parse
from pipeline import space as spaces
from pipeline.classify import baselines, card, corpus, examples, features
from pipeline.classify.assessing import Report, report
from pipeline.classify.calibrating import COVERAGE, RISK, calibrate, calibrate_pooled
from pipeline.classify.fitting import fit
from pipeline.classify.folds import folds, unseen_scores
from pipeline.classify.model import Description, Model, save
from pipeline.codebook import Codebook
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.parse import Parsers


def train(path: Path, out: Path, config: Config) -> bytes:
    """Train for the configured codebook, write the model with its card to `out`, and return the evaluation as JSON.

    Raises: ConfigError for a corpus or folder that cannot serve.
    """
    codebook = codebooks.load(config.codebook)
    model, assessed = learn(path, codebook, parse.load(config))
    model = save(model, out)
    evaluation = msgspec.json.format(msgspec.json.encode(assessed), indent=1) + b"\n"
    try:
        (out / "evaluation.json").write_bytes(evaluation)
        (out / "README.md").write_text(card.card(model.description, assessed, codebook), encoding="utf-8")
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
    read, groups = examples.read(labelled, codebook, parsers, progress), len(codebook.group_ids)
    unseen = unseen_scores(read, groups)
    description = _description(codebook, labelled)
    languages = {lang: calibrate(unseen, read, lang, description) for lang in read.languages}
    description = msgspec.structs.replace(description, languages=languages)
    description = msgspec.structs.replace(description, pooled=calibrate_pooled(unseen, read, description))
    model = Model(description=description, scorer=fit(read, groups))
    beside = baselines.baselines(labelled, codebook, folds(np.array([one.work for one in labelled])))
    return model, report(unseen, read, description, beside)


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
