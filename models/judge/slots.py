"""Sentence pairs with slots: places where the Russian sentence may be rendered in several faithful ways, or changed.

    EN: The governor refused to sign the decree.
    RU: Губернатор [[polarity|refused to sign|отказался подписать~не стал подписывать|подписал~скрепил подписью]] указ.

A slot is [[kind|English words|faithful~faithful|changed~changed]]; `corpora/slots/README.md` says more. Every choice of
renderings is another pair of sentences, whose changed words are known.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SLOT = re.compile(r"\[\[([^\[\]]*)\]\]")
MISSING = frozenset({"omission", "addition"})
Mark = tuple[int, int, str]
"""A stretch of a text, and the kind of change that it shows."""


class Slot(NamedTuple):
    """A place of the Russian sentence, the English words that it renders, and what may stand there."""

    kind: str
    english: str
    faithful: tuple[str, ...]
    changed: tuple[str, ...]


class Item(NamedTuple):
    """A pair of sentences: the English one, and the Russian one in parts, text and slots."""

    en: str
    parts: tuple[str | Slot, ...]


class Marked(NamedTuple):
    """A pair of texts, and where either differs from the other."""

    en: str
    en_marks: tuple[Mark, ...]
    ru: str
    ru_marks: tuple[Mark, ...]


def read(path: Path) -> Iterator[Item]:
    """The items of a file.

    Raises: ValueError where a slot has not four parts, or its English words do not stand once in the sentence.
    """
    en = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("EN:"):
            en = line[3:].strip()
        elif line.startswith("RU:"):
            try:
                yield Item(en, tuple(_parts(en, line[3:].strip())))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None


def _parts(en: str, ru: str) -> Iterator[str | Slot]:
    at = 0
    for found in SLOT.finditer(ru):
        fields = found.group(1).split("|")
        if len(fields) != 4:
            raise ValueError(f"a slot has four parts, this one {len(fields)}: {found.group()}")
        kind, english = (field.strip() for field in fields[:2])
        faithful, changed = (tuple(way.rstrip() for way in field.split("~")) for field in fields[2:])
        if english and en.count(english) != 1:
            raise ValueError(f"“{english}” must stand once in the English sentence")
        yield ru[at : found.start()]
        yield Slot(kind, english, faithful, () if kind == "same" else changed)
        at = found.end()
    yield ru[at:]


def filled(item: Item, share: float, chance: random.Random) -> Marked:
    """The pair with one way chosen for each slot: a changed one for about `share` of them."""
    ru, en_marks, ru_marks = "", [], []
    for part in item.parts:
        if isinstance(part, str):
            ru += part
            continue
        change = bool(part.changed) and chance.random() < share
        way = chance.choice(part.changed if change else part.faithful)
        if ru.endswith(" ") and (not way or way[0] in " ,.;:"):
            ru = ru[:-1]
        start = len(ru) + len(way) - len(way.lstrip())
        ru += way
        if change:
            kind = "missing" if part.kind in MISSING else part.kind
            if part.english:
                at = item.en.index(part.english)
                en_marks.append((at, at + len(part.english), kind))
            if way:
                ru_marks.append((start, len(ru), kind))
    return Marked(item.en, tuple(en_marks), ru, tuple(ru_marks))


def items(paths: Sequence[Path]) -> list[Item]:
    return [item for path in paths for item in read(path)]
