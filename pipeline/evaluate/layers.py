"""Found annotations against gold ones, layer by layer: one-to-one matching, then precision, recall and F1."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from msgspec import Struct

from pipeline import countries
from pipeline.document import Entity, Event, Quantity, Span, Statement, Version
from pipeline.evaluate.places import Letters, Place, locate

Gold = dict[str, Any]
Located = tuple[Gold, Place | None]
SAME_QUOTE = 0.6
"""Two quotations are the same when they share this much of their letters; below it a gold judge called them different."""
INSIDE = 0.5
Found = TypeVar("Found", bound=Span)


class Counts(Struct, frozen=True):
    """Matches, and how many were found and wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    def scores(self) -> dict[str, float]:
        precision = self.hits / self.found if self.found else 0.0
        recall = self.hits / self.wanted if self.wanted else 0.0
        f1 = 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 0.0
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "support": self.wanted,
        }


def matched(
    wanted: Sequence[Located], found: Sequence[Found], agreement: Callable[[Gold, Place, Found], float]
) -> list[tuple[Gold, Found]]:
    """Pairs by falling agreement, each side used once."""
    graded = [
        (agreement(gold, place, one), i, j)
        for i, (gold, place) in enumerate(wanted)
        for j, one in enumerate(found)
        if place is not None
    ]
    pairs, used_gold, used_found = [], set(), set()
    for grade, i, j in sorted(graded, key=lambda g: (-g[0], g[1], g[2])):
        if grade > 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((wanted[i][0], found[j]))
    return pairs


class Scorer:
    """One version's annotations against its gold."""

    def __init__(self, version: Version, gold: Gold, source: str) -> None:
        self.version, self.gold = version, gold
        self.output, self.source = Letters(version.text), Letters(source)

    def layers(self) -> dict[str, Counts]:
        """Counts of every layer that the gold file annotates for this language."""
        scorers = {
            "statements": self.statements,
            "quantities": self.quantities,
            "events": self.events,
            "entities": self.entities,
        }
        return {name: score() for name, score in scorers.items() if self._of_lang(name)}

    def statements(self) -> Counts:
        wanted = self._located("statements", "quote")
        required = [w for w in wanted if not w[0].get("optional")]
        found = self.version.statements or ()
        pairs = matched(
            wanted, found, lambda _, place, one: max(0.0, place.overlap(self.place(one)) - SAME_QUOTE)
        )
        optional = sum(bool(gold.get("optional")) for gold, _ in pairs)
        return Counts(len(pairs) - optional, len(found) - optional, len(required))

    def speakers(self) -> tuple[int, int]:
        """Matched statements whose country and former office are right, and how many were matched."""
        found: Sequence[Statement] = self.version.statements or ()
        pairs = matched(
            self._located("statements", "quote"),
            found,
            lambda _, place, one: max(0.0, place.overlap(self.place(one)) - SAME_QUOTE),
        )
        right = sum(
            one.former == bool(gold["former"]) and one.country == _iso(gold["country"]) for gold, one in pairs
        )
        return right, len(pairs)

    def quantities(self) -> Counts:
        found = [q for q in self.version.quantities or () if q.from_ and q.to]
        return self._count("quantities", "text", found, self._same_change)

    def events(self) -> Counts:
        found = [e for e in self.version.events or () if e.date]
        return self._count("events", "text", found, self._same_event)

    def entities(self) -> Counts:
        wanted = {(place, gold["type"]) for gold, place in self._located("entities", "text")}
        found = {
            (self.place(e), e.type)
            for e in self.version.entities or ()
            if isinstance(e, Entity) and e.type in ("PER", "LOC", "ORG")
        }
        return Counts(len(wanted & found), len(found), len(wanted))

    def place(self, one: Span) -> Place:
        return self.output.place(one.start, one.end)

    def locate(self, piece: str, start: int | None) -> Place | None:
        return locate(self.output, self.source, piece, start)

    def _same_change(self, gold: Gold, place: Place, one: Quantity) -> float:
        same = _number(gold["from"]) == _number(one.from_) and _number(gold["to"]) == _number(one.to)
        return place.covered(self.place(one)) * same

    def _same_event(self, gold: Gold, place: Place, one: Event) -> float:
        if one.date is None or (one.date.start, one.date.end) != (gold["date_start"], gold["date_end"]):
            return 0.0
        return place.overlap(self.place(one)) or 0.1 * self._in_one_sentence(place, self.place(one))

    def _in_one_sentence(self, a: Place, b: Place) -> bool:
        sentences = (self.output.place(s.start, s.end) for s in self.version.sentences or ())
        return any(a.covered(s) > INSIDE and b.covered(s) > INSIDE for s in sentences)

    def _count(
        self, layer: str, key: str, found: Sequence[Found], agreement: Callable[[Gold, Place, Found], float]
    ) -> Counts:
        wanted = self._located(layer, key)
        return Counts(len(matched(wanted, found, agreement)), len(found), len(wanted))

    def _located(self, layer: str, key: str) -> list[Located]:
        return [
            (g, locate(self.output, self.source, g[key], g.get("start"), g.get("occurrence", 0)))
            for g in self._of_lang(layer)
        ]

    def _of_lang(self, layer: str) -> list[Gold]:
        return [g for g in self.gold.get(layer, ()) if g["lang"] == self.version.lang]


def _number(written: str | None) -> Decimal | None:
    try:
        return Decimal(str(written).replace(",", "."))
    except InvalidOperation:
        return None


def _iso(country: str | None) -> str | None:
    return countries.code(country, "en") or country if country else None
