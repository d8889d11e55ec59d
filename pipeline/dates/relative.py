"""Dates that lean on another one or on the day the text is dated: "nine days later", «31 июля того же года», "on Sunday"."""

import datetime
import re
from decimal import Decimal

from pipeline import languages, numerals
from pipeline.dates.absolute import absolute, day_of, named, span_of, three_months
from pipeline.dates.context import Candidate, Context
from pipeline.dates.point import Point, dated, of_day, point
from pipeline.document import Date

DETAILS = ("partial", "partial_month")
"""Kinds of dates that may spell out an offset before them."""
MONTHS = 12
NEAR = 90
"""Characters between a relative date and the date it leans on in the same sentence."""
SENTENCE_END = re.compile(r"[!?…]\s|[^\W\d]{3,}[.]\s+[^\W\da-zа-яё]|\n")


def partial(context: Context, candidate: Candidate) -> Date | None:
    """ "on September 17", «14 июня», "in October": the year comes from the context."""
    month = context.calendar.months[candidate.match["m"].lower()]
    day, day2 = day_of(context, candidate), named(candidate, "d2")
    year = context.year(month, day, candidate)
    if year is None:
        return None
    start = Point(year, month, day)
    return span_of(start, start._replace(day=int(day2)) if day2 else start)


def partial_season(context: Context, candidate: Candidate) -> Date | None:
    """ "in the autumn", «осенью»: of the year named last in the same paragraph; else it may be any autumn."""
    last = context.last()
    if last is None or "\n" in context.text[last.end : candidate.start]:
        return None
    first = context.calendar.seasons[candidate.match["season"].lower()]
    return three_months(point(last.date.end).year, first)


def same(context: Context, candidate: Candidate) -> Date | None:
    """ "that very day", "July 31 of that year", «в том же году»."""
    base = context.base()
    if base is None:
        return None
    if month := named(candidate, "m"):
        there = Point(base.year, context.calendar.months[month], day_of(context, candidate))
        return span_of(there, there)
    if season := named(candidate, "season"):
        return three_months(base.year, context.calendar.seasons[season])
    what = _what(context, candidate)
    if what == "day":
        return dated(base) if base.day else None
    if what == "month":
        there = base._replace(day=day_of(context, candidate))
        return dated(there) if base.month and there.valid() else None
    return dated(Point(base.year)) if what == "year" else None


def _what(context: Context, candidate: Candidate) -> str | None:
    what = named(candidate, "what")
    return context.calendar.what.get(what, what) if what else None


def following(context: Context, candidate: Candidate) -> Date | None:
    """ "the following March", «в марте следующего года»."""
    base = context.base()
    if base is None:
        return None
    of_year = candidate.settings.get("of_year", False)  # "of the following year", not "the following March"
    if season := named(candidate, "season"):
        first = context.calendar.seasons[season]
        return three_months(base.year + (of_year or first <= (base.month or 12)), first)
    month = context.calendar.months[candidate.match["m"].lower()]
    later = base.year + (of_year or month <= (base.month or 12))
    there = Point(later, month, day_of(context, candidate))
    return dated(there) if there.valid() else None


def _shift(context: Context, candidate: Candidate) -> tuple[Decimal, str, bool] | None:
    """How far, in which unit, and whether to the day; "two years and three months" is counted in months."""
    if "days" in candidate.settings:
        return Decimal(candidate.settings["sign"] * candidate.settings["days"]), "day", True
    size, unit = context.calendar.units[candidate.match["unit"].lower()]
    said = named(candidate, "n")
    count = Decimal(1) if said is None else _count(said, context.calendar.lang)
    if count is None:
        return None
    if named(candidate, "half"):
        count += Decimal("0.5")
    count *= size
    if more := named(candidate, "unit2"):
        size2, unit2 = context.calendar.units[more]
        count2 = _count(named(candidate, "n2") or "", context.calendar.lang)
        if count2 is None or (unit, unit2) != ("year", "month"):
            return None
        count, unit = count * MONTHS + count2 * size2, unit2
    exactly = any(named(candidate, name) for name in ("exactly", "exactly2", "exactly3"))
    return count * candidate.settings["sign"], unit, exactly


def _count(said: str, lang: str) -> Decimal | None:
    numbers = languages.load(lang, "numbers")
    if said in numbers["article"].split() or said in numbers["one"].split():
        return Decimal(1)
    return numerals.count(said, lang)


