"""Quotation marks in pairs: which stretches of a text stand between marks, and inside which others.

No model is needed: a mark is read from its shape and its neighbours. The pass is linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

CLOSERS = {
    "“": '”“"',
    "”": "”",
    "«": "»",
    "»": "«",
    "„": "“”",
    "‘": "’'",
    "‚": "‘’",
    "‹": "›",
    '"': '"”',
    "'": "'’",
}
"""Every opening mark with the marks that close it; “ also closes „, Swedish and Finnish open with ”, and hurried
writers mix curled and straight marks."""
ALWAYS_OPEN = "“«„‘‚‹"
SIDES = "([{—–-/\u2009"
MARKS = frozenset(CLOSERS) | frozenset("’›")
CONTINUED = frozenset('“«„"‘')


class Quotation(NamedTuple):
    """A quoted stretch: `start`/`end` lie inside the marks, `opened`/`closed` outside them.

    `depth` counts the quotations around it; `parent` is the index of the innermost of these. A quotation that runs
    on over paragraphs is one Quotation a paragraph, with the index of the first as `chain`.
    """

    opened: int
    start: int
    end: int
    closed: int
    depth: int
    parent: int | None
    chain: int | None = None
    runs_on: bool = False


class _Open(NamedTuple):
    mark: str
    at: int


def quotations(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> tuple[Quotation, ...]:
    """All quotations in text order, outer before inner.

    >>> text = "Он сказал: «В указе „О языке“ ошибка»."
    >>> [text[q.start:q.end] for q in quotations(text)]
    ['В указе „О языке“ ошибка', 'О языке']
    >>> text = "The drivers’ union said it’s “not ‘fair’ yet”."
    >>> [text[q.start:q.end] for q in quotations(text)]
    ['not ‘fair’ yet', 'fair']
    """
    text = _with_typewriter_marks(text)
    pairs: list[tuple[int, int, int, int, bool]] = []
    for start, end in paragraphs if paragraphs is not None else [(0, len(text))]:
        pairs += _paired(text, start, end)
    pairs = _without_lonely_openings(text, sorted(pairs, key=lambda p: (p[0], -p[3])))
    return tuple(_nested(text, pairs))


TYPEWRITER = re.compile(r"(?P<open>(?<![^\s(\[—–-])(?:''|``)(?=\S))|''")


def _with_typewriter_marks(text: str) -> str:
    """The text with ''two apostrophes'' read as one straight mark, letter for letter in its place."""
    return TYPEWRITER.sub(lambda m: ' "' if m["open"] else '" ', text) if "''" in text else text


def _paired(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int, bool]]:
    """The pairs of one paragraph as (opened, start, end, closed, runs on)."""
    stack: list[_Open] = []
    last_single = max(text.rfind("’", start, end), text.rfind("'", start, end))
    shared = -1
    for at in range(start, end):
        mark = text[at]
        if mark not in MARKS:
            continue
        if (depth := _closes(text, at, stack, start, end, last_single)) is not None:
            yield stack[depth].at, stack[depth].at + 1, at, at + 1, False
            del stack[depth:]
            shared = at
        elif _opens(text, at, start, end, last_single):
            stack.append(_Open(mark, at))
    for opened in stack:
        if opened.mark == "«" and shared > opened.at and _ends_speech(text, shared + 1, end):
            yield opened.at, opened.at + 1, shared, shared + 1, False  # «... «...»: one mark closes both
        elif opened.mark in CONTINUED:
            yield opened.at, opened.at + 1, end, end, True


def _closes(text: str, at: int, stack: list[_Open], start: int, end: int, last_single: int) -> int | None:
    """The place in the stack that the mark closes, if it closes anything."""
    mark = text[at]
    word_follows = at + 1 < end and text[at + 1].isalnum()
    stands_before_word = word_follows and (at == start or text[at - 1].isspace())
    for depth in range(len(stack) - 1, -1, -1):
        if mark in CLOSERS[stack[depth].mark]:
            if mark in "’'" and _is_apostrophe(text, at, end, last_single):
                return None
            if mark == '"' and stands_before_word:
                return None
            if mark == "“" and stack[depth].mark == "“" and word_follows:
                return None
            return depth
    return None


def _is_apostrophe(text: str, at: int, end: int, last_single: int) -> bool:
    """Inside or before a word ("it’s", "’90s"), or after a plural while another mark is still to come."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2] if at + 1 < end else ""
    if after.isalnum():
        return True
    return before in ("s", "S") and after == " " and last_single > at and text[at + 2 : at + 3].islower()


def _opens(text: str, at: int, start: int, end: int, last_single: int) -> bool:
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    at_word = (before.isspace() or before in SIDES or before in MARKS) and not after.isspace()
    if mark in ALWAYS_OPEN:
        return mark != "‘" or at_word
    if mark == "'":
        return at_word and after.isalpha() and last_single > at
    if mark == '"':
        return at_word and (not after.isdigit() or not before.isdigit())
    return mark in CLOSERS and at_word and after.isalnum()


def _ends_speech(text: str, at: int, end: int) -> bool:
    """What follows a closing mark that may have closed two quotations: a stop, a dash, or nothing."""
    return text[at:end].lstrip()[:1] in ("", ".", ",", ";", "—", "–", "-", "!", "?", "…", "[", "(")


def _without_lonely_openings(
    text: str, pairs: list[tuple[int, int, int, int, bool]]
) -> list[tuple[int, int, int, int, bool]]:
    """Without openings that never close, unless the next paragraph opens again, as long quotations do."""
    kept = []
    for pair in pairs:
        opened, end, runs_on = pair[0], pair[3], pair[4]
        if runs_on:
            following = _next_word(text, end)
            if following >= len(text) or text[following] != text[opened]:
                continue
        kept.append(pair)
    return kept


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _nested(text: str, pairs: list[tuple[int, int, int, int, bool]]) -> Iterator[Quotation]:
    around: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for index, (opened, start, end, closed, runs_on) in enumerate(pairs):
        while around and around[-1][1] <= opened:
            around.pop()
        chain = None
        if previous is not None and _next_word(text, previous[1]) == opened:
            chain = previous[0]
        elif runs_on:
            chain = index
        yield Quotation(
            opened, start, end, closed, len(around), around[-1][0] if around else None, chain, runs_on
        )
        if runs_on:
            previous = (chain if chain is not None else index, end)
        elif previous is not None and previous[1] <= opened:
            previous = None
        around.append((index, closed))
