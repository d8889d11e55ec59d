"""False alarms on faithful translations: findings per 1,000 English words in the documents of NTREX.

    python tests/evaluation/ntrex_differences.py [FILE.tsv] [--layout paragraphs|one] [--list]

The file (doc, en, ru) defaults to ../shared/data/dev/ntrex_dev.tsv; without it there is nothing to do. Every document
becomes a work: one paragraph a sentence, or all sentences in one paragraph. Counted are findings of confidence >= 0.5.
"""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from pipeline import api
from pipeline.compare.finding import REPORTED
from pipeline.document import Difference

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev" / "ntrex_dev.tsv"
SEPARATORS = {"paragraphs": "\n\n", "one": " "}


def documents(path: Path) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        doc, en, ru = line.split("\t")
        found.setdefault(doc, []).append((en, ru))
    return found


def findings(rows: list[tuple[str, str]], separator: str) -> list[Difference]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"work.{lang}.txt" for lang in ("en", "ru")]
        for k, path in enumerate(paths):
            path.write_text(separator.join(row[k] for row in rows), encoding="utf-8")
        return [d for d in api.compare(*paths).differences or () if d.confidence >= REPORTED]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--layout", choices=SEPARATORS, default="paragraphs")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if not options.file.exists():
        print(f"{options.file}: not here, nothing measured")
        return
    words, kinds = 0, Counter[str]()
    for doc, rows in documents(options.file).items():
        words += sum(len(en.split()) for en, _ in rows)
        for found in findings(rows, SEPARATORS[options.layout]):
            kinds[found.kind] += 1
            if options.list:
                spans = [s.text if s else "-" for s in (found.en, found.ru)]
                print(doc, found.kind, found.confidence, *spans, found.explanation, sep=" | ")
    total = sum(kinds.values())
    print(
        json.dumps({"words": words, "findings": total, "per_1000": round(1000 * total / words, 2), **kinds})
    )


if __name__ == "__main__":
    main()
