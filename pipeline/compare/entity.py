"""Names that differ: Vanadzor against «Дилижан», the Netherlands against «Норвегия», Mercosur against «УНАСУР».

A name is explained when the other side has the same country or organisation (by any name: capital, adjective, people,
acronym) or a word that sounds or translates alike. What is left over on both sides, in the same place, is a difference,
unless the two sound too much like spellings of one name.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import countries, languages, morphology
from pipeline.compare import contrasts, institutions, sound, translations
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.spelling import SPELLING, partner
from pipeline.document import Difference, Lang, Link
from pipeline.places import one_place

BY = "entity"
NAMES = frozenset({"LOC", "PER", "ORG"})


class Name(NamedTuple):
    """A name in a side: its first and last word, its type ("?" where no recogniser knows it), what it stands for."""

    first: int
    last: int
    type: str
    name: str
    link: str | None


UNSURE = 0.15
"""What a finding loses where the recognisers disagree and the surroundings do not agree."""
COUNTRY, PLACE, PERSON, ORGANISATION, UNKNOWN, MIXED = 0.85, 0.8, 0.65, 0.6, 0.6, 0.45
"""Confidence by what is known: both stand for countries or organisations, both are places, people, organisations,
neither is recognised, or the recognisers disagree. Planted names and faithful texts, see tests/test_compare_injection.py."""
CROWDED = 0.7
"""What is left of it for each further unexplained name: free translations rename, explain and drop names."""


BESIDE = (1.0, 0.85, 0.5)
"""What is left of it where the sentences beside know none, one or both of the names: it may have moved."""


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The name differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = [p for p in pairs[max(0, n - 1) : n + 2] if p is not pair]
        all_en, all_ru = names(pair.en), names(pair.ru)
        langs = pair.en.lang, pair.ru.lang
        met = [
            (a, b)
            for a in all_en
            for b in all_ru
            if _text(pair.en, a) == _text(pair.ru, b)
            or one_place(_text(pair.en, a), _text(pair.ru, b), langs)
            or one_place(_text(pair.en, a), _lemmas(pair.ru, b), langs)
            or _one_spelling(pair, a, b)
        ]
        en = [e for e in all_en if not _explained(pair.en, e, pair.ru) and all(e is not a for a, _ in met)]
        ru = [r for r in all_ru if not _explained(pair.ru, r, pair.en) and all(r is not b for _, b in met)]
        yield from institutions.compare(pair)
        yield from _namesakes(pair, all_en, all_ru)
        for a, b, rivals, close in _closest(pair, en, ru):
            confidence = _confidence(pair, a, b, close) * CROWDED**rivals
            beside = (
                any(_moved(pair.en, a, p.en, p.ru) for p in near),
                any(_moved(pair.ru, b, p.ru, p.en) for p in near),
            )
            confidence *= BESIDE[sum(beside)]
            if confidence > 0.2:
                yield _difference(pair, a, b, confidence)


def names(side: Side) -> list[Name]:
    """The names of a side, each once: recognised ones, countries by any word, other capitalised words."""
    seen: dict[str, Name] = {}
    taken: set[int] = set()
    for entity in side.within(side.version.entities or ()):
        places = [n for n, w in enumerate(side.words) if entity.start <= w.start < entity.end]
        if entity.type not in NAMES or not places or _no_name(side, places):
            continue
        if not entity.link and sum(c.isupper() for c in entity.text.split()[0]) > 1:
            continue  # an acronym may be written out
        taken.update(places)
        link = _key(entity.link)
        if link is None and (code := _after_adjective(side, places)):
            link, places = f"iso3166:{code}", places[1:]
        seen.setdefault(link or entity.name, Name(places[0], places[-1], entity.type, entity.name, link))
    for found in (*_countries(side, taken), *_capitalised(side, taken)):
        seen.setdefault(found.link or found.name, found)
    return list(seen.values())


def _after_adjective(side: Side, places: list[int]) -> str | None:
    """The country behind an adjective that only the sentence's beginning makes a part of the name: «Соседняя Монголия»."""
    first, last = side.words[places[0]].token, side.words[places[-1]].token
    if len(places) != 2 or not first.is_sent_start or first.pos_ != "ADJ":
        return None
    return country_of(last.text, side.lang)


