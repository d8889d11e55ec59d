"""Lists of words, phrases or names with their renderings, some of which are wrong: "deed, colony, widow", «дело, столица, вдова».

They teach rare words, which the sentences hardly have.
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.judge.slots import Mark, Marked

SHORTEST, LONGEST = 2, 9
"""Entries of a list."""
WRONG, STRANGE = 0.4, 0.3
"""How often an entry gets a wrong rendering where it has such, and that of another entry of its group where it has none."""


class Entry(NamedTuple):
    """An English word or name, its renderings, wrong ones with the kind of change, and whose renderings else might stand for it."""

    en: str
    faithful: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    group: str


def kind(group: str) -> str:
    """What it is to stand for another of the group."""
    return "terminology" if group == "words" else "entity"


def listed(entries: Sequence[Entry], groups: Mapping[str, Sequence[Entry]], chance: random.Random) -> Marked:
    """A list of some of the entries."""
    en, ru = "", ""
    en_marks: list[Mark] = []
    ru_marks: list[Mark] = []
    count = chance.randint(SHORTEST, LONGEST)
    for n, entry in enumerate(chance.choices(entries, k=count)):
        word, change = _rendered(entry, groups, chance)
        if change:
            en_marks.append((len(en), len(en) + len(entry.en), change))
            ru_marks.append((len(ru), len(ru) + len(word), change))
        after = ", " if n < count - 1 else "."
        en, ru = en + entry.en + after, ru + word + after
    return Marked(en, tuple(en_marks), ru, tuple(ru_marks))


def _rendered(entry: Entry, groups: Mapping[str, Sequence[Entry]], chance: random.Random) -> tuple[str, str]:
    if entry.wrong and chance.random() < WRONG:
        return chance.choice(entry.wrong)
    if entry.group and chance.random() < STRANGE:
        stranger = chance.choice(chance.choice(groups[entry.group]).faithful)
        if stranger not in entry.faithful:
            return stranger, kind(entry.group)
    return chance.choice(entry.faithful), ""
