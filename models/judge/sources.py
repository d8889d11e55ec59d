#!/usr/bin/env python3
"""Gather what the judge learns from beside the slots into one file, which `train.py` reads: no other part of the software is needed where it learns.

    python -m models.judge.sources -o sources.jsonl.gz
        --changed corpora/differences/{exchanges,translators,weak_kinds,development}.jsonl --works corpora/differences/{works,later_works}.jsonl
        --faithful corpora/labelled/documents_*.jsonl NEWS.tsv ... --loose TATOEBA.tsv CATALOGUES.tsv
        --dictionary MUELLER.tsv --names CODES.tsv

Each line is one thing to learn from, and says of which sort: `planted` (sentences with planted differences, aligned by the software, and all
other sentences of whole works, as free as translators are), `faithful`, `loose` (translations of another tone, which weigh less), `thesaurus` and `lexicon` (faithful pairs with
words that may be exchanged), `listed` (words and names with their renderings). Deterministic.
"""

import argparse
import csv
import gzip
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from models import parallel
from models.judge import renderings, slots
from models.judge.exchanged import Pair
from models.judge.listed import Entry
from models.judge.slots import Marked
from pipeline import languages, shipped
from pipeline.compare import thesaurus
from pipeline.compare.pairs import Side, pairs

SEED = 5
REPEATED = 6
"""How often a country, a capital, a people is listed beside each town."""
LETTERS = 3
"""Letters of the shortest word of the dictionary that is kept, in either language."""
PLACES = "models/places/places.tsv.gz"
TABLES = (
    ("countries", ("capital", "adjective", "people")),
    ("constituents", ("name", "adjective")),
    ("organisations", ("name",)),
)
"""Tables of `pipeline/languages`, and their columns of names."""


def marked(rows: Sequence[parallel.Row]) -> Iterator[Marked]:
    """The aligned sentences of paragraphs, with the planted differences where there are any."""
    with ProcessPoolExecutor() as pool:
        for found in pool.map(_marked, parallel.works(rows)):
            yield from found


def _marked(rows: list[parallel.Row]) -> list[Marked]:
    work, docs = parallel.parsed(rows)
    stretches = {
        lang: [
            (start, start + len(change[lang]), _kind(change["kind"]))
            for start, change in _changes(work.versions[lang].text, rows, lang)
        ]
        for lang in ("en", "ru")
    }

    def within(side: Side) -> tuple[slots.Mark, ...]:
        return tuple(
            (max(a, side.start) - side.start, min(b, side.end) - side.start, kind)
            for a, b, kind in stretches[side.lang]
            if a < side.end and b > side.start
        )

    return [
        Marked(pair.en.text, within(pair.en), pair.ru.text, within(pair.ru)) for pair in pairs(work, docs)
    ]


def aligned(rows: Sequence[parallel.Row]) -> Iterator[Pair]:
    """The aligned sentences of paragraphs that translate each other."""
    return (Pair(pair.en, pair.ru) for pair in marked(parallel.faithful(rows)))


def faithful(path: Path) -> Iterator[Pair]:
    """The pairs of a file: the rows of a table are sentences, other rows paragraphs."""
    rows = parallel.read([path])
    return (Pair(row["en"], row["ru"]) for row in rows) if path.suffix == ".tsv" else aligned(rows)


def _changes(text: str, rows: Sequence[parallel.Row], lang: str) -> Iterator[tuple[int, dict[str, str]]]:
    at = 0
    for row in rows:
        at = text.index(row[lang][: parallel.OPENING], at)
        for change in row.get("differences", ()):
            if change[lang]:
                yield text.index(change[lang], at), change


def _kind(kind: str) -> str:
    return "missing" if kind in slots.MISSING else kind


def glossary() -> Iterator[Entry]:
    """The words of the thesaurus, with their opposites and other things as wrong renderings."""
    for entry in thesaurus.entries():
        faithful, opposites, others = (
            tuple(" ".join(phrase) for phrase in phrases)
            for phrases in (entry.renderings, entry.opposites, entry.others)
        )
        wrong = [
            (word, kind)
            for words, kind in ((opposites, "polarity"), (others, "terminology"))
            for word in words
            if word not in faithful
        ]
        for english in entry.english if faithful else ():
            yield Entry(" ".join(english), faithful, tuple(wrong), "")


