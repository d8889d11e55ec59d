"""Words that restrict what is said and are gone: "admitted only by invitation", «пустят по приглашениям»; "due in part to rain", «из-за дождей».

Faithful translators hardly ever leave them out, for they change what is claimed: of 190 times "only" in news ten had no word in Russian
that could render it, and of those six were lost. They add them more freely. The words are data (`languages/restrictors.toml`).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.pairs import Pair

REACH = 4
"""Words beside a restrictor among which what it restricts is looked for."""
BREAK = re.compile(r"[,;:—–()]")


class Lost(NamedTuple):
    """Where a restrictor of the English side begins, and where what it restricts ends."""

    start: int
    end: int


class _Row(NamedTuple):
    said: re.Pattern[str]
    rendered: re.Pattern[str]


@cache
def _rows() -> tuple[_Row, ...]:
    rows = languages.shared("restrictors").values()
    return tuple(_Row(re.compile(row["en"], re.I), re.compile(row["ru"], re.I)) for row in rows)


def lost(pair: Pair) -> Iterator[Lost]:
    """The restrictors of the English side that nothing renders, beside words that are rendered."""
    if pair.editions:
        return
    other = pair.ru.text.replace("ё", "е")
    for row in _rows():
        found = list(row.said.finditer(pair.en.text))
        if len(found) == 1 and not row.rendered.search(other):
            start, end = (pair.en.start + at for at in found[0].span())
            shown = _restricted(pair, start, end)
            if shown is not None:
                yield Lost(start, shown)


def _restricted(pair: Pair, start: int, end: int) -> int | None:
    """Where what a restrictor restricts ends: the first word after it that is rendered, unless a break comes before; none where
    the words around it are lost too."""
    words = pair.en.words
    after = [n for n, w in enumerate(words) if w.start >= end][:REACH]
    before = [n for n, w in enumerate(words) if w.end <= start][-REACH:]
    met = next((words[n].end for n in after if _rendered(pair, n)), None)
    if met is not None and not BREAK.search(pair.en.version.text, end, met):
        return met
    return end if met is not None or any(_rendered(pair, n) for n in before) else None


def _rendered(pair: Pair, place: int) -> bool:
    return pair.en.words[place].content and pair.match("en", place) is not None
