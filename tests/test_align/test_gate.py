"""The gate of the aligner: the published benchmark rebuilt on text of our own, and the beads of the gold.

Floors only rise. No weight of the model was learned on these texts.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.align import align, align_versions
from pipeline.align.evaluate import Perturbed, Scores, held_out, parallel_sentences, perturbed, scores
from pipeline.document import Version, Work
from pipeline.evaluate import alignment

pytestmark = pytest.mark.gate

ROOT = Path(__file__).parents[2]
FILES = (
    "africa",
    "americas",
    "asia",
    "caucasus_anatolia",
    "central_asia",
    "eastern_europe",
    "europe",
    "none",
)
NORMAL, HARD = (0.10, 0.03), (0.20, 0.07)
"""Chances of a merge and of a drop on each side, as in the benchmark that the project is measured with."""


def documents(mix: tuple[float, float], seed: int, size: int = 150) -> list[Perturbed]:
    """Documents of `size` sentence pairs of the works held out, merged and dropped."""
    pairs = [
        pair
        for name in FILES
        for work, pair in parallel_sentences(ROOT / "corpora" / "labelled" / f"{name}.jsonl")
        if held_out(work)
    ]
    rng = random.Random(seed)
    return [perturbed(pairs[k : k + size], rng, *mix) for k in range(0, len(pairs), size)]


def joined(parts: list[Perturbed]) -> Perturbed:
    """One long text of several, its beads known."""
    out = Perturbed([], [], [])
    for part in parts:
        first = len(out.en), len(out.ru)
        out.gold.extend(
            (tuple(first[0] + i for i in en), tuple(first[1] + j for j in ru)) for en, ru in part.gold
        )
        out.en.extend(part.en)
        out.ru.extend(part.ru)
    return out


def benchmark(mix: tuple[float, float], seed: int, size: int = 150) -> Scores:
    """Strict and null scores over documents of `size` sentence pairs."""
    return scores((align(d.en, d.ru), d.gold) for d in documents(mix, seed, size))


@pytest.mark.parametrize(
    ("mix", "seed", "strict", "null"),
    [(NORMAL, 1, 0.998, 0.99), (NORMAL, 2, 0.998, 0.99), (HARD, 1, 0.997, 0.985), (HARD, 2, 0.997, 0.985)],
)
def test_merged_and_dropped_sentences(
    mix: tuple[float, float], seed: int, strict: float, null: float
) -> None:
    found = benchmark(mix, seed)
    assert found.strict_f1 >= strict
    assert found.null_f1 >= null
    assert found.calibration <= 0.015


def test_one_long_text_is_aligned_as_well_as_short_ones() -> None:
    found = benchmark(NORMAL, 3, size=10_000)
    assert found.strict_f1 >= 0.995
    assert found.null_f1 >= 0.97


def test_texts_joined_to_one_are_aligned_as_well_as_apart() -> None:
    """The very same merges and drops: where a text stands in a longer one must not matter."""
    parts = documents(NORMAL, 5)
    apart = scores((align(d.en, d.ru), d.gold) for d in parts)
    one = joined(parts)
    together = scores([(align(one.en, one.ru), one.gold)])
    assert together.strict_f1 >= apart.strict_f1 - 0.002
    assert together.null_f1 >= apart.null_f1 - 0.005


def test_the_beads_of_the_gold(make_version: Callable[..., Version]) -> None:
    """Works with the merges, splits, omissions and additions of a translator."""
    documents = []
    for path in sorted((ROOT / "corpora" / "gold" / "development").glob("*.gold.json")):
        id = path.name.removesuffix(".gold.json")
        en, ru = (
            make_version((path.parent / f"{id}.{lang}.txt").read_text(encoding="utf-8"), lang)
            for lang in ("en", "ru")
        )
        work = Work(id=id, versions={"en": en, "ru": ru}, alignment=align_versions(en, ru))
        documents.append(alignment.beads(work, json.loads(path.read_text(encoding="utf-8"))))
    found = scores(documents)
    assert found.strict_f1 >= 0.995
    assert found.null_f1 >= 0.93
