"""What the findings of a page can be chosen by: who speaks, which country it is about, how sure, how grave."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from pipeline.document import LAYERS, Difference, Entity, Factor, Passage, Quantity, Span, Statement, Work


class Facets(Struct, frozen=True):
    """The speakers, countries and categories of a work, each with the number of its findings."""

    who: dict[str, int]
    countries: dict[str, int]
    categories: dict[str, int]


def facets(work: Work) -> Facets:
    """What a page can be filtered by: "Maia Popescu" and «Майя Попеску» are two names, MD is one country."""
    counts: dict[str, Counter[str]] = {"who": Counter(), "countries": Counter(), "category": Counter()}
    for found in _findings(work):
        for name, value in of(found).items():
            if name in counts:
                counts[name].update(value.split("|"))
    return Facets(*(dict(sorted(counts[name].items())) for name in ("who", "countries", "category")))


def _findings(work: Work) -> Iterator[Span]:
    for _, version in sorted(work.versions.items()):
        for layer in LAYERS:
            yield from getattr(version, layer) or ()


def of(record: Any) -> dict[str, str]:
    """The facets of one finding, several values parted by "|"; a facet that it has not is left out."""
    found = {"sure": f"{100 * record.confidence:.0f}"}
    if isinstance(record, Difference):
        found |= {"kind": record.kind, "severity": record.severity}
    if isinstance(record, Passage):
        found["category"] = record.category
        found["sure"] = f"{100 * max(record.probabilities.values(), default=record.confidence):.0f}"
    if isinstance(record, Factor):
        found["category"] = record.category
    if isinstance(record, Statement):
        found["who"] = record.speaker_name or ""
    found["countries"] = "|".join(dict.fromkeys(filter(None, _countries(record))))
    return {name: value for name, value in found.items() if value}


def _countries(record: Any) -> tuple[str | None, ...]:
    if isinstance(record, Entity):
        return (record.link.value,) if record.link and record.link.scheme == "iso3166" else ()
    if isinstance(record, Quantity):
        return record.subject, record.counterpart
    if isinstance(record, Statement):
        return (record.country,)
    return record.countries if isinstance(record, Factor) else ()
