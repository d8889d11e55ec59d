"""Numbers as people write them, in both languages."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import numerals

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "numerals" / "numerals.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang in ("en", "ru") for case in CASES[lang]["cases"]]
)
def test_value_unit_and_kind(lang: str, case: list[str]) -> None:
    text, *expected = case
    found = [(text[n.start : n.end], str(n.value), n.unit or "", n.kind) for n in numerals.read(text, lang)]
    assert found == [tuple(expected)]


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang in ("en", "ru") for text in CASES[lang]["none"]]
)
def test_names_and_pronouns_are_no_numbers(lang: str, text: str) -> None:
    assert numerals.read(text, lang) == ()


@pytest.mark.parametrize(
    ("lang", "text", "values", "unit"),
    [
        ("en", "from 1.9 million tons in 2023 to 1.6", ["1900000", "2023", "1600000"], "tonnes"),
        ("en", "2–3 million dollars", ["2000000", "3000000"], "USD"),
        ("ru", "с 1,9 млн т в 2023 году до 1,6", ["1900000", "2023", "1600000"], "tonnes"),
        ("ru", "с 2 до 3 млн тонн", ["2000000", "3000000"], "tonnes"),
    ],
)
def test_a_bare_number_takes_scale_and_unit_of_its_partner(
    lang: str, text: str, values: list[str], unit: str
) -> None:
    found = numerals.read(text, lang)
    assert [str(n.value) for n in found] == values
    assert {n.unit for n in (found[0], found[-1])} == {unit}


@pytest.mark.parametrize(
    ("text", "step"), [("13.03 billion", "10000000"), ("1,250", "1"), ("410 thousand", "1000")]
)
def test_step_is_the_value_of_the_last_digit(text: str, step: str) -> None:
    assert numerals.read(text, "en")[0].step == Decimal(step)


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_grouped_either_way_read_back(number: int) -> None:
    assert numerals.read(f"{number:,}", "en")[0].value == number
    assert numerals.read(f"{number:,}".replace(",", "\u00a0"), "ru")[0].value == number


@given(st.text(alphabet="0123456789., -–%$€млрдтысa half and two в раза million\u00a0", max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    for lang in ("en", "ru"):
        found = numerals.read(text, lang)
        ends = [0, *(n.end for n in found)]
        assert all(before <= n.start < n.end <= len(text) for before, n in zip(ends, found, strict=False))


def test_outside_drops_what_a_span_covers() -> None:
    text = "5 ships in 2014"
    found = numerals.read(text, "en")
    assert [n.value for n in numerals.outside(found, ((11, 15),))] == [5]


def test_count_reads_one_number_only() -> None:
    assert numerals.count("eighteen", "en") == 18
    assert numerals.count("двадцать пять", "ru") == 25
    assert numerals.count("five ships", "en") is None
