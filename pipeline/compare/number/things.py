"""What numbers count, and whether two of them count the same: "three separate contracts", «по пяти контрактам»; "four-storey", «двухэтажные»."""

import re

from pipeline import morphology
from pipeline.compare.number import portions
from pipeline.compare.pairs import Pair, Side
from pipeline.numerals import Numeral


def counting_alike(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """The numbers count the same things, as far as words can tell."""
    return same_things(pair, a, b) or any(alike(pair, a, b) for alike in ALIKE)


def _both_groups(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "A trio of skiffs", «пятёрка лодок»; "four of us", «вдвоём»."""
    us = OF_US.match(pair.en.version.text, a.end) and TOGETHER.match(pair.ru.version.text, b.start)
    return bool(us) or bool(
        GROUP.match(pair.en.version.text, a.start) and GROUP.match(pair.ru.version.text, b.start)
    )


GROUP = re.compile(
    r"(?:a\s+)?(?:pair|trio|quartet|quintet|couple)\b|(?:пар|трио|тройк|четв[её]рк|пят[её]рк|квартет)", re.I
)
"""Nouns for a group of so many."""
OF_US = re.compile(r"\s+of\s+(?:us|them|you)\b", re.I)
TOGETHER = re.compile(r"в(?:двоём|двоем|троём|троем|\w+ером)\b", re.I)


def _both_excepted(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "All but | one of the bridges", «все мосты, кроме | четырёх»."""
    return all(
        portions.ALL_BUT.search(side.version.text, side.start, n.start)
        for side, n in ((pair.en, a), (pair.ru, b))
    )


def _both_in_adjectives(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Four-storey blocks", «двухэтажные дома»: both numbers stand in an adjective."""
    hyphens = pair.en.version.text[a.end : a.end + 1] == "-", pair.ru.version.text[b.end : b.end + 1] == "-"
    inside = pair.ru.version.text[b.start : b.end]
    return (
        hyphens[0]
        and (hyphens[1] or (inside.isalpha() and len(inside) >= ADJECTIVE))
        and b.kind == "cardinal"
    )


ADJECTIVE = 8
"""Letters of the shortest Russian adjective that holds a number: «двудомный»."""


def _both_ranks(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "The second-largest exporter", «третье место», «второй по величине»."""
    if not a.kind == b.kind == "ordinal":
        return False
    return bool(
        RANK["en"].match(pair.en.version.text, a.end) and RANK["ru"].match(pair.ru.version.text, b.end)
    )


RANK = {
    "en": re.compile(r"[\s-](?:most|place|rank|\w+est)\b", re.I),
    "ru": re.compile(r"\s(?:мест[оаеу]м?\b|по\s+\w+|сам\w+)", re.I),
}
"""What follows an ordinal that is a rank."""


def _both_opposed(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Nine votes to | four", «девятью голосами против | трёх»."""
    return bool(
        OPPOSED["en"].search(pair.en.version.text, pair.en.start, a.start)
        and OPPOSED["ru"].search(pair.ru.version.text, pair.ru.start, b.start)
    )


OPPOSED = {
    "en": re.compile(r"\bvot\w+\s+(?:in\s+favou?r\s+)?(?:to|against)\s+$", re.I),
    "ru": re.compile(r"\bпротив\s+$", re.I),
}
"""What stands between the votes of two sides."""


def _doing_alike(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What so many do, or what becomes of them, is told by one verb: "dozens | were arrested", «| арестовали | двоих»."""
    ours, theirs = _verb(pair.en, a), _verb(pair.ru, b)
    return ours is not None and theirs is not None and pair.match("en", ours) == theirs


def _verb(side: Side, n: Numeral) -> int | None:
    """The verb that a number without a noun hangs on."""
    words = [w.token for w in side.words if n.start <= w.start < n.end]
    if not words or words[-1].dep_.split(":")[0] not in ("nsubj", "nsubjpass", "obj", "dobj"):
        return None
    head = words[-1].head
    return next((i for i, w in enumerate(side.words) if w.token.i == head.i and head.pos_ == "VERB"), None)


ALIKE = (_doing_alike, _both_groups, _both_excepted, _both_in_adjectives, _both_ranks, _both_opposed)
"""Other signs that two numbers count the same."""


def seen_changed(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """The judge is sure that both numbers are changed: "two boats with drinking water", «двенадцать судов с питьевой водой»."""
    return pair.both_changed(a, b) >= SURELY


SURELY = 0.9
"""Probability of a change from which the judge is a witness that two small counts stand for each other."""


def same_things(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What an English and a Russian number count translate each other: "three separate contracts", «по пяти контрактам»."""
    theirs = things(pair.ru, b)
    return any(t in pair.partners("en", thing) for thing in things(pair.en, a) for t in theirs)


def other_things(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What one of the numbers counts is translated by another word than what the other counts: "a second meeting after the summit", «повторная встреча после первого саммита»."""
    ours, theirs = things(pair.en, a), things(pair.ru, b)
    there, back = (
        {m for t in here if (m := pair.match(lang, t)) is not None}
        for lang, here in (("en", ours), ("ru", theirs))
    )
    return (bool(there) and there.isdisjoint(theirs)) or (bool(back) and back.isdisjoint(ours))


def things(side: Side, n: Numeral) -> list[int]:
    """The nouns that a number counts: those in a row within three words ("two-storey | school", "a trio of | engineers"), or the one it
    hangs on."""
    inside = [i for i, w in enumerate(side.words) if n.start <= w.start < n.end]
    if not inside:
        return []
    found: list[int] = [i for i in inside if n.unit in OWN and side.words[i].token.pos_ == "NOUN"]
    for i in range(inside[-1] + 1, min(inside[-1] + 4, len(side.words))):
        if _noun(side, i, first=i == inside[-1] + 1):
            found.append(i)
        elif side.words[i].lemma == "of" and i == inside[-1] + 1:
            continue
        elif found or side.words[i].token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "NUM"):
            break
    head = _head(side, inside[-1])
    if head is not None and head not in found:
        found.append(head)
    return found or [i for i in inside[-1:] if side.words[i].token.pos_ == "NOUN"]


OWN = frozenset({"people", "bags", "families"})
"""Units that are the things counted."""


def _noun(side: Side, place: int, *, first: bool) -> bool:
    """A noun; right behind its number, what the dictionary takes for one: «девять | медсестёр»."""
    token = side.words[place].token
    if token.pos_ != "NOUN" and first and side.lang == "ru":
        return "NOUN" in morphology.parses(token.text)[0].tag
    return token.pos_ == "NOUN"


def _head(side: Side, number: int) -> int | None:
    """The noun that a number hangs on: "two former public-works | engineers", «второй по величине | порт»."""
    token = side.words[number].token
    if token.pos_ not in ("NUM", "ADJ") or token.head.pos_ != "NOUN":
        return None
    return next((n for n, w in enumerate(side.words) if w.token.i == token.head.i), None)
