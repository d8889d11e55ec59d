"""Institutions and places told apart by what stands beside their noun: the Supreme Court against «Конституционный суд»,
the transport ministry against «министерство обороны», the Irish Sea against «Северное море».

The nouns translate each other; the words that say which one do not, and have no translation anywhere in the other side.
"""

from collections.abc import Iterator

from pipeline import countries, languages, morphology
from pipeline.compare import contrasts, sound, thesaurus, translations
from pipeline.compare.finding import difference, evidence
from pipeline.compare.names import kinds_of_names
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.spelling import partner
from pipeline.document import Difference, Lang, Span

BY = "entity"
SURE = 0.72
"""Confidence that two institutions of one kind are not the same: own planted names, faithful news of 2018."""
AKIN = 0.1
"""Kinship of two words from which they are renderings of each other ("central", «федеральный»)."""
ALIKE, OPENING = 0.5, 5
"""Strangeness up to which two words, or their first letters, may be spellings of one name: "Danube", «дунайские»."""
REACH = 4
"""Words behind a noun in which the name goes on: "University of | New South Wales"."""


def compare(pair: Pair) -> Iterator[Difference]:
    """The institutions of a pair that share their noun and nothing else."""
    if pair.editions:
        return
    yield from _of_one_noun(pair)
    yield from _of_two_nouns(pair)


def _of_one_noun(pair: Pair) -> Iterator[Difference]:
    """Institutions of one kind that are not the same: "the Supreme Court", «Конституционный суд»."""
    for head in _heads(pair.en):
        other = pair.match("en", head)
        if other is None or other not in _heads(pair.ru) or _in_table(pair, head, other):
            continue
        en, ru = _spare(pair, "en", _which(pair.en, head)), _spare(pair, "ru", _which(pair.ru, other))
        if not en or not ru or not (_named(pair.en, [head, *en]) and _named(pair.ru, [other, *ru])):
            continue
        if any(_akin(pair, i, j) for i in en for j in ru) or _unheard(pair, head, en, ru):
            continue
        yield _difference(pair, [head, *en], [other, *ru])


def _of_two_nouns(pair: Pair) -> Iterator[Difference]:
    """The only institutions of a pair of which no word is rendered, in one place: "the Supreme Court", «Конституционный совет»."""
    en, ru = _unknown(pair, "en"), _unknown(pair, "ru")
    if len(en) != 1 or len(ru) != 1 or _in_table(pair, en[0][0], ru[0][0]):
        return
    if any(_akin(pair, i, j) for i in en[0] for j in ru[0]):
        return
    places = (contrasts.Hit(0, min(words), max(words)) for words in (en[0], ru[0]))
    if contrasts.closeness(pair, *places) >= CLOSE:
        yield _difference(pair, en[0], ru[0])


def _unheard(pair: Pair, head: int, en: list[int], ru: list[int]) -> bool:
    """A place, or a name of several words, of which the lexicon does not know one: how it is spelt in the other script, nobody can tell
    ("Qinghai Province", «провинция Цинхай»), but "Dalhousie University" is no «Университет Макгилла»."""
    sides = ((pair.en, en), (pair.ru, ru))
    unknown = any(
        not translations.known(side.words[n].stem, side.lang) for side, there in sides for n in there
    )
    place = pair.en.words[head].lemma in languages.load("en", "names")["places"]
    return unknown and (place or len(en) > 1 or len(ru) > 1)


CLOSE = 0.25
"""Closeness from which two institutions stand in one place."""


def _unknown(pair: Pair, lang: Lang) -> list[list[int]]:
    """The named institutions of a side of which no word is rendered, without the country that they are of."""
    side = pair.side(lang)
    there = ([head, *_which(side, head)] for head in _heads(side) if side.words[head].lemma not in STATES)
    named = (
        [n for n in words if not _of_a_state(side, n)]
        for words in there
        if _named(
            side, [n for n in words if not _of_a_state(side, n) or side.words[n].token.pos_ == _OPENS[lang]]
        )
    )
    return [words for words in named if len(words) > 1 and len(_spare(pair, lang, words)) == len(words)]


STATES = frozenset({"state", "государство"})
"""Whole states, which every language has its own name for: "the Free State", «Оранжевое государство»."""
_OPENS: dict[Lang, str] = {"en": "", "ru": "ADJ"}
"""The adjective of a state by whose capital a Russian name begins («Австралийская служба безопасности»); English ones have capitals
everywhere."""


def _difference(pair: Pair, en: list[int], ru: list[int]) -> Difference:
    spans = _evidence(pair.en, en), _evidence(pair.ru, ru)
    return difference(
        "entity",
        *spans,
        SURE * pair.sure,
        f"The {pair.en.called} names {spans[0].text}, the {pair.ru.which} one {spans[1].text}.",
        type="ORG",
        name_en=spans[0].text,
        name_ru=spans[1].text,
    )


def _heads(side: Side) -> list[int]:
    return [n for n, w in enumerate(side.words) if w.lemma in kinds_of_names(side.lang)]


