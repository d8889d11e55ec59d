"""The name model: how likely a candidate is a person, a place, an organisation, or no name.

A multinomial logistic regression over hashed features, one for each language, trained by `models/names/train.py`.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from pipeline import shipped
from pipeline.document import Component, digest
from pipeline.errors import MissingModel

FOLDER = "models/names"
CLASSES = ("PER", "LOC", "ORG", "NONE")
BUCKETS = 2**18
AT_ONCE = 1 << 8
"""Candidates whose features are looked up together: some 20,000 of them."""


def bucket(feature: str) -> int:
    """The row of a feature: the same on every machine."""
    return zlib.crc32(feature.encode()) % BUCKETS


def probabilities(lang: str, rows: Iterable[Iterable[str]], folder: Path | None = None) -> np.ndarray:
    """One row a candidate, one column a class.

    Shape: (candidates, 4)

    Raises: MissingModel where the weights are not there.
    """
    weights = _OTHERS.get(lang) if folder is None else None
    if weights is None:
        weights = _weights(lang, folder)
    waiting = iter(rows)
    parts = [_scores(weights, part) for part in iter(lambda: list(islice(waiting, AT_ONCE)), [])]
    scores = np.concatenate([np.empty((0, len(CLASSES)), np.float32), *parts])
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    return odds / odds.sum(axis=1, keepdims=True)


def _scores(weights: np.ndarray, rows: Sequence[Iterable[str]]) -> np.ndarray:
    """The sums of the weights of each row's features."""
    buckets: list[int] = []
    bounds = [0]
    for row in rows:
        buckets += map(bucket, row)
        bounds.append(len(buckets))
    found = weights[buckets]
    return np.stack([np.add.reduce(found[start:end], axis=0) for start, end in pairwise(bounds)])


_OTHERS: dict[str, np.ndarray] = {}


def use(lang: str, weights: np.ndarray) -> None:
    """Read with other weights from now on: for cross-validation."""
    _OTHERS[lang] = weights


@cache
def _weights(lang: str, folder: Path | None) -> np.ndarray:
    file = (folder or shipped.path(FOLDER)) / f"{lang}.npz"
    try:
        stored = np.load(file)
        weights = np.zeros((BUCKETS, len(CLASSES)), np.float32)
        weights[stored["rows"]] = stored["weights"].astype(np.float32)
    except OSError as error:
        raise MissingModel(
            f"{file}: no name model ({error}); build it with {FOLDER}/train.py or reinstall diptych"
        ) from None
    return weights


def component(langs: Iterable[str], folder: Path | None = None) -> Component:
    """The model with the table of towns that it reads, for the provenance of a run."""
    return _component(tuple(sorted(langs)), folder or shipped.path(FOLDER))


@cache
def _component(langs: tuple[str, ...], folder: Path) -> Component:
    files = [*(folder / f"{lang}.npz" for lang in langs), shipped.path("models/places/places.tsv.gz")]
    hashes: dict[str, object] = {file.name: digest(file.read_bytes()) for file in files}
    version = json.loads((folder / "model.json").read_text(encoding="utf-8"))["version"]
    return Component(name="names", version=version, sha256=digest(hashes))
