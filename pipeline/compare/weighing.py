"""How likely a contrast is a contradiction and no free rendering: a few traits, weighed as learned from planted and faithful pairs.

Two words of one group that exclude each other stand in every other pair of long sentences; they contradict each other where they stand
in one place, have no translation elsewhere, are not akin by other words, and nothing else turns the one round.
"""

import json
from functools import cache
from math import exp, log
from typing import Any, NamedTuple

from pipeline import languages, shipped
from pipeline.compare import translations
from pipeline.compare.contrasts import KINDS, Contrast, Hit, opposites, place
from pipeline.compare.pairs import Pair
from pipeline.compare.turns import turned

WEIGHTS = "models/contrasts/weights.json"
THRESHOLD = {"polarity": 0.42, "terminology": 0.45}
"""Probability from which a contrast is reported: chosen on faithful passages and the floors of the tests (`models/contrasts/README.md`)."""
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
    opposites: float
    heads: float
    named: float
    unexplained: float
    covered: float
    firm: float
    length: float


@cache
def _model(name: str) -> dict[str, Any]:
    return json.loads(shipped.path(WEIGHTS).read_text("utf-8"))[name]  # type: ignore[no-any-return]


def probability(kind: str, found: Traits) -> float:
    """How likely a contrast of a kind with these traits is real; a kind weighs those of its model only."""
    model = _model(kind)
    return 1 / (
        1 + exp(-model["bias"] - sum(w * getattr(found, name) for name, w in model["traits"].items()))
    )


def traits(pair: Pair, found: Contrast, undone: bool = False) -> Traits:
    """The traits of a contrast; `undone`: another contrast of the pair turns it back."""
    en, ru = pair.en.words[found.en.last], pair.ru.words[found.ru.last]
    kinds = KINDS.get(en.token.pos_, "other"), KINDS.get(ru.token.pos_, "other")
    matches = [_match(pair, 0, found.en, found.ru), _match(pair, 1, found.ru, found.en)]
    elsewhere = [_akin_elsewhere(pair, 0, found), _akin_elsewhere(pair, 1, found)]
    return Traits(
        found.near,
        _aside(pair, found),
        float(kinds[0] == kinds[1]),
        float(kinds == ("noun", "noun")),
        float(found.en.derived) + float(found.ru.derived),
        float(found.group in languages.shared("contrasts")["doubtful"]),
        translations.kinship(en.stem, ru.stem),
        max(matches),
        min(matches),
        max(elsewhere),
        min(elsewhere),
        float(_turned(pair, found)),
        float(undone),
        float(opposites(found.group)),
        _heads(pair, found),
        float(en.name or ru.name),
        float(_unexplained(pair, "en", found.en) + _unexplained(pair, "ru", found.ru)),
        min(pair.coverage),
        min(translations.firmness(en.stem, pair.en.lang), translations.firmness(ru.stem, pair.ru.lang)),
        log(1 + len(pair.en.words) + len(pair.ru.words)),
    )


SURROUNDED, SHIFTED = 0.4, 0.25
"""Closeness from which two words stand in one place whatever the order of their sentences, and how far apart they then count at most."""


def _aside(pair: Pair, found: Contrast) -> float:
    """How far apart the words stand by the height of their sentences; what stands around them tells more ("was suspended after the raids",
    «после рейдов было расторгнуто»)."""
    aside = abs(place(pair.en, found.en) - place(pair.ru, found.ru))
    return min(aside, SHIFTED) if _of_terms(found) and found.near >= SURROUNDED else aside


def _turned(pair: Pair, found: Contrast) -> bool:
    """One of two opposites is denied; no denial makes one term of another ("an armistice that nobody signed", «никем не подписанный
    договор»)."""
    return not _of_terms(found) and turned(pair.en, found.en) != turned(pair.ru, found.ru)


def _of_terms(found: Contrast) -> bool:
    return not opposites(found.group)


AROUND = 4
"""Words to either side of a contrast that are searched for others without a translation."""


def _unexplained(pair: Pair, lang: str, hit: Hit) -> int:
    """The words around a contrast that nothing on the other side explains: where they are many, the translation is free."""
    return sum(hit.first - AROUND <= n <= hit.last + AROUND for n in pair.unexplained(lang))


def _heads(pair: Pair, found: Contrast) -> float:
    """Both words hang on words that translate each other: 1, on others: -1, unless a head is no content word."""
    heads = []
    for side, hit in ((pair.en, found.en), (pair.ru, found.ru)):
        index = {w.token.i: n for n, w in enumerate(side.words)}
        heads.append(index.get(side.words[hit.last].token.head.i, -1))
    en, ru = heads
    if (en, ru) == (found.en.last, found.ru.last):
        return 1.0
    if en < 0 or ru < 0 or not (pair.en.words[en].content and pair.ru.words[ru].content):
        return 0.0
    return 1.0 if ru in pair.partners("en", en) else -1.0


def _match(pair: Pair, k: int, hit: Hit, other: Hit) -> float:
    """How sure a word of the hit has its translation; of two phrases ("vote for", «голосовать против») outside the other one."""
    side = (pair.en, pair.ru)[k]
    phrases = hit.first < hit.last and other.first < other.last
    met = [pair.matches[k].get(n, (-1, 0.0)) for n in range(hit.first, hit.last + 1) if side.words[n].content]
    return max((p for m, p in met if not (phrases and other.first <= m <= other.last)), default=0.0)


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
    kind = "polarity" if opposites(found.group) else "terminology"
    p, threshold = probability(kind, traits(pair, found, undone)), THRESHOLD[kind]
    if p < DOUBTED:
        return WEIGHT * p / DOUBTED
    if p < threshold:
        return WEIGHT + (0.499 - WEIGHT) * (p - DOUBTED) / (threshold - DOUBTED)
    return min(SUREST, 0.5 + (p - threshold))
