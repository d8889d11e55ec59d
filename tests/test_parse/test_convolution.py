"""slovnet's convolutions in fewer steps: the same numbers."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline import config
from pipeline.parse import convolution, models, navec

SENTENCES = ["Порт закрыли .", "Министр сказал , что Осло не против .", "Да ."]


def predictions(infer: Any) -> list[np.ndarray]:
    found = []
    for given in infer.encoder([sentence.split() for sentence in SENTENCES]):
        made = infer.model(given.word_id, given.shape_id, given.pad_mask)
        arrays = [made] if isinstance(made, np.ndarray) else [made.head_id, made.rel_id]
        found += [array[~given.pad_mask] for array in arrays]
    return found


@pytest.mark.models
@pytest.mark.parametrize("name", ["Morph", "Syntax", "NER"])
def test_the_numbers_are_slovnets(name: str) -> None:
    slovnet = pytest.importorskip("slovnet")
    model = config.load().parse["ru"].model
    file = models.folder(model) / f"data/model/slovnet_{name.lower()}_news_v1.tar"
    infer = getattr(slovnet, name).load(str(file)).navec(navec.load(model)).infer
    theirs = predictions(infer)
    convolution.quicken(infer.model)
    for own, other in zip(predictions(infer), theirs, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-3, atol=1e-3)


def test_another_window_is_refused() -> None:
    weight = SimpleNamespace(array=np.zeros((4, 6, 5), np.float32))
    layer = SimpleNamespace(conv=SimpleNamespace(weight=weight, padding=2))
    with pytest.raises(ValueError, match="a window of 5 words, expected 3"):
        convolution.Layer(layer)
