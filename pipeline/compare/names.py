"""The names of a side, each once: what the recognisers took for one, countries by any word, other capitalised words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from pipeline import countries, languages, morphology
from pipeline.compare.pairs import Side
from pipeline.compare.spelling import ADJECTIVE
from pipeline.document import Lang, Link

NAMES = frozenset({"LOC", "PER", "ORG"})
LATIN = re.compile(r"[A-Za-z]")


class Name(NamedTuple):
    """A name in a side: its first and last word, its type ("?" where no recogniser knows it), what it stands for."""

    first: int
    last: int
    type: str
    name: str
    link: str | None


def names(side: Side) -> list[Name]:
    """The names of a side, each once: recognised ones, countries by any word, other capitalised words."""
    seen: dict[str, Name] = {}
    taken: set[int] = set()
    inside: set[int] = set()
    for entity in side.within(side.version.entities or ()):
        places = [n for n, w in enumerate(side.words) if entity.start <= w.start < entity.end]
        if entity.type not in NAMES or not places or _no_name(side, places) or _cited(side, places):
            continue
        if not entity.link and _acronym(entity.text.split()[0]):
            continue  # an acronym may be written out
        taken.update(places)
        link = key(entity.link) or _country_alone(side, places)
        if link is None and len(places) > 1 and _only_first(side, places):
            seen.setdefault(
                side.words[places[0]].token.text,
                Name(places[0], places[0], "LOC", side.words[places[0]].token.text, None),
            )
            continue
        if entity.type == "ORG" and link is None and len(places) > 1:
            inside.update(places)  # "the Kenya Revenue Authority" is not «Налоговое управление Танзании»
        if link is None and (code := _after_adjective(side, places)):
            link, places = f"iso3166:{code}", places[1:]
        seen.setdefault(link or entity.name, Name(places[0], places[-1], entity.type, entity.name, link))
    rest = (
        *_countries(side, taken - inside),
        *_capitalised(side, taken),
        *_adjectives(side, taken),
        *_titles(side, taken),
    )
    for found in rest:
        seen.setdefault(found.link or found.name, found)
    return list(seen.values())


def _country_alone(side: Side, places: list[int]) -> str | None:
    """The country that a single word names, which the recogniser left without its code: the "Japan" of "Japan–Taiwan"."""
    code = country_of(side.words[places[0]].token.text, side.lang) if len(places) == 1 else None
    return f"iso3166:{code}" if code else None


def _acronym(word: str) -> bool:
    """Several capitals, but not those of a name of two words: "UNHCR", not «Сук-Ахрас»."""
    return any(sum(c.isupper() for c in part) > 1 for part in word.split("-"))


def _only_first(side: Side, places: list[int]) -> bool:
    """A town after its preposition that a recogniser has joined with what follows: «в | Крушеваце | ткацкая фабрика»."""
    first, rest = side.words[places[0]].token, [side.words[n].token.text for n in places[1:]]
    before = side.words[places[0] - 1].token.lower_ if places[0] else ""
    return (
        side.lang == "ru"
        and before in ("в", "во", "из", "под")
        and first.text[:1].isupper()
        and all(text[:1].islower() for text in rest)
        and _may_be_name(first.text, "ru")
    )


def countries_of(side: Side) -> list[Name]:
    """Every place where a side names a country, by whatever word."""
    return list(_countries(side, set()))


def _cited(side: Side, places: list[int]) -> bool:
    """The author of a source that is only cited: "[Ahlbäck, 1969]", compared as references."""
    start = side.words[places[0]].start
    return any(c.start <= start < c.end for c in side.version.citations or ())


def _after_adjective(side: Side, places: list[int]) -> str | None:
    """The country behind an adjective that only the sentence's beginning makes a part of the name: «Соседняя Монголия»."""
    first, last = side.words[places[0]].token, side.words[places[-1]].token
    if len(places) != 2 or not first.is_sent_start or first.pos_ != "ADJ":
        return None
    return country_of(last.text, side.lang)


def key(link: Link | None) -> str | None:
    """What a linked name stands for, as one word."""
    return f"{link.scheme}:{link.value}" if link else None


def _no_name(side: Side, places: list[int]) -> bool:
    """A single first word of a sentence that is no proper noun: «Тому» is not Togo."""
    word = side.words[places[0]]
    return len(places) == 1 and word.token.is_sent_start is True and word.token.pos_ not in ("PROPN", "NOUN")


