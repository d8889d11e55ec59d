"""What the judge makes of the findings of the rules, and what it finds where they see nothing.

The rules know why two words differ, the judge (`judge`) only that they do, but in words that no rule has. So a finding is the surer the more
its words seem changed to the judge, and the doubtfuller the less; and where the judge is sure of words of both versions, or of words that
the other one lacks, and nothing else reports them, it reports them itself.
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
from pipeline.bynames import one_bearer
from pipeline.compare import negation, seats, thesaurus
from pipeline.compare.finding import REPORTED, difference, evidence, missing, quoted
from pipeline.compare.names import country_of
from pipeline.compare.omission import trimmed
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span
from pipeline.encoder import Array
from pipeline.judge import KINDS, Judgement
from pipeline.places import one_place

BY = "judge"
WEIGHTS = "models/judge/weights.json"
EVEN = 0.001
"""No probability is taken for nearer to nothing, or to certainty, than this."""
MARKED = 0.4
"""Probability of a change from which a word counts as marked."""
GAP = 2
"""Places by which two marked words of one stretch may lie apart."""
DOUBTED, SURE = 0.4, 0.8
"""Share of real findings below which one is doubted, and from which it is reported. Source: cross-validation over works that
nobody had read when the rules were written (`models/judge/README.md`)."""
NUMBER = 0.25
"""Share from which a number is not doubted: whether two figures are one the rules know better."""
KNOWN = 0.8
"""Confidence of the rules that two names are known to the tables, and as those of different things; that is no matter of words."""
LISTED = 0.45
"""The most that a doubted finding weighs; from 0.4 a match of the judge's own is listed."""
NAMED = frozenset({"entity", "attribution"})
"""The kinds that two names of one bearer do not make."""
WORDED = frozenset({"omission", "addition", "polarity", "terminology", "modality", "attribution"})
"""The kinds that are a matter of words."""
SURER = {**dict.fromkeys(sorted(WORDED), SURE), "entity": 0.65}
"""Share from which rules and judge together report what the rules alone only suspect. Of names that the rules suspect and the judge reads
so, 28 of 34 were real in 125 works."""
SAID = {
    "entity": "name different people, places or bodies",
    "date": "are different times",
    "polarity": "say the opposite",
    "terminology": "are different things",
    "modality": "are not equally certain or binding",
    "attribution": "tell otherwise who says it, or how",
}
"""How the judge says that two stretches differ."""
MISSING: tuple[tuple[str, Lang], ...] = (("omission", "en"), ("addition", "ru"))
"""What it is to stand in one version only."""
ALONE = (*SAID, *(kind for kind, _ in MISSING))
"""The kinds that the judge reports by itself."""


class Opinion(NamedTuple):
    """What the judge says of two stretches: how surely both are changed, and changed in this way."""

    changed: float
    kind: float


class Stretch(NamedTuple):
    """Marked words of a side that stand together, and their place in the version."""

    words: tuple[int, ...]
    start: int
    end: int


class Marks(NamedTuple):
    """A marked stretch, how surely it is changed, and the probability of each kind of change."""

    stretch: Stretch
    sure: float
    kinds: Array


