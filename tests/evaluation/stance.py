"""How often the stance of a statement is right: accuracy and macro-F1 on the project's labelled statements, the 60 a
language that the list of words was improved on (and the model learned from) and the 30 that nothing was.

python -m tests.evaluation.stance [--wrong]     --wrong lists the errors on those developed on
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import config, parse
from pipeline.statements import stance
from tests.conftest import plain_version

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLDER = Path(__file__).parent.parent / "cases" / "stance"
LABELS = {"m": "multilateral", "a": "aligned", "n": "neutral"}


def labelled(file: Path, lang: str) -> list[tuple[str, str]]:
    """The statements of one file and language with their labels."""
    rows = tomllib.loads(file.read_text("utf-8"))[lang].strip().splitlines()
    return [(text, LABELS[label]) for label, text in (row.split(" | ", 1) for row in rows)]


def docs(rows: list[tuple[str, str]], lang: Any, parsers: parse.Parsers) -> Iterator["Doc"]:
    """Each statement parsed as a text of its own."""
    return parsers.docs(lang, [plain_version(text, lang) for text, _ in rows])


def f1(rows: list[tuple[str, str]], label: str) -> float:
    """F1 of one label over (gold, found) pairs."""
    right = sum(gold == found == label for gold, found in rows)
    return 2 * right / max(1, sum((gold == label) + (found == label) for gold, found in rows))


def judged(name: str, lang: str, parsers: parse.Parsers) -> Iterator[tuple[str, str, Any]]:
    """Each statement of a set with its label and the stance found."""
    rows = labelled(FOLDER / f"{name}.toml", lang)
    for (text, label), doc in zip(rows, docs(rows, lang, parsers), strict=True):
        yield text, label, stance.of(text, lang, list(doc))


def figures(name: str, lang: str, parsers: parse.Parsers) -> dict[str, float]:
    """Accuracy, how often a side taken is right, how many of the sides are found, and macro-F1."""
    rows = [(label, found.label) for _, label, found in judged(name, lang, parsers)]
    return {
        "accuracy": sum(gold == found for gold, found in rows) / len(rows),
        "sides_right": sum(gold == found != "neutral" for gold, found in rows)
        / max(1, sum(found != "neutral" for _, found in rows)),
        "sides_found": sum(gold == found != "neutral" for gold, found in rows)
        / sum(gold != "neutral" for gold, _ in rows),
        "macro_f1": sum(f1(rows, label) for label in LABELS.values()) / len(LABELS),
    }


def report(name: str, lang: str, wrong: bool, parsers: parse.Parsers) -> None:
    print(name, lang, {key: round(value, 3) for key, value in figures(name, lang, parsers).items()})
    for text, label, found in judged(name, lang, parsers) if wrong else ():
        if found.label != label:
            print("  ", label, "->", found.label, found.words, "|", text)


if __name__ == "__main__":
    loaded = parse.load(config.load())
    for each in ("en", "ru"):
        report("statements", each, "--wrong" in sys.argv, loaded)
        report("unseen", each, wrong=False, parsers=loaded)
