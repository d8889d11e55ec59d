import pytest

from pipeline.wordlist import ABSENT, WordList

WORDS = ["a", "a-b", "ab", "bank", "ё", "банк", "банка", "的"]


def words(listed: list[str]) -> WordList:
    return WordList("\n".join(sorted(listed)).encode())


def test_every_word_has_its_place_and_no_other() -> None:
    found = words(WORDS)
    assert [found[found.find(word)] for word in WORDS] == WORDS
    assert sorted(map(found.find, WORDS)) == list(range(len(WORDS)))
    assert list(found) == sorted(WORDS)
    assert len(found) == len(WORDS)


@pytest.mark.parametrize("word", ["", "A", "ba", "banks", "zebra", "банку", "я", "a\nab", "\ud800"])
def test_a_word_that_is_not_listed_has_none(word: str) -> None:
    assert words(WORDS).find(word) == ABSENT
