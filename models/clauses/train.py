#!/usr/bin/env python3
"""Learn from faithful translations how a constituent that was left out differs from one that was rendered freely.

    train.py PAIRS... [--fold LEXICON PAIRS...]... [-o weights.json]

PAIRS are faithful translations as `models/parallel.py` reads them; those that the shipped lexicon was estimated from are read with
one that has not seen them (`models/lexicon-en-ru/train.py`). Every constituent of either side that
lacks most of its rendering is an example that nothing is left out. For the others, what renders a constituent is deleted from
the other side: now it is left out. Logistic regression; short deletions, which are easy to make and rarely matter, are left aside.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from models import logistic, parallel
from pipeline.compare import left_out, reading
from pipeline.compare.anchors import Anchor, anchors
from pipeline.compare.constituents import Constituent, constituents
from pipeline.compare.pairs import Pair, Side, pairs
from pipeline.compare.renderings import Renderings
from pipeline.compare.traits import MODIFIERS, Traits, traits
from pipeline.document import Lang, Work

HERE = Path(__file__).resolve().parent
RENDERED = 0.45
"""Strength from which a word counts as rendered when the rendering of a constituent is looked for."""
DELETIONS = 2
"""Deletions for each side of a pair."""
LEAST_WORDS = 4
"""Fewest words of a side that teaches anything."""
CONTENT = 3
"""Fewest content words of a deletion that is learned from."""
FAITHFUL = 10.0
"""What a faithful example weighs: what is left out is rare."""
STRENGTH = 0.03
"""Inverse strength of the regularisation."""
REPORTED = {"en": 0.2, "ru": 1.4}
"""Log odds from which a constituent of either version is reported: translators explain what their readers may not know more readily
than they leave something out. Source: totals on NTREX and newstest2016, planted clauses (`README.md`)."""
Example = tuple[Traits, int]


class Aligned(NamedTuple):
    """A pair with what has met beforehand."""

    pair: Pair
    anchors: tuple[Anchor, ...]


def anchored(work: Work, docs: Mapping[Lang, Any]) -> list[Aligned]:
    en, ru = (reading.read(work.versions[lang]) for lang in ("en", "ru"))
    return [Aligned(pair, anchors(pair, en, ru)) for pair in pairs(work, docs)]


def examples(one: Aligned, longer: float, rng: random.Random) -> Iterator[Example]:
    """What a faithful pair teaches: its constituents as they are, and some of them with their renderings deleted."""
    pair, met = one
    if min(len(pair.en.words), len(pair.ru.words)) < LEAST_WORDS:
        return
    for lang, other in (("en", "ru"), ("ru", "en")):
        yield from ((found, 0) for _, found in left_out.look(pair, lang, longer, met).candidates)
        whole = Renderings(pair, lang, met)
        there = [c for c in constituents(whole.side) if c.relation not in MODIFIERS]
        rng.shuffle(there)
        deletions = ((one, found) for one in there if (found := rendering(one, whole)) is not None)
        for (kept, found), _ in zip(deletions, range(DELETIONS), strict=False):
            left = [anchor for a in met if (anchor := shifted(a, other, found)) is not None]
            shorter = Renderings(without(pair, other, found), lang, left)
            if left_out.unrendered(kept, shorter):
                yield traits(kept, shorter, longer if lang == "en" else -longer), 1


def rendering(one: Constituent, whole: Renderings) -> Constituent | None:
    """The constituent of the other side that renders this one and nothing else."""
    strong = {i: j for i, j in whole.whole.by.items() if whole.whole.ours[i] >= RENDERED}
    ours = {strong[n] for n in one.content if n in strong and whole.other.words[strong[n]].content}
    if len(ours) < max(2, len(one.content) / 2):
        return None
    foreign = {j for i, j in strong.items() if not one.first <= i < one.stop}
    fitting = [
        c
        for c in constituents(whole.other)
        if ours <= set(c.content)
        and not foreign & set(c.content)
        and len(c.content) <= 2 * len(one.content) + 1
    ]
    return min(fitting, key=lambda c: (abs(len(c.content) - len(one.content)), c.first, c.stop), default=None)


def without(pair: Pair, lang: Lang, gone: Constituent) -> Pair:
    """The pair with a constituent of one side deleted."""
    side: Side = pair.side(lang)
    shorter = replace(side, words=side.words[: gone.first] + side.words[gone.stop :])
    return replace(pair, **{lang: shorter})


def shifted(anchor: Anchor, lang: Lang, gone: Constituent) -> Anchor | None:
    """What has met, where a constituent of one side is deleted."""
    mine, their = anchor.sides(lang)
    if any(gone.first <= n < gone.stop for n in mine):
        return None
    mine = tuple(n if n < gone.first else n - (gone.stop - gone.first) for n in mine)
    return Anchor(mine, their) if lang == "en" else Anchor(their, mine)


def telling(deleted: Traits) -> bool:
    """A deletion of some length that brings the lengths nearer: others look like any free translation."""
    return bool(deleted.words >= np.log(CONTENT) and deleted.nearer_without > 0)


def learned(found: list[Example]) -> dict[str, Any]:
    kept = [(t, y) for t, y in found if not y or telling(t)]
    x, y = np.array([list(t) for t, _ in kept]), np.array([y for _, y in kept])
    weight = np.where(y == 1, 1.0, FAITHFUL)
    return logistic.learned(x, y, weight, Traits._fields, STRENGTH) | {"reported": REPORTED}


def of_texts(paths: list[Path]) -> list[Example]:
    """The examples of faithful texts."""
    rng = random.Random(7)
    found: list[Example] = []
    for rows in parallel.works(parallel.faithful(parallel.read(paths))):
        work = anchored(*parallel.parsed(rows))
        longer = left_out.usual([one.pair for one in work])
        found.extend(example for one in work for example in examples(one, longer, rng))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PAIRS")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    found = list(parallel.unseen(parallel.folds(chosen.fold, chosen.pairs), of_texts))
    chosen.output.write_text(json.dumps(learned(found), indent=1), encoding="utf-8")
    print(f"{len(found)} constituents, {sum(y for _, y in found)} of them left out")


if __name__ == "__main__":
    main()
