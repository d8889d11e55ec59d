"""A record as one or both versions have it."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from pipeline.counterparts import pairs
from pipeline.document import Event, Lang, Passage, Quantity, Statement, Work

Record = Statement | Quantity | Event | Passage
Side = Literal["both", "en", "ru"]
TOLD: dict[type, tuple[str, ...]] = {
    Statement: ("kind", "country", "former"),
    Quantity: ("from_", "to", "value", "change_pct", "change_pp"),
    Event: ("date",),
}
"""What two records must share to tell the same. An event's type is the coder's word, not the text's: only its date counts."""


class Entry(Struct, frozen=True):
    """A record as one or both versions have it, and where to read it (anchors on the work's page); `editions` is the
    language of both where they are editions in one."""

    work: str
    en: Record | None
    ru: Record | None
    anchor: str
    countries: tuple[str, ...] = ()
    editions: Lang | None = None

    @property
    def best(self) -> Record:
        found = self.en or self.ru
        assert found is not None
        return found

    @property
    def side(self) -> Side:
        """Which versions have it."""
        return (
            "both" if self.en is not None and self.ru is not None else "en" if self.en is not None else "ru"
        )

    @property
    def told_by(self) -> str:
        """The same as the report says it: "both", "en", "ru", or of two editions "first", "second"."""
        return {"en": "first", "ru": "second"}.get(self.side, self.side) if self.editions else self.side

    @property
    def second(self) -> str:
        """What the report calls the second side in two letters."""
        return f"{self.editions.upper()} 2" if self.editions else "RU"

    @property
    def alike(self) -> bool:
        """Both versions have it and say the same: 40 per cent, «40 %»."""
        return self.side == "both" and all(
            getattr(self.en, name) == getattr(self.ru, name) for name in TOLD.get(type(self.best), ())
        )


def entries(work: Work, layer: str) -> Iterator[Entry]:
    """The records of a layer, each with its counterpart in the other version."""
    numbers = {
        id(record): f"{lang}-{layer}-{i}"
        for lang in work.versions
        for i, record in enumerate(getattr(work.versions[lang], layer) or (), 1)
    }
    for en, ru in _pairs(work, layer):
        yield Entry(work.id, en, ru, numbers[id(en if en is not None else ru)], editions=editions(work))


def editions(work: Work) -> Lang | None:
    """The language of a work's versions where they are two editions in one."""
    return next((v.lang for v in work.versions.values() if v.edition), None)


def _pairs(work: Work, layer: str) -> list[tuple[Record | None, Record | None]]:
    """Statements name their counterpart themselves; other records are paired by their sentences."""
    en, ru = (
        getattr(work.versions[lang], layer) or () if lang in work.versions else () for lang in ("en", "ru")
    )
    if layer != "statements" or not any(record.pair for record in (*en, *ru)):
        return pairs(work, layer)
    by_id = {record.id: record for record in ru}
    met = [(record, by_id.get(record.pair or "")) for record in en]
    taken = {id(other) for _, other in met}
    return [*met, *((None, record) for record in ru if id(record) not in taken)]
