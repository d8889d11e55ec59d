"""Comparing the two versions of a work: every difference that matters, few false alarms.

`differences` reads the aligned, annotated work; each kind of difference is a module with one function `compare`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from pipeline.compare import date, entity, modality, number, omission, polarity, reading, terminology
from pipeline.compare.pairs import pairs
from pipeline.document import Difference, Lang, Work

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["differences"]


def differences(work: Work, docs: Mapping[Lang, "Doc"]) -> tuple[Difference, ...]:
    """All differences between the versions of a work, in text order, numbered."""
    if len(work.versions) < 2:
        return ()
    aligned = pairs(work, docs)
    en, ru = (reading.read(work.versions[lang]) for lang in ("en", "ru"))
    found = [
        *omission.compare(work),
        *number.compare(aligned, en, ru),
        *date.compare(aligned, en, ru),
        *entity.compare(aligned),
        *polarity.compare(aligned),
        *modality.compare(aligned),
        *terminology.compare(aligned),
    ]
    return _numbered(found)


def _numbered(found: Iterable[Difference]) -> tuple[Difference, ...]:
    ordered = sorted(found, key=_place)
    return tuple(msgspec.structs.replace(d, id=f"difference.{i}") for i, d in enumerate(ordered, 1))


def _place(found: Difference) -> tuple[int, int, str]:
    first = found.en or found.ru
    assert first is not None, "a difference has evidence on at least one side"
    return found.en is None, first.start, found.kind
