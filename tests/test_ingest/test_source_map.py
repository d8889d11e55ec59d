"""Traced text: edits compose, repairs replay, runs are exact."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Source, Version
from pipeline.ingest.source_map import DECODED, Edit, Piece, Traced, byte_runs, replay

SOURCES = st.text(alphabet="abcя \n", max_size=25)


@st.composite
def edited(draw):
    """A source, and the text after up to three rounds of edits with what plain string editing makes of it."""
    source = draw(SOURCES)
    traced, plain = Traced.of(source), source
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(plain)), max_size=8, unique=True)))
        edits = [
            Edit(a, b, draw(st.text(alphabet="XY", max_size=2)), "rule")
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        for edit in reversed(edits):
            plain = plain[: edit.start] + edit.text + plain[edit.end :]
        traced = traced.edit(edits)
    return source, traced, plain


def version(traced, runs=()):
    source = Source(path="x", sha256="", encoding="utf-8", media_type="text/plain")
    return Version(lang="en", source=source, text=traced.text, repairs=traced.repairs(), source_map=runs)


@given(edited())
def test_edits_give_what_plain_editing_gives(case):
    _, traced, plain = case
    assert traced.text == plain


@given(edited())
def test_repairs_can_be_undone(case):
    source, traced, _ = case
    assert replay(version(traced)) == source


@given(edited())
def test_every_run_is_the_source_and_runs_are_in_order(case):
    source, traced, _ = case
    last = 0
    for start, end, first, stop in traced.runs():
        assert last <= start < end
        assert traced.text[start:end] == source[first:stop]
        last = end


@given(edited())
def test_what_no_run_covers_is_explained_by_a_repair(case):
    _, traced, _ = case
    covered = {i for start, end, *_ in traced.runs() for i in range(start, end)}
    covered |= {i for repair in traced.repairs() for i in range(repair.start, repair.end)}
    unchanged = {i for i in range(len(traced.text)) if i not in covered}
    # a repair that put back what was there is no repair, and its characters may stay unmapped
    assert all(any(p.rule and p.text == p.before for p in traced.pieces) for _ in unchanged)


@given(edited(), st.data())
def test_slices_side_by_side_lose_no_text(case, data):
    _, traced, plain = case
    cuts = sorted(data.draw(st.lists(st.integers(0, len(plain)), max_size=4, unique=True)))
    borders = [0, *cuts, len(plain)]
    parts = traced.slices(list(pairwise(borders)))
    assert "".join(part.text for part in parts) == plain


@given(SOURCES.filter(bool), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_bytes_of_runs_decode_to_their_characters(source, encoding):
    raw = source.encode(encoding)
    runs = [(i, i + 1, i, i + 1) for i in range(len(source))]
    for start, end, first, stop in byte_runs(runs, lambda a, b: len(source[a:b].encode(encoding))):
        assert raw[first:stop].decode(encoding) == source[start:end]


def test_entities_are_mapped_and_breaks_are_not():
    traced = Traced([Piece("&", 0, 5, DECODED, "&"), *Traced.inserted("\n\n", 5).pieces, Piece("b", 5, 6)])
    assert traced.runs() == [(0, 1, 0, 5), (3, 4, 5, 6)]
    assert traced.repairs() == ()
