"""What a document shows of its translator's habits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import _document, habits, search
from pipeline.align.links import Document
from pipeline.align.tokens import closed
from pipeline.align.weights import SHAPES, learned_weights

EN = ["Prices rose in May.", "Nobody objected.", "Markets stayed calm.", "Exports fell."]
RU = ["Цены выросли в мае.", "Никто не возражал.", "Рынки остались спокойны.", "Экспорт упал."]
TWO, ONE = SHAPES.index((2, 1)), SHAPES.index((1, 1))


def read(en: list[str], ru: list[str]) -> tuple[Document, search.Band]:
    return _document(en, ru, None, learned_weights()), search.whole(len(en), len(ru))


def looked(cells: search.Band, **beads: tuple[int, int, int]) -> search.Posterior:
    """A first look that is sure of these beads: shape, first English unit, first Russian unit."""
    found = np.zeros((len(SHAPES), int(cells.start[-1])), np.float32)
    for shape, en, ru in beads.values():
        found[shape, int(cells.start[en]) + ru] = 1.0
    return search.Posterior(found, np.zeros(9), np.zeros(9), np.zeros(5), 0.0)


def stops(units: list[str]) -> list[bool]:
    return [closed(unit) for unit in units]


def test_without_sure_beads_a_document_is_as_close_as_usual() -> None:
    assert habits.closeness(np.zeros(0), np.zeros(0)) == pytest.approx(habits.USUAL_CLOSENESS)


@given(st.floats(-1, 3), st.integers(1, 500))
def test_closeness_lies_between_the_usual_and_what_is_seen(seen: float, beads: int) -> None:
    size = np.full(beads, 14.0)
    here = habits.closeness(seen * size, size)
    low, high = sorted((seen, habits.USUAL_CLOSENESS))
    assert low - 1e-6 <= here <= high + 1e-6


def test_without_sure_beads_a_translation_takes_the_usual_room() -> None:
    doc, cells = read(EN, RU)
    assert habits.levelled(doc, cells, looked(cells)).ru.chars == pytest.approx(doc.ru.chars)


@pytest.mark.parametrize("wordy", [0.5, 0.9, 1.1, 2.0])
def test_a_longer_text_shows_better_how_much_room_a_translator_takes(wordy: float) -> None:
    """The lengths come nearer to the usual ones, the nearer the more is seen."""
    left = []
    for times in (1, 10):
        doc, cells = read(EN * times, RU * times)
        doc = doc._replace(ru=doc.ru._replace(chars=doc.en.chars * np.float32(habits.USUAL_ROOM * wordy)))
        found = looked(cells, **{str(i): (ONE, i, i) for i in range(4 * times)})
        level = habits.levelled(doc, cells, found).ru.chars / (doc.en.chars * habits.USUAL_ROOM)
        left.append(abs(np.log(float(level[0]))))
    assert 0 < left[1] < left[0] < abs(np.log(wordy))


def test_a_close_translation_makes_a_faint_bead_less_likely_and_a_free_one_more() -> None:
    doc, cells = read(EN, RU)
    found = looked(cells, a=(ONE, 0, 0), b=(ONE, 1, 1), c=(ONE, 2, 2))
    changes = []
    for score in (40.0, -5.0):
        table = np.zeros((len(SHAPES), int(cells.start[-1])), np.float32)
        table[ONE, [0, 6, 12]] = score
        changes.append(float(habits.closer(doc, cells, table, found, learned_weights())[ONE, 18]))
    assert changes[0] < 0 < changes[1]


@given(st.floats(-5, 100), st.floats(-30, 60), st.floats(0.1, 50))
def test_a_better_bead_stays_better(sure: float, score: float, better: float) -> None:
    doc, cells = read(EN, RU)
    after = []
    for fourth in (score, score + better):
        table = np.full((len(SHAPES), int(cells.start[-1])), fourth, np.float32)
        table[ONE, [0, 6, 12]] = sure
        found = looked(cells, a=(ONE, 0, 0), b=(ONE, 1, 1), c=(ONE, 2, 2))
        after.append(habits.closer(doc, cells, table, found, learned_weights())[:, 18])
    assert (after[0] < after[1]).all()


def test_where_stops_are_kept_a_single_sentence_hardly_stands_for_two() -> None:
    en, ru = [*EN, *EN], [f"{RU[0]} {RU[1]}", *RU[2:], RU[0], RU[1], f"{RU[2]} {RU[3]}"]
    doc, cells = read(en, ru)
    table = np.zeros((len(SHAPES), int(cells.start[-1])), np.float32)
    kept, together = int(cells.start[6]) + 5, int(cells.start[2]) + 1
    found = looked(cells, a=(TWO, 0, 0), b=(TWO, 6, 5))
    found.beads[TWO, together] = 0.001
    after = habits.rejoined(doc, (stops(en), stops(ru)), cells, table.copy(), found)
    assert after[TWO, together] < 0 < after[TWO, kept]
    assert set(zip(*np.nonzero(after), strict=True)) == {(TWO, 0), (TWO, kept), (TWO, together)}


def test_without_joined_sentences_nothing_is_learned() -> None:
    doc, cells = read(EN, RU)
    table = np.zeros((len(SHAPES), int(cells.start[-1])), np.float32)
    found = looked(cells, a=(ONE, 0, 0))
    assert not habits.rejoined(doc, (stops(EN), stops(RU)), cells, table, found).any()


@pytest.mark.parametrize(
    ("several", "sentences"),
    [
        (["Prices rose.", "Nobody objected."], 2),
        (["Prices up", "Prices rose in May."], 1),
        (["Prices rose. Nobody objected.", "Exports fell."], 3),
        (["Цены растут", "В мае цены выросли.", "Никто не возражал."], 2),
    ],
)
def test_a_headline_runs_into_the_next_sentence(several: list[str], sentences: int) -> None:
    doc, _ = read(several, RU)
    first, n = np.array([0]), np.array([len(several)])
    assert habits._stops(doc.en, stops(several), first, n).tolist() == [sentences]