class Match(NamedTuple):
    """Two marked stretches, one of each version, that are changed in the same way; or one that the other version lacks."""

    kind: str
    en: Stretch | None
    ru: Stretch | None
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

    It stays as sure as the rules make it, unless both together doubt it, or are surer; of numbers and dates the rules know more, so these
    are doubted only.
    """
    line = _model()["rules"].get(found.kind)
    if (
        line is None
        or number_left_out(found)
        or _condition(found)
        or (found.kind == "entity" and found.confidence >= KNOWN)
    ):
        return found.confidence
    both = _share(line, sides(found, said))
    if both < (NUMBER if found.kind == "number" else DOUBTED):
        return min(found.confidence, LISTED)
    surer = both >= SURER.get(found.kind, 1.0)
    return max(found.confidence, both) if surer else found.confidence


def number_left_out(found: Difference) -> bool:
    """It is a number that one version does not tell, which the judge hardly misses: "her two sons", «её сыновья»."""
    spans = [span for span in (found.en, found.ru) if span is not None]
    return len(spans) == 1 and spans[0].by == NUMBERS


def _condition(found: Difference) -> bool:
    """Two opposite conditions, of which the judge knows little: "unless he asks", «если он просит»."""
    return "condition" in found.detail


NUMBERS = "compare.number"
"""Who finds that a number is left out."""


def sides(found: Difference, said: Opinion) -> dict[str, float]:
    """What is weighed of a finding: the rule's word and the judge's."""
    return {"rule": _odds(found.confidence), "changed": _odds(said.changed)}


def alone(pairs: Sequence[Pair], ruled: Sequence[Difference]) -> Iterator[Difference]:
    """What the judge finds by itself, where the rules report nothing."""
    for pair in pairs:
        found = list(matches(pair))
        for match in found:
            said = suspicion(match, ruled)
            if said >= REPORTED or not reportable(pair, match):
                continue
            weight = _share(_model()["alone"][match.kind], traits(pair, match, said, len(found) - 1))
            if weight >= MARKED:
                yield from _told(pair, match, weight)


def suspicion(match: Match, ruled: Iterable[Difference]) -> float:
    """The most that a finding of the rules about the words of a match weighs."""
    return max((one.confidence for one in ruled if meets(match, one)), default=0.0)


def reportable(pair: Pair, match: Match) -> bool:
    """Of a kind that the judge reports by itself, and not two names that the tables know for one."""
    return match.kind in ALONE and not (match.kind in NAMED and _alike(pair, match))


def _alike(pair: Pair, match: Match) -> bool:
    """The tables know names of both stretches as those of one place, country, person or body, whatever the judge thinks."""
    if match.en is None or match.ru is None:
        return False
    texts = [
        [side.words[n].token.text for n in _inside(side, stretch)]
        for side, stretch in ((pair.en, match.en), (pair.ru, match.ru))
    ]
    if not pair.editions and (one_bearer(*texts) or seats.one_government(*texts)):
        return True
    forms = []
    for side, stretch in ((pair.en, match.en), (pair.ru, match.ru)):
        words = [side.words[n] for n in _inside(side, stretch)] if stretch is not None else []
        whole = " ".join(word.token.text for word in words).removeprefix("The ").removeprefix("the ")
        forms.append([whole, *(form for word in words for form in (word.token.text, word.lemma))])
    return any(_one_name(en, ru) for en in forms[0] for ru in forms[1])


def _told(pair: Pair, match: Match, weight: float) -> Iterator[Difference]:
    if match.en is not None and match.ru is not None:
        yield _exchange(pair, match.kind, match.en, match.ru, weight)
    elif match.en is not None:
        yield from _lost(pair, "en", match.en, weight)
    elif match.ru is not None:
        yield from _lost(pair, "ru", match.ru, weight)


def _exchange(pair: Pair, kind: str, ours: Stretch, theirs: Stretch, weight: float) -> Difference:
    en = evidence(pair.en.version, ours.start, ours.end, BY)
    ru = evidence(pair.ru.version, theirs.start, theirs.end, BY)
    said = f"{quoted(en.text, 'en')} and {quoted(ru.text, 'ru')} {SAID[kind]}."
    return difference(kind, en, ru, weight * pair.sure, said)


def _lost(pair: Pair, lang: Lang, lone: Stretch, weight: float) -> Iterator[Difference]:
    start, end = trimmed(pair.side(lang).version.text, lone.start, lone.end)
    if start < end:
        yield missing(pair, lang, start, end, weight, "clause", BY)


def meets(match: Match, found: Difference) -> bool:
    """A finding is about words of the match, on one side at least."""
    sides = ((match.en, found.en), (match.ru, found.ru))
    return any(s and span and s.start < span.end and span.start < s.end for s, span in sides)


def traits(pair: Pair, match: Match, suspected: float, others: int) -> dict[str, float]:
    """What is weighed of a match; where many other words of a pair are marked too, its translation is free, or it is no pair."""
    sides = [(pair.en, match.en), (pair.ru, match.ru)]
    inside = [(side, [*_inside(side, stretch)]) for side, stretch in sides if stretch is not None]
    denied = any(n in row for side, row in inside for n in negation.raw(side))
    content = [(side, [n for n in row if side.words[n].content]) for side, row in inside]
    return {
        "changed": _odds(match.opinion.changed),
        "kind": _odds(match.opinion.kind),
        "rendered": _rendered(pair, content),
        "denied": float(denied and match.kind == "polarity"),
        "length": log(1 + sum(len(row) for _, row in content)),
        "suspected": suspected,
        "paired": pair.sure,
        "others": log(1 + others),
    }


def _inside(side: Side, stretch: Stretch) -> Iterator[int]:
    return (n for n, word in enumerate(side.words) if stretch.start <= word.start < stretch.end)


def _rendered(pair: Pair, content: Sequence[tuple[Side, Sequence[int]]]) -> float:
    """How surely any two words of both stretches render each other, by the lexicon or the thesaurus; of one stretch, how surely
    anything on the other side renders a word of it."""
    if len(content) == 1:
        [(side, row)] = content
        return max((p for n in row for p in pair.partners(side.lang, n).values()), default=0.0)
    (_, ours), (_, theirs) = content
    return max((_renders(pair, n, m) for n in ours for m in theirs), default=0.0)


def _renders(pair: Pair, en: int, ru: int) -> float:
    stems = stem(pair.en.words[en].lemma), stem(pair.ru.words[ru].lemma)
    return max(pair.partners("en", en).get(ru, 0.0), float(thesaurus.renders(*stems)))


def _one_name(en: str, ru: str) -> bool:
    """Both name one place, or stand for one country: "Ankara", «турецкий»."""
    if not en[:1].isupper():
        return False
    country = country_of(en, "en")
    return (country is not None and country == country_of(ru, "ru")) or one_place(en, ru)


def opinion(pair: Pair, found: Difference) -> Opinion | None:
    """What the judge says of a finding's evidence; None where it has not read it."""
    said = _said(pair, found)
    if not said:
        return None
    kind = KINDS.index(found.kind if found.kind in KINDS else "missing")
    return Opinion(
        min(float((1 - rows[:, 0]).max()) for rows in said), min(float(rows[:, kind].max()) for rows in said)
    )


