"""What a token, a length, a shape of bead and an omission count: learned by `models/lexicon-en-ru/tune.py`."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline import shipped
from pipeline.align.lexicon import FOLDER
from pipeline.align.sides import CLASSES

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2))

FLOORS = (0.02, 0.3)
"""Two values of lambda: the first tells an unexplained token from an explained one, the second grades the explained."""

LENGTHS = ("length", "length2", "length_sqrt", "ends_en", "ends_ru", "ends_differ")

SHARES = (
    "balance",
    "balance2",
    "need_en",
    "need_ru",
    "share_en",
    "share_ru",
    "share_least",
    "least_ru",
    "least_en",
)
"""Terms on how the two sides share out what is explained: both explain about as many words of each other, and in a
merged bead each unit explains words that its neighbour does not. Without them a bead swallows a sentence on one topic."""

SEAMS = ("seam", "gain", "bend")
"""Terms on where one unit parts into several (`pipeline/align/seams.py`): that it was looked at, what its parts explain beyond
the better of them alone, and how far their lengths are from those of the sentences they stand for."""

REPEATED = 3.0
"""The weight of "share_least" for two editions, far above that for translations: sentences that share no word then stand
apart. Source: short sentences of either language, reworded (6 nats and more better than two nulls) and exchanged for
others (95 in 100 worse)."""


class Weights(NamedTuple):
    """What a token, a length and a shape count; learned by `models/lexicon-en-ru/tune.py`."""

    background: float
    ru_given_en: np.ndarray
    en_given_ru: np.ndarray
    shapes: np.ndarray
    length_one: np.ndarray
    length_many: np.ndarray
    share_one: np.ndarray
    share_many: np.ndarray
    seams: np.ndarray
    nulls: tuple[float, float, float, float, float]
    calibration: tuple[tuple[float, ...], tuple[float, ...]]


@cache
def learned_weights() -> Weights:
    """The shipped weights."""
    return read(shipped.path(FOLDER) / "weights.json")


def read(path: Path) -> Weights:
    """The weights in a file that `tune.py` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    sides = ("ru_given_en", "en_given_ru")
    rows = ("length_one", "length_many", "share_one", "share_many", "seams")
    return Weights(  # type: ignore[call-arg]
        data["background"],
        *(np.array([data[side][c] for c in CLASSES], np.float32) for side in sides),  # type: ignore[arg-type]
        np.array([data["shapes"][f"{n}:{m}"] for n, m in SHAPES], np.float32),
        *(np.array(data[row], np.float32) for row in rows),
        tuple(data["nulls"][k] for k in ("en", "en_next", "ru", "ru_next", "turn")),
        tuple(map(tuple, data.get("calibration", ((0.0, 1.0), (0.0, 1.0))))),
    )


def repeated(learned: Weights) -> Weights:
    """The weights for two editions: they share many of their words, so that sentences without any in common are two
    sentences, where in two languages they might be a free translation."""
    least = np.array([name == "share_least" for name in SHARES])
    one, many = (
        np.where(least, np.float32(REPEATED), row) for row in (learned.share_one, learned.share_many)
    )
    return learned._replace(share_one=one, share_many=many)
