"""How well labels agree with gold: accuracy, macro-F1 with support, confusion."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct


class ClassScore(Struct, frozen=True):
    """One label: precision, recall, F1, and how often gold has it."""

    precision: float
    recall: float
    f1: float
    support: int


class Scores(Struct, frozen=True):
    """Labels against gold; `macro_f1` is the mean over the labels that gold has."""

    n: int
    accuracy: float
    macro_f1: float
    labels: dict[str, ClassScore]
    confusion: dict[str, dict[str, int]]


def score(gold: Sequence[str], given: Sequence[str]) -> Scores:
    """Compare label by label; `confusion[gold][given]` counts.

    >>> score(["a", "a", "b"], ["a", "b", "b"]).macro_f1
    0.6667
    """
    pairs = Counter(zip(gold, given, strict=True))
    names = sorted({*gold, *given})
    labels = {name: _class_score(name, pairs) for name in names}
    held = [s.f1 for s in labels.values() if s.support]
    return Scores(
        n=len(gold),
        accuracy=_ratio(sum(pairs[name, name] for name in names), len(gold)),
        macro_f1=_ratio(sum(held), len(held)),
        labels=labels,
        confusion={g: {p: pairs[g, p] for p in names if pairs[g, p]} for g in names if g in set(gold)},
    )


def _class_score(name: str, pairs: Counter[tuple[str, str]]) -> ClassScore:
    hit = pairs[name, name]
    given = sum(n for (_, p), n in pairs.items() if p == name)
    support = sum(n for (g, _), n in pairs.items() if g == name)
    return ClassScore(_ratio(hit, given), _ratio(hit, support), _ratio(2 * hit, given + support), support)


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
