#!/usr/bin/env python3
"""Learn how much each trait says about a contrast of two words being a contradiction.

    train.py CHANGED.jsonl... --faithful PASSAGES... [--fold LEXICON PASSAGES...]... [--ids even|all] [--kind terminology|polarity] [-o weights.json]

CHANGED holds paragraphs with planted differences (`corpora/differences`); where a line has `ru_faithful`, that is read as well, without
differences. PASSAGES translate each other, as `models/parallel.py` reads them; those that the shipped lexicon was estimated from are read
with one that has not seen them.

Every contrast of a pair of sentences is an example: a real one where both of its words stand in one planted difference, otherwise none.
Real ones are made from faithful pairs besides: a Russian word of a group is exchanged for one of another member. Logistic regression; real and
unreal examples weigh the same in all.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from models import logistic, parallel
from models.parallel import Row
from pipeline import languages, morphology
from pipeline.compare import contrasts, otherwise, weighing
from pipeline.compare.contrasts import NEAR, Contrast
from pipeline.compare.pairs import Pair, Word
from pipeline.compare.translations import stem

HERE = Path(__file__).resolve().parent
STRENGTH = 0.3
"""Inverse strength of the regularisation."""
MADE = 0.05
"""Weight of an example that was made, beside a planted one."""
KINDS = ("polarity", "terminology")
SEED = 7
Example = tuple[weighing.Traits, int, float]


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
        yield one, weighing.traits(pair, one, kind == "polarity" and otherwise.undone(one, found))


class Renamed:
    """A token that passes for another word of its part of speech and place."""

    def __init__(self, token: Any, lemma: str, form: str) -> None:
        self.token, self.lemma_, self.lower_, self.text = token, lemma, form, form

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


CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
GENDERS, NUMBERS = frozenset({"masc", "femn", "neut"}), frozenset({"sing", "plur"})
VERBAL = frozenset({"past", "pres", "futr", "1per", "2per", "3per", "INFN"})
INFLECTED = CASES | GENDERS | NUMBERS | VERBAL
"""What a form has in common with the one it stands for."""
LOOSER = (
    frozenset(),
    frozenset({"masc", "femn", "neut"}),
    frozenset({"masc", "femn", "neut", "sing", "plur"}),
)


def inflected(lemma: str, old: str) -> str:
    """The lemma in the form of another word, as far as it has it: «война» as «миру» is «войне»."""
    analyzer = morphology.analyzer()
    wanted = {str(g) for g in analyzer.parse(old.lower())[0].tag.grammemes} & INFLECTED
    for less in LOOSER:
        for reading in analyzer.parse(lemma):
            if found := reading.inflect(wanted - less):
                return str(found.word)
    return lemma


def with_word(pair: Pair, place: int, lemma: str) -> Pair:
    """The pair with another Russian word in one place, in the form of the old one."""
    old = pair.ru.words[place]
    form = inflected(lemma, old.token.text)
    form = form.capitalize() if old.token.text.istitle() else form
    new = Word(Renamed(old.token, lemma, form), stem(form.lower()), old.content)  # type: ignore[arg-type]
    words = (*pair.ru.words[:place], new, *pair.ru.words[place + 1 :])
    return replace(pair, ru=replace(pair.ru, words=words))


def learned(found: list[Example]) -> dict[str, Any]:
    x, y, weight = (np.array([list(e[0]) for e in found]), *(np.array([e[n] for e in found]) for n in (1, 2)))
    return logistic.learned(x, y, logistic.balanced(weight, y), weighing.Traits._fields, STRENGTH)


def of_changed(rows: list[Row]) -> list[Example]:
    """The contrasts of texts with planted differences."""
    return [e for work in parallel.works(rows) for e in examples(parallel.aligned(work), work, True)]


def of_faithful(rows: list[Row]) -> list[Example]:
    """The contrasts of faithful texts, and those made of them."""
    chance = random.Random(SEED)
    found: list[Example] = []
    for work in parallel.works(rows):
        aligned = parallel.aligned(work)
        found += [*examples(aligned, work, False), *exchanged(aligned, chance)]
    return found


def of_texts(paths: list[Path]) -> list[Example]:
    return of_faithful(parallel.read(paths))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("changed", type=Path, nargs="+")
    parser.add_argument("--faithful", type=Path, nargs="*", default=[])
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PASSAGES")
    parser.add_argument("--ids", choices=("even", "all"), default="even", help="whose planted words count")
    parser.add_argument("--kind", choices=KINDS, default="terminology", help="whose weights are replaced")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    changed = parallel.read(chosen.changed)
    if chosen.ids == "even":
        changed = [row for row in changed if int(row["id"].rpartition("-")[2]) % 2 == 0]
    found = of_changed(changed) + of_faithful(parallel.faithful(changed))
    found += parallel.unseen(parallel.folds(chosen.fold, chosen.faithful), of_texts)
    model = json.loads((HERE / "weights.json").read_text(encoding="utf-8")) | {chosen.kind: learned(found)}
    chosen.output.write_text(json.dumps(model, indent=1), encoding="utf-8")
    print(f"{len(found)} contrasts, {sum(y for _, y, _ in found)} of them real")


if __name__ == "__main__":
    main()
