"""How long the aligner takes and how that grows: `python -m tests.benchmarks.alignment [PAIRS.tsv...]`.

Every measurement is a process of its own (`diptych align --lines`, start included) on so many sentence pairs, some merged
and some dropped. Processor time counts, the least of a few runs, because other work on the machine can only add to it; the
growth is that from each size to the next. Without files the sentences are those of the labelled passages, over and over.

    --sizes 4000,8000,10000   sentence pairs
    --runs 3                  of each size
"""

import argparse
import itertools
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.align.evaluate import Perturbed, parallel_sentences, perturbed

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from pipeline.cli import main; main()"
MIX = 0.10, 0.03
"""Chances of a merge and of a drop on each side, as in the benchmark that the project is measured with."""


def pairs(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """English and Russian sentences: the last two columns of the files, or the labelled passages."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) >= 3 and cells[-2].strip() and cells[-1].strip():
                yield cells[-2].strip(), cells[-1].strip()
    if not paths:
        for path in sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")):
            yield from (pair for _, pair in parallel_sentences(path))


def measured(text: Perturbed, folder: Path) -> tuple[float, float]:
    """Processor seconds and peak megabytes of aligning a text."""
    files = folder / "en.txt", folder / "ru.txt"
    for path, side in zip(files, (text.en, text.ru), strict=True):
        path.write_text("\n".join(side) + "\n", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", PROGRAM, "align", *map(str, files), "--lines", "--format", "vecalign"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="*", type=Path)
    parser.add_argument("--sizes", default="4000,8000,10000")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    known = list(pairs(options.pairs))
    earlier = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, options.sizes.split(",")):
            made = perturbed(list(itertools.islice(itertools.cycle(known), size)), random.Random(1), *MIX)
            runs = [measured(made, Path(folder)) for _ in range(options.runs)]
            seconds, memory = min(seconds for seconds, _ in runs), max(memory for _, memory in runs)
            growth = f", {seconds / earlier[1]:.2f} times those of {earlier[0]}" if earlier[0] else ""
            print(f"{size} sentence pairs: {seconds:.1f} s, {memory:.0f} MB{growth}", flush=True)
            earlier = size, seconds


if __name__ == "__main__":
    main()
