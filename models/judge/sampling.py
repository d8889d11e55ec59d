"""Draws pairs of sentences from what `sources.py` gathered, in shares that change once, and packs them into batches.

Early on half of what is read teaches words: lists, and faithful texts with words exchanged; later slots and planted differences are most of it, and
where an earlier training goes on, nearly all.
"""

import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from models.judge import exchanged, listed, slots
from models.judge.exchanged import Pair
from models.judge.listed import Entry
from models.judge.slots import Mark, Marked
from pipeline import encoder
from pipeline.judge import KINDS, WORD

TYPES: Mapping[str, Any] = {
    "planted": Marked,
    "faithful": Pair,
    "loose": Pair,
    "thesaurus": Pair,
    "lexicon": Pair,
    "listed": Entry,
}
SORTS = ("slots", *TYPES)
FIRST = (0.22, 0.06, 0.10, 0.15, 0.10, 0.22, 0.15)
THEN = (0.55, 0.12, 0.12, 0.04, 0.07, 0.08, 0.02)
AGAIN = (0.46, 0.38, 0.06, 0.02, 0.03, 0.04, 0.01)
"""Shares of the sorts, in the first part of the training, in the rest, and where an earlier training goes on."""
PART = 0.35
WEIGHT = {"loose": 0.6, "thesaurus": 0.4, "lexicon": 0.5, "listed": 0.5}
"""What a pair counts, where not 1."""
CHANGED = (0.0, 0.3, 0.35, 0.6)
"""Shares of an item's slots that are changed, one of them at random each time."""
JOINED = 0.15
"""How often two pairs are read as one."""
REMEMBERED = 1 << 18
"""Words whose pieces a reader remembers."""
MOST, POOL = 300, 2500
"""Pieces of a pair at most; pairs that are sorted by length at a time."""
GROUPS = ((0.3, "words"), (0.45, ""), (0.25, "names"))
"""Shares of lists: of the dictionary, of words with wrong renderings, of names."""
EIGHT = 8
"""Rows are filled up to a multiple of so many pieces, which graphics processors prefer."""
BEYOND = -100
"""The label of a place beyond the words of a pair."""
Ints = NDArray[np.int64]


class Read(NamedTuple):
    """A pair as the network reads it: pieces, the word that each belongs to (-1: none), where the Russian begins, a label for each word."""

    pieces: list[int]
    owner: list[int]
    russian: int
    labels: list[int]


class Batch(NamedTuple):
    """Pairs of about one length. Shape: pairs by pieces, labels pairs by words."""

    pieces: Ints
    owner: Ints
    side: Ints
    labels: Ints
    weights: NDArray[np.float32]


class Sources(NamedTuple):
    """What is learned from, by its sort, and the lists by their group."""

    sorts: Mapping[str, Sequence[Any]]
    lists: Mapping[str, Sequence[Entry]]
    groups: Mapping[str, Sequence[Entry]]
    again: bool = False
    """An earlier training goes on."""


def load(path: Path, slotted: Sequence[Path], again: bool = False) -> Sources:
    """What `sources.py` gathered, and the files of pairs with slots."""
    found: dict[str, list[Any]] = defaultdict(list, slots=slots.items(slotted))
    with gzip.open(path, "rb") as lines:
        for line in lines:
            sort, one = msgspec.json.decode(line)
            found[sort].append(msgspec.convert(one, TYPES[sort]))
    lists, groups = defaultdict(list), defaultdict(list)
    for entry in found["listed"]:
        lists[entry.group if entry.group in ("", "words") else "names"].append(entry)
        groups[entry.group].append(entry)
    return Sources(found, lists, groups, again)


def drawn(given: Sources, done: float, chance: random.Random) -> tuple[Marked, float]:
    """One pair, or two as one, and what it weighs; `done` is the part of the training that is over."""
    shares = AGAIN if given.again else FIRST if done < PART else THEN
    pair, weight = _one(given, shares, chance)
    if chance.random() < JOINED:
        other, less = _one(given, shares, chance)
        return joined(pair, other), min(weight, less)
    return pair, weight


