"""How likely a contrast is a contradiction and no free rendering: a few traits, weighed as learned from planted and faithful pairs.

Two words of one group that exclude each other stand in every other pair of long sentences; they contradict each other where they stand
in one place, have no translation elsewhere, are not akin by other words, and nothing else turns the one round.
"""

import json
from functools import cache
from math import exp
from typing import NamedTuple

from pipeline import languages, shipped
from pipeline.compare import translations
from pipeline.compare.contrasts import KINDS, Contrast, Hit, place
from pipeline.compare.pairs import Pair
from pipeline.compare.turns import turned

WEIGHTS = "models/contrasts/weights.json"
THRESHOLD, STEEP = 0.42, 1.0
"""Probability from which a contrast is reported, and how fast its weight grows from there: chosen on faithful passages and the floors of
the tests (`models/contrasts/README.md`)."""
DOUBTED, WEIGHT = 0.25, 0.42
"""Probability below which hardly a contrast is real, and the weight that stands for the share of real ones there (one in five)."""


SUREST = 0.95
"""No contrast of words is surer."""


class Traits(NamedTuple):
    """What is weighed of a contrast."""

    near: float
    aside: float
    like_words: float
    nouns: float
    derived: float
    doubtful: float
    akin: float
    match_most: float
    match_least: float
    akin_elsewhere_most: float
    akin_elsewhere_least: float
    turned: float
    undone: float


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    model = json.loads(shipped.path(WEIGHTS).read_text("utf-8"))
    return model["bias"], tuple(model["traits"][name] for name in Traits._fields)


def traits(pair: Pair, found: Contrast, undone: bool = False) -> Traits:
    """The traits of a contrast; `undone`: another contrast of the pair turns it back."""
    en, ru = pair.en.words[found.en.last], pair.ru.words[found.ru.last]
    kinds = KINDS.get(en.token.pos_, "other"), KINDS.get(ru.token.pos_, "other")
    matches = [_match(pair, 0, found.en), _match(pair, 1, found.ru)]
    elsewhere = [_akin_elsewhere(pair, 0, found), _akin_elsewhere(pair, 1, found)]
    return Traits(
        found.near,
        abs(place(pair.en, found.en) - place(pair.ru, found.ru)),
        float(kinds[0] == kinds[1]),
        float(kinds == ("noun", "noun")),
        float(found.en.derived) + float(found.ru.derived),
        float(found.group in languages.shared("contrasts")["doubtful"]),
        translations.kinship(en.stem, ru.stem),
        max(matches),
        min(matches),
        max(elsewhere),
        min(elsewhere),
        float(turned(pair.en, found.en) != turned(pair.ru, found.ru)),
        float(undone),
    )


def _match(pair: Pair, k: int, hit: Hit) -> float:
    """How sure a word of the hit has its translation."""
    side = (pair.en, pair.ru)[k]
    return max(
        (
            pair.matches[k].get(n, (0, 0.0))[1]
            for n in range(hit.first, hit.last + 1)
            if side.words[n].content
        ),
        default=0.0,
    )


def _akin_elsewhere(pair: Pair, k: int, found: Contrast) -> float:
    """How akin the word is to the most akin word of the other side outside the contrast."""
    own, there = ((pair.en, found.en), (pair.ru, found.ru))[k], ((pair.ru, found.ru), (pair.en, found.en))[k]
    stem = own[0].words[own[1].last].stem
    others = [
        w.stem for n, w in enumerate(there[0].words) if w.content and not there[1].first <= n <= there[1].last
    ]
    return max(
        (translations.kinship(stem, o) if k == 0 else translations.kinship(o, stem) for o in others),
        default=0.0,
    )


def confidence(pair: Pair, found: Contrast, undone: bool = False) -> float:
    """The weight of a contrast, 0.5 at the threshold."""
    bias, weights = _weights()
    score = bias + sum(w * t for w, t in zip(weights, traits(pair, found, undone), strict=True))
    p = 1 / (1 + exp(-score))
    if p < DOUBTED:
        return WEIGHT * p / DOUBTED
    if p < THRESHOLD:
        return WEIGHT + (0.499 - WEIGHT) * (p - DOUBTED) / (THRESHOLD - DOUBTED)
    return min(SUREST, 0.5 + STEEP * (p - THRESHOLD))
