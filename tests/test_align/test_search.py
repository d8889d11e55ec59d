"""The search against every path there is, on texts small enough to list them all."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import search
from pipeline.align.search import NEVER
from pipeline.align.weights import SHAPES

NULLS = search.Nulls(-2.0, -1.0, -2.5, -0.5, -3.0)
Step = tuple[int, int]


def paths(n: int, m: int) -> list[list[Step]]:
    """Every way from (0, 0) to (n, m) in beads and nulls; no English null follows a Russian one."""

    def onward(i: int, j: int, last: Step) -> list[list[Step]]:
        if (i, j) == (n, m):
            return [[]]
        out = []
        for step in (*SHAPES, (1, 0), (0, 1)):
            if i + step[0] > n or j + step[1] > m or (step == (1, 0) and last == (0, 1)):
                continue
            out += [[step, *rest] for rest in onward(i + step[0], j + step[1], step)]
        return out

    return onward(0, 0, (1, 1))


def price(path: list[Step], table: np.ndarray, m: int) -> float:
    i = j = 0
    last: Step = (1, 1)
    total = 0.0
    for step in path:
        if step == (1, 0):
            total += NULLS.en_next if last == (1, 0) else NULLS.en
        elif step == (0, 1):
            total += {(0, 1): NULLS.ru_next, (1, 0): NULLS.turn}.get(last, NULLS.ru)
        else:
            total += float(table[SHAPES.index(step), i * (m + 1) + j])
        i, j, last = i + step[0], j + step[1], step
    return total


def random_table(n: int, m: int, seed: int) -> np.ndarray:
    table = np.random.default_rng(seed).normal(0, 3, (len(SHAPES), (n + 1) * (m + 1)))
    for k, (p, q) in enumerate(SHAPES):
        for i, j in itertools.product(range(n + 1), range(m + 1)):
            if i + p > n or j + q > m:
                table[k, i * (m + 1) + j] = NEVER
    return table


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_the_posterior_sums_over_every_path(n: int, m: int, seed: int) -> None:
    table = random_table(n, m, seed)
    every = paths(n, m)
    prices = np.array([price(p, table, m) for p in every])
    total = float(np.logaddexp.reduce(prices))
    found = search.posterior(search.whole(n, m), table, NULLS)
    assert found.total == pytest.approx(total, abs=1e-6)
    first_null = sum(math.exp(x - total) for p, x in zip(every, prices, strict=True) if p[0] == (1, 0))
    in_en = math.exp(0) * sum(
        math.exp(x - total) for p, x in zip(every, prices, strict=True) if _null_first(p)
    )
    assert found.en[0] == pytest.approx(in_en, abs=1e-6)
    assert first_null <= in_en + 1e-9
    turns = sum(
        math.exp(x - total) * sum(a == (1, 0) and b == (0, 1) for a, b in itertools.pairwise(p))
        for p, x in zip(every, prices, strict=True)
    )
    assert found.runs[4] == pytest.approx(turns, abs=1e-6)


def _null_first(path: list[Step]) -> bool:
    """The first English unit is null: whatever Russian nulls stand before it."""
    return next(s for s in path if s[0]) == (1, 0)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
def test_every_unit_is_in_one_bead_or_null(n: int, m: int, seed: int) -> None:
    found = search.posterior(search.whole(n, m), random_table(n, m, seed), NULLS)
    beads = found.beads.reshape(len(SHAPES), n + 1, m + 1)
    covered = found.en.copy()
    for k, (p, _) in enumerate(SHAPES):
        for i in range(n):
            covered[i : i + p] += beads[k, i].sum()
    assert covered == pytest.approx(np.ones(n), abs=1e-4)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 10_000))
def test_a_decoded_path_leads_from_corner_to_corner(n: int, m: int, seed: int) -> None:
    cells = search.whole(n, m)
    corners = search.decode(cells, search.posterior(cells, random_table(n, m, seed), NULLS))
    assert corners[0] == (0, 0)
    assert corners[-1] == (n, m)
    steps = {(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(corners)}
    assert steps <= {*SHAPES, (1, 0), (0, 1)}


def test_a_band_that_holds_the_whole_gives_the_same() -> None:
    table = random_table(4, 5, 7)
    whole = search.posterior(search.whole(4, 5), table, NULLS)
    wide = search.band(np.zeros(5, np.int64), np.full(5, 6, np.int64))
    assert search.posterior(wide, table, NULLS).total == whole.total
