"""Statements on sentences of our own, parsed with the real models; quotation marks without any."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import citations, entities, statements
from pipeline.document import Statement, Version
from pipeline.parse import Parsers
from pipeline.statements import stance
from pipeline.statements.quotation import quotations
from tests.conftest import plain_version

FOLDER = Path(__file__).parent / "cases" / "statements"
SENTENCES = json.loads((FOLDER / "sentences.json").read_text(encoding="utf-8"))
DOCUMENTS = json.loads((FOLDER / "documents.json").read_text(encoding="utf-8"))
MARKS = json.loads((FOLDER / "marks.json").read_text(encoding="utf-8"))


def extracted(text: str, lang: Any, parsers: Parsers) -> tuple[Version, tuple[Statement, ...]]:
    version = plain_version(text, lang)
    doc = parsers.doc(version)
    version = msgspec.structs.replace(version, entities=entities.extract(version, doc))
    version = msgspec.structs.replace(version, citations=citations.extract(version, doc))
    return version, statements.extract(version, doc)


def written(found: Statement) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "content": found.text,
        "speaker": found.speaker_name,
        "country": found.country,
        "former": found.former,
    }


def cases(rows: list[dict[str, Any]]) -> list[Any]:
    marks = {
        id(row): pytest.mark.xfail(strict=True, reason=row["known_failure"])
        for row in rows
        if "known_failure" in row
    }
    return [
        pytest.param(row, id=row["text"][:40], marks=[marks[id(row)]] if id(row) in marks else [])
        for row in rows
    ]


@pytest.mark.models
@pytest.mark.parametrize("case", cases(SENTENCES))
def test_sentence(case: dict[str, Any], real_parsers: Parsers) -> None:
    version, found = extracted(case["text"], case["lang"], real_parsers)
    assert [written(s) for s in found] == case["statements"]
    assert all(version.text[s.start : s.end] == s.text for s in found)


@pytest.mark.models
@pytest.mark.parametrize("case", cases(DOCUMENTS))
def test_document(case: dict[str, Any], real_parsers: Parsers) -> None:
    version, found = extracted(case["text"], case["lang"], real_parsers)
    assert [(s.kind, s.text[:30], s.speaker_name, s.role, s.country, s.citation) for s in found] == [
        (c["kind"], c["content"][:30], c["speaker"], c["role"], c["country"], c["citation"])
        for c in case["statements"]
    ]
    spans = [span for s in found for span in (s.speaker, s.cue) if span is not None]
    assert all(version.text[s.start : s.end] == s.text for s in spans)


@pytest.mark.models
def test_stretches_of_one_quotation_share_a_group(real_parsers: Parsers) -> None:
    text = "«Дорога есть, — сказал министр Пётр Орлов. — Машин нет». «Будут», — добавил он."
    _, found = extracted(text, "ru", real_parsers)
    groups = [s.group for s in found]
    assert groups[0] is not None
    assert groups[0] == groups[1] != groups[2]


def test_a_table_of_statements_is_kept(make_version: Any, fake_parsers: Parsers) -> None:
    told = Statement(start=0, end=4, text="Yes.", by="ingest.table", kind="direct", speaker_name="Ana Ruiz")
    version = msgspec.structs.replace(make_version("Yes.", "en"), statements=(told,))
    assert statements.extract(version, fake_parsers.doc(version)) == (told,)


@pytest.mark.parametrize("case", MARKS, ids=lambda case: case["text"][:40])
def test_quotation_marks(case: dict[str, Any]) -> None:
    text = case["text"]
    paragraphs, at = [], 0
    for paragraph in text.split("\n\n"):
        paragraphs.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    found = quotations(text, paragraphs)
    assert [[text[q.start : q.end], q.depth] for q in found] == case["quotations"]


@given(st.text(alphabet="ab A.,—'’‘\"“”«»„\n", max_size=60))
def test_quotations_are_nested_stretches_of_the_text(text: str) -> None:
    found = quotations(text)
    for index, q in enumerate(found):
        assert 0 <= q.opened < q.start <= q.end <= q.closed <= len(text)
        if q.parent is not None:
            outer = found[q.parent]
            assert q.parent < index
            assert outer.depth == q.depth - 1
            assert outer.opened < q.opened
            assert q.closed <= outer.closed


@given(st.lists(st.sampled_from(["A road.", "No, never", "the old port"]), min_size=1, max_size=6))
def test_every_closed_quotation_is_found(contents: list[str]) -> None:
    text = " said X. ".join(f"“{content}”" for content in contents)
    assert [text[q.start : q.end] for q in quotations(text)] == contents


@pytest.mark.parametrize(
    ("text", "lang", "label"),
    [
        ("We keep several partners and a multi-vector policy.", "en", "multilateral"),
        ("Russia is our closest ally.", "en", "aligned"),
        ("Mercury fell to ten degrees.", "en", "neutral"),
        ("Мы за многосторонность и баланс.", "ru", "multilateral"),
        ("Это наш ближайший союзник.", "ru", "aligned"),
        ("Урожай убрали к августу.", "ru", "neutral"),
    ],
)
def test_stance_rests_on_words(text: str, lang: str, label: str) -> None:
    found = stance.of(text, lang)
    assert found.label == label
    assert bool(found.words) == (label != "neutral")
    assert all(word in text for word in found.words)
    assert -1 <= found.score <= 1
