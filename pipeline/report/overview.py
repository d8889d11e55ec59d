"""What the index shows of all works: collected work by work, so that no work stays in memory."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from pipeline.compare.finding import KINDS, REPORTED
from pipeline.compare.summary import Corpus, corpus
from pipeline.document import Comparison, Difference, Event, Factor, Lang, Passage, Quantity, Statement, Work
from pipeline.report.consistency import Consistency
from pipeline.report.entry import Entry, Record, editions, entries
from pipeline.report.leaders import Leader, leaders, named, speaker
from pipeline.report.summary import CATEGORIES, SEVERITIES, Summary, summary

GROUPS = ("economic", "political", "historical", "sociocultural", "psychological")


MOST = 20_000
"""Rows of a table that the report keeps: more make neither a quick page nor a bounded memory; the tables hold all."""


class Found(Struct, frozen=True):
    """A difference and where to read it."""

    work: str
    difference: Difference
    number: int
    editions: Lang | None = None


class Overview(Struct):
    """The index in the making."""

    works: list[Summary] = field(default_factory=list)
    compared: dict[str, Comparison] = field(default_factory=dict)
    heat: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    statements: list[Entry] = field(default_factory=list)
    changes: list[Entry] = field(default_factory=list)
    events: list[Entry] = field(default_factory=list)
    passages: list[Entry] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    consistency: Consistency = field(default_factory=Consistency)
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
        told = {
            layer: list(entries(work, layer)) for layer in ("statements", "quantities", "events", "passages")
        }
        self.consistency.add(work, told)
        self._take("statements", told["statements"])
        self._take("changes", [entry for entry in told["quantities"] if _is_change(entry.best)])
        self._take("events", told["events"])
        self._take("passages", _openings(work, told["passages"]))
        found = [
            Found(work.id, difference, number, editions(work))
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
        for table in (self.statements, self.changes, self.passages):
            table.sort(key=lambda e: e.work)
        self.names = named(self.statements)
        self.leaders = leaders(self.statements, self.names)
        self.statements.sort(key=lambda e: (_country(e), not self.speaker(e), self.speaker(e), e.work))
        self.events.sort(key=lambda e: (_starts(e), e.work))
        self.differences.sort(key=lambda f: (f.work, f.number))

    def categories(self) -> list[str]:
        """The categories that passages have: those of the typology first, "none" last."""
        found = {name for pair in self.consistency.categories for name in pair}
        return sorted(found, key=lambda c: (c == "none", CATEGORIES.index(c) if c in CATEGORIES else 9, c))

    def corpus(self) -> Corpus:
        """The figures of the comparison over all works."""
        return corpus(list(self.compared.values()))

    def speaker(self, entry: Entry) -> str:
        """Who says it, by the name that the corpus knows."""
        return speaker(entry, self.names)

    def to_judge(self) -> list[Entry]:
        """The passages that people should look at first: where the model abstains, then the least certain."""
        return sorted(self.passages, key=lambda e: (-doubt(e), e.work))

    def tables(self) -> dict[str, list[Found] | list[Entry]]:
        """The tables that grow with the corpus."""
        return {
            "differences": self.differences,
            "statements": self.statements,
            "changes": self.changes,
            "events": self.events,
            "passages": self.passages,
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


def _country(entry: Entry) -> str:
    return (entry.best.country if isinstance(entry.best, Statement) else None) or "~"


def _countries(factor: Factor) -> tuple[str, ...]:
    return factor.countries or ("",)


OPENING = 180
"""Characters of a passage that its table shows; the page of the work has the rest."""


def _openings(work: Work, passages: Iterable[Entry]) -> Iterator[Entry]:
    """The passages with their beginnings, and the countries whose causes they name."""
    causes = {f.id: f for version in work.versions.values() for f in version.factors or ()}
    for entry in passages:
        sides = [p for p in (entry.en, entry.ru) if isinstance(p, Passage)]
        named = [c for p in sides for f in p.factors if f in causes for c in causes[f].countries]
        yield Entry(
            work.id, _opening(entry.en), _opening(entry.ru), entry.anchor, tuple(dict.fromkeys(named))
        )


def _opening(passage: Any) -> Any:
    """A passage as its row needs it: the beginning of its text, and how likely its category is."""
    if passage is None:
        return None
    text = passage.text
    if len(text) > OPENING:
        text = f"{text[:OPENING].rsplit(' ', 1)[0]} …"
    likely = {name: p for name, p in passage.probabilities.items() if name == passage.category or p >= 0.5}
    return Passage(
        start=passage.start, end=passage.end, text=text, confidence=passage.confidence, by=passage.by,
        category=passage.category, group=passage.group, probabilities=likely, abstained=passage.abstained,
    )  # fmt: skip


def doubt(entry: Entry) -> float:
    """How little sure the model is of a passage; 1 where it leaves the judgement to people."""
    sides = [p for p in (entry.en, entry.ru) if isinstance(p, Passage)]
    return max(1.0 if p.abstained else 1.0 - max(p.probabilities.values(), default=1.0) for p in sides)


def _is_change(record: Record) -> bool:
    """A change has two values or a stated difference; a bare value is no change."""
    return isinstance(record, Quantity) and bool(
        (record.from_ and record.to) or record.change_pct or record.change_pp
    )


def _starts(entry: Entry) -> str:
    event = entry.best
    return event.date.start if isinstance(event, Event) and event.date else "9999"
