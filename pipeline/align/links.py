"""Which word of one side of a document may stand for which of the other: by the lexicon, by form, by sound."""

from collections import defaultdict
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
        return self.grouped(side.word[cut], side.unit[cut] - first, last - first, column, width)

    def grouped(
        self, words: np.ndarray, group: np.ndarray, groups: int, column: np.ndarray, width: int
    ) -> np.ndarray:
        """The same for words each of which belongs to one of so many groups."""
        sizes = self.rows[words + 1] - self.rows[words]
        owner = np.repeat(group, sizes)
        at = (
            np.arange(sizes.sum())
            - np.repeat(np.cumsum(sizes) - sizes, sizes)
            + np.repeat(self.rows[words], sizes)
        )
        to = column[self.to[at]]
        keep = to >= 0
        flat = np.bincount(owner[keep] * width + to[keep], self.p[at[keep]], groups * width)
        return flat.reshape(groups, width).astype(np.float32)


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
    here, there = _skeletons(en), _skeletons(ru)
    around: dict[str, list[str]] = defaultdict(list)
    for sound in there:
        for key in translit.near(sound):
            around[key].append(sound)
    found = []
    for mine, words in here.items():
        for other in sorted({sound for key in translit.near(mine) for sound in around.get(key, ())}):
            if mine == other or _akin(mine, other):
                pairs = (
                    (i, r, _agreement(en.words[i], mine, ru.words[r], other))
                    for i in words
                    for r in there[other]
                )
                found += [pair for pair in pairs if pair[2]]
    return found


def _skeletons(side: Side) -> dict[str, list[int]]:
    """The words whose sound may tell them, by their skeletons."""
    words: dict[str, list[int]] = defaultdict(list)
    for i, w in enumerate(side.words):
        if side.kind[i] >= 2 and w[0].isalpha() and len(w) >= 3:
            words[translit.skeleton(w)].append(i)
    return words


def _akin(en_key: str, ru_key: str) -> bool:
    return max(len(en_key), len(ru_key)) >= 5 and en_key[:2] == ru_key[:2]


def _agreement(en: str, en_key: str, ru: str, ru_key: str) -> float:
    if en_key == ru_key:
        same_vowels = translit.vowels(en)[:2] == translit.vowels(ru)[:2]
        if len(en_key) >= 4 or (len(en_key) == 3 and same_vowels):
            return SOUND[2]
        return SOUND[1] if len(en_key) >= 2 and same_vowels and abs(len(en) - len(ru)) <= 2 else 0.0
    return SOUND[1] if _akin(en_key, ru_key) else 0.0
