"""Annotations inside the running text: overlapping spans cut into stretches that never cross."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from pipeline.document import LAYERS, Lang, Span, Statement, Version, Work

Part = Literal["whole", "speaker", "cue"]


class Mark(Struct, frozen=True, kw_only=True):
    """A stretch to be marked: `anchor` names the note that explains it, `layer` says how it looks."""

    anchor: str
    layer: str
    start: int
    end: int
    part: Part = "whole"


class Segment(Struct, frozen=True, kw_only=True):
    """A piece of text under the same marks from end to end; `opens` and `closes` hold marks that begin or end here."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()

    @property
    def layers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.layer for mark in self.marks))

    @property
    def anchors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.anchor for mark in self.marks))


def anchor(lang: Lang, layer: str, number: int) -> str:
    """The name under which marks, notes and links meet on a page.

    >>> anchor("ru", "entities", 3)
    'ru-entities-3'
    """
    return f"{lang}-{layer}-{number}"


def marks_of(work: Work, lang: Lang) -> list[Mark]:
    """Every mark in one version: its own layers (passages are bands, not marks) and its side of the differences."""
    version = work.versions[lang]
    found = [mark for layer in LAYERS if layer != "passages" for mark in _layer_marks(version, layer)]
    for number, difference in enumerate(work.differences or (), 1):
        side = difference.en if lang == "en" else difference.ru
        if side is not None and side.start < side.end:
            found.append(Mark(anchor=f"diff-{number}", layer="differences", start=side.start, end=side.end))
    return found


def _layer_marks(version: Version, layer: str) -> Iterator[Mark]:
    for number, record in enumerate(getattr(version, layer) or (), 1):
        name = anchor(version.side, layer, number)
        yield Mark(anchor=name, layer=layer, start=record.start, end=record.end)
        if isinstance(record, Statement):
            yield from _attribution(name, record)


def _attribution(name: str, statement: Statement) -> Iterator[Mark]:
    parts: tuple[tuple[Part, Span | None], ...] = (("speaker", statement.speaker), ("cue", statement.cue))
    for part, found in parts:
        if found is not None:
            yield Mark(anchor=name, layer="statements", start=found.start, end=found.end, part=part)


def cut(text: str, marks: Iterable[Mark], borders: Iterable[int] = ()) -> list[Segment]:
    """The whole text as segments, cut at every mark's edge and at `borders` (where sentences begin).

    Joined again the segments are the text, and each lists its marks with the longest first.

    >>> ab = Mark(anchor="1", layer="entities", start=0, end=2)
    >>> bc = Mark(anchor="2", layer="factors", start=1, end=3)
    >>> [(s.text, [m.anchor for m in s.marks]) for s in cut("abcd", [ab, bc])]
    [('a', ['1']), ('b', ['1', '2']), ('c', ['2']), ('d', [])]
    """
    ordered = sorted(
        (m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end, m.layer, m.anchor)
    )
    inside = (edge for edge in borders if 0 < edge < len(text))
    edges = sorted({0, len(text), *inside, *(m.start for m in ordered), *(m.end for m in ordered)})
    return list(_segments(text, ordered, edges))


def _segments(text: str, ordered: list[Mark], edges: list[int]) -> Iterator[Segment]:
    coming = iter(ordered)
    following = next(coming, None)
    active: list[Mark] = []
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(coming, None)
        yield Segment(
            start=start,
            end=end,
            text=text[start:end],
            marks=tuple(sorted(active, key=lambda m: (m.start - m.end, m.layer, m.anchor))),
            opens=tuple(m for m in active if m.start == start),
            closes=tuple(m for m in active if m.end == end),
        )
