"""Names of one bearer: a town that was renamed, a statesman by his byname, a body by the palace where it sits, a treaty by its place.

`languages/bynames.csv`, written for the project, has a row for each bearer, with its names in both languages.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from pipeline import languages, places
from pipeline.document import Lang

PLURAL = re.compile(r"(?<=\w{4})(?:[ая]ми|[ая]м|ов|ев)$")
HYPHEN = re.compile(r"[-‑–]")


class Mention(NamedTuple):
    """The first and last of the words that name the bearer of a row."""

    first: int
    last: int
    row: int


def mentions(words: Sequence[str], lang: Lang) -> list[Mention]:
    """The bearers that words name, whatever other names they have.

    >>> english = {found.row for found in mentions(["the", "Iron", "Chancellor"], "en")}
    >>> english == {found.row for found in mentions(["Бисмарком"], "ru")}
    True
    """
    table = _table(lang)
    parts = [(n, part) for n, word in enumerate(words) for part in _parts(word, lang)]
    found = []
    for at, (first, part) in enumerate(parts):
        for length in table.get(part, ()):
            within = parts[at : at + length]
            key = " ".join(one for _, one in within)
            if words[first].lstrip('«“"')[:1].isupper() or key in _common(lang):
                found += [Mention(first, within[-1][0], n) for n in _rows(lang).get(key, ())]
    return found


def one_bearer(en: Sequence[str], ru: Sequence[str]) -> bool:
    """English and Russian words name one bearer.

    >>> one_bearer(["Karl-Marx-Stadt"], ["Хемнице"]), one_bearer(["Urga"], ["Хемнице"])
    (True, False)
    """
    ours = {found.row for found in mentions(en, "en")}
    return any(found.row in ours for found in mentions(ru, "ru"))


def _parts(word: str, lang: str) -> list[str]:
    """What the cases of a word share, of its parts if it has hyphens: some write them, some do not, and so do recognisers."""
    bare = word.strip("«»“”\"'.").removesuffix("’s").removesuffix("'s")
    return [
        places.key(_singular(part) if lang == "ru" else part, lang) for part in HYPHEN.split(bare) if part
    ]


def _singular(word: str) -> str:
    """A Russian word without what its plural ends in: «квакерами»."""
    return PLURAL.sub("", word)


def _written(lang: str) -> list[list[str]]:
    text = resources.files(languages).joinpath("bynames.csv").read_text(encoding="utf-8")
    return [row[lang].split(";") for row in csv.DictReader(text.splitlines())]


@cache
def _rows(lang: str) -> Mapping[str, tuple[int, ...]]:
    """The rows in which a name stands."""
    found: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, row in enumerate(_written(lang)):
        for key in {_name(written, lang) for written in row}:
            found[key] += (number,)
    return dict(found)


@cache
def _common(lang: str) -> frozenset[str]:
    """The names that begin with a small letter: «квакеры»."""
    every = (written for row in _written(lang) for written in row)
    return frozenset(_name(written, lang) for written in every if written[:1].islower())


def _name(written: str, lang: str) -> str:
    return " ".join(part for word in written.split() for part in _parts(word, lang))


@cache
def _table(lang: str) -> Mapping[str, tuple[int, ...]]:
    """By its first word, how many words a name may have."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in _rows(lang):
        first, *rest = key.split()
        lengths[first].add(1 + len(rest))
    return {word: tuple(sorted(many)) for word, many in lengths.items()}
