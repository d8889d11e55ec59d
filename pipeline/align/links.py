"""Which word of one side of a document may stand for which of the other: by the lexicon, by form, by sound."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.align import translit
from pipeline.align.lexicon import Lexicon
from pipeline.align.paraphrases import Paraphrases
from pipeline.align.sides import Side, side
from pipeline.align.tokens import Token

FAINT = 0.01
"""Probabilities below this are left out: hundreds of them stand in the row of every common word and say nothing."""

SAME_NUMBER, SAME_WORD = 0.8, 0.7

SOUND = {2: 0.5, 1: 0.15}


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
        side(en, chars[0], ends[0], lexicon.en, lexicon.en_count, background),
        side(ru, chars[1], ends[1], lexicon.ru, lexicon.ru_count, background),
    )
    return Document(*sides, _pairs(*sides, lexicon))


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