def means(pair: Pair, found: Difference) -> Array | None:
    """The mean probability of each kind of change over a finding's words; None where the judge has not read them."""
    said = _said(pair, found)
    return np.mean([rows.mean(0) for rows in said], axis=0) if said else None


def _said(pair: Pair, found: Difference) -> list[Array]:
    """The judge's probabilities for the words of a finding, in the versions that show it."""
    if pair.judged is None:
        return []
    sides = zip(pair.judged, (pair.en, pair.ru), (found.en, found.ru), strict=True)
    return [
        side.kinds[inside]
        for side, whole, span in sides
        if span is not None and (inside := _within(side, whole, span)).any()
    ]


def matches(pair: Pair) -> Iterator[Match]:
    """The marked stretches of both versions, each with the one that is changed likest, the surest first; then what is missing."""
    if pair.judged is None:
        return
    sides = [list(_marks(side, whole)) for side, whole in zip(pair.judged, (pair.en, pair.ru), strict=True)]
    exchanged = [[marks for marks in side if not _lacking(marks)] for side in sides]
    yield from _exchanged(*exchanged)
    for (kind, lang), side in zip(MISSING, sides, strict=True):
        for marks in filter(_lacking, side):
            said = Opinion(marks.sure, float(marks.kinds.max()))
            en, ru = (marks.stretch, None) if lang == "en" else (None, marks.stretch)
            yield Match(kind, en, ru, said)


def _exchanged(ours: Sequence[Marks], theirs: Sequence[Marks]) -> Iterator[Match]:
    found = []
    for en in ours:
        for ru in theirs:
            both = np.sqrt(en.kinds * ru.kinds)
            said = Opinion(min(en.sure, ru.sure), float(both.max()))
            found.append((KINDS[1 + int(both.argmax())], en.stretch, ru.stretch, said))
    taken: set[tuple[str, Stretch]] = set()
    for kind, one, other, said in sorted(
        found, key=lambda m: (-m[3].changed * m[3].kind, m[1].start, m[2].start)
    ):
        both_sides = {("en", one), ("ru", other)}
        if not both_sides & taken:
            taken |= both_sides
            yield Match(kind, one, other, said)


def _marks(side: Judgement, whole: Side) -> Iterator[Marks]:
    for stretch in _stretches(side, whole):
        words = [*stretch.words]
        yield Marks(stretch, float(side.changed[words].max()), side.kinds[words, 1:].max(0))


def _lacking(marks: Marks) -> bool:
    """The stretch has likeliest no counterpart at all."""
    return KINDS[1 + int(marks.kinds.argmax())] == "missing"


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
