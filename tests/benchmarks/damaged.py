"""Thousands of damaged files in one run: `python -m tests.benchmarks.damaged --files 2000 [--workers 1] [--fake]`.

The demo corpus' files are truncated, bit-flipped, cut, doubled and renamed with a seed; every tenth stays as it is. Shows
how many were read, how many refused in one line, whether all whole ones were done, the longest time that a single file
took, and the longest without a result.
"""

import argparse
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from pipeline import config, run, shipped
from pipeline.ingest import READERS
from tests import fake_parser


def damage(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        a = chance.randrange(max(1, len(data)))
        b = min(len(data), a + chance.randrange(1, 2000))
        match chance.randrange(4):
            case 0:
                data = data[:a] + data[b:]
            case 1:
                data = (
                    data[:a] + bytes([data[a] ^ (1 << chance.randrange(8))]) + data[a + 1 :] if data else data
                )
            case 2:
                data = data[:b] + data[a:b] + data[b:]
            case _:
                data = data[:b]
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fake", action="store_true", help="the fake parser: readers and rules, no models")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    files = [p for p in sorted(shipped.path("corpora/demo").iterdir()) if p.suffix in READERS]
    with tempfile.TemporaryDirectory() as scratch:
        source, out, whole = Path(scratch) / "in", Path(scratch) / "out", set()
        source.mkdir()
        for number in range(asked.files):
            file = chance.choice(files)
            suffix = chance.choice(sorted(READERS)) if chance.random() < 0.1 else file.suffix
            if number % 10 == 0:
                whole.add(f"f{number:05}")
                (source / f"f{number:05}{file.suffix}").write_bytes(file.read_bytes())
            else:
                (source / f"f{number:05}{suffix}").write_bytes(damage(file.read_bytes(), chance))
        tools = fake_parser.tools if asked.fake else run.load_tools
        began = last = time.perf_counter()
        longest = 0.0

        def on_done(outcome: object, total: int) -> None:
            nonlocal last, longest
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

        summary = run.run(
            [source], out, config.load(), workers=asked.workers, make_tools=tools, on_done=on_done
        )
        failed = {f.work for f in summary.failures}
        log: list[dict[str, Any]] = [
            msgspec.json.decode(line) for line in (out / "log.jsonl").read_bytes().splitlines()
        ]
        slowest = max(log, key=lambda event: event.get("seconds", 0) if "work" in event else 0)
        found = {
            "files": asked.files, "works": summary.works, "written": summary.written, "failed": summary.failed,
            "whole files not done": sorted(whole & failed), "faults of diptych": [e for e in log if "trace" in e][:5],
            "lines with breaks": sum("\n" in f.reason for f in summary.failures),
            "longest single file, seconds": [slowest.get("seconds", 0), slowest.get("work", "")],
            "longest wait for a batch, seconds": round(longest, 1),
            "wall seconds": round(time.perf_counter() - began, 1),
        }  # fmt: skip
        print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
