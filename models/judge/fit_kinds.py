#!/usr/bin/env python3
"""Learn which kind of difference a finding is (`pipeline/compare/kinds.py`).

    fit_kinds.py --changed corpora/differences/{latest_works,number_works}.jsonl [--gold FOLDER ...] [-o kinds.json]

Examples are the findings that show a planted difference; what is learned is its kind: conditional logistic regression.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from models import parallel
from models.judge.fit import gold, shows
from pipeline.compare import by_rule, kinds, sources, verdicts
from pipeline.compare.pairs import Pair, pairs
from pipeline.compare.verdicts import MARKED
from pipeline.document import Difference

HERE = Path(__file__).resolve().parent
PULL = 0.5
"""Strength of the regularisation."""


class Example(NamedTuple):
    """What a finding was found as, its traits, and the kind of the difference that it shows."""

    found: str
    traits: kinds.Traits
    kind: str


def examples(rows: Sequence[parallel.Row]) -> Iterator[Example]:
    """The findings of a work that show a planted difference."""
    work, docs = parallel.parsed(rows)
    aligned = pairs(work, docs)
    told = sources.read(work, docs)
    planted = {lang: list(parallel.planted(work.versions[lang].text, rows, lang)) for lang in ("en", "ru")}  # type: ignore[arg-type]
    for one, pair in findings(by_rule(work, aligned, told), aligned):
        shown = [
            p for lang, span in (("en", one.en), ("ru", one.ru)) for p in planted[lang] if shows(p, span)
        ]
        if shown:
            yield Example(one.kind, kinds.traits(one, pair, told), shown[0].kind)


def findings(found: Sequence[Difference], aligned: Sequence[Pair]) -> Iterator[tuple[Difference, Pair]]:
    """What is found before its kind is settled, with its pair, where the kind may be another."""
    ruled = list(verdicts.weighed(found, aligned))
    places = verdicts.Places(aligned)
    for one in [*ruled, *verdicts.alone(aligned, ruled)]:
        pair = places.of(one)
        if pair is not None and one.kind in kinds.FOUND and one.confidence >= MARKED:
            yield one, pair


def weights(found: Sequence[Example]) -> dict[str, float]:
    """What each term of a kind's score weighs."""
    known = [e for e in found if e.kind in kinds.FOUND and e.found in kinds.FOUND]
    rows = [[kinds.terms(kind, e.found, e.traits) for kind in _open(e)] for e in known]
    names = sorted({name for row in rows for terms in row for name in terms})
    kept = np.array([[[terms.get(name, 0.0) for name in names] for terms in row] for row in rows])
    true = np.array(
        [
            _open(e).index(e.found if e.kind in kinds.LACKING and e.found in kinds.LACKING else e.kind)
            for e in known
        ]
    )

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        scores = kept @ line
        odds = np.exp(scores - scores.max(1, keepdims=True))
        shares = odds / odds.sum(1, keepdims=True)
        wrong = shares - np.eye(shares.shape[1])[true]
        likely = shares[np.arange(len(true)), true]
        return PULL * line @ line - np.log(likely).sum(), 2 * PULL * line + np.einsum(
            "nk,nkt->t", wrong, kept
        )

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(weight), 4) for name, weight in zip(names, best.x, strict=True)}


def _open(one: Example) -> list[str]:
    """The kinds that an example may be of, what is missing in either version as one."""
    return [*kinds.WORDED, one.found if one.found in kinds.LACKING else "omission"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changed", type=Path, nargs="*", default=[])
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path, default=HERE / "kinds.json")
    chosen = parser.parse_args()
    works = [work for folder in chosen.gold for work in gold(folder)]
    works += list(parallel.works(parallel.read(chosen.changed)))
    found = [e for work in works for e in examples(work)]
    chosen.output.write_text(json.dumps(weights(found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} examples")


if __name__ == "__main__":
    main()
