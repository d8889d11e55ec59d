"""navec's word vectors, read once a process: slovnet's models and the space of words share one table."""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import MissingModel
from pipeline.parse import models
from pipeline.wordlist import ABSENT, WordList

FILE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
NUMBER = 4
"""Bytes of a number in navec's vocabulary: how many words, how often each occurs, then the words."""


class Vocabulary:
    """navec's words and their numbers, as navec and slovnet ask for them; without their counts, for which nothing asks.

    The words stand in the order of their letters, "unknown" and "padding" after them.
    """

    def __init__(self, packed: bytes) -> None:
        data = gzip.decompress(packed)
        count = int.from_bytes(data[:NUMBER], "little")
        lines, *_ = data[NUMBER * (1 + count) :].rsplit(b"\n", 2)
        self.words = WordList(lines)
        self.unk_id, self.pad_id = len(self.words), len(self.words) + 1

    def __contains__(self, word: str) -> bool:
        return self.words.find(word) != ABSENT

    def __getitem__(self, word: str) -> int:
        at = self.words.find(word)
        if at == ABSENT:
            raise KeyError(word)
        return at

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def encode(self, word: str) -> int:
        """slovnet's name for the number of a word or, where it has none, of the unknown."""
        at = self.words.find(word)
        return self.unk_id if at == ABSENT else at


def load(package: str = "natasha") -> Any:
    """The vectors that lie in a package of models.

    Raises: MissingModel where navec is not installed, or the package does not hold them.
    """
    file = models.folder(package) / FILE
    if not file.exists():
        raise MissingModel(
            f'model package "{package}" holds no navec vectors: pip install --force-reinstall natasha==1.6.0'
        )
    return _read(file)


@cache
def _read(file: Path) -> Any:
    """What navec prepares for comparing two words (a third of a second, a hundred megabytes at its peak) is left out:
    nothing here asks it."""
    try:
        from navec import Navec
        from navec import navec as parts
        from navec.pq import PQ
        from navec.tar import Tar
    except ImportError as error:
        raise MissingModel(
            f"the vectors of Russian words need {error.name}: pip install slovnet navec razdel pymorphy3"
        ) from None
    import numpy as np

    class Vectors(PQ):  # type: ignore[misc]
        def precompute(self) -> None:
            self.qdims = np.arange(self.qdim)

    with Tar(str(file)) as tar:
        meta = parts.Meta.from_file(tar.load(parts.META))
        parts.Meta.check_protocol(meta.protocol)
        vocabulary = Vocabulary(tar.load(parts.VOCAB).read())
        return Navec(meta, vocabulary, Vectors.from_file(tar.load(parts.PQ_)))
