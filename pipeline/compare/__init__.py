"""Comparing the two versions of a work: every difference that matters, few false alarms.

`differences` reads the aligned, annotated work; each kind of difference is a module with one function `compare`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from threadpoolctl import threadpool_limits

from pipeline.compare import (
    attribution,
    coding,
    conditions,
    date,
    entity,
    kinds,
    modality,
    number,
    omission,
    polarity,
    qualifications,
    reading,
    sources,
    terminology,
    verdicts,
)
from pipeline.compare.attribution.claims import claimed
from pipeline.compare.elsewhere import doubted
from pipeline.compare.finding import calibrated
from pipeline.compare.models import component
from pipeline.compare.pairs import Pair, pairs
from pipeline.compare.severity import severity
from pipeline.document import Difference, Lang, Work

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["component", "differences"]


def differences(work: Work, docs: Mapping[Lang, "Doc"]) -> tuple[Difference, ...]:
    """All differences between the versions of a work, in text order, numbered.

    One thread: the encoder's sentences are too short for several, which would wait for one another.
    """
    if len(work.versions) < 2:
        return ()
    with threadpool_limits(1):
        return _differences(work, docs)


def _differences(work: Work, docs: Mapping[Lang, "Doc"]) -> tuple[Difference, ...]:
    aligned = pairs(work, docs)
    told = sources.read(work, docs)
    ruled = list(verdicts.weighed(by_rule(work, aligned, told), aligned))
    found = kinds.settled([*ruled, *verdicts.alone(aligned, ruled)], aligned, told)
    weighed = (
        msgspec.structs.replace(d, confidence=calibrated(d.kind, d.confidence)) for d in _distinct(found)
    )
    return _numbered(
        msgspec.structs.replace(d, severity=severity(d, work)) for d in [*weighed, *coding.compare(work)]
    )


def by_rule(work: Work, aligned: Sequence[Pair], told: sources.Sources) -> list[Difference]:
    """What the rules find, each finding with the weight that its rule gives it."""
    en, ru = (reading.read(work.versions[lang]) for lang in ("en", "ru"))
    turned = list(conditions.compare(aligned))
    found = [
        *omission.compare(work, aligned, en, ru),
        *(
            one
            for one in qualifications.compare(aligned)
            if not any(conditions.retold(one, other) for other in turned)
        ),
        *number.compare(aligned, en, ru),
        *date.compare(aligned, en, ru),
        *attribution.compare(aligned, told),
        *entity.compare(aligned),
        *turned,
        *polarity.compare(aligned),
        *modality.compare(aligned),
        *terminology.compare(aligned),
    ]
    return list(doubted(claimed(found, aligned, told), aligned))


FIRST = (
    "omission",
    "addition",
    "number",
    "date",
    "attribution",
    "entity",
    "polarity",
    "modality",
    "terminology",
    "factor",
)
"""Where two findings are about the same words, the kind that comes first here says more about them."""


def _distinct(found: Iterable[Difference]) -> list[Difference]:
    """One difference per cause: of findings about the same words the surest stays, then the most specific."""
    kept: list[Difference] = []
    for one in sorted(
        found, key=lambda d: (-round(d.confidence + MORE.get(d.kind, 0), 1), FIRST.index(d.kind), _place(d))
    ):
        if not any(_same_words(one, other) for other in kept):
            kept.append(one)
    return kept


MORE = {"date": 0.2}
"""By how much a finding may be less sure than another about the same words and stay: spring and autumn are opposites and terms too."""
EXCHANGED = (
    {"polarity", "terminology"},
    {"polarity", "date"},
    {"terminology", "date"},
    {"modality"},
    {"entity"},
    {"attribution"},
)
"""Kinds whose evidence is a word, a name or a source and what stands in its place: it has one counterpart."""


def _same_words(a: Difference, b: Difference) -> bool:
    """The findings overlap in both versions, or in the only one that they show; of exchanged words, in either."""
    sides = [(a.en, b.en), (a.ru, b.ru)]
    overlaps = [x.start < y.end and y.start < x.end for x, y in sides if x is not None and y is not None]
    exchanged = any({a.kind, b.kind} <= sorts for sorts in EXCHANGED)
    return bool(overlaps) and (any(overlaps) if exchanged else all(overlaps))


def _numbered(found: Iterable[Difference]) -> tuple[Difference, ...]:
    ordered = sorted(found, key=_place)
    return tuple(msgspec.structs.replace(d, id=f"difference.{i}") for i, d in enumerate(ordered, 1))


def _place(found: Difference) -> tuple[int, int, str]:
    first = found.en or found.ru
    assert first is not None, "a difference has evidence on at least one side"
    return found.en is None, first.start, found.kind
