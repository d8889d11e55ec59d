"""Places of the world by their names in both languages, Russian cases included.

Towns and regions come from `models/places/places.tsv.gz`, made from GeoNames (CC BY 4.0) and CLDR; rivers, seas, mountains
and historical lands from `languages/geography.csv`, written for the project. A name in it is evidence that a word may be
a place, never proof: Orlando is a person too, and «Вера» a town in Spain.
"""

import csv
import gzip
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from pipeline import languages, lately, shipped
from pipeline.document import Lang

ENDINGS = ("ого", "ому", "его", "ему", "ой", "ом", "ем", "ей", "ую", "ым", "им", "ых", "их", "ах", "ая", "ое", "ые", "ый", "а", "я", "у", "ю", "е", "ы", "и", "о", "ь", "й")  # fmt: skip
SHORTEST_STEM = 3
LAND = 7
"""The size that rivers, seas and lands count as."""


class Place(NamedTuple):
    """A town: its country (ISO 3166-1) and the digits of its population; rivers and lands have no country."""

    country: str
    size: int


@lru_cache(maxsize=lately.WORDS)
def place(name: str, lang: str) -> Place | None:
    """The largest town of that name.

    >>> place("Antofagasta", "en"), place("Антофагасту", "ru"), place("Бишкеком", "ru"), place("minister", "en")
    (Place(country='CL', size=6), Place(country='CL', size=6), Place(country='KG', size=6), None)
    """
    if not name[:1].isupper():
        return None
    return _table(lang).get(key(name, lang))


@lru_cache(maxsize=lately.WORDS)
def key(name: str, lang: str) -> str:
    """What the inflected forms of a name share: «Рига», «Ригой» and «Риге» are «риг».

    >>> key("Риге", "ru") == key("Рига", "ru"), key("Нижнем Новгороде", "ru") == key("Нижний Новгород", "ru")
    (True, True)
    """
    return _key(name, lang)


def _key(name: str, lang: str) -> str:
    lower = name.lower().replace("ё", "е").replace("’", "'")
    return " ".join(map(stem, lower.split())) if lang == "ru" else _plain(lower)


def _plain(word: str) -> str:
    """A word without the marks that newspapers leave out: "thessaloníki", "thessaloniki"."""
    if word.isascii():
        return word
    return "".join(
        c for c in unicodedata.normalize("NFKD", word.replace("ł", "l")) if not unicodedata.combining(c)
    )


def stem(word: str) -> str:
    """A Russian word without its ending; at least three letters stay.

    >>> stem("нижний"), stem("нижнем"), stem("дмитрий"), stem("дмитрием"), stem("сша")
    ('нижн', 'нижн', 'дмитр', 'дмитр', 'сша')
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("и") and len(word) > SHORTEST_STEM else word


@cache
def _table(lang: str) -> dict[str, Place]:
    table: dict[str, Place] = {}
    kinds: dict[str, Place] = {}  # few: each is kept once
    text = gzip.decompress(shipped.path("models/places/places.tsv.gz").read_bytes()).decode("utf-8")
    for line in text.split("\n"):
        en, ru, country, size = line.split("\t")
        entry = kinds.setdefault(f"{country}{size}", Place(country, int(size)))
        for written in (en if lang == "en" else ru).split(";"):
            known = _key(written, lang)
            if written and (known not in table or table[known].size < entry.size):
                table[known] = entry
    for row in _geography():
        for written in row[lang].split(";"):
            table[_key(written, lang)] = Place("", LAND)
    return table


@lru_cache(maxsize=lately.WORDS)
def one_place(en: str, ru: str, langs: tuple[Lang, Lang] = ("en", "ru")) -> bool:
    """Whether an English and a Russian name, or two of one language, stand in one row of the tables.

    >>> one_place("Transnistria", "Приднестровьем"), one_place("Balti", "Сороках")
    (True, False)
    """
    ours, theirs = (_rows(lang).get(key(name, lang), ()) for lang, name in zip(langs, (en, ru), strict=True))
    return not set(ours).isdisjoint(theirs)


@lru_cache(maxsize=lately.WORDS)
def two_places(en: str, ru: str) -> bool:
    """Whether an English and a Russian name stand in rows of their own, which have names in both languages.

    >>> two_places("Pohang", "Пусане"), two_places("Osaka", "Иокогаме"), two_places("Osaka", "Осаке")
    (False, True, False)
    """
    ours, theirs = _rows("en").get(key(en, "en"), ()), _rows("ru").get(key(ru, "ru"), ())
    both = _of_both_languages()
    return set(ours).isdisjoint(theirs) and not both.isdisjoint(ours) and not both.isdisjoint(theirs)


@cache
def _of_both_languages() -> frozenset[int]:
    """The rows that have names in both languages."""
    inside = [{n for rows in _rows(lang).values() for n in rows} for lang in ("en", "ru")]
    return frozenset(inside[0] & inside[1])


@cache
def _rows(lang: str) -> dict[str, tuple[int, ...]]:
    """The rows in which a name stands, of both tables; nearly always one."""
    text = gzip.decompress(shipped.path("models/places/places.tsv.gz").read_bytes()).decode("utf-8")
    column = 0 if lang == "en" else 1
    written = [line.split("\t")[column] for line in text.split("\n")] + [row[lang] for row in _geography()]
    found: dict[str, tuple[int, ...]] = {}
    for number, names in enumerate(written):
        for known in {_key(name, lang) for name in filter(None, names.split(";"))}:
            found[known] = (*found.get(known, ()), number)
    return found


@cache
def _geography() -> tuple[dict[str, str], ...]:
    text = resources.files(languages).joinpath("geography.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
