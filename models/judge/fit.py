#!/usr/bin/env python3
"""Learn how much the judge's word weighs beside that of the rules, and when it reports by itself.

    fit.py --unread corpora/differences/{latest_works,number_works}.jsonl --gold corpora/gold/development ...
        --fold LEXICON NEWS.tsv [-o weights.json]

Real are findings, and matches of marked words, that show a planted difference; all others are not, nor are those in faithful news, which
is read with a lexicon that has not seen it. Texts that taught the judge are no help: it knows their differences. Logistic regression for each kind, drawn towards
the common one.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from models import parallel
from pipeline.compare import by_rule, sources, verdicts
from pipeline.compare.finding import REPORTED
from pipeline.compare.pairs import pairs
from pipeline.document import Span

HERE = Path(__file__).resolve().parent
READ, UNREAD = 0.25, 2.0
"""Weight of findings of the rules in works that they were written with a look at, where they are too good, and of all findings in works
that had been scored before anyone read them."""
BESIDE, MISSED = 0.25, 0.25
"""Weight of a match that shows a difference which the rules report here, since in works that nobody has read they miss every fourth of these, and
what their suspicion is then taken for."""
NEWS = 0.4
"""Weight of findings in faithful news: many of them are real divergences of free translations."""
OWN = 0.25
"""Scale of what a kind has of its own beside the common line: the smaller, the less."""
STRENGTH = 1.0
"""Inverse strength of the regularisation."""
LEAN = 0.2
"""What is added to the log odds of a match: from a share of .45 on one more finding is worth more than the false ones it brings."""
KINDS = (
    *("omission", "addition", "number", "date"),
    *("entity", "attribution", "polarity", "modality", "terminology"),
)


class Example(NamedTuple):
    """A finding or a match: its kind, its traits, whether it is real, what it weighs."""

    kind: str
    traits: dict[str, float]
    real: bool
    weight: float
    alone: bool


def examples(rows: Sequence[parallel.Row], unread: bool = False) -> Iterator[Example]:
    """The findings and matches of a work made of paragraphs, with `differences` where there are any."""
    work, docs = parallel.parsed(rows)
    aligned = pairs(work, docs)
    ruled = by_rule(work, aligned, sources.read(work, docs))
    planted = {lang: list(parallel.planted(work.versions[lang].text, rows, lang)) for lang in ("en", "ru")}  # type: ignore[arg-type]
    faithful = not any(planted.values())

    def real(en: Any, ru: Any) -> bool:
        return any(shows(p, span) for lang, span in (("en", en), ("ru", ru)) for p in planted[lang])

    places = verdicts.Places(aligned)
    for one in ruled:
        pair = places.of(one)
        said = verdicts.opinion(pair, one) if pair is not None else None
        if said is not None:
            weight = NEWS if faithful else UNREAD if unread else READ
            yield Example(one.kind, verdicts.sides(one, said), real(one.en, one.ru), weight, False)
    for pair in aligned:
        found = list(verdicts.matches(pair))
        for match in found:
            suspected = verdicts.suspicion(match, ruled)
            known = suspected >= REPORTED
            true = real(match.en, match.ru)
            weight = NEWS if faithful else (UNREAD if unread else 1.0) * (BESIDE if known else 1.0)
            if verdicts.reportable(pair, match) and (true or not known):
                traits = verdicts.traits(pair, match, MISSED if known else suspected, len(found) - 1)
                yield Example(match.kind, traits, true, weight, True)


def shows(planted: parallel.Planted, span: Span | verdicts.Stretch | None) -> bool:
    if span is None:
        return False
    common = min(planted.end, span.end) - max(planted.start, span.start)
    return common > 0.5 * min(planted.end - planted.start, span.end - span.start)


def rules(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    """A line for each kind over what the rule and the judge say, neither of which ever makes a finding less sure."""
    return {
        kind: {name: weight if name == "bias" else max(0.0, weight) for name, weight in line.items()}
        for kind, line in lines(found, KINDS).items()
    }


def alone(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    """A line for each kind over the traits of a match."""
    made = lines(found, verdicts.ALONE)
    return {kind: line | {"bias": round(line["bias"] + LEAN, 4)} for kind, line in made.items()}


def lines(found: Sequence[Example], kinds: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each kind a line over the traits: the common one, and what the kind has of its own, which is kept small."""
    names = ("bias", *found[0].traits)
    rows = []
    for e in found:
        common = [1.0, *e.traits.values()]
        own = np.zeros((len(kinds), len(names)))
        own[kinds.index(e.kind)] = [OWN * value for value in common]
        rows.append([*common[1:], *own.ravel()])
    model = _fitted(rows, found)
    common = np.array([model.intercept_[0], *model.coef_[0][: len(names) - 1]])
    own = model.coef_[0][len(names) - 1 :].reshape(len(kinds), -1) * OWN
    return {
        kind: {name: round(float(weight), 4) for name, weight in zip(names, common + row, strict=True)}
        for kind, row in zip(kinds, own, strict=True)
    }


def _fitted(rows: Iterable[Sequence[float]], found: Sequence[Example]) -> Any:
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return model.fit(np.array(list(rows)), [e.real for e in found], [e.weight for e in found])


def of_texts(paths: list[Path], unread: bool = False) -> list[Example]:
    return [e for work in parallel.works(parallel.read(paths)) for e in examples(work, unread)]


def gold(folder: Path) -> Iterator[list[parallel.Row]]:
    """The works of a folder of gold, each one row."""
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        en, ru = ((folder / f"{name}.{lang}.txt").read_text("utf-8") for lang in ("en", "ru"))
        planted = json.loads(path.read_text("utf-8"))["differences"]
        yield [{"en": en, "ru": ru, "differences": [d for d in planted if d["kind"] != "factor"]}]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--unread", type=Path, nargs="*", default=[])
    parser.add_argument("--changed", type=Path, nargs="*", default=[])
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--fold", nargs="+", action="append", default=[], metavar="LEXICON PASSAGES")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "weights.json")
    chosen = parser.parse_args()
    found = [e for folder in chosen.gold for work in gold(folder) for e in examples(work)]
    found += of_texts(chosen.changed) + of_texts(chosen.unread, unread=True)
    found += parallel.unseen(parallel.folds(chosen.fold, []), of_texts)
    lines = {"rules": rules([e for e in found if not e.alone]), "alone": alone([e for e in found if e.alone])}
    chosen.output.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} examples, {sum(e.real for e in found)} of them real")


if __name__ == "__main__":
    main()
