"""A word rendered by its opposite: «получить» for "cede", «подтолкнуть» for "discourage".

The groups of `contrasts` hold the oppositions that come again and again; here every headword of the thesaurus has its own. A candidate
is a headword none of whose renderings is left for it on the other side, where one of its opposites stands. Most candidates are chance, or
say the same by another turn ("spoken", «не молчит»); what tells them apart is weighed as learned (`models/reversals/README.md`).
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from typing import Any, NamedTuple

import numpy as np

from pipeline import shipped
from pipeline.align import lexicon
from pipeline.align.stem import stem
from pipeline.compare import contrasts, headwords, moments, negation, thesaurus, weighing
from pipeline.compare.contrasts import Contrast, Hit
from pipeline.compare.headwords import Index, Stretch
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.renderings import Renderings
from pipeline.compare.thesaurus import Entry

WEIGHTS = "models/reversals/weights.json"
THRESHOLD = 0.94
"""Probability from which a reversal is reported: one in thirty thousand words of faithful news."""
DOUBTED, WEIGHT = 0.7, 0.42
"""Probability below which hardly one is real, and the weight that stands for it."""
SUREST = 0.9
BESIDE = 4
"""Words to either side of the Russian word that show how literally it is surrounded."""
LATE = 6
"""Place in the thesaurus' list from which on a word says little more."""


class Traits(NamedTuple):
    """What is weighed of a reversal besides the traits of every contrast (`weighing.Traits`)."""

    like_elsewhere_en: float
    like_elsewhere_ru: float
    rendered_en: float
    rendered_ru: float
    denials: float
    surrounded: float
    together: float
    rank: float
    phrase: float
    renders: float


class Reversal(NamedTuple):
    """A contrast of a headword with one of its opposites, and how sure it is, 0.5 where it begins to be reported."""

    contrast: Contrast
    weight: float


def reversals(pair: Pair) -> Iterator[Reversal]:
    """The surest reversal of each place of a pair in two languages."""
    if pair.editions:
        return
    found = list(candidates(pair))
    if not found:
        return
    whole = Renderings(pair, "en")
    weighed = sorted(
        (Reversal(one, weight(traits(pair, whole, one, entry))) for one, entry in found),
        key=lambda x: (-x.weight, x.contrast.en, x.contrast.ru),
    )
    taken: set[tuple[str, int]] = set()
    for one in weighed:
        places = {("en", one.contrast.en.last), ("ru", one.contrast.ru.last)}
        if not places & taken:
            taken |= places
            yield one


def candidates(pair: Pair) -> Iterator[tuple[Contrast, Entry]]:
    """The headwords of a pair that have lost their renderings, beside opposites of theirs."""
    there = Index(headwords.forms(pair.ru.words))
    seen: set[tuple[int, int, int, int]] = set()
    known = headwords.headwords(headwords.forms(pair.en.words))
    phrases = _rendered_phrases(known, there)
    for number, every in known.items():
        ours = [
            (first, last)
            for first, last in every
            if not any(a <= first and last <= b and (a, b) != (first, last) for a, b in phrases)
        ]
        entry = thesaurus.entries()[number]
        theirs = [
            Hit(member, *stretch)
            for member, phrases in enumerate((entry.renderings, entry.opposites))
            for stretch in there.stretches(phrases)
        ]
        if not any(hit.member for hit in theirs):
            continue
        left = contrasts.left(pair, [Hit(0, *stretch) for stretch in ours], theirs)
        if not (left[0] and left[1]):
            continue
        near, a, b = max(
            ((contrasts.closeness(pair, a, b), a, b) for a in left[0] for b in left[1]),
            key=lambda x: (x[0], -x[1].first, -x[2].first),
        )
        place = (a.first, a.last, b.first, b.last)
        if place not in seen and not any(
            _counted(s, h) or _timed(s, h) or _compound(s, h) or _many(s, h)
            for s, h in ((pair.en, a), (pair.ru, b))
        ):
            seen.add(place)
            yield Contrast(" ".join(entry.english[0]), a, b, near), entry


def _rendered_phrases(known: Mapping[int, list[Stretch]], there: Index) -> list[Stretch]:
    """The headwords of several words that are rendered: "given up", «отказался» is no reversal of "give"."""
    return [
        (first, last)
        for number, stretches in known.items()
        for first, last in stretches
        if last > first and next(there.stretches(thesaurus.entries()[number].renderings), None)
    ]


