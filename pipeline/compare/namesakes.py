"""Two people of one surname: "Leandro Hoffmeister", «Леонардо Хофмайстер»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import sound
from pipeline.compare.names import Name
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.spelling import SPELLING, partner


def namesakes(pair: Pair, en: Sequence[Name], ru: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Full names of both sides that share the surname only."""
    for a in (n for n in en if _full(pair.en, n)):
        kin = [b for b in ru if _of_two_words(b) and _one_surname(pair, a, b)]
        if len(kin) == 1 and _full(pair.ru, kin[0]) and _given_apart(pair, a, kin[0]):
            yield a, kin[0]


OTHER_GIVEN, LONG = 0.44, 5
"""Strangeness from which two first names are two, and the letters that an ear needs to tell: "Jacques" is «Жак»."""


def _of_two_words(name: Name) -> bool:
    """A first name and a surname."""
    return name.type == "PER" and name.last == name.first + 1


def _full(side: Side, name: Name) -> bool:
    """A first name and a surname, long enough to tell apart."""
    words = [w.token.text for w in side.words[name.first : name.last + 1]]
    return _of_two_words(name) and all(len(w) >= LONG and w.isalpha() for w in words)


def _one_surname(pair: Pair, a: Name, b: Name) -> bool:
    return _spelling(pair, a.last, b.last) <= SPELLING


def _given_apart(pair: Pair, a: Name, b: Name) -> bool:
    """The first names are no spellings of one, nor does the lexicon know them for one ("Charles", «Карл»)."""
    known = partner(pair.en.words[a.first].token.lower_, pair.ru.words[b.first], pair.en.lang, pair.ru.lang)
    return not known and _spelling(pair, a.first, b.first) >= OTHER_GIVEN


def _spelling(pair: Pair, en: int, ru: int) -> float:
    return sound.strangeness(pair.en.words[en].token.lower_, pair.ru.words[ru].token.lower_)
