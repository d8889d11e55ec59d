"""What the aligner sees of a sentence: stems, values, sounds."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import translit
from pipeline.align.stem import stem
from pipeline.align.tokens import ends, tokens

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "align" / "tokens.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("sentence", "expected"), CASES["cases"])
def test_tokens(sentence: str, expected: str) -> None:
    assert " ".join(t.text for t in tokens(sentence)) == expected


@pytest.mark.parametrize(("lang", "unit", "expected"), CASES["ends"])
def test_sentence_ends_inside_a_unit(lang: str, unit: str, expected: int) -> None:
    assert ends(unit, lang) == expected


@pytest.mark.parametrize(("a", "b"), CASES["same_stem"])
def test_inflected_forms_meet(a: str, b: str) -> None:
    assert stem(a) == stem(b)


@pytest.mark.parametrize(("a", "b"), CASES["other_stem"])
def test_other_words_do_not_meet(a: str, b: str) -> None:
    assert stem(a) != stem(b)


@pytest.mark.parametrize(("en", "ru"), CASES["alike"])
def test_names_meet_across_the_scripts(en: str, ru: str) -> None:
    assert translit.near(translit.skeleton(en)) & translit.near(translit.skeleton(ru))


@pytest.mark.parametrize(("en", "ru"), CASES["unlike"])
def test_other_names_do_not_meet(en: str, ru: str) -> None:
    assert not translit.near(translit.skeleton(en)) & translit.near(translit.skeleton(ru))


@given(st.text(max_size=80))
def test_any_text_has_tokens_that_are_never_empty(text: str) -> None:
    assert all(t.text for t in tokens(text))
    assert ends(text, "ru") >= 1
