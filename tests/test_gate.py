"""The quality gate: what the pipeline scores on the project's gold, with floors that only rise.

`python -m tests.test_gate [FOLDER ...]` measures and writes higher floors into tests/floors.toml; it never lowers one. To
lower a floor is a decision: edit the file by hand and say why in the commit.
"""

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import config, run
from pipeline.document import Work
from pipeline.evaluate import gold
from pipeline.ingest import WorkFiles

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).with_name("floors.toml")
FOLDERS = ("development", "fresh", "heldout", "sealed")
SLACK = 0.002
"""Rounding of the figures, and what another build of numpy may change."""


def annotated_pair(id: str, en: Path, ru: Path) -> Work:
    return run.annotate(WorkFiles(id=id, paths=(("en", en), ("ru", ru))), config.load())


@cache
def figures(folder: str) -> dict[str, float]:
    """The main figure of every layer and language on one folder of gold."""
    report = msgspec.to_builtins(gold([ROOT / "corpora" / "gold" / folder], annotated_pair))
    found = {
        f"{layer}.{lang}": score["f1"]
        for layer, langs in report["layers"].items()
        for lang, score in langs.items()
    }
    found |= {f"differences.{name}": report["differences"][name] for name in ("precision", "recall", "f1")}
    for lang, passages in report["passages"].items():
        found[f"categories.{lang}"] = passages["categories"]["macro_f1"]
    found["categories.same_in_both"] = report["same_category_in_both"]
    return found


def floors() -> dict[str, dict[str, float]]:
    return tomllib.loads(FLOORS.read_text("utf-8"))


CASES = [(folder, name) for folder, table in floors().items() for name in table]


@pytest.mark.gate
@pytest.mark.models
@pytest.mark.parametrize(("folder", "name"), CASES)
def test_no_figure_falls_below_its_floor(folder: str, name: str) -> None:
    measured, floor = figures(folder)[name], floors()[folder][name]
    assert measured >= floor - SLACK, f"{folder} {name}: {measured:.4f}, the floor is {floor:.4f}"


def test_every_figure_has_a_floor() -> None:
    assert set(floors()) == set(FOLDERS)
    assert all(len(table) >= 14 for table in floors().values())


def raised(old: dict[str, Any], new: dict[str, float]) -> dict[str, float]:
    return {name: max(float(old.get(name, 0.0)), round(value, 4)) for name, value in sorted(new.items())}


if __name__ == "__main__":
    measured = sys.argv[1:] or FOLDERS
    before = floors()
    told = FLOORS.read_text("utf-8").splitlines(keepends=True)
    lines = [line for line in told if line.startswith("#")]
    for gold_folder in FOLDERS:
        lines.append(f"\n[{gold_folder}]\n")
        known = before.get(gold_folder, {})
        after = raised(known, figures(gold_folder)) if gold_folder in measured else known
        lines += [f'"{name}" = {value}\n' for name, value in after.items()]
    FLOORS.write_text("".join(lines), "utf-8")
