"""Persons and their mentions: whether two names may be one person's."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline import languages, lately
from pipeline.offices import Office, plain


class Person:
    """Somebody the document names; `name` is the fullest form found, in the nominative."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.gender: str | None = None
        self.offices: list[tuple[int, Office]] = []

    def known_by(self, words: tuple[str, ...]) -> bool:
        """Whether a name may be this person's: the same surname, and no given name or initial against it."""
        mine, theirs = name_words(self.name), words
        if not mine or not theirs:
            return False
        if len(theirs) == 1:
            return any(_same(theirs[0], w) for w in mine[1:] or mine) or (
                len(mine) == 1 and _same(mine[0], theirs[0])
            )
        if len(mine) == 1:
            return _same(mine[0], theirs[-1])
        return (_same(mine[-1], theirs[-1]) and _agree(mine[0], theirs[0])) or (
            len(mine) > 2 and _same(mine[-2], theirs[-1]) and _agree(mine[0], theirs[0])
        )

    def office(self, at: int) -> Office | None:
        """The office in force at a token: the last one introduced before it, else the first of all. What the text
        once called former stays former."""
        if not self.offices:
            return None
        known = [o for i, o in self.offices if i <= at] or [self.offices[0][1]]
        chosen = known[-1]
        if any(o.former and o.role == chosen.role for o in known):
            chosen = chosen._replace(former=True)
        if chosen.country is None:
            chosen = chosen._replace(country=next((o.country for o in reversed(known) if o.country), None))
        return chosen


class Mention(NamedTuple):
    """A name in the tokens [first, last); the office around it widens it to [left, right)."""

    first: int
    last: int
    left: int
    right: int
    person: Person


@lru_cache(maxsize=lately.WORDS)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name without case, initials with their letter: "O. Seyidbeyli" -> ("o", "seyidbeyli")."""
    return tuple(plain(w) for w in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", name))


def _same(a: str, b: str) -> bool:
    """The same word in whatever case ending: «хвистани»; "orlov" and «орлова», but not "kim" and "kimura"."""
    if a == b:
        return True
    shared = max(3, min(len(a), len(b)) - 2)
    return (
        len(a) > 2
        and len(b) > 2
        and abs(len(a) - len(b)) <= 3
        and a[:shared] == b[:shared]
        and bool(re.search(r"[а-я]", a))
    )


def _agree(a: str, b: str) -> bool:
    """Given names agree when equal or when one is the other's initial."""
    return _same(a, b) or ((len(a) <= 2 or len(b) <= 2) and a[:1] == b[:1])


@cache
def speech_words(lang: str) -> dict[str, Any]:
    return languages.load(lang, "speech")


def fuller(new: str, old: str) -> bool:
    """A form with more whole words is fuller: "Orkhan Seyidbeyli" than "O. Seyidbeyli"."""

    def weight(name: str) -> tuple[int, int]:
        words = name_words(name)
        return sum(len(w) > 2 for w in words), len(words)

    return weight(new) > weight(old)