def groups() -> Iterator[Entry]:
    """The members of groups of opposites and of terms (`shaded.toml`, `phrases.toml`), single Russian words of them."""
    for name, kind in (("shaded", "polarity"), ("phrases", "terminology")):
        for members in languages.shared(name).values():
            sides = [languages.bilingual(member) for member in members]
            for n, member in enumerate(sides):
                wrong = tuple(
                    (word, kind)
                    for m, other in enumerate(sides)
                    for word in other["ru"]
                    if m != n and " " not in word and word not in member["ru"]
                )
                faithful = tuple(word for word in member["ru"] if " " not in word)
                for word in member["en"] if faithful and wrong else ():
                    yield Entry(word, faithful, wrong, "")


def dictionary(path: Path) -> Iterator[Entry]:
    """Single words of a dictionary of two columns, with all their renderings."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        en, _, ru = line.partition("\t")
        if en.islower() and min(len(en), len(ru)) >= LETTERS and (en + ru).replace("-", "").isalpha():
            found.setdefault(en, []).append(ru)
    for en, russian in found.items():
        yield Entry(en, tuple(russian), (), "words")


def names(codes: Sequence[Path]) -> Iterator[Entry]:
    """Towns of the gazetteer, countries with their capitals and peoples, organisations, and names of two columns."""
    for path in codes:
        for en, ru in csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Entry(en, (ru,), (), path.stem)
    with gzip.open(shipped.path(PLACES), "rt", encoding="utf-8") as lines:
        for line in lines:
            english, russian, *_ = line.split("\t")
            if russian:
                yield Entry(english.split(";")[0], tuple(russian.split(";")), (), "places")
    for table, columns in TABLES:
        text = resources.files(languages).joinpath(f"{table}.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            for column in columns:
                en, ru = row[f"{column}_en"].split(";")[0], row[f"{column}_ru"]
                if en and ru:
                    yield from [Entry(en, tuple(ru.split(";")), (), f"{table} {column}")] * REPEATED


def exchangeable(found: Sequence[Pair], chance: random.Random) -> Iterator[tuple[str, Pair]]:
    """The pairs with places of the thesaurus, and again with places of the lexicon and figures."""
    known = renderings.Vocabulary([pair.ru for pair in found])
    for pair in found:
        places = sorted(renderings.by_thesaurus(pair.en, pair.ru, chance), key=lambda place: place.ru)
        if places:
            yield "thesaurus", pair._replace(places=tuple(places))
        linked = [
            *renderings.by_lexicon(pair.en, pair.ru, known, chance),
            *renderings.by_figure(pair.en, pair.ru, chance),
        ]
        if linked:
            yield "lexicon", pair._replace(places=tuple(sorted(linked, key=lambda place: place.ru)))


def gathered(chosen: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """Everything to learn from, with its sort."""
    chance = random.Random(SEED)
    rows = parallel.read(chosen.changed)
    planted = list(marked(rows))
    same = [Pair(pair.en, pair.ru) for pair in planted if not (pair.en_marks or pair.ru_marks)]
    for changed in planted:
        if changed.en_marks or changed.ru_marks:
            yield "planted", changed
    yield from (("planted", pair) for pair in marked(parallel.read(chosen.works)))
    told = [row for row in rows if row.get("ru_faithful")]
    same += [*aligned(told), *(pair for path in chosen.faithful for pair in faithful(path))]
    loose = [Pair(row["en"], row["ru"]) for row in parallel.read(chosen.loose)]
    for sort, found in (("faithful", same), ("loose", loose)):
        for pair in found:
            figures = sorted(renderings.by_figure(pair.en, pair.ru, chance), key=lambda place: place.ru)
            yield sort, pair._replace(places=tuple(figures))
    yield from exchangeable([*same, *loose], chance)
    for entry in (*glossary(), *groups(), *dictionary(chosen.dictionary), *names(chosen.names)):
        yield "listed", entry


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("changed", "faithful", "loose", "names"):
        parser.add_argument(f"--{name}", type=Path, nargs="+", required=True)
    parser.add_argument("--works", type=Path, nargs="*", default=[])
    parser.add_argument("--dictionary", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    encode = msgspec.json.Encoder().encode
    with gzip.GzipFile(chosen.output, "wb", mtime=0) as out:
        for sort, one in gathered(chosen):
            out.write(encode([sort, one]) + b"\n")


if __name__ == "__main__":
    main()