def offset(context: Context, candidate: Candidate) -> Date | None:
    """ "nine days later", «спустя девять дней», «годом позже»: from the last date.

    In "in October, four months later" the offset explains the date before it and is none of its own; at the head of a
    sentence, or where a date follows it ("four years later, in November"), it is one.
    """
    last = context.last()
    explains = last is not None and not context.text[last.end : candidate.start].strip(" ,(\u00a0")
    if (
        explains
        and not context.text[candidate.start].isupper()
        and not context.date_follows(candidate.end, DETAILS)
    ):
        return None
    base, shift = context.base(), _shift(context, candidate)
    return _point(base.moved(*shift)) if base and shift else None


def gives_details(context: Context, candidate: Candidate) -> bool:
    """The date before this one only leads to it: "four years later, | in November", «годом раньше, | 3 апреля»."""
    last = context.last()
    return (
        last is not None
        and last.kind in ("offset", "same", "following", "partial_season", "season", "deictic")
        and last.date.precision != "day"
        and candidate.kind in DETAILS
        and context.calendar.between.fullmatch(context.text[last.end : candidate.start]) is not None
    )


def _point(there: Point | None) -> Date | None:
    return dated(there) if there and there.valid() and 1000 <= there.year <= 2199 else None


def ago(context: Context, candidate: Candidate) -> Date | None:
    if context.anchor is None:
        return None
    here = of_day(context.anchor)
    if "days" in candidate.settings:
        return _point(
            here.moved(Decimal(candidate.settings["sign"] * candidate.settings["days"]), "day", True)
        )
    shift = _shift(context, candidate)
    return _point(here.moved(*shift)) if shift else None


def complement(context: Context, candidate: Candidate) -> Date | None:
    """ "vacated on 21 November, exactly a week after a treaty was signed" dates the treaty, not the leaving;
    "two days after the coup of 5 May 2010 he fled" dates the flight; "a week before this memo" counts from the text's date.
    """
    shift = _shift(context, candidate)
    if shift is None:
        return None
    after = clause(context.text[candidate.end : candidate.end + NEAR])
    if context.anchor and context.calendar.document.search(after):
        return _point(of_day(context.anchor).moved(*shift))
    own = context.absolute_between(candidate.end, candidate.end + len(after))
    last = context.last()
    gap = context.text[last.end : candidate.start] if last and candidate.start - last.end <= NEAR else None
    if last is not None and gap is not None and clause(gap) == gap:
        if own is not None:
            return None
        count, unit, exactly = shift
        return _point(point(last.date.start).moved(-count, unit, exactly))
    if own is not None:
        date = absolute(context, own)
        return _point(point(date.end).moved(*shift)) if date else None
    return None


def clause(text: str) -> str:
    """The text up to the end of its sentence."""
    end = SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def anniversary(context: Context, candidate: Candidate) -> Date | None:
    """ "on the second anniversary of that morning", «во вторую годовщину того утра»."""
    base = context.base()
    word = candidate.match["ordinal"].lower()
    years = int(re.sub(r"\D", "", word) or context.calendar.centuries.get(word, 0))
    return dated(base._replace(year=base.year + years)) if base and base.day and years else None


def deictic(context: Context, candidate: Candidate) -> Date | None:
    """ "last winter", "this year", «минувшей зимой»: seen from the day the text is dated."""
    here, step = context.anchor, candidate.settings["step"]
    if here is None:
        return None
    if candidate.settings.get("of_year"):
        there = Point(
            here.year + step,
            context.calendar.months[candidate.match["m"].lower()],
            day_of(context, candidate),
        )
        return dated(there) if there.valid() else None
    if season := named(candidate, "season"):
        first = context.calendar.seasons[season]
        year = here.year + step
        if step <= 0:
            over = (first + 2) % 12 < here.month and first < 12
            year = here.year - (0 if over else 1) if step < 0 else here.year
        else:
            year = here.year + (first <= here.month)
        return three_months(year, first)
    if month := named(candidate, "m"):
        number = context.calendar.months[month]
        year = here.year + {-1: -(number >= here.month), 0: 0, 1: number <= here.month}[step]
        return dated(Point(year, number))
    if _what(context, candidate) == "year":
        return dated(Point(here.year + step))
    return _point(Point(here.year, here.month).moved(Decimal(step), "month", False))


def weekday(context: Context, candidate: Candidate) -> Date | None:
    """ "on Sunday": the last Sunday up to the text's date, or the next where the clause speaks of the future.

    In "on Sunday, 3 May" the day of the week is none of its own.
    """
    if context.anchor is None or context.date_follows(candidate.end, (*DETAILS, "absolute")):
        return None
    wanted = context.calendar.weekdays[candidate.match["weekday"].lower()]
    back = (context.anchor.weekday() - wanted) % 7
    days = 7 - back if context.ahead(candidate) else -back
    return dated(of_day(context.anchor + datetime.timedelta(days=days)))
