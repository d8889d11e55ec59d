"""Krippendorff's alpha for nominal codes, with an interval from resampling documents.

Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability"; resampling whole documents because passages
of one document are not independent.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from msgspec import Struct

SEED = 20140317
RESAMPLES = 1000

Unit = Sequence[str | None]
"""The codes that the coders gave one passage; `None` where a coder gave none."""


class Alpha(Struct, frozen=True):
    """`value` is `None` where alpha is undefined; `reason` then says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    units: int = 0
    documents: int = 0
    reason: str = ""


def alpha(documents: Mapping[Hashable, Sequence[Unit]], resamples: int = RESAMPLES) -> Alpha:
    """Agreement over all documents, with the 95 % interval over resampled documents.

    >>> alpha({"a": [("x", "x"), ("y", "y")], "b": [("x", "x")]}, resamples=0).value
    1.0
    """
    names = sorted(documents, key=str)
    tables = [_coincidences(documents[name]) for name in names]
    shared = sum(_pairable(documents[name]) for name in names)
    value, reason = _alpha(_sum(tables))
    if value is None:
        return Alpha(None, units=shared, documents=len(names), reason=reason)
    low, high = _interval(tables, resamples) if len(names) > 1 and resamples else (None, None)
    return Alpha(round(value, 4), low, high, shared, len(names))


def _interval(
    tables: Sequence[Counter[tuple[str, str]]], resamples: int
) -> tuple[float | None, float | None]:
    draw = np.random.default_rng(SEED)
    values = []
    for _ in range(resamples):
        value, _ = _alpha(_sum([tables[i] for i in draw.integers(len(tables), size=len(tables))]))
        if value is not None:
            values.append(value)
    if not values:
        return None, None
    low, high = np.quantile(values, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def _pairable(units: Sequence[Unit]) -> int:
    return sum(sum(code is not None for code in unit) > 1 for unit in units)


def _coincidences(units: Sequence[Unit]) -> Counter[tuple[str, str]]:
    """Every pair of codes two coders gave the same passage, weighted so that each passage counts its coders once."""
    table: Counter[tuple[str, str]] = Counter()
    for unit in units:
        codes = [code for code in unit if code is not None]
        for i, one in enumerate(codes):
            for j, other in enumerate(codes):
                if i != j:
                    table[one, other] += 1 / (len(codes) - 1)  # type: ignore[assignment]
    return table


def _sum(tables: Sequence[Counter[tuple[str, str]]]) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for table in tables:
        total.update(table)
    return total


def _alpha(table: Counter[tuple[str, str]]) -> tuple[float | None, str]:
    n = sum(table.values())
    if n <= 1:
        return None, "undefined: no passage was coded by two coders"
    totals: Counter[str] = Counter()
    for (one, _), count in table.items():
        totals[one] += count
    if len(totals) < 2:
        return (
            None,
            f'undefined: every coder gave every passage the code "{next(iter(totals))}", so nothing varies',
        )
    observed = sum(count for (one, other), count in table.items() if one != other) / n
    expected = (n * n - sum(c * c for c in totals.values())) / (n * (n - 1))
    return 1 - observed / expected, ""
