"""How well the beads of a work agree with those that its gold gives as sentences."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.align.evaluate import Bead, Indices
from pipeline.document import Version, Work
from pipeline.evaluate.places import Letters


def beads(work: Work, wanted: Mapping[str, Any]) -> tuple[list[tuple[Indices, Indices, float]], list[Bead]]:
    """The work's sentence beads with their confidence, and the gold's, both by the work's sentence numbers.

    A gold sentence that our segmentation cuts elsewhere gets a number of its own, so that its bead counts as missed.
    """
    made = [(b.en, b.ru, b.score) for b in work.alignment or () if b.level == "sentence"]
    gold = [(en, ru) for en, ru in wanted.get("sentence_alignment", ())]
    sides = [
        _numbers(work.versions[lang], [s for bead in gold for s in bead[side]])  # type: ignore[index]
        for side, lang in enumerate(("en", "ru"))
    ]
    return made, [
        (tuple(next(sides[0]) for _ in en), tuple(next(sides[1]) for _ in ru))
        for en, ru in _single_nulls(gold)
    ]


def _single_nulls(
    gold: Iterable[tuple[Sequence[str], Sequence[str]]],
) -> Iterable[tuple[Sequence[str], Sequence[str]]]:
    """Nulls are written one sentence a bead."""
    for en, ru in gold:
        if en and ru:
            yield en, ru
        else:
            yield from (([s], ()) for s in en)
            yield from (((), [s]) for s in ru)


def _numbers(version: Version, sentences: Sequence[str]) -> Iterator[int]:
    """Which of the version's sentences each gold sentence is, by its letters; the n-th of several that read alike."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, s in enumerate(version.sentences or ()):
        where[Letters(version.text[s.start : s.end]).text].append(number)
    seen: Counter[str] = Counter()
    strange = -1
    for sentence in sentences:
        key = Letters(sentence).text
        if seen[key] < len(where[key]):
            yield where[key][seen[key]]
        else:
            yield strange
            strange -= 1
        seen[key] += 1