def _key(link: Link | None) -> str | None:
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
        if code := country_of(word.token.text, side.lang):
            taken.add(n)
            yield Name(n, n, "LOC", word.token.text, f"iso3166:{code}")


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
        return found.code
    lemma = (
        morphology.parses(lower)[0].normal_form.replace("ё", "е") if lang == "ru" else lower.removesuffix("s")
    )
    if code := _states(lang).get(lemma):
        return code
    if lang == "ru" and lemma.endswith("ский"):
        stems = (lemma.removesuffix("ский"), lemma.removesuffix("ский") + "ск")
        for capital in (s + e for s in stems for e in ("", "а", "о", "ь", "ы", "и")):
            if (known := countries.mention(capital.capitalize(), lang)) and known.kind == "capital":
                return known.code
    return None


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
    """Capitalised words inside a sentence that no recogniser took."""
    for n, word in enumerate(side.words):
        token = word.token
        if (
            n in taken
            or token.is_sent_start
            or token.pos_ != "PROPN"
            or not token.text[:1].isupper()
            or not token.is_alpha
            or len(token.text) < 4
            or token.text.isupper()
            or not _may_be_name(token.text, side.lang)
        ):
            continue
        before = side.version.text[max(0, token.idx - 2) : token.idx]
        if any(c in "«»“”\"'„—:.!?" for c in before):
            continue
        yield Name(n, n, "?", token.text, None)


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


def _text(side: Side, name: Name) -> str:
    return " ".join(w.token.text for w in side.words[name.first : name.last + 1])


def _lemmas(side: Side, name: Name) -> str:
    """The name in dictionary form, for names that endings of other words end («Дуная», of «Дунай»)."""
    return " ".join(w.lemma.capitalize() for w in side.words[name.first : name.last + 1])


def _one_spelling(pair: Pair, a: Name, b: Name) -> bool:
    """The names sound alike when each is written as one word: "Bac Ninh", «Бакнинь»; "Topcu-Kior", «Топчу-Кёр»."""
    en, ru = ("".join(c for c in _text(side, n) if c.isalpha()) for side, n in ((pair.en, a), (pair.ru, b)))
    if pair.en.lang == pair.ru.lang:
        return en.lower() == ru.lower()
    return min(len(en), len(ru)) > 3 and sound.strangeness(en, ru) <= SPELLING


def _moved(side: Side, name: Name, own: Side, other: Side) -> bool:
    """The translation of the sentence beside (`own`) has the name to spare: that sentence does not name it itself."""
    return _explained(side, name, other) and not any(
        n.name == name.name or (n.link and n.link == name.link) for n in names(own)
    )


def _explained(side: Side, name: Name, other: Side) -> bool:
    """Some name or word of the other side stands for this one."""
    if name.link and any(link == name.link for link in _links(other)):
        return True
    rivals = _elsewhere(other, name) if name.link else set()
    return any(
        partner(word, w, side.lang, other.lang)
        for word in _parts(side, name)
        for n, w in enumerate(other.words)
        if n not in rivals and (w.content or w.name)
    )


def _elsewhere(other: Side, name: Name) -> set[int]:
    """The words of names that are known to stand for something else."""
    return {
        n
        for e in other.within(other.version.entities or ())
        if (link := _key(e.link))
        and link != name.link
        and link.partition(":")[0] == (name.link or "").partition(":")[0]
        for n, w in enumerate(other.words)
        if e.start <= w.start < e.end
    }


def _links(side: Side) -> set[str]:
    found = {k for e in side.within(side.version.entities or ()) if (k := _key(e.link))}
    for word in side.words:
        if len(word.token.text) >= 4 and (code := country_of(word.token.text, side.lang)):
            found.add(f"iso3166:{code}")
    return found


def _parts(side: Side, name: Name) -> list[str]:
    """The words of a name that stand for it: of a person's the last one."""
    words = [w.token.text for w in side.words[name.first : name.last + 1]]
    if name.type == "PER" and len(words) > 1:
        words = words[-1:]
    return [
        part.lower() for w in words if w[:1].isupper() or len(words) == 1 for part in w.split("-") if part
    ]


def _closest(pair: Pair, en: list[Name], ru: list[Name]) -> Iterator[tuple[Name, Name, int, float]]:
    """Pairs of leftover names that can stand for each other, the closest first, with how many others there are."""
    ranked = sorted(
        (
            (_kin(a, b), contrasts.closeness(pair, _hit(a), _hit(b)), -i, -j)
            for i, a in enumerate(en)
            for j, b in enumerate(ru)
        ),
        reverse=True,
    )
    used_en: set[int] = set()
    used_ru: set[int] = set()
    rivals = min(3, abs(len(en) - len(ru)) + min(len(en), len(ru)) - 1)
    for _, near, i, j in ranked:
        if -i not in used_en and -j not in used_ru:
            used_en.add(-i)
            used_ru.add(-j)
            if near >= contrasts.NEAR or (len(en) == 1 and len(ru) == 1):
                yield en[-i], ru[-j], rivals, near


def _namesakes(pair: Pair, en: list[Name], ru: list[Name]) -> Iterator[Difference]:
    """Two people of one surname: "Leandro Hoffmeister", «Леонардо Хофмайстер»."""
    for a in (n for n in en if _full(pair.en, n)):
        kin = [b for b in ru if _full(pair.ru, b) and _one_surname(pair, a, b)]
        if len(kin) == 1 and _given_apart(pair, a, kin[0]):
            yield _difference(pair, a, kin[0], GIVEN)


