"""Which annotation of one version is which of the other: they stand in the same bead and agree best."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from pipeline.document import Event, Lang, Quantity, Span, Statement, Version, Work

Pair = tuple[Any, Any]
"""An English and a Russian record; None where the other version has none."""


def pairs(work: Work, layer: str) -> list[Pair]:
    """The records of a layer, paired across the versions through sentence beads, in text order.

    Only records of one bead can pair; the best agreement goes first, ties go to the nearer order in the text.
    """
    en, ru = (
        list(getattr(work.versions[lang], layer) or ()) if lang in work.versions else []
        for lang in ("en", "ru")
    )
    partner = _matched(work, en, ru) if en and ru else {}
    found: list[Pair] = [(record, ru[partner[i]] if i in partner else None) for i, record in enumerate(en)]
    taken = set(partner.values())
    return found + [(None, record) for j, record in enumerate(ru) if j not in taken]


def linked(work: Work) -> dict[Lang, Version]:
    """The versions with every statement naming its counterpart: “We waited” and «Мы ждали» of one bead."""
    both = [(en.id, ru.id) for en, ru in pairs(work, "statements") if en is not None and ru is not None]
    partner: dict[str, str] = dict(both) | {ru: en for en, ru in both}
    return {
        lang: msgspec.structs.replace(version, statements=_paired(version.statements, partner))
        for lang, version in work.versions.items()
    }


def _paired(
    statements: tuple[Statement, ...] | None, partner: dict[str, str]
) -> tuple[Statement, ...] | None:
    if statements is None:
        return None
    return tuple(msgspec.structs.replace(s, pair=partner.get(s.id)) for s in statements)


def _matched(work: Work, en: Sequence[Span], ru: Sequence[Span]) -> dict[int, int]:
    homes_en, homes_ru = list(_beads(work, "en", en)), list(_beads(work, "ru", ru))
    by_bead: dict[int, list[int]] = {}
    for j, beads in enumerate(homes_ru):
        for bead in beads:
            by_bead.setdefault(bead, []).append(j)
    candidates = {(i, j) for i, beads in enumerate(homes_en) for bead in beads for j in by_bead.get(bead, ())}
    ranked = sorted(candidates, key=lambda ij: (-_agreement(en[ij[0]], ru[ij[1]]), abs(ij[0] - ij[1]), ij))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in ranked:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _beads(work: Work, lang: Lang, records: Sequence[Span]) -> Iterator[set[int]]:
    """For each record the sentence beads it stands in."""
    sentences = work.versions[lang].sentences or ()
    bead_of: dict[int, int] = {}
    for number, bead in enumerate(work.alignment):
        if bead.level == "sentence":
            bead_of |= dict.fromkeys(bead.en if lang == "en" else bead.ru, number)
    for record in records:
        inside = [i for i, s in enumerate(sentences) if s.start < record.end and record.start < s.end]
        yield {bead_of[i] for i in inside if i in bead_of}


def _agreement(en: Span, ru: Span) -> int:
    """How many telling fields are equal."""
    return sum(read(en) == read(ru) for read in TELLING.get(type(en), ()))


TELLING: dict[type, tuple[Callable[[Any], Any], ...]] = {
    Statement: (lambda s: s.kind, lambda s: s.country, lambda s: s.former),
    Quantity: (lambda q: q.from_, lambda q: q.to, lambda q: q.change_pct, lambda q: q.counterpart),
    Event: (lambda e: e.type, lambda e: e.date),
}
"""What two records of one bead should share if they say the same thing."""
