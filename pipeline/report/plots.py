"""The geometry of the index's figures; the templates draw it as inline SVG. Units: SVG user units, from the top left."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import pairwise
from math import inf

from msgspec import Struct

from pipeline.document import Quantity
from pipeline.report.entry import Entry, Side

WIDTH = 960
MARGIN = 190
MOST_CHANGES = 30
"""More bars than this cannot be read; the table below the figure has all of them."""


class Tick(Struct, frozen=True):
    """A labelled place on an axis."""

    at: float
    label: str


class Bar(Struct, frozen=True):
    """One change: where each version's stated per cent and the expected one lie, and the line's right end."""

    y: float
    entry: Entry
    stated: dict[Side, float]
    expected: float | None
    right: float
    consistent: bool


class Changes(Struct, frozen=True):
    """Stated against expected change, one line each."""

    height: int
    zero: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    left_out: int


def side(entry: Entry) -> Side:
    """Which versions have it."""
    return entry.side


def two_bars(before: str | None, after: str | None, width: float = 72) -> tuple[float, float] | None:
    """How long the bars of a change are, the longer one as wide as the picture; None where a value is missing.

    >>> two_bars("40000000", "30000000", width=100)
    (100.0, 75.0)
    """
    first, last = _decimal(before, most=inf), _decimal(after, most=inf)
    if first is None or last is None or min(first, last) < 0 or max(first, last) == 0:
        return None
    return round(width * first / max(first, last), 1), round(width * last / max(first, last), 1)


def changes(entries: Sequence[Entry]) -> Changes | None:
    """Stated against expected per cent; the inconsistent ones first, then the largest. None where nothing is stated."""
    known = [(e, _stated(e), _expected(e)) for e in entries]
    known = [(e, stated, expected) for e, stated, expected in known if stated or expected is not None]
    if not known:
        return None
    known.sort(
        key=lambda item: (
            consistent(item[0]),
            -max(abs(value) for value in (*item[1].values(), item[2] or 0.0)),
        )
    )
    shown = known[:MOST_CHANGES]
    values = [
        value for _, stated, expected in shown for value in (*stated.values(), expected) if value is not None
    ]
    marks = steps(min(0.0, *values), max(0.0, *values), most=8)
    place = partial(scaled, low=marks[0], high=marks[-1], margin=CHANGE_MARGIN)
    bars = tuple(_bar(20 + 26 * row, *item, place) for row, item in enumerate(shown))
    ticks = tuple(Tick(place(step), f"{step:+.0f} %".replace("-", "−").replace("+0", "0")) for step in marks)
    return Changes(26 * len(bars) + 40, place(0.0), ticks, bars, len(known) - len(shown))


def _bar(
    y: float, entry: Entry, stated: dict[Side, float], expected: float | None, place: Callable[[float], float]
) -> Bar:
    at = {name: place(value) for name, value in stated.items()}
    due = None if expected is None else place(expected)
    right = max(place(0.0), *at.values(), due or 0.0)
    return Bar(y, entry, at, due, right, consistent(entry))


CHANGE_MARGIN = 330
"""Room on the left for the name of the indicator."""


def _stated(entry: Entry) -> dict[Side, float]:
    """The percentage each version states; one entry where they agree."""
    sides: tuple[tuple[Side, object], ...] = (("en", entry.en), ("ru", entry.ru))
    found: dict[Side, float] = {}
    for name, record in sides:
        value = _decimal(
            (record.check.stated if record.check else record.change_pct)
            if isinstance(record, Quantity)
            else None
        )
        if value is not None:
            found[name] = value
    return {"both": found["en"]} if len(found) == 2 and found["en"] == found["ru"] else found


def _expected(entry: Entry) -> float | None:
    checks = [
        record.check for record in (entry.en, entry.ru) if isinstance(record, Quantity) and record.check
    ]
    return _decimal(checks[0].expected) if checks else None


def _decimal(digits: str | None, most: float = 1e6) -> float | None:
    try:
        value = float(Decimal(digits.replace("−", "-").rstrip(" %"))) if digits else None
    except InvalidOperation:
        return None
    return value if value is None or abs(value) < most else None


def consistent(entry: Entry) -> bool:
    """No version states a percentage that does not follow from its values."""
    sides = [record for record in (entry.en, entry.ru) if isinstance(record, Quantity)]
    return all(record.check is None or record.check.consistent for record in sides)


def scaled(value: float, low: float, high: float, margin: int = MARGIN) -> float:
    """Where a value stands between the margin and the right edge."""
    return round(margin + (value - low) / ((high - low) or 1) * (WIDTH - margin - 30), 1)


def steps(low: float, high: float, most: int) -> list[float]:
    """Round numbers from below `low` to above `high`, at most `most` or so.

    >>> steps(1991, 2018, most=8)
    [1990.0, 1995.0, 2000.0, 2005.0, 2010.0, 2015.0, 2020.0]
    """
    width = max(high - low, 1)
    step = next(
        s for power in range(8) for s in (10**power, 2 * 10**power, 5 * 10**power) if width / s <= most
    )
    first = low // step * step
    count = int(-(-(high - first) // step)) or 1
    return [float(first + step * i) for i in range(count + 1)]


class Stack(Struct, frozen=True):
    """A bar of several parts, each with its share of the width."""

    key: str
    total: int
    parts: tuple[tuple[str, int, float, float], ...]


def stacks(counts: dict[str, dict[str, int]], width: float, whole: bool = False) -> tuple[Stack, ...]:
    """Bars of counted parts (name, count, x, width): to a common scale, or each as a whole of 100 %."""
    largest = max((sum(parts.values()) for parts in counts.values()), default=0)
    return tuple(
        _stack(key, parts, width, sum(parts.values()) if whole else largest) for key, parts in counts.items()
    )


def _stack(key: str, parts: dict[str, int], width: float, scale: int) -> Stack:
    edges = [0]
    for count in parts.values():
        edges.append(edges[-1] + count)
    unit = width / scale if scale else 0
    placed = tuple(
        (name, count, round(low * unit, 1), round((high - low) * unit, 1))
        for (name, count), (low, high) in zip(parts.items(), pairwise(edges), strict=True)
    )
    return Stack(key, edges[-1], placed)
