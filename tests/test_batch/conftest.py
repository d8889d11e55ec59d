"""Small corpora and runs of the batch tests, without models."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import config, run
from pipeline.batch.outcome import Summary
from tests import fake_parser

SETTINGS = config.load()
TIMED = ("log.jsonl", "run.json")
"""The files of a run that hold times."""


def made(out: Path) -> dict[str, bytes]:
    """Everything that a run made, but for what holds times."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in TIMED
    }


def pair(folder: Path, name: str, number: int) -> None:
    """A work in two versions, with a name, a number and a date of its own."""
    folder.mkdir(exist_ok=True)
    en = f"A bridge and its price\n\nThe bridge at Narva cost {number} million euros in {1990 + number}.\n\nNobody in Riga objected."
    ru = f"Мост и его цена\n\nМост в Нарве обошелся в {number} млн евро в {1990 + number} году.\n\nВ Риге никто не возражал."
    (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
    (folder / f"{name}.ru.txt").write_text(ru, encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number in range(6):
        pair(tmp_path / "in", f"w{number}", number + 2)
    return tmp_path / "in"


@pytest.fixture
def go(corpus: Path) -> Callable[..., Summary]:
    """Run the corpus into a folder with the fake parser."""

    def call(out: Path, settings: config.Config = SETTINGS, **asked: Any) -> Summary:
        return run.run([corpus], out, settings, make_tools=fake_parser.tools, **asked)

    return call
