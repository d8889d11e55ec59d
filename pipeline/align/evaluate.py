"""How good an alignment is: the field's metrics, written anew, and a benchmark made of parallel text.

A bead is a pair of index tuples. Strict: the bead is one of the gold's. Lax: its targets meet those that gold gives any of
its sources. Recall leaves out null beads and so says nothing about omissions: precision, recall and F1 of the null beads
stand beside it. Source: the definitions of vecalign's scorer, implemented independently.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

Indices = tuple[int, ...]
Bead = tuple[Indices, Indices]
TextPair = tuple[str, str]


class Perturbed(NamedTuple):
    """Two sides whose beads are known because we merged and dropped their sentences ourselves."""

    en: list[str]
    ru: list[str]
    gold: list[Bead]


def perturbed(
    pairs: Sequence[TextPair],
    rng: random.Random,
    merge: float,
    drop: float,
    runs: Sequence[int] = (1, 1, 1, 2, 3),
) -> Perturbed:
    """A document of sentence pairs after neighbours were merged on one side and sentences dropped from one side.

    `merge` and `drop` are chances per side; a drop takes a run of one of the lengths `runs`.
    """
    out = Perturbed([], [], [])
    k = 0
    while k < len(pairs):
        chance = rng.random()
        if chance < 2 * drop:
            run = pairs[k : k + rng.choice(runs)]
            for en, ru in run:
                _add(out, [en], []) if chance < drop else _add(out, [], [ru])
            k += len(run)
        elif chance < 2 * (drop + merge) and k + 1 < len(pairs):
            (en, ru), (en2, ru2) = pairs[k : k + 2]
            _add(out, [en, en2], [f"{ru} {ru2}"]) if chance < 2 * drop + merge else _add(
                out, [f"{en} {en2}"], [ru, ru2]
            )
            k += 2
        else:
            _add(out, [pairs[k][0]], [pairs[k][1]])
            k += 1
    return out


def _add(out: Perturbed, en: list[str], ru: list[str]) -> None:
    first = len(out.en), len(out.ru)
    out.en.extend(en)
    out.ru.extend(ru)
    out.gold.append((tuple(range(first[0], len(out.en))), tuple(range(first[1], len(out.ru)))))


def parallel_sentences(path: Path) -> Iterator[tuple[str, TextPair]]:
    """Work and sentence pair from labelled parallel passages (`corpora/labelled/*.jsonl`): of passages with as many
    sentences in both languages, of like length, the n-th translates the n-th."""
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        if not (passage.get("en") and passage.get("ru")):
            continue
        en, ru = (_sentences(lang, passage[lang]) for lang in ("en", "ru"))
        if len(en) == len(ru) and all(0.5 < len(r) / len(e) < 2 for e, r in zip(en, ru, strict=True)):
            yield from ((passage["work"], pair) for pair in zip(en, ru, strict=True))


def _sentences(lang: str, text: str) -> list[str]:
    import msgspec

    from pipeline import segment
    from pipeline.document import Source, Version

    nowhere = Source(path="", sha256="", encoding="utf-8", media_type="text/plain")
    version = Version(lang=lang, source=nowhere, text=text)  # type: ignore[arg-type]
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return [re.sub(r"\s+", " ", text[s.start : s.end]) for s in segment.sentences(version)]


def held_out(work: str) -> bool:
    """Whether a work is kept for measuring: half of them, by the hash of the name; weights are learned on the others."""
    return sha256(work.encode()).digest()[0] % 2 == 1


class Scores(NamedTuple):
    strict_f1: float
    lax_f1: float
    null_precision: float
    null_recall: float
    null_f1: float
    nulls: int
    recall_by_shape: dict[str, float]
    calibration: float


def scores(documents: Iterable[tuple[Sequence[tuple[Indices, Indices, float]], Sequence[Bead]]]) -> Scores:
    """The scores of (beads with confidence, gold beads) of several documents; counts are summed over all of them.

    `calibration` is the expected calibration error of the confidence in ten bins of equal size.
    """
    right, asked, null = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    shapes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sure: list[tuple[float, bool]] = []
    for beads, gold in documents:
        test = [(en, ru) for en, ru, _ in beads]
        exact = set(gold)
        sure += [(p, (en, ru) in exact) for en, ru, p in beads]
        right = [x + y for x, y in zip(right, _hits(test, gold), strict=True)]
        asked = [x + y for x, y in zip(asked, _hits(_linked(gold), _linked(test)), strict=True)]
        mine, theirs = ({b for b in beads_ if not (b[0] and b[1])} for beads_ in (test, gold))
        null = [null[0] + len(mine & theirs), null[1] + len(mine), null[2] + len(theirs)]
        found = set(test)
        for en, ru in gold:
            count = shapes[f"{len(en)}:{len(ru)}"]
            count[0] += (en, ru) in found
            count[1] += 1
    precision, recall = null[0] / max(1, null[1]), null[0] / max(1, null[2])
    return Scores(
        _f1(right[0] / max(1, right[2]), asked[0] / max(1, asked[2])),
        _f1(right[1] / max(1, right[2]), asked[1] / max(1, asked[2])),
        precision,
        recall,
        _f1(precision, recall),
        null[2],
        {shape: hit / of for shape, (hit, of) in sorted(shapes.items())},
        calibration_error(sure),
    )


def _linked(beads: Sequence[Bead]) -> list[Bead]:
    return [b for b in beads if b[0] and b[1]]


def _hits(test: Sequence[Bead], gold: Sequence[Bead]) -> tuple[int, int, int]:
    """Beads of `test` that are strictly right, laxly right, and all of them."""
    exact = set(gold)
    targets: dict[int, set[int]] = defaultdict(set)
    for en, ru in gold:
        for i in en:
            targets[i].update(ru)
    lax = sum(bead in exact or any(targets[i] & set(bead[1]) for i in bead[0]) for bead in test)
    return sum(bead in exact for bead in test), lax, len(test)


def calibration_error(sure: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Mean distance between confidence and share of right beads, over bins of as many beads each."""
    ordered = sorted(sure)
    if not ordered:
        return 0.0
    total = 0.0
    for k in range(bins):
        part = ordered[k * len(ordered) // bins : (k + 1) * len(ordered) // bins]
        if part:
            total += abs(sum(p for p, _ in part) - sum(hit for _, hit in part))
    return total / len(ordered)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
