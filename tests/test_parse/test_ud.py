"""ClearNLP arcs to Universal Dependencies, case by case; arcs are written word:head:label."""

import tomllib
from pathlib import Path

import pytest

from pipeline.parse.ud import to_ud

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "parse" / "ud.toml").read_text(encoding="utf-8")
)["cases"]


def columns(arcs: str) -> tuple[list[str], list[int], list[str]]:
    rows = [arc.split(":", 2) for arc in arcs.split()]
    words = [row[0] for row in rows]
    return words, [words.index(row[1]) for row in rows], [row[2] for row in rows]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_conversion(case: dict) -> None:
    words, heads, deps = columns(case["clearnlp"])
    got_heads, got_deps = to_ud(heads, deps, case["pos"].split(), case["lemmas"].split())
    got = " ".join(f"{w}:{words[h]}:{d}" for w, h, d in zip(words, got_heads, got_deps, strict=True))
    assert got == case["ud"]
