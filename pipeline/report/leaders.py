"""Who speaks in a corpus: a line for each speaker, whichever version names him."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from pipeline.document import Statement
from pipeline.report.entry import Entry

UNNAMED = ""
"""Statements whose speaker has no name ("officials say") stand together, by country."""


class Leader(Struct):
    """A speaker with his country: what he is called, how often he is quoted, in which versions, where he stands."""

    name: str
    country: str
    russian: str = ""
    roles: Counter[str] = field(default_factory=Counter)
    works: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    stances: list[float] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    @property
    def role(self) -> str:
        """What he is called most often; of equals the first by alphabet."""
        return min(self.roles, key=lambda role: (-self.roles[role], role), default="")

    @property
    def stance(self) -> float | None:
        """The mean of the stances of his statements, from -1 (aligned) to 1 (multilateral)."""
        return sum(self.stances) / len(self.stances) if self.stances else None


def named(entries: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """Russian name and country -> English name, as statements that stand in both versions tell:
    «Майя Попеску» is Maia Popescu also where only the Russian version quotes her."""
    told: dict[tuple[str, str], Counter[str]] = {}
    for entry in entries:
        en, ru = entry.en, entry.ru
        if isinstance(en, Statement) and isinstance(ru, Statement) and en.speaker_name and ru.speaker_name:
            told.setdefault((ru.speaker_name, ru.country or ""), Counter())[en.speaker_name] += 1
    return {key: min(names, key=lambda n: (-names[n], n)) for key, names in told.items()}


def speaker(entry: Entry, names: dict[tuple[str, str], str]) -> str:
    """The speaker's name in English where any work gives it, else in Russian, else nothing."""
    en, ru = entry.en, entry.ru
    if isinstance(en, Statement) and en.speaker_name:
        return en.speaker_name
    name = ru.speaker_name or UNNAMED if isinstance(ru, Statement) else UNNAMED
    country = ru.country or "" if isinstance(ru, Statement) else ""
    return names.get((name, country), name)


def leaders(entries: Iterable[Entry], names: dict[tuple[str, str], str]) -> list[Leader]:
    """Every speaker by country, the most quoted first."""
    found: dict[tuple[str, str], Leader] = {}
    for entry in entries:
        said = entry.best
        assert isinstance(said, Statement)
        key = speaker(entry, names), said.country or ""
        leader = found.setdefault(key, Leader(*key))
        if isinstance(entry.ru, Statement) and entry.ru.speaker_name:
            leader.russian = leader.russian or entry.ru.speaker_name
        leader.roles.update([said.role] if said.role else [])
        leader.works.add(entry.work)
        leader.kinds[said.kind] += 1
        leader.sides[entry.side] += 1
        leader.stances += [said.stance.score] if said.stance else []
    return sorted(found.values(), key=lambda one: (one.name == UNNAMED, -one.total, one.name, one.country))
