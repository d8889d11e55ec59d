"""Dynamic programming over beads inside a band: the most likely path, and the posterior of every bead.

A cell (i, j) stands for i English and j Russian units used up; the band gives for each i the range of j. A path is in one
of three states: after a bead, in a run of English nulls, in a run of Russian nulls (always after the English ones).
"""

from typing import NamedTuple

import numpy as np

from pipeline.align.weights import SHAPES

NEVER = -1e30
"""The log score of what cannot be."""


class Band(NamedTuple):
    """Row i covers the cells j in [low[i], high[i]); the cells of all rows lie one after another from start[i]."""

    low: np.ndarray
    high: np.ndarray
    start: np.ndarray


def band(low: np.ndarray, high: np.ndarray) -> Band:
    return Band(low, high, np.concatenate([[0], np.cumsum(high - low)]))


def whole(n: int, m: int) -> Band:
    """Every cell: for texts so small that nothing is gained by a band."""
    return band(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))


class Nulls(NamedTuple):
    """Log scores of a null that begins a run and of one that continues it, for each side; `turn` is that of a Russian null
    right after an English one: two sentences side by side of which neither translates the other."""

    en: float
    en_next: float
    ru: float
    ru_next: float
    turn: float


def _row(values: np.ndarray, low: int, want_low: int, want_high: int) -> np.ndarray:
    """values, which begin at column `low`, cut or filled up to [want_low, want_high)."""
    high = low + len(values)
    if low <= want_low and high >= want_high:
        return values[want_low - low : want_high - low]
    out = np.full(want_high - want_low, NEVER)
    a, b = max(low, want_low), min(high, want_high)
    if a < b:
        out[a - want_low : b - want_low] = values[a - low : b - low]
    return out


class Lattice:
    """Forward and backward sums over all paths. `beads[k]` holds the log score of shape SHAPES[k] beginning at each
    cell; NEVER where it does not fit."""

    def __init__(self, cells: Band, beads: np.ndarray, nulls: Nulls, best: bool = False) -> None:
        self.cells, self.beads, self.nulls = cells, beads, nulls
        self.add = np.maximum if best else np.logaddexp

    def _cut(self, i: int) -> slice:
        return slice(int(self.cells.start[i]), int(self.cells.start[i + 1]))

    def forward(self) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
        """Scores of everything before each cell, by state: after a bead, after an English null, after a Russian null."""
        low, high = self.cells.low.tolist(), self.cells.high.tolist()
        met: list[np.ndarray] = []
        in_en: list[np.ndarray] = []
        in_ru: list[np.ndarray] = []
        out: list[np.ndarray] = []
        for i in range(len(low)):
            width = high[i] - low[i]
            a = np.full(width, NEVER)
            x = np.full(width, NEVER)
            if i == 0 and low[0] == 0:
                a[0] = 0.0
            for k, (n, m) in enumerate(SHAPES):
                if i >= n:
                    at = i - n
                    a = self.add(
                        a, _row(out[at] + self.beads[k, self._cut(at)], low[at] + m, low[i], high[i])
                    )
            if i:
                x = self.add(
                    _row(met[i - 1], low[i - 1], low[i], high[i]) + self.nulls.en,
                    _row(in_en[i - 1], low[i - 1], low[i], high[i]) + self.nulls.en_next,
                )
            y = self._run(self.add(a + self.nulls.ru, x + self.nulls.turn), self.nulls.ru_next)
            met.append(a)
            in_en.append(x)
            in_ru.append(y)
            out.append(self.add(self.add(a, x), y))
        return met, in_en, in_ru

    def _run(self, begin: np.ndarray, step: float) -> np.ndarray:
        """Along a row: a run of nulls begins at one column and goes on to the columns after it."""
        ramp = step * np.arange(len(begin))
        y = np.full(len(begin), NEVER)
        y[1:] = self.add.accumulate(begin - ramp)[:-1] + ramp[:-1]
        return y

    def backward(self) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
        """Scores of everything after each cell, by the state in which a path arrives there."""
        low, high = self.cells.low.tolist(), self.cells.high.tolist()
        rows = len(low)
        met: list[np.ndarray] = [np.empty(0)] * rows
        in_en = list(met)
        in_ru = list(met)
        last = high[-1] - 1
        for i in range(rows - 1, -1, -1):
            width = high[i] - low[i]
            onward = np.full(width, NEVER)
            if i == rows - 1:
                onward[last - low[i]] = 0.0
            for k, (n, m) in enumerate(SHAPES):
                if i + n < rows:
                    onward = self.add(
                        onward,
                        _row(met[i + n], low[i + n], low[i] + m, high[i] + m) + self.beads[k, self._cut(i)],
                    )
            y = self._run_back(onward)
            enter_ru = np.full(width, NEVER)
            enter_ru[:-1] = y[1:]
            met[i] = self.add(onward, enter_ru + self.nulls.ru)
            in_en[i] = self.add(onward, enter_ru + self.nulls.turn)
            if i + 1 < rows:
                below = _row(in_en[i + 1], low[i + 1], low[i], high[i])
                met[i] = self.add(met[i], below + self.nulls.en)
                in_en[i] = self.add(in_en[i], below + self.nulls.en_next)
            in_ru[i] = y
        return met, in_en, in_ru

    def _run_back(self, onward: np.ndarray) -> np.ndarray:
        ramp = self.nulls.ru_next * np.arange(len(onward))
        return self.add.accumulate((onward + ramp)[::-1])[::-1] - ramp


