"""How often the stance of a statement is right: accuracy and macro-F1 on the project's labelled statements, the 60 a
language that the rule was improved on and the 30 that it was not.

python -m tests.evaluation.stance [--wrong]     --wrong lists the errors on those developed on
"""

import sys
import tomllib
from pathlib import Path

from pipeline.statements import stance

FOLDER = Path(__file__).parent.parent / "cases" / "stance"
LABELS = {"m": "multilateral", "a": "aligned", "n": "neutral"}


def labelled(name: str, lang: str) -> list[tuple[str, str]]:
    """The statements of one set and language with their labels."""
    rows = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))[lang].strip().splitlines()
    return [(text, LABELS[label]) for label, text in (row.split(" | ", 1) for row in rows)]


def f1(rows: list[tuple[str, str]], label: str) -> float:
    """F1 of one label over (gold, found) pairs."""
    right = sum(gold == found == label for gold, found in rows)
    return 2 * right / max(1, sum((gold == label) + (found == label) for gold, found in rows))


def figures(name: str, lang: str) -> dict[str, float]:
    """Accuracy, how often a side taken is right, how many of the sides are found, and macro-F1."""
    rows = [(label, stance.of(text, lang).label) for text, label in labelled(name, lang)]
    return {
        "accuracy": sum(gold == found for gold, found in rows) / len(rows),
        "sides_right": sum(gold == found != "neutral" for gold, found in rows)
        / max(1, sum(found != "neutral" for _, found in rows)),
        "sides_found": sum(gold == found != "neutral" for gold, found in rows)
        / sum(gold != "neutral" for gold, _ in rows),
        "macro_f1": sum(f1(rows, label) for label in LABELS.values()) / len(LABELS),
    }


def report(name: str, lang: str, wrong: bool) -> None:
    print(name, lang, {key: round(value, 3) for key, value in figures(name, lang).items()})
    for text, label in labelled(name, lang) if wrong else ():
        if (found := stance.of(text, lang)).label != label:
            print("  ", label, "->", found.label, found.words, "|", text)


if __name__ == "__main__":
    for each in ("en", "ru"):
        report("statements", each, "--wrong" in sys.argv)
        report("unseen", each, wrong=False)
