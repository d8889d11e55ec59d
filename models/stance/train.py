#!/usr/bin/env python3
"""Learn where statements lean: `weights.npz`, and how right it is on statements left out by tens.

    python models/stance/train.py

Both languages teach one model: `corpora/stance`, the statements that the listed words were improved on, and those of the gold
works, nearly all of which take no side, as in the texts that the model will read.
"""

import json
import sys
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path.insert(0, str(REPOSITORY))

from pipeline import config, parse  # noqa: E402
from pipeline.statements import stance  # noqa: E402
from pipeline.statements.leaning import CLASSES, columns  # noqa: E402
from tests.evaluation.stance import LABELS, docs, labelled  # noqa: E402

STRENGTH = 5.0
"""Inverse of the regularisation; 2, 5 and 10 were tried on statements left out and hardly differ."""
FOLDS = 10
TEXTS = (REPOSITORY / "tests/cases/stance/statements.toml", REPOSITORY / "corpora/stance/statements.toml")


MODELS: dict[int, LogisticRegression] = {}
WORKS = REPOSITORY / "corpora/gold/development"


class Example(NamedTuple):
    """A statement: what the regression reads, its class, what the listed words say, the fold that leaves it out, its source."""

    columns: NDArray[np.float64]
    label: int
    listed: str
    fold: int
    source: str


def examples(parsers: parse.Parsers) -> Iterator[Example]:
    for lang in ("en", "ru"):
        for source, rows in (
            *((str(f.relative_to(REPOSITORY).parts[0]), labelled(f, lang)) for f in TEXTS),
            *of_works(lang),
        ):
            for number, ((text, label), doc) in enumerate(zip(rows, docs(rows, lang, parsers), strict=True)):
                said = stance.listed(text, lang)
                read = columns(list(doc), text, lang, said.score)
                work = source.endswith(".gold.json")  # a work is left out as a whole
                fold = zlib.crc32(source.encode()) if work else number
                yield Example(
                    read, CLASSES.index(label), said.label, fold % FOLDS, "works" if work else source
                )


def of_works(lang: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The statements of each gold work with their labels."""
    sides = tomllib.loads((REPOSITORY / "corpora/stance/works.toml").read_text("utf-8"))
    for file in sorted(WORKS.glob("*.gold.json")):
        said = json.loads(file.read_text("utf-8"))["statements"]
        yield (
            file.name,
            [
                (
                    " ".join(s["quote"].split()),
                    next((LABELS[k] for k in "ma" if s["pair_id"] in sides[k]), "neutral"),
                )
                for s in said
                if s["lang"] == lang and s["pair_id"] not in sides["aside"]
            ],
        )


def fitted(taught: list[Example]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    return model.fit(np.stack([e.columns for e in taught]), [e.label for e in taught])


def left_out(every: list[Example], source: str, sure: float) -> dict[str, float]:
    """The figures on the statements of one source, each judged by a model that has not seen it."""
    right = taken = sides = found = total = 0
    for fold in range(FOLDS):
        model = MODELS.setdefault(fold, fitted([e for e in every if e.fold != fold]))
        for e in (e for e in every if e.fold == fold and e.source == source):
            p = model.predict_proba([e.columns])[0]
            label = CLASSES[int(p.argmax())] if p.max() >= sure else "neutral"
            if e.listed != "neutral" and (sure > 1 or p[CLASSES.index(e.listed)] >= stance.DOUBTED):
                label = e.listed
            total += 1
            right += label == CLASSES[e.label]
            taken += label != "neutral"
            sides += CLASSES[e.label] != "neutral"
            found += label == CLASSES[e.label] != "neutral"
    return {"accuracy": right / total, "taken": taken, "right": found, "sides": sides}


def main() -> None:
    every = list(examples(parse.load(config.load())))
    for sure in (1.1, 0.8, 0.7, 0.6, 0.5, 0.4):
        print("sure" if sure <= 1 else "listed words alone", sure, end=" ")
        for source in ("corpora", "works"):
            print(source, {k: round(v, 3) for k, v in left_out(every, source, sure).items()}, end=" ")
        print()
    model = fitted(every)
    np.savez(
        HERE / "weights.npz",
        weights=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


if __name__ == "__main__":
    main()
