"""Every finding of the comparison on texts where it is known what is real, with the weight that the rules gave it.

    python tests/evaluation/weights.py > corpora/differences/weights.tsv

Columns: source, kind, weight before calibration, real (1 or 0). Sources: `latest_works.jsonl` (works), the development gold (gold), the
differences planted by hand (hand), and faithful labelled passages, where nothing is real (lab). `tests/evaluation/calibrate.py` fits the reliability of each kind to them.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import api, compare, evaluate  # noqa: E402
from pipeline.document import Work  # noqa: E402
from pipeline.evaluate import differences  # noqa: E402
from pipeline.evaluate.layers import Scorer  # noqa: E402
from tests import planted  # noqa: E402
from tests.evaluation import differences as paragraphs  # noqa: E402

CORPORA = ROOT / "corpora"
PLANTED = {"works": "latest_works.jsonl"}
OF_THE_CODES = "factor"
"""What the codes of a version say is no finding about its words."""


class Weighed(NamedTuple):
    source: str
    kind: str
    weight: float
    real: bool


def of_paragraphs(source: str, file: Path) -> Iterator[Weighed]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for batch in paragraphs.batches(rows):
        for outcome in paragraphs.outcomes(batch):
            if outcome.found:
                yield Weighed(
                    source, outcome.found.kind, outcome.found.confidence, outcome.planted is not None
                )


def of_gold(folder: Path) -> Iterator[Weighed]:
    for path in evaluate.gold_files([folder]):
        wanted = json.loads(path.read_text("utf-8"))
        sources = {
            lang: path.with_name(path.name.replace(".gold.json", f".{lang}.txt")) for lang in ("en", "ru")
        }
        work = api.compare(sources["en"], sources["ru"])
        sides = {
            str(lang): Scorer(version, wanted, sources[lang].read_text("utf-8-sig"))
            for lang, version in work.versions.items()
        }
        for case in differences.judged(wanted["differences"], work.differences or (), sides):
            if case.found:
                yield Weighed("gold", case.found, case.confidence, case.planted is not None)


def of_hand() -> Iterator[Weighed]:
    for outcome in planted.outcomes(planted.by_hand()):
        yield Weighed("hand", outcome.kind, outcome.confidence, outcome.planted is not None)


def of_labelled(files: Iterable[Path]) -> Iterator[Weighed]:
    for file in files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for _, passages in groupby(rows, key=lambda row: row["work"]):
            for found in faithful([(row["en"], row["ru"]) for row in passages]).differences or ():
                yield Weighed("lab", found.kind, found.confidence, False)


def faithful(pairs: list[tuple[str, str]]) -> Work:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"work.{lang}.txt" for lang in ("en", "ru")]
        for side, path in enumerate(paths):
            path.write_text("\n\n".join(pair[side] for pair in pairs), encoding="utf-8")
        return api.compare(*paths)


def weighed() -> Iterator[Weighed]:
    for source, name in PLANTED.items():
        yield from of_paragraphs(source, CORPORA / "differences" / name)
    yield from of_gold(CORPORA / "gold" / "development")
    yield from of_hand()
    yield from of_labelled(sorted((CORPORA / "labelled").glob("documents_[!g]*.jsonl")))


def main() -> None:
    compare.calibrated = lambda _, weight: weight
    print("source", "kind", "weight", "real", sep="\t")
    for one in weighed():
        if one.kind != OF_THE_CODES and one.weight > 0:
            print(one.source, one.kind, one.weight, int(one.real), sep="\t")


if __name__ == "__main__":
    main()
