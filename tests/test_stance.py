"""The stance of statements: what the rule finds of the labelled ones, and that a side it takes is the right one."""

import pytest

from tests.evaluation.stance import figures


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_statements_the_rule_was_improved_on(lang: str) -> None:
    assert figures("statements", lang)["accuracy"] >= 0.95


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_side_taken_is_right_on_unseen_statements_too(lang: str) -> None:
    assert figures("unseen", lang)["sides_right"] >= 0.9