def _countries(side: Side, taken: set[int]) -> Iterator[Name]:
    """Countries by adjective or people, which are no entities: "the French ambassador", «кениец»."""
    for n, word in enumerate(side.words):
        if n in taken or len(word.token.text) < 4 or _tongue(side, n):
            continue
        if found := _of_two_words(side, n):
            taken.update((n, n + 1))
            yield found
            continue
        if code := country_of(word.token.text, side.lang):
            taken.add(n)
            yield Name(n, n, "LOC", word.token.text, f"iso3166:{code}")


def _of_two_words(side: Side, n: int) -> Name | None:
    """A country by an adjective of two words: "Costa Rican troops"."""
    if n + 1 >= len(side.words) or not countries.may_begin(side.words[n].token.text, side.lang):
        return None
    first, last = side.words[n], side.words[n + 1]
    written = side.version.text[first.start : last.end]
    found = countries.mention(written, side.lang) if last.token.text[:1].isupper() else None
    return Name(n, n + 1, "LOC", written, f"iso3166:{found.code}") if found else None


@cache
def _states(lang: str) -> dict[str, str]:
    """Words for states that have no code of their own, and for what codes do not tell apart."""
    rows = languages.shared("states")["words"]
    return {w: code for code, row in rows.items() for w in languages.bilingual(row)[lang]}


def country_of(word: str, lang: Lang) -> str | None:
    """The country that a word stands for: by name, capital, adjective, people, also by the capital's adjective.

    >>> country_of("French", "en"), country_of("пекинская", "ru"), country_of("Soviet", "en")
    ('FR', 'CN', 'SU')
    """
    lower = word.lower().replace("ё", "е")
    if found := countries.mention(word, lang):
        return LARGER.get(found.code, found.code) if found.kind in ("adjective", "people") else found.code
    lemma = (
        morphology.parses(lower)[0].normal_form.replace("ё", "е") if lang == "ru" else lower.removesuffix("s")
    )
    forms = {lemma}
    if lang == "ru":
        forms |= {p.normal_form.replace("ё", "е") for p in morphology.parses(lower)}
    if code := next((_states(lang)[form] for form in sorted(forms) if form in _states(lang)), None):
        return code
    if lang == "ru" and lemma.endswith("ский"):
        stems = (lemma.removesuffix("ский"), lemma.removesuffix("ский") + "ск")
        for capital in (s + e for s in stems for e in ("", "а", "о", "ь", "ы", "и")):
            if (known := countries.mention(capital.capitalize(), lang)) and known.kind == "capital":
                return known.code
    return None


def countries_in(word: str, lang: Lang) -> set[str]:
    """The countries that a word stands for, or its parts where it has a hyphen.

    >>> sorted(countries_in("японско-тайваньская", "ru")), countries_in("Franco", "en"), countries_in("франко-прусский", "ru") > {"FR"}
    (['JP', 'TW'], {'FR'}, True)
    """
    *joined, last = word.lower().replace("ё", "е").split("-")
    forms = [word, *([last] if joined else ()), *(_joined_form(part) for part in joined)]
    return {code for form in forms if form and (code := country_of(form, lang))}


def _joined_form(part: str) -> str:
    """The adjective that an adjective is before a hyphen: «японско-», «японский»."""
    return part[:-1] + "ий" if part.endswith("ско") else part


LARGER = {"CG": "CD"}
"""Of two countries with one adjective, that which is meant oftener: "Congolese"."""
TONGUE = {
    "en": re.compile(
        r"^(?:language|speaker|lesson|word|script|book|text|letter|edition|translation|accent|course)s?$",
        re.I,
    ),
    "ru": re.compile(r"^(?:язык|урок|слов|текст|издани|перевод|букв|алфавит|акцент|школ|курс|по$|на$)", re.I),
}


def _tongue(side: Side, n: int) -> bool:
    """The word means a language there: "in French", «по-русски», «на английском»."""
    near = side.words[max(0, n - 1) : n] + side.words[n + 1 : n + 2]
    own = side.words[n].token
    return (
        any(TONGUE[side.lang].match(w.token.text) for w in near)
        or side.words[n].lemma.startswith("по-")
        or (
            side.lang == "en"
            and own.pos_ in ("PROPN", "NOUN")
            and n > 0
            and side.words[n - 1].lemma in ("in", "speak", "learn", "teach", "into", "from")
        )
    )


