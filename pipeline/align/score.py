"""The score of a bead: how much better its two sides explain each other than chance does.

Every token t of one side is worth log(lambda + (1 - lambda) p(t | other side) / q(t)): explained by the other side or
not, against its frequency q. The sum runs over both directions. How much a token counts depends on its class (mark,
common word, rare word, name, number); these weights, the length terms and the price of each shape of bead are learned.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline import shipped
from pipeline.align import translit
from pipeline.align.lexicon import FOLDER, Lexicon
from pipeline.align.paraphrases import Paraphrases
from pipeline.align.tokens import Token

if TYPE_CHECKING:
    from pipeline.align.search import Band

NEVER = -1e30

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2))
LONGEST = 4
CLASSES = ("mark", "common", "medium", "rare", "unknown", "name", "digit", "number")
FLOORS = (0.02, 0.3)
"""Two values of lambda: the first tells an unexplained token from an explained one, the second grades the explained."""
SHORT = 4000
"""Tokens that a document counts as having at least: in a short one every word would look frequent."""
LENGTHS = ("length", "length2", "length_sqrt", "ends_en", "ends_ru", "ends_differ")
SHARES = (
    "balance",
    "balance2",
    "need_en",
    "need_ru",
    "share_en",
    "share_ru",
    "share_least",
    "least_ru",
    "least_en",
)
"""Terms on how the two sides share out what is explained: both explain about as many words of each other, and in a
merged bead each unit explains words that its neighbour does not. Without them a bead swallows a sentence on one topic."""
TYPICAL = 20.0
"""Words of a typical sentence: turns a summed probability into a share that does not shrink as a bead grows."""
MOST_ENDS = 3.0
"""Sentence ends by which the sides of a bead are seen to differ at most: paragraphs differ by more and mean nothing."""
COSINE = 8.0
"""Nats by which a bead whose sentence vectors coincide beats one whose vectors are at right angles, where the user brings a
model: about as much as three explained rare words. Set, not learned: no multilingual model was at hand."""
RU_PER_EN = 1.04
"""Russian characters per English one: median of the training pairs."""


class Side(NamedTuple):
    """One language: its units (sentences or paragraphs) as counts over the document's own word list."""

    words: list[str]
    unit: np.ndarray
    word: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    chars: np.ndarray
    ends: np.ndarray
    kind: np.ndarray
    q: np.ndarray

    def counts(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """The words that occur in the units [first, last) and their counts, units x words."""
        cut = slice(self.starts[first], self.starts[last])
        present, column = np.unique(self.word[cut], return_inverse=True)
        counts = np.zeros((last - first, len(present)), np.float32)
        np.add.at(counts, (self.unit[cut] - first, column), 1)
        return present, counts


class Rows(NamedTuple):
    """A sparse table of probabilities: word w of one side has the entries rows[w]:rows[w + 1]."""

    rows: np.ndarray
    to: np.ndarray
    p: np.ndarray

    def sums(self, side: Side, first: int, last: int, column: np.ndarray, width: int) -> np.ndarray:
        """For the units [first, last) of `side`, the summed probability of every word of the other side that has a column."""
        cut = slice(side.starts[first], side.starts[last])
        words = side.word[cut]
        sizes = self.rows[words + 1] - self.rows[words]
        owner = np.repeat(side.unit[cut] - first, sizes)
        at = (
            np.arange(sizes.sum())
            - np.repeat(np.cumsum(sizes) - sizes, sizes)
            + np.repeat(self.rows[words], sizes)
        )
        to = column[self.to[at]]
        keep = to >= 0
        flat = np.bincount(owner[keep] * width + to[keep], self.p[at[keep]], (last - first) * width)
        return flat.reshape(last - first, width).astype(np.float32)


class Pairs(NamedTuple):
    """Translation probabilities between the two word lists of a document."""

    to_ru: Rows
    to_en: Rows


class Document(NamedTuple):
    en: Side
    ru: Side
    pairs: Pairs
    vectors: tuple[np.ndarray, np.ndarray] | None = None


def document(
    en: Sequence[Sequence[Token]],
    ru: Sequence[Sequence[Token]],
    chars: tuple[Sequence[int], Sequence[int]],
    ends: tuple[Sequence[int], Sequence[int]],
    lexicon: Lexicon | Paraphrases,
    background: float,
) -> Document:
    """The document ready to score; `background` is the document's share in q, the rest is the lexicon's."""
    sides = (
        _side(en, chars[0], ends[0], lexicon.en, lexicon.en_count, background),
        _side(ru, chars[1], ends[1], lexicon.ru, lexicon.ru_count, background),
    )
    return Document(*sides, _pairs(*sides, lexicon))


def _side(
    units: Sequence[Sequence[Token]],
    chars: Sequence[int],
    ends: Sequence[int],
    known: dict[str, int],
    count: np.ndarray,
    background: float,
) -> Side:
    index: dict[str, int] = {}
    word = np.array([index.setdefault(t.text, len(index)) for unit in units for t in unit], np.int64)
    sizes = np.array([len(unit) for unit in units], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    words = list(index)
    names = {t.text for unit in units for t in unit[1:] if t.name}
    at = np.array([known.get(w, -1) for w in words], np.int64)
    seen = np.where(at >= 0, np.asarray(count)[at], 0) if len(words) else np.zeros(0)
    shipped = (seen + 0.5) / float(np.sum(count, dtype=np.float64))
    here = np.bincount(word, minlength=len(words)) / max(SHORT, len(word))
    kind = np.array([_kind(w, s, w in names) for w, s in zip(words, seen.tolist(), strict=True)], np.int64)
    q = ((1 - background) * shipped + background * here).astype(np.float32)
    return Side(
        words,
        np.repeat(np.arange(len(units)), sizes),
        word,
        starts,
        sizes,
        np.asarray(chars, np.float32),
        np.asarray(ends, np.float32),
        kind,
        q,
    )


def _kind(word: str, seen: float, name: bool) -> int:
    if word[0] == "#":
        return CLASSES.index("digit" if len(word) <= 3 else "number")
    if not word[0].isalpha():
        return 0
    if seen < 3:
        return CLASSES.index("name" if name else "unknown")
    return 1 if seen > 1000 else 2 if seen > 100 else 3


FAINT = 0.01
"""Probabilities below this are left out: hundreds of them stand in the row of every common word and say nothing."""
SAME_NUMBER, SAME_WORD = 0.8, 0.7
SOUND = {2: 0.5, 1: 0.15}


def _pairs(en: Side, ru: Side, lexicon: Lexicon | Paraphrases) -> Pairs:
    known = np.array([lexicon.en.get(w, -1) for w in en.words], np.int64)
    here = np.full(len(lexicon.ru), -1, np.int64)
    for i, w in enumerate(ru.words):
        if w in lexicon.ru:
            here[lexicon.ru[w]] = i
    mine = np.flatnonzero(known >= 0)
    owner, target, to_ru, to_en = lexicon.entries(known[mine])
    keep = here[target] >= 0
    found_en, found_ru = mine[owner[keep]], here[target[keep]]
    p_ru, p_en = to_ru[keep], to_en[keep]
    extra = _same_words(en, ru) + _same_sounds(en, ru)
    if extra:
        e, r, p = (np.array(x) for x in zip(*extra, strict=True))
        found_en, found_ru = (
            np.concatenate([found_en, e.astype(np.int64)]),
            np.concatenate([found_ru, r.astype(np.int64)]),
        )
        p_ru, p_en = (
            np.concatenate([p_ru, p.astype(np.float32)]),
            np.concatenate([p_en, p.astype(np.float32)]),
        )
    return packed(len(en.words), len(ru.words), found_en, found_ru, p_ru, p_en)


def packed(
    n_en: int, n_ru: int, en: np.ndarray, ru: np.ndarray, to_ru: np.ndarray, to_en: np.ndarray
) -> Pairs:
    """Both tables; of several entries for one pair the largest counts."""
    key, inverse = np.unique(en * max(1, n_ru) + ru, return_inverse=True)
    best_ru, best_en = np.zeros(len(key), np.float32), np.zeros(len(key), np.float32)
    np.maximum.at(best_ru, inverse, to_ru)
    np.maximum.at(best_en, inverse, to_en)
    en, ru = key // max(1, n_ru), key % max(1, n_ru)
    return Pairs(_rows(n_en, en, ru, best_ru), _rows(n_ru, ru, en, best_en))


def _rows(n: int, word: np.ndarray, other: np.ndarray, p: np.ndarray) -> Rows:
    order = np.argsort(word, kind="stable")
    order = order[p[order] >= FAINT]
    return Rows(np.searchsorted(word[order], np.arange(n + 1)), other[order], p[order])


def _same_words(en: Side, ru: Side) -> list[tuple[int, int, float]]:
    """Numbers of one value; words in one script ("BBC" in a Russian sentence)."""
    there = {w: i for i, w in enumerate(ru.words)}
    return [
        (i, there[w], SAME_NUMBER if w[0] == "#" else SAME_WORD)
        for i, w in enumerate(en.words)
        if w in there and (w[0] == "#" or w[0].isalpha())
    ]


def _same_sounds(en: Side, ru: Side) -> list[tuple[int, int, float]]:
    """Words of few occurrences whose sound skeletons agree: "Tymoshenko" and «Тимошенко», "factor" and «фактор»."""
    there: dict[str, list[int]] = defaultdict(list)
    for i, w in enumerate(ru.words):
        if ru.kind[i] >= 2 and w[0].isalpha() and len(w) >= 3:
            for key in translit.near(translit.skeleton(w)):
                there[key].append(i)
    found = []
    for i, w in enumerate(en.words):
        if en.kind[i] < 2 or not w[0].isalpha() or len(w) < 3:
            continue
        mine = translit.skeleton(w)
        hits = Counter(r for key in translit.near(mine) for r in there.get(key, ()))
        for r in hits:
            agreement = _agreement(w, mine, ru.words[r], translit.skeleton(ru.words[r]))
            if agreement:
                found.append((i, r, agreement))
    return found


def _agreement(en: str, en_key: str, ru: str, ru_key: str) -> float:
    if en_key == ru_key:
        same_vowels = translit.vowels(en)[:2] == translit.vowels(ru)[:2]
        if len(en_key) >= 4 or (len(en_key) == 3 and same_vowels):
            return SOUND[2]
        return SOUND[1] if len(en_key) >= 2 and same_vowels and abs(len(en) - len(ru)) <= 2 else 0.0
    longest = max(len(en_key), len(ru_key))
    if longest >= 5 and en_key[:2] == ru_key[:2]:
        return SOUND[1]
    return 0.0


class Block(NamedTuple):
    """What the tokens of a block of units say: `ru[n]` and `en[m]` hold, per unit, basis and cell, the sums over the
    Russian tokens given n English units, and over the English tokens given m Russian units; `shares` the counts of
    explained words."""

    ru: np.ndarray
    en: np.ndarray
    shares: "Shares"


class Window(NamedTuple):
    """A rectangle of units: its words, their counts, and how far the other side expects each of them."""

    en_words: np.ndarray
    en_counts: np.ndarray
    ru_words: np.ndarray
    ru_counts: np.ndarray
    sums_ru: np.ndarray
    sums_en: np.ndarray


def _window(doc: Document, e0: int, e1: int, r0: int, r1: int) -> Window:
    en_words, en_counts = doc.en.counts(e0, e1)
    ru_words, ru_counts = doc.ru.counts(r0, r1)
    to_ru = doc.pairs.to_ru.sums(doc.en, e0, e1, _columns(ru_words, len(doc.ru.words)), len(ru_words))
    to_en = doc.pairs.to_en.sums(doc.ru, r0, r1, _columns(en_words, len(doc.en.words)), len(en_words))
    return Window(en_words, en_counts, ru_words, ru_counts, to_ru, to_en)


def _columns(words: np.ndarray, n: int) -> np.ndarray:
    column = np.full(n, -1, np.int64)
    column[words] = np.arange(len(words))
    return column


def _windows(a: np.ndarray, n: int) -> np.ndarray:
    """Sums over n neighbouring rows; the last n - 1 rows see what is left."""
    out = a.copy()
    for k in range(1, n):
        out[:-k] += a[k:]
    return out


def _explained(sums: np.ndarray, sizes: np.ndarray, q: np.ndarray, n: int) -> np.ndarray:
    """p / q of every word given the window of n units that starts at each unit."""
    return _windows(sums, n) / (_windows(sizes[:, None].astype(np.float32), n) + 1.0) / q


class Shares(NamedTuple):
    """Explained content words: `ru[n - 1][i, j]` of Russian unit j by the n English units from i, `en[m - 1][i, j]` of
    English unit i by the m Russian units from j; and the content words of each unit."""

    ru: np.ndarray
    en: np.ndarray
    ru_sizes: np.ndarray
    en_sizes: np.ndarray


def _shares(doc: Document, seen: Window) -> Shares:
    ru_content, en_content = doc.ru.kind[seen.ru_words] >= 2, doc.en.kind[seen.en_words] >= 2
    ru_counts, en_counts = seen.ru_counts[:, ru_content], seen.en_counts[:, en_content]
    ru_q, en_q = TYPICAL * doc.ru.q[seen.ru_words[ru_content]], TYPICAL * doc.en.q[seen.en_words[en_content]]
    windows = range(1, LONGEST + 1)
    ru = [_windows(seen.sums_ru[:, ru_content], n) for n in windows]
    en = [_windows(seen.sums_en[:, en_content], m) for m in windows]
    return Shares(
        np.stack([(a / (a + ru_q)) @ ru_counts.T for a in ru]),
        np.stack([((a / (a + en_q)) @ en_counts.T).T for a in en]),
        ru_counts.sum(1),
        en_counts.sum(1),
    )


def sharing(shares: Shares, n: int, m: int, rows: int, cols: int) -> np.ndarray:
    """The SHARES terms of the beads of shape n:m that begin at the first `rows` x `cols` cells."""

    def of_en(m: int, j: int) -> np.ndarray:
        return sum(shares.en[m - 1, x : x + rows, j : j + cols] for x in range(n))  # type: ignore[return-value]

    def of_ru(n: int, i: int) -> np.ndarray:
        return sum(shares.ru[n - 1, i : i + rows, x : x + cols] for x in range(m))  # type: ignore[return-value]

    by_en, by_ru = of_en(m, 0), of_ru(n, 0)
    off = np.abs(by_en - by_ru) / np.sqrt(by_en + by_ru + 1.0)
    en_content = _windows(shares.en_sizes, n)[:rows] + 0.5
    ru_content = _windows(shares.ru_sizes, m)[:cols] + 0.5
    out = np.zeros((rows, cols, len(SHARES)), np.float32)
    out[..., 0], out[..., 1] = off, off * off
    share_en, share_ru = by_en / en_content[:, None], by_ru / ru_content[None, :]
    out[..., 4], out[..., 5] = np.log(0.05 + share_en), np.log(0.05 + share_ru)
    out[..., 6] = np.log(0.02 + np.minimum(share_en, share_ru))
    if m > 1:
        sizes = shares.ru_sizes + 1.0
        last = (by_en - of_en(m - 1, 0)) / sizes[None, m - 1 : m - 1 + cols]
        first = (by_en - of_en(m - 1, 1)) / sizes[None, :cols]
        out[..., 2] = np.log(0.05 + np.maximum(np.minimum(first, last), 0.0))
        each = shares.ru[n - 1, :rows] / (shares.ru_sizes + 0.5)
        out[..., 7] = np.log(0.05 + np.minimum(each[:, :cols], each[:, m - 1 : m - 1 + cols]))
    if n > 1:
        sizes = shares.en_sizes + 1.0
        last = (by_ru - of_ru(n - 1, 0)) / sizes[n - 1 : n - 1 + rows, None]
        first = (by_ru - of_ru(n - 1, 1)) / sizes[:rows, None]
        out[..., 3] = np.log(0.05 + np.maximum(np.minimum(first, last), 0.0))
        each = shares.en[m - 1, :, :cols] / (shares.en_sizes[:, None] + 0.5)
        out[..., 8] = np.log(0.05 + np.minimum(each[:rows], each[n - 1 : n - 1 + rows]))
    return out


def evidence(doc: Document, e0: int, e1: int, r0: int, r1: int) -> Block:
    """The evidence of every cell of a block by class and basis, for learning: arrays [window, en, ru, class * basis]."""
    seen = _window(doc, e0, e1, r0, r1)
    width = len(CLASSES) * (len(FLOORS) + 1)
    out_ru = np.zeros((LONGEST, e1 - e0, r1 - r0, width), np.float32)
    out_en = np.zeros((LONGEST, e1 - e0, r1 - r0, width), np.float32)
    for n in range(1, LONGEST + 1):
        ratio = _explained(seen.sums_ru, doc.en.sizes[e0:e1], doc.ru.q[seen.ru_words], n)
        _spread(out_ru[n - 1], ratio, seen.ru_counts, doc.ru.kind[seen.ru_words])
        ratio = _explained(seen.sums_en, doc.ru.sizes[r0:r1], doc.en.q[seen.en_words], n)
        _spread(out_en[n - 1].transpose(1, 0, 2), ratio, seen.en_counts, doc.en.kind[seen.en_words])
    return Block(out_ru, out_en, _shares(doc, seen))


def _spread(out: np.ndarray, ratio: np.ndarray, counts: np.ndarray, kind: np.ndarray) -> None:
    for c in range(len(CLASSES)):
        mine = kind == c
        if not mine.any():
            continue
        k = c * (len(FLOORS) + 1)
        for b, floor in enumerate(FLOORS):
            out[:, :, k + b] = np.log(floor + (1 - floor) * ratio[:, mine]) @ counts[:, mine].T
        out[:, :, k + len(FLOORS)] = counts[:, mine].sum(1)


class Extent(NamedTuple):
    """Running sums over the units of a side, so that any stretch of them is a difference: characters and sentence ends."""

    chars: np.ndarray
    ends: np.ndarray

    def stretch(self, n: int, first: int, count: int) -> "Extent":
        """What `n` units together hold, beginning at each of the `count` units from `first`."""
        a, b = slice(first, first + count), slice(first + n, first + n + count)
        return Extent(self.chars[b] - self.chars[a], self.ends[b] - self.ends[a])


def extent(side: Side) -> Extent:
    return Extent(*(np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)]) for x in (side.chars, side.ends)))


