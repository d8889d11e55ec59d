"""Points in time at the precision of the text: a year, a month or a day; and the mention of one in a text."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from pipeline.document import Date

ABSOLUTE = frozenset(
    {"absolute", "year", "season", "half", "quarter", "months", "decade", "century", "feast"}
)
"""Kinds of dates that say their year."""


class DateMention(Struct, frozen=True, kw_only=True):
    """A date where it stands. `kind` is the kind of its pattern: "absolute", "year", "offset", "weekday" ..."""

    start: int
    end: int
    date: Date
    kind: str

    @property
    def relative(self) -> bool:
        """The text leaves a part of the date to what was said before or to its own date."""
        return self.kind not in ABSOLUTE


class Point(NamedTuple):
    """A day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def valid(self) -> bool:
        try:
            datetime.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True

    def moved(self, count: Decimal, unit: str, exactly: bool) -> "Point | None":
        """The point so many days, months or years away; months and years lose the day unless counted exactly."""
        if unit == "day":
            if not self.day or not self.month or count % 1:
                return None
            return of_day(
                datetime.date(self.year, self.month, self.day) + datetime.timedelta(days=int(count))
            )
        if unit == "year" and count % 1 == 0:
            there = self._replace(year=self.year + int(count))
            return there if exactly and there.valid() else Point(there.year)
        months = int(count * 12 if unit == "year" else count)
        if not self.month:
            return None
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        there = Point(year, month + 1, self.day)
        return there if exactly and there.valid() else Point(year, month + 1)


def of_day(day: datetime.date) -> Point:
    return Point(day.year, day.month, day.day)


def point(iso: str) -> Point:
    """The point that an ISO string names: "2024-05" is May 2024."""
    return Point(*map(int, iso.split("-")))


def dated(start: Point, end: Point | None = None) -> Date:
    """The document's `Date` from the first to the last point."""
    end = end or start
    precision = "range" if start != end else "day" if start.day else "month" if start.month else "year"
    return Date(start=start.iso(), end=end.iso(), precision=precision)  # type: ignore[arg-type]
