"""How frequent a word is depends on where in a long text it stands; a short text is one place."""

import numpy as np
import pytest

from pipeline.align.sides import NEARBY, Side, side
from pipeline.align.tokens import tokens

COPPER = "Exports of copper rose again."
REST = "The parliament of the island met in the morning."


def english(*units: str) -> Side:
    return side(
        [tokens(u) for u in units], [len(u) for u in units], [1] * len(units), {}, np.full(1, 1_000_000), 0.9
    )


def frequency(text: Side, word: str, unit: int) -> float:
    return float(text.frequencies(unit, unit + 1, NEARBY)[text.words.index(word)])


def test_a_word_is_common_where_its_subject_is_spoken_of() -> None:
    text = english(*[REST] * 1000, *[COPPER] * 50, *[REST] * 1000)
    assert frequency(text, "copper", 1025) > 5 * frequency(text, "copper", 0)
    assert frequency(text, "copper", 1025) > 3 * float(
        text.everywhere().frequencies(0, 1, NEARBY)[text.words.index("copper")]
    )


@pytest.mark.parametrize("unit", [0, 1000, 2049])
def test_what_is_equally_frequent_all_over_is_so_everywhere(unit: int) -> None:
    text = english(*[REST] * 2050)
    assert frequency(text, "parliament", unit) == pytest.approx(frequency(text, "parliament", 500), rel=0.01)


def test_a_short_text_is_one_place() -> None:
    text = english(*[REST] * 60, *[COPPER] * 40)
    here = [text.frequencies(k, k + 1, NEARBY).tolist() for k in range(100)]
    assert all(x == here[0] for x in here)


def test_the_whole_text_counts_everywhere_once_asked_for() -> None:
    text = english(*[REST] * 1000, *[COPPER] * 50).everywhere()
    assert frequency(text, "copper", 0) == frequency(text, "copper", 1040)
