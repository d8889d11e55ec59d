"""Findings of other kinds that are a matter of who says it: a missing clause that only names the source ("the agency reported
from Beira"), another term for whoever speaks ("the minister's spokesman said", «министр заявил»)."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pipeline.compare.attribution import callings
from pipeline.compare.finding import MQM, REPORTED
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sources import Source, Sources
from pipeline.document import Difference, Span

LEFT_OUT = frozenset({"omission", "addition"})
BESIDES = 1
"""Content words of a clause besides its source: "reported from Beira"."""


def claimed(found: Iterable[Difference], pairs: Sequence[Pair], read: Sources) -> Iterator[Difference]:
    """The findings, those about a source as differences of attribution, but those about a speaker's name as names only."""
    found = list(found)
    names = [d for d in found if d.kind == "entity" and d.confidence >= REPORTED]
    cut = [d for d in found if d.detail.get("change") == "quotation"]
    for one in found:
        if one.kind in LEFT_OUT and any(_meet(one, other) for other in cut):
            continue
        if one.detail.get("change") == "speaker" and any(_only_name(one, name) for name in names):
            continue
        if (one.kind in LEFT_OUT and _source_left_out(one, pairs, read)) or (
            one.kind == "terminology" and _other_speaker(one, pairs, read)
        ):
            yield msgspec.structs.replace(one, kind="attribution", mqm=MQM["attribution"])
        else:
            yield one


def _meet(missing: Difference, quotation: Difference) -> bool:
    """What is missing is the part of a quotation that is."""
    sides = ((missing.en, quotation.en), (missing.ru, quotation.ru))
    return any(a and b and a.start < b.end and b.start < a.end for a, b in sides)


def _only_name(speaker: Difference, name: Difference) -> bool:
    """Another name inside one of two speakers who are not in one place: "his Peruvian counterpart", «его чилийский коллега»."""
    sides = ((speaker.en, name.en), (speaker.ru, name.ru))
    return sum(bool(a and b and a.start <= b.start and b.end <= a.end) for a, b in sides) == 1


def _source_left_out(found: Difference, pairs: Sequence[Pair], read: Sources) -> bool:
    """All that the clause says is whose words these are: "Ines Contreras contends"."""
    span = found.en or found.ru
    if span is None:
        return False
    sides = (p.en if found.en else p.ru for p in pairs)
    return any(
        _only_source(side, span, source)
        for side in sides
        if side.start <= span.start < side.end
        for source in read.of(side)
        if source.cue
    )


def _only_source(side: Side, span: Span, source: Source) -> bool:
    inside = {n for n, w in enumerate(side.words) if span.start <= w.start < span.end}
    own = {*range(source.first, source.last + 1), *source.cue, *callings.phrase(side, source.head)}
    rest = [n for n in inside - own if side.words[n].content]
    return {source.head, *source.cue} <= inside and len(rest) <= BESIDES


def _other_speaker(found: Difference, pairs: Sequence[Pair], read: Sources) -> bool:
    """The two terms are callings of those who speak in either version."""
    return any(
        _speaks(pair.en, found.en, read) and _speaks(pair.ru, found.ru, read)
        for pair in pairs
        if found.en and found.ru and pair.en.start <= found.en.start < pair.en.end
    )


def _speaks(side: Side, span: Span | None, read: Sources) -> bool:
    """The words of a span name a source of a side by what somebody is, or say which one it is ("the state radio")."""
    if span is None:
        return False
    places = {n for n, w in enumerate(side.words) if span.start <= w.start < span.end}
    return any(
        (source.head in places and _calling(side, source.head))
        or places & {*callings.phrase(side, source.head)} - {source.head}
        for source in read.of(side)
        if source.cue
    )


def _calling(side: Side, place: int) -> bool:
    return bool(callings.rows(side, place)) or side.words[place].lemma in callings.general(side.lang)
