"""The date a document gives itself, in ISO form: a dateline, the date line of a memo, a machine-readable field."""

import re
from functools import cache

from babel.dates import get_month_names

DATE_LINE = re.compile(r"^(?:date|дата)\s*[:—–-]\s*", re.IGNORECASE)


@cache
def months() -> dict[str, int]:
    """The month names of CLDR in both languages, in full, cut short and inflected (March, Mar, марта)."""
    names: dict[str, int] = {}
    for lang in ("en", "ru"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, lang).items():
                    names[name.lower().rstrip(".")] = number
    return names | {"sept": 9}


NUMERIC = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)|(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s{1,3}([^\W\d_]{3,9})\.?,?\s{1,3}(\d{4})(?!\d)")
MONTH_FIRST = re.compile(
    r"(?<![^\W_])([^\W\d_]{3,9})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)"
)


def iso(text: str) -> str | None:
    """The first full date.

    >>> iso("Riga, March 3, 2024"), iso("Рига, 3 марта 2024 года"), iso("03.03.2024"), iso("2024-03-03T10:00")
    ('2024-03-03', '2024-03-03', '2024-03-03', '2024-03-03')
    """
    found = [match for match in (_numeric(text), _named(text)) if match]
    return min(found)[1] if found else None


def _numeric(text: str) -> tuple[int, str] | None:
    for found in NUMERIC.finditer(text):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        if 1 <= int(month) <= 12 and (day is None or 1 <= int(day) <= 31):
            return found.start(), f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return None


def _named(text: str) -> tuple[int, str] | None:
    places = []
    for pattern, day, month in ((DAY_FIRST, 1, 2), (MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            number = months().get(found[month].lower())
            if number and 1 <= int(found[day]) <= 31:
                places.append((found.start(), f"{found[3]}-{number:02}-{int(found[day]):02}"))
                break
    return min(places) if places else None


DATELINE = re.compile(
    r"^(?:[^\W\d_][^\W\d_.’'-]*[ /,.-]{1,3}){1,6}\(?(?=\d|[^\W\d_]{3,9}\.? \d)"
    r"|^(?=(?:\d{1,2} [^\W\d_]{3,9}|[^\W\d_]{3,9} \d{1,2},?) \d{4})"
)
EARLY = 5
"""Paragraphs at the beginning in which a document dates itself."""


def document_date(paragraphs: list[str]) -> str | None:
    """The date of a dateline ("Riga, March 3, 2024 (Agency) — ...") or of a "Date:" line, among the first paragraphs.

    >>> document_date(["A title", "Рига, 3 марта 2024 года — Парламент собрался."])
    '2024-03-03'
    """
    for paragraph in paragraphs[:EARLY]:
        head = paragraph[:120]
        line = DATE_LINE.match(head)
        if line:
            return iso(head)
        if DATELINE.match(head):
            date = iso(head[:80])
            if date and _named_early(head):
                return date
    return None


def _named_early(head: str) -> bool:
    """Only a place stands before the date: a few capitalised words."""
    place = re.split(r"\d", head, maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]+", place)
    return all(word[0].isupper() or word.lower() in months() for word in words) and len(words) <= 6
