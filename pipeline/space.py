"""One vector space for the words of both languages, from two sources side by side.

In the first 300 dimensions an English word stands where its Russian translations do; in the other 128 both languages stand
where a multilingual sentence encoder put them when the software was made (nothing of it runs here).

Source: navec (Natasha project, MIT), 250,000 words of Russian news and web text by 300 dimensions; the translations
are estimated by `models/passages/train_space.py`, the encoder's places by `models/passages/train_words.py`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import frequency, shipped

NAVEC_DIMENSIONS, TEACHER = 300, 128
DIMENSIONS = NAVEC_DIMENSIONS + TEACHER
TEACHER_SCALE = 0.9
"""Weight of the encoder's dimensions beside navec's. Passages of unseen labelled documents, both versions read together: .856 right
without them, .862 with them; of the project's gold works d1 to d5 .915 and .944."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
RARITY = 1e-3
"""Smoothing of the inverse word frequency: a word of one in a thousand weighs half as much as a rare one.
Source: Arora, Liang and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings" (they tried 1e-3 to 1e-4)."""

NOWHERE = -1
"""The row of a word without a place."""
ROOM = 1 << 10
"""Rows of a new table; it doubles when it is full."""
MOST = 1 << 13
"""Words after which a space begins anew, 14 megabytes: some fifty documents' common words, and the rare ones of more."""

Vector = NDArray[np.float32]
Name = tuple[str, str]
"""A word of the space: its language and lemma."""


class Space:
    """Unit vectors of lemmas with their weights, looked up once each and kept in one growing table.

    Words without a place are not remembered: they are names, of which every document has its own."""

    def __init__(
        self,
        vectors: Mapping[str, Any],
        translations: Mapping[str, Sequence[tuple[str, float]]],
        taught: Mapping[Name, Vector] | None = None,
    ) -> None:
        self._taught = taught or {}
        self._vectors = vectors
        self._translations = translations
        self._begin()

    def _begin(self) -> None:
        self._rows: dict[Name, int] = {}
        self.names: list[Name] = []
        """Language and lemma of each row of the table."""
        self._table = np.zeros((ROOM, DIMENSIONS), np.float32)
        self._weights = np.zeros(ROOM, np.float32)

    def settle(self) -> None:
        """Begin anew when very many words have been met: between works, since rows that were given no longer hold."""
        if len(self.names) > MOST:
            self._begin()

    def rows(self, lemmas: Sequence[str], lang: str) -> NDArray[np.int64]:
        """The table's rows of these lemmas; -1 for a word without a place in the space."""
        return np.array([self._row(lemma, lang) for lemma in lemmas], dtype=np.int64)

    def weights(self, rows: NDArray[np.int64]) -> Vector:
        return self._weights[rows]

    @property
    def table(self) -> Vector:
        """The vectors of the words met so far, by row."""
        return self._table[: max(len(self.names), 1)]

    def _row(self, lemma: str, lang: str) -> int:
        key = (lang, lemma)
        row = self._rows.get(key)
        if row is None:
            vector = self._vector(lemma, lang)
            if vector is None:
                return NOWHERE
            row = self._rows[key] = self._add(key, vector)
        return row

    def _add(self, key: Name, vector: Vector) -> int:
        row = len(self.names)
        self.names.append(key)
        if row == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
            self._weights = np.concatenate([self._weights, np.zeros_like(self._weights)])
        self._table[row], self._weights[row] = vector, _weight(key[1], key[0])
        return row

    def _vector(self, lemma: str, lang: str) -> Vector | None:
        own, taught = self._translated(lemma, lang), self._taught.get((lang, lemma))
        if own is None and taught is None:
            return None
        place = np.zeros(DIMENSIONS, np.float32)
        if own is not None:
            place[:NAVEC_DIMENSIONS] = own
        if taught is not None:
            place[NAVEC_DIMENSIONS:] = _unit(taught.astype(np.float32)) * TEACHER_SCALE
        return place

    def _translated(self, lemma: str, lang: str) -> Vector | None:
        if lang == "ru":
            return self._russian(lemma)
        found = [(self._russian(word), weight) for word, weight in self._translations.get(lemma, ())]
        known = [(vector, weight) for vector, weight in found if vector is not None]
        if not known:
            return self._russian(lemma)  # Latin names and acronyms have vectors of their own
        return _unit(np.sum([vector * weight for vector, weight in known], axis=0))

    def _russian(self, word: str) -> Vector | None:
        return _unit(np.asarray(self._vectors[word], np.float32)) if word in self._vectors else None


