"""How likely a constituent is left out of the other version, and not merely rendered freely: traits, weighed as learned.

A free translation leaves words unexplained in every other sentence ("at the end of the day", «в конечном счёте»). What is left out
differs by more than its own words: the rest of the sentence explains the other side, nothing there is left over that could speak for
it, and the lengths agree better without it. The weights come from constituents deleted from one side of faithful pairs
(`models/clauses/README.md`).
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp, log
from statistics import median
from typing import NamedTuple

import numpy as np

from pipeline import shipped
from pipeline.compare import translations
from pipeline.compare.constituents import Constituent, constituents
from pipeline.compare.pairs import Pair, Word
from pipeline.compare.renderings import Renderings
from pipeline.document import Lang

WEIGHTS = "models/clauses/weights.json"
UNRENDERED = 0.55
"""Share of a constituent's meaning that must lack a rendering before it is looked at: 99 in 100 of the deleted ones have it."""
GOOD = 0.5
"""Strength of a rendering from which a word is rendered for certain."""
NEAR = 5
"""Words beside a constituent among which its neighbour is looked for that shows where its place on the other side would be."""
REPORTED = 2.2
"""Log odds from which a constituent is reported: on faithful news (newstest2014 and 2016) that gives less than half the reports of the rules
before, on NTREX, whose translators add more, one in three thousand words (`models/clauses/README.md`)."""
FEW = 5
"""Pairs of a work whose lengths say little yet."""
MOST = 3.0
"""Shares beyond this say no more."""


class Traits(NamedTuple):
    """What is weighed of a constituent."""

    words: float
    unrendered: float
    unrendered_by_any: float
    best: float
    rendered: float
    meaning: float
    firm: float
    left_over: float
    left_over_share: float
    left_over_akin: float
    left_over_here: float
    left_over_strange: float
    longer: float
    longer_without: float
    nearer_without: float
    opened: float
    closed: float
    clause: float
    member: float
    aside: float
    modifier: float


CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp"})
MODIFIERS = frozenset({"amod", "advmod"})
ASIDES = frozenset({"appos", "parataxis"})


def usual(pairs: Sequence[Pair]) -> float:
    """By how much the English sentences of a work are longer than the Russian ones, as the log of the median ratio: some translators
    need an eighth more words throughout. Of few pairs little is believed."""
    ratios = [log(_letters(p.en.words) / _letters(p.ru.words)) for p in pairs]
    return median(ratios) * len(ratios) / (len(ratios) + FEW) if ratios else 0.0


def traits(one: Constituent, whole: Renderings, expected: float) -> Traits:
    """The traits of a constituent between the words of its side and those of the other, which is `expected` to be shorter by so much."""
    side, other = whole.side, whole.other
    places = list(one.content)
    weight = whole.weight[places]
    meaning = float(weight.sum())
    any_word = whole.strength[places].max(axis=1, initial=0.0)
    rendered = whole.whole.ours[places]
    rest = [n for n in range(len(side.words)) if not one.first <= n < one.stop]
    without = whole.between(rest)
    theirs = [j for j, w in enumerate(other.words) if w.content]
    spare = whole.other_weight[theirs] * (1 - without.theirs[theirs])
    akin = whole.strength[np.ix_(places, theirs)].max(axis=0, initial=0.0) @ spare
    first, last = _slot(one, without.by, without.ours)
    here = sum(float(s) for j, s in zip(theirs, spare, strict=True) if first < j < last)
    longer = log(_letters(side.words) / _letters(other.words)) - expected
    longer_without = log(_letters([side.words[n] for n in rest]) / _letters(other.words)) - expected
    unsaid = zip(places, rendered.tolist(), strict=True)
    return Traits(
        words=log(len(places)),
        unrendered=float(weight @ (1 - rendered)) / meaning,
        unrendered_by_any=float(weight @ (1 - any_word)) / meaning,
        best=float(rendered.max()),
        rendered=float((rendered >= GOOD).sum()),
        meaning=float(weight @ (1 - rendered)),
        firm=sum((1 - r) * translations.firmness(side.words[n].stem, side.lang) for n, r in unsaid)
        / len(places),
        left_over=float(spare.sum()),
        left_over_share=min(MOST, float(spare.sum()) / meaning),
        left_over_akin=min(MOST, float(akin) / meaning),
        left_over_here=min(MOST, here / meaning),
        left_over_strange=sum(
            float(1 - without.theirs[j])
            for j, w in enumerate(other.words)
            if _acronym(w) or (w.content and not whole.other_placed[j])
        ),
        longer=longer,
        longer_without=longer_without,
        nearer_without=abs(longer) - abs(longer_without),
        opened=float(one.opened),
        closed=float(one.closed),
        clause=float(one.relation in CLAUSES),
        member=float(one.relation == "conj"),
        aside=float(one.relation in ASIDES),
        modifier=float(one.relation in MODIFIERS),
    )


