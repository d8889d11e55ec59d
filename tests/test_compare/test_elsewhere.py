"""A finding is doubted where its words lie nearer to other words than to each other."""

from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest

from pipeline.compare import elsewhere
from pipeline.compare.finding import difference
from pipeline.document import Difference, Span


def side(words: str) -> Any:
    starts = [0]
    for word in words.split():
        starts.append(starts[-1] + len(word) + 1)
    return SimpleNamespace(start=0, words=[SimpleNamespace(start=at) for at in starts[:-1]])


def pair(likeness: list[list[float]]) -> Any:
    """Two words a side, "must go" and «можно идти», of this likeness."""
    return SimpleNamespace(en=side("must go"), ru=side("можно идти"), likeness=np.array(likeness))


def found(kind: str = "modality", **detail: str) -> Difference:
    en, ru = (Span(start=0, end=len(word), text=word, by="test") for word in ("must", "можно"))
    return difference(kind, en, ru, 0.8, "“must” and «можно».", **detail)


@pytest.mark.parametrize(
    ("likeness", "detail", "by"),
    [
        ([[0.5, 0.2], [0.1, 0.7]], {}, -0.3),
        ([[0.3, 0.6], [0.1, 0.7]], {}, 0.3),
        ([[0.3, 0.2], [0.7, 0.7]], {}, 0.4),
        ([[0.3, 0.2], [0.7, 0.7]], {"only": "en"}, -0.1),
        ([[0.3, 0.2], [0.7, 0.7]], {"denied": "ru"}, 0.4),
    ],
)
def test_how_much_nearer_the_words_lie_to_others(
    likeness: list[list[float]], detail: dict[str, str], by: float
) -> None:
    assert elsewhere.nearer_elsewhere(pair(likeness), found(**detail)) == pytest.approx(by)


@pytest.mark.parametrize(("kind", "sure"), [("modality", elsewhere.DOUBT), ("entity", 0.8)])
def test_only_findings_of_words_are_doubted(kind: str, sure: float) -> None:
    [kept] = elsewhere.doubted([found(kind)], [pair([[0.3, 0.7], [0.1, 0.7]])])
    assert kept.confidence == sure


def test_a_finding_in_one_version_only_stays_as_it_is() -> None:
    one = msgspec.structs.replace(found(), ru=None)
    assert list(elsewhere.doubted([one], [pair([[0.3, 0.7], [0.1, 0.7]])])) == [one]
