#!/usr/bin/env python3
"""Count which steps of a scale faithful translators exchange.

    count.py PAIRS.tsv... [-o exchange.json]

PAIRS holds a header and lines of an id, an English and a Russian segment that translate each other, whatever their source; only the
counts of steps leave this script. Every mark of a step is counted once for each step that it meets on the other side: its own alone
where that is among them, `zero` where it meets none.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline import config, run, stages
from pipeline.compare.modality import scales
from pipeline.compare.pairs import Pair, pairs
from pipeline.ingest import WorkFiles

HERE = Path(__file__).resolve().parent
WORK, SURE = 60, 0.5
"""Segments in a work, and the least confidence of a bead that is counted."""
Counts = dict[str, Counter[str]]


def works(path: Path) -> Iterator[list[list[str]]]:
    rows = [line.split("\t")[1:3] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    yield from (rows[i : i + WORK] for i in range(0, len(rows), WORK))


def aligned(rows: list[list[str]]) -> tuple[Pair, ...]:
    settings = config.load()
    tools = run.load_tools(settings)
    with tempfile.TemporaryDirectory() as folder:
        paths = tuple((lang, Path(folder) / f"work.{lang}.txt") for lang in ("en", "ru"))
        for k, (_, path) in enumerate(paths):
            path.write_text("\n\n".join(row[k] for row in rows), encoding="utf-8")
        draft = stages.Draft("work", run.versions(WorkFiles(id="work", paths=paths), settings), tools)
        work = stages.finished(draft, tools)
        return pairs(work, {lang: draft.doc(lang, tools) for lang in work.versions})


def counted(pair: Pair, counts: Counts) -> None:
    en, ru = scales.marks(pair.en), scales.marks(pair.ru)
    for lang, ours, theirs in (("en", en, ru), ("ru", ru, en)):
        for mark in ours:
            met = {other.step for other in scales.meeting(pair, lang, mark, theirs)}
            counts[f"{lang}.{mark.step}"].update({mark.step} if mark.step in met else met or {"zero"})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=HERE / "exchange.json")
    args = parser.parse_args()
    counts: Counts = defaultdict(Counter)
    for rows in (rows for path in args.pairs for rows in works(path)):
        for pair in aligned(rows):
            if pair.sure >= SURE:
                counted(pair, counts)
    table = {step: dict(sorted(counts[step].items())) for step in sorted(counts)}
    args.out.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
