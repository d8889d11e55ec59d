"""Whether the versions of a corpus tell the same: findings that both have, and passages that both put in one category."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from pipeline.compare.summary import read_alone
from pipeline.document import Passage, Work
from pipeline.report.entry import Entry

LAYERS = ("statements", "quantities", "events")
Fate = str
"""alike: both versions have it and say the same; unlike: both have it and differ; en, ru: only one has it."""
FATES: tuple[Fate, ...] = ("alike", "unlike", "en", "ru")


class Consistency(Struct):
    """Counts over the works that have two versions."""

    layers: Counter[tuple[str, Fate]] = field(default_factory=Counter)
    categories: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, work: Work, found: Mapping[str, Sequence[Entry]]) -> None:
        """Count the entries of one work, by layer; a work in one version is left out."""
        if len(work.versions) == 2 and work.alignment:
            for layer in LAYERS:
                self.layers.update((layer, fate(entry)) for entry in found[layer])
            self.categories.update(
                (read_alone(e.en), read_alone(e.ru))
                for e in found["passages"]
                if isinstance(e.en, Passage) and isinstance(e.ru, Passage)
            )

    @property
    def agreement(self) -> tuple[int, int]:
        """Passages that both versions, each read alone, put in one category, and all that stand in both."""
        return sum(n for (en, ru), n in self.categories.items() if en == ru), sum(self.categories.values())


def fate(entry: Entry) -> Fate:
    """What became of a finding in the other version."""
    return entry.side if entry.side != "both" else "alike" if entry.alike else "unlike"