def _one(given: Sources, shares: Sequence[float], chance: random.Random) -> tuple[Marked, float]:
    sort = chance.choices(SORTS, shares)[0]
    weight = WEIGHT.get(sort, 1.0)
    if sort == "listed":
        group = chance.choices([name for _, name in GROUPS], [share for share, _ in GROUPS])[0]
        return listed.listed(given.lists[group], given.groups, chance), weight
    one = chance.choice(given.sorts[sort])
    if sort == "planted":
        return one, weight
    if sort == "slots":
        return slots.filled(one, chance.choice(CHANGED), chance), weight
    return exchanged.exchanged(one, chance), weight


def joined(pair: Marked, other: Marked) -> Marked:
    """Two pairs, one after the other."""
    return Marked(
        f"{pair.en} {other.en}",
        (*pair.en_marks, *_moved(other.en_marks, len(pair.en) + 1)),
        f"{pair.ru} {other.ru}",
        (*pair.ru_marks, *_moved(other.ru_marks, len(pair.ru) + 1)),
    )


def _moved(marks: Sequence[Mark], by: int) -> Iterator[Mark]:
    return ((start + by, end + by, kind) for start, end, kind in marks)


class Reader:
    """Cuts pairs into the pieces of the encoder, and remembers the words."""

    def __init__(self, words: encoder.Encoder) -> None:
        self._begin, self._end = words.begin, words.end
        self._cut = lru_cache(REMEMBERED)(words.pieces.of)

    def read(self, pair: Marked) -> Read | None:
        """The pair in pieces; None of one that is too long."""
        pieces: list[int] = []
        owner: list[int] = []
        labels: list[int] = []
        russian = 0
        sides = ((self._begin, pair.en, pair.en_marks), (self._end, pair.ru, pair.ru_marks))
        for opening, text, marks in sides:
            pieces.append(opening)
            owner.append(-1)
            russian = len(pieces)
            for found in WORD.finditer(text):
                cut = self._cut(found.group())
                pieces += cut
                owner += [len(labels)] * len(cut)
                kinds = [KINDS.index(kind) for a, b, kind in marks if found.start() < b and found.end() > a]
                labels.append(kinds[-1] if kinds else 0)
            pieces.append(self._end)
            owner.append(-1)
        return Read(pieces, owner, russian, labels) if len(pieces) <= MOST else None


def packed(pairs: Sequence[Read], weights: Sequence[float]) -> Batch:
    """The pairs in rows of one length."""
    length = -(-max(len(pair.pieces) for pair in pairs) // EIGHT) * EIGHT
    words = max(len(pair.labels) for pair in pairs)
    batch = Batch(
        np.full((len(pairs), length), -1),
        np.full((len(pairs), length), -1),
        np.zeros((len(pairs), length), np.int64),
        np.full((len(pairs), words), BEYOND),
        np.array(weights, np.float32),
    )
    for n, pair in enumerate(pairs):
        batch.pieces[n, : len(pair.pieces)] = pair.pieces
        batch.owner[n, : len(pair.owner)] = pair.owner
        batch.side[n, pair.russian :] = 1
        batch.labels[n, : len(pair.labels)] = pair.labels
    return batch


def batches(
    given: Sources, reader: Reader, done: float, pieces: int, chance: random.Random
) -> Iterator[Batch]:
    """A pool of pairs in batches of so many pieces, in any order."""
    pool: list[tuple[Read, float]] = []
    while len(pool) < POOL:
        pair, weight = drawn(given, done, chance)
        if (found := reader.read(pair)) is not None:
            pool.append((found, weight))
    pool.sort(key=lambda one: len(one[0].pieces))
    made: list[list[tuple[Read, float]]] = [[]]
    for one in pool:
        if (len(made[-1]) + 1) * (len(one[0].pieces) + EIGHT) > pieces and made[-1]:
            made.append([])
        made[-1].append(one)
    chance.shuffle(made)
    for batch in made:
        yield packed([pair for pair, _ in batch], [weight for _, weight in batch])
