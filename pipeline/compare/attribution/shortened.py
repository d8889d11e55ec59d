"""A quotation of which one version gives only a part: “a promise, and a cheap one”, «обещание»."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.compare.attribution.rendering import OTHER_LANG
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang

BY = "attribution"
SHORTENED = 0.7
"""Confidence of a shortened quotation: planted differences; newstest2017 and newstest2018 have none."""
SHARE = 0.6
"""Letters of the shorter quotation, as a share of the longer one, up to which a part may be missing: of 450 pairs of quotations in
newstest2017 and newstest2018 nineteen in twenty lie above."""


class Quoted(NamedTuple):
    """The words in quotation marks: where they start and end in the version."""

    start: int
    end: int


def compare(pair: Pair) -> Iterator[Difference]:
    """The only quotation of each side, where a part of the one is neither in the other nor beside it."""
    quotations = {lang: _quotations(pair.side(lang)) for lang in OTHER_LANG}
    if any(len(there) != 1 for there in quotations.values()):
        return
    one = {lang: there[0] for lang, there in quotations.items()}
    for lang, other in OTHER_LANG.items():
        long, short = _text(pair.side(lang), one[lang]), _text(pair.side(other), one[other])
        if len(short) > SHARE * len(long) or INNER.search(long):
            continue
        parts, there = _parts(pair.side(lang), one[lang]), _parts(pair.side(other), one[other])
        missing = len(parts) - len(there)
        lost = [p for p in parts if _unrendered(pair, lang, p)] if missing > 0 else []
        if not lost:
            continue
        lost = lost[-missing:]
        if lang == "ru" and all(_words(pair.ru, p) < ADDED for p in lost):
            continue
        spans = {
            lang: evidence(pair.side(lang).version, lost[0].start, lost[-1].end, BY),
            other: evidence(pair.side(other).version, *one[other], BY),
        }
        yield difference(
            "attribution",
            spans["en"],
            spans["ru"],
            SHORTENED * pair.sure,
            f"The {pair.side(other).which} version gives only a part of the quotation.",
            change="quotation",
            only=lang,
        )


QUOTATION = re.compile(r'“([^“”]+)”|"([^"]+)"|«([^«»]+)»|„([^“”„]+)[“”]')
INNER = re.compile(r"(?<!\w)['‘“«]\w")
PARTS = re.compile(r"[,;:—–]+ | - |(?<!\bmore)(?<!\bover)(?: )(?=(?:and|but|or|yet|и|но|а|или|однако) )")


def _quotations(side: Side) -> list[Quoted]:
    found = []
    for mark in QUOTATION.finditer(side.text):
        group = next(n for n in range(1, 5) if mark.group(n) is not None)
        found.append(Quoted(side.start + mark.start(group), side.start + mark.end(group)))
    return found


def _text(side: Side, quoted: Quoted) -> str:
    return side.version.text[quoted.start : quoted.end].strip(" ,.!?")


def _parts(side: Side, quoted: Quoted) -> list[Quoted]:
    """The clauses and members of a quotation: what stands between its commas and conjunctions."""
    text = side.version.text[quoted.start : quoted.end].rstrip(" ,.!?")
    cuts = [0, *(m.end() for m in PARTS.finditer(text)), len(text)]
    parts = [Quoted(quoted.start + a, quoted.start + b) for a, b in pairwise(cuts) if text[a:b].strip()]
    return [p for p in parts if any(p.start <= w.start < p.end for w in side.words)]


def _words(side: Side, part: Quoted) -> int:
    return sum(w.content and part.start <= w.start < part.end for w in side.words)


ADDED = 2
"""Content words from which a part that only the Russian quotation has is more than a turn of speech: «пожалуй»."""


def _unrendered(pair: Pair, lang: Lang, part: Quoted) -> bool:
    """No content word of a part is rendered anywhere on the other side."""
    return not any(
        pair.explained(lang, n)
        for n, w in enumerate(pair.side(lang).words)
        if w.content and part.start <= w.start < part.end
    )
