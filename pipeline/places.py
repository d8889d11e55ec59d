"""Towns of the world by their names in both languages, Russian cases included.

The table is `models/places/places.tsv.gz`, made from GeoNames (CC BY 4.0). A name in it is evidence that a word may be
a place, never proof: Orlando is a person too, and «Вера» a town in Spain.
"""

import gzip
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import shipped

ENDINGS = ("ого", "ому", "его", "ему", "ой", "ом", "ем", "ей", "ую", "ым", "им", "ых", "их", "ах", "ая", "ое", "ые", "ый", "а", "я", "у", "ю", "е", "ы", "и", "о", "ь", "й")  # fmt: skip
SHORTEST_STEM = 3


class Place(NamedTuple):
    """A town: its country (ISO 3166-1) and the digits of its population."""

    country: str
    size: int


@lru_cache(maxsize=50_000)
def place(name: str, lang: str) -> Place | None:
    """The largest town of that name.

    >>> place("Antofagasta", "en"), place("Антофагасту", "ru"), place("Бишкеком", "ru"), place("minister", "en")
    (Place(country='CL', size=6), Place(country='CL', size=6), Place(country='KG', size=6), None)
    """
    if not name[:1].isupper():
        return None
    return _table(lang).get(key(name, lang))


@lru_cache(maxsize=100_000)
def key(name: str, lang: str) -> str:
    """What the inflected forms of a name share: «Рига», «Ригой» and «Риге» are «риг».

    >>> key("Риге", "ru") == key("Рига", "ru"), key("Нижнем Новгороде", "ru") == key("Нижний Новгород", "ru")
    (True, True)
    """
    lower = name.lower().replace("ё", "е").replace("’", "'")
    return " ".join(map(stem, lower.split())) if lang == "ru" else lower


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
    text = gzip.decompress(shipped.path("models/places/places.tsv.gz").read_bytes()).decode("utf-8")
    for line in text.split("\n"):
        en, ru, country, size = line.split("\t")
        entry = Place(country, int(size))
        for written in (en if lang == "en" else ru).split(";"):
            known = key(written, lang)
            if written and (known not in table or table[known].size < entry.size):
                table[known] = entry
    return table
