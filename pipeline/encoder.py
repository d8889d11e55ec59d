"""Where each word of a sentence lies by its meaning there, in one space for both languages.

The first layers of a multilingual sentence encoder (multilingual-e5-small, Wang and others 2024), cut down to English and
Russian (`models/encoder/README.md`). A word and its translation in the other version lie close together even where no
lexicon joins them ("relies on", «опирается»), for their sentences say the same.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import lately, shipped
from pipeline.document import Lang
from pipeline.errors import MissingModel

Array = NDArray[np.float32]
FILE = "models/encoder/encoder.npz"
BLOCK = 32
"""Weights that share one scale: a half float, then 32 nibbles."""
START = "▁"
"""What a piece that begins a word begins with."""
MOST = 500
"""Pieces of a sentence that are read; the words beyond have no place."""
UNKNOWN = 10.0
"""How much worse an unknown letter is than the rarest piece, as the encoder was trained."""


class Pieces:
    """The pieces of words, and how likely each is: a word is cut where its pieces are likeliest together.

    Source: the unigram model of Kudo 2018, "Subword regularization".
    """

    def __init__(
        self,
        known: Mapping[str, int],
        scores: Sequence[float],
        unknown: int,
        replaced: Mapping[str, str],
    ) -> None:
        self.known, self.scores, self.unknown, self.replaced = known, scores, unknown, replaced
        self.longest = max(map(len, known))
        self.worst = min(scores) - UNKNOWN

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word, by number."""
        text = START + "".join(self.replaced.get(c, c) for c in word).replace(" ", START)
        best, came = [0.0], [(self.unknown, 0)]
        for end in range(1, len(text) + 1):
            ways = [(best[end - 1] + self.worst, self.unknown, end - 1)]
            for start in range(max(0, end - self.longest), end):
                piece = self.known.get(text[start:end])
                if piece is not None and piece != self.unknown:
                    ways.append((best[start] + self.scores[piece], piece, start))
            score, piece, start = max(ways, key=lambda way: way[0])
            best.append(score)
            came.append((piece, start))
        found, end = [], len(text)
        while end:
            piece, end = came[end]
            found.append(piece)
        return tuple(reversed(found))


class Layer(NamedTuple):
    """One layer: attention of every word to every other, then each by itself."""

    look: Array
    look_bias: Array
    join: Array
    join_bias: Array
    join_norm: Array
    widen: Array
    widen_bias: Array
    narrow: Array
    narrow_bias: Array
    norm: Array


