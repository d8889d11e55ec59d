"""A file that holds both languages becomes two versions, split between paragraphs.

The script of its letters tells a paragraph's language. A foreign paragraph that stands alone and is short (a
quotation, a name, a title) stays with the text around it; a line of keywords goes with the text it closes.
"""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from pipeline.document import Lang
from pipeline.languages import script

MIN_LETTERS = 150
"""Letters of a foreign stretch that make it a version of its own: two lines, more than a title or an epigraph."""
PARALLEL = 0.25
"""Share of letters from which both languages are versions however short the paragraphs are."""


class Stretch(NamedTuple):
    """Paragraphs `start` to `end` in one language, with so many letters."""

    lang: Lang
    start: int
    end: int
    letters: int


def languages_of(paragraphs: Sequence[str]) -> list[Lang]:
    """The language of the version each paragraph belongs to.

    >>> languages_of(["The president spoke. " * 20, "Sic transit gloria mundi", "Она сказала: «Salve!» " * 20])
    ['en', 'en', 'ru']
    """
    row = stretches(paragraphs)
    letters = {lang: sum(s.letters for s in row if s.lang == lang) for lang in ("en", "ru")}
    shared = min(letters.values()) >= PARALLEL * sum(letters.values())
    short = shared and median(s.letters for s in row) < MIN_LETTERS
    firm = {s.lang for s in row if s.letters >= MIN_LETTERS or shared}
    main: Lang = "en" if letters["en"] >= letters["ru"] else "ru"
    firm = firm or {main}
    found: list[Lang] = []
    for i, stretch in enumerate(row):
        own = stretch.lang in firm and (short or stretch.letters >= MIN_LETTERS or not 0 < i < len(row) - 1)
        around = row[i - 1].lang if i else row[i + 1].lang if i + 1 < len(row) else main
        lang = stretch.lang if own else found[-1] if found else around
        found += [lang] * (stretch.end - stretch.start)
    return found


def stretches(paragraphs: Sequence[str]) -> list[Stretch]:
    row: list[Stretch] = []
    for i, text in enumerate(paragraphs):
        lang, letters = script(text)
        if row and (lang is None or lang == row[-1].lang):
            row[-1] = row[-1]._replace(end=i + 1, letters=row[-1].letters + letters)
        else:
            row.append(Stretch(lang or "en", row[-1].end if row else i, i + 1, letters))
    return row
