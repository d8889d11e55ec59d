"""Words of a table as one regular expression that gives up at the first letter no word has.

A plain alternation of two hundred number words is tried word by word at every letter of a text; where words share their
beginnings, as most inflected forms do, they can share them in the expression too.
"""

import re
from collections.abc import Iterable


def either(forms: Iterable[str], space: str = r"\ ") -> str:
    """One of these forms, the longest that fits; `space` is what a space in a form stands for.

    >>> either(["may", "march", "mar"])
    'ma(?:r(?:ch)?|y)'
    >>> either(["март", "марта", "мая"])
    'ма(?:рт(?:а)?|я)'
    """
    words = sorted(set(forms))
    return _branches(words, 0, space) if words else "(?!)"


def _branches(words: list[str], at: int, space: str) -> str:
    """What may follow the `at` letters that these sorted words share."""
    ends = len(words[0]) == at
    letters: dict[str, list[str]] = {}
    for word in words[ends:]:
        letters.setdefault(word[at], []).append(word)
    found = "|".join(
        _written(letter, space) + _branches(rest, at + 1, space) for letter, rest in letters.items()
    )
    if ends:
        return f"(?:{found})?" if found else ""
    return found if len(letters) == 1 else f"(?:{found})"


def _written(letter: str, space: str) -> str:
    return space if letter == " " else re.escape(letter)
