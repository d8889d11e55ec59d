"""The public function on ordinary and on odd input."""

import itertools
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import Pair, align
from pipeline.align.evaluate import parallel_sentences

LABELLED = Path(__file__).parents[2] / "corpora" / "labelled"
PAIRS = [pair for _, pair in parallel_sentences(LABELLED / "central_asia.jsonl")]
EN, RU = [en for en, _ in PAIRS], [ru for _, ru in PAIRS]


def assert_complete(beads: tuple[Pair, ...], n: int, m: int) -> None:
    """Every unit is in exactly one bead; nulls stand alone; scores are probabilities."""
    assert sorted(i for b in beads for i in b.en) == list(range(n))
    assert sorted(j for b in beads for j in b.ru) == list(range(m))
    assert all(b.en or b.ru for b in beads)
    assert all(len(b.en) + len(b.ru) == 1 for b in beads if not (b.en and b.ru))
    assert all(0.0 <= b.score <= 1.0 for b in beads)


def linked(beads: tuple[Pair, ...]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(b.en, b.ru) for b in beads if b.en and b.ru}


def test_translations_in_order_pair_off() -> None:
    beads = align(EN[:40], RU[:40])
    assert_complete(beads, 40, 40)
    assert sum(b.en == b.ru for b in beads) >= 39


def test_an_omission_and_an_addition_are_told_apart_from_translations() -> None:
    beads = align([*EN[:10], *EN[11:25]], [*RU[:18], *RU[19:25]])
    nulls = {(b.en, b.ru) for b in beads if not (b.en and b.ru)}
    assert nulls == {((), (10,)), ((17,), ())}


def test_neighbours_that_do_not_translate_each_other_are_mostly_both_null() -> None:
    """The k-th sentence is missing on one side, the next on the other: what is left of the two meets in one place."""
    found = 0
    for k in range(2, 62, 3):
        en, ru = EN[k - 2 : k + 6], RU[k - 2 : k + 6]
        beads = linked(align([*en[:3], *en[4:]], [*ru[:2], *ru[3:]]))
        found += ((2,), (2,)) not in beads
    assert found >= 7


def test_a_sentence_split_in_two_is_one_bead() -> None:
    ru = [*RU[:5], f"{RU[5]} {RU[6]}", *RU[7:20]]
    assert ((5, 6), (5,)) in linked(align(EN[:20], ru))


def test_a_moved_passage_is_found_before_it_is_called_omitted() -> None:
    order = [*range(4), *range(8, 30), *range(4, 8)]
    beads = align(EN[:30], [RU[j] for j in order])
    assert_complete(beads, 30, 30)
    right = {((i,), (order.index(i),)) for i in range(4, 8)}
    assert len(right & linked(beads)) >= 3


def test_an_abstract_is_found_in_the_article_and_the_rest_is_null() -> None:
    chosen = [2, 9, 17, 30, 31, 52]
    beads = align(EN[:60], [RU[k] for k in chosen])
    assert linked(beads) == {((k,), (j,)) for j, k in enumerate(chosen)}


def test_an_extract_is_found_in_the_full_speech() -> None:
    beads = align(EN[20:28], RU[:60])
    assert len(linked(beads) & {((k,), (k + 20,)) for k in range(8)}) >= 7
    assert sum(len(b.ru) for b in beads if b.en) <= 9


def test_identical_sides_pair_off() -> None:
    assert [(b.en, b.ru) for b in align(EN[:30], EN[:30])] == [((k,), (k,)) for k in range(30)]


@pytest.mark.parametrize(("en", "ru"), [([], []), ([], RU[:3]), (EN[:3], [])])
def test_an_empty_side_leaves_nulls(en: list[str], ru: list[str]) -> None:
    beads = align(en, ru)
    assert_complete(beads, len(en), len(ru))
    assert not linked(beads)


def test_one_sentence_against_a_hundred() -> None:
    beads = align([EN[40]], RU[:100])
    assert_complete(beads, 1, 100)
    assert linked(beads) == {((0,), (40,))}


def test_both_sides_in_one_language_but_different_texts() -> None:
    beads = align(EN[:20], EN[50:70])
    assert_complete(beads, 20, 20)


def test_blank_sentences_do_no_harm() -> None:
    beads = align(["", *EN[:10], "  ", "…"], [*RU[:5], "", *RU[5:10], "—"])
    assert_complete(beads, 13, 12)
    assert len(linked(beads) & {((k + 1,), (k + (k >= 5),)) for k in range(10)}) >= 9


@settings(max_examples=30)
@given(
    st.lists(st.text(alphabet="abв г1.,№\x00Ё ", max_size=20), max_size=8),
    st.lists(st.text(alphabet="abв г1.,№\x00Ё ", max_size=20), max_size=8),
)
def test_any_two_lists_are_covered(en: list[str], ru: list[str]) -> None:
    assert_complete(align(en, ru), len(en), len(ru))


def test_unrelated_texts_are_covered() -> None:
    en = [f"w{k} v{k * 7 % 1000} stone" for k in range(800)]
    ru = [f"щ{k} ж{k * 13 % 1000} пень" for k in range(900)]
    assert_complete(align(en, ru), 800, 900)


def test_two_runs_agree_to_the_last_digit() -> None:
    assert align(EN[:50], RU[:47]) == align(EN[:50], RU[:47])


def test_beads_follow_the_english_side() -> None:
    beads = align(EN[:30], [RU[k] for k in (*range(15, 30), *range(15))])
    order = [b.en for b in beads if b.en]
    assert all(a < b for a, b in itertools.pairwise(order))


def test_the_command_starts_fast_and_loads_neither_spacy_nor_torch(tmp_path: Path) -> None:
    for lang, side in (("en", EN), ("ru", RU)):
        (tmp_path / f"{lang}.txt").write_text("\n".join(side[:5]) + "\n", encoding="utf-8")
    script = (
        "import sys, json; from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps([m for m in ('spacy', 'torch', 'sklearn', 'pandas', 'slovnet') if m in sys.modules]))"
    )
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, "align", str(tmp_path / "en.txt"), str(tmp_path / "ru.txt"), "--lines", "--format", "vecalign"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    seconds = time.perf_counter() - begin
    *beads, heavy = done.stdout.splitlines()
    assert len(beads) == 5
    assert json.loads(heavy) == []
    assert seconds < 6, "1.5 s on an idle core; the margin is for a busy machine"
