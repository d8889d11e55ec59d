"""Reviewers' answers beside the findings they are about, found again by quotation when the text has changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from pipeline.document import Lang, Span, Work
from pipeline.review.anchor import Place, anchor
from pipeline.review.store import Review

Key = tuple[str, int]
"""A layer with its version ("en.passages", "differences") and a record's number there, from 1."""


SAME = 0.5
"""Share of common characters above which a finding is the one that was asked about, with its edges moved."""


class Answer(Struct, frozen=True):
    """A review at its place: `moved` where the text has changed since, `now` what the machine says today."""

    review: Review
    now: str
    moved: bool

    @property
    def kept(self) -> bool:
        """The reviewer says what the machine says today."""
        return self.review.value == self.now


class Answers(Struct, frozen=True):
    """The answers of a work by the finding they belong to, and those whose finding is gone."""

    found: dict[Key, tuple[Answer, ...]]
    lost: tuple[Review, ...]


class Record(NamedTuple):
    """A finding as a review sees it: its spans by language, and the machine's answer as the queue puts it."""

    key: Key
    id: str
    spans: dict[Lang, Span]
    now: str


def placed(reviews: Iterable[Review], work: Work) -> Answers:
    """Every review at the finding that stands where its words stand now."""
    found: dict[Key, list[Answer]] = defaultdict(list)
    lost: list[Review] = []
    mine = [review for review in reviews if review.work == work.id]
    for review in sorted(mine, key=lambda r: (r.layer, r.target, r.reviewer)):
        places = _places(review, work)
        record = _nearest(review, places, work)
        if record is None:
            lost.append(review)
        else:
            found[record.key].append(Answer(review, record.now, _moved(review, places)))
    return Answers({key: tuple(given) for key, given in sorted(found.items())}, tuple(lost))


def _places(review: Review, work: Work) -> dict[Lang, Place]:
    """Where the words of the review stand now, in the versions that still have them."""
    found = {
        quote.lang: anchor(quote, work.versions[quote.lang].text)
        for quote in review.quotes
        if quote.lang in work.versions
    }
    return {lang: place for lang, place in found.items() if place is not None}


def _nearest(review: Review, places: dict[Lang, Place], work: Work) -> Record | None:
    """The finding that shares most with the places; of equals the one that was asked about."""
    records = [r for r in _records(work, review.layer) if _shared(r.spans, places) > SAME * len(places)]
    return max(records, key=lambda r: (_shared(r.spans, places), r.id == review.target), default=None)


def _moved(review: Review, places: dict[Lang, Place]) -> bool:
    """The words, or their offsets, are no longer those that the reviewer saw."""
    return any(places.get(quote.lang) != Place(quote.start, quote.end, True) for quote in review.quotes)


def _records(work: Work, layer: str) -> Iterator[Record]:
    if layer == "differences":
        for number, d in enumerate(work.differences or (), 1):
            sides: dict[Lang, Span | None] = {"en": d.en, "ru": d.ru}
            spans = {lang: span for lang, span in sides.items() if span is not None}
            yield Record((layer, number), d.id, spans, d.kind)
        return
    for lang, version in sorted(work.versions.items()):
        for number, found in enumerate(getattr(version, layer, None) or (), 1):
            now = found.group if layer == "passages" else found.speaker_name or ""
            yield Record((f"{lang}.{layer}", number), found.id, {lang: found}, now)


def _shared(spans: dict[Lang, Span], places: dict[Lang, Place]) -> float:
    """How far the finding covers the places of the review: common characters over all, summed over the versions."""
    return sum(_overlap(spans[lang], place) for lang, place in places.items() if lang in spans)


def _overlap(span: Span, place: Place) -> float:
    common = min(span.end, place.end) - max(span.start, place.start)
    return max(0, common) / (max(span.end, place.end) - min(span.start, place.start) or 1)
