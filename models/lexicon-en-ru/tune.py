#!/usr/bin/env python3
"""Learn the weights of the bead score: a semi-Markov conditional random field over perturbed parallel documents.

    tune.py --fold LEXICON_FOLDER PAIRS.tsv... [--fold ...] [-o weights.json]

Each fold names a lexicon and parallel text that this lexicon has NOT seen. The text is cut into documents, some
sentences are merged or dropped (the beads are then known), and the weights that make the known beads most likely are
found by L-BFGS. What the seams of a bead count (`--seams`) is learned afterwards, the rest as it is: learned together, the words
came to count less, and news that no weight had seen came out worse.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipeline.align import align, evidence, lengths, score, seams, search, weights
from pipeline.align.evaluate import held_out, parallel_sentences
from pipeline.align.lexicon import Lexicon, load
from pipeline.align.links import Document, document
from pipeline.align.sides import CLASSES
from pipeline.align.tokens import Token, ends, tokens
from pipeline.align.weights import FLOORS, LENGTHS, SEAMS, SHAPES, SHARES, Weights

HERE = Path(__file__).resolve().parent
MIXES = ((0.10, 0.03), (0.20, 0.07), (0.05, 0.01), (0.15, 0.05))
FREEDOM = (0.0, 0.15, 0.3, 0.2, 0.1, 0.35, 0.25)
"""Shares of tokens that the translators of one document after the other render by something else. Most are more than
professional translations of later news show (there the lexicon explains .61 of the words, on training news .69); less noise
fits the training news better and other texts worse."""
TURN = 0.4
"""Chance of a dropped sentence to meet one dropped from the other side: far more often than in the benchmark, for such
pairs teach what no translation looks like. `OFTEN` takes the surplus out of the learned price again."""
OFTEN = 2.0
TERMS = (*LENGTHS, *SHARES)
TOKEN = len(CLASSES) * (len(FLOORS) + 1)
SIZE = 2 * TOKEN + len(SHAPES) + 2 * len(TERMS) + len(SEAMS) + 5
SEWN = slice(SIZE - 5 - len(SEAMS), SIZE - 5)
Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]


def perturbed(
    pairs: list[tuple[str, str]],
    rng: random.Random,
    merge: float,
    drop: float,
    turn: float | None = None,
) -> tuple[list[str], list[str], Gold]:
    """The two sides after merging neighbours and dropping sentences, and their beads."""
    turn = TURN if turn is None else turn
    en: list[str] = []
    ru: list[str] = []
    gold: Gold = []

    def add(a: list[str], b: list[str]) -> None:
        gold.append((tuple(range(len(en), len(en) + len(a))), tuple(range(len(ru), len(ru) + len(b)))))
        en.extend(a)
        ru.extend(b)

    k = 0
    while k < len(pairs):
        chance = rng.random()
        if chance < 2 * drop:
            run = rng.choice((1, 1, 1, 2, 2, 3, 5))
            for e, r in pairs[k : k + run]:
                add([e], []) if chance < drop else add([], [r])
            k += run
            if rng.random() < turn and k < len(pairs):
                add([], [pairs[k][1]]) if chance < drop else add([pairs[k][0]], [])
                k += 1
        elif chance < 2 * drop + 2 * merge and k + 1 < len(pairs):
            size = 3 if rng.random() < 0.1 else 2
            ens, rus = [p[0] for p in pairs[k : k + size]], [p[1] for p in pairs[k : k + size]]
            if rng.random() < 0.06 and len(ens) == 3:
                add([joined(ens[:2], rng), ens[2]], [rus[0], joined(rus[1:], rng)])
            elif chance < 2 * drop + merge:
                add(ens, [joined(rus, rng)])
            else:
                add([joined(ens, rng)], rus)
            k += size
        else:
            add([pairs[k][0]], [pairs[k][1]])
            k += 1
    return en, ru, gold


def joined(parts: list[str], rng: random.Random) -> str:
    """Sentences as one: side by side, or as a translator joins them, without the stop."""
    if rng.random() < 0.5:
        return " ".join(parts)
    return ", ".join([p.rstrip(".!?") for p in parts[:-1]] + [parts[-1][:1].lower() + parts[-1][1:]])


def freer(units: list[list[Token]], freedom: float, rng: random.Random) -> list[list[Token]]:
    """As a freer translator would have it: a share of the tokens gives way to others of the document."""
    pool = [t for unit in units for t in unit]
    return [[rng.choice(pool) if rng.random() < freedom else t for t in unit] for unit in units]


class Example:
    """A perturbed document with its evidence and its gold counts."""

    def __init__(
        self,
        en: list[str],
        ru: list[str],
        gold: Gold,
        lexicon: Lexicon,
        background: float,
        freedom: float,
        rng: random.Random,
        sewing: Weights | None = None,
    ) -> None:
        doc = document(
            freer([tokens(s) for s in en], freedom, rng),
            freer([tokens(s) for s in ru], freedom, rng),
            ([len(s) for s in en], [len(s) for s in ru]),
            ([ends(s, "en") for s in en], [ends(s, "ru") for s in ru]),
            lexicon,
            background,
        )
        n, m = len(en), len(ru)
        self.n, self.m = n, m
        seen = evidence.evidence(doc, 0, n, 0, m)
        self.ru, self.en = seen.ru, seen.en
        self.cells = search.whole(n, m)
        e, r = lengths.extent(doc.en), lengths.extent(doc.ru)
        self.terms = []
        for p, q in SHAPES:
            if p <= n and q <= m:
                length = lengths.lengths(e.stretch(p, 0, n - p + 1), r.stretch(q, 0, m - q + 1))
                share = evidence.sharing(seen.shares, p, q, n - p + 1, m - q + 1)
                self.terms.append(np.concatenate([length, share], -1).astype(np.float32))
            else:
                self.terms.append(np.zeros((0, 0, len(TERMS)), np.float32))
        self.gold_beads = np.zeros((len(SHAPES), n + 1, m + 1), np.float32)
        self.gold_runs = np.zeros(5)
        i = j = 0
        state = "bead"
        for a, b in canonical(gold):
            if a and b:
                self.gold_beads[SHAPES.index((len(a), len(b))), i, j] = 1
                state = "bead"
            elif a:
                self.gold_runs[1 if state == "en" else 0] += 1
                state = "en"
            else:
                self.gold_runs[{"ru": 3, "bead": 2, "en": 4}[state]] += 1
                state = "ru"
            i, j = i + len(a), j + len(b)
        self.seams, self.sewn = self._seams(doc, sewing)

    def _seams(self, doc: Document, sewing: Weights | None) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """The beads whose seams are looked at, by shape and cell, and their terms; none without weights to look with."""
        if sewing is None:
            return (np.zeros(0, np.int64),) * 3, np.zeros((0, len(SEAMS)), np.float32)
        table, nulls = score.table(doc, self.cells, sewing), search.Nulls(*sewing.nulls)
        looked = seams.possible(self.cells, search.posterior(self.cells, table, nulls))
        places = np.array([(seam.shape, seam.en, seam.ru) for seam in looked], np.int64).reshape(-1, 3)
        return tuple(places.T), seams.terms(doc, looked, sewing).reshape(-1, len(SEAMS))

    def table(self, w: np.ndarray) -> np.ndarray:
        given_en = self.ru @ w[:TOKEN].astype(np.float32)
        given_ru = self.en @ w[TOKEN : 2 * TOKEN].astype(np.float32)
        out = np.full((len(SHAPES), self.n + 1, self.m + 1), search.NEVER)
        for k, (p, q) in enumerate(SHAPES):
            if p > self.n or q > self.m:
                continue
            rows, cols = self.n - p + 1, self.m - q + 1
            total = sum(given_en[p - 1, :rows, x : x + cols] for x in range(q)) + sum(
                given_ru[q - 1, x : x + rows, :cols] for x in range(p)
            )
            out[k, :rows, :cols] = total + w[2 * TOKEN + k] + self.terms[k] @ w[terms_at(k)]
        out[self.seams] += self.sewn @ w[SEWN]
        return out

    def loss(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        table = self.table(w)
        nulls = search.Nulls(*w[-5:])
        post = search.posterior(self.cells, table.reshape(len(SHAPES), -1), nulls)
        gold = float((table[self.gold_beads > 0]).sum()) + float(self.gold_runs @ w[-5:])
        delta = post.beads.reshape(self.gold_beads.shape) - self.gold_beads
        grad = np.zeros(SIZE)
        d_ru, d_en = np.zeros(self.ru.shape[:3], np.float32), np.zeros(self.en.shape[:3], np.float32)
        for k, (p, q) in enumerate(SHAPES):
            if p > self.n or q > self.m:
                continue
            rows, cols = self.n - p + 1, self.m - q + 1
            d = delta[k, :rows, :cols]
            for x in range(q):
                d_ru[p - 1, :rows, x : x + cols] += d
            for x in range(p):
                d_en[q - 1, x : x + rows, :cols] += d
            grad[2 * TOKEN + k] = d.sum()
            grad[terms_at(k)] += np.tensordot(d, self.terms[k], 2)
        for cut, d, e in ((slice(0, TOKEN), d_ru, self.ru), (slice(TOKEN, 2 * TOKEN), d_en, self.en)):
            hit = np.abs(d) > 1e-4
            grad[cut] = d[hit] @ e[hit]
        grad[SEWN] = delta[self.seams] @ self.sewn
        grad[-5:] = post.runs - self.gold_runs
        return post.total - gold, grad


def terms_at(k: int) -> slice:
    at = 2 * TOKEN + len(SHAPES) + (0 if SHAPES[k] == (1, 1) else len(TERMS))
    return slice(at, at + len(TERMS))


def canonical(gold: Gold) -> Gold:
    """In a run of nulls the English ones first, as the search has them."""
    out: Gold = []
    run: Gold = []
    for bead in [*gold, None]:
        if bead and not (bead[0] and bead[1]):
            run.append(bead)
            continue
        out += sorted(run, key=lambda b: not b[0])
        run = []
        if bead:
            out.append(bead)
    return out


def read(paths: list[Path]) -> list[tuple[str, str]]:
    """Sentence pairs of TSV files, and of labelled passages (.jsonl) those of the works that are not held out."""
    pairs = []
    for path in paths:
        if path.suffix == ".jsonl":
            pairs += [pair for work, pair in parallel_sentences(path) if not held_out(work)]
            continue
        cells = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:]]
        pairs += [
            (c[-2].strip(), c[-1].strip()) for c in cells if len(c) >= 3 and c[-2].strip() and c[-1].strip()
        ]
    return pairs


def examples(
    folder: Path,
    paths: list[Path],
    size: int,
    seed: int,
    background: float,
    every: int = 1,
    sewing: Weights | None = None,
) -> list[Example]:
    rng, pairs, lexicon = random.Random(seed), read(paths), load(folder)
    blocks = [pairs[i : i + size] for i in range(0, len(pairs), size * every)]
    return [
        Example(
            *perturbed(block, rng, *MIXES[n % len(MIXES)]),
            lexicon,
            background,
            FREEDOM[n % len(FREEDOM)],
            rng,
            sewing,
        )
        for n, block in enumerate(blocks)
    ]


def start(old: Weights | None) -> np.ndarray:
    """Where the search for weights begins: at plausible values, or at weights learned before."""
    if old:
        tokens_ = np.concatenate([old.ru_given_en.ravel(), old.en_given_ru.ravel()])
        return np.concatenate(
            [
                tokens_,
                old.shapes,
                old.length_one,
                old.share_one,
                old.length_many,
                old.share_many,
                old.seams,
                [*old.nulls[:-1], old.nulls[-1] + OFTEN],
            ]
        ).astype(float)
    w = np.zeros(SIZE)
    for side in (0, TOKEN):
        w[side : side + TOKEN : len(FLOORS) + 1] = 0.3
    w[2 * TOKEN + 1 : 2 * TOKEN + len(SHAPES)] = -3
    w[-5:] = -4
    return w


def learn(data: list[Example], rounds: int, ridge: float, begin: np.ndarray, free: slice) -> np.ndarray:
    """The weights that make the known beads most likely; only those in `free` move."""
    w0 = start(None)

    def objective(part: np.ndarray) -> tuple[float, np.ndarray]:
        w = begin.copy()
        w[free] = part
        total, grad = ridge * float(((w - w0) ** 2).sum()), 2 * ridge * (w - w0)
        for example in data:
            loss, g = example.loss(w)
            total, grad = total + loss, grad + g
        return total, grad[free]

    def tell(result: np.ndarray) -> None:
        tell.n += 1  # type: ignore[attr-defined]
        if tell.n % 10 == 0:  # type: ignore[attr-defined]
            print("round", tell.n, "loss", round(objective(result)[0], 2), flush=True)  # type: ignore[attr-defined]

    tell.n = 0  # type: ignore[attr-defined]
    found = begin.copy()
    found[free] = minimize(
        objective, begin[free], jac=True, method="L-BFGS-B", callback=tell, options={"maxiter": rounds}
    ).x
    return found


def named(w: np.ndarray, background: float) -> dict[str, object]:
    per = len(FLOORS) + 1
    tables = [
        {c: [round(float(x), 4) for x in w[s + i * per : s + (i + 1) * per]] for i, c in enumerate(CLASSES)}
        for s in (0, TOKEN)
    ]
    at = 2 * TOKEN
    terms = {
        group: dict(zip(TERMS, (round(float(x), 4) for x in w[terms_at(k)]), strict=True))
        for k, group in ((0, "one"), (1, "many"))
    }
    return {
        "background": background,
        "ru_given_en": tables[0],
        "en_given_ru": tables[1],
        "shapes": {f"{n}:{m}": round(float(w[at + k]), 4) for k, (n, m) in enumerate(SHAPES)},
        **{
            f"{name}_{group}": [x for t, x in terms[group].items() if t in of]
            for name, of in (("length", LENGTHS), ("share", SHARES))
            for group in terms
        },
        "seams": [round(float(x), 4) for x in w[SEWN]],
        "nulls": dict(
            zip(search.Nulls._fields, (round(float(x), 4) for x in (*w[-5:-1], w[-1] - OFTEN)), strict=True)
        ),
    }


def calibration(
    folds: list[list[Path]], size: int, every: int, seed: int, learned: Weights
) -> tuple[list[float], list[float]]:
    """Confidence before and after, at a few points: a logistic curve over the log odds that the whole aligner gives to
    the documents that `examples` left out, fitted to whether the bead is right."""

    sure: list[float] = []
    right: list[bool] = []
    rng = random.Random(seed)
    for folder, *paths in folds:
        pairs, lexicon = read(paths), load(folder)
        for n, first in enumerate(range(size, len(pairs), size * every)):
            en, ru, gold = perturbed(
                pairs[first : first + size],
                rng,
                *MIXES[n % len(MIXES)],
                turn=0.0,
            )
            exact = set(gold)
            for bead in align(en, ru, lexicon=lexicon, weights=learned):
                sure.append(bead.score)
                right.append((bead.en, bead.ru) in exact)
    given, hit = logit(np.array(sure)), np.array(right, float)

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        z = x[0] * given + x[1]
        off = 1 / (1 + np.exp(-z)) - hit
        return float((np.logaddexp(0, z) - hit * z).sum()), np.array([off @ given, off.sum()])

    slope, shift = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    points = np.array([0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0])
    curve = 1 / (1 + np.exp(-(slope * logit(points) + shift)))
    return points.tolist(), [0.0, *(round(float(y), 4) for y in curve[1:-1]), 1.0]


def logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--fold", nargs="+", type=Path, action="append", required=True, metavar=("LEXICON", "TSV")
    )
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    parser.add_argument("--size", type=int, default=50, help="sentence pairs of one document")
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        help="learn from every n-th document only; from 2 on, others calibrate the confidence",
    )
    parser.add_argument("--rounds", type=int, default=80)
    parser.add_argument("--ridge", type=float, default=0.3)
    parser.add_argument("--background", type=float, default=0.9)
    parser.add_argument("--begin", type=Path, help="weights to start from")
    parser.add_argument(
        "--seams", action="store_true", help="learn what the seams count; all else stays as it begins"
    )
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument(
        "--times", type=int, default=1, help="how often each document is perturbed, each time anew"
    )
    options = parser.parse_args()
    begin = weights.read(options.begin) if options.begin else None
    sewing = begin if options.seams else None
    data = [
        x
        for seed in range(options.seed, options.seed + options.times)
        for folder, *paths in options.fold
        for x in examples(folder, paths, options.size, seed, options.background, options.every, sewing)
    ]
    print(len(data), "documents", flush=True)
    w = learn(data, options.rounds, options.ridge, start(begin), SEWN if options.seams else slice(None))
    found = named(w, options.background)
    options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.every > 1:
        found["calibration"] = calibration(
            options.fold,
            options.size,
            options.every,
            options.seed + options.times,
            weights.read(options.output),
        )
        options.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