def rendered(pair: Pair) -> Iterator[tuple[Entry, Hit, Hit]]:
    """The headwords of a pair that have opposites, each with the one word that renders it there."""
    there = Index(headwords.forms(pair.ru.words))
    for number, ours in headwords.headwords(headwords.forms(pair.en.words)).items():
        entry = thesaurus.entries()[number]
        theirs = list(there.stretches(entry.renderings))
        if entry.opposites and len(ours) == len(theirs) == 1 and theirs[0][0] == theirs[0][1]:
            yield entry, Hit(0, *ours[0]), Hit(0, *theirs[0])


def _counted(side: Side, hit: Hit) -> bool:
    """A numeral stands at the word, or is it: measures and dates are compared as such."""
    beside = side.words[max(0, hit.first - 1) : hit.last + 2]
    return any(w.token.pos_ == "NUM" or w.token.text[:1].isdigit() for w in beside)


def _timed(side: Side, hit: Hit) -> bool:
    """The word tells when: "until the morning", «до вечера» are compared as moments."""
    first, last = side.words[hit.first].start, side.words[hit.last].end
    return any(m.start < last and first < m.end for m in moments.read(side))


def _many(side: Side, hit: Hit) -> bool:
    """ "More than a few", "quite a few" are many."""
    before = " ".join(w.token.lower_ for w in side.words[max(0, hit.first - 2) : hit.first])
    return side.words[hit.first].lemma == "few" and before.endswith(MORE)


MORE = ("than a", "quite a", "not a")


def _compound(side: Side, hit: Hit) -> bool:
    """The word is a part of another one: "non-alignment"."""
    return side.version.text[: side.words[hit.first].start].endswith(("-", "‑"))


def traits(pair: Pair, whole: Renderings, found: Contrast, entry: Entry) -> dict[str, float]:
    """The traits of a reversal by name."""
    i, j = found.en.last, found.ru.last
    ours = set(range(found.en.first, found.en.last + 1))
    theirs = set(range(found.ru.first, found.ru.last + 1))
    strength, by = whole.strength, whole.whole.by
    back = {there: here for here, there in by.items()}
    denied = [len(negation.raw(side)) for side in (pair.en, pair.ru)]
    beside = [
        n
        for n in range(j - BESIDE, j + BESIDE + 1)
        if 0 <= n < len(pair.ru.words) and n not in theirs and pair.ru.words[n].content
    ]
    opposites = entry.opposites
    said = tuple(w.lemma for w in pair.ru.words[found.ru.first : found.ru.last + 1])
    own = Traits(
        like_elsewhere_en=max(
            (float(strength[i, k]) for k in range(strength.shape[1]) if k not in theirs), default=0.0
        ),
        like_elsewhere_ru=max(
            (float(strength[k, j]) for k in range(strength.shape[0]) if k not in ours), default=0.0
        ),
        rendered_en=float(whole.whole.ours[i]) if by.get(i) not in theirs else 0.0,
        rendered_ru=float(whole.whole.theirs[j]) if back.get(j) not in ours else 0.0,
        denials=abs(denied[0] - denied[1]),
        surrounded=sum(float(whole.whole.theirs[n]) for n in beside) / max(1, len(beside)),
        together=_together(pair.en.words[i].stem, pair.ru.words[j].stem),
        rank=min(LATE, opposites.index(said) if said in opposites else LATE),
        phrase=len(ours) + len(theirs) - 2,
        renders=float(thesaurus.renders(stem(pair.en.words[i].lemma), stem(pair.ru.words[j].lemma))),
    )
    return weighing.traits(pair, found)._asdict() | own._asdict()


def _together(en: str, ru: str) -> float:
    """The lexicon's probability of the words, however low; -1 where it does not know one."""
    book = lexicon.load()
    at, there = book.en.get(en), book.ru.get(ru)
    if at is None or there is None:
        return -1.0
    _, target, to_ru, to_en = book.entries(np.array([at]))
    return max(
        (float(max(a, b)) for t, a, b in zip(target, to_ru, to_en, strict=True) if t == there), default=0.0
    )


@cache
def _model() -> dict[str, Any]:
    return json.loads(shipped.path(WEIGHTS).read_text("utf-8"))  # type: ignore[no-any-return]


def weight(found: Mapping[str, float]) -> float:
    """The weight of a reversal by its traits."""
    model = _model()
    p = 1 / (1 + exp(-model["bias"] - sum(w * found[name] for name, w in model["traits"].items())))
    threshold = THRESHOLD
    if p < DOUBTED:
        return WEIGHT * p / DOUBTED
    if p < threshold:
        return WEIGHT + (0.499 - WEIGHT) * (p - DOUBTED) / (threshold - DOUBTED)
    return min(SUREST, 0.6 + 5 * (p - threshold))
