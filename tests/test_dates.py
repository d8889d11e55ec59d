"""Dates, absolute and relative, in both languages."""

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import dates

CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates" / "dates.toml").read_text(encoding="utf-8"))
DATED = datetime.date(2025, 10, 14)


def written(mention: dates.DateMention) -> str:
    date = mention.date
    return date.start if date.start == date.end else f"{date.start}..{date.end}"


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang in ("en", "ru") for case in CASES[lang]["cases"]]
)
def test_dates_resolve(lang: str, case: list[str]) -> None:
    text, *expected = case
    assert [written(m) for m in dates.read(text, lang, DATED)] == expected


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang in ("en", "ru") for text in CASES[lang]["none"]]
)
def test_no_date(lang: str, text: str) -> None:
    assert dates.read(text, lang, DATED) == ()


@pytest.mark.parametrize("text", ["on Sunday", "last winter", "three years ago", "nine days later"])
def test_without_its_own_date_a_text_leaves_them_open(text: str) -> None:
    assert dates.read(text, "en") == ()


@given(st.dates(min_value=datetime.date(1200, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_reads_back(day: datetime.date) -> None:
    month = day.strftime("%B")
    for text in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert [written(m) for m in dates.read(text, "en")] == [day.isoformat()]


@given(st.text(alphabet="0123456789.-– годаgмarchMarch ofинюлX", max_size=60))
def test_spans_are_ordered_and_dates_valid(text: str) -> None:
    for lang in ("en", "ru"):
        at = 0
        for mention in dates.read(text, lang, DATED):
            assert at <= mention.start < mention.end <= len(text)
            assert mention.date.start <= mention.date.end
            at = mention.end


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        (
            "en",
            "Port reopens\n\nOslo, March 3, 2021 (Northern Wire) — The port reopened.\n\nIt rained.",
            "2021-03-03",
        ),
        ("en", "Memo\n\nFor the board; prepared by the staff, 3 March 2021.\n\nIt rained.", "2021-03-03"),
        ("ru", "Порт\n\nОсло, 3 марта 2021 года (Северная лента) — Порт открыт.\n\nШёл дождь.", "2021-03-03"),
        ("ru", "Беседа\n\nШёл дождь.\n\nЕщё раз.\n\nЗаписала Анна Лунд, Осло, 3 марта 2021 г.", "2021-03-03"),
    ],
)
def test_dateline(lang: str, text: str, day: str) -> None:
    found = dates.dateline(text, lang)
    assert found is not None
    assert found[1].isoformat() == day


def test_a_date_in_the_running_text_is_no_dateline() -> None:
    assert dates.dateline("The port\n\nThe port was opened on March 3, 2021, by the king.", "en") is None
