#!/usr/bin/env python3
"""What each ingredient of the aligner is worth: the benchmark with one taken out at a time.

    ablate.py PASSAGES.jsonl|PAIRS.tsv... [--seeds 3] [--lexicon FOLDER...] [--only NAME...]

The weights stay those learned with everything in place, so an ingredient's loss is an upper bound of its gain.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from pipeline.align import align, habits, lexicon, links, refine, search, sides
from pipeline.align.evaluate import Scores, parallel_sentences, perturbed, scores
from pipeline.align.weights import LENGTHS, SHARES, Weights, learned_weights

MIXES = {"normal": (0.10, 0.03), "hard": (0.20, 0.07)}


@contextmanager
def replaced(owner: object, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def without_terms(*names: str) -> Weights:
    """The learned weights, those of some length and share terms set to zero."""
    old = learned_weights()
    fields = {}
    for group, terms in (("length", LENGTHS), ("share", SHARES)):
        kept = np.array([t not in names for t in terms], np.float32)
        for shape in ("one", "many"):
            fields[f"{group}_{shape}"] = getattr(old, f"{group}_{shape}") * kept
    return old._replace(**fields)


def most_likely_path(cells: search.Band, found: search.Posterior) -> list[tuple[int, int]]:
    """The path of the beads that are likeliest one by one: what a search without posteriors over nulls comes near to."""
    return search._walk(
        cells, np.log(np.maximum(found.beads, 1e-12)), np.log(found.en + 1e-12), np.log(found.ru + 1e-12)
    )


frequencies = sides.Side.frequencies


def of_the_whole_text(side: sides.Side, first: int, last: int, room: int) -> np.ndarray:
    """One frequency for every word, wherever it stands."""
    return frequencies(side, 0, len(side.sizes), len(side.word))


def ingredients() -> dict[str, Callable[[list[tuple[list[str], list[str]]]], list]]:
    learned = learned_weights()

    def run(**options: object) -> Callable:
        return lambda texts: [align(en, ru, **options) for en, ru in texts]

    def patched(owner: object, name: str, value: object) -> Callable:
        def go(texts: list) -> list:
            with replaced(owner, name, value):
                return [align(en, ru) for en, ru in texts]

        return go

    turn = learned._replace(nulls=(*learned.nulls[:-1], learned.nulls[2]))
    same_words = links._same_words
    return {
        "everything": run(),
        "lexicon (names and numbers only)": run(lexicon=empty()),
        "names and cognates by sound": patched(links, "_same_sounds", lambda en, ru: []),
        "numbers and words in one script": patched(links, "_same_words", lambda en, ru: []),
        "numbers": patched(links, "_same_words", lambda en, ru: [x for x in same_words(en, ru) if en.words[x[0]][0] != "#"]),
        "length": run(weights=without_terms(*LENGTHS[:3])),
        "sentence ends inside a unit": run(weights=without_terms(*LENGTHS[3:])),
        "shares of explained words": run(weights=without_terms(*SHARES)),
        "seams of a unit that stands for several": run(weights=learned._replace(seams=np.zeros_like(learned.seams))),
        "closeness of the translation": patched(habits, "closer", lambda doc, cells, table, found, learned: table),
        "how sentences are joined": patched(habits, "rejoined", lambda doc, closed, cells, table, found: table),
        "price of a turn between nulls": run(weights=turn),
        "rarity round about (long texts only)": patched(sides.Side, "frequencies", of_the_whole_text),
        "prices of omissions by document": patched(refine, "repriced", lambda nulls, found: nulls),
        "refinement on the document": patched(refine, "refined", lambda doc, beads: doc),
        "second pass for moved passages": run(find_moved=False),
        "decoding by posterior": patched(search, "decode", most_likely_path),
    }  # fmt: skip


def aligned_with(folder: Path, texts: list[tuple[list[str], list[str]]]) -> list:
    return [align(en, ru, lexicon=lexicon.load(folder)) for en, ru in texts]


def empty() -> lexicon.Lexicon:
    """The shipped lexicon without its entries: frequencies only."""
    book = lexicon.load()
    return book._replace(rows=np.zeros_like(book.rows))


def read(path: Path) -> list[tuple[str, str]]:
    """Sentence pairs of labelled passages, or of a TSV with a header whose last two columns are English and Russian."""
    if path.suffix == ".jsonl":
        return [pair for _, pair in parallel_sentences(path)]
    cells = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:]]
    return [(c[-2].strip(), c[-1].strip()) for c in cells if len(c) >= 3 and c[-2].strip() and c[-1].strip()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("passages", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--lexicon",
        nargs="*",
        type=Path,
        default=[],
        help="other lexicons to put in place of the shipped one",
    )
    parser.add_argument("--size", type=int, default=150, help="sentence pairs of one document")
    parser.add_argument("--only", nargs="*", default=[], help="only the rows whose names begin so")
    options = parser.parse_args()
    pairs = [pair for path in options.passages for pair in read(path)]
    print(
        "| without | "
        + " | ".join(f"{m} strict | {m} null F1" for m in MIXES)
        + " |\n| --- | --- | --- | --- | --- |"
    )
    made = {
        mix: [
            perturbed(pairs[k : k + options.size], random.Random(seed * 1000 + k), *chances)
            for seed in range(1, options.seeds + 1)
            for k in range(0, len(pairs), options.size)
        ]
        for mix, chances in MIXES.items()
    }
    others = {f"lexicon {p.name} instead": partial(aligned_with, p) for p in options.lexicon}
    for name, aligned in {**ingredients(), **others}.items():
        if options.only and not name.startswith(tuple(options.only)):
            continue
        cells = []
        for documents in made.values():
            found: Scores = scores(
                zip(aligned([(d.en, d.ru) for d in documents]), (d.gold for d in documents), strict=True)
            )
            cells += [f"{found.strict_f1:.4f}", f"{found.null_f1:.4f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
