"""Names that differ: Vanadzor against «Дилижан», the Netherlands against «Норвегия», Mercosur against «УНАСУР».

A name is explained when the other side has the same country or organisation (by any name: capital, adjective, people,
acronym) or a word that sounds or translates alike. What is left over on both sides, in the same place, is a difference,
unless the two sound too much like spellings of one name.
"""

from collections.abc import Iterator, Sequence

from pipeline import countries
from pipeline.compare import acronyms, contrasts, institutions, sound
from pipeline.compare.accounted import explained, parts_of
from pipeline.compare.finding import difference, evidence
from pipeline.compare.names import (
    Name,
    countries_of,
    country_of,
    lemmas,
    letters,
    names,
    text,
)
from pipeline.compare.namesakes import namesakes
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.spelling import SPELLING, partner, strangeness
from pipeline.document import Difference, Lang
from pipeline.places import one_place, place, two_places

BY = "entity"
UNSURE = 0.15
"""What a finding loses where the recognisers disagree and the surroundings do not agree."""
TABLES = 0.65
"""Confidence that a country and an organisation of the tables, which know all their names, are not the same."""
SEATS = {"diptych-org:EU": "iso3166:BE", "diptych-org:NATO": "iso3166:BE", "diptych-org:UN": "iso3166:US"}
"""Organisations that are called by the city where they sit: Brussels."""
COUNTRY, PLACE, PERSON, ORGANISATION, UNKNOWN, MIXED = 0.85, 0.8, 0.65, 0.6, 0.6, 0.45
"""Confidence by what is known: both stand for countries or organisations, both are places, people, organisations,
neither is recognised, or the recognisers disagree. Planted names and faithful texts, see tests/test_compare_injection.py."""
GIVEN = 0.7
"""Confidence that another first name is another person. Source: own planted names, faithful news of 2017 and 2018."""
CROWDED = 0.7
"""What is left of it for each further unexplained name: free translations rename, explain and drop names."""


INITIALS = 0.8
"""Confidence that a body called by its initials is another one than what stands in its place; the judge cannot read initials."""
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
            if not _of_two(a, b)
            and (
                text(pair.en, a) == text(pair.ru, b)
                or one_place(text(pair.en, a), text(pair.ru, b), langs)
                or one_place(text(pair.en, a), lemmas(pair.ru, b), langs)
                or _one_spelling(pair, a, b)
            )
        ]
        en = [e for e in all_en if not explained(pair.en, e, pair.ru) and all(e is not a for a, _ in met)]
        ru = [r for r in all_ru if not explained(pair.ru, r, pair.en) and all(r is not b for _, b in met)]
        more_en = _only_by_country(pair, "en", all_en, ru)
        more_ru = _only_by_country(pair, "ru", all_ru, en)
        if not more_ru and not pair.editions:
            more_ru = _said_once_more(pair, "ru", [e for e in en if _of_a_country(e)], ru)
        if not more_en and not pair.editions:
            more_en = _said_once_more(pair, "en", [r for r in ru if _of_a_country(r)], en)
        en += [e for e in more_en if all(e is not x for x in en)]
        ru += [r for r in more_ru if all(r is not x for x in ru)]
        yield from institutions.compare(pair)
        yield from (_difference(pair, a, b, GIVEN) for a, b in namesakes(pair, all_en, all_ru))
        if not pair.editions and (other := acronyms.exchanged(pair, en, ru)):
            yield _difference(pair, other.en, other.ru, INITIALS)
            continue
        for a, b, rivals, close in _closest(pair, en, ru):
            confidence = _confidence(pair, a, b, close) * CROWDED**rivals
            beside = (
                any(_moved(pair.en, a, p.en, p.ru) for p in near),
                any(_moved(pair.ru, b, p.ru, p.en) for p in near),
            )
            confidence *= BESIDE[sum(beside)]
            if confidence > 0.2:
                yield _difference(pair, a, b, confidence)


def _rivals(en: Sequence[Name], ru: Sequence[Name], table: str) -> int:
    """How many more names a side has left over than one; of a country or an organisation only its like can stand in its place."""
    many = (sum(_whole(n, left) and table in (_table(n), "") for n in left) for left in (en, ru))
    return min(3, max(1, *many) - 1)


def _table(name: Name) -> str:
    return (name.link or "").partition(":")[0]


def _whole(name: Name, left: Sequence[Name]) -> bool:
    """The name stands in no other one: the country of «Банк Франции» is a part of the bank's name."""
    return not any(_within(name, other) for other in left)


def _within(name: Name, other: Name) -> bool:
    inside = other.first <= name.first and name.last <= other.last
    return inside and name.last - name.first < other.last - other.first