def lengths(en: Extent, ru: Extent) -> np.ndarray:
    """The length terms of beads with these extents, English down, Russian across; last axis as LENGTHS."""
    en_chars, ru_chars = en.chars[:, None], ru.chars[None, :]
    off = np.abs(np.log((ru_chars + 8.0) / (RU_PER_EN * en_chars + 8.0)))
    more = en.ends[:, None] - ru.ends[None, :]
    return np.stack(
        [
            off,
            np.minimum(off * off, 4.0),
            off * np.sqrt(np.minimum(en_chars + ru_chars, 800.0)) / 10.0,
            np.clip(more, 0.0, MOST_ENDS),
            np.clip(-more, 0.0, MOST_ENDS),
            more != 0,
        ],
        -1,
    )


class Weights(NamedTuple):
    """What a token, a length and a shape count; learned by `models/lexicon-en-ru/tune.py`."""

    background: float
    ru_given_en: np.ndarray
    en_given_ru: np.ndarray
    shapes: np.ndarray
    length_one: np.ndarray
    length_many: np.ndarray
    share_one: np.ndarray
    share_many: np.ndarray
    nulls: tuple[float, float, float, float, float]
    calibration: tuple[tuple[float, ...], tuple[float, ...]]


@cache
def weights(path: Path | None = None) -> Weights:
    """The learned weights."""
    data = json.loads((path or shipped.path(FOLDER) / "weights.json").read_text(encoding="utf-8"))
    return Weights(  # type: ignore[call-arg]
        data["background"],
        *(np.array([data[side][c] for c in CLASSES], np.float32) for side in ("ru_given_en", "en_given_ru")),  # type: ignore[arg-type]
        np.array([data["shapes"][f"{n}:{m}"] for n, m in SHAPES], np.float32),
        *(np.array(data[k], np.float32) for k in ("length_one", "length_many", "share_one", "share_many")),
        tuple(data["nulls"][k] for k in ("en", "en_next", "ru", "ru_next", "turn")),
        tuple(map(tuple, data.get("calibration", ((0.0, 1.0), (0.0, 1.0))))),
    )


