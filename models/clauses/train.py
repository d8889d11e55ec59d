#!/usr/bin/env python3
"""Learn from planted paragraphs and faithful translations how what was left out differs from what was rendered freely.

    train.py PLANTED.jsonl... [--fold LEXICON PAIRS...]... [-o weights.json]

PLANTED are paragraphs with differences planted by hand and their faithful version, PAIRS faithful translations as
`models/parallel.py` reads them; those that the shipped lexicon was estimated from are read with one that has not seen them
(`models/lexicon-en-ru/train.py`). Every constituent of either side that lacks most of its rendering is an example: one that
covers an omission or an addition is left out, one beside all differences is not. Logistic regression; the weights are the mean of
these and of `deletions.json`, which were learned from what was struck out of news.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models import logistic, parallel
from pipeline.compare import left_out, omission, reading
from pipeline.compare.anchors import anchors
from pipeline.compare.left_out import Looked
from pipeline.compare.pairs import Pair, pairs
from pipeline.compare.traits import Traits
from pipeline.document import Lang, Work

HERE = Path(__file__).resolve().parent
COVERED = 0.5
"""Share of a constituent and a planted stretch, taken together, that both have in common where one is the other."""
NEWS = 2.0
"""What an example of a faithful translation weighs beside one of a planted paragraph."""
STRENGTH = 0.05
"""Inverse strength of the regularisation."""
REPORTED = {"en": -0.7, "ru": -0.2}
"""Log odds from which a constituent of either version is reported: translators explain what their readers may not know more readily
than they leave something out. Source: totals on NTREX and the faithful paragraphs (`README.md`)."""
Example = tuple[Traits, int, float]
Stretch = tuple[int, int]


def looked(work: Work, docs: Mapping[Lang, Any]) -> Iterator[tuple[Pair, Looked]]:
    """What may be left out of either side of every pair of a work."""
    en, ru = (reading.read(work.versions[lang]) for lang in ("en", "ru"))
    aligned = pairs(work, docs)
    longer = left_out.usual(aligned)
    for pair in aligned:
        if not list(omission.swallowed(pair)):
            met = anchors(pair, en, ru)
            yield from ((pair, left_out.look(pair, lang, longer, met)) for lang in ("en", "ru"))


def faithful_examples(work: Work, docs: Mapping[Lang, Any]) -> Iterator[Example]:
    """Nothing is left out of a faithful translation."""
    for _, here in looked(work, docs):
        yield from ((found, 0, NEWS) for _, found in here.candidates)


def planted_examples(work: Work, docs: Mapping[Lang, Any], rows: Sequence[parallel.Row]) -> Iterator[Example]:
    """What the paragraphs with differences teach; what only touches a difference teaches nothing."""
    stretches = {lang: list(parallel.planted(work.versions[lang].text, rows, lang)) for lang in ("en", "ru")}
    for pair, here in looked(work, docs):
        side = pair.side(here.lang)
        for one, found in here.candidates:
            start, end = side.words[one.first].start, side.words[one.stop - 1].end
            touched = [p for p in stretches[here.lang] if p.start < end and start < p.end]
            if not touched:
                yield found, 0, 1.0
            elif any(p.lone and covered((start, end), (p.start, p.end)) >= COVERED for p in touched):
                yield found, 1, 1.0


def covered(a: Stretch, b: Stretch) -> float:
    """What two stretches have in common, as a share of both together."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def learned(found: Sequence[Example]) -> dict[str, Any]:
    x, y, weight = (np.array([e[n] for e in found]) for n in range(3))
    planted = logistic.learned(x, y, weight, Traits._fields, STRENGTH)
    return mean(planted, json.loads((HERE / "deletions.json").read_text("utf-8"))) | {"reported": REPORTED}


def mean(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The weights half-way between two regressions; a trait that one of them does not know weighs nothing there."""
    traits = {name: round((w + other["traits"].get(name, 0.0)) / 2, 4) for name, w in one["traits"].items()}
    return {"bias": round((one["bias"] + other["bias"]) / 2, 4), "traits": traits}


def of_planted(paths: list[Path]) -> list[Example]:
    """The examples of planted paragraphs, as they are and in their faithful version."""
    rows = parallel.read(paths)
    found: list[Example] = []
    for work in parallel.works(rows):
        found += planted_examples(*parallel.parsed(work), work)
    for work in parallel.works(parallel.faithful(rows)):
        found += [(traits, y, 1.0) for traits, y, _ in faithful_examples(*parallel.parsed(work))]
    return found


def of_news(paths: list[Path]) -> list[Example]:
    """The examples of faithful translations."""
    works = parallel.works(parallel.faithful(parallel.read(paths)))
    return [example for rows in works for example in faithful_examples(*parallel.parsed(rows))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("planted", type=Path, nargs="+")
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PAIRS")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    found = [
        *of_planted(chosen.planted),
        *parallel.unseen(parallel.folds(chosen.fold, []), of_news),
    ]
    chosen.output.write_text(json.dumps(learned(found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} constituents, {sum(y for _, y, _ in found)} of them left out")


if __name__ == "__main__":
    main()
