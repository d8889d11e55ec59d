"""How well differences are found in paragraphs written for it: by kind, with the reliability of the confidence.

    python tests/evaluation/differences.py [FILE.jsonl] [--list] [--kind KIND]

A line is a paragraph in both versions, `{"id", "genre", "en", "ru", "differences": [{"kind", "en", "ru"}], "traps"}`
(`corpora/differences`). Paragraphs are put together to works of twenty; a finding is a hit when it shows more than half
of the evidence of a planted difference on one side. `--list` prints what was missed and what was too much: never for the
sealed file.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import api
from pipeline.compare.finding import KINDS, REPORTED
from pipeline.document import Difference

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "corpora" / "differences" / "development.jsonl"
WORK = 20
"""Paragraphs in a work."""
LANGS = ("en", "ru")
EVIDENCE = 0.5
"""The share of a planted difference that a finding must show."""

Paragraph = dict[str, Any]
Span = tuple[int, int]


class Planted(NamedTuple):
    """A difference or trap, and where it stands in each version."""

    paragraph: str
    kind: str
    places: dict[str, Span]
    texts: dict[str, str]


class Outcome(NamedTuple):
    """A finding with what was planted there, or a planted difference without finding."""

    planted: Planted | None
    found: Difference | None
    trap: bool = False


def batches(rows: list[Paragraph]) -> Iterator[list[Paragraph]]:
    for start in range(0, len(rows), WORK):
        yield rows[start : start + WORK]


def outcomes(rows: list[Paragraph]) -> Iterator[Outcome]:
    """The findings of one work beside what was planted in it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"work.{lang}.txt" for lang in LANGS]
        for lang, path in zip(LANGS, paths, strict=True):
            path.write_text("\n\n".join(row[lang] for row in rows), encoding="utf-8")
        work = api.compare(*paths)
    texts = {lang: work.versions[lang].text for lang in LANGS}
    wanted = list(_planted(rows, texts, "differences"))
    traps = list(_planted(rows, texts, "traps"))
    left = sorted(work.differences or (), key=lambda d: -d.confidence)
    for planted in wanted:
        near = [(_shown(planted, d), d.confidence, -i) for i, d in enumerate(left)]
        shown, sure, i = max(near, default=(0.0, 0.0, 0))
        if shown > EVIDENCE and sure > 0:
            yield Outcome(planted, left.pop(-i))
        else:
            yield Outcome(planted, None)
    for found in left:
        yield Outcome(None, found, any(_shown(trap, found) > EVIDENCE for trap in traps))


def _planted(rows: list[Paragraph], texts: dict[str, str], what: str) -> Iterator[Planted]:
    at = dict.fromkeys(LANGS, 0)
    for row in rows:
        begun = {lang: texts[lang].index(row[lang], at[lang]) for lang in LANGS}
        for one in row[what]:
            places = {
                lang: (
                    begun[lang] + row[lang].index(one[lang]),
                    begun[lang] + row[lang].index(one[lang]) + len(one[lang]),
                )
                for lang in LANGS
                if one[lang]
            }
            yield Planted(row["id"], one.get("kind", "trap"), places, {lang: one[lang] for lang in LANGS})
        at = {lang: begun[lang] + len(row[lang]) for lang in LANGS}


def _shown(planted: Planted, found: Difference) -> float:
    """The larger share of the planted evidence, or of the finding, that the two have in common on one side."""
    most = 0.0
    for lang, (start, end) in planted.places.items():
        span = getattr(found, lang)
        if span is not None:
            common = min(end, span.end) - max(start, span.start)
            most = max(most, common / min(end - start, span.end - span.start))
    return most


def report(found: list[Outcome]) -> Iterator[str]:
    sure = [o for o in found if o.found is None or o.found.confidence >= REPORTED]
    hits, planted = Counter[str](), Counter[str]()
    claimed, wrong = Counter[str](), Counter[str]()
    for o in found:
        reported = o.found is not None and o.found.confidence >= REPORTED
        if o.planted:
            planted[o.planted.kind] += 1
            hits[o.planted.kind] += reported
        if reported and o.found:
            claimed[o.found.kind] += 1
            wrong[o.found.kind] += o.planted is None
    for kind in KINDS:
        if planted[kind] or claimed[kind]:
            yield f"{kind:12} recall {hits[kind]:3}/{planted[kind]:3}   too much {wrong[kind]:3} of {claimed[kind]:3}"
    p = 1 - sum(wrong.values()) / max(1, sum(claimed.values()))
    r = sum(hits.values()) / max(1, sum(planted.values()))
    right = [o.planted.kind == o.found.kind for o in sure if o.planted and o.found]
    yield f"precision {p:.3f}  recall {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}  kind right {sum(right) / max(1, len(right)):.3f}  traps flagged {sum(o.trap for o in sure)}"
    bands = defaultdict(list)
    for o in found:
        if o.found:
            bands[min(9, int(10 * o.found.confidence))].append(o.planted is not None)
    for band in sorted(bands):
        yield f"confidence {band / 10:.1f}-{band / 10 + 0.1:.1f}: {sum(bands[band])}/{len(bands[band])} real"
    yield from _reliability(found)


BANDS = (0.2, 0.5, 0.8, 0.9, 1.01)


def _reliability(found: list[Outcome]) -> Iterator[str]:
    """For each kind, in four bands of confidence: what it claims on average, and how many are real."""
    for kind in KINDS:
        for low, high in pairwise(BANDS):
            there = [
                o for o in found if o.found and o.found.kind == kind and low <= o.found.confidence < high
            ]
            if there:
                claimed = sum(o.found.confidence for o in there if o.found) / len(there)
                real = sum(o.planted is not None for o in there)
                yield f"{kind:12} claims {claimed:.2f}: {real}/{len(there)} real"


def listed(found: list[Outcome], kind: str | None) -> Iterator[str]:
    for o in found:
        reported = o.found is not None and o.found.confidence >= REPORTED
        of = o.planted.kind if o.planted else o.found.kind if o.found else ""
        if kind and of != kind:
            continue
        if o.planted and not reported:
            low = f" (below: {o.found.kind} {o.found.confidence})" if o.found else ""
            yield f"MISSED {o.planted.paragraph} {of}: {o.planted.texts['en']} | {o.planted.texts['ru']}{low}"
        elif reported and o.found and not o.planted:
            spans = [s.text if s else "-" for s in (o.found.en, o.found.ru)]
            yield f"{'TRAP' if o.trap else 'FALSE'} {of} {o.found.confidence}: {spans[0]} | {spans[1]} | {o.found.explanation}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--kind")
    options = parser.parse_args()
    if options.list and options.file.stem == "heldout":
        sys.exit("the held-out paragraphs are sealed: figures only")
    rows = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
    found = [o for batch in batches(rows) for o in outcomes(batch)]
    if options.list:
        print(*listed(found, options.kind), sep="\n")
    print(*report(found), sep="\n")


if __name__ == "__main__":
    main()
