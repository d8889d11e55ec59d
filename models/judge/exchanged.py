"""Faithful pairs of sentences with words that may be exchanged: for another rendering, an opposite, another thing, another number.

As other renderings of the same word are put in beside opposites and other things, what is learned is their meaning, not that a
word was put in. What may stand where comes from `renderings.py`.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.judge.slots import Mark, Marked


class Way(NamedTuple):
    """Words that may stand in a place, how often one of them does, and the kind of change that it is; no kind: it says the same."""

    share: float
    kind: str
    words: tuple[str, ...]


class Place(NamedTuple):
    """An English word, the Russian one that renders it, and the ways to exchange it."""

    en: tuple[int, int]
    ru: tuple[int, int]
    ways: tuple[Way, ...]


class Pair(NamedTuple):
    """A faithful pair and its places, in the order of the Russian text."""

    en: str
    ru: str
    places: tuple[Place, ...] = ()


def exchanged(pair: Pair, chance: random.Random) -> Marked:
    """The pair with some places exchanged.

    >>> place = Place((8, 13), (8, 14), (Way(1.0, "polarity", ("крепли",)),))
    >>> exchanged(Pair("Tension waned.", "Страсти утихли.", (place,)), random.Random(1)).ru
    'Страсти крепли.'
    """
    made, at = "", 0
    en_marks: list[Mark] = []
    ru_marks: list[Mark] = []
    for place, kind, word in _taken(pair.places, chance):
        made += pair.ru[at : place.ru[0]]
        if kind:
            en_marks.append((*place.en, kind))
            ru_marks.append((len(made), len(made) + len(word), kind))
        made += word
        at = place.ru[1]
    return Marked(pair.en, tuple(en_marks), made + pair.ru[at:], tuple(ru_marks))


def _taken(places: Sequence[Place], chance: random.Random) -> Iterator[tuple[Place, str, str]]:
    """The places that are exchanged this time, none upon another, with the kind of change and the new word."""
    end = 0
    for place in places:
        kind, word = _chosen(place, chance)
        if word and place.ru[0] >= end:
            end = place.ru[1]
            yield place, kind, word


def _chosen(place: Place, chance: random.Random) -> tuple[str, str]:
    drawn = chance.random()
    for share, kind, words in place.ways:
        if drawn < share and words:
            return kind, chance.choice(words)
        drawn -= share
    return "", ""
