"""What the judge makes of findings, and what it reports by itself: on judgements written by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import verdicts
from pipeline.compare.finding import REPORTED, difference
from pipeline.document import Difference, Source, Span, Version
from pipeline.judge import KINDS, Judgement

EN, RU = "The flood ruined the port", "Наводнение обогатило порт"


def judgement(text: str, marked: dict[str, tuple[str, float]]) -> Judgement:
    """Of these words this kind and probability, of all others that they are the same."""
    starts, at = [], 0
    for word in text.split():
        starts.append(at)
        at += len(word) + 1
    kinds = np.zeros((len(starts), len(KINDS)), np.float32)
    for n, word in enumerate(text.split()):
        kind, p = marked.get(word, ("same", 1.0))
        kinds[n, 0] = 1 - p
        kinds[n, KINDS.index(kind)] = p
    ends = [a + len(word) for a, word in zip(starts, text.split(), strict=True)]
    return Judgement(np.array(starts), np.array(ends), kinds)


def side(lang: Any, text: str) -> Any:
    source = Source(path="text", sha256="", encoding="utf-8", media_type="text/plain")
    words = [
        SimpleNamespace(
            start=text.index(word),
            content=word.lower() != "the",
            lemma=word.lower(),
            token=SimpleNamespace(text=word),
        )
        for word in text.split()
    ]
    return SimpleNamespace(
        version=Version(lang=lang, source=source, text=text),
        lang=lang,
        start=0,
        end=len(text),
        words=words,
        called=f"{lang} version",
    )


def pair(en: dict[str, tuple[str, float]], ru: dict[str, tuple[str, float]]) -> Any:
    sides = {"en": side("en", EN), "ru": side("ru", RU)}
    return SimpleNamespace(
        **sides,
        side=sides.get,
        other=lambda lang: sides["ru" if lang == "en" else "en"],
        sure=1.0,
        judged=(judgement(EN, en), judgement(RU, ru)),
        partners=lambda *_: {},
    )


def found(
    kind: str = "polarity", weight: float = 0.5, en: str = "ruined", ru: str = "обогатило"
) -> Difference:
    spans = (
        Span(start=text.index(word), end=text.index(word) + len(word), text=word, by="test")
        for text, word in ((EN, en), (RU, ru))
    )
    return difference(kind, *spans, weight, "They differ.")


RUINED = ({"ruined": ("polarity", 0.97)}, {"обогатило": ("polarity", 0.96)})


def test_a_finding_is_told_with_what_the_judge_says_of_both_its_words() -> None:
    assert verdicts.opinion(pair(*RUINED), found()) == pytest.approx((0.96, 0.96), abs=1e-6)
    assert verdicts.opinion(pair(*RUINED), found(en="port")) == pytest.approx((0.0, 0.0), abs=1e-6)


@pytest.mark.parametrize("kind", ["addition", "modality", "attribution", "omission"])
def test_a_doubted_finding_is_reported_where_the_judge_is_sure_and_not_where_it_is_sure_of_the_contrary(
    kind: str,
) -> None:
    sure, doubtful = verdicts.Opinion(0.999, 0.999), verdicts.Opinion(0.001, 0.001)
    assert verdicts.together(found(kind, 0.45), sure) > REPORTED
    assert verdicts.together(found(kind, 0.5), doubtful) < REPORTED


@given(st.sampled_from(list(KINDS[1:-1])), *[st.floats(0, 1)] * 4)
def test_surer_rules_and_a_surer_judge_make_a_surer_finding(
    kind: str, low: float, high: float, less: float, more: float
) -> None:
    (low, high), (less, more) = sorted((low, high)), sorted((less, more))
    doubtful = verdicts.together(found(kind, low), verdicts.Opinion(less, less))
    assert doubtful <= verdicts.together(found(kind, high), verdicts.Opinion(more, more))
    assert 0 <= doubtful <= 1


def test_what_both_versions_mark_in_one_way_is_reported() -> None:
    marked = (
        {"ruined": ("modality", 0.999), "port": ("modality", 0.9)},
        {"обогатило": ("modality", 0.999)},
    )
    [one] = verdicts.alone([pair(*marked)], [])
    assert (one.kind, one.en and one.en.text, one.ru and one.ru.text) == (
        "modality",
        "ruined the port",
        "обогатило",
    )
    assert one.explanation == "“ruined the port” and «обогатило» are not equally certain or binding."
    assert one.confidence > REPORTED


@pytest.mark.parametrize(
    ("en", "ru", "kind", "text"),
    [
        ({"the": ("missing", 0.999), "port": ("missing", 0.999)}, {}, "omission", "the port"),
        ({}, {"порт": ("missing", 0.999)}, "addition", "порт"),
    ],
)
def test_what_is_marked_as_missing_is_an_omission_or_an_addition(
    en: Any, ru: Any, kind: str, text: str
) -> None:
    [one] = verdicts.alone([pair(en, ru)], [])
    span = one.en or one.ru
    assert (one.kind, span and span.text, one.en is None or one.ru is None) == (kind, text, True)
    assert one.confidence > REPORTED


@pytest.mark.parametrize(
    ("en", "ru", "one"),
    [
        ("Ankara", "турецкий", True),
        ("Yerevan", "Ереваном", True),
        ("Cape Verde", "Зелёного Мыса", True),
        ("Osaka", "Иокогаме", False),
        ("turkey", "Анкаре", False),
    ],
)
def test_a_country_and_its_capital_are_one_name(en: str, ru: str, one: bool) -> None:
    assert verdicts._one_name(en, ru) is one


def test_what_is_missing_is_not_taken_for_the_counterpart_of_what_is_changed() -> None:
    [one] = verdicts.matches(pair({"ruined": ("polarity", 0.9)}, {"порт": ("missing", 0.9)}))
    assert (one.kind, one.en) == ("addition", None)


@pytest.mark.parametrize(
    ("en", "ru", "ruled"),
    [
        ({}, RUINED[1], []),
        (RUINED[0], {"обогатило": ("polarity", 0.5)}, []),
        (*RUINED, [found("terminology", 0.7)]),
    ],
    ids=["one side", "not sure", "told by a rule"],
)
def test_nothing_is_reported(en: Any, ru: Any, ruled: list[Difference]) -> None:
    assert not [d for d in verdicts.alone([pair(en, ru)], ruled) if d.confidence >= REPORTED]


def test_marked_words_that_stand_together_are_one_stretch() -> None:
    marked = dict.fromkeys(("flood", "ruined", "port"), ("terminology", 0.9))
    [match] = verdicts.matches(pair(marked, RUINED[1]))
    assert EN[match.en.start : match.en.end] == "flood ruined the port"


def test_names_that_the_tables_know_as_two_are_not_doubted() -> None:
    unmarked = verdicts.Opinion(0.001, 0.001)
    assert verdicts.together(found("entity", 0.85), unmarked) == 0.85
    assert verdicts.together(found("entity", 0.55), unmarked) < REPORTED
