"""Verification finds every kind of tampering."""

from pathlib import Path

import msgspec
import pytest

from pipeline import config, ingest, stages
from pipeline.document import Work
from pipeline.parse import Parsers
from pipeline.tools import Tools
from pipeline.verify import verify

SETTINGS = config.load()
EN = "Trade on the river\n\nBarge traffic with Paraguay fell by 20 percent, from 50 million tonnes in 2012 to 40 million in 2015.\n\nNobody objected."


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, real_parsers: Parsers) -> Work:
    path = tmp_path_factory.mktemp("verify") / "river.en.txt"
    path.write_text(EN, encoding="utf-8")
    (version,) = ingest.read(path, lang="en", limits=SETTINGS.ingest)
    return stages.annotate("river", {"en": version}, Tools(SETTINGS, real_parsers))


def changed(work: Work, **fields: object) -> Work:
    version = msgspec.structs.replace(work.versions["en"], **fields)
    return msgspec.structs.replace(work, versions={"en": version})


@pytest.mark.models
def test_an_untouched_work_verifies(work: Work) -> None:
    assert verify(work, SETTINGS) == []
    assert work.versions["en"].quantities


@pytest.mark.models
def test_a_changed_source_is_found(work: Work) -> None:
    path = Path(work.versions["en"].source.path)
    path.write_text(EN.replace("20", "25"), encoding="utf-8")
    try:
        assert "sha256" in verify(work, SETTINGS)[0]
    finally:
        path.write_text(EN, encoding="utf-8")


@pytest.mark.models
def test_a_missing_source_is_found(work: Work) -> None:
    source = msgspec.structs.replace(work.versions["en"].source, path="/nowhere/river.txt")
    assert "cannot be read" in verify(changed(work, source=source), SETTINGS)[0]


@pytest.mark.models
def test_a_shifted_span_is_found(work: Work) -> None:
    entities = work.versions["en"].entities or ()
    shifted = tuple(msgspec.structs.replace(e, start=e.start + 1) for e in entities)
    assert any("the annotation says" in p for p in verify(changed(work, entities=shifted), SETTINGS))


@pytest.mark.models
def test_changed_text_is_found(work: Work) -> None:
    problems = verify(changed(work, text=work.versions["en"].text.replace("Nobody", "Everybody")), SETTINGS)
    assert any("no longer yields this text" in p for p in problems)


@pytest.mark.models
def test_wrong_arithmetic_in_the_file_is_found(work: Work) -> None:
    quantities = tuple(
        msgspec.structs.replace(q, check=msgspec.structs.replace(q.check, consistent=not q.check.consistent))
        if q.check
        else q
        for q in work.versions["en"].quantities or ()
    )
    assert any("arithmetic" in p for p in verify(changed(work, quantities=quantities), SETTINGS))


@pytest.mark.models
def test_an_id_used_twice_is_found(work: Work) -> None:
    entities = work.versions["en"].entities or ()
    assert any(
        "share an id" in p for p in verify(changed(work, entities=(*entities, *entities[-1:])), SETTINGS)
    )