def _only_by_country(pair: Pair, lang: Lang, ours: Sequence[Name], theirs: Sequence[Name]) -> list[Name]:
    """Capitals where something is ("in Kabul") of which the other side has the country only, beside a town that stands in their place:
    «эмир Афганистана договорился в Пешаваре»."""
    side, other = pair.side(lang), pair.other(lang)
    towns = [t for t in theirs if t.type == "LOC" and not t.link and _located(other, t)]
    if pair.editions or len(towns) != 1:
        return []
    return [
        n
        for n in ours
        if n.link
        and _capital(text(side, n), side.lang)
        and _located(side, n)
        and not _told(side, n, other)
        and _in_one_place(pair, lang, n, towns[0])
    ]


def _of_a_country(name: Name) -> bool:
    return bool(name.link and name.link.startswith("iso3166:"))


def _said_once_more(pair: Pair, lang: Lang, lost: Sequence[Name], left: Sequence[Name]) -> list[Name]:
    """A country that a side has once more than the other one, in the place of the only country that it has lost: "a Romanian diplomat
    on Budapest", «венгерский чиновник о Будапеште»."""
    if len(lost) != 1 or any(_of_a_country(n) for n in left):
        return []
    side, other = pair.side(lang), pair.other(lang)
    ours, theirs = countries_of(side), countries_of(other)
    more = [
        n
        for n in ours
        if sum(o.link == n.link for o in ours) == sum(o.link == n.link for o in theirs) + 1 > 1
        and _in_one_place(pair, lang, n, lost[0])
    ]
    return more if len(more) == 1 else []


def _told(side: Side, capital: Name, other: Side) -> bool:
    """The other side has the capital itself, by whatever name: "Kyiv", «Киев», «киевский»."""
    return any(
        (_capital(w.token.text, other.lang) and _country(w.token.text, other.lang) == capital.link)
        or (w.name and any(partner(part, w, side.lang, other.lang) for part in parts_of(side, capital)))
        for w in other.words
    )


def _country(word: str, lang: Lang) -> str:
    return f"iso3166:{country_of(word, lang)}"


def _in_one_place(pair: Pair, lang: Lang, ours: Name, theirs: Name) -> bool:
    """The two names stand in one place of their sentences."""
    en, ru = (ours, theirs) if lang == "en" else (theirs, ours)
    return contrasts.closeness(pair, _hit(en), _hit(ru)) >= contrasts.NEAR


def _capital(word: str, lang: Lang) -> bool:
    found = countries.mention(word, lang)
    return found is not None and found.kind == "capital"


def _located(side: Side, name: Name) -> bool:
    """A name after a word of place: "in Kabul", «в Пешаваре»."""
    return name.first > 0 and side.words[name.first - 1].token.lower_ in PLACED


PLACED = frozenset({"in", "at", "near", "outside", "в", "во", "под", "близ", "у", "около", "возле"})


def _one_spelling(pair: Pair, a: Name, b: Name) -> bool:
    """The names sound alike when each is written as one word: "Bac Ninh", «Бакнинь»; "Topcu-Kior", «Топчу-Кёр»."""
    en, ru = (letters(text(side, n)) for side, n in ((pair.en, a), (pair.ru, b)))
    if pair.en.lang == pair.ru.lang:
        return en == ru
    if _two_places(pair, a, b):
        return False
    return min(len(en), len(ru)) > 3 and sound.strangeness(en, ru) <= SPELLING


def _moved(side: Side, name: Name, own: Side, other: Side) -> bool:
    """The translation of the sentence beside (`own`) has the name to spare: that sentence does not name it itself."""
    return explained(side, name, other) and not any(
        n.name == name.name or (n.link and n.link == name.link) for n in names(own)
    )


def _closest(pair: Pair, en: list[Name], ru: list[Name]) -> Iterator[tuple[Name, Name, int, float]]:
    """Pairs of leftover names that can stand for each other, the closest first, with how many others there are."""
    ranked = sorted(
        (
            (_kin(a, b), _whole(a, en) + _whole(b, ru), contrasts.closeness(pair, _hit(a), _hit(b)), -i, -j)
            for i, a in enumerate(en)
            for j, b in enumerate(ru)
        ),
        reverse=True,
    )
    used_en: set[int] = set()
    used_ru: set[int] = set()
    for _, _, near, i, j in ranked:
        if -i not in used_en and -j not in used_ru:
            used_en.add(-i)
            used_ru.add(-j)
            if near >= contrasts.NEAR or (len(en) == 1 and len(ru) == 1):
                a, b = en[-i], ru[-j]
                yield a, b, _rivals(en, ru, _table(a) if _in_one_table(a, b) else ""), near


def _hit(name: Name) -> contrasts.Hit:
    return contrasts.Hit(0, name.first, name.last)


def _kin(a: Name, b: Name) -> int:
    """3: both stand for countries, or for organisations of the table; 2: names of one type; 1: of types that recognisers take for
    each other."""
    if _in_one_table(a, b):
        return 3
    return 2 if a.type == b.type else 1


