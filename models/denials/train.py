#!/usr/bin/env python3
"""Learn when a denial without a counterpart is lost, from faithful translations alone.

    train.py PASSAGES... [--fold LEXICON PASSAGES...]... [-o weights.json]

Passages translate each other, as `models/parallel.py` reads them; those that the shipped lexicon was estimated from are read with one
that has not seen them. As they stand, their unmet
denials are examples that nothing is lost. For the others a denial that renders one of the other side is struck out, with all words that
share its predicate («никто не»). Gradient boosting of small trees.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from models import parallel
from pipeline.compare import denials, negation, undenied
from pipeline.compare.denials import Denial
from pipeline.compare.pairs import Pair, Side

HERE = Path(__file__).resolve().parent
TREES, DEPTH, PACE = 120, 2, 0.08
Example = tuple[undenied.Traits, int]


def examples(pairs: Sequence[Pair]) -> Iterator[Example]:
    """The unmet denials of pairs as they stand, and those that a struck denial leaves unmet."""
    for pair in pairs:
        for one in denials.unmet(pair):
            yield undenied.traits(pair, one), 0
        for lang in ("en", "ru"):
            for denial in denials.denials(pair.side(lang)):
                yield from _struck(pair, lang, denial)


def _struck(pair: Pair, lang: str, denial: Denial) -> Iterator[Example]:
    side = pair.side(lang)
    away = {denial.by} if denial.worded else _together(side, denial)
    kept = [n for n in range(len(side.words)) if n not in away]
    without = replace(pair, **{lang: replace(side, words=tuple(side.words[n] for n in kept))})
    for one in denials.unmet(without):
        if one.lang != lang:
            denied = kept[one.partner]
            if denied in denial.places and (denial.worded or negation.touched(side, denied)):
                yield undenied.traits(without, one), 1


def _together(side: Side, denial: Denial) -> set[int]:
    """The words that deny one predicate."""
    own = denials.predicate(side.words[denial.by])
    return {denial.by} | {n for n in negation.raw(side) if denials.predicate(side.words[n]) == own}


def learned(found: Sequence[Example]) -> dict[str, Any]:
    model = HistGradientBoostingClassifier(max_depth=DEPTH, max_iter=TREES, learning_rate=PACE)
    model.fit(np.array([list(traits) for traits, _ in found]), np.array([lost for _, lost in found]))
    return {
        "bias": round(float(model._baseline_prediction.ravel()[0]), 4),
        "trees": [_tree(stage[0].nodes, 0) for stage in model._predictors],
    }


def _tree(nodes: Any, at: int) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    name, limit = undenied.Traits._fields[node["feature_idx"]], round(float(node["num_threshold"]), 5)
    return [name, limit, _tree(nodes, node["left"]), _tree(nodes, node["right"])]


def of_texts(paths: list[Path]) -> list[Example]:
    """The examples of faithful texts."""
    works = parallel.works(parallel.read(paths))
    return [example for work in works for example in examples(parallel.aligned(work))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("faithful", type=Path, nargs="*", default=[])
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PASSAGES")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    found = list(parallel.unseen(parallel.folds(chosen.fold, chosen.faithful), of_texts))
    chosen.output.write_text(json.dumps(learned(found), separators=(",", ":")), encoding="utf-8")
    print(f"{len(found)} denials, {sum(lost for _, lost in found)} of them struck out")


if __name__ == "__main__":
    main()
