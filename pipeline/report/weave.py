"""Beads in an order in which both versions read in their own order; what crosses was moved."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Fate = Literal["paired", "alone", "moved", "unaligned"]
"""paired: stands beside its counterpart; alone: a null bead; moved: its counterpart stands elsewhere."""


class Tie(Struct, frozen=True):
    """A bead as one row sees it: its indices inside the row, and all of its indices."""

    number: int
    en: tuple[int, ...]
    ru: tuple[int, ...]
    all_en: tuple[int, ...]
    all_ru: tuple[int, ...]


class Line(Struct, frozen=True):
    """What stands side by side; an empty side is a gap. `partner` says where the other side of a moved bead stands."""

    en: tuple[int, ...]
    ru: tuple[int, ...]
    fate: Fate
    bead: int | None = None
    partner: tuple[int, ...] = ()


def weave(
    beads: Iterable[tuple[int, tuple[int, ...], tuple[int, ...]]], en: Iterable[int], ru: Iterable[int]
) -> list[Line]:
    """The lines of the indices `en` and `ru`, tied by numbered beads.

    Beads outside the longest chain that rises in both versions were moved: each side keeps its place. An index
    that no bead mentions is unaligned.

    >>> beads = [(0, (0,), (1,)), (1, (1,), ()), (2, (2,), (2,))]
    >>> [(line.en, line.ru, line.fate) for line in weave(beads, range(3), range(3))]
    [((), (0,), 'unaligned'), ((0,), (1,), 'paired'), ((1,), (), 'alone'), ((2,), (2,), 'paired')]
    """
    en, ru = tuple(en), tuple(ru)
    ties = _ties(beads, set(en), set(ru))
    chain = _rising([tie for tie in ties if tie.en and tie.ru])
    chained = {tie.number for tie in chain}
    loose = [tie for tie in ties if tie.number not in chained]
    left = _loose_en(loose) + _unaligned_en(ties, en)
    right = _loose_ru(loose) + _unaligned_ru(ties, ru)
    left.sort(key=lambda line: line.en)
    right.sort(key=lambda line: line.ru)
    woven: list[Line] = []
    for tie in chain:
        woven += _before(left, tie.en[0]) + _before(right, tie.ru[0])
        woven.append(Line(tie.en, tie.ru, "paired", tie.number))
    return woven + left + right


def _ties(
    beads: Iterable[tuple[int, tuple[int, ...], tuple[int, ...]]], en: set[int], ru: set[int]
) -> list[Tie]:
    ties = []
    for number, all_en, all_ru in beads:
        inside_en = tuple(sorted(i for i in all_en if i in en))
        inside_ru = tuple(sorted(i for i in all_ru if i in ru))
        if inside_en or inside_ru:
            ties.append(Tie(number, inside_en, inside_ru, all_en, all_ru))
    return ties


def _rising(ties: list[Tie]) -> list[Tie]:
    """The longest subsequence that rises in both versions (patience sorting)."""
    ties = sorted(ties, key=lambda tie: (tie.en, tie.ru))
    tails: list[int] = []
    ends: list[int] = []
    back: list[int | None] = []
    for number, tie in enumerate(ties):
        place = bisect_left(tails, tie.ru[0])
        back.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [tie.ru[0]]
        ends[place : place + 1] = [number]
    chain = []
    step = ends[-1] if ends else None
    while step is not None:
        chain.append(ties[step])
        step = back[step]
    return chain[::-1]


def _loose_en(loose: list[Tie]) -> list[Line]:
    return [Line(t.en, (), "moved" if t.all_ru else "alone", t.number, t.all_ru) for t in loose if t.en]


def _loose_ru(loose: list[Tie]) -> list[Line]:
    return [Line((), t.ru, "moved" if t.all_en else "alone", t.number, t.all_en) for t in loose if t.ru]


def _unaligned_en(ties: list[Tie], en: tuple[int, ...]) -> list[Line]:
    covered = {i for tie in ties for i in tie.en}
    return [Line((i,), (), "unaligned") for i in en if i not in covered]


def _unaligned_ru(ties: list[Tie], ru: tuple[int, ...]) -> list[Line]:
    covered = {i for tie in ties for i in tie.ru}
    return [Line((), (i,), "unaligned") for i in ru if i not in covered]


def _before(lines: list[Line], index: int) -> list[Line]:
    """Take from the front of one-sided `lines` what stands before `index`."""
    count = sum(1 for line in lines if (line.en or line.ru)[0] < index)
    taken = lines[:count]
    del lines[:count]
    return taken
