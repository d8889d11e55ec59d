#!/usr/bin/env python3
"""Learn how much each trait says about a contrast of two words being a contradiction.

    train.py CHANGED.jsonl... --faithful PASSAGES.jsonl... [--ids even|all] [-o weights.json]

CHANGED holds paragraphs with planted differences (`corpora/differences`); where a line has `ru_faithful`, that is read as well, without
differences. FAITHFUL holds passages that translate each other (`corpora/labelled`). Every contrast of a pair of sentences is an example:
a real one where both of its words stand in one planted difference, otherwise none. Logistic regression, both classes weighing the same.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline import config, run, stages
from pipeline.compare import contrasts, polarity, weighing
from pipeline.compare.pairs import Pair, pairs
from pipeline.ingest import WorkFiles

HERE = Path(__file__).resolve().parent
WORK = 40
"""Paragraphs in a work."""
STRENGTH = 0.3
"""Inverse strength of the regularisation."""
Row = dict[str, Any]
Example = tuple[weighing.Traits, int]


def read(paths: Sequence[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def works(rows: list[Row], ru: str) -> Iterator[list[Row]]:
    """Rows in works, their Russian text taken from the field `ru`."""
    flat = [{**row, "en": row["en"].replace("\n", " "), "ru": row[ru].replace("\n", " ")} for row in rows]
    yield from (flat[i : i + WORK] for i in range(0, len(flat), WORK))


def aligned(rows: list[Row]) -> tuple[Pair, ...]:
    settings = config.load()
    tools = run.load_tools(settings)
    with tempfile.TemporaryDirectory() as folder:
        paths = tuple((lang, Path(folder) / f"work.{lang}.txt") for lang in ("en", "ru"))
        for lang, path in paths:
            path.write_text("\n\n".join(row[lang] for row in rows), encoding="utf-8")
        draft = stages.Draft("work", run.versions(WorkFiles(id="work", paths=paths), settings), tools)
        work = stages.finished(draft, tools)
        return pairs(work, {lang: draft.doc(lang, tools) for lang in work.versions})


def examples(rows: list[Row], planted: bool) -> Iterator[Example]:
    changes = [d for row in rows if planted for d in row.get("differences", ()) if d["en"] and d["ru"]]
    for pair in aligned(rows):
        for kind in ("polarity", "terminology"):
            found = list(contrasts.contrasts(pair, kind))
            for one in found:
                words = [s.text for s in contrasts.spans(pair, one, "train")]
                here = [d for d in changes if d["en"] in pair.en.text or d["ru"] in pair.ru.text]
                shown = [(words[0] in d["en"]) + (words[1] in d["ru"]) for d in here]
                if max(shown, default=0) == 1:
                    continue  # half of it: neither one nor the other
                undone = kind == "polarity" and polarity.undone(one, found)
                yield weighing.traits(pair, one, undone), int(max(shown, default=0) == 2)


def learned(found: list[Example]) -> dict[str, Any]:
    x = np.array([list(traits) for traits, _ in found])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=STRENGTH, max_iter=1000, class_weight="balanced")
    model.fit(scaler.transform(x), [y for _, y in found])
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    names = weighing.Traits._fields
    return {
        "bias": round(bias, 4),
        "traits": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("changed", type=Path, nargs="+")
    parser.add_argument("--faithful", type=Path, nargs="*", default=[])
    parser.add_argument("--ids", choices=("even", "all"), default="even", help="whose planted words count")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    changed = read(chosen.changed)
    if chosen.ids == "even":
        changed = [row for row in changed if int(row["id"].rpartition("-")[2]) % 2 == 0]
    sets = [(changed, "ru", True)]
    sets.append(([row for row in changed if "ru_faithful" in row], "ru_faithful", False))
    sets.append((read(chosen.faithful), "ru", False))
    found = [e for rows, ru, planted in sets for work in works(rows, ru) for e in examples(work, planted)]
    chosen.output.write_text(json.dumps(learned(found), indent=1), encoding="utf-8")
    print(f"{len(found)} contrasts, {sum(y for _, y in found)} of them planted")


if __name__ == "__main__":
    main()