REPEATED = 2.0
"""The weight of "share_least" for two editions, ten times that for translations: sentences that share no word then stand
apart. Source: short sentences of either language, reworded (6 nats and more better than two nulls) and exchanged for
others (95 in 100 worse)."""


def repeated(learned: Weights) -> Weights:
    """The weights for two editions: they share many of their words, so that sentences without any in common are two
    sentences, where in two languages they might be a free translation."""
    least = np.array([name == "share_least" for name in SHARES])
    one, many = (
        np.where(least, np.float32(REPEATED), row) for row in (learned.share_one, learned.share_many)
    )
    return learned._replace(share_one=one, share_many=many)


def table(doc: Document, cells: "Band", learned: Weights) -> np.ndarray:
    """The score of every shape of bead beginning at every cell of the band, NEVER where it does not fit."""
    out = np.full((len(SHAPES), int(cells.start[-1])), NEVER, np.float32)
    en, ru = extent(doc.en), extent(doc.ru)
    n_en, n_ru = len(doc.en.sizes), len(doc.ru.sizes)
    for e0, e1 in _blocks(cells, n_en, doc.en.starts):
        r0, r1 = int(cells.low[e0:e1].min()), min(n_ru, int(cells.high[e0:e1].max()) + LONGEST)
        if r0 >= n_ru:
            continue
        far = min(n_en, e1 + LONGEST - 1)
        seen = _window(doc, e0, far, r0, r1)
        given_en, given_ru = _given(doc, seen, e0, far, r0, r1, learned)
        shares = _shares(doc, seen)
        for k, (n, m) in enumerate(SHAPES):
            rows, cols = min(e1, n_en - n + 1) - e0, r1 - r0 - m + 1
            if rows <= 0 or cols <= 0:
                continue
            total = sum(given_en[n - 1][:rows, x : x + cols] for x in range(m)) + sum(
                given_ru[m - 1][x : x + rows, :cols] for x in range(n)
            )
            extents = en.stretch(n, e0, rows), ru.stretch(m, r0, cols)
            one = n == m == 1
            total = (
                total
                + learned.shapes[k]
                + lengths(*extents) @ (learned.length_one if one else learned.length_many)
            )
            total = total + sharing(shares, n, m, rows, cols) @ (
                learned.share_one if one else learned.share_many
            )
            if doc.vectors is not None:
                total = total + COSINE * _cosines(
                    doc.vectors[0][e0 : e0 + rows + n - 1], doc.vectors[1][r0 : r0 + cols + m - 1], n, m
                )
            for i in range(rows):
                low, high = int(cells.low[e0 + i]), min(int(cells.high[e0 + i]), r0 + cols)
                if low < high:
                    at = int(cells.start[e0 + i])
                    out[k, at : at + high - low] = total[i, low - r0 : high - r0]
    return out


