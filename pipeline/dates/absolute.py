"""Dates that say their year: days, months, ranges, seasons, parts of a year, decades and centuries."""

import datetime

from dateutil.easter import easter

from pipeline import numerals
from pipeline.dates.context import Candidate, Context
from pipeline.dates.point import Point, dated, of_day
from pipeline.document import Date

LAST_DAY = 31


def named(candidate: Candidate, name: str) -> str | None:
    """A group of the candidate's pattern, in lower case."""
    found = candidate.match.groupdict().get(name)
    return found.lower() if found else None


def day_of(context: Context, candidate: Candidate) -> int | None:
    """The day of a candidate, in digits or as a word: "3 May", "the third of May", «третьего мая»."""
    if digits := named(candidate, "d"):
        return int(digits)
    word = named(candidate, "dayword")
    return context.calendar.centuries[word] if word else None


def absolute(context: Context, candidate: Candidate) -> Date | None:
    """ "26 October 2017", "July 30 to August 2, 1975", «11–20 сентября 2023 г.», «12 (24) сентября 1801 года»."""
    months = context.calendar.months
    get = {
        name: named(candidate, name) for name in ("y", "yd", "m", "d2", "m2", "y2", "nd", "nm", "mm", "yy2")
    }
    year = get["y"] or get["yd"] or get["y2"]
    year2 = get["y2"] or year
    if get["yy2"] and year:
        year2 = year[:2] + get["yy2"]
    if not (year and year2):
        return None
    if edge := named(candidate, "edge"):
        return edge_of_year(context, edge, int(year))
    month = months[get["m"]] if get["m"] else int(get["mm"]) if get["mm"] else None
    month2 = months[get["m2"]] if get["m2"] else month
    day = day_of(context, candidate)
    day2 = int(get["d2"]) if get["d2"] else day
    if candidate.settings.get("consecutive") and (day is None or day2 != day + 1):
        return None  # "on 3 and 5 May" names two days, "on 19 and 20 May" one stretch
    if get["nd"]:
        day = day2 = int(get["nd"])
        month = month2 = months[get["nm"]] if get["nm"] else month
    return span_of(Point(int(year), month, day), Point(int(year2), month2, day2))


def edge_of_year(context: Context, edge: str, year: int) -> Date:
    """ "the first day of 2013", «последний день 1991 года»."""
    first = context.calendar.ordinals[edge] == 1
    return dated(Point(year, 1, 1) if first else Point(year, 12, LAST_DAY))


def span_of(start: Point, end: Point) -> Date | None:
    """The date from one valid point to another, if they stand in order."""
    if not (start.valid() and end.valid()) or start.iso() > end.iso():
        return None
    return dated(start, end)


def year(_: Context, candidate: Candidate) -> Date | None:
    return dated(Point(int(candidate.match["y"])))


def three_months(year: int, month: int) -> Date:
    """A season or a quarter; a winter begins in the December of the year it is named by."""
    later, last = divmod(month + 1, 12)
    return dated(Point(year, month), Point(year + later, last + 1))


def season(context: Context, candidate: Candidate) -> Date | None:
    return three_months(
        int(candidate.match["y"]), context.calendar.seasons[candidate.match["season"].lower()]
    )


def _part(context: Context, candidate: Candidate) -> int:
    return int(named(candidate, "ordn") or context.calendar.ordinals[candidate.match["ord"].lower()])


def half(context: Context, candidate: Candidate) -> Date | None:
    year, part = int(candidate.match["y"]), _part(context, candidate)
    return dated(Point(year, 1), Point(year, 6)) if part == 1 else dated(Point(year, 7), Point(year, 12))


def quarter(context: Context, candidate: Candidate) -> Date | None:
    return three_months(int(candidate.match["y"]), 3 * _part(context, candidate) - 2)


def first_months(context: Context, candidate: Candidate) -> Date | None:
    """ "the first nine months of 2019", «за девять месяцев 2019 года»."""
    count = numerals.count(named(candidate, "n") or "", context.calendar.lang)
    if count is None or count % 1 or not 1 <= count <= 12:
        return None
    year = int(candidate.match["y"])
    return dated(Point(year, 1), Point(year, int(count)))


def decade(context: Context, candidate: Candidate) -> Date | None:
    """ "the 1990s", «1990-е», "the nineties": of the twentieth century unless four digits say otherwise."""
    if year := named(candidate, "y"):
        first = int(year)
    elif short := named(candidate, "yy"):
        first = 1900 + int(short)
    else:
        first = 1900 + context.calendar.decades[candidate.match["decade"].lower()]
    return dated(Point(first), Point(first + 9)) if first % 10 == 0 else None


def century(context: Context, candidate: Candidate) -> Date | None:
    """ "the 19th century", «XVIII–XIX вв.»: 1801 to 1900."""
    if roman := candidate.match.groupdict().get("roman"):
        first, last = _roman(roman), _roman(candidate.match.groupdict().get("roman2") or roman)
    else:
        word = named(candidate, "century") or named(candidate, "centuryword") or ""
        first = last = (
            21
            if word == "twenty-first"
            else int(word)
            if word.isdigit()
            else context.calendar.centuries[word]
        )
    return dated(Point(first * 100 - 99), Point(last * 100)) if 1 <= first <= last <= 22 else None


def _roman(digits: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[digit] for digit in digits]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def feast(context: Context, candidate: Candidate) -> Date | None:
    """ "New Year’s Eve 2020", "Easter Monday 1949"; without a year it is no date."""
    day = context.calendar.feasts[candidate.match["feast"].lower()]
    year = named(candidate, "y")
    if not year:
        return None
    if day.startswith("easter"):
        return dated(of_day(easter(int(year)) + datetime.timedelta(days=int(day.removeprefix("easter")))))
    return dated(Point(int(year), *map(int, day.split("-"))))
