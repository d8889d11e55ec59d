"""Sentence vectors as one more term of the score, from a sentence-transformers model that lies on this machine.

An optional extra (`pip install "diptych[neural]"`): it helps where translations are so free that hardly a word corresponds.
Nothing is downloaded; the model is a folder that the user names.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.errors import MissingModel

Vectors = Callable[[Sequence[str]], np.ndarray]
"""Sentences of either language -> one row each."""


def load(folder: Path) -> Vectors:
    """The encoder in `folder`, on the processor.

    Raises: MissingModel where the folder holds no model or the extra is not installed.
    """
    if not (folder / "modules.json").is_file():
        raise MissingModel(
            f"{folder}: no sentence-transformers model (modules.json is missing); name the folder of a multilingual one"
        )
    try:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise MissingModel('sentence vectors need the extra: pip install "diptych[neural]"') from None
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def vectors(sentences: Sequence[str]) -> np.ndarray:
        return np.asarray(
            model.encode(
                list(sentences), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
            ),
            np.float32,
        )

    return vectors


def centred(en: np.ndarray, ru: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both sides with the mean of their language taken off, unit length: what all sentences of one language share says
    nothing about translation, and vectors of unrelated sentences come to lie at right angles."""
    sides = []
    for side in (en, ru):
        moved = side - side.mean(0) if len(side) > 1 else side
        sides.append(
            (moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)).astype(np.float32)
        )
    return sides[0], sides[1]
