"""Two who have changed places: "Podgorica thanked Rome", «Рим поблагодарил Подгорицу»; "the workers, not the owners, say",
«не рабочие, а владельцы говорят»; "from Luanda to Lisbon", «из Лиссабона в Луанду» (a matter of polarity)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.spelling import partner
from pipeline.document import Difference, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "attribution"
SWAPPED = 0.8
"""Confidence that two have changed places: both are named on both sides, and the verbs translate each other."""
OBJECTS = frozenset({"obj", "iobj", "dobj", "dative", "obl"})


def compare(pair: Pair) -> Iterator[Difference]:
    """Two who have changed places in a deed, or in "the one, not the other"."""
    yield from _deeds_swapped(pair)
    yield from _denials_swapped(pair)
    yield from _ways_swapped(pair)


def _ways_swapped(pair: Pair) -> Iterator[Difference]:
    """From where to where, the other way round: "from Luanda to Lisbon", «из Лиссабона в Луанду»."""
    for start, end in _ways(pair.en):
        for other_start, other_end in _ways(pair.ru):
            if _one_name(pair, start, other_end) and _one_name(pair, end, other_start):
                yield difference(
                    "polarity",
                    _span(pair.en, start, end),
                    _span(pair.ru, other_start, other_end),
                    SWAPPED * pair.sure,
                    f"The {pair.en.called} goes the other way than the {pair.ru.which} one.",
                )


def _one_name(pair: Pair, en: int, ru: int) -> bool:
    word, other = pair.en.words[en], pair.ru.words[ru]
    return partner(word.token.lower_, other, pair.en.lang, pair.ru.lang)


def _ways(side: Side) -> Iterator[tuple[int, int]]:
    """Two names after the words for whence and whither."""
    for n, word in enumerate(side.words):
        if word.token.lower_ not in WHENCE:
            continue
        names = [m for m in range(n + 1, min(n + 1 + NEAR, len(side.words))) if side.words[m].name]
        there = [m for m in names if m > n + 1 and side.words[m - 1].token.lower_ in WHITHER]
        if names and names[0] == n + 1 and there:
            yield names[0], there[0]


WHENCE = frozenset({"from", "из", "от", "с"})
WHITHER = frozenset({"to", "into", "в", "во", "до", "к", "на"})


def _denials_swapped(pair: Pair) -> Iterator[Difference]:
    """ "X, not Y" in one version, "Y, not X" in the other."""
    for yes, no in _set_apart(pair.en):
        for other_yes, other_no in _set_apart(pair.ru):
            if _alike(pair, yes, other_yes) or _alike(pair, no, other_no):
                continue  # "not objects but subjects", «не предметы, а объекты»
            if _alike(pair, yes, other_no) and _alike(pair, no, other_yes):
                yield difference(
                    "attribution",
                    _span(pair.en, yes, no),
                    _span(pair.ru, other_yes, other_no),
                    SWAPPED * pair.sure,
                    f"The {pair.en.called} sets the two apart the other way round than the {pair.ru.which} one.",
                    change="roles",
                )


def _alike(pair: Pair, en: int, ru: int) -> bool:
    """The words translate each other, or are names that sound alike."""
    return ru in pair.partners("en", en) or pair.match("en", en) == ru


def _set_apart(side: Side) -> Iterator[tuple[int, int]]:
    """Whom or what a side means, and whom or what it does not: "X, not Y", "not X but Y", «не X, а Y», «X, а не Y»."""
    yield from _preferred(side)
    for n, word in enumerate(side.words):
        if word.token.lower_ not in DENIES:
            continue
        denied = next((m for m in _nouns(side, range(n + 1, n + 1 + NEAR))), None)
        if denied is None or _verb(side, n + 1, denied):
            continue
        after = next((m for m in range(denied + 1, denied + 1 + NEAR) if _turns(side, m)), None)
        if after is not None:
            meant = next(iter(_nouns(side, range(after + 1, after + 1 + NEAR))), None)
        elif n and (_turns(side, n - 1) or "," in side.version.text[side.words[n - 1].end : word.start]):
            meant = next(iter(_nouns(side, range(n - 1, n - 1 - NEAR, -1))), None)
        else:
            continue
        if meant is not None:
            yield meant, denied


def _preferred(side: Side) -> Iterator[tuple[int, int]]:
    """What is had rather than what: "would rather be paid in lari than in rubles", «предпочли бы лари рублям»."""
    for n, word in enumerate(side.words):
        if word.token.lower_ == "than" and any(w.token.lower_ == "rather" for w in side.words[:n]):
            meant = next(iter(_nouns(side, range(n - 1, n - 1 - NEAR, -1))), None)
            denied = next(iter(_nouns(side, range(n + 1, n + 1 + NEAR))), None)
            if meant is not None and denied is not None:
                yield meant, denied


def _nouns(side: Side, places: range) -> list[int]:
    return [m for m in places if 0 <= m < len(side.words) and side.words[m].token.pos_ in ("NOUN", "PROPN")]


def _verb(side: Side, first: int, last: int) -> bool:
    """A verb is denied, not the noun after it."""
    return any(side.words[m].token.pos_ in ("VERB", "AUX") for m in range(first, last))


def _turns(side: Side, place: int) -> bool:
    return place < len(side.words) and side.words[place].token.lower_ in ("but", "and", "а")


DENIES = frozenset({"not", "не"})
NEAR = 6
"""Words within which "not" is followed by what it denies, and either by the other."""


def _deeds_swapped(pair: Pair) -> Iterator[Difference]:
    """Who does it to whom, where the one who does it in one version is the one it is done to in the other."""
    theirs = {verb: (subject, objects) for verb, subject, objects in _deeds(pair.ru)}
    for verb, subject, objects in _deeds(pair.en):
        met = pair.match("en", verb)
        if met not in theirs:
            continue
        other, others = theirs[met]
        if pair.match("en", subject) in others and pair.match("ru", other) in objects:
            yield difference(
                "attribution",
                _span(pair.en, subject, verb, *objects),
                _span(pair.ru, other, met, *others),
                SWAPPED * pair.sure,
                f"The {pair.en.called} has the two the other way round than the {pair.ru.which} one.",
                change="roles",
            )


def _deeds(side: Side) -> Iterator[tuple[int, int, list[int]]]:
    """The active verbs of a side with their subject and their objects, all names."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    for n, word in enumerate(side.words):
        if word.token.pos_ != "VERB" or "Voice=Pass" in str(word.token.morph):
            continue
        if word.lemma.endswith(("ся", "сь")):
            continue  # «публике запомнились статьи»
        there = [c for c in word.token.children if c.i in index and _name(c)]
        subjects = [index[c.i] for c in there if c.dep_ == "nsubj" and _straight(side, c)]
        objects = [index[c.i] for c in there if c.dep_ in OBJECTS and not _nominative(side, c)]
        if len(subjects) == 1 and objects:
            yield n, subjects[0], objects


def _name(token: "Token") -> bool:
    return token.pos_ == "PROPN" or (
        token.pos_ == "NOUN" and token.text[:1].isupper() and not token.is_sent_start
    )


def _straight(side: Side, token: "Token") -> bool:
    return side.lang == "en" or _nominative(side, token)


def _nominative(side: Side, token: "Token") -> bool:
    return side.lang == "ru" and token.morph.get("Case", []) == ["Nom"]


def _span(side: Side, *places: int) -> Span:
    return evidence(side.version, side.words[min(places)].start, side.words[max(places)].end, BY)