def _in_table(pair: Pair, en: int, ru: int) -> bool:
    """Either is an organisation or country of the tables, which know all its names."""
    return any(
        e.link and e.start <= side.words[n].start < e.end
        for side, n in ((pair.en, en), (pair.ru, ru))
        for e in side.version.entities or ()
    )


def _which(side: Side, head: int) -> list[int]:
    """The words that say which institution it is: adjectives and names before the noun, its complement behind it."""
    words, found = side.words, []
    at = head - 1
    while at >= 0 and _describes(side, at) and _joined(side, at, head):
        found.append(at)
        at -= 1
    at = head + 1
    if side.lang == "en":
        if at >= len(words) or words[at].lemma != "of":
            return found
        at += 1
    while at < min(len(words), head + 1 + REACH) and _joined(side, head, at) and _goes_on(side, at):
        found.append(at)
        at += 1
    return [
        n
        for n in found
        if words[n].content and words[n].lemma not in kinds_of_names(side.lang) | CONCERNED[side.lang]
    ]


def _describes(side: Side, n: int) -> bool:
    """An adjective, in English a noun or name as well; «по делу Теитиоты | Апелляционный | суд»."""
    token = side.words[n].token
    if side.lang == "en":
        return token.pos_ in ("ADJ", "NOUN", "PROPN")
    return token.pos_ == "ADJ" or (
        token.pos_ == "PROPN" and any("ADJF" in p.tag for p in morphology.parses(token.text))
    )


CONCERNED: dict[Lang, frozenset[str]] = {
    "en": frozenset({"competent", "relevant", "responsible", "respective", "same", "new", "own", "line"}),
    "ru": frozenset(
        {"компетентный", "соответствующий", "профильный", "ответственный", "отраслевой", "новый", "свой"}
    ),
}
"""What names no institution: "the competent ministry", «профильное министерство»."""


def _goes_on(side: Side, at: int) -> bool:
    token = side.words[at].token
    if side.lang == "en":
        return token.pos_ in ("ADJ", "NOUN", "PROPN", "DET", "CCONJ")
    return token.pos_ in ("ADJ", "NOUN", "PROPN") and "Gen" in token.morph.get("Case", ["Gen"])


def _joined(side: Side, first: int, last: int) -> bool:
    """No mark stands between two words."""
    start, end = sorted((side.words[first].start, side.words[last].start))
    return not any(c in side.version.text[start:end] for c in ',;:.()—«»“”"\n')


def _spare(pair: Pair, lang: Lang, places: list[int]) -> list[int]:
    """The words that nothing on the other side translates, but for countries, which every text leaves out or adds; none
    where one of them is joined to another or unknown."""
    side, other = pair.side(lang), pair.other(lang)
    spare = [
        n
        for n in places
        if not _of_a_state(side, n)
        and not any(
            partner(side.words[n].token.lower_, w, side.lang, other.lang)
            for w in other.words
            if w.content or w.name
        )
    ]
    clear = all(_clear(side, n) for n in spare)
    return spare if clear else []


def _of_a_state(side: Side, n: int) -> bool:
    """A country's or empire's name or adjective: "Ottoman", «османский»."""
    word = side.words[n]
    states = (languages.bilingual(row)[side.lang] for row in languages.shared("states")["words"].values())
    return bool(countries.mention(word.token.text, side.lang)) or any(
        word.token.lower_ in w or word.lemma in w for w in states
    )


def _clear(side: Side, n: int) -> bool:
    """A whole word that the lexicon knows, or a name: no part of "North-Western" or of "the academy's institute"."""
    word = side.words[n]
    around = (
        side.version.text[word.start - 1 : word.start]
        + word.token.text
        + side.version.text[word.end : word.end + 1]
    )
    if set(around) & set("-’'"):
        return False
    return translations.known(word.stem, side.lang) or (word.name and word.token.is_alpha)


def _named(side: Side, places: list[int]) -> bool:
    """It is a name, in capitals inside the sentence ("Board of Supervisors", but «наблюдательный совет», "Dawn services"),
    or a ministry, which small letters name as well; an acronym among its words may be written out."""
    words = [side.words[n].token for n in places]
    if any(len(w.text) > 1 and w.text.isupper() for w in words):
        return False
    if any(w.lemma_.lower() in MINISTRIES for w in words):
        return True
    return any(w.text[0].isupper() and (side.lang == "ru" or not w.is_sent_start) for w in words)


MINISTRIES = frozenset({"ministry", "министерство"})


def _akin(pair: Pair, en: int, ru: int) -> bool:
    """Two words may render each other: by their translations, by the thesaurus, or by ear."""
    a, b = pair.en.words[en], pair.ru.words[ru]
    if translations.kinship(a.stem, b.stem) >= AKIN or thesaurus.renders(a.stem, translations.stem(b.lemma)):
        return True
    x, y = a.token.lower_, b.token.lower_
    heard = min(sound.strangeness(x, y), sound.strangeness(x[:OPENING], y[:OPENING]))
    return (a.name or b.name) and heard <= ALIKE


def _evidence(side: Side, places: list[int]) -> Span:
    words = [side.words[n] for n in sorted(places)]
    return evidence(side.version, words[0].start, words[-1].end, BY)