def _unit(vector: Any) -> Vector:
    length = float(np.linalg.norm(vector))
    return (vector / length).astype(np.float32) if length else vector


def _weight(lemma: str, lang: str) -> float:
    """Near 1 for a rare word, near 0 for the commonest."""
    return RARITY / (RARITY + 10.0 ** (frequency.zipf(lemma, lang) - 9))


@cache
def load() -> Space:
    """The shipped space; reading it takes a second.

    Raises: MissingModel when the package with navec's vectors is not installed.
    """
    from pipeline.parse import navec

    return Space(
        _Navec(navec.load()),
        read(shipped.path("models/passages/space.npz")),
        read_words(shipped.path("models/passages/words.npz")),
    )


def settle() -> None:
    """Let the space forget what it met, where it is loaded and has met very many words."""
    if load.cache_info().currsize:
        load().settle()


class _Navec(Mapping[str, Any]):
    """navec's table with its е for ё: lemmas come with е, and the table writes either."""

    def __init__(self, navec: Any) -> None:
        self._navec = navec
        self._yo = {word.replace("ё", "е"): word for word in navec.vocab.words if "ё" in word}

    def __contains__(self, word: object) -> bool:
        return word in self._navec.vocab or word in self._yo

    def __getitem__(self, word: str) -> Any:
        return self._navec[word if word in self._navec.vocab else self._yo[word]]

    def __iter__(self) -> Any:
        return iter(self._navec.vocab.words)

    def __len__(self) -> int:
        return len(self._navec.vocab.words)


def read(path: Path) -> dict[str, tuple[tuple[str, float], ...]]:
    """The translations: arrays only, so that nothing in the file can run."""
    with np.load(path, allow_pickle=False) as data:
        english, russian = _words(data["english"]), _words(data["russian"])
        counts, links, weights = data["counts"], data["links"], data["weights"].astype(float)
    ends = np.cumsum(counts)
    return {
        word: tuple((russian[links[k]], float(weights[k])) for k in range(end - count, end))
        for word, count, end in zip(english, counts, ends, strict=True)
    }


def write(path: Path, translations: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """Store the translations and return the file's sha256; the same translations give the same bytes."""
    russian = sorted({word for links in translations.values() for word, _ in links})
    number = {word: n for n, word in enumerate(russian)}
    flat = [(number[word], weight) for links in translations.values() for word, weight in links]
    arrays = {
        "english": _bytes(list(translations)),
        "russian": _bytes(russian),
        "counts": np.array([len(links) for links in translations.values()], np.uint8),
        "links": np.array([n for n, _ in flat], np.uint32),
        "weights": np.array([w for _, w in flat], np.float16),
    }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Taught(Mapping[Name, Vector]):
    """The encoder's places of lemmas, in whole numbers from -127 to 127; the direction alone counts."""

    def __init__(self, words: Mapping[str, Sequence[str]], places: Mapping[str, NDArray[np.int8]]) -> None:
        self._numbers = {lang: {word: n for n, word in enumerate(words[lang])} for lang in words}
        self._places = places

    def __getitem__(self, name: Name) -> Vector:
        lang, word = name
        return self._places[lang][self._numbers[lang][word]]  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Name]:
        return ((lang, word) for lang, words in self._numbers.items() for word in words)

    def __len__(self) -> int:
        return sum(map(len, self._numbers.values()))


def read_words(path: Path) -> Taught:
    """The encoder's places of lemmas."""
    with np.load(path, allow_pickle=False) as data:
        langs = ("en", "ru")
        return Taught(
            {lang: _words(data[lang]) for lang in langs}, {lang: data[f"places_{lang}"] for lang in langs}
        )


def write_words(path: Path, words: Sequence[tuple[str, str]], places: Vector) -> str:
    """Store the encoder's places in a byte a dimension and return the file's sha256."""
    arrays: dict[str, Any] = {}
    for lang in ("en", "ru"):
        own = [i for i, (of, _) in enumerate(words) if of == lang]
        largest = np.abs(places[own]).max(axis=1, keepdims=True)
        arrays[lang] = _bytes([words[i][1] for i in own])
        arrays[f"places_{lang}"] = np.round(places[own] / largest * 127).astype(np.int8)
    np.savez_compressed(path, **arrays)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest() -> str:
    """One hash of both files that make the space."""
    files = (shipped.path(f"models/passages/{name}.npz") for name in ("space", "words"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _bytes(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _words(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode().split("\n")