def _slot(one: Constituent, by: dict[int, int], strength: np.ndarray) -> tuple[int, int]:
    """Between which words of the other side the constituent would stand, by where its neighbours are rendered."""
    before = (n for n in range(one.first - 1, max(-1, one.first - 1 - NEAR), -1) if _firm(n, by, strength))
    after = (n for n in range(one.stop, min(len(strength), one.stop + NEAR)) if _firm(n, by, strength))
    start, end = next(before, None), next(after, None)
    size = one.stop - one.first + 1
    if start is not None and end is not None:
        first, last = sorted((by[start], by[end]))
        return first, last
    if start is not None:
        return by[start], by[start] + size
    return (by[end] - size, by[end]) if end is not None else (0, 0)


def _firm(place: int, by: dict[int, int], strength: np.ndarray) -> bool:
    return place in by and bool(strength[place] >= GOOD)


def _letters(words: Sequence[Word]) -> int:
    return sum(len(w.token) + 1 for w in words) or 1


def _acronym(word: Word) -> bool:
    """“FBI”, «ВИЧ», «МВФ»: a few capitals that may stand for a whole name."""
    return word.token.text.isupper() and 2 <= len(word.token) <= ACRONYM


ACRONYM = 6


class LeftOut(NamedTuple):
    """A constituent with the weight of its being left out, 0.5 where it begins to be reported."""

    constituent: Constituent
    weight: float


def surest(pair: Pair, lang: Lang, longer: float = 0.0) -> LeftOut | None:
    """The constituent of a side that is likeliest to be left out of the other; `longer`: what is usual in the work."""
    return max(
        (LeftOut(one, weighed(found)) for one, found in candidates(pair, lang, longer)),
        key=lambda x: (x.weight, -x.constituent.first, x.constituent.stop),
        default=None,
    )


def candidates(pair: Pair, lang: Lang, longer: float = 0.0) -> list[tuple[Constituent, Traits]]:
    """The constituents of a side most of whose meaning lacks a rendering, with their traits."""
    whole = Renderings(pair, lang)
    expected = longer if lang == "en" else -longer
    return [(one, traits(one, whole, expected)) for one in constituents(whole.side) if unrendered(one, whole)]


def unrendered(one: Constituent, whole: Renderings) -> bool:
    """Most of the constituent's meaning lacks a rendering."""
    places = list(one.content)
    weight = whole.weight[places]
    return bool(weight @ (1 - whole.whole.ours[places]) >= UNRENDERED * weight.sum())


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    model = json.loads(shipped.path(WEIGHTS).read_text("utf-8"))
    return model["bias"], tuple(model["traits"][name] for name in Traits._fields)


def weighed(found: Traits) -> float:
    """The weight of a constituent by its traits."""
    bias, weights = _weights()
    score = bias + sum(w * t for w, t in zip(weights, found, strict=True))
    return 1 / (1 + exp(REPORTED - score))
