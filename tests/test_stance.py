"""The stance of statements: what is found of the labelled ones, and that a side taken is the right one."""

import pytest

from pipeline.parse import Parsers
from pipeline.statements import stance
from tests.evaluation.stance import figures


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_statements_the_list_was_improved_on(lang: str, real_parsers: Parsers) -> None:
    assert figures("statements", lang, real_parsers)["accuracy"] >= 0.95


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_unseen_statements(lang: str, real_parsers: Parsers) -> None:
    found = figures("unseen", lang, real_parsers)
    assert found["sides_right"] >= 0.9
    assert found["sides_found"] >= 0.3


def test_without_a_parse_only_listed_words_count() -> None:
    assert stance.of("Every capital is worth a letter.", "en").words == ()
    assert stance.of("We want several partners.", "en").label == "multilateral"
