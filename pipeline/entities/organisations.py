"""International organisations by every name: long form, acronym, both languages, Russian cases included.

The table is `languages/organisations.csv`, written for the project; its ids are the scheme `diptych-org`.
"""

import csv
import re
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from pipeline import languages, lately, morphology

WORD = re.compile(r"\w+(?:[-.]\w+)*")


class Organisation(NamedTuple):
    """An organisation with its canonical names."""

    id: str
    name_en: str
    name_ru: str

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_ru


@lru_cache(maxsize=lately.WORDS)
def organisation(text: str, lang: str) -> Organisation | None:
    """The organisation that a name stands for, in any case.

    >>> organisation("Евразийского экономического союза", "ru").id, organisation("ОДКБ", "ru").id
    ('EAEU', 'CSTO')
    >>> organisation("the European Union's", "en").id, organisation("European road", "en")
    ('EU', None)
    """
    acronym, names = _tables(lang)
    stripped = re.sub(r"['’]s?$|^[Tt]he\s+", "", text.strip())
    if stripped in acronym:
        return acronym[stripped]
    return names.get(key(stripped, lang)) if len(stripped.split()) > 1 or lang == "ru" else None


def key(text: str, lang: str) -> tuple[str, ...]:
    """The name's words reduced to what its inflected forms share."""
    words = WORD.findall(text.lower().replace("ё", "е"))
    return tuple(_reduced(word) if lang == "ru" else word for word in words)


@lru_cache(maxsize=lately.WORDS)
def _reduced(word: str) -> str:
    parse = morphology.parses(word)[0]
    return parse.normal_form.replace("ё", "е")


@lru_cache(maxsize=lately.WORDS)
def may_begin(word: str, lang: str) -> bool:
    """Whether any name in the table may begin with this word; spares looking longer spans up.

    >>> may_begin("Европейского", "ru"), may_begin("Boston", "en")
    (True, False)
    """
    first = key(word, lang)
    return bool(first) and first[0] in _first_words(lang)


@cache
def _first_words(lang: str) -> frozenset[str]:
    """The words that open a name or acronym in the table, and the first part of those with hyphens or points."""
    acronyms, names = _tables(lang)
    first = {words[0] for words in names if words} | {key(written, lang)[0] for written in acronyms}
    return frozenset({*first, *(re.split(r"[-.’']", word)[0] for word in first), "the"})


@cache
def longest() -> int:
    """The words of the longest name: how far a search has to look."""
    return max(len(row[f"name_{lang}"].split()) for row in _rows() for lang in ("en", "ru"))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files(languages).joinpath("organisations.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _tables(lang: str) -> tuple[dict[str, Organisation], dict[tuple[str, ...], Organisation]]:
    acronyms: dict[str, Organisation] = {}
    names: dict[tuple[str, ...], Organisation] = {}
    for row in _rows():
        one = Organisation(row["id"], row["name_en"], row["name_ru"])
        for written in filter(None, row[f"acronym_{lang}"].split(";")):
            acronyms.setdefault(written, one)
        for written in [row[f"name_{lang}"], *filter(None, row[f"also_{lang}"].split(";"))]:
            names.setdefault(key(written, lang), one)
    return acronyms, names
