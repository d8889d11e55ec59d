"""Sentence cases are written with | where a sentence ends; roles in a file of their own."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import segment
from pipeline.document import Source, Version

CASES = Path(__file__).parent / "cases" / "segment"
SENTENCES = tomllib.loads((CASES / "sentences.toml").read_text(encoding="utf-8"))
ROLES = tomllib.loads((CASES / "roles.toml").read_text(encoding="utf-8"))


def version(text: str, lang: str) -> Version:
    source = Source(path="test", sha256="", encoding="utf-8", media_type="text/plain")
    return Version(lang=lang, source=source, text=text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang in ("en", "ru") for case in SENTENCES[lang]["cases"]]
)
def test_sentences_end_where_marked(lang: str, case: str) -> None:
    expected = [piece.strip() for piece in case.split("|")]
    text = " ".join(expected)
    assert [text[a:b] for a, b in segment.sentence_spans(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang in ("en", "ru") for case in SENTENCES[lang]["known_failures"]]
)
@pytest.mark.xfail(strict=True, reason="known failure, kept visible")
def test_known_failures(lang: str, case: str) -> None:
    test_sentences_end_where_marked(lang, case)


@pytest.mark.parametrize("document", ROLES["documents"], ids=lambda d: d["name"])
def test_roles(document: dict) -> None:
    text = "\n\n".join(text for _, text in document["paragraphs"])
    found = segment.paragraphs(version(text, document["lang"]))
    assert [(p.role, text[p.start : p.end]) for p in found] == [
        tuple(pair) for pair in document["paragraphs"]
    ]


@given(st.text(alphabet="аБв.!?… «»“”\"')(1AbZ-—\n", max_size=200), st.sampled_from(["en", "ru"]))
def test_sentences_cover_every_letter_in_order(text: str, lang: str) -> None:
    spans = list(segment.sentence_spans(text, lang))
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)


def test_a_line_without_stops_is_cut_into_bounded_pieces() -> None:
    text = "word " * 10_000
    spans = list(segment.sentence_spans(text, "en"))
    assert [len(text[a:b].split()) for a, b in spans] == [segment.MAX_WORDS] * (10_000 // segment.MAX_WORDS)
