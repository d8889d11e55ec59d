"""The hour that a clock shows: "three in the afternoon", "3 p.m.", «три часа дня», «в 15:00»."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline import languages, numerals
from pipeline.document import Lang
from pipeline.languages.alternatives import either


class Hour(NamedTuple):
    """An hour of the day with its minutes, from 0:00 to 23:59, and where it stands."""

    value: str
    start: int
    end: int


NOON = 12


def read(text: str, lang: Lang) -> Iterator[Hour]:
    """The hours of the day that a text names, each by its half of the day or by twenty-four hours.

    >>> [hour.value for hour in read("by three in the afternoon", "en")], [hour.value for hour in read("к трем часам дня", "ru")]
    (['15:00'], ['15:00'])
    """
    for match in _form(lang).finditer(text):
        hour = int(match["digits"]) if match["digits"] else int(numerals.count(match["word"], lang) or 0)
        if (shown := _of_day(hour, match["late"], match["early"])) is not None:
            yield Hour(f"{shown}:{match['minutes'] or '00'}", match.start(), match.end())
    for match in WHOLE.finditer(text):
        if match["from"]:
            yield Hour(f"{int(match['from'])}:{match['past']}", match.start(), match.end("past"))
        yield Hour(f"{int(match['hour'])}:{match['minutes']}", match.start("hour"), match.end())


WHOLE = re.compile(
    r"(?<![\d:.])(?:(?P<from>\d{1,2}):(?P<past>[0-5]\d)\s?[–-]\s?)?(?P<hour>1[3-9]|2[0-3]):(?P<minutes>[0-5]\d)(?![\d:])"
)
"""An hour that only a clock of twenty-four hours shows, and the one from which it lasts until then: «10:20–13:45»."""


def _of_day(hour: int, late: str | None, early: str | None) -> int | None:
    """The hour of twenty-four by its half of the day: twelve in the afternoon is noon; "eleven at night" is late, "two at night" early."""
    if not 1 <= hour <= NOON:
        return None
    if not early and not late:
        return None
    return hour % NOON + (NOON if late else 0)


@cache
def _form(lang: Lang) -> re.Pattern[str]:
    data, numbers = languages.load(lang, "calendar_words")["clock"], languages.load(lang, "numbers")
    words = either(form for row in numbers["cardinals"].values() for form in row.split())
    number = rf"(?<!past )(?<!to )(?<![\d.,:])(?:(?P<digits>\d{{1,2}})(?:[:.](?P<minutes>[0-5]\d))?|\b(?P<word>{words}))"
    return re.compile(
        rf"{number}{data['hour']}\s*(?:(?P<late>{data['late']})|(?P<early>{data['early']}))(?!\w)", re.I
    )
