#!/usr/bin/env python3
"""Learn what tells a reversal from a free rendering.

    train.py CHANGED.jsonl... --faithful PASSAGES... [--fold LEXICON PASSAGES...]... [-o weights.json]

CHANGED and PASSAGES are what `models/parallel.py` reads; passages that the shipped lexicon was estimated from are read with one that
has not seen them (`models/lexicon-en-ru/train.py`). Every candidate (`reversals.candidates`) is an example: a real one where both of
its words stand in one planted difference, otherwise none. More real ones are made of faithful pairs: a rendering is exchanged for
one of its headword's opposites. Logistic regression; real and unreal examples weigh the same in all.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models import logistic, parallel
from models.contrasts import train as contrasts_train
from pipeline.compare import contrasts, reversals, thesaurus
from pipeline.compare.pairs import Pair
from pipeline.compare.renderings import Renderings

HERE = Path(__file__).resolve().parent
SHARED = [
    "near",
    "aside",
    "akin",
    "match_most",
    "match_least",
    "akin_elsewhere_most",
    "unexplained",
    "named",
    "turned",
    "nouns",
    "firm",
    "length",
]
"""The traits of every contrast that count here; the others changed nothing."""
NAMES = (*SHARED, *reversals.Traits._fields)
STRENGTH = 0.1
"""Inverse strength of the regularisation."""
MADE = 0.1
"""Weight of an example that was made, beside a planted one."""
EACH = 2
"""Examples made of one pair."""
CLOSE = 0.3
"""Closeness from which a rendering is taken for the rendering of the headword there."""
SEED = 7
Example = tuple[list[float], int, float]


def row(pair: Pair, one: contrasts.Contrast, entry: thesaurus.Entry) -> list[float]:
    found = reversals.traits(pair, Renderings(pair, "en"), one, entry)
    return [float(found[name]) for name in NAMES]


def examples(aligned: Sequence[Pair], rows: list[dict[str, Any]]) -> Iterator[Example]:
    """The candidates of a work: those planted are real, all others are not; half of a difference is neither."""
    changes = [d for r in rows for d in r.get("differences", ()) if d["en"] and d["ru"]]
    for pair in aligned:
        here = [d for d in changes if d["en"] in pair.en.text or d["ru"] in pair.ru.text]
        for one, entry in reversals.candidates(pair):
            en, ru = (span.text for span in contrasts.spans(pair, one, "train"))
            shown = max(((en in d["en"]) + (ru in d["ru"]) for d in here), default=0)
            if shown != 1:
                yield row(pair, one, entry), int(shown == 2), 1.0


def exchanged(aligned: Sequence[Pair], chance: random.Random) -> Iterator[Example]:
    """Reversals made by exchanging a rendering for an opposite of its headword."""
    for pair in aligned:
        met = list(reversals.rendered(pair))
        chance.shuffle(met)
        for entry, en, ru in met[:EACH]:
            old = pair.ru.words[ru.first].lemma
            words = [
                p[0]
                for p in entry.opposites
                if len(p) == 1 and contrasts_train.sort(p[0]) == contrasts_train.sort(old)
            ]
            if not words or contrasts.closeness(pair, en, ru) < CLOSE:
                continue
            made = contrasts_train.with_word(pair, ru.first, chance.choice(words))
            for one, other in reversals.candidates(made):
                if other is entry and (one.en.first, one.ru.first) == (en.first, ru.first):
                    yield row(made, one, entry), 1, MADE


def learned(found: list[Example]) -> dict[str, Any]:
    x, y, weight = (np.array([e[n] for e in found]) for n in range(3))
    return logistic.learned(x, y, logistic.balanced(weight, y), NAMES, STRENGTH)


def of_changed(paths: list[Path]) -> list[Example]:
    """The candidates of texts with planted differences."""
    works = parallel.works(parallel.read(paths))
    return [example for work in works for example in examples(parallel.aligned(work), work)]


def of_faithful(paths: list[Path]) -> list[Example]:
    """The candidates of faithful texts, and those made of them."""
    chance = random.Random(SEED)
    found: list[Example] = []
    for work in parallel.works(parallel.read(paths)):
        aligned = parallel.aligned(work)
        found += [*examples(aligned, []), *exchanged(aligned, chance)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("changed", type=Path, nargs="+")
    parser.add_argument("--faithful", type=Path, nargs="*", default=[])
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PASSAGES")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    found = of_changed(chosen.changed)
    found += parallel.unseen(parallel.folds(chosen.fold, chosen.faithful), of_faithful)
    chosen.output.write_text(json.dumps(learned(found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} candidates, {sum(y for _, y, _ in found)} of them real")


if __name__ == "__main__":
    main()
