"""What a sentence holds that quantities are made of: numbers that are no dates, dates, and names of countries."""

import datetime
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import dates, numerals
from pipeline.dates import DateMention
from pipeline.document import Version
from pipeline.numerals import Numeral

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


SCHEMES = frozenset({"iso3166", "diptych-org"})


class Mention(NamedTuple):
    """A country where it is named, by name or adjective."""

    start: int
    end: int
    code: str
    adjective: bool


@lru_cache(maxsize=2)  # quantities and events read the same text one after the other
def _dates_and_numerals(
    text: str, lang: str, anchor: datetime.date | None
) -> tuple[tuple[DateMention, ...], tuple[Numeral, ...]]:
    found = dates.read(text, lang, anchor)
    return found, numerals.outside(numerals.read(text, lang), tuple((d.start, d.end) for d in found))


_dateline = lru_cache(maxsize=2)(dates.dateline)


class Reading:
    """A version with its dates, numbers and countries in text order."""

    def __init__(self, version: Version, doc: "Doc") -> None:
        self.version, self.doc, self.text, self.lang = version, doc, version.text, version.lang
        self.dateline = _dateline(version.text, version.lang)
        self.dates, self.numerals = _dates_and_numerals(
            version.text, version.lang, _anchor(version, self.dateline)
        )
        self._links = sorted(
            (e.start, e.link.value)
            for e in version.entities or ()
            if e.link is not None and e.link.scheme in SCHEMES
        )
        self.countries = tuple(
            Mention(e.start, e.end, e.link.value, e.type == "NORP")
            for e in version.entities or ()
            if e.link is not None and e.link.scheme == "iso3166"
        )

    def linked(self, start: int, end: int) -> list[tuple[int, str]]:
        """Countries and organisations between two offsets: where each begins, and its code or id."""
        low, high = (bisect_left(self._links, (at, "")) for at in (start, end))
        return self._links[low:high]

    def named_before(self, at: int, reach: int) -> tuple[Mention, ...]:
        """The countries named within so many characters before an offset."""
        low, high = (bisect_left(self.countries, edge, key=lambda m: m.start) for edge in (at - reach, at))
        return self.countries[low:high]

    def sentences(self) -> Iterator["Sentence"]:
        """The sentences that hold a number or a date; every cursor moves only forward."""
        at = {"numerals": 0, "dates": 0, "countries": 0, "tokens": 0}
        tokens = self.doc
        for span in self.version.sentences or ():
            first = at["tokens"]
            while first < len(tokens) and tokens[first].idx < span.start:
                first += 1
            last = first
            while last < len(tokens) and tokens[last].idx < span.end:
                last += 1
            at["tokens"] = last
            inside = {}
            for name in ("numerals", "dates", "countries"):
                items = getattr(self, name)
                low = at[name]
                while low < len(items) and items[low].start < span.start:
                    low += 1
                high = low
                while high < len(items) and items[high].start < span.end:
                    high += 1
                at[name] = high
                inside[name] = items[low:high]
            if inside["numerals"] or inside["dates"]:
                yield Sentence(self, span.start, span.end, span.paragraph, first, last, **inside)


def _anchor(version: Version, line: tuple[DateMention, datetime.date] | None) -> datetime.date | None:
    """The day the text is dated: by its own date line, else by the file's metadata."""
    if line is not None:
        return line[1]
    try:
        return datetime.date.fromisoformat(version.meta.get("date", "")[:10])
    except ValueError:
        return None


class Sentence:
    """One sentence of a reading."""

    def __init__(
        self,
        reading: Reading,
        start: int,
        end: int,
        paragraph: int,
        first: int,
        last: int,
        numerals: tuple[Numeral, ...],
        dates: tuple[DateMention, ...],
        countries: tuple[Mention, ...],
    ) -> None:
        self.reading, self.text, self.lang = reading, reading.text, reading.lang
        self.start, self.end, self.paragraph = start, end, paragraph
        self.first, self.last = first, last
        self.numerals, self.dates, self.countries = numerals, dates, countries

    @cached_property
    def tokens(self) -> list["Token"]:
        return [t for t in self.reading.doc[self.first : self.last] if not t.is_space]

    def before(self, at: int) -> list["Token"]:
        return [t for t in self.tokens if t.idx < at]

    def between(self, start: int, end: int) -> list["Token"]:
        return [t for t in self.tokens if start <= t.idx < end]

    def date_after(self, at: int, until: int) -> DateMention | None:
        """The first date that begins between two offsets."""
        return next((d for d in self.dates if at <= d.start < until), None)