def _capitalised(side: Side, taken: set[int]) -> Iterator[Name]:
    """Capitalised words inside a sentence that no recogniser took, those side by side as one name: "the Ngok Dinka"."""
    found = [
        n for n in range(len(side.words)) if n not in taken and (_unrecognised(side, n) or _called(side, n))
    ]
    for _, run in groupby(enumerate(found), key=lambda at: at[1] - at[0]):
        places = [n for _, n in run]
        words = [side.words[n].token.text for n in places]
        yield Name(places[0], places[-1], "LOC" if _called(side, places[0]) else "?", " ".join(words), None)


def _unrecognised(side: Side, n: int) -> bool:
    """A word that looks like a name where nothing else makes a capital."""
    token = side.words[n].token
    if (
        token.is_sent_start
        or token.pos_ != "PROPN"
        or not token.text[:1].isupper()
        or not all(part.isalpha() for part in token.text.split("-"))
        or len(token.text) < 4
        or token.text.isupper()
        or not _may_be_name(token.text, side.lang)
        or _cited(side, [n])
    ):
        return False
    before = side.version.text[max(0, token.idx - 2) : token.idx]
    return not any(c in "«»“”\"'„—:.!?" for c in before)


def _called(side: Side, n: int) -> bool:
    """A capitalised word right behind the noun that it names: «река Или», «провинция Тете»."""
    token = side.words[n].token
    return (
        side.lang == "ru"
        and n > 0
        and token.text[:1].isupper()
        and token.text[1:].islower()
        and token.text.isalpha()
        and token.pos_ != "ADJ"
        and side.words[n - 1].lemma in languages.load("ru", "names")["apposed"]
        and side.words[n - 1].token.text.islower()
    )


TITLE = re.compile(r"«(?P<title>[А-ЯЁ][^«»,.!?…:;]*)»")
MOST = 3
"""Words of the longest title that is taken for a name."""


def _titles(side: Side, taken: set[int]) -> Iterator[Name]:
    """What Russian puts in quotation marks as a name, and no recogniser took: newspapers, companies, ships («Синопек»)."""
    if side.lang != "ru":
        return
    for found in TITLE.finditer(side.text):
        start, end = (side.start + at for at in found.span("title"))
        places = [n for n, w in enumerate(side.words) if start <= w.start < end]
        words = [side.words[n].token for n in places]
        if (
            0 < len(places) <= MOST
            and taken.isdisjoint(places)
            and all(w.pos_ in ("NOUN", "PROPN", "ADJ", "X") for w in words)
        ):
            yield Name(places[0], places[-1], "ORG", found["title"], None)


def _adjectives(side: Side, taken: set[int]) -> Iterator[Name]:
    """Adjectives that no dictionary has, made from names: «довлетабадское месторождение»."""
    for n, word in enumerate(side.words):
        lower = word.token.text
        if side.lang == "ru" and n not in taken and lower.islower() and lower.isalpha() and _of_a_name(lower):
            yield Name(n, n, "LOC", lower, None)


@lru_cache(maxsize=20_000)
def _of_a_name(word: str) -> bool:
    return (
        bool(ADJECTIVE.search(word))
        and len(word) > 8
        and not any(p.is_known for p in morphology.parses(word))
    )


@lru_cache(maxsize=20_000)
def _may_be_name(word: str, lang: str) -> bool:
    """No month, no day, and in Russian a word that the dictionary knows as a name or not at all."""
    if lang == "en":
        calendar = languages.load("en", "calendar")
        return word.lower() not in calendar["months"] and word.lower() not in calendar["weekdays"]
    parses = morphology.parses(word)
    return not any(p.is_known for p in parses) or any(
        {"Geox", "Name", "Surn", "Orgn"} & set(p.tag.grammemes) for p in parses
    )


@cache
def kinds_of_names(lang: Lang) -> frozenset[str]:
    """Nouns that say what kind of thing a name is, and not which: the "State" of "Kachin State", «банк», ministry, sea."""
    named = languages.load(lang, "names")
    return frozenset((*named["places"], *named["organisations"]))


def text(side: Side, name: Name) -> str:
    """The name as it stands."""
    return " ".join(w.token.text for w in side.words[name.first : name.last + 1])


def lemmas(side: Side, name: Name) -> str:
    """The name in dictionary form, for names that endings of other words end («Дуная», of «Дунай»)."""
    return " ".join(w.lemma.capitalize() for w in side.words[name.first : name.last + 1])


def letters(text: str) -> str:
    """The small letters of a name, written as one word, in English without their marks ("Bạch Đằng", "bachdang")."""
    small = text.lower()
    if LATIN.search(small):
        small = unicodedata.normalize("NFD", small.replace("đ", "d"))
    return "".join(c for c in small if c.isalpha())
