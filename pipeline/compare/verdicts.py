"""What the judge makes of the findings of the rules, and what it finds where they see nothing.

The rules know why two words differ, the judge (`judge`) only that they do, but in words that no rule has. So a finding is the surer the more
its words seem changed to the judge, and the doubtfuller the less; and where the judge is sure of words of both versions that nothing
else reports, it reports them itself.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Any, NamedTuple

import msgspec
import numpy as np

from pipeline import shipped
from pipeline.align.stem import stem
from pipeline.compare import negation, thesaurus
from pipeline.compare.finding import REPORTED, difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Span
from pipeline.judge import KINDS, Judgement

BY = "judge"
WEIGHTS = "models/judge/weights.json"
EVEN = 0.02
"""No probability is taken for nearer to nothing, or to certainty, than this."""
MARKED = 0.4
"""Probability of a change from which a word counts as marked."""
GAP = 2
"""Places by which two marked words of one stretch may lie apart."""
DOUBTED, SURE = 0.3, 0.65
"""Share of real findings below which one is doubted, and from which it is reported. Source: of unread works, estimated
from read ones (`models/judge/README.md`): from .79 to .81 of F1, with the findings in faithful news as many as before."""
LISTED = 0.45
"""The most that a doubted finding weighs; from 0.4 a match of the judge's own is listed."""
WORDED = frozenset({"omission", "addition", "polarity", "terminology", "modality", "attribution"})
"""The kinds that are a matter of words."""
ALONE = {
    "polarity": "say the opposite",
    "terminology": "are different things",
    "modality": "are not equally certain or binding",
    "attribution": "tell otherwise who says it, or how",
}
"""The kinds that the judge reports by itself, and how it says so."""


class Opinion(NamedTuple):
    """What the judge says of two stretches: how surely both are changed, and changed in this way."""

    changed: float
    kind: float


class Stretch(NamedTuple):
    """Marked words of a side that stand together, and their place in the version."""

    words: tuple[int, ...]
    start: int
    end: int


class Match(NamedTuple):
    """Two marked stretches, one of each version, that are changed in the same way."""

    kind: str
    en: Stretch
    ru: Stretch
    opinion: Opinion


