"""Coarse to fine: the band holds the way through the text and grows with its length, not with its square."""

import random
from pathlib import Path

import numpy as np
import pytest

from pipeline.align import _document, levels, score, search
from pipeline.align.evaluate import parallel_sentences, perturbed
from pipeline.align.weights import learned_weights

LABELLED = Path(__file__).parents[2] / "corpora" / "labelled"
PAIRS = [
    pair
    for name in ("africa", "americas", "asia", "europe")
    for _, pair in parallel_sentences(LABELLED / f"{name}.jsonl")
]


def band(en: list[str], ru: list[str]) -> search.Band:
    learned = learned_weights()
    return levels.cells(_document(en, ru, None, learned), learned)


def test_a_short_text_is_compared_whole() -> None:
    found = band([en for en, _ in PAIRS[:20]], [ru for _, ru in PAIRS[:15]])
    assert int(found.start[-1]) == 21 * 16


def test_the_band_of_a_long_text_holds_every_gold_bead() -> None:
    text = perturbed(PAIRS, random.Random(4), 0.1, 0.05)
    found = band(text.en, text.ru)
    assert int(found.start[-1]) < len(text.en) * len(text.ru) / 2
    i = j = 0
    for en, ru in text.gold:
        assert found.low[i] <= j < found.high[i]
        i, j = i + len(en), j + len(ru)


@pytest.mark.parametrize(("n", "m"), [(1000, 1000), (2000, 2000), (2000, 400), (50, 4000)])
def test_unrelated_text_has_a_band_of_linear_size(n: int, m: int) -> None:
    """Nothing in common: 2,000 sentences a side need some 60 cells each, no table of 4,000,000."""
    found = band([f"w{k} stone" for k in range(n)], [f"щ{k} пень" for k in range(m)])
    assert int(found.start[-1]) < max(levels.SMALL, 120 * (n + m))
    assert (found.low[0], found.high[-1]) == (0, m + 1)
    assert (np.diff(found.low) >= 0).all()
    assert (np.diff(found.high) >= 0).all()
    assert (found.low < found.high).all()


def test_lumps_are_compared_in_a_band_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """6,000 sentences are 1,000 lumps and these 167: few, but each with the words of 36 sentences."""
    looked: list[tuple[int, int]] = []
    table = score.table

    def counted(doc, cells, learned):  # type: ignore[no-untyped-def]
        looked.append((len(doc.en.sizes), int(cells.start[-1])))
        return table(doc, cells, learned)

    monkeypatch.setattr(score, "table", counted)
    band([f"w{k} stone" for k in range(6000)], [f"щ{k} пень" for k in range(6000)])
    assert [lumps for lumps, _ in looked] == [28, 167, 1000]
    assert all(size < 120 * lumps for lumps, size in looked)
