"""How likely a constituent is left out of the other version, and not merely rendered freely: its traits, weighed as learned.

The weights come from constituents deleted from one side of faithful pairs (`models/clauses/README.md`).
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp, log
from statistics import median
from typing import NamedTuple

from pipeline import shipped
from pipeline.compare import turns
from pipeline.compare.anchors import Anchor
from pipeline.compare.constituents import Constituent, constituents
from pipeline.compare.modality import scales
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.renderings import Renderings
from pipeline.compare.traits import Traits, letters, traits
from pipeline.document import Lang

WEIGHTS = "models/clauses/weights.json"
UNRENDERED = 0.55
"""Share of a constituent's meaning that must lack a rendering before it is looked at: 99 in 100 of the deleted ones have it."""
FEW = 5
"""Pairs of a work whose lengths say little yet."""


def usual(pairs: Sequence[Pair]) -> float:
    """By how much the English sentences of a work are longer than the Russian ones, as the log of the median ratio: some translators
    need an eighth more words throughout. Of few pairs little is believed."""
    ratios = [log(letters(p.en.words) / letters(p.ru.words)) for p in pairs]
    return median(ratios) * len(ratios) / (len(ratios) + FEW) if ratios else 0.0


class LeftOut(NamedTuple):
    """A constituent with the weight of its being left out, 0.5 where it begins to be reported."""

    constituent: Constituent
    weight: float


class Looked(NamedTuple):
    """What may be left out of one side of a pair, with its traits, and how many more words are left over there than on the other."""

    lang: Lang
    candidates: list[tuple[Constituent, Traits]]
    surplus: int

    def surest(self, usual_surplus: float = 0.0) -> LeftOut | None:
        """The constituent that is likeliest to be left out, in a work of which so many words are left over on this side of a pair."""
        return max(
            (LeftOut(one, weighed(found, self.lang, usual_surplus)) for one, found in self.candidates),
            key=lambda x: (x.weight, -x.constituent.first, x.constituent.stop),
            default=None,
        )


def look(pair: Pair, lang: Lang, longer: float = 0.0, anchors: Sequence[Anchor] = ()) -> Looked:
    """The constituents of a side most of whose meaning lacks a rendering; `longer`: what is usual in the work."""
    whole = Renderings(pair, lang, anchors)
    expected = longer if lang == "en" else -longer
    idle = _idle(whole.side)
    lacking = [
        one for one in constituents(whole.side) if unrendered(one, whole) and not idle.issuperset(one.content)
    ]
    found = [(one, traits(one, whole, expected)) for one in lacking]
    return Looked(lang, found, len(whole.freely.ours) - len(whole.freely.theirs))


def usual_surplus(looked: Sequence[Looked]) -> float:
    """How many more words are left over on a side than on the other, on average: who explains and expands throughout says less by
    one addition more. Of few pairs little is believed."""
    return max(0.0, sum(one.surplus for one in looked) / (len(looked) + FEW))


def unrendered(one: Constituent, whole: Renderings) -> bool:
    """Most of the constituent's meaning lacks a rendering."""
    places = list(one.content)
    weight = whole.weight[places]
    return bool(weight @ (1 - whole.whole.ours[places]) >= UNRENDERED * weight.sum())


def _idle(side: Side) -> set[int]:
    """The words that only join a sentence to the one before ("by contrast", «таким образом») or say how sure something is ("probably"),
    which `modality` tells of."""
    joins = turns.words(side.lang)["joins"]
    marked = {n for mark in scales.marks(side) for n in range(mark.first, mark.last + 1)}
    return marked | {n for n, word in enumerate(side.words) if word.lemma in joins}


class _Model(NamedTuple):
    bias: float
    weights: tuple[float, ...]
    reported: dict[Lang, float]


@cache
def _model() -> _Model:
    model = json.loads(shipped.path(WEIGHTS).read_text("utf-8"))
    return _Model(model["bias"], tuple(model["traits"][name] for name in Traits._fields), model["reported"])


HABIT = 0.75
"""By how much the log odds from which a constituent is reported rise with each word that is usually left over on its side. Source: NTREX,
whose translators add a word to every sentence; there the additions halve, those planted elsewhere stay."""


def weighed(found: Traits, lang: Lang, usual_surplus: float = 0.0) -> float:
    """The weight of a constituent by its traits, against the log odds from which one of its side is reported."""
    model = _model()
    score = model.bias + sum(w * t for w, t in zip(model.weights, found, strict=True))
    return 1 / (1 + exp(model.reported[lang] + HABIT * usual_surplus - score))
