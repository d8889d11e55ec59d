"""Which Russian words may render an English one, which turn it round, and which name another thing of the same class.

The aligner's lexicon knows the words that its parallel texts have used for each other; a free translator uses more. The
thesaurus (`languages/thesaurus.tsv`, written for this project) gives for each headword all that a faithful translator may
choose ("cede": «уступить», «передать»), the opposites («получить», «сохранить») and the words of other things that must not
stand for it ("mediation": «арбитраж»).
"""

import csv
import sys
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from pipeline import languages
from pipeline.align.stem import stem

FILE = "thesaurus.tsv"
Phrase = tuple[str, ...]
"""Lemmas in a row."""


class Entry(NamedTuple):
    """A headword with its English synonyms, and the Russian words that render it, reverse it, or name something else."""

    english: tuple[Phrase, ...]
    renderings: tuple[Phrase, ...]
    opposites: tuple[Phrase, ...]
    others: tuple[Phrase, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """The thesaurus, a word that is both a rendering and something else taken for a rendering."""
    text = resources.files(languages).joinpath(FILE).read_text("utf-8")
    return tuple(_entry(row) for row in csv.DictReader(text.splitlines(), delimiter="\t"))


def _entry(row: Mapping[str, str]) -> Entry:
    renderings, opposites, others = (_phrases(row[field]) for field in ("renderings", "opposites", "others"))
    return Entry(
        _phrases(f"{row['headword']}; {row['english']}"),
        renderings,
        tuple(p for p in opposites if p not in renderings),
        tuple(p for p in others if p not in renderings and p not in opposites),
    )


def _phrases(field: str) -> tuple[Phrase, ...]:
    phrases = (
        tuple(map(sys.intern, phrase.replace("ё", "е").split())) for phrase in field.lower().split(";")
    )
    return tuple(dict.fromkeys(filter(None, phrases)))


@cache
def _by_stem() -> Mapping[str, frozenset[str]]:
    """The Russian stems that render an English one."""
    found: dict[str, set[str]] = {}
    for entry in entries():
        there = {stem(phrase[0]) for phrase in entry.renderings if len(phrase) == 1}
        for phrase in entry.english:
            if len(phrase) == 1:
                found.setdefault(stem(phrase[0]), set()).update(there)
    return {word: frozenset(there) for word, there in found.items()}


def renders(en: str, ru: str) -> bool:
    """A stem of one language is a rendering of a stem of the other.

    >>> renders(stem("mediation"), stem("посредничество")), renders(stem("mediation"), stem("арбитраж"))
    (True, False)
    """
    return ru in _by_stem().get(en, ())


@cache
def _excluded() -> Mapping[str, frozenset[str]]:
    """The Russian stems that the own entry of an English headword lists as opposites or as other things."""
    found: dict[str, set[str]] = {}
    for entry in entries():
        headword = entry.english[0]
        if len(headword) == 1:
            found.setdefault(stem(headword[0]), set()).update(
                stem(phrase[0]) for phrase in (*entry.opposites, *entry.others) if len(phrase) == 1
            )
    return {word: frozenset(there) for word, there in found.items()}


def excludes(en: str, ru: str) -> bool:
    """By its own entry an English stem means something else, whatever the entries of its synonyms say.

    >>> excludes(stem("loan"), stem("вклад")), excludes(stem("deposit"), stem("вклад"))
    (True, False)
    """
    return ru in _excluded().get(en, ())
