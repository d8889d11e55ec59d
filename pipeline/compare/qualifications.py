"""Qualifications that only one version has: "except during the heating season", "unless the share is below five per cent", «хотя и не все».

An exception, a condition or a concession changes what is claimed, and a word begins it that few others can render; where the other
version has none of those and the phrase's words have no counterpart, the qualification is gone. The words are data
(`languages/qualifications.toml`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.translations import probability
from pipeline.document import Difference, Lang

BY = "omission"
GONE = 0.75
"""Confidence that a qualification is gone: planted differences and faithful news, see CHANGELOG."""
LANGS: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("ru", "en"))
KIND: dict[Lang, str] = {"en": "omission", "ru": "addition"}
END = re.compile(r"[,;:—–()\[\].!?…»”]")


class _Row(NamedTuple):
    opens: re.Pattern[str]
    renders: re.Pattern[str]
    part: int


@cache
def _rows(lang: Lang, other: Lang) -> tuple[_Row, ...]:
    rows = languages.shared("qualifications").values()
    return tuple(
        _Row(re.compile(row[lang], re.I), re.compile(row[f"also_{other}"], re.I), row["part"]) for row in rows
    )


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The qualifications of aligned sentences that the other side lacks."""
    for n, pair in enumerate(pairs):
        if not pair.editions:
            for lang, other in LANGS:
                yield from _gone(pair, pairs[max(0, n - 1) : n + 2], lang, other)


def _gone(pair: Pair, near: Sequence[Pair], lang: Lang, other: Lang) -> Iterator[Difference]:
    side, there = pair.side(lang), pair.side(other)
    text, rendering = (s.text.replace("ё", "е") for s in (side, there))
    for row in _rows(lang, other):
        found = list(row.opens.finditer(text))
        if len(found) != 1 or row.renders.search(rendering):
            continue
        end = END.search(text, found[0].end())
        start, stop = side.start + found[0].start(), side.start + (end.start() if end else len(text))
        if _lost(pair, near, lang, (start, stop), row.part):
            span = evidence(side.version, start + _margin(side, start), stop, BY)
            spans = (span, None) if lang == "en" else (None, span)
            said = (
                f"The {pair.ru.which} version lacks this qualification."
                if lang == "en"
                else f"The {pair.en.called} has no such qualification."
            )
            yield difference(KIND[lang], spans[0], spans[1], GONE * pair.sure, said, unit="qualification")


def _margin(side: Side, start: int) -> int:
    """The comma and space before a phrase are not shown."""
    text = side.version.text
    return next(n for n in range(len(text)) if text[start + n].isalnum())


KNOWN = 0.05
"""Probability from which a word of the other version may render one of the phrase: matched with it, or in a sentence beside."""


def _lost(pair: Pair, near: Sequence[Pair], lang: Lang, place: tuple[int, int], part: int) -> bool:
    """Hardly a content word of the phrase has a counterpart (one in `part` at most), while the rest of the sentence has."""
    start, end = place
    words = pair.side(lang).words
    inside = [n for n, w in enumerate(words) if w.content and start <= w.start < end]
    outside = [n for n, w in enumerate(words) if w.content and not start <= w.start < end]
    matches = pair.matches[0 if lang == "en" else 1]
    beside = [p for p in near if p is not pair]
    met = sum(matches.get(n, (-1, 0.0))[1] >= KNOWN or _known(beside, lang, words[n].stem) for n in inside)
    kept = sum(pair.explained(lang, n) for n in outside)
    return len(inside) >= LEAST[lang] and met <= len(inside) // part and kept >= len(outside) / 2


LEAST: dict[Lang, int] = {"en": 1, "ru": 2}
"""Content words that a phrase must have: translators join sentences by «хотя» of their own."""


def _known(near: Sequence[Pair], lang: Lang, stem: str) -> bool:
    return any(
        (probability(stem, w.stem) if lang == "en" else probability(w.stem, stem)) >= KNOWN
        for p in near
        for w in p.other(lang).words
        if w.content
    )