GIVEN = 0.7
"""Confidence that another first name is another person. Source: own planted names, faithful news of 2017 and 2018."""
OTHER_GIVEN, LONG = 0.44, 5
"""Strangeness from which two first names are two, and the letters that an ear needs to tell: "Jacques" is «Жак»."""


def _full(side: Side, name: Name) -> bool:
    """A first name and a surname, long enough to tell apart."""
    words = [w.token.text for w in side.words[name.first : name.last + 1]]
    return name.type == "PER" and len(words) == 2 and all(len(w) >= LONG and w.isalpha() for w in words)


def _one_surname(pair: Pair, a: Name, b: Name) -> bool:
    return _spelling(pair, a.last, b.last) <= SPELLING


def _given_apart(pair: Pair, a: Name, b: Name) -> bool:
    """The first names are no spellings of one, nor does the lexicon know them for one ("Charles", «Карл»)."""
    known = partner(pair.en.words[a.first].token.lower_, pair.ru.words[b.first], pair.en.lang, pair.ru.lang)
    return not known and _spelling(pair, a.first, b.first) >= OTHER_GIVEN


def _spelling(pair: Pair, en: int, ru: int) -> float:
    return sound.strangeness(pair.en.words[en].token.lower_, pair.ru.words[ru].token.lower_)


def _hit(name: Name) -> contrasts.Hit:
    return contrasts.Hit(0, name.first, name.last)


def _kin(a: Name, b: Name) -> int:
    """2: names of one type; 1: of types that recognisers take for each other."""
    if a.type == b.type:
        return 2
    return 1


def _confidence(pair: Pair, a: Name, b: Name, near: float) -> float:
    if a.link and b.link and a.link.partition(":")[0] == b.link.partition(":")[0]:
        return COUNTRY
    base = (
        {"LOC": PLACE, "PER": PERSON, "ORG": ORGANISATION, "?": UNKNOWN}[a.type]
        if a.type == b.type
        else MIXED
    )
    if a.type != b.type or a.type == "?":
        base -= UNSURE * (1 - min(1.0, 4 * near))
    return base * _strangeness(pair, a, b)


def _strangeness(pair: Pair, a: Name, b: Name) -> float:
    """From 0, where the names are likely spellings of one, to 1, where they cannot be."""
    en = [w.token.text for w in pair.en.words[a.first : a.last + 1] if w.token.text[:1].isupper()]
    ru = [w.token.text for w in pair.ru.words[b.first : b.last + 1] if w.token.text[:1].isupper()]
    if a.type == b.type == "PER":
        en, ru = en[-1:], ru[-1:]
    if any(w.token.text[:1].islower() for w in pair.ru.words[b.first : b.last + 1]):
        return 0.5
    if _known_organisation(pair, a, b):
        return 0.9
    if not en or not ru or max(map(len, en)) < 3 or any(w.isupper() and len(w) > 1 for w in (*en, *ru)):
        return 0.5
    if (a.link is None) != (b.link is None) and _adjective(pair, a, b):
        return 0.5
    if len(en) > 2 or len(ru) > 2:
        return 0.6
    nearest = min((sound.strangeness(x, y) for x in en for y in ru), default=0.0)
    return max(0.0, min(1.0, (nearest - SPELLING) / (STRANGE - SPELLING)))


def _known_organisation(pair: Pair, a: Name, b: Name) -> bool:
    """One of two organisations stands in the table, by all its names: the other one, written out, is none of them."""
    other = _text(pair.ru, b) if a.link else _text(pair.en, a)
    return a.type == b.type == "ORG" and (a.link is None) != (b.link is None) and not other.isupper()


def _adjective(pair: Pair, a: Name, b: Name) -> bool:
    """A country named by adjective or people, against a name that is no country."""
    side, first = (pair.en, a.first) if a.link else (pair.ru, b.first)
    found = countries.mention(side.words[first].token.text, side.lang)
    return found is not None and found.kind in ("adjective", "people")


STRANGE = 0.55
"""Strangeness of two spellings from which they are two names."""


def _difference(pair: Pair, a: Name, b: Name, confidence: float) -> Difference:
    en, ru = pair.en.words, pair.ru.words
    return difference(
        "entity",
        evidence(pair.en.version, en[a.first].start, en[a.last].end, BY),
        evidence(pair.ru.version, ru[b.first].start, ru[b.last].end, BY),
        confidence * pair.sure,
        f"The {pair.en.called} names {a.name}, the {pair.ru.which} one {b.name}.",
        type=a.type if a.type != "?" else b.type,
        name_en=a.name,
        name_ru=b.name,
    )


__all__ = ["Name", "compare", "names", "translations"]
