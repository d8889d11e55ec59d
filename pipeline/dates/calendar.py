"""The calendar of a language: names of months, days and feasts, and the patterns in which it writes dates.

The patterns are data (`languages/en/calendar.toml`); here they become regular expressions.
"""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline import languages
from pipeline.dates.beginnings import Beginnings
from pipeline.languages.alternatives import either


class Pattern(NamedTuple):
    kind: str
    regex: re.Pattern[str]
    settings: dict[str, Any]


class Calendar(NamedTuple):
    lang: str
    patterns: tuple[Pattern, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, tuple[int, str]]
    feasts: dict[str, str]
    ordinals: dict[str, int]
    decades: dict[str, int]
    centuries: dict[str, int]
    what: dict[str, str]
    document: re.Pattern[str]
    dateline: re.Pattern[str]
    future: re.Pattern[str]
    between: re.Pattern[str]
    beginnings: Beginnings


@cache
def calendar(lang: str) -> Calendar:
    data = languages.load(lang, "calendar")
    numbers = languages.load(lang, "numbers")
    units = {
        form.replace("_", " "): _unit(size) for size, forms in data["units"].items() for form in forms.split()
    }
    units |= {form: _unit(f"1 {unit}") for form, unit in data.get("what", {}).items()}
    ordinals = {form: int(n) for n, forms in numbers["ordinals"].items() for form in forms.split()}
    groups = _groups(data, numbers, units, ordinals)
    patterns = tuple(
        Pattern(
            kind,
            re.compile(_expanded(entry, groups), re.I),
            {"pattern": entry} if isinstance(entry, str) else entry,
        )
        for kind, entries in data["patterns"].items()
        for entry in entries
    )
    return Calendar(
        lang=lang,
        patterns=patterns,
        months=_numbered(data["months"]),
        weekdays=_numbered(data["weekdays"]),
        seasons=_numbered(data["seasons"]),
        units=units,
        feasts={f.lower(): d for d, forms in data["feasts"].items() for f in forms.split("|")},
        ordinals=_numbered(data["ordinals"]),
        decades=_numbered(data["decades"]),
        centuries=ordinals,
        what=data.get("what", {}),
        document=re.compile(data["document"], re.I),
        dateline=re.compile(rf"\b(?:{data['dateline']})", re.I),
        future=re.compile(rf"\b(?:{data['future']})", re.I),
        between=re.compile(rf"[\s,(—–-]*(?:(?:{data['between']})\s+)?", re.I),
        beginnings=Beginnings(pattern.regex for pattern in patterns),
    )


def _unit(size: str) -> tuple[int, str]:
    count, unit = size.split()
    return int(count), unit


def _numbered(table: dict[str, str]) -> dict[str, int]:
    return {form.lower(): int(n) for n, forms in table.items() for form in forms.split()}


def _forms(table: dict[str, str], sep: str | None = None) -> str:
    return either(form for forms in table.values() for form in forms.split(sep))


def _groups(
    data: dict[str, Any], numbers: dict[str, Any], units: dict[str, Any], ordinals: dict[str, int]
) -> dict[str, str]:
    """What each group type of the pattern language matches."""
    capital = "-i" if data["months_with_capital"] else ""
    words = either(
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
        "yd": r"(?:1\d|20)\d\d(?!\d)",  # behind the point of "12.06.1990"
        "yy": r"\d\d(?!\d)",
        "g": r"(?:-(?:го|м|й))?(?:\s?(?:гг?\.|год(?:а|у|ом|е)?(?!\w)))?",
        "n": rf"\b(?:\d{{1,3}}(?![\d.,]\d)|(?:{words})(?:[\s-](?:{words}))?"
        + (rf"|{articles})" if articles else ")")
        + r"(?!\w)",
        "unit": rf"(?:{either(units)})(?!\w)",
        "season": rf"\b(?:{_forms(data['seasons'])})(?!\w)",
        "weekday": rf"(?{capital}:{_forms(data['weekdays'])})(?!\w)"
        if capital
        else rf"(?:{_forms(data['weekdays'])})(?!\w)",
        "feast": _forms(data["feasts"], "|") or "(?!)",
        "ord": rf"\b(?:{_forms(data['ordinals'])})",
        "ordn": r"[1-4]",
        "dayword": rf"\b(?:{either(f for f, n in ordinals.items() if n <= 31)})(?!\w)",
        "ordinal": rf"(?:{either(ordinals)}|\d+(?:st|nd|rd|th|-ю))",
        "decade": _forms(data["decades"]),
        "century": r"(?<!\d)(?:1\d|2[01]|\d)",
        "centuryword": rf"\b(?:{either(ordinals)}|twenty-first)",
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
