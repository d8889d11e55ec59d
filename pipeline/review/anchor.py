"""Find the place of a review again in a text that may have changed: at its offsets, by its words, or by likeness.

Source: the fuzzy anchoring of web annotations (quotation with prefix and suffix), W3C Web Annotation 4.2.4.
"""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.review.queue import Quote

LIKE = 0.8
"""Share of equal characters from which a changed paragraph is taken for the reviewed one."""


class Place(NamedTuple):
    """Where a quotation stands now, and whether its words are still the same."""

    start: int
    end: int
    same: bool


def anchor(quote: Quote, text: str) -> Place | None:
    """The place of the quotation in `text`; None where it is gone.

    >>> anchor(Quote(lang="en", start=0, end=5, exact="trade"), "Their trade fell.")
    Place(start=6, end=11, same=True)
    """
    if text[quote.start : quote.end] == quote.exact:
        return Place(quote.start, quote.end, True)
    return _by_words(quote, text) or _by_likeness(quote, text)


def _by_words(quote: Quote, text: str) -> Place | None:
    """The occurrence whose surroundings agree best; of equals the nearest to where it stood."""
    found = [m.start() for m in re.finditer(re.escape(quote.exact), text)]
    if not found:
        return None
    size = len(quote.exact)

    def agreement(at: int) -> tuple[int, int]:
        before = _common(text[:at][::-1], quote.prefix[::-1])
        after = _common(text[at + size :], quote.suffix)
        return before + after, -abs(at - quote.start)

    best = max(found, key=agreement)
    return Place(best, best + size, True)


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


def _by_likeness(quote: Quote, text: str) -> Place | None:
    """The paragraph that the quotation has turned into."""
    best: tuple[float, Place] | None = None
    for found in re.finditer(r"\S(?:.|\n(?!\n))*", text):
        candidate = found.group().rstrip()
        likeness = SequenceMatcher(None, quote.exact, candidate, autojunk=False)
        if likeness.quick_ratio() < LIKE:
            continue
        ratio = likeness.ratio()
        if ratio >= LIKE and (best is None or ratio > best[0]):
            best = ratio, Place(found.start(), found.start() + len(candidate), False)
    return best[1] if best else None
