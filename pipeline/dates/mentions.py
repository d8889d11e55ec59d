"""Reading a text: every pattern of the calendar is looked for, and what it means is resolved from left to right."""

import datetime
from collections.abc import Callable

from pipeline.dates import absolute, relative
from pipeline.dates.calendar import calendar
from pipeline.dates.context import Candidate, Context
from pipeline.dates.point import DateMention
from pipeline.document import Date

RESOLVERS: dict[str, Callable[[Context, Candidate], Date | None]] = {
    "absolute": absolute.absolute,
    "year": absolute.year,
    "season": absolute.season,
    "half": absolute.half,
    "quarter": absolute.quarter,
    "months": absolute.first_months,
    "decade": absolute.decade,
    "century": absolute.century,
    "feast": absolute.feast,
    "partial": relative.partial,
    "partial_month": relative.partial,
    "partial_season": relative.partial_season,
    "same": relative.same,
    "following": relative.following,
    "offset": relative.offset,
    "complement": relative.complement,
    "ago": relative.ago,
    "anniversary": relative.anniversary,
    "deictic": relative.deictic,
    "this_year": relative.deictic,
    "weekday": relative.weekday,
}
"""What each kind of pattern in `calendar.toml` means."""


def read(text: str, lang: str, anchor: datetime.date | None = None) -> tuple[DateMention, ...]:
    """All dates of a text in order, without overlap; `anchor` is the day the text is dated.

    >>> [m.date.start for m in read("signed on October 26, 2017, and ratified nine days later", "en")]
    ['2017-10-26', '2017-11-04']
    >>> [(m.date.start, m.date.end) for m in read("12 (24) сентября 1801 г.; в 1992–2001 гг.; летом 1999 г.", "ru")]
    [('1801-09-24', '1801-09-24'), ('1992', '2001'), ('1999-06', '1999-08')]
    """
    context = Context(text, calendar(lang), anchor)
    mentions: list[DateMention] = []
    for candidate in context.candidates():
        if mentions and candidate.start < mentions[-1].end:
            continue
        date = RESOLVERS[candidate.kind](context, candidate)
        if date is not None:
            if relative.gives_details(context, candidate):
                mentions.pop()
                context.previous.pop()
            mentions.append(
                DateMention(start=candidate.start, end=candidate.end, date=date, kind=candidate.kind)
            )
            context.previous.append(mentions[-1])
    return tuple(mentions)
