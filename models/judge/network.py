"""The judge as it is trained: the encoder's layers over both sentences together, and a head that gives each word its kinds."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.encoder.make import Packed
from models.judge.slots import Marked
from pipeline import encoder, shipped
from pipeline.compare.judge import KINDS, WORD

LAYERS = 8
DROPPED = 0.1
BEYOND = -100
"""The label of a place beyond the words of a pair."""


class Read(NamedTuple):
    """A pair as the network reads it: pieces, the word that each belongs to (-1: none), the side of each, a label for each word."""

    pieces: list[int]
    owner: list[int]
    side: list[int]
    labels: list[int]


def read(words: encoder.Encoder, pair: Marked, most: int) -> Read | None:
    """The pair in pieces; None of one that is too long."""
    pieces, owner, side, labels = [words.begin], [-1], [0], []
    for n, (text, marks) in enumerate(((pair.en, pair.en_marks), (pair.ru, pair.ru_marks))):
        for found in WORD.finditer(text):
            cut = words.cut(found.group())
            pieces += cut
            owner += [len(labels)] * len(cut)
            kinds = [KINDS.index(kind) for a, b, kind in marks if found.start() < b and found.end() > a]
            labels.append(kinds[-1] if kinds else 0)
        ends = 2 - n
        pieces += [words.end] * ends
        owner += [-1] * ends
        side += [n] * (len(pieces) - len(side))
    return Read(pieces, owner, side, labels) if len(pieces) <= most else None


class Layer(nn.Module):
    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.look, self.join = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.widen, self.narrow = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.join_norm, self.norm = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, length, hidden = x.shape
        query, key, value = (
            self.look(x).view(rows, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        )
        taken = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        taken = self.join(taken.transpose(1, 2).reshape(rows, length, hidden))
        x = self.join_norm(x + functional.dropout(taken, DROPPED, self.training))
        wide = self.narrow(functional.gelu(self.widen(x)))
        return self.norm(x + functional.dropout(wide, DROPPED, self.training))


class Network(nn.Module):
    """Starts from the first layers of the encoder; the pieces' own meanings stay as they are."""

    def __init__(self, packed: Packed) -> None:
        super().__init__()
        hidden, heads, inner = packed.hidden, packed.heads, packed.inner
        self.layers = nn.ModuleList(Layer(hidden, heads, inner) for _ in range(LAYERS))
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.places, self.sides = nn.Embedding(512, hidden), nn.Embedding(2, hidden)
        self.head = nn.Linear(hidden, len(KINDS))
        for zero in (self.sides.weight, self.head.weight, self.head.bias):
            nn.init.zeros_(zero)
        with np.load(shipped.path(encoder.FILE)) as kept:
            self.pieces = nn.Embedding.from_pretrained(torch.tensor(encoder.unpacked(kept["words"])))
            places = torch.tensor(kept["places"].astype(np.float32) + kept["kind"])
            norm = torch.tensor(kept["norm"])
        with torch.no_grad():
            self.places.weight.copy_(places)
            self.norm.weight.copy_(norm[0])
            self.norm.bias.copy_(norm[1])
            for n, layer in enumerate(self.layers):
                _begin(layer, packed, n)

    def forward(self, batch: Sequence[Read]) -> torch.Tensor:
        """The kinds of each word.

        Shape: pairs, words of the longest, kinds.
        """
        length = max(len(pair.pieces) for pair in batch)
        words = max(len(pair.labels) for pair in batch)
        pieces, owner, side = (
            torch.tensor([[*row, *[none] * (length - len(row))] for row in rows])
            for rows, none in zip(
                ([p.pieces for p in batch], [p.owner for p in batch], [p.side for p in batch]),
                (-1, -1, 0),
                strict=True,
            )
        )
        x = self.pieces(pieces.clamp(min=0)) + self.places.weight[:length] + self.sides(side)
        x = functional.dropout(self.norm(x), DROPPED, self.training)
        mask = (pieces >= 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        share = functional.one_hot(owner + 1, words + 1)[..., 1:].to(x.dtype)
        share = share / share.sum(1, keepdim=True).clamp(min=1)
        return self.head(share.transpose(1, 2) @ x)  # type: ignore[no-any-return]

    def save(self, path: Path) -> None:
        """Write the arrays that `pipeline/compare/judge.py` reads: weights in a byte each, with a scale for each row.

        Four bits, as the encoder has them, are too few: what is learned here lies between their steps.
        """
        state = {name: value.numpy() for name, value in self.state_dict().items()}
        layer = self.layers[0]
        sizes = [self.head.in_features, layer.heads, layer.widen.out_features, LAYERS]
        kept = {
            "sizes": np.array(sizes, np.int32),
            "epsilon": np.array([1e-12], np.float32),
            "places": state["places.weight"].astype(np.float16),
            "sides": state["sides.weight"],
            "norm": _norm(state, "norm"),
            "head": np.ascontiguousarray(state["head.weight"].T),
            "head.bias": state["head.bias"],
        }
        for n in range(LAYERS):
            kept |= {f"{n}.{name}": value for name, value in _layer(state, f"layers.{n}.").items()}
        np.savez(path, **kept)  # type: ignore[arg-type]


def _begin(layer: Layer, packed: Packed, n: int) -> None:
    parts = packed.tensors
    hidden = packed.hidden

    def weight(name: str, width: int) -> torch.Tensor:
        blocks = width // encoder.BLOCK * (encoder.BLOCK // 2 + 2)
        return torch.tensor(encoder.unpacked(parts[f"l{n}.{name}.w"].reshape(-1, blocks)))

    def row(name: str) -> torch.Tensor:
        return torch.tensor(parts[f"l{n}.{name}"].view(np.float32))

    layer.look.weight.copy_(torch.cat([weight(name, hidden) for name in "qkv"]))
    layer.look.bias.copy_(torch.cat([row(f"{name}.b") for name in "qkv"]))
    for linear, name, width in (
        (layer.join, "ao", hidden),
        (layer.widen, "fi", hidden),
        (layer.narrow, "fo", packed.inner),
    ):
        linear.weight.copy_(weight(name, width))
        linear.bias.copy_(row(f"{name}.b"))
    for norm, name in ((layer.join_norm, "aln"), (layer.norm, "oln")):
        norm.weight.copy_(row(f"{name}.w"))
        norm.bias.copy_(row(f"{name}.b"))


def _layer(state: Mapping[str, np.ndarray], at: str) -> dict[str, np.ndarray]:
    hidden = state[f"{at}join.weight"].shape[0]
    weights = {name: state[f"{at}look.weight"][n * hidden : (n + 1) * hidden] for n, name in enumerate("qkv")}
    biases = {name: state[f"{at}look.bias"][n * hidden : (n + 1) * hidden] for n, name in enumerate("qkv")}
    for ours, name in (("join", "ao"), ("widen", "fi"), ("narrow", "fo")):
        weights[name], biases[name] = state[f"{at}{ours}.weight"], state[f"{at}{ours}.bias"]
    kept = {"aln": _norm(state, f"{at}join_norm"), "oln": _norm(state, f"{at}norm")}
    for name, weight in weights.items():
        scale = (np.abs(weight).max(1) / 127).astype(np.float16)
        kept[name] = np.clip(np.round(weight / scale[:, None].astype(np.float32)), -127, 127).astype(np.int8)
        kept[f"{name}.scale"], kept[f"{name}.bias"] = scale, biases[name]
    return kept


def _norm(state: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    return np.stack([state[f"{name}.weight"], state[f"{name}.bias"]])
