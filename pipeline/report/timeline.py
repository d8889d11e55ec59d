"""The geometry of the timeline: happenings by type along the years. Units: SVG user units, from the top left."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from pipeline.document import Event
from pipeline.report.entry import Entry, Side
from pipeline.report.plots import MARGIN, Tick, scaled, steps

LANE = 26
"""The height of one type's line."""


class Glyph(Struct, frozen=True):
    """One happening on the timeline: a disc where both versions tell it, half a disc where one does.

    Without an entry it stands for `count` happenings of one type (`lane`) in the same years.
    """

    x: float
    y: float
    side: Side = "both"
    entry: Entry | None = None
    until: float | None = None
    count: int = 1
    lane: str = ""
    years: tuple[int, int] = (0, 0)


class Timeline(Struct, frozen=True):
    """Lanes by type of event along the years."""

    height: int
    lanes: tuple[tuple[str, float], ...]
    counts: dict[str, int]
    ticks: tuple[Tick, ...]
    glyphs: tuple[Glyph, ...]


def year(date: str) -> float | None:
    """A date as a fraction of years, precise to the day.

    >>> year("1991-07")
    1991.5
    """
    found = re.fullmatch(r"(-?\d{1,4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not found:
        return None
    years, months, days = (int(part) if part else None for part in found.groups())
    return round((years or 0) + ((months or 1) - 1) / 12 + ((days or 1) - 1) / 365, 4)


def timeline(entries: Sequence[Entry]) -> Timeline | None:
    """The dated events on one axis; None where nothing is dated."""
    dated = [(year(e.best.date.start), e) for e in entries if isinstance(e.best, Event) and e.best.date]
    placed = [(at, e) for at, e in dated if at is not None]
    if not placed:
        return None
    axis = _axis([at for at, _ in placed])
    types = Counter(e.best.type for _, e in placed if isinstance(e.best, Event))
    ordered = sorted(types, key=lambda name: (-types[name], name))
    lanes = {name: 24.0 + LANE * row for row, name in enumerate(ordered)}
    glyphs = _stacked(
        [
            (axis.place(at), lanes[e.best.type], _until(e, axis), e)
            for at, e in placed
            if isinstance(e.best, Event)
        ]
    )
    return Timeline(24 + LANE * len(lanes) + 24, tuple(lanes.items()), dict(types), axis.ticks(), glyphs)


EARLY = 0.1
"""Share of the happenings that may stand before the axis, where a few old ones would squeeze all others into its end."""
GUTTER = 50
"""Room on the left of the axis for what was before it. Units: SVG user units."""


class Axis(Struct, frozen=True):
    """The years from the first step to the last; where `broken`, what is earlier stands in a gutter before them."""

    steps: tuple[float, ...]
    broken: bool

    def place(self, at: float) -> float:
        """Where a year stands."""
        if self.broken and at < self.steps[0]:
            return float(MARGIN + GUTTER / 2)
        return scaled(min(at, self.steps[-1]), self.steps[0], self.steps[-1], MARGIN + GUTTER * self.broken)

    def ticks(self) -> tuple[Tick, ...]:
        """The labelled years, and "< 1900" under the gutter."""
        years = tuple(Tick(self.place(step), f"{step:.0f}") for step in self.steps)
        return (Tick(MARGIN + GUTTER / 2, f"< {self.steps[0]:.0f}"), *years[1:]) if self.broken else years


def _axis(years: list[float]) -> Axis:
    """The axis of all years, or without the oldest tenth where it would otherwise be longer than the rest together."""
    years = sorted(years)
    main = years[int(len(years) * EARLY)]
    broken = main - years[0] > years[-1] - main
    return Axis(tuple(steps(main if broken else years[0], years[-1] + 1, most=13)), broken)


LONG = 0.15
"""Years from which a range is drawn as a line; shorter ones would hide behind their own disc."""


def _until(entry: Entry, axis: Axis) -> float | None:
    """Where a long happening ends on the axis."""
    date = entry.best.date if isinstance(entry.best, Event) else None
    first, last = (year(date.start), year(date.end)) if date else (None, None)
    if first is None or last is None or last - first < LONG:
        return None
    return axis.place(last)


CROWD = 3
"""More happenings than this at one place are drawn as one disc with their number."""
NEAR = 16
"""Places this close touch. Units: SVG user units, a little more than a disc."""


def _stacked(places: list[tuple[float, float, float | None, Entry]]) -> tuple[Glyph, ...]:
    """Happenings at one place are set above each other; a crowd becomes a number."""
    heaps: dict[tuple[float, int], list[tuple[float, float, float | None, Entry]]] = {}
    for place in places:
        heaps.setdefault((place[1], round(place[0] / NEAR)), []).append(place)
    return tuple(glyph for _, heap in sorted(heaps.items()) for glyph in _heaped(heap))


def _heaped(heap: list[tuple[float, float, float | None, Entry]]) -> list[Glyph]:
    if len(heap) > CROWD:
        middle = sum(x for x, _, _, _ in heap) / len(heap)
        return [Glyph(round(middle, 1), heap[0][1], count=len(heap), lane=_type(heap), years=_years(heap))]
    return [
        Glyph(x, y - 6 * depth, entry.side, entry, until) for depth, (x, y, until, entry) in enumerate(heap)
    ]


def _type(heap: list[tuple[float, float, float | None, Entry]]) -> str:
    event = heap[0][3].best
    return event.type if isinstance(event, Event) else ""


def _years(heap: list[tuple[float, float, float | None, Entry]]) -> tuple[int, int]:
    """The first and the last year in which something of the heap begins."""
    events = [entry.best for _, _, _, entry in heap]
    found = [year(event.date.start) or 0.0 for event in events if isinstance(event, Event) and event.date]
    return int(min(found, default=0)), int(max(found, default=0))
