"""Dated happenings: which dates count, their triggers, types and participants, in both languages."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import config, entities, events
from pipeline.config import EventType
from pipeline.document import Event, Version
from pipeline.errors import ConfigError
from pipeline.parse import Parsers

CASES = Path(__file__).parent / "cases" / "events"


def cases(lang: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{lang}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(lang, case, marks=_known(case), id=f"{lang}-{case['text'][:40]}") for case in found]


def _known(case: dict[str, Any]) -> Any:
    return pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else ()


def read(
    text: str, lang: str, make: Callable[..., Version], parsers: Parsers, **more: Any
) -> tuple[Event, ...]:
    version = make(text, lang)
    doc = parsers.doc(version)
    return events.extract(make(text, lang, entities=entities.extract(version, doc)), doc, **more)


@pytest.mark.models
@pytest.mark.parametrize(("lang", "case"), [*cases("en"), *cases("ru")])
def test_events(
    lang: str, case: dict[str, Any], make_version: Callable[..., Version], real_parsers: Parsers
) -> None:
    found = read(case["text"], lang, make_version, real_parsers)
    spans = [(e.date.start, e.date.end) for e in found if e.date]
    assert sorted(spans) == sorted((start, end) for start, end, _, _ in case["event"])
    for start, _, word, kind in case["event"]:
        assert any(
            e.date and e.date.start == start and word in e.text and kind in ("", e.type) for e in found
        )


@pytest.mark.models
def test_participants_are_codes(make_version: Callable[..., Version], real_parsers: Parsers) -> None:
    text = "Chile and Peru signed a border treaty on 3 June 1929."
    (event,) = read(text, "en", make_version, real_parsers)
    assert event.participants == ("CL", "PE")


@pytest.mark.models
def test_a_dateline_is_no_event(make_version: Callable[..., Version], real_parsers: Parsers) -> None:
    text = "Port reopens\n\nOslo, March 3, 2021 (Northern Wire) — Norway closed the strait on Monday."
    found = read(text, "en", make_version, real_parsers)
    assert [e.date.start for e in found if e.date] == ["2021-03-01"]


@pytest.mark.models
def test_further_types_come_from_the_configuration(
    make_version: Callable[..., Version], real_parsers: Parsers
) -> None:
    text = "The probe orbited the moon on 12 September 1959."
    more = {"space_flight": EventType(verbs="orbit")}
    (event,) = read(text, "en", make_version, real_parsers, more=more)
    assert event.type == "space_flight"


def test_an_event_type_in_a_configuration_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[events.en.space_flight]\nverbs = "orbit"\n', encoding="utf-8")
    assert config.load(mine).events["en"] == {"space_flight": EventType(verbs="orbit")}
    mine.write_text('[events.en.space_flight]\nverb = "orbit"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="verb"):
        config.load(mine)
