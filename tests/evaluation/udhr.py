"""Score the aligner on the paragraphs of the Universal Declaration of Human Rights, article by article.

    python tests/evaluation/udhr.py udhr.en-ru.tsv

A row is one bead: `section` ("art2.1": the first paragraphs of article 2, "preamble"), their numbers, and the English and
Russian paragraphs parted by ¶. Each article, the preamble and the title are aligned and scored by themselves; their mean
counts them alike, the count over all beads counts paragraphs alike, and the last line is the whole file as one text.
A row of more paragraphs than a bead can hold (the preamble, ten against nine) counts as not found, whatever is found in it.
"""

import argparse
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

from pipeline.align import align
from pipeline.align.evaluate import Perturbed, Scores, scores

MARK = " ¶ "


def articles(path: Path) -> dict[str, Perturbed]:
    """Each section's paragraphs and their beads."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    sections = itertools.groupby(rows, lambda row: row[0].partition(".")[0])
    return {name: beads((row[-2], row[-1]) for row in section) for name, section in sections}


def beads(rows: Iterable[tuple[str, str]]) -> Perturbed:
    """The paragraphs of both sides and the beads of the rows."""
    found = Perturbed([], [], [])
    for row in rows:
        ends = []
        for side, cell in zip((found.en, found.ru), row, strict=True):
            first = len(side)
            side.extend(cell.split(MARK))
            ends.append(tuple(range(first, len(side))))
        found.gold.append((ends[0], ends[1]))
    return found


def scored(texts: Sequence[Perturbed]) -> Scores:
    return scores((align(text.en, text.ru), text.gold) for text in texts)


def whole(texts: Iterable[Perturbed]) -> Perturbed:
    return beads(
        (MARK.join(text.en[i] for i in en), MARK.join(text.ru[j] for j in ru))
        for text in texts
        for en, ru in text.gold
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    texts = articles(parser.parse_args().file)
    each = {name: scored([text]).strict_f1 for name, text in texts.items()}
    numbered = [f1 for name, f1 in each.items() if name.startswith("art")]
    print("below 1:", {name: round(f1, 3) for name, f1 in each.items() if f1 < 1} or "none")
    for name, f1 in (
        (f"mean of the {len(numbered)} articles", fmean(numbered)),
        (f"mean of the {len(each)} sections, title and preamble too", fmean(each.values())),
        ("all beads, aligned by section", scored(list(texts.values())).strict_f1),
        ("all beads, aligned as one text", scored([whole(texts.values())]).strict_f1),
    ):
        print(f"{name}: strict F1 {f1:.4f}")


if __name__ == "__main__":
    main()
