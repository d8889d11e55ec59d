"""Which words deny, and what is asked of a denial that the other version does not share."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline import languages, shipped
from pipeline.compare import denials, undenied

HELD = {
    "en": {"unhappy": True, "inadequate": True, "impossible": True, "include": False, "under": False, "increase": False},
    "ru": {"недостаточный": True, "неясный": True, "беззащитный": True, "несколько": False, "неделя": False},
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "word", "held"), [(lang, w, h) for lang, row in HELD.items() for w, h in row.items()]
)
def test_a_prefix_denies_what_is_a_word_without_it(lang: str, word: str, held: bool) -> None:
    assert denials.holds_denial(word, lang) is held


def _asked(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        name, _, low, high = node
        yield from (name, *_asked(low), *_asked(high))


def test_every_tree_asks_of_traits() -> None:
    model = json.loads(shipped.path(undenied.WEIGHTS).read_text("utf-8"))
    assert {name for tree in model["trees"] for name in _asked(tree)} <= set(undenied.Traits._fields)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_words_of_denial_are_lemmas_without_repetition(lang: str) -> None:
    for name, row in languages.load(lang, "negation").items():
        assert len(row) == len(set(row)), name
        assert all(w == w.lower() and "ё" not in w for w in row), name


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_whatever_denies_by_its_meaning_may_stand_for_a_denial(lang: str) -> None:
    assert denials.words(lang, "worded") <= denials.words(lang, "implicit")
