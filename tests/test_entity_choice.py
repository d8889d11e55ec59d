import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.choice import Candidate, best, candidate, consistent

SPANS = st.tuples(st.integers(0, 12), st.integers(1, 4), st.floats(-3, 5)).map(
    lambda t: Candidate(t[0], t[0] + t[1], t[2], (0.0, 0.0, 0.0))
)


@given(st.lists(SPANS, max_size=9))
def test_the_best_set_has_no_overlaps_and_no_better_rival(spans: list[Candidate]) -> None:
    chosen = best(spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))
    assert abs(sum(c.odds for c in chosen) - _most(spans)) < 1e-6


def _most(spans: list[Candidate]) -> float:
    """By trying every subset."""
    totals = [0.0]
    for mask in range(1 << len(spans)):
        subset = sorted(c for i, c in enumerate(spans) if mask >> i & 1)
        if all(a.end <= b.start for a, b in itertools.pairwise(subset)):
            totals.append(sum(c.odds for c in subset))
    return max(totals)


def test_a_surname_takes_the_type_of_the_full_name() -> None:
    full = candidate(0, 2, np.array([0.9, 0.05, 0.03, 0.02]))
    alone = candidate(5, 6, np.array([0.3, 0.1, 0.5, 0.1]))
    names = {(0, 2): "мурад тагибейов", (5, 6): "тагибейов"}
    assert [c.type for c in consistent([full, alone], names)] == ["PER", "PER"]


def test_mentions_of_another_name_do_not_count() -> None:
    full = candidate(0, 2, np.array([0.9, 0.05, 0.03, 0.02]))
    other = candidate(5, 6, np.array([0.1, 0.1, 0.7, 0.1]))
    assert [c.type for c in consistent([full, other], {(0, 2): "riho tammsalu", (5, 6): "reuters"})] == [
        "PER",
        "ORG",
    ]
