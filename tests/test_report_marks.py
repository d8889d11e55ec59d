"""Overlapping annotations become stretches that never cross and lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.marks import Mark, cut, marks_of
from tests.report_specimen import specimen

TEXT = "Граница 🌾 of two words"


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12))
    layers = ("entities", "factors", "statements")
    return [
        Mark(anchor=str(number), layer=layers[number % 3], start=min(a, b), end=max(a, b))
        for number, (a, b) in enumerate(spans)
    ]


@given(marks(), st.lists(st.integers(0, len(TEXT))))
def test_segments_are_the_text_and_each_lists_what_covers_it(found: list[Mark], borders: list[int]) -> None:
    segments = cut(TEXT, found, borders)
    assert "".join(s.text for s in segments) == TEXT
    for segment in segments:
        covering = {m.anchor for m in found if m.start <= segment.start and segment.end <= m.end}
        assert {m.anchor for m in segment.marks} == covering
        assert not any(segment.start < border < segment.end for border in borders)


@given(marks())
def test_every_mark_opens_and_closes_once(found: list[Mark]) -> None:
    segments = cut(TEXT, found)
    real = sorted(m.anchor for m in found if m.start < m.end)
    assert sorted(m.anchor for s in segments for m in s.opens) == real
    assert sorted(m.anchor for s in segments for m in s.closes) == real


def test_the_longest_mark_comes_first() -> None:
    short = Mark(anchor="short", layer="entities", start=2, end=4)
    long = Mark(anchor="long", layer="statements", start=0, end=6)
    assert [m.anchor for m in cut("abcdef", [short, long])[1].marks] == ["long", "short"]


def test_a_version_marks_its_layers_its_side_of_the_differences_and_who_speaks() -> None:
    work = specimen()
    russian = marks_of(work, "ru")
    text = work.versions["ru"].text
    words = {(m.anchor, m.part): text[m.start : m.end] for m in russian}
    assert words["diff-2", "whole"] == "вероятно"
    assert words["ru-statements-1", "speaker"] == "Ион Чебан-Русу"
    assert words["ru-statements-1", "cue"] == "сказал"
    assert not any(m.anchor == "diff-3" for m in russian)
    assert not any(m.layer == "passages" for m in russian)
