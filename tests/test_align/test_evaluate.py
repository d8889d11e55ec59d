"""The metrics on alignments small enough to score by hand, and the benchmark's own gold."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import evaluate

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2,))]


def scored(*beads: tuple[tuple[int, ...], tuple[int, ...]]) -> evaluate.Scores:
    return evaluate.scores([([(en, ru, 1.0) for en, ru in beads], GOLD)])


def test_the_gold_itself_scores_one() -> None:
    found = scored(*GOLD)
    assert (found.strict_f1, found.lax_f1, found.null_f1, found.calibration) == (1.0, 1.0, 1.0, 0.0)
    assert found.recall_by_shape == {"1:0": 1.0, "1:1": 1.0, "2:1": 1.0}


def test_a_swallowed_omission_costs_strict_and_null_but_not_lax() -> None:
    found = scored(((0,), (0,)), ((1, 2, 3), (1,)), ((4,), (2,)))
    assert found.strict_f1 == pytest.approx(2 / 3)
    assert found.lax_f1 == 1.0
    assert (found.null_precision, found.null_recall, found.null_f1, found.nulls) == (0.0, 0.0, 0.0, 1)


def test_a_null_that_is_none_is_wrong_by_either_measure() -> None:
    found = scored(((0,), ()), ((), (0,)), *GOLD[1:])
    assert found.lax_f1 < 1
    assert found.null_precision == pytest.approx(1 / 3)


def test_calibration_is_the_distance_between_confidence_and_truth() -> None:
    assert evaluate.calibration_error([(0.8, True)] * 8 + [(0.8, False)] * 2, bins=1) == pytest.approx(0)
    assert evaluate.calibration_error([(1.0, False)]) == 1.0
    assert evaluate.calibration_error([]) == 0.0


@given(st.integers(1, 60), st.integers(0, 1000), st.floats(0, 0.3), st.floats(0, 0.15))
def test_perturbed_text_keeps_every_sentence_in_one_gold_bead(
    n: int, seed: int, merge: float, drop: float
) -> None:
    pairs = [(f"E{k}.", f"Р{k}.") for k in range(n)]
    made = evaluate.perturbed(pairs, random.Random(seed), merge, drop)
    assert [i for en, _ in made.gold for i in en] == list(range(len(made.en)))
    assert [j for _, ru in made.gold for j in ru] == list(range(len(made.ru)))
    for en, ru in made.gold:
        if en and ru:
            numbers = [
                {s.strip("EР.") for text in side for s in text.split()}
                for side in ([made.en[i] for i in en], [made.ru[j] for j in ru])
            ]
            assert numbers[0] == numbers[1]
