"""How grave a difference is follows from what is lost or changed."""

from collections.abc import Callable

import pytest

from pipeline.compare import finding
from pipeline.compare.severity import severity
from pipeline.document import Difference, Factor, Version, Work

EN = "Trade fell by a very long way, in spite of protests. Nobody objected."
RU = "Торговля упала. Никто не возражал."


@pytest.fixture
def work(make_version: Callable[..., Version]) -> Work:
    return Work(id="w", versions={"en": make_version(EN, "en"), "ru": make_version(RU, "ru")})


def lost(work: Work, text: str, **detail: str) -> Difference:
    at = EN.index(text)
    span = finding.evidence(work.versions["en"], at, at + len(text), "test")
    return finding.difference("omission", span, None, 0.9, "", **detail)


def changed(work: Work, kind: str, **detail: str) -> Difference:
    spans = (finding.evidence(work.versions[lang], 0, 5, "test") for lang in ("en", "ru"))
    return finding.difference(kind, *spans, 0.9, "", **detail)


@pytest.mark.parametrize(
    ("text", "unit", "grave"),
    [
        ("very long", "clause", "minor"),
        ("in spite of protests", "clause", "major"),
        ("Nobody objected.", "sentence", "major"),
    ],
)
def test_a_lost_sentence_or_clause_weighs_more_than_a_lost_modifier(
    work: Work, text: str, unit: str, grave: str
) -> None:
    assert severity(lost(work, text, unit=unit), work) == grave


def test_what_takes_a_cause_with_it_is_critical(make_version: Callable[..., Version]) -> None:
    at = EN.index("protests")
    cause = Factor(
        start=at, end=at + 8, text="protests", by="test", code="protest", group="political",
        category="subjective", polarity="present", rule="test",
    )  # fmt: skip
    work = Work(
        id="w", versions={"en": make_version(EN, "en", factors=(cause,)), "ru": make_version(RU, "ru")}
    )
    assert severity(lost(work, "in spite of protests", unit="clause"), work) == "critical"
    assert severity(lost(work, "Nobody objected.", unit="sentence"), work) == "major"


@pytest.mark.parametrize(
    ("kind", "detail", "grave"),
    [
        ("number", {"value_en": "1500000000 USD", "value_ru": "1500000 USD"}, "critical"),
        ("number", {"value_en": "9 pp", "value_ru": "9 percent"}, "critical"),
        ("number", {"value_en": "81 percent", "value_ru": "84 percent"}, "major"),
        ("number", {"value_en": "1000 tonnes", "value_ru": "995 tonnes"}, "minor"),
        ("number", {"value_en": "per year", "value_ru": "per month"}, "critical"),
        ("date", {"value_en": "1949-04-04", "value_ru": "1949-08-04"}, "major"),
        ("date", {"value_en": "1949-04-04", "value_ru": "1994-04-04"}, "critical"),
        ("date", {"value_en": "on Monday", "value_ru": "в четверг"}, "major"),
        ("attribution", {"change": "speaker"}, "critical"),
        ("attribution", {"change": "source"}, "major"),
        ("attribution", {"change": "report"}, "minor"),
        ("polarity", {}, "critical"),
        ("entity", {}, "major"),
        ("modality", {}, "major"),
        ("terminology", {}, "minor"),
    ],
)
def test_a_change_weighs_by_how_far_it_goes(
    work: Work, kind: str, detail: dict[str, str], grave: str
) -> None:
    assert severity(changed(work, kind, **detail), work) == grave
