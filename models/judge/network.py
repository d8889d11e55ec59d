"""The judge as it is trained: the encoder's layers over both sentences together, and a head that gives each word its kinds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline import encoder
from pipeline.judge import KINDS

DROPPED = 0.1


class Layer(nn.Module):
    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.look, self.join = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.widen, self.narrow = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.join_norm, self.norm = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, length, hidden = x.shape
        dropped = DROPPED if self.training else 0.0
        query, key, value = (
            self.look(x).view(rows, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        )
        taken = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=dropped)
        taken = self.join(taken.transpose(1, 2).reshape(rows, length, hidden))
        x = self.join_norm(x + functional.dropout(taken, DROPPED, self.training))
        wide = self.narrow(functional.gelu(self.widen(x)))
        return self.norm(x + functional.dropout(wide, DROPPED, self.training))


class Network(nn.Module):
    """Starts from an encoder's file (`models/encoder/make.py`); the pieces' own meanings stay as they are."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        super().__init__()
        hidden, heads, inner, count = (int(n) for n in kept["sizes"])
        self.layers = nn.ModuleList(Layer(hidden, heads, inner) for _ in range(count))
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.pieces = nn.Embedding.from_pretrained(torch.tensor(encoder.unpacked(kept["words"])))
        self.places, self.sides = nn.Embedding(len(kept["places"]), hidden), nn.Embedding(2, hidden)
        self.head = nn.Linear(hidden, len(KINDS))
        for zero in (self.sides.weight, self.head.weight, self.head.bias):
            nn.init.zeros_(zero)
        with torch.no_grad():
            self.places.weight.copy_(torch.tensor(kept["places"].astype(np.float32) + kept["kind"]))
            _begin_norm(self.norm, kept["norm"])
            for layer, whole in zip(self.layers, encoder.Layers(kept).layers, strict=True):
                _begin(layer, whole)

    def forward(
        self, pieces: torch.Tensor, owner: torch.Tensor, side: torch.Tensor, words: int
    ) -> torch.Tensor:
        """The kinds of each word.

        Shape: pairs, words of the longest, kinds.
        """
        length = pieces.shape[1]
        x = self.pieces(pieces.clamp(min=0)) + self.places.weight[:length] + self.sides(side)
        x = functional.dropout(self.norm(x), DROPPED, self.training)
        mask = (pieces >= 0)[:, None, None, :].expand(-1, 1, length, -1)
        for layer in self.layers:
            x = layer(x, mask)
        share = functional.one_hot(owner + 1, words + 1)[..., 1:].to(x.dtype)
        share = share / share.sum(1, keepdim=True).clamp(min=1)
        return self.head(share.transpose(1, 2) @ x)  # type: ignore[no-any-return]


def resume(network: Network, kept: Mapping[str, Any]) -> None:
    """Go on from what another training wrote."""
    with torch.no_grad():
        network.places.weight.copy_(torch.tensor(kept["places"].astype(np.float32)))
        network.sides.weight.copy_(torch.tensor(kept["sides"]))
        network.head.weight.copy_(torch.tensor(kept["head"].T.copy()))
        network.head.bias.copy_(torch.tensor(kept["head.bias"]))
        _begin_norm(network.norm, kept["norm"])
        for layer, whole in zip(network.layers, encoder.Layers(kept).layers, strict=True):
            _begin(layer, whole)


def _begin(layer: Layer, whole: encoder.Layer) -> None:
    for linear, weight, bias in (
        (layer.look, whole.look, whole.look_bias),
        (layer.join, whole.join, whole.join_bias),
        (layer.widen, whole.widen, whole.widen_bias),
        (layer.narrow, whole.narrow, whole.narrow_bias),
    ):
        linear.weight.copy_(torch.tensor(weight.T))
        linear.bias.copy_(torch.tensor(bias))
    _begin_norm(layer.join_norm, whole.join_norm)
    _begin_norm(layer.norm, whole.norm)


def _begin_norm(norm: nn.LayerNorm, rows: np.ndarray) -> None:
    norm.weight.copy_(torch.tensor(rows[0]))
    norm.bias.copy_(torch.tensor(rows[1]))


def save(state: Mapping[str, torch.Tensor], heads: int, path: Path) -> None:
    """Write the arrays that `pipeline/judge.py` reads: weights in a byte each, with a scale for each row.

    Four bits, as the encoder has them, are too few: what is learned here lies between their steps.
    """
    arrays = {name: value.float().cpu().numpy() for name, value in state.items()}
    inner, hidden = arrays["layers.0.widen.weight"].shape
    count = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("layers."))
    kept = {
        "sizes": np.array([hidden, heads, inner, count], np.int32),
        "epsilon": np.array([1e-12], np.float32),
        "places": arrays["places.weight"].astype(np.float16),
        "sides": arrays["sides.weight"],
        "norm": _norm(arrays, "norm"),
        "head": np.ascontiguousarray(arrays["head.weight"].T),
        "head.bias": arrays["head.bias"],
    }
    for n in range(count):
        kept |= {f"{n}.{name}": value for name, value in _layer(arrays, f"layers.{n}.").items()}
    np.savez(path, **kept)  # type: ignore[arg-type]


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