class Layers:
    """The layers of an encoder, read from the arrays of its file: what each piece means among the others."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.hidden, self.heads, inner, layers = (int(n) for n in kept["sizes"])
        self._norm = kept["norm"]
        self._epsilon = np.float32(kept["epsilon"][0])
        self.layers = [_layer(kept, n, self.hidden, inner) for n in range(layers)]

    def states(self, start: Array) -> Array:
        """The last states of pieces that begin as `start`, a row each."""
        x = self._normed(start, self._norm)
        for layer in self.layers:
            x = self._normed(x + self._looked(x, layer), layer.join_norm)
            wide = _gelu(x @ layer.widen + layer.widen_bias)
            x = self._normed(x + wide @ layer.narrow + layer.narrow_bias, layer.norm)
        return x

    def _looked(self, x: Array, layer: Layer) -> Array:
        """What each piece takes over from the others (multi-head attention)."""
        size = self.hidden // self.heads
        query, key, value = (
            (x @ layer.look + layer.look_bias).reshape(len(x), 3, self.heads, size).transpose(1, 2, 0, 3)
        )
        weight = query @ key.transpose(0, 2, 1) * np.float32(size**-0.5)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        weight /= weight.sum(-1, keepdims=True)
        taken = (weight @ value).transpose(1, 0, 2).reshape(len(x), self.hidden)
        return taken @ layer.join + layer.join_bias  # type: ignore[no-any-return]

    def _normed(self, x: Array, norm: Array) -> Array:
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self._epsilon) * norm[0] + norm[1]  # type: ignore[no-any-return]


class Encoder:
    """The encoder, read from the arrays of its file."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.begin, self.end, unknown = (int(n) for n in kept["special"])
        lines = {name: bytes(kept[name]).decode("utf-8").split("\n") for name in ("pieces", "replaced")}
        known = {piece: n for n, piece in reversed(list(enumerate(lines["pieces"]))) if piece}
        replaced = dict(line.split("\t", 1) for line in lines["replaced"])
        self.pieces = Pieces(known, kept["scores"].tolist(), unknown, replaced)
        self.cut = lru_cache(maxsize=lately.WORDS)(self.pieces.of)
        self._words = kept["words"]
        self._start = kept["places"].astype(np.float32) + kept["kind"]
        self._means = kept["means"]
        self._layers = Layers(kept)
        self.hidden = self._layers.hidden

    def words(self, pieces: Sequence[int]) -> Array:
        """What pieces mean by themselves, a row each."""
        return unpacked(self._words[pieces])

    def places(self, words: Sequence[str], lang: Lang) -> Array:
        """Where the words of a sentence lie: a unit vector each, the mean of its pieces; zero for a word beyond the limit.

        >>> places = load().places
        >>> en, ru = places(["It", "relies", "on", "gas"], "en"), places(["Она", "опирается", "на", "газ"], "ru")
        >>> [int(row.argmax()) for row in (en @ ru.T)[[1, 3]]]
        [1, 3]
        """
        pieces, owner = [self.begin], [-1]
        for n, word in enumerate(words):
            found = self.cut(word)
            if len(pieces) + len(found) > MOST:
                break
            pieces += found
            owner += [n] * len(found)
        pieces.append(self.end)
        hidden = self._layers.states(self.words(pieces) + self._start[: len(pieces)])[1:-1]
        share = np.zeros((len(words), len(owner) - 1), np.float32)
        share[owner[1:], np.arange(len(owner) - 1)] = 1
        found = share @ hidden / np.maximum(share.sum(1, keepdims=True), 1)
        found -= self._means[("en", "ru").index(lang)] * (share.sum(1, keepdims=True) > 0)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)  # type: ignore[no-any-return]


def _layer(kept: Mapping[str, Any], n: int, hidden: int, inner: int) -> Layer:
    def weights(name: str, width: int) -> Array:
        whole = kept[f"{n}.{name}"]
        if f"{n}.{name}.scale" in kept:
            rows = whole.astype(np.float32) * kept[f"{n}.{name}.scale"].astype(np.float32)[:, None]
        else:
            rows = unpacked(whole.reshape(-1, width // BLOCK * (BLOCK // 2 + 2)))
        return np.ascontiguousarray(rows.T)

    look = np.concatenate([weights(name, hidden) for name in "qkv"], axis=1)
    look_bias = np.concatenate([kept[f"{n}.{name}.bias"] for name in "qkv"])
    return Layer(
        *(look, look_bias),
        *(weights("ao", hidden), kept[f"{n}.ao.bias"], kept[f"{n}.aln"]),
        *(weights("fi", hidden), kept[f"{n}.fi.bias"]),
        *(weights("fo", inner), kept[f"{n}.fo.bias"], kept[f"{n}.oln"]),
    )


def unpacked(packed: NDArray[np.uint8]) -> Array:
    """Rows of weights from their blocks: a scale, then sixteen bytes of which the low halves come first."""
    blocks = packed.reshape(len(packed), -1, BLOCK // 2 + 2)
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(len(packed), -1)


def _gelu(x: Array) -> Array:
    """The gate of the inner layer, by its usual approximation (Hendrycks and Gimpel 2016)."""
    inner = x * (np.float32(0.7978845608) + np.float32(0.0356774081) * x * x)
    return np.float32(0.5) * x * (1 + np.tanh(inner))  # type: ignore[no-any-return]


@cache
def load() -> Encoder:
    """The shipped encoder; reading it takes half a second.

    Raises: MissingModel where the file is missing.
    """
    path = shipped.path(FILE)
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Encoder(dict(kept))
    except OSError as error:
        raise MissingModel(f"{path}: no encoder ({error}); reinstall diptych") from None