class Posterior(NamedTuple):
    """Probabilities: of every bead that begins at a cell, of every English unit and every Russian unit being null, and
    the expected number of nulls that begin and continue runs on each side and that turn from one side to the other."""

    beads: np.ndarray
    en: np.ndarray
    ru: np.ndarray
    runs: np.ndarray
    total: float


def posterior(cells: Band, beads: np.ndarray, nulls: Nulls) -> Posterior:
    lattice = Lattice(cells, beads, nulls)
    f_met, f_en, f_ru = lattice.forward()
    b_met, b_en, b_ru = lattice.backward()
    low, high, start = (x.tolist() for x in cells)
    n, m = len(low) - 1, high[-1] - 1
    total = float(b_met[0][0 - low[0]])
    found = np.zeros(beads.shape, np.float32)
    en, ru = np.zeros(n), np.zeros(m)
    runs = np.zeros(5)
    for i in range(n + 1):
        before = np.logaddexp(f_met[i], f_en[i])
        after = np.logaddexp(before, f_ru[i])
        for k, (p, q) in enumerate(SHAPES):
            if i + p <= n:
                cut = slice(start[i], start[i + 1])
                found[k, cut] = np.exp(
                    after + beads[k, cut] + _row(b_met[i + p], low[i + p], low[i] + q, high[i] + q) - total
                )
        if i < n:
            below = _row(b_en[i + 1], low[i + 1], low[i], high[i]) - total
            begin, go = (
                np.exp(f_met[i] + nulls.en + below).sum(),
                np.exp(f_en[i] + nulls.en_next + below).sum(),
            )
            en[i] = begin + go
            runs[:2] += begin, go
        onward = b_ru[i][1:] - total
        begin_at = np.exp(f_met[i][:-1] + nulls.ru + onward)
        turn_at = np.exp(f_en[i][:-1] + nulls.turn + onward)
        go_at = np.exp(f_ru[i][:-1] + nulls.ru_next + onward)
        ru[low[i] : high[i] - 1] += begin_at + go_at + turn_at
        runs[2:] += begin_at.sum(), go_at.sum(), turn_at.sum()
    return Posterior(found, en, ru, runs, total)


def path(cells: Band, beads: np.ndarray, nulls: Nulls) -> list[tuple[int, int]]:
    """The cells of the most likely path, nulls priced as ones that continue a run."""
    en = np.full(len(cells.low) - 1, nulls.en_next)
    ru = np.full(int(cells.high[-1]) - 1, nulls.ru_next)
    return _walk(cells, beads, en, ru)


def decode(cells: Band, found: Posterior) -> list[tuple[int, int]]:
    """The cells of the path that is right for the most units, by the posterior."""
    gain = found.beads * 2.0
    return _walk(cells, gain, found.en, found.ru)


def _walk(cells: Band, beads: np.ndarray, en: np.ndarray, ru: np.ndarray) -> list[tuple[int, int]]:
    low, high, start = (x.tolist() for x in cells)
    passed = np.concatenate([[0.0], np.cumsum(ru)])
    best: list[np.ndarray] = []
    for i in range(len(low)):
        row = np.full(high[i] - low[i], NEVER)
        if i == 0:
            row[0] = 0.0
        for k, (n, m) in enumerate(SHAPES):
            if i >= n:
                row = np.maximum(
                    row,
                    _row(
                        best[i - n] + beads[k, start[i - n] : start[i - n + 1]],
                        low[i - n] + m,
                        low[i],
                        high[i],
                    ),
                )
        if i:
            row = np.maximum(row, _row(best[i - 1] + en[i - 1], low[i - 1], low[i], high[i]))
        ramp = passed[low[i] : high[i]]
        best.append(np.maximum.accumulate(row - ramp) + ramp)
    return _back(cells, beads, en, ru, best)


def _back(
    cells: Band, beads: np.ndarray, en: np.ndarray, ru: np.ndarray, best: list[np.ndarray]
) -> list[tuple[int, int]]:
    low, high, start = (x.tolist() for x in cells)
    i, j = len(low) - 1, high[-1] - 1
    corners = [(i, j)]
    while i or j:
        steps = []
        for k, (n, m) in enumerate(SHAPES):
            a, b = i - n, j - m
            if a >= 0 and low[a] <= b < high[a]:
                steps.append((best[a][b - low[a]] + beads[k, start[a] + b - low[a]], a, b))
        if i and low[i - 1] <= j < high[i - 1]:
            steps.append((best[i - 1][j - low[i - 1]] + en[i - 1], i - 1, j))
        if j > low[i]:
            steps.append((best[i][j - 1 - low[i]] + ru[j - 1], i, j - 1))
        _, i, j = max(steps)
        corners.append((i, j))
    return corners[::-1]
