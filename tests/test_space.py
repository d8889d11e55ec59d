"""The space keeps few words in memory, and which it has met before changes nothing."""

import numpy as np
import pytest

from pipeline import space
from pipeline.space import MOST, NAVEC_DIMENSIONS, NOWHERE, Space


class Numbered(dict[str, np.ndarray]):
    """A vector for every word that begins with "w"."""

    def __contains__(self, word: object) -> bool:
        return str(word).startswith("w")

    def __missing__(self, word: str) -> np.ndarray:
        vector = np.zeros(NAVEC_DIMENSIONS, np.float32)
        vector[int(word[1:]) % NAVEC_DIMENSIONS] = 1
        return vector


def test_a_word_without_a_place_is_not_remembered() -> None:
    made = Space(Numbered(), {})
    assert made.rows(["Карами", "w1", "Карами"], "ru").tolist() == [NOWHERE, 0, NOWHERE]
    assert made.names == [("ru", "w1")]


@pytest.mark.parametrize(("met", "kept"), [(MOST, MOST), (MOST + 1, 0)])
def test_a_full_space_begins_anew_between_works(met: int, kept: int) -> None:
    made = Space(Numbered(), {})
    made.rows([f"w{n}" for n in range(met)], "ru")
    before = made.table[made.rows(["w7"], "ru")].copy()
    made.settle()
    assert len(made.names) == kept
    assert np.array_equal(made.table[made.rows(["w7"], "ru")], before)


def test_taught_places_are_read_by_language_and_word(tmp_path) -> None:  # type: ignore[no-untyped-def]
    words = [("en", "bank"), ("ru", "банк"), ("ru", "суд")]
    places = np.eye(3, space.TEACHER, dtype=np.float32)
    file = tmp_path / "words.npz"
    space.write_words(file, words, places)
    taught = space.read_words(file)
    assert [*taught] == words
    assert all(np.array_equal(taught[word], place * 127) for word, place in zip(words, places, strict=True))
    assert taught.get(("en", "банк")) is None
    assert taught.get(("uk", "банк")) is None
