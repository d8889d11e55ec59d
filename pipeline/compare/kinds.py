"""What kind of difference a finding is, by what found it, by what the judge says of its words, and by whether they name a source.

A country's name is a name, but "a Syrian memorandum says", «говорится во французском меморандуме» is a matter of who says it; so is a clause that is missing
where it told the source.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log
from typing import NamedTuple

import msgspec

from pipeline import shipped
from pipeline.compare import verdicts
from pipeline.compare.attribution import callings
from pipeline.compare.finding import MQM, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sources import Sources
from pipeline.document import Difference, Span
from pipeline.judge import KINDS

WEIGHTS = "models/judge/kinds.json"
WORDED = ("polarity", "terminology", "modality", "attribution", "entity")
"""The kinds of what is said otherwise, which are told apart by its words."""
LACKING = ("omission", "addition")
FOUND = (*WORDED, *LACKING)
LEAST = 0.01
"""No kind is taken for less likely than this."""


def settled(found: Iterable[Difference], pairs: Sequence[Pair], read: Sources) -> Iterator[Difference]:
    """The findings, each of the kind that it likeliest is."""
    places = verdicts.Places(pairs)
    for one in found:
        worded = one.kind in FOUND and not verdicts.number_left_out(one)
        pair = places.of(one) if worded else None
        kind = likeliest(one, traits(one, pair, read)) if pair is not None else one.kind
        yield one if kind == one.kind else _renamed(one, kind)


class Traits(NamedTuple):
    """What is weighed of a finding: how likely each kind is to the judge, whether it is the judge's own, and what of a source it names."""

    said: Mapping[str, float]
    judged: bool
    source: Mapping[str, float]


def likeliest(one: Difference, found: Traits) -> str:
    """The kind with the highest score of those that the finding may have: what is missing may only be a source instead."""
    may_be = (one.kind, "attribution") if one.kind in LACKING else WORDED
    return max(may_be, key=lambda kind: (score(_weights(), kind, one.kind, found), kind == one.kind))


def score(weights: Mapping[str, float], kind: str, found_as: str, found: Traits) -> float:
    """How likely a finding is of a kind."""
    return sum(weights[name] * value for name, value in terms(kind, found_as, found).items())


def terms(kind: str, found_as: str, found: Traits) -> dict[str, float]:
    """What speaks for a kind: that the finding was found as one, that the judge says so, and, for an attribution, that it names a source."""
    name = "missing" if kind in LACKING else kind
    kept = float(kind == found_as)
    said = {name: 1.0, "found": kept, "judged": kept * found.judged, "said": found.said[name]}
    return {**said, **found.source} if kind == "attribution" else said


def traits(one: Difference, pair: Pair, read: Sources) -> Traits:
    """What is weighed of a finding."""
    named = [_named(side, span, read) for side, span in _evidence(pair, one)]
    source = {name: sum(name in side for side in named) / len(named) for name in NAMED}
    by_kind = {
        f"source of {kind}": float(one.kind == kind) * source["source"] for kind in (*SOURCED, *LACKING)
    }
    adjective = {"whose source": float(one.kind == "entity" and _adjective(pair, one)) * source["source"]}
    return Traits(_said(pair, one), _by_judge(one), source | by_kind | adjective)


SOURCED = ("entity", "terminology")
"""Kinds of words that a source may be called by."""
NAMED = ("source", "cue", "head", "nothing else")
"""What words may name: a part of a source that is told as such, the word that tells it, the word that names it, and no other thing."""


def _by_judge(one: Difference) -> bool:
    return any(span is not None and span.by.endswith(verdicts.BY) for span in (one.en, one.ru))


def _evidence(pair: Pair, one: Difference) -> list[tuple[Side, Span]]:
    return [(side, span) for side, span in ((pair.en, one.en), (pair.ru, one.ru)) if span is not None]


def _said(pair: Pair, one: Difference) -> dict[str, float]:
    """How likely each kind of change is to the judge, were these words changed (logarithms); all alike where it has not read them."""
    kinds = (*WORDED, "missing")
    means = verdicts.means(pair, one)
    shares = [max(LEAST, means[KINDS.index(kind)]) if means is not None else 1.0 for kind in kinds]
    return {kind: log(share / sum(shares)) for kind, share in zip(kinds, shares, strict=True)}


def _named(side: Side, span: Span, read: Sources) -> set[str]:
    """What the words of a span are of the sources of their side."""
    inside = {n for n, w in enumerate(side.words) if span.start <= w.start < span.end}
    found = set()
    for source in read.of(side):
        own = {*range(source.first, source.last + 1), *callings.phrase(side, source.head)}
        here = {
            "source": bool(source.cue) and bool(inside & {*own, *source.cue}),
            "cue": bool(inside & {*source.cue}),
            "head": source.head in inside,
            "nothing else": bool(inside) and inside <= {*own, *source.cue},
        }
        found |= {name for name, holds in here.items() if holds}
    return found


def _adjective(pair: Pair, one: Difference) -> bool:
    """The Russian words are one adjective: «египетской» tells of which country somebody is."""
    words = [w for w in pair.ru.words if one.ru is not None and one.ru.start <= w.start < one.ru.end]
    return len(words) == 1 and words[0].token.pos_ == "ADJ"


def _renamed(one: Difference, kind: str) -> Difference:
    """The finding as one of another kind, and in the words for that one."""
    said = one.explanation
    if one.en is not None and one.ru is not None:
        said = f"{quoted(one.en.text, 'en')} and {quoted(one.ru.text, 'ru')} {verdicts.SAID[kind]}."
    return msgspec.structs.replace(one, kind=kind, mqm=MQM[kind], explanation=said)


@cache
def _weights() -> Mapping[str, float]:
    return json.loads(shipped.path(WEIGHTS).read_text("utf-8"))  # type: ignore[no-any-return]
