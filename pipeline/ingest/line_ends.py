"""What a line end inside a paragraph stood for: a space, a hyphenation, or a hyphen that belongs to the word.

The extraction of a PDF often drops the hyphen at the line end, so that "docu" and "ments" look like two words. The
halves are one word where the joined form is at least as frequent as the rarer half; where both halves are words
("to" + "day") only if other line ends of the text show that hyphens were lost.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline import languages
from pipeline.ingest.vocabulary import UNSEEN, frequency, known, language

LAST = re.compile(r"(?<![\w’'])[^\W\d_ʼ]{1,40}$")
FIRST = re.compile(r"[^\W\d_ʼ]{1,40}")
HYPHENS = "-‐"
MIN_SPLITS = 3
"""Certain cases of a lost hyphen that a text needs before doubtful ones count; clean texts have none."""


class LineEnd(NamedTuple):
    """The words on both sides of a line end; `hyphen` where the line ends with one, `space` where a space is left."""

    first: str
    second: str
    hyphen: bool = False
    space: bool = False


class Loss(NamedTuple):
    """How a text lost the hyphens at its line ends: at all, and so that a space is left at every whole word."""

    lossy: bool
    spaced: bool


def line_end(before: str, after: str, space: bool = False) -> LineEnd | None:
    """The words around a line end, where letters or a hyphen touch it."""
    line = before[-60:]
    hyphen = line.endswith(tuple(HYPHENS))
    left = LAST.search(line.rstrip(HYPHENS) if hyphen else line)
    right = FIRST.match(after[:60])
    if left is None or right is None:
        return None
    return LineEnd(left[0], right[0], hyphen, space)


def certainly_split(end: LineEnd) -> bool:
    """One half is hardly a word and the whole is a far more common one: docu + ments, Rus + sia, пост + роение.

    Never true of two words that stand side by side in 230,700 English pairs of newstest 2014-2018, and of 4 in
    177,888 Russian ones (misspelt words); true of 71 % and 80 % of words split between syllables.
    """
    if end.hyphen or end.space or not end.second.islower() or len(end.second) < 2:
        return False
    rarer = min(frequency(end.first), frequency(end.second))
    return rarer < RARE and frequency(end.first + end.second) > 10 * rarer


def loss(ends: Iterable[LineEnd]) -> Loss:
    """Whether the text shows that hyphens at line ends were lost, and whether its line ends tell where."""
    row = [end for end in ends if not end.hyphen and end.second[0].islower()]
    lossy = sum(map(certainly_split, row)) >= MIN_SPLITS
    return Loss(lossy, lossy and sum(end.space for end in row) > SPACED * len(row))


SPACED = 0.5
"""Share of line ends with a space left after the word, from which a line end without one is a split word."""


def joint(end: LineEnd | None, lost: Loss) -> str:
    """What stands between the two words in running text: nothing, a hyphen or a space.

    >>> clean = Loss(False, False)
    >>> joint(LineEnd("docu", "ments"), clean), joint(LineEnd("торгово", "экономических", hyphen=True), clean)
    ('', '-')
    """
    if end is None or end.space:
        return " "
    if end.hyphen:
        return "-" if keeps_hyphen(end) else ""
    if prefix_before_capital(end, lost.lossy):
        return "-"
    if (
        certainly_split(end)
        or (lost.lossy and probably_split(end))
        or (lost.spaced and end.second[0].islower())
    ):
        return ""
    return " "


def prefix_before_capital(end: LineEnd, lossy: bool) -> bool:
    """pro + Russian: the prefix is no word of its own, so the line end stood after its hyphen."""
    return (
        lossy
        and end.second[0].isupper()
        and end.first in _data(end)["hyphen_prefixes"]
        and end.first != "all"
    )


def probably_split(end: LineEnd) -> bool:
    """The whole is at least as frequent as the rarer half (to + ward), or one half is only ever part of a word."""
    if not end.second[0].islower():
        return False
    whole = frequency(end.first + end.second)
    rarer = min(frequency(end.first), frequency(end.second))
    data, first = _data(end), end.first.lower()
    if f"{first} {end.second}" in data["open_pairs"]:
        return False
    if whole > UNSEEN:
        return whole >= rarer or end.second in data["bound_suffixes"]
    if first in data["function_words"] or end.second in data["function_words"]:
        return False
    bound = end.second in data["bound_suffixes"] or first in data["closed_prefixes"]
    halves = max(frequency(first), frequency(end.second)) < RARE and not (known(first) and known(end.second))
    return halves or (bound and rarer < RARE)


RARE = 1e-6
"""Frequency below which a short form is hardly met as a word: one in a million."""


HYPHENED_ADVERB = re.compile(r"по [а-яё]+(?:[ое]му|[сц]ки|ьи)|во? [а-яё]+[ыи]х|кое [а-яё]+")
"""по-прежнему, по-русски, во-первых, кое-где."""
OFTENER = 20
"""Times by which the second half is the more frequent form: 28 and more for these adverbs, below 1 for поэтому, потому."""


def keeps_hyphen(end: LineEnd) -> bool:
    """Whether a hyphen at the line end belongs to the word (торгово-экономический, well-known) or was put there
    to split it (простран-ство, docu-ments).

    >>> keeps_hyphen(LineEnd("про", "странства", True)), keeps_hyphen(LineEnd("кто", "то", True))
    (False, True)
    """
    if not end.second[0].islower():
        return True
    whole = end.first + end.second
    if language(whole) == "ru":
        return _keeps_russian_hyphen(end, whole)
    return (
        frequency(whole) < min(frequency(end.first), frequency(end.second)) / 50 and frequency(whole) < RARE
    )


def _keeps_russian_hyphen(end: LineEnd, whole: str) -> bool:
    data = _data(end)
    if end.second in data["hyphen_particles"] and known(end.first):
        return frequency(whole) < frequency(end.first)
    if HYPHENED_ADVERB.fullmatch(f"{end.first.lower()} {end.second}"):
        return frequency(whole) * OFTENER < frequency(end.second)
    rarer = min(frequency(end.first), frequency(end.second))
    if end.first.endswith(("о", "е")) and len(end.first) > 3 and frequency(whole) * 10 < rarer:
        return True
    if known(whole):
        return False
    if end.first in data["hyphen_firsts"] and known(end.second):
        return True
    return end.first.endswith(("о", "е")) and len(end.first) > 3 and known(end.second)


def _data(end: LineEnd) -> dict[str, list[str]]:
    return languages.load(language(end.first + end.second), "damage")
