"""Beads become lines in which both versions read in their own order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.rows import rows
from pipeline.report.weave import weave
from tests.report_specimen import alone, specimen


@st.composite
def bead_lists(draw: st.DrawFn) -> tuple[list[tuple[int, tuple[int, ...], tuple[int, ...]]], int, int]:
    """Beads over contiguous groups of both sides, in any pairing: a permutation makes them cross."""
    left = draw(st.lists(st.integers(0, 2), max_size=7))
    right = draw(st.permutations(draw(st.lists(st.integers(0, 2), min_size=len(left), max_size=len(left)))))
    order = draw(st.permutations(range(len(left))))
    groups_en, total_en = _groups(left)
    groups_ru, total_ru = _groups(list(right))
    beads = [
        (n, groups_en[n], groups_ru[order[n]])
        for n in range(len(left))
        if groups_en[n] or groups_ru[order[n]]
    ]
    spare = draw(st.integers(0, 2))
    return beads, total_en + spare, total_ru + spare


def _groups(sizes: list[int]) -> tuple[list[tuple[int, ...]], int]:
    groups, start = [], 0
    for size in sizes:
        groups.append(tuple(range(start, start + size)))
        start += size
    return groups, start


@given(bead_lists())
def test_each_index_stands_once_and_each_column_reads_in_order(
    case: tuple[list[tuple[int, tuple[int, ...], tuple[int, ...]]], int, int],
) -> None:
    beads, en, ru = case
    lines = weave(beads, range(en), range(ru))
    assert [i for line in lines for i in line.en] == list(range(en))
    assert [i for line in lines for i in line.ru] == list(range(ru))
    for line in lines:
        assert (line.fate == "paired") == bool(line.en and line.ru)
        assert (line.fate == "moved") == bool(line.partner)


@pytest.mark.parametrize(
    ("beads", "fates"),
    [
        ([(0, (0,), (0,)), (1, (1,), (1,))], ["paired", "paired"]),
        ([(0, (0, 1), (0,)), (1, (), (1,))], ["paired", "alone"]),
        ([(0, (0,), (1,)), (1, (1,), (0,))], ["moved", "paired", "moved"]),
        ([], ["unaligned"] * 4),
    ],
)
def test_fates(beads: list[tuple[int, tuple[int, ...], tuple[int, ...]]], fates: list[str]) -> None:
    assert sorted(line.fate for line in weave(beads, range(2), range(2))) == sorted(fates)


def test_the_rows_of_the_specimen() -> None:
    found = [
        (row.fate, [b.index for b in row.en], [b.index for b in row.ru], row.partner)
        for row in rows(specimen())
    ]
    assert found == [
        ("paired", [0], [0], None),
        ("moved", [], [1], 4),
        ("paired", [1], [2], None),
        ("paired", [2], [3], None),
        ("alone", [3], [], None),
        ("moved", [4], [], 1),
    ]


def test_a_null_bead_leaves_a_gap_at_its_place() -> None:
    english = rows(specimen())[2].en[0]
    assert [bool(stretch.segments) for stretch in english.stretches] == [True, True, True, False]
    assert english.stretches[-1].fate == "alone"


def test_a_text_without_structure_is_one_paragraph() -> None:
    work = alone()
    (row,) = rows(work)
    assert (
        "".join(s.text for stretch in row.en[0].stretches for s in stretch.segments)
        == work.versions["en"].text
    )
