"""Countries by every name a political text gives them: CLDR's names, capitals that stand for governments, adjectives,
peoples; inflected forms included.

Codes are ISO 3166-1 alpha-2. Names come from CLDR through Babel; capitals, adjectives and peoples from
`languages/countries.csv`, written for the project. Countries inside a state that have no code of their own, Scotland
and Wales, stand in `languages/constituents.csv`: they carry the state's code and keep their own names.
"""

import csv
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from babel import Locale

from pipeline import languages, lately, morphology

Kind = Literal["name", "capital", "adjective", "people"]
WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*\.?")


FORMS_OF_STATE = {"republic", "kingdom", "state", "of", "the", "республика", "королевство", "государство"}


class Country(NamedTuple):
    """A country as mentioned: its code, whether by name, capital, adjective or people, and that in dictionary form."""

    code: str
    kind: Kind
    written: str = ""


def code(text: str, lang: str) -> str | None:
    """The country a name, capital, adjective or people stands for, in any case and number.

    >>> code("Kazakhstan’s", "en"), code("Казахстаном", "ru"), code("российской", "ru"), code("Brussels", "en")
    ('KZ', 'KZ', 'RU', None)
    """
    found = mention(text, lang)
    return found.code if found else None


@lru_cache(maxsize=lately.WORDS)
def mention(text: str, lang: str) -> Country | None:
    """The country and how it is mentioned; None for anything else.

    >>> mention("the Danish", "en"), mention("Ереване", "ru")
    (Country(code='DK', kind='adjective', written='Danish'), Country(code='AM', kind='capital', written='Ереван'))
    """
    words = tuple(WORD.findall(text))
    if not words or len(words) > 8:
        return None
    table = _table(lang)
    found = next((table[key] for key in _keys(words, lang) if key in table), None)
    if found and found.kind in ("name", "capital") and not any(word[0].isupper() for word in words):
        return None  # «вена» is a vein, «чад» is fumes
    return found


@lru_cache(maxsize=lately.WORDS)
def may_begin(word: str, lang: str) -> bool:
    """Whether any mention may begin with this word; spares looking longer spans up.

    >>> may_begin("Саудовской", "ru"), may_begin("Republic", "en"), may_begin("wheat", "en")
    (True, True, False)
    """
    plain = _plain(word)
    forms = {plain, plain.removesuffix("s"), *(_lemmas(plain) if lang == "ru" else ())}
    return not forms.isdisjoint(_first_words(lang))


@cache
def _first_words(lang: str) -> frozenset[str]:
    """The words that open a name in the table, the first part of those with hyphens, and the forms of state."""
    first = {words[0] for words in _table(lang) if words}
    return frozenset({*first, *(re.split(r"[-']", word)[0] for word in first), *FORMS_OF_STATE})


def name(country: str, lang: str) -> str:
    """CLDR's short name of a country, in the nominative: "KZ" is "Kazakhstan" and «Казахстан»."""
    return Locale(lang).territories.get(country, country)


def _keys(words: tuple[str, ...], lang: str) -> list[tuple[str, ...]]:
    """How the words may stand in the table: as they are, then reduced to dictionary forms."""
    plain = tuple(_plain(word) for word in words)
    if lang == "ru":
        lemmas = _lemma_keys(plain)
        return [plain, *lemmas, *map(_without_form_of_state, lemmas)]
    bare = tuple(re.sub(r"(?:'s|')$", "", word) for word in plain)
    bare = bare[1:] if bare[:1] == ("the",) and len(bare) > 1 else bare
    singular = (*bare[:-1], bare[-1].removesuffix("s"))
    return [plain, bare, singular, _without_form_of_state(bare)]


def _without_form_of_state(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "Republic of Moldova", «Республика Молдова»: the name behind the form of state."""
    return tuple(words[next((i for i, word in enumerate(words) if word not in FORMS_OF_STATE), 0) :])


def _plain(word: str) -> str:
    return word.rstrip(".").lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def _lemma_keys(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    readings = [_lemmas(word) for word in words]
    return [tuple(r[min(i, len(r) - 1)] for r in readings) for i in range(max(map(len, readings)))]


@lru_cache(maxsize=lately.WORDS)
def _lemmas(word: str) -> tuple[str, ...]:
    parses = morphology.parses(word)
    return tuple(dict.fromkeys(p.normal_form.replace("ё", "е") for p in parses)) or (word,)


@cache
def _table(lang: str) -> dict[tuple[str, ...], Country]:
    """Every name as a tuple of words; earlier kinds win, so that a capital never hides a country."""
    table: dict[tuple[str, ...], Country] = {}

    def put(names: str, country: str, kind: Kind, *, own: bool = False) -> None:
        for written in filter(None, names.split(";")):
            words = tuple(_plain(word) for word in WORD.findall(written))
            entry = Country(country, kind, name(country, lang) if kind == "name" and not own else written)
            table.setdefault(words, entry)
            if lang == "ru" and not any("Apro" in morphology.parses(word)[0].tag for word in words):
                for key in _lemma_keys(words)[:1]:  # «Того» is Togo, but «тому», «тех» are not
                    table.setdefault(key, entry)

    rows, parts = _rows("countries"), _rows("constituents")
    for part in parts:
        put(part[f"name_{lang}"], part["iso"], "name", own=True)
    for row in rows:
        put(row[f"also_{lang}"], row["iso"], "name")
    for country, written in sorted(Locale(lang).territories.items()):
        if (
            len(country) == 2
            and country.isalpha()
            and country not in ("EU", "UN", "EZ", "ZZ", "XA", "XB", "QO")
        ):
            put(re.sub(r"\s*\(.*?\)", "", written).replace("&", "and"), country, "name")
    for kind in ("capital", "adjective", "people"):
        for row in (*rows, *parts):
            put(row.get(f"{kind}_{lang}") or "", row["iso"], kind)  # type: ignore[arg-type]
    return table


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    text = resources.files(languages).joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