def _in_one_table(a: Name, b: Name) -> bool:
    return bool(a.link and b.link and a.link.partition(":")[0] == b.link.partition(":")[0])


def _of_two(a: Name, b: Name) -> bool:
    """The tables know the names for two things, however alike they sound: "Latvia", «Литва»."""
    return _in_one_table(a, b) and a.link != b.link


def _confidence(pair: Pair, a: Name, b: Name, near: float) -> float:
    if _in_one_table(a, b):
        return COUNTRY
    if (
        a.link
        and b.link
        and near >= contrasts.NEAR
        and b.link != SEATS.get(a.link)
        and a.link != SEATS.get(b.link)
    ):
        return TABLES
    if _two_places(pair, a, b):
        return PLACE
    if (
        near >= contrasts.NEAR
        and {a.type, b.type} != {"PER", "LOC"}
        and (_bearer(pair.en, a) or _bearer(pair.ru, b))
    ):
        return TABLES
    types = _types(pair, a, b)
    base = (
        {"LOC": PLACE, "PER": PERSON, "ORG": ORGANISATION, "?": UNKNOWN}[types[0]]
        if types[0] == types[1]
        else MIXED
    )
    if types[0] != types[1] or types[0] == "?":
        base -= UNSURE * (1 - min(1.0, 4 * near))
    return base * _strangeness(pair, a, b)


def _bearer(side: Side, name: Name) -> bool:
    """The table has all names of what this name stands for."""
    return any(m.first == name.first and m.last == name.last for m in side.bearers)


def _types(pair: Pair, a: Name, b: Name) -> tuple[str, str]:
    """What the names are; where the recognisers disagree, the table of places is asked: "Osaka", «Иокогамы»."""
    if a.type == b.type or "LOC" not in (a.type, b.type):
        return a.type, b.type
    side, other = (pair.ru, b) if a.type == "LOC" else (pair.en, a)
    known = other.first == other.last and (place(text(side, other), side.lang) or _located(side, other))
    return ("LOC", "LOC") if known else (a.type, b.type)


def _two_places(pair: Pair, a: Name, b: Name) -> bool:
    """The table of places knows both by their names in both languages, and as two: "Wrocław", «Краков»."""
    if pair.editions or _types(pair, a, b) != ("LOC", "LOC"):
        return False
    en, ru = text(pair.en, a), text(pair.ru, b)
    return two_places(en, ru) and sound.strangeness(letters(en), letters(ru)) >= TWO


def _strangeness(pair: Pair, a: Name, b: Name) -> float:
    """From 0, where the names are likely spellings of one, to 1, where they cannot be."""
    en = [w.token.text for w in pair.en.words[a.first : a.last + 1] if w.token.text[:1].isupper()]
    ru = [w.token.text for w in pair.ru.words[b.first : b.last + 1] if w.token.text[:1].isupper()]
    if a.type == b.type == "PER":
        en, ru = en[-1:], ru[-1:]
    if (a.link is None) != (b.link is None) and _adjective(pair, a, b):
        return 0.9 if contrasts.closeness(pair, _hit(a), _hit(b)) >= BESIDE_ALIKE else 0.5
    if b.name.islower() and b.link is None:
        ru = [b.name]  # an adjective that no dictionary has
    elif any(w.token.text[:1].islower() for w in pair.ru.words[b.first : b.last + 1]):
        return 0.5
    if _known_organisation(pair, a, b):
        return 0.9
    if not en or not ru or max(map(len, en)) < 3 or any(w.isupper() and len(w) > 1 for w in (*en, *ru)):
        return 0.5
    if len(en) > 2 or len(ru) > 2:
        return 0.6
    nearest = min((strangeness(x.lower(), y.lower()) for x in en for y in ru), default=0.0)
    return max(0.0, min(1.0, (nearest - SPELLING) / (STRANGE - SPELLING)))


def _known_organisation(pair: Pair, a: Name, b: Name) -> bool:
    """One of two organisations stands in the table, by all its names: the other one, written out, is none of them."""
    other = text(pair.ru, b) if a.link else text(pair.en, a)
    return a.type == b.type == "ORG" and (a.link is None) != (b.link is None) and not other.isupper()


def _adjective(pair: Pair, a: Name, b: Name) -> bool:
    """A country named by adjective or people, against a name that is no country."""
    side, first = (pair.en, a.first) if a.link else (pair.ru, b.first)
    found = countries.mention(side.words[first].token.text, side.lang)
    return found is not None and found.kind in ("adjective", "people")


BESIDE_ALIKE = 0.5
"""Closeness from which a place stands where the other version has a country's adjective: "Johor’s regulator", «сингапурское ведомство»."""
TWO = 0.3
"""Strangeness from which the names of two rows are no spellings of one that the table has twice."""
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
