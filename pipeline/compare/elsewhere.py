"""Findings doubted because their words mean other words of the other version more than each other.

"He had to wait until he could leave", «ему пришлось ждать, пока можно будет уйти»: "had to" and «можно» exclude each other, but in
their sentences "had to" lies nearer to «пришлось» (`encoder`). Two words that were exchanged for each other lie near all the same, for what
stands around them is the same.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span

KINDS = frozenset({"modality", "polarity", "terminology"})
"""The kinds whose evidence is two words in one place of their sentences."""
NEARER = 0.3
"""By how much nearer something else must lie. Source: faithful news (newstest2016, NTREX) and the planted differences of development: of
98 false findings 14 lie so, of 234 real ones 3."""
DOUBT = 0.4
"""The most that is left of their weight: listed, not reported."""


def doubted(found: Iterable[Difference], pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The findings, less sure where their words lie nearer to others."""
    starts = [pair.en.start for pair in pairs]
    for one in found:
        at = bisect_right(starts, one.en.start) - 1 if one.en is not None else -1
        if one.kind in KINDS and at >= 0 and nearer_elsewhere(pairs[at], one) > NEARER:
            one = msgspec.structs.replace(one, confidence=min(one.confidence, DOUBT))
        yield one


def nearer_elsewhere(pair: Pair, found: Difference) -> float:
    """By how much nearer the words of the evidence lie to some other word of the pair than to each other; 0 where a side has none.

    Where a mark stands in one version only ("perhaps"), the other one's evidence is but the place, and its words may lie anywhere.
    """
    ours, theirs = _places(pair.en, found.en), _places(pair.ru, found.ru)
    ours, theirs = _own(pair, "en", ours, theirs), _own(pair, "ru", theirs, ours)
    if not ours.any() or not theirs.any():
        return 0.0
    apart = {
        "en": pair.likeness[np.ix_(ours, ~theirs)].max(initial=-1.0),
        "ru": pair.likeness[np.ix_(~ours, theirs)].max(initial=-1.0),
    }
    marked = next((found.detail[key] for key in MARKED if key in found.detail), None)
    return float(
        (apart[marked] if marked else max(apart.values())) - pair.likeness[np.ix_(ours, theirs)].max()
    )


TRANSLATED = 0.5
"""Probability from which a word of a phrase is taken to render a word outside the finding."""


def _own(pair: Pair, lang: Lang, inside: NDArray[np.bool_], other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The words of a phrase but for those that plainly render words beside the other one: "national | police", «национальной
    гвардии»."""
    if inside.sum() < 2:
        return inside
    matches = pair.matches[0 if lang == "en" else 1]
    outside = [
        n
        for n in np.flatnonzero(inside).tolist()
        if n in matches and matches[n][1] >= TRANSLATED and not other[matches[n][0]]
    ]
    rest = inside.copy()
    rest[outside] = False
    content = any(pair.side(lang).words[n].content for n in np.flatnonzero(rest).tolist())
    return rest if content else inside


MARKED = ("only", "denied")
"""The details that tell which version has a mark or a denial that the other lacks."""


def _places(side: Side, span: Span | None) -> NDArray[np.bool_]:
    inside = (span is not None and span.start <= word.start < span.end for word in side.words)
    return np.fromiter(inside, bool, len(side.words))
