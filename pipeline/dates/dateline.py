"""The day a text is dated by itself: its date line, or the note at its end."""

import datetime
import re

from pipeline.dates.calendar import calendar
from pipeline.dates.mentions import read
from pipeline.dates.point import DateMention
from pipeline.dates.relative import clause

LONGEST_PLACE = 90
"""Characters before the date of a date line: places and, at times, the agency."""
PLACE = re.compile(r"(?:^|[;,.(—–])\s*[A-ZА-ЯЁ][\w’-]+(?: [A-ZА-ЯЁ][\w’-]+){0,2},?\s*$")
"""A place right before the date: "Policy brief 17; Chisinau, 12 November 2025."."""
SHORT = 400
"""Characters of a paragraph that is a note on the text rather than a part of it."""
DASH = re.compile(
    r"\.?\s*(?:г\.|года?)?,?\s*(?:[(/\[][^()/\[\]\n]{1,60}[)/\]]|[A-ZА-ЯЁ]\w+(?: [A-ZА-ЯЁ]\w+){0,2})?[.,:]?\s*[—–-]{1,2}\s"
)
"""What stands behind the date of a date line: at most the agency, then a dash."""


def dateline(text: str, lang: str) -> tuple[DateMention, datetime.date] | None:
    """The mention that dates the text itself, and its day.

    "Oslo, March 3, 2021 (Northern Wire) — ..." opens a report; "prepared by the staff, 3 March 2021" or
    «Записала Анна Лунд, Осло, 3 марта 2021 г.» stands at either end.
    """
    known = calendar(lang)
    edges = _edges(text)
    for begin, end in edges:
        piece = text[begin:end]
        for mention in read(piece, lang):
            day = mention.date.start
            if mention.kind != "absolute" or mention.date.precision != "day":
                continue
            opens = begin < edges[-1][0] or len(edges) < 3
            dash = mention.start < LONGEST_PLACE and DASH.match(piece, mention.end)
            before = piece[
                max(piece.rfind(". ", 0, mention.start), piece.rfind("; ", 0, mention.start), 0) : mention.end
            ]
            says = (len(piece) < SHORT or mention.end < LONGEST_PLACE) and known.dateline.search(before)
            signed = PLACE.search(piece, 0, mention.start) and piece[mention.end : mention.end + 1] in (
                "",
                ".",
                "\n",
            )
            alone = piece[: mention.start].strip(" \n(") == "" and piece[mention.end :].strip(" \n).") == ""
            if (opens and (dash or (signed and mention.start < LONGEST_PLACE))) or says or alone:
                where = DateMention(
                    start=begin + mention.start, end=begin + mention.end, date=mention.date, kind="dateline"
                )
                return where, datetime.date.fromisoformat(day)
    return None


def names_the_document(text: str, lang: str) -> bool:
    """The clause that begins here speaks of the text itself: "this memo was dated", «эта записка»."""
    return calendar(lang).document.search(clause(text)) is not None


def _edges(text: str) -> list[tuple[int, int]]:
    """The first four paragraphs and the last."""
    spans = [(p.start(), p.end()) for p in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text)]
    return spans[:4] + spans[4:][-1:]
