"""Dates as people write them, absolute and relative, resolved to ISO 8601 at the precision of the text.

No model is needed. The patterns of a language are data (`languages/en/calendar.toml`); this module knows what each
kind of pattern means. Relative dates ("nine days later", «31 июля того же года», "on Sunday") are resolved against
the date mentioned before them or against the day the text is dated.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from pipeline import languages, numerals
from pipeline.document import Date


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


ABSOLUTE = frozenset({"absolute", "year", "season", "half", "quarter", "decade", "century", "feast"})
NEAR = 90
"""Characters between a relative date and the date it leans on in the same sentence."""
RECENT = 75
"""Days: a news report names the day, not the year, of what happened this recently."""
SENTENCE_END = re.compile(r"[!?…]\s|[^\W\d]{3,}[.]\s+[^\W\da-zа-яё]|\n")


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


def read(text: str, lang: str, anchor: datetime.date | None = None) -> tuple[DateMention, ...]:
    """All dates of a text in order, without overlap; `anchor` is the day the text is dated.

    >>> [m.date.start for m in read("signed on October 26, 2017, and ratified nine days later", "en")]
    ['2017-10-26', '2017-11-04']
    >>> [(m.date.start, m.date.end) for m in read("12 (24) сентября 1801 г.; в 1992–2001 гг.; летом 1999 г.", "ru")]
    [('1801-09-24', '1801-09-24'), ('1992', '2001'), ('1999-06', '1999-08')]
    """
    context = _Context(text, _calendar(lang), anchor)
    mentions: list[DateMention] = []
    for candidate in context.candidates():
        if mentions and candidate.start < mentions[-1].end:
            continue
        date = context.resolve(candidate)
        if date is not None:
            mentions.append(
                DateMention(start=candidate.start, end=candidate.end, date=date, kind=candidate.kind)
            )
            context.previous.append(mentions[-1])
    return tuple(mentions)


def dateline(text: str, lang: str) -> tuple[DateMention, datetime.date] | None:
    """The mention that dates the text itself, and its day.

    "Oslo, March 3, 2021 (Northern Wire) — ..." opens a report; "prepared by the staff, 3 March 2021" or
    «Записала Анна Лунд, Осло, 3 марта 2021 г.» stands at either end.
    """
    calendar = _calendar(lang)
    edges = _edges(text)
    for begin, end in edges:
        piece = text[begin:end]
        for mention in read(piece, lang):
            day = mention.date.start
            if mention.kind != "absolute" or mention.date.precision != "day":
                continue
            opens = begin < edges[-1][0] or len(edges) < 3
            dash = mention.start < 90 and re.match(
                r"[^.]{0,60}?[)\s,.][—–-]\s", piece[mention.end : mention.end + 70]
            )
            clause = piece[
                max(piece.rfind(". ", 0, mention.start), piece.rfind("; ", 0, mention.start), 0) : mention.end
            ]
            says = len(piece) < 400 and calendar.dateline.search(clause)
            alone = piece[: mention.start].strip(" \n(") == "" and piece[mention.end :].strip(" \n).") == ""
            if (opens and dash) or says or alone:
                where = DateMention(
                    start=begin + mention.start, end=begin + mention.end, date=mention.date, kind="dateline"
                )
                return where, datetime.date.fromisoformat(day)
    return None


def names_the_document(text: str, lang: str) -> bool:
    """The clause that begins here speaks of the text itself: "this memo was dated", «эта записка»."""
    return _calendar(lang).document.search(_clause(text)) is not None


def _edges(text: str) -> list[tuple[int, int]]:
    """The first four paragraphs and the last."""
    spans = [(p.start(), p.end()) for p in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text)]
    return spans[:4] + spans[4:][-1:]


class _Candidate(NamedTuple):
    start: int
    end: int
    kind: str
    match: re.Match[str]
    settings: dict[str, Any]


class _Pattern(NamedTuple):
    kind: str
    regex: re.Pattern[str]
    settings: dict[str, Any]


class _Calendar(NamedTuple):
    lang: str
    patterns: tuple[_Pattern, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, tuple[int, str]]
    feasts: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    decades: dict[str, int]
    centuries: dict[str, int]
    what: dict[str, str]
    document: re.Pattern[str]
    dateline: re.Pattern[str]
    future: re.Pattern[str]


@cache
def _calendar(lang: str) -> _Calendar:
    data = languages.load(lang, "calendar")
    numbers = languages.load(lang, "numbers")
    units = {form: _unit(size) for size, forms in data["units"].items() for form in forms.split()}
    units |= {form: _unit(f"1 {unit}") for form, unit in data.get("what", {}).items()}
    ordinals = {form: int(n) for n, forms in numbers["ordinals"].items() for form in forms.split()}
    groups = _groups(data, numbers, units, ordinals)
    patterns = tuple(
        _Pattern(
            kind,
            re.compile(_expanded(entry, groups), re.I),
            {"pattern": entry} if isinstance(entry, str) else entry,
        )
        for kind, entries in data["patterns"].items()
        for entry in entries
    )
    return _Calendar(
        lang=lang,
        patterns=patterns,
        months=_numbered(data["months"]),
        weekdays=_numbered(data["weekdays"]),
        seasons=_numbered(data["seasons"]),
        units=units,
        feasts={f.lower(): _month_day(d) for d, forms in data["feasts"].items() for f in forms.split("|")},
        ordinals=_numbered(data["ordinals"]),
        decades=_numbered(data["decades"]),
        centuries=ordinals,
        what=data.get("what", {}),
        document=re.compile(data["document"], re.I),
        dateline=re.compile(rf"\b(?:{data['dateline']})", re.I),
        future=re.compile(rf"\b(?:{data['future']})", re.I),
    )


def _unit(size: str) -> tuple[int, str]:
    count, unit = size.split()
    return int(count), unit


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _numbered(table: dict[str, str]) -> dict[str, int]:
    return {form.lower(): int(n) for n, forms in table.items() for form in forms.split()}


def _forms(table: dict[str, str], sep: str | None = None) -> str:
    return _either(form for forms in table.values() for form in forms.split(sep))


def _either(forms: Any) -> str:
    return "|".join(sorted(map(re.escape, set(forms)), key=lambda form: (-len(form), form)))


def _groups(
    data: dict[str, Any], numbers: dict[str, Any], units: dict[str, Any], ordinals: dict[str, int]
) -> dict[str, str]:
    """What each group type of the pattern language matches."""
    capital = "-i" if data["months_with_capital"] else ""
    words = _either(
        f
        for table in ("cardinals", "multipliers")
        for forms in numbers[table].values()
        for f in forms.split()
    )
    articles = "|".join(numbers["article"].split())
    return {
        "d": r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        "nd": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        "mm": r"(?:0?[1-9]|1[0-2])(?!\d)",
        "m": rf"(?{capital}:\b(?:{_forms(data['months'])}))(?!\w)"
        if capital
        else rf"\b(?:{_forms(data['months'])})(?!\w)",
        "y": r"(?<![\d.,])(?:1\d|20)\d\d(?!\d)",
        "yy": r"\d\d(?!\d)",
        "g": r"(?:-(?:го|м|й))?(?:\s?(?:гг?\.|год(?:а|у|ом|е)?(?!\w)))?",
        "n": rf"\b(?:\d{{1,3}}(?![\d.,]\d)|(?:{words})(?:[\s-](?:{words}))?"
        + (rf"|{articles})" if articles else ")")
        + r"(?!\w)",
        "unit": rf"(?:{_either(units)})(?!\w)",
        "season": rf"\b(?:{_forms(data['seasons'])})(?!\w)",
        "weekday": rf"(?{capital}:{_forms(data['weekdays'])})(?!\w)"
        if capital
        else rf"(?:{_forms(data['weekdays'])})(?!\w)",
        "feast": _forms(data["feasts"], "|") or "(?!)",
        "ord": rf"\b(?:{_forms(data['ordinals'])})",
        "ordn": r"[1-4]",
        "ordinal": rf"(?:{_either(ordinals)}|\d+(?:st|nd|rd|th|-ю))",
        "decade": _forms(data["decades"]),
        "century": r"(?<!\d)(?:1\d|2[01]|\d)",
        "centuryword": rf"\b(?:{_either(ordinals)}|twenty-first)",
        "roman": r"(?-i:\b[IVX]+)",
    }


def _expanded(entry: str | dict[str, Any], groups: dict[str, str]) -> str:
    """A pattern of the calendar as a regular expression whose group `span` is the date."""
    settings: dict[str, Any] = {"pattern": entry} if isinstance(entry, str) else entry
    seen: dict[str, int] = {}

    def group(match: re.Match[str]) -> str:
        name, kind = match[1], match[1].rstrip("0123456789")
        kind = {"nm": "m"}.get(kind, kind)
        if name == "g":
            return groups["g"]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>{groups[kind]})"

    core = re.sub(
        r"(?<!\?P)<([a-z]+\d?)>",
        group,
        settings["pattern"].replace(" ", r"\s{1,2}").replace("–", r"\s?[–—-]\s?"),
    )
    lead = settings.get("lead")
    before = rf"(?:(?<!\w)(?:{lead})\s{{0,2}})" if lead else r"(?<!\w)"
    return rf"{before}(?P<span>{core}){settings.get('tail', '').replace(' ', chr(92) + 's')}"


class _Context:
    """One text while its dates are read from left to right."""

    def __init__(self, text: str, calendar: _Calendar, anchor: datetime.date | None) -> None:
        self.text = text.replace("ё", "е").replace("Ё", "Е")
        self.calendar = calendar
        self.anchor = anchor
        self.previous: list[DateMention] = []
        self.found: list[_Candidate] = []

    def candidates(self) -> list[_Candidate]:
        """Every match of every pattern, in text order, the longest first."""
        found = [
            _Candidate(match.start("span"), match.end("span"), pattern.kind, match, pattern.settings)
            for pattern in self.calendar.patterns
            for match in pattern.regex.finditer(self.text)
        ]
        self.found = sorted(found, key=lambda c: (c.start, -c.end))
        return self.found

    def resolve(self, candidate: _Candidate) -> Date | None:
        return RESOLVERS[candidate.kind](self, candidate)

    def absolute_between(self, start: int, end: int) -> _Candidate | None:
        """The first date with its year that begins between two offsets."""
        low = bisect_left(self.found, start, key=lambda c: c.start)
        high = bisect_left(self.found, end, key=lambda c: c.start)
        return next((c for c in self.found[low:high] if c.kind == "absolute"), None)

    def last(self) -> DateMention | None:
        return self.previous[-1] if self.previous else None

    def base(self) -> Point | None:
        """The point a relative date counts from: the end of the last date."""
        return point(self.previous[-1].date.end) if self.previous else None

    def year(self, month: int, day: int | None, candidate: _Candidate) -> int | None:
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

    def ahead(self, candidate: _Candidate) -> bool:
        """The clause speaks of the future."""
        before = self.text[max(0, candidate.start - 80) : candidate.start]
        clause = re.split(r"[.!?;]\s", before)[-1]
        return bool(self.calendar.future.search(clause))


def _named(candidate: _Candidate, name: str) -> str | None:
    found = candidate.match.groupdict().get(name)
    return found.lower() if found else None


def _absolute(context: _Context, candidate: _Candidate) -> Date | None:
    """ "26 October 2017", "July 30 to August 2, 1975", «11–20 сентября 2023 г.», «12 (24) сентября 1801 года»."""
    months = context.calendar.months
    get = {
        name: _named(candidate, name) for name in ("d", "m", "y", "d2", "m2", "y2", "nd", "nm", "mm", "yy2")
    }
    year, year2 = get["y"] or get["y2"], get["y2"] or get["y"]
    if get["yy2"] and year:
        year2 = year[:2] + get["yy2"]
    month = months[get["m"]] if get["m"] else int(get["mm"]) if get["mm"] else None
    month2 = months[get["m2"]] if get["m2"] else month
    day, day2 = get["d"], get["d2"] or get["d"]
    if get["nd"]:
        day = day2 = get["nd"]
        month = month2 = months[get["nm"]] if get["nm"] else month
    if not (year and year2):
        return None
    return _range(Point(int(year), month, day and int(day)), Point(int(year2), month2, day2 and int(day2)))  # type: ignore[arg-type]


def _range(start: Point, end: Point) -> Date | None:
    if not (start.valid() and end.valid()) or start.iso() > end.iso():
        return None
    return dated(start, end)


def _year(_: _Context, candidate: _Candidate) -> Date | None:
    return dated(Point(int(candidate.match["y"])))


def _partial(context: _Context, candidate: _Candidate) -> Date | None:
    """ "on September 17", «14 июня», "in October": the year comes from the context."""
    month = context.calendar.months[candidate.match["m"].lower()]
    day, day2 = _named(candidate, "d"), _named(candidate, "d2")
    year = context.year(month, int(day) if day else None, candidate)
    if year is None:
        return None
    start = Point(year, month, int(day) if day else None)
    return _range(start, start._replace(day=int(day2)) if day2 else start)


def _three_months(year: int, month: int) -> Date:
    """A season or a quarter; the winter of 2020 begins in December 2019 only where the text says so."""
    later, last = divmod(month + 1, 12)
    return dated(Point(year, month), Point(year + later, last + 1))


def _season(context: _Context, candidate: _Candidate) -> Date | None:
    return _three_months(
        int(candidate.match["y"]), context.calendar.seasons[candidate.match["season"].lower()]
    )


def _part(context: _Context, candidate: _Candidate) -> int:
    return int(_named(candidate, "ordn") or context.calendar.ordinals[candidate.match["ord"].lower()])


def _half(context: _Context, candidate: _Candidate) -> Date | None:
    year, part = int(candidate.match["y"]), _part(context, candidate)
    return dated(Point(year, 1), Point(year, 6)) if part == 1 else dated(Point(year, 7), Point(year, 12))


def _quarter(context: _Context, candidate: _Candidate) -> Date | None:
    return _three_months(int(candidate.match["y"]), 3 * _part(context, candidate) - 2)


def _decade(context: _Context, candidate: _Candidate) -> Date | None:
    """ "the 1990s", «1990-е», "the nineties": of the twentieth century unless four digits say otherwise."""
    if year := _named(candidate, "y"):
        first = int(year)
    elif short := _named(candidate, "yy"):
        first = 1900 + int(short)
    else:
        first = 1900 + context.calendar.decades[candidate.match["decade"].lower()]
    return dated(Point(first), Point(first + 9)) if first % 10 == 0 else None


def _century(context: _Context, candidate: _Candidate) -> Date | None:
    """ "the 19th century", «XVIII–XIX вв.»: 1801 to 1900."""
    if roman := candidate.match.groupdict().get("roman"):
        first, last = _roman(roman), _roman(candidate.match.groupdict().get("roman2") or roman)
    else:
        word = _named(candidate, "century") or _named(candidate, "centuryword") or ""
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


def _feast(context: _Context, candidate: _Candidate) -> Date | None:
    """ "New Year’s Eve 2020"; without a year it is no date."""
    month, day = context.calendar.feasts[candidate.match["feast"].lower()]
    year = _named(candidate, "y")
    return dated(Point(int(year), month, day)) if year else None


def _same(context: _Context, candidate: _Candidate) -> Date | None:
    """ "that very day", "July 31 of that year", «в том же году»."""
    base = context.base()
    if base is None:
        return None
    if month := _named(candidate, "m"):
        day = _named(candidate, "d")
        there = Point(base.year, context.calendar.months[month], int(day) if day else None)
        return _range(there, there)
    if season := _named(candidate, "season"):
        return _three_months(base.year, context.calendar.seasons[season])
    what = _what(context, candidate)
    if what == "day":
        return dated(base) if base.day else None
    if what == "month":
        return dated(base._replace(day=None)) if base.month else None
    return dated(Point(base.year)) if what == "year" else None


def _what(context: _Context, candidate: _Candidate) -> str | None:
    what = _named(candidate, "what")
    return context.calendar.what.get(what, what) if what else None


def _following(context: _Context, candidate: _Candidate) -> Date | None:
    """ "the following March", «в марте следующего года»."""
    base = context.base()
    if base is None:
        return None
    if season := _named(candidate, "season"):
        first = context.calendar.seasons[season]
        return _three_months(base.year + (first <= (base.month or 12)), first)
    month = context.calendar.months[candidate.match["m"].lower()]
    day = _named(candidate, "d")
    bare = not day and candidate.match[0].lower().find("year") < 0 and context.calendar.lang == "en"
    later = base.year + 1 if not bare or month <= (base.month or 12) else base.year
    return dated(Point(later, month, int(day) if day else None))


def _shift(context: _Context, candidate: _Candidate) -> tuple[Decimal, str, bool] | None:
    """How far, in which unit, and whether to the day."""
    size, unit = context.calendar.units[candidate.match["unit"].lower()]
    said = _named(candidate, "n")
    count = Decimal(1) if said is None else _count(said, context.calendar.lang)
    exactly = (_named(candidate, "exactly") or _named(candidate, "exactly2") or "").strip() in (
        "exactly",
        "ровно",
    )
    return None if count is None else (count * size * candidate.settings["sign"], unit, exactly)


def _count(said: str, lang: str) -> Decimal | None:
    numbers = languages.load(lang, "numbers")
    if said in numbers["article"].split() or said in numbers["one"].split():
        return Decimal(1)
    return numerals.count(said, lang)


def _offset(context: _Context, candidate: _Candidate) -> Date | None:
    """ "nine days later", «спустя девять дней», «годом позже»: from the last date.

    In "in October, four months later" the offset explains the date before it and is none of its own.
    """
    last = context.last()
    if last is not None and not context.text[last.end : candidate.start].strip(" ,(\u00a0"):
        return None
    base, shift = context.base(), _shift(context, candidate)
    there = base.moved(*shift) if base and shift else None
    return _point(there)


def _point(there: Point | None) -> Date | None:
    return dated(there) if there and there.valid() and 1000 <= there.year <= 2199 else None


def _ago(context: _Context, candidate: _Candidate) -> Date | None:
    if context.anchor is None:
        return None
    here = of_day(context.anchor)
    if "days" in candidate.settings:
        return _point(
            here.moved(Decimal(candidate.settings["sign"] * candidate.settings["days"]), "day", True)
        )
    shift = _shift(context, candidate)
    return _point(here.moved(*shift)) if shift else None


def _complement(context: _Context, candidate: _Candidate) -> Date | None:
    """ "vacated on 21 November, exactly a week after a treaty was signed" dates the treaty, not the leaving;
    "two days after the coup of 5 May 2010 he fled" dates the flight; "a week before this memo" counts from the text's date.
    """
    shift = _shift(context, candidate)
    if shift is None:
        return None
    after = _clause(context.text[candidate.end : candidate.end + NEAR])
    if context.anchor and context.calendar.document.search(after):
        return _point(of_day(context.anchor).moved(*shift))
    own = context.absolute_between(candidate.end, candidate.end + len(after))
    last = context.last()
    gap = context.text[last.end : candidate.start] if last and candidate.start - last.end <= NEAR else None
    if last is not None and gap is not None and _clause(gap) == gap:
        if own is not None:
            return None
        count, unit, exactly = shift
        return _point(point(last.date.start).moved(-count, unit, exactly))
    if own is not None:
        date = context.resolve(own)
        return _point(point(date.end).moved(*shift)) if date else None
    return None


def _clause(text: str) -> str:
    """The text up to the end of its sentence."""
    end = SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _anniversary(context: _Context, candidate: _Candidate) -> Date | None:
    """ "on the second anniversary of that morning", «во вторую годовщину того утра»."""
    base = context.base()
    word = candidate.match["ordinal"].lower()
    years = int(re.sub(r"\D", "", word) or context.calendar.centuries.get(word, 0))
    return dated(base._replace(year=base.year + years)) if base and base.day and years else None


def _deictic(context: _Context, candidate: _Candidate) -> Date | None:
    """ "last winter", "this year", «минувшей зимой»: seen from the day the text is dated."""
    here, step = context.anchor, candidate.settings["step"]
    if here is None:
        return None
    if season := _named(candidate, "season"):
        first = context.calendar.seasons[season]
        year = here.year + step
        if step <= 0:
            over = (first + 2) % 12 < here.month and first < 12
            year = here.year - (0 if over else 1) if step < 0 else here.year
        else:
            year = here.year + (first <= here.month)
        return _three_months(year, first)
    if month := _named(candidate, "m"):
        number = context.calendar.months[month]
        year = here.year + {-1: -(number >= here.month), 0: 0, 1: number <= here.month}[step]
        return dated(Point(year, number))
    if _what(context, candidate) == "year":
        return dated(Point(here.year + step))
    return _point(Point(here.year, here.month).moved(Decimal(step), "month", False))


def _weekday(context: _Context, candidate: _Candidate) -> Date | None:
    """ "on Sunday": the last Sunday up to the text's date, or the next where the clause speaks of the future."""
    if context.anchor is None:
        return None
    wanted = context.calendar.weekdays[candidate.match["weekday"].lower()]
    back = (context.anchor.weekday() - wanted) % 7
    days = 7 - back if context.ahead(candidate) else -back
    return dated(of_day(context.anchor + datetime.timedelta(days=days)))


RESOLVERS: dict[str, Callable[[_Context, _Candidate], Date | None]] = {
    "absolute": _absolute,
    "year": _year,
    "partial": _partial,
    "partial_month": _partial,
    "season": _season,
    "half": _half,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "feast": _feast,
    "same": _same,
    "following": _following,
    "offset": _offset,
    "complement": _complement,
    "ago": _ago,
    "anniversary": _anniversary,
    "deictic": _deictic,
    "weekday": _weekday,
}
"""What each kind of pattern in `calendar.toml` means."""
