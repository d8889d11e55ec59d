"""Which candidates are the names of a document, and of what type: the best set without overlaps, then one type a name.

The model reads every mention by itself. A document is more than that: «Тагибейов» in one place and «Мурад Тагибейов» in
another are one person, so what is known of a name anywhere counts wherever it stands.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.document import Link
from pipeline.entities.model import CLASSES

TYPES = CLASSES[:3]
NO_NAME = 1e-6
KNOWN_BONUS = 2.0
"""What a table's word adds to the model's odds that a country or organisation is a name, in nats."""
ELSEWHERE_BONUS = 1.0
"""What the same name in another place of the document adds."""


class Candidate(NamedTuple):
    """A stretch of tokens: the odds that it is a name, and how likely each type would be (logarithms)."""

    start: int
    end: int
    odds: float
    types: tuple[float, ...]
    link: Link | None = None
    fixed: str = ""

    @property
    def type(self) -> str:
        return self.fixed or TYPES[int(np.argmax(self.types))]


def candidate(start: int, end: int, probabilities: np.ndarray) -> Candidate:
    """From the model's row: PER, LOC, ORG, NONE."""
    p = np.clip(probabilities.astype(float), NO_NAME, 1.0)
    types = np.log(p[:3] / p[:3].sum())
    return Candidate(start, end, float(np.log(p[:3].sum()) - np.log(p[3])), tuple(types))


def best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The set without overlaps whose odds add up to most; those below zero never help.

    >>> [c.start for c in best([Candidate(0, 2, 1.5, ()), Candidate(0, 1, 1.0, ()), Candidate(1, 2, 1.0, ())])]
    [0, 1]
    """
    ranked = sorted((c for c in candidates if c.odds > 0), key=lambda c: (c.end, c.start))
    ends = [c.end for c in ranked]
    total, last = [0.0], [-1]
    for i, c in enumerate(ranked):
        value = total[bisect_right(ends, c.start, 0, i)] + c.odds
        total.append(max(value, total[-1]))
        last.append(i if value > total[-2] else last[-1])
    chosen: list[Candidate] = []
    at = len(ranked)
    while at and last[at] >= 0:
        c = ranked[last[at]]
        chosen.append(c)
        at = bisect_right(ends, c.start, 0, last[at])
    return chosen[::-1]


def consistent(chosen: Sequence[Candidate], names: Mapping[tuple[int, int], str]) -> list[Candidate]:
    """Each name with one type: what all its mentions say together, surnames together with full names."""
    groups = _groups(chosen, names)
    said: dict[str, np.ndarray] = {}
    for c in chosen:
        group = groups[names[c.start, c.end]]
        said[group] = said.get(group, np.zeros(3)) + np.array(c.types)
    result = []
    for c in chosen:
        total = said[groups[names[c.start, c.end]]]
        types = total - np.log(np.exp(total - total.max()).sum()) - total.max()
        result.append(c if c.fixed else c._replace(types=tuple(types)))
    return result


def _groups(chosen: Sequence[Candidate], names: Mapping[tuple[int, int], str]) -> dict[str, str]:
    """The name that each name goes with: a surname with the one full name of a person that ends in it."""
    full: dict[str, set[str]] = defaultdict(set)
    for c in chosen:
        words = names[c.start, c.end].split()
        if len(words) > 1 and c.type == "PER":
            full[words[-1]].add(" ".join(words))
    return {
        name: next(iter(full[name])) if len(full.get(name, ())) == 1 else name
        for name in (names[c.start, c.end] for c in chosen)
    }
