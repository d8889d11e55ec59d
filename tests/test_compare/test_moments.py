"""How far a moment lies from another one, in days, as both languages tell it."""

import pytest

from pipeline.compare import moments
from pipeline.document import Lang

DAY, MONTH, YEAR = "1", "30.4375", "365.25"
CASES: list[tuple[Lang, str, list[str]]] = [
    ("en", "He left three days later.", ["3"]),
    ("en", "He left a year and a half ago.", ["-547.875"]),
    ("en", "They will meet in two weeks' time.", ["14"]),
    ("en", "The following month he resigned.", [MONTH]),
    ("en", "Prices for this year and next", [YEAR, "same " + YEAR]),
    ("en", "a week to the day after the vote", []),
    ("en", "a quarter of a century ago", ["-9131.25"]),
    ("ru", "Он уехал через три дня.", ["3"]),
    ("ru", "Он уехал полтора года назад.", ["-547.875"]),
    ("ru", "Днём позже он подписал.", [DAY]),
    ("ru", "спустя несколько месяцев", []),
    ("ru", "за неделю до этого", ["-7"]),
    ("ru", "в этом и следующем году", ["same " + YEAR, YEAR]),
    ("ru", "из-за этого год длится", []),
    ("ru", "накануне", ["-1"]),
]


@pytest.mark.parametrize(("lang", "text", "days"), CASES)
def test_distances_are_counted_in_days(lang: Lang, text: str, days: list[str]) -> None:
    found = sorted({(w.start, w.value) for w in moments.distances(text.replace("ё", "е"), lang)})
    assert [value for _, value in found] == days


@pytest.mark.parametrize(
    "unit",
    [
        "день",
        "днем",
        "сутки",
        "неделю",
        "неделей",
        "месяц",
        "месяцем",
        "квартал",
        "полгода",
        "год",
        "годом",
        "столетие",
        "век",
    ],
)
def test_a_unit_without_a_number_is_one(unit: str) -> None:
    assert list(moments.distances(f"{unit} спустя", "ru"))
