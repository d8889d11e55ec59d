"""Where the matches of many regular expressions may begin: of a hundred patterns of dates only those are tried on a word that
may begin with its first letters.

It reads what Python's own compiler makes of a pattern; what it does not know may begin with anything, so that nothing is lost.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 3
"""Letters that are looked at. Of a hundred patterns one or two in the mean may begin a word by its first three letters, four by its
first two; four letters spare hardly more."""
DIGIT, BLANK = "0", " "
"""They stand for every digit and every white space."""
WORD = re.compile(r"(?<!\w)(?=.)", re.S)


class Beginnings:
    """The patterns by what they may begin with, in small letters."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        found: defaultdict[str, list[int]] = defaultdict(list)
        self.count = 0
        for number, pattern in enumerate(patterns):
            self.count += 1
            for beginning in of(pattern.pattern, pattern.flags):
                found[beginning].append(number)
        self.patterns = dict(found)

    def starts(self, text: str) -> Sequence[Sequence[int]]:
        """For each pattern the places of a text that no letter precedes and where it may match.

        >>> Beginnings([re.compile("в мае"), re.compile(r"\\d+ мая")]).starts("8 мая, а не в марте")
        [[12], [0]]
        """
        places: list[list[int]] = [[] for _ in range(self.count)]
        letters, patterns = plain(text), self.patterns
        everywhere = patterns.get("", [])
        for word in WORD.finditer(text):
            at = word.start()
            for number in everywhere:
                places[number].append(at)
            for length in range(1, LENGTH + 1):
                for number in patterns.get(letters[at : at + length], ()):
                    places[number].append(at)
        return places


def plain(text: str) -> str:
    """A text as beginnings are written, letter for letter.

    >>> plain("С 14 мая")
    'с 00 мая'
    """
    lower = text.lower()
    if len(lower) != len(text):  # a Turkish capital İ has two letters when small
        lower = "".join(letter.lower()[0] for letter in text)
    return re.sub(r"\s", BLANK, re.sub(r"\d", DIGIT, lower))


def of(pattern: str, flags: int = 0) -> frozenset[str]:
    """The beginnings of all that a pattern matches; shorter ones may go on with anything.

    >>> sorted(of(r"(?<!\\w)(?:in\\s)?(?:May|\\d\\d)")), sorted(of(r"до\\w"))
    (['00', 'in ', 'may'], ['до'])
    """
    ended, unended = _of_sequence(_parser.parse(pattern, flags), LENGTH)
    found = ended | unended
    return frozenset(one for one in found if not any(one[:n] in found for n in range(len(one))))


Found = tuple[set[str], set[str]]
"""Beginnings that what comes next goes on from, and those after which anything may come."""


def _of_sequence(steps: Iterable[tuple[Any, Any]], length: int) -> Found:
    found, whole = {""}, set[str]()
    for op, argument in steps:
        longer: set[str] = set()
        for begun in found:
            ended, unended = _of_step(op, argument, length - len(begun))
            longer |= {begun + own for own in ended}
            whole |= {begun + own for own in unended}
        found = {begun for begun in longer if len(begun) < length}
        whole |= longer - found
    return found, whole


def _of_step(op: Any, argument: Any, length: int) -> Found:
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return {""}, set()
    if op is ops.LITERAL:
        return {plain(chr(argument))}, set()
    if op is ops.IN:
        return _together(_of_class(*item) for item in argument)
    if op is ops.SUBPATTERN:
        return _of_sequence(argument[-1], length)
    if op is ops.BRANCH:
        return _together(_of_sequence(part, length) for part in argument[1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, repeated = argument
        times = range(least, min(int(most), least + length) + 1)
        return _together(_of_sequence(list(repeated) * n, length) for n in times)
    return set(), {""}


def _of_class(op: Any, argument: Any) -> Found:
    """What one item of a class in square brackets may be."""
    if op is ops.LITERAL:
        return {plain(chr(argument))}, set()
    if op is ops.RANGE:
        return {plain(chr(code)) for code in range(argument[0], argument[1] + 1)}, set()
    if op is ops.CATEGORY and argument in (ops.CATEGORY_DIGIT, ops.CATEGORY_SPACE):
        return {DIGIT if argument is ops.CATEGORY_DIGIT else BLANK}, set()
    return set(), {""}


def _together(parts: Iterable[Found]) -> Found:
    ended, unended = set[str](), set[str]()
    for own_ended, own_unended in parts:
        ended |= own_ended
        unended |= own_unended
    return ended, unended
