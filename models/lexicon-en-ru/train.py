#!/usr/bin/env python3
"""Estimate the translation lexicon from parallel text.

    train.py PAIRS.tsv... [-o FOLDER] [--rounds N]

A TSV has a header line and ends in two columns, English and Russian, one sentence pair a line. The model is IBM-1 with
a preference for the diagonal in both directions. What each direction finds by itself is averaged with what both agree on
(a link counts as much as both believe in it: Liang, Taskar and Klein 2006, "Alignment by agreement").
CLDR's names of countries, languages and currencies are added as short pairs.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.align.lexicon import write
from pipeline.align.tokens import tokens

HERE = Path(__file__).resolve().parent
Pair = tuple[list[str], list[str]]
UNPROVEN = 0.028
"""The most that neighbours alone make of a pair: a hint for the aligner, below what the comparison of versions takes for a
translation (`pipeline/compare/translations.py`), for neighbours may be two capitals or two months."""


def sentence_pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n")[1:]:
            cells = line.split("\t")
            if len(cells) >= 3 and cells[-2].strip() and cells[-1].strip():
                yield cells[-2], cells[-1]


def dictionary_pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Headword and translation; an entry with pronunciation ("anise /ænis/ анис") is read after the last slash, and each
    of several translations parted by commas or semicolons makes a pair."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n")[1:]:
            word, _, entry = line.partition("\t")
            for translation in re.split(r"[,;]|\b\d\.", entry.rpartition("/")[2]):
                if re.search(r"[А-Яа-яё]", translation):
                    yield word, translation


def cldr_pairs() -> Iterator[tuple[str, str]]:
    """Names of territories, languages, currencies and months: "Kazakhstan", «Казахстан»."""
    from babel import Locale

    en, ru = Locale("en"), Locale("ru")
    for kind in ("territories", "languages", "currencies"):
        for code, name in getattr(en, kind).items():
            if code in getattr(ru, kind) and not name.isdigit():
                yield name, getattr(ru, kind)[code]
    for width in ("wide",):
        for kind in ("months", "days"):
            for code, name in getattr(en, kind)["format"][width].items():
                yield name, getattr(ru, kind)["format"][width][code]


class Links:
    """Every possible word link of every pair, as flat arrays; a pair counts as much as its weight."""

    def __init__(self, pairs: list[Pair], weights: Sequence[float], sharpness: float) -> None:
        self.en, self.ru = (
            {w: i for i, w in enumerate(_by_count(p[side] for p in pairs))} for side in (0, 1)
        )
        sizes = [len(e) * len(r) for e, r in pairs]
        total = sum(sizes)
        e_at, r_at = np.empty(total, np.int32), np.empty(total, np.int32)
        e_id, r_id = np.empty(total, np.int64), np.empty(total, np.int64)
        self.prior = np.empty(total, np.float32)
        self.weight = np.repeat(np.asarray(weights, np.float32), sizes)
        at = e_base = r_base = 0
        for (e, r), size in zip(pairs, sizes, strict=True):
            cut = slice(at, at + size)
            n, m = len(e), len(r)
            e_id[cut] = np.repeat([self.en[w] for w in e], m)
            r_id[cut] = np.tile([self.ru[w] for w in r], n)
            i, j = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
            e_at[cut], r_at[cut] = e_base + i, r_base + j
            self.prior[cut] = np.exp(-sharpness * np.abs((i + 0.5) / n - (j + 0.5) / m))
            at, e_base, r_base = at + size, e_base + n, r_base + m
        self.e_at, self.r_at = e_at, r_at
        self.en_seen, self.ru_seen = (
            _weighted((p[side] for p in pairs), weights, known)
            for side, known in ((0, self.en), (1, self.ru))
        )
        keys, self.pair = np.unique(e_id * len(self.ru) + r_id, return_inverse=True)
        self.pair = self.pair.astype(np.int32)
        self.pair_en, self.pair_ru = (
            (keys // len(self.ru)).astype(np.int32),
            (keys % len(self.ru)).astype(np.int32),
        )


def _weighted(sides: Iterable[list[str]], weights: Sequence[float], known: Mapping[str, int]) -> np.ndarray:
    """How often each word occurs, every pair counting its weight."""
    count = np.zeros(len(known))
    for words, weight in zip(sides, weights, strict=True):
        for word in words:
            count[known[word]] += weight
    return count


def _by_count(sides: Iterable[list[str]]) -> list[str]:
    counts = Counter(w for side in sides for w in side)
    return sorted(counts, key=lambda w: (-counts[w], w))


def estimate(links: Links, rounds: int, agreed: int, null: float) -> tuple[np.ndarray, np.ndarray]:
    """p(ru | en) and p(en | ru) of every pair of words that ever stood in one sentence pair: the mean of what each
    direction believes by itself and of what both agree on."""
    p_ru = np.full(len(links.pair_en), 1.0 / len(links.ru), np.float32)
    p_en = np.full(len(links.pair_en), 1.0 / len(links.en), np.float32)
    alone = p_ru, p_en
    for n in range(rounds + agreed):
        to_ru = p_ru[links.pair] * links.prior
        to_en = p_en[links.pair] * links.prior
        share_ru = to_ru / (np.bincount(links.r_at, to_ru)[links.r_at] + null / len(links.ru))
        share_en = to_en / (np.bincount(links.e_at, to_en)[links.e_at] + null / len(links.en))
        if n >= rounds:
            share_ru = share_en = share_ru * share_en
        expected_ru = np.bincount(links.pair, share_ru * links.weight, len(p_ru))
        expected_en = np.bincount(links.pair, share_en * links.weight, len(p_en))
        p_ru = (expected_ru / (np.bincount(links.pair_en, expected_ru)[links.pair_en] + 1e-9)).astype(
            np.float32
        )
        p_en = (expected_en / (np.bincount(links.pair_ru, expected_en)[links.pair_ru] + 1e-9)).astype(
            np.float32
        )
        if n == rounds - 1:
            alone = p_ru, p_en
        print(f"round {n + 1}: {int((expected_ru > 0.01).sum())} pairs in use", flush=True)
    return (alone[0] + p_ru) / 2, (alone[1] + p_en) / 2


def extended(
    links: Links, p_ru: np.ndarray, p_en: np.ndarray, loan: float
) -> tuple[dict[str, int], *tuple[np.ndarray, ...]]:
    """The table after every Russian word took the translations of its neighbours for `loan` occurrences: rare words
    hardly have others, frequent ones hardly change."""
    import neighbours

    seen, count_en = links.ru_seen, links.en_seen
    new, borrower, lender, share = neighbours.lent(links.ru, seen, rich=2.0, least=1.8)
    words = {**links.ru, **{w: len(links.ru) + n for n, w in enumerate(new)}}
    order = np.argsort(links.pair_ru, kind="stable")
    order = order[p_en[order] >= 0.05]
    rows = np.searchsorted(links.pair_ru[order], np.arange(len(links.ru) + 1))
    sizes = rows[lender + 1] - rows[lender]
    at = order[
        np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(rows[lender], sizes)
    ]
    lent_ru, lent_en = np.repeat(borrower, sizes), links.pair_en[at]
    lent = loan * np.repeat(share, sizes) * p_en[at]
    occurs = np.concatenate([seen, np.zeros(len(new))])
    joint_en = np.concatenate([p_en * seen[links.pair_ru], lent])
    joint_ru = np.concatenate([p_ru * count_en[links.pair_en], lent])
    keys, pair = np.unique(
        np.concatenate([links.pair_en, lent_en]).astype(np.int64) * len(words)
        + np.concatenate([links.pair_ru, lent_ru]),
        return_inverse=True,
    )
    en, ru = keys // len(words), keys % len(words)
    by_en, by_ru = np.bincount(pair, joint_ru, len(keys)), np.bincount(pair, joint_en, len(keys))
    total_ru = occurs + np.bincount(lent_ru, lent, len(words))
    total_en = count_en + np.bincount(lent_en, lent, len(links.en))
    to_ru, to_en = by_en / total_en[en], by_ru / np.maximum(total_ru, loan)[ru]
    none = np.zeros(len(lent))
    known = np.maximum(
        np.bincount(pair, np.concatenate([p_ru, none]), len(keys)),
        np.bincount(pair, np.concatenate([p_en, none]), len(keys)),
    )
    most = np.where(known < UNPROVEN, UNPROVEN, 1.0)
    return words, en, ru, np.minimum(to_ru, most), np.minimum(to_en, most)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--dictionary", type=Path, nargs="*", default=[], help="headword, tab, translation")
    parser.add_argument(
        "--entry", type=float, default=0.5, help="what a dictionary entry counts against a sentence pair"
    )
    parser.add_argument(
        "--lend",
        type=float,
        default=0.0,
        help="occurrences for which a Russian word takes its neighbours' translations",
    )
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    parser.add_argument(
        "--rounds", type=int, default=5, help="rounds in which each direction estimates by itself"
    )
    parser.add_argument(
        "--agreed",
        type=int,
        default=4,
        help="rounds after them in which a link counts as much as both believe in it",
    )
    parser.add_argument("--sharpness", type=float, default=3.0, help="preference for the diagonal")
    parser.add_argument("--null", type=float, default=1.0, help="mass of the empty word")
    parser.add_argument(
        "--smallest", type=float, default=0.005, help="pairs below this probability both ways are dropped"
    )
    parser.add_argument("--longest", type=int, default=80, help="words of the longest sentence used")
    options = parser.parse_args()
    texts = [*sentence_pairs(options.pairs), *cldr_pairs()]
    entries = [*dictionary_pairs(options.dictionary)]
    split = [([t.text for t in tokens(e)], [t.text for t in tokens(r)]) for e, r in [*texts, *entries]]
    weights = [1.0] * len(texts) + [options.entry] * len(entries)
    kept = [0 < len(e) <= options.longest and 0 < len(r) <= options.longest for e, r in split]
    pairs = [p for p, k in zip(split, kept, strict=True) if k]
    links = Links(pairs, [w for w, k in zip(weights, kept, strict=True) if k], options.sharpness)
    p_ru, p_en = estimate(links, options.rounds, options.agreed, options.null)
    words_ru, en, ru = dict(links.ru), links.pair_en, links.pair_ru
    if options.lend:
        words_ru, en, ru, p_ru, p_en = extended(links, p_ru, p_en, options.lend)
    keep = np.maximum(p_ru, p_en) >= options.smallest
    read = pairs[: sum(kept[: len(texts)])]
    counts = [Counter(w for p in read for w in p[side]) for side in (0, 1)]
    size = write(
        options.output,
        (links.en, words_ru),
        (counts[0], counts[1]),
        en[keep],
        ru[keep],
        p_ru[keep],
        p_en[keep],
    )
    print(
        json.dumps(
            {
                "pairs of sentences": len(pairs),
                "words": [len(links.en), len(words_ru)],
                "entries": int(keep.sum()),
                "bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main()
