"""Every format is written as its readers expect it, and what can be read back comes back."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.align import formats
from pipeline.errors import ConfigError

EN = ["One.", "Two & <three>.", "Four.\tTabbed\nline.", "Five."]
RU = ["Раз.", "Два и три.", "Пять.", "Лишнее."]
BEADS = [((0,), (0,), 0.99), ((1, 2), (1,), 0.75), ((3,), (2,), 1.0), ((), (3,), 0.5)]


@st.composite
def monotone_beads(draw: st.DrawFn) -> list[formats.Bead]:
    i = j = 0
    beads: list[formats.Bead] = []
    for n, m in draw(
        st.lists(st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (3, 1), (2, 3)]), max_size=12)
    ):
        score = draw(st.integers(0, 10_000)) / 10_000
        beads.append((tuple(range(i, i + n)), tuple(range(j, j + m)), score))
        i, j = i + n, j + m
    return beads


@given(monotone_beads())
def test_vecalign_lines_come_back(beads: list[formats.Bead]) -> None:
    assert formats.read_vecalign(formats.as_vecalign(beads, (), (), "")) == beads


@given(monotone_beads())
def test_a_ladder_comes_back_but_for_the_order_of_neighbouring_nulls(beads: list[formats.Bead]) -> None:
    back = formats.read_ladder(formats.as_ladder(beads, (), (), ""))
    assert sorted(back) == sorted(beads)


def test_a_moved_passage_is_null_on_both_sides_of_a_ladder() -> None:
    beads = [((0,), (1,), 0.9), ((1,), (2,), 0.9), ((2,), (0,), 0.8)]
    back = formats.read_ladder(formats.as_ladder(beads, EN, RU, ""))
    assert sorted(back) == sorted([((0,), (1,), 0.9), ((1,), (2,), 0.9), ((2,), (), 0.8), ((), (0,), 0.8)])


def test_vecalign_lines_look_as_vecalign_writes_them() -> None:
    assert formats.as_vecalign(BEADS, EN, RU, "").splitlines()[:2] == ["[0]:[0]:0.9900", "[1, 2]:[1]:0.7500"]


def test_vecalign_lines_without_score_are_read() -> None:
    assert formats.read_vecalign("[0, 1]:[0]\n\n[]:[1]:0.25\n") == [((0, 1), (0,), 1.0), ((), (1,), 0.25)]


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (formats.read_vecalign, "[0]:[0]:0.9\n[1]:x", "line 2"),
        (formats.read_vecalign, "0 1", "line 1"),
        (formats.read_ladder, "0\t0\t0.9\nend", "line 2"),
        (formats.read_ladder, "0 0", "line 1"),
    ],
)
def test_a_line_of_another_kind_is_named_with_what_is_allowed(read, text: str, line: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ConfigError, match=f"{line}.*allowed"):
        read(text)


def test_tmx_has_a_complete_header_and_the_pairs_only() -> None:
    text = formats.written("tmx", BEADS, EN, RU, "1.2")
    root = etree.fromstring(text.encode())
    header = root.find("header")
    assert header is not None
    assert set(header.attrib) == {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    }  # fmt: skip
    assert [tuple(seg.text for seg in tu.iter("seg")) for tu in root.iter("tu")] == [
        ("One.", "Раз."),
        ("Two & <three>. Four.\tTabbed\nline.", "Два и три."),
        ("Five.", "Пять."),
    ]


def test_tmx_stays_well_formed_with_control_characters() -> None:
    etree.fromstring(formats.written("tmx", [((0,), (0,), 1.0)], ["a\x00\x0bb"], ["\ufffe"], "").encode())


def test_tsv_has_one_row_per_bead() -> None:
    rows = [row.split("\t") for row in formats.written("tsv", BEADS, EN, RU).splitlines()]
    assert len(rows) == len(BEADS) + 1
    assert {len(row) for row in rows} == {5}
    assert rows[2] == ["1 2", "1", "0.7500", "Two & <three>. Four. Tabbed line.", "Два и три."]


def test_json_holds_the_alignment_layer() -> None:
    rows = json.loads(formats.written("json", BEADS, EN, RU))["alignment"]
    assert rows[1] == {"level": "sentence", "en": [1, 2], "ru": [1], "score": 0.75}
    assert json.loads(formats.written("json", [], [], [])) == {"alignment": []}


def test_an_unknown_format_is_named_with_those_that_exist() -> None:
    with pytest.raises(ConfigError, match=re.escape("vecalign")):
        formats.written("vecaling", BEADS, EN, RU)
