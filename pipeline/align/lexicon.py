"""The translation lexicon: how likely one stem is a translation of another, in both directions.

On disk: two word lists, their counts, and one sparse table (compressed rows by English word) that holds p(ru | en) and
p(en | ru) of every kept pair, quantised to a byte on a logarithmic scale and memory-mapped.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline import shipped
from pipeline.document import Component, digest
from pipeline.errors import MissingModel

FOLDER = "models/lexicon-en-ru"
MODEL_VERSION = "1"
STEP = 0.03
"""Nats between two quantised probabilities: 255 steps reach from 1 down to 0.0005."""
VALUES = np.exp(-STEP * np.arange(256)).astype(np.float32)
VALUES[255] = 0.0


class Lexicon(NamedTuple):
    """`rows[e]:rows[e + 1]` are the entries of English word `e`."""

    en: dict[str, int]
    ru: dict[str, int]
    en_count: np.ndarray
    ru_count: np.ndarray
    rows: np.ndarray
    target: np.ndarray
    to_ru: np.ndarray
    to_en: np.ndarray

    def entries(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The entries of some English words: position in `words`, Russian word, p(ru | en), p(en | ru)."""
        first, last = self.rows[words].astype(np.int64), self.rows[words + 1].astype(np.int64)
        sizes = last - first
        owner = np.repeat(np.arange(len(words)), sizes)
        at = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(first, sizes)
        return owner, self.target[at].astype(np.int64), VALUES[self.to_ru[at]], VALUES[self.to_en[at]]


def turned(book: Lexicon) -> Lexicon:
    """The same lexicon from its other side: rows by Russian word, English targets."""
    sizes = book.rows[1:].astype(np.int64) - book.rows[:-1].astype(np.int64)
    source, target = np.repeat(np.arange(len(book.en)), sizes), book.target[:].astype(np.int64)
    order = np.argsort(target, kind="stable")
    rows = np.searchsorted(target[order], np.arange(len(book.ru) + 1))
    columns = (source[order], book.to_en[order], book.to_ru[order])
    return Lexicon(book.ru, book.en, book.ru_count, book.en_count, rows, *columns)


@cache
def load(folder: Path | None = None) -> Lexicon:
    """The lexicon in `folder`, or the shipped one.

    Raises: MissingModel where the folder holds no lexicon.
    """
    at = folder or shipped.path(FOLDER)
    try:
        words = [(at / f"{lang}.words.txt").read_text(encoding="utf-8").split("\n") for lang in ("en", "ru")]
        arrays = [
            np.load(at / f"{name}.npy", mmap_mode="r")
            for name in ("en.count", "ru.count", "rows", "target", "to_ru", "to_en")
        ]
    except OSError as error:
        raise MissingModel(
            f"{at}: no lexicon ({error}); build it with {FOLDER}/train.py or reinstall diptych"
        ) from None
    en, ru = ({w: i for i, w in enumerate(side)} for side in words)
    return Lexicon(en, ru, *arrays)


def write(
    folder: Path,
    words: tuple[Mapping[str, int], Mapping[str, int]],
    counts: tuple[Mapping[str, int], Mapping[str, int]],
    en: np.ndarray,
    ru: np.ndarray,
    p_ru: np.ndarray,
    p_en: np.ndarray,
) -> int:
    """Write a lexicon; gives its size in bytes. Words that have no entry stay, for their counts."""
    folder.mkdir(parents=True, exist_ok=True)
    order = np.lexsort((ru, en))
    rows = np.zeros(len(words[0]) + 1, np.uint32)
    rows[1:] = np.cumsum(np.bincount(en, minlength=len(words[0])))
    arrays = {
        "en.count": np.array([counts[0][w] for w in words[0]], np.uint32),
        "ru.count": np.array([counts[1][w] for w in words[1]], np.uint32),
        "rows": rows,
        "target": ru[order].astype(np.uint16 if len(words[1]) < 65536 else np.uint32),
        "to_ru": _quantised(p_ru[order]),
        "to_en": _quantised(p_en[order]),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    for lang, side in zip(("en", "ru"), words, strict=True):
        (folder / f"{lang}.words.txt").write_text("\n".join(side), encoding="utf-8")
    return sum((folder / f"{name}.npy").stat().st_size for name in arrays) + sum(
        (folder / f"{lang}.words.txt").stat().st_size for lang in ("en", "ru")
    )


def _quantised(p: np.ndarray) -> np.ndarray:
    return np.clip(np.round(-np.log(np.maximum(p, 1e-9)) / STEP), 0, 255).astype(np.uint8)


def component(folder: Path | None = None) -> Component:
    """Which lexicon and weights align, for the provenance of a run: the hash covers every file of the model."""
    at = folder or shipped.path(FOLDER)
    files = sorted([*at.glob("*.npy"), *at.glob("*.words.txt"), at / "weights.json"])
    hashes: dict[str, object] = {f.name: digest(f.read_bytes()) for f in files}
    return Component(name=FOLDER.removeprefix("models/"), version=MODEL_VERSION, sha256=digest(hashes))
