"""Headwords of the thesaurus in a sentence, and what renders them."""

from types import SimpleNamespace
from typing import Any

from pipeline.compare import headwords, thesaurus
from pipeline.compare.headwords import Index


def _words(text: str) -> list[Any]:
    return [SimpleNamespace(lemma=w.lower(), token=SimpleNamespace(lower_=w.lower())) for w in text.split()]


def _headwords(text: str) -> dict[str, list[headwords.Stretch]]:
    found = headwords.headwords(headwords.forms(_words(text)))
    return {" ".join(thesaurus.entries()[n].english[0]): there for n, there in found.items()}


def test_headwords_stand_where_all_their_words_stand() -> None:
    found = _headwords("share of gross domestic product")
    assert found["gross domestic product"] == [(2, 4)]
    assert "gross domestic product" not in _headwords("gross product")


def test_renderings_are_found_as_they_stand() -> None:
    index = Index(headwords.forms(_words("доля валовой внутренний продукт")))
    phrases = [("валовой", "внутренний", "продукт"), ("доля",), ("продукт", "доля")]
    assert list(index.stretches(phrases)) == [(1, 3), (0, 0)]


def test_a_phrase_meets_its_acronym_and_single_words_are_left_to_the_lexicon() -> None:
    en, ru = _words("the share of gross domestic product"), _words("доля ВВП")
    assert headwords.phrases(en, ru) == (((3, 5), (1, 1)),)
