"""What the index shows of all works: collected work by work, so that no work stays in memory."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from pipeline.compare.finding import KINDS, REPORTED
from pipeline.counterparts import pairs
from pipeline.document import Comparison, Difference, Event, Factor, Quantity, Statement, Work
from pipeline.report.summary import SEVERITIES, Summary, summary

GROUPS = ("economic", "political", "historical", "sociocultural", "psychological")


MOST = 5_000
"""Rows of a table that the report keeps: more make neither a readable page nor a bounded memory; the tables hold all."""


class Entry(Struct, frozen=True):
    """A record as one or both versions have it, and where to read it (anchors on the work's page)."""

    work: str
    en: Statement | Quantity | Event | None
    ru: Statement | Quantity | Event | None
    anchor: str

    @property
    def best(self) -> Statement | Quantity | Event:
        found = self.en or self.ru
        assert found is not None
        return found


class Found(Struct, frozen=True):
    """A difference and where to read it."""

    work: str
    difference: Difference
    number: int


class Overview(Struct):
    """The index in the making."""

    works: list[Summary] = field(default_factory=list)
    compared: dict[str, Comparison] = field(default_factory=dict)
    heat: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    statements: list[Entry] = field(default_factory=list)
    changes: list[Entry] = field(default_factory=list)
    events: list[Entry] = field(default_factory=list)
    differences: list[Found] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, work: Work) -> None:
        """Keep of a work what the index needs; beyond `MOST` rows a table is only counted."""
        self._take("works", [summary(work)])
        if work.comparison:
            self.compared[work.id] = work.comparison
        for lang, version in work.versions.items():
            for factor in version.factors or ():
                self.heat.update((factor.group, country, lang) for country in _countries(factor))
        self._take("statements", _entries(work, "statements"))
        self._take("changes", [entry for entry in _entries(work, "quantities") if _is_change(entry.best)])
        self._take("events", _entries(work, "events"))
        found = [
            Found(work.id, difference, number)
            for number, difference in enumerate(work.differences or (), 1)
            if difference.confidence >= REPORTED
        ]
        self.by_kind.update((f.difference.kind, f.difference.severity) for f in found)
        self._take("differences", found)

    def _take(self, name: str, rows: Iterable[Any]) -> None:
        table = getattr(self, name)
        for row in rows:
            self.totals[name] += 1
            if len(table) < MOST:
                table.append(row)

    def sort(self) -> None:
        """Bring everything into an order that does not depend on the order of the works."""
        self.works.sort(key=lambda s: s.id)
        self.compared = dict(sorted(self.compared.items()))
        for entries in (self.statements, self.changes):
            entries.sort(key=lambda e: e.work)
        self.events.sort(key=lambda e: (_starts(e), e.work))
        self.differences.sort(key=lambda f: (f.work, f.number))

    def tables(self) -> dict[str, list[Found] | list[Entry]]:
        """The tables that grow with the corpus."""
        return {
            "differences": self.differences,
            "statements": self.statements,
            "changes": self.changes,
            "events": self.events,
        }

    def countries(self) -> list[str]:
        """The countries of the heat map, most mentioned first; mentions without a country come last."""
        totals: Counter[str] = Counter()
        for (_, country, _), count in self.heat.items():
            totals[country] += count
        return sorted(totals, key=lambda c: (not c, -totals[c], c))

    def groups(self) -> list[str]:
        """The factor groups of the heat map: those of the typology if it is in use, then any others."""
        found = {group for group, _, _ in self.heat}
        return [*(GROUPS if found & set(GROUPS) else ()), *sorted(found - set(GROUPS))]

    def kinds(self) -> dict[str, dict[str, int]]:
        """Differences of the whole corpus by kind and severity."""
        counts = self.by_kind
        found = {kind for kind, _ in counts}
        ordered = [k for k in KINDS if k in found] + sorted(found - set(KINDS))
        return {kind: {severity: counts[kind, severity] for severity in SEVERITIES} for kind in ordered}


def _countries(factor: Factor) -> tuple[str, ...]:
    return factor.countries or ("",)


def _entries(work: Work, layer: str) -> Iterator[Entry]:
    numbers = {
        id(r): f"{lang}-{layer}-{i}"
        for lang in work.versions
        for i, r in enumerate(getattr(work.versions[lang], layer) or (), 1)
    }
    for en, ru in pairs(work, layer):
        yield Entry(work.id, en, ru, numbers[id(en if en is not None else ru)])


def _is_change(record: Statement | Quantity | Event) -> bool:
    """A change has two values or a stated difference; a bare value is no change."""
    return isinstance(record, Quantity) and bool(
        (record.from_ and record.to) or record.change_pct or record.change_pp
    )


def _starts(entry: Entry) -> str:
    event = entry.best
    return event.date.start if isinstance(event, Event) and event.date else "9999"
