"""Which of several countries a name is formed like."""

import csv
from importlib import resources

import pytest

from pipeline import countries
from pipeline.statements.surnames import homes

CASES = [
    ("en", "Vardan Hakhinyan", ("AM", "GE"), {"AM"}),
    ("ru", "Лали Кобахидзе", ("AM", "GE"), {"GE"}),
    ("en", "Zoran Petkovski", ("GR", "MK"), {"MK"}),
    ("en", "Zoran Petkovski", ("PL", "MK"), {"MK"}),
    ("ru", "Элени Стамату", ("GR", "MK"), {"GR"}),
    ("en", "Sirkka Hautanen", ("EE", "FI", "RU"), {"FI"}),
    ("ru", "Гуннар Ульссон", ("NO", "SE"), {"SE"}),
    ("en", "Declan McGrath", ("IE", "CY"), {"IE"}),
    ("en", "Thi Hoa Nguyen", ("KH", "VN"), {"VN"}),
    ("ru", "Жан-Пьер Лукуса", ("CD", "ZM"), {"CD"}),
    ("en", "Nurlan Seitov", ("KZ", "KG"), {"KG", "KZ"}),
    ("en", "Ann Orr", ("AM", "GE"), set()),
    ("en", "", ("AM", "GE"), set()),
    ("en", "Lali Kobakhidze", (), set()),
]


@pytest.mark.parametrize(("lang", "name", "among", "expected"), CASES)
def test_the_longest_form_decides(lang: str, name: str, among: tuple[str, ...], expected: set[str]) -> None:
    assert homes(name, lang, among) == expected


def test_every_row_has_known_countries_and_forms_in_both_languages() -> None:
    with resources.files("pipeline.languages").joinpath("surnames.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert all(countries.name(code, "en") for code in row["iso"].split()), row["iso"]
        assert row["en"].split(), row["iso"]
        assert row["ru"].split(), row["iso"]