def weighed(found: Iterable[Difference], pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The findings, each with the weight that rule and judge give it together."""
    places = Places(pairs)
    for one in found:
        pair = places.of(one)
        said = opinion(pair, one) if pair is not None else None
        yield one if said is None else msgspec.structs.replace(one, confidence=together(one, said))


def together(found: Difference, said: Opinion) -> float:
    """The weight of a finding by what the rules and the judge say.

    It stays as sure as the rules make it, unless both together doubt it, or are surer: of numbers, dates and names the rules know
    more, and plain opposites are opposites whatever the judge thinks.
    """
    line = _model()["rules"].get(found.kind)
    if line is None:
        return found.confidence
    both = _share(line, sides(found, said))
    if both < DOUBTED and found.kind != "polarity":
        return min(found.confidence, LISTED)
    return max(found.confidence, both) if both >= SURE and found.kind in WORDED else found.confidence


def sides(found: Difference, said: Opinion) -> dict[str, float]:
    """What is weighed of a finding: the rule's word and the judge's."""
    return {"rule": _odds(found.confidence), "changed": _odds(said.changed)}


def alone(pairs: Sequence[Pair], ruled: Sequence[Difference]) -> Iterator[Difference]:
    """What the judge finds by itself, where the rules report nothing."""
    reported = [one for one in ruled if one.confidence >= REPORTED]
    for pair in pairs:
        for match in matches(pair):
            if any(meets(match, one) for one in reported):
                continue
            weight = _share(_model()["alone"], traits(pair, match)) * pair.sure
            if match.kind in ALONE and weight >= MARKED:
                en, ru = (
                    evidence(side.version, stretch.start, stretch.end, BY)
                    for side, stretch in ((pair.en, match.en), (pair.ru, match.ru))
                )
                said = f"{quoted(en.text, 'en')} and {quoted(ru.text, 'ru')} {ALONE[match.kind]}."
                yield difference(match.kind, en, ru, weight, said)


def meets(match: Match, found: Difference) -> bool:
    """A finding is about words of the match, on one side at least."""
    sides = ((match.en, found.en), (match.ru, found.ru))
    return any(span is not None and s.start < span.end and span.start < s.end for s, span in sides)


def traits(pair: Pair, match: Match) -> dict[str, float]:
    """What is weighed of a match."""
    ours, theirs = (_inside(side, s) for side, s in ((pair.en, match.en), (pair.ru, match.ru)))
    denied = any(n in row for side, row in ((pair.en, ours), (pair.ru, theirs)) for n in negation.raw(side))
    content = [
        [n for n in row if side.words[n].content] for side, row in ((pair.en, ours), (pair.ru, theirs))
    ]
    return {
        "changed": _odds(match.opinion.changed),
        "kind": _odds(match.opinion.kind),
        "rendered": max((_rendered(pair, n, m) for n in content[0] for m in content[1]), default=0.0),
        "denied": float(denied and match.kind == "polarity"),
        "length": log(1 + sum(map(len, content))),
        **{kind: float(match.kind == kind) for kind in ALONE},
    }


def _inside(side: Side, stretch: Stretch) -> list[int]:
    return [n for n, word in enumerate(side.words) if stretch.start <= word.start < stretch.end]


def _rendered(pair: Pair, en: int, ru: int) -> float:
    """How surely two words render each other, by the lexicon or the thesaurus."""
    stems = stem(pair.en.words[en].lemma), stem(pair.ru.words[ru].lemma)
    return max(pair.partners("en", en).get(ru, 0.0), float(thesaurus.renders(*stems)))


def opinion(pair: Pair, found: Difference) -> Opinion | None:
    """What the judge says of a finding's evidence; None where it has not read it."""
    judged = pair.judged
    if judged is None:
        return None
    said = [
        side.kinds[inside]
        for side, whole, span in zip(judged, (pair.en, pair.ru), (found.en, found.ru), strict=True)
        if span is not None and (inside := _within(side, whole, span)).any()
    ]
    if not said:
        return None
    kind = KINDS.index(found.kind if found.kind in KINDS else "missing")
    return Opinion(
        min(float((1 - rows[:, 0]).max()) for rows in said), min(float(rows[:, kind].max()) for rows in said)
    )


def matches(pair: Pair) -> Iterator[Match]:
    """The marked stretches of both versions, each with the one that is changed likest, the surest first."""
    if pair.judged is None:
        return
    sides = [
        [
            (stretch, side.changed[[*stretch.words]].max(), side.kinds[[*stretch.words], 1:].max(0))
            for stretch in _stretches(side, whole)
        ]
        for side, whole in zip(pair.judged, (pair.en, pair.ru), strict=True)
    ]
    found = []
    for en, sure, kinds in sides[0]:
        for ru, other_sure, other in sides[1]:
            both = np.sqrt(kinds * other)
            said = Opinion(float(min(sure, other_sure)), float(both.max()))
            found.append(Match(KINDS[1 + int(both.argmax())], en, ru, said))
    taken: set[tuple[str, Stretch]] = set()
    for match in sorted(found, key=lambda m: (-m.opinion.changed * m.opinion.kind, m.en.start, m.ru.start)):
        both_sides = {("en", match.en), ("ru", match.ru)}
        if not both_sides & taken:
            taken |= both_sides
            yield match


def _stretches(side: Judgement, whole: Side) -> Iterator[Stretch]:
    row: list[int] = []
    for n in [*np.flatnonzero(side.changed >= MARKED).tolist(), len(side.starts) + GAP + 1]:
        if row and n - row[-1] > GAP:
            start, end = int(side.starts[row[0]]), int(side.ends[row[-1]])
            yield Stretch(tuple(row), whole.start + start, whole.start + end)
            row = []
        row.append(n)


def _within(side: Judgement, whole: Side, span: Span) -> Any:
    return side.within(span.start - whole.start, span.end - whole.start)


class Places:
    """Finds the pair in which a finding's first evidence lies."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs = {lang: sorted(pairs, key=lambda pair: pair.side(lang).start) for lang in ("en", "ru")}
        self._starts = {
            lang: [pair.side(lang).start for pair in ordered] for lang, ordered in self._pairs.items()
        }

    def of(self, found: Difference) -> Pair | None:
        lang, span = ("en", found.en) if found.en is not None else ("ru", found.ru)
        at = bisect_right(self._starts[lang], span.start) - 1 if span is not None else -1
        if span is None or at < 0:
            return None
        pair = self._pairs[lang][at]
        return pair if span.start < pair.side(lang).end else None


@cache
def _model() -> Mapping[str, Any]:
    return json.loads(shipped.path(WEIGHTS).read_text("utf-8"))  # type: ignore[no-any-return]


def _share(line: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The logistic of a line over traits, "bias" among its coefficients."""
    return 1 / (1 + exp(-line["bias"] - sum(line[name] * value for name, value in found.items())))


def _odds(p: float) -> float:
    p = min(1 - EVEN, max(EVEN, p))
    return log(p / (1 - p))
