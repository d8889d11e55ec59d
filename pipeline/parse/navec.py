"""navec's word vectors, read once a process: slovnet's models and the space of words share one table."""

from functools import cache
from typing import Any

from pipeline.errors import MissingModel
from pipeline.parse import models

FILE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"


@cache
def load(package: str = "natasha") -> Any:
    """The vectors that lie in a package of models.

    What navec prepares for comparing two words (a third of a second, a hundred megabytes at its peak) is left out:
    nothing here asks it.

    Raises: MissingModel where navec is not installed, or the package does not hold them.
    """
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

    file = models.folder(package) / FILE
    if not file.exists():
        raise MissingModel(
            f'model package "{package}" holds no navec vectors: pip install --force-reinstall natasha==1.6.0'
        )
    with Tar(str(file)) as tar:
        meta = parts.Meta.from_file(tar.load(parts.META))
        parts.Meta.check_protocol(meta.protocol)
        vocabulary = parts.Vocab.from_file(tar.load(parts.VOCAB))
        return Navec(meta, vocabulary, Vectors.from_file(tar.load(parts.PQ_)))
