#!/usr/bin/env python3
"""Learn how much each trait says about a contrast of two words being a contradiction.

    train.py CHANGED.jsonl... --faithful PASSAGES... [--ids even|all] [--kind terminology|polarity] [-o weights.json]

CHANGED holds paragraphs with planted differences (`corpora/differences`); where a line has `ru_faithful`, that is read as well, without
differences. FAITHFUL holds passages that translate each other: `.jsonl` with `en` and `ru`, or `.tsv` whose second and third column they are.

Every contrast of a pair of sentences is an example: a real one where both of its words stand in one planted difference, otherwise none.
Real ones are made from faithful pairs besides: a Russian word of a group is exchanged for one of another member. Logistic regression; real and
unreal examples weigh the same in all.
"""

import argparse
import csv
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from pipeline import config, languages, run, stages
from pipeline.compare import contrasts, polarity, weighing
from pipeline.compare.contrasts import NEAR, Contrast
from pipeline.compare.pairs import Pair, Word, pairs
from pipeline.compare.translations import stem
from pipeline.ingest import WorkFiles

HERE = Path(__file__).resolve().parent
WORK = 40
"""Paragraphs in a work."""
STRENGTH = 0.3
"""Inverse strength of the regularisation."""
MADE = 0.05
"""Weight of an example that was made, beside a planted one."""
KINDS = ("polarity", "terminology")
SEED = 7
Row = dict[str, Any]
Example = tuple[weighing.Traits, int, float]


def read(paths: Sequence[Path]) -> list[Row]:
    rows: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            if path.suffix == ".tsv":
                table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                rows += [{"en": row[1], "ru": row[2]} for n, row in enumerate(table) if n]
            else:
                rows += [json.loads(line) for line in lines]
    return rows


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


def examples(aligned: Sequence[Pair], rows: list[Row], planted: bool) -> Iterator[Example]:
    """The contrasts of a work: those planted are real, all others are not."""
    changes = [d for row in rows if planted for d in row.get("differences", ()) if d["en"] and d["ru"]]
    for pair in aligned:
        here = [d for d in changes if d["en"] in pair.en.text or d["ru"] in pair.ru.text]
        for kind in KINDS:
            for one, traits in weighed(pair, kind):
                words = [s.text for s in contrasts.spans(pair, one, "train")]
                shown = max(((words[0] in d["en"]) + (words[1] in d["ru"]) for d in here), default=0)
                if shown != 1:  # half of it is neither one nor the other
                    yield traits, int(shown == 2), 1.0


def weighed(pair: Pair, kind: str) -> Iterator[tuple[Contrast, weighing.Traits]]:
    found = list(contrasts.contrasts(pair, kind))
    for one in found:
        yield one, weighing.traits(pair, one, kind == "polarity" and polarity.undone(one, found))


class Renamed:
    """A token that passes for another word of its part of speech and place."""

    def __init__(self, token: Any, lemma: str) -> None:
        self.token, self.lemma_, self.lower_, self.text = token, lemma, lemma, lemma

    def __getattr__(self, name: str) -> Any:
        return getattr(self.token, name)

    def __len__(self) -> int:
        return len(self.token)


def exchanged(aligned: Sequence[Pair], chance: random.Random) -> Iterator[Example]:
    """Contrasts made by exchanging a Russian word for one of another member of its group."""
    for pair in aligned:
        for kind in KINDS:
            ours, theirs = (contrasts.hits(side, kind) for side in (pair.en, pair.ru))
            for group in sorted(ours.keys() & theirs.keys()):
                like = [(a, b) for a in ours[group] for b in theirs[group] if a.member == b.member]
                if len(like) == 1 and like[0][1].first == like[0][1].last:
                    en, ru = like[0]
                    if contrasts.closeness(pair, en, ru) < NEAR:
                        continue
                    other = chance.choice(others(kind, group, ru.member, pair.ru.words[ru.first].lemma))
                    made = with_word(pair, ru.first, other)
                    for one, traits in weighed(made, kind):
                        if (one.group, one.en, one.ru.first) == (group, en, ru.first):
                            yield traits, 1, MADE


ENDINGS = (("ть", "ти", "ться", "чь"), ("ый", "ий", "ой"), ("о",))
"""Endings by which the lemmas of verbs, adjectives and adverbs are told apart; what has none of them is a noun."""


def others(kind: str, group: str, member: int, lemma: str) -> list[str]:
    """The single words of the other members, of the lemma's part of speech if there are any."""
    rows = languages.shared("contrasts")[kind][group]
    words = [
        w for n, row in enumerate(rows) if n != member for w in languages.bilingual(row)["ru"] if " " not in w
    ]
    return [w for w in words if sort(w) == sort(lemma)] or words or [lemma]


def sort(lemma: str) -> int:
    return next((n for n, ends in enumerate(ENDINGS) if lemma.endswith(ends)), len(ENDINGS))


def with_word(pair: Pair, place: int, lemma: str) -> Pair:
    old = pair.ru.words[place]
    new = Word(Renamed(old.token, lemma), stem(lemma), old.content)  # type: ignore[arg-type]
    words = (*pair.ru.words[:place], new, *pair.ru.words[place + 1 :])
    return replace(pair, ru=replace(pair.ru, words=words))


def learned(found: list[Example]) -> dict[str, Any]:
    x, y, weight = (
        np.array([list(e[0]) for e in found]),
        np.array([e[1] for e in found]),
        np.array([e[2] for e in found]),
    )
    weight[y == 1] *= weight[y == 0].sum() / weight[y == 1].sum()
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(scaler.transform(x), y, sample_weight=weight)
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
    parser.add_argument("--kind", choices=KINDS, default="terminology", help="whose weights are replaced")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    changed = read(chosen.changed)
    if chosen.ids == "even":
        changed = [row for row in changed if int(row["id"].rpartition("-")[2]) % 2 == 0]
    sets = [(changed, "ru", True)]
    sets.append(([row for row in changed if "ru_faithful" in row], "ru_faithful", False))
    sets.append((read(chosen.faithful), "ru", False))
    found: list[Example] = []
    chance = random.Random(SEED)
    for rows, ru, planted in sets:
        for work in works(rows, ru):
            pairs_of_work = aligned(work)
            found += examples(pairs_of_work, work, planted)
            if not planted:
                found += exchanged(pairs_of_work, chance)
    model = json.loads((HERE / "weights.json").read_text(encoding="utf-8")) | {chosen.kind: learned(found)}
    chosen.output.write_text(json.dumps(model, indent=1), encoding="utf-8")
    print(f"{len(found)} contrasts, {sum(y for _, y, _ in found)} of them real")


if __name__ == "__main__":
    main()