def _cosines(en: np.ndarray, ru: np.ndarray, n: int, m: int) -> np.ndarray:
    """Cosine of every n neighbouring English vectors, summed, with every m Russian ones."""
    sides = [_windows(side, k)[: len(side) - k + 1] for side, k in ((en, n), (ru, m))]
    a, b = (side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6) for side in sides)
    return a @ b.T  # type: ignore[no-any-return]


def _blocks(cells: "Band", n: int, tokens: np.ndarray) -> list[tuple[int, int]]:
    """Ranges of rows so that the rectangle around a range stays small."""
    found, first = [], 0
    low, high = cells.low.tolist(), cells.high.tolist()
    for i in range(1, n + 1):
        if (
            i == n
            or i - first >= 64
            or tokens[i] - tokens[first] > 4000
            or (high[i] - low[first]) > 2 * (high[first] - low[first]) + 64
        ):
            found.append((first, i))
            first = i
    return found


def _given(
    doc: Document, seen: Window, e0: int, e1: int, r0: int, r1: int, learned: Weights
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weighted evidence of a block: Russian units given n English ones, English units given m Russian ones."""
    ru_w, en_w = (
        learned.ru_given_en[doc.ru.kind[seen.ru_words]].T,
        learned.en_given_ru[doc.en.kind[seen.en_words]].T,
    )
    ru_q, en_q = doc.ru.q[seen.ru_words], doc.en.q[seen.en_words]
    windows = range(1, LONGEST + 1)
    return (
        [
            _weighed(_explained(seen.sums_ru, doc.en.sizes[e0:e1], ru_q, n), ru_w) @ seen.ru_counts.T
            for n in windows
        ],
        [
            (_weighed(_explained(seen.sums_en, doc.ru.sizes[r0:r1], en_q, m), en_w) @ seen.en_counts.T).T
            for m in windows
        ],
    )


def _weighed(ratio: np.ndarray, w: np.ndarray) -> np.ndarray:
    out = np.log(FLOORS[0] + (1 - FLOORS[0]) * ratio) * w[0]
    out += np.log(FLOORS[1] + (1 - FLOORS[1]) * ratio) * w[1]
    return out + w[2]
