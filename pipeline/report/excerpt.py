"""The beginning of a work that is too long for one page: no browser shows a book of a hundred megabytes of marks."""

from collections.abc import Iterable
from itertools import takewhile
from typing import TypeVar

import msgspec

from pipeline.document import LAYERS, Bead, Difference, Lang, Span, Version, Work

LONGEST = 200_000
"""Characters of a version that its page shows: some 30,000 words or 2 MB of page, which a browser lays out in a second."""

SpanType = TypeVar("SpanType", bound=Span)


def excerpt(work: Work, longest: int = LONGEST) -> Work:
    """The work itself, or its beginning up to whole sentences within `longest` characters a version.

    What is kept is numbered as in the whole, so that links from the index meet.
    """
    if all(len(version.text) <= longest for version in work.versions.values()):
        return work
    versions = {lang: _beginning(version, longest) for lang, version in work.versions.items()}
    sizes = {
        level: {lang: len(getattr(v, f"{level}s") or ()) for lang, v in versions.items()}
        for level in ("paragraph", "sentence")
    }
    differences = tuple(takewhile(lambda d: _inside(d, versions), work.differences or ()))
    return msgspec.structs.replace(
        work,
        versions=versions,
        alignment=tuple(bead for bead in work.alignment if _whole(bead, sizes[bead.level])),
        differences=None if work.differences is None else differences,
    )


def _beginning(version: Version, longest: int) -> Version:
    sentences = tuple(takewhile(lambda s: s.end <= longest, version.sentences or ()))
    end = sentences[-1].end if sentences else min(longest, len(version.text))
    if len(sentences) == len(version.sentences or ()) and len(version.text) <= longest:
        return version
    paragraphs = takewhile(lambda p: p.start < end, version.paragraphs or ())
    return msgspec.structs.replace(
        version,
        text=version.text[:end],
        paragraphs=tuple(msgspec.structs.replace(p, end=min(p.end, end)) for p in paragraphs),
        sentences=sentences,
        repairs=tuple(takewhile(lambda r: r.end <= end, version.repairs)),
        **{layer: _before(getattr(version, layer), end) for layer in LAYERS},
    )


def _before(layer: Iterable[SpanType] | None, end: int) -> tuple[SpanType, ...] | None:
    return None if layer is None else tuple(takewhile(lambda span: span.end <= end, layer))


def _whole(bead: Bead, size: dict[Lang, int]) -> bool:
    return all(i < size.get("en", 0) for i in bead.en) and all(i < size.get("ru", 0) for i in bead.ru)


def _inside(found: Difference, versions: dict[Lang, Version]) -> bool:
    return (found.en is None or found.en.end <= len(versions["en"].text)) and (
        found.ru is None or found.ru.end <= len(versions["ru"].text)
    )
