"""One text while its dates are read from left to right: what was dated before, and the day the text itself is dated."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipeline.dates.calendar import Calendar
from pipeline.dates.point import DateMention, Point, point

RECENT = 75
"""Days: a news report names the day, not the year, of what happened this recently."""


class Candidate(NamedTuple):
    start: int
    end: int
    kind: str
    match: re.Match[str]
    settings: dict[str, Any]


def _matches(regex: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives, looked for only where a match may start."""
    end = 0
    for start in starts:
        if start >= end and (match := regex.match(text, start)):
            end = match.end()
            yield match


class Context:
    """One text while its dates are read from left to right."""

    def __init__(self, text: str, calendar: Calendar, anchor: datetime.date | None) -> None:
        self.text = text.replace("ё", "е").replace("Ё", "Е")
        self.calendar = calendar
        self.anchor = anchor
        self.previous: list[DateMention] = []
        self.found: list[Candidate] = []

    def candidates(self) -> list[Candidate]:
        """Every match of every pattern, in text order, the longest first."""
        found = [
            Candidate(match.start("span"), match.end("span"), pattern.kind, match, pattern.settings)
            for pattern, starts in zip(
                self.calendar.patterns, self.calendar.beginnings.starts(self.text), strict=True
            )
            for match in _matches(pattern.regex, self.text, starts)
        ]
        self.found = sorted(found, key=lambda c: (c.start, -c.end))
        return self.found

    def absolute_between(self, start: int, end: int) -> Candidate | None:
        """The first date with its year that begins between two offsets."""
        low = bisect_left(self.found, start, key=lambda c: c.start)
        high = bisect_left(self.found, end, key=lambda c: c.start)
        return next((c for c in self.found[low:high] if c.kind == "absolute"), None)

    def date_follows(self, end: int, kinds: tuple[str, ...]) -> bool:
        """A date of one of these kinds follows an offset at once: "four years later, | in November"."""
        low = bisect_left(self.found, end, key=lambda c: c.start)
        return any(
            c.kind in kinds and re.fullmatch(self.calendar.between, self.text[end : c.start])
            for c in self.found[low : low + 4]
        )

    def last(self) -> DateMention | None:
        return self.previous[-1] if self.previous else None

    def base(self) -> Point | None:
        """The point a relative date counts from: the end of the last date."""
        return point(self.previous[-1].date.end) if self.previous else None

    def year(self, month: int, day: int | None, candidate: Candidate) -> int | None:
        """The year of a date without one: that of the last date in the paragraph, else the nearest past.

        A bare year before it ("to 5 million in 2024, the union said on October 12") does not count where the text's
        own date is only weeks later.
        """
        last = self.last()
        near = last is not None and "\n" not in self.text[last.end : candidate.start]
        if last is not None and (self.anchor is None or (near and last.kind != "year")):
            return point(last.date.end).year
        if self.anchor is None:
            return None
        past = (month, day or 1) <= (self.anchor.month, self.anchor.day) or self.ahead(candidate)
        year = self.anchor.year if past else self.anchor.year - 1
        if last is not None and near and (self.anchor - datetime.date(year, month, 1)).days > RECENT:
            return point(last.date.end).year
        return year

    def ahead(self, candidate: Candidate) -> bool:
        """The clause speaks of the future."""
        before = self.text[max(0, candidate.start - 80) : candidate.start]
        clause = re.split(r"[.!?;]\s", before)[-1]
        return bool(self.calendar.future.search(clause))
