"""Train the name model of both languages: `en.npz`, `ru.npz` and `model.json`.

    python models/names/train.py --data ../shared/data [--cache FILE] [-o models/names]

Gold: Universal NER (EWT, PUD), CrossNER politics, factRuEval-2016 and the project's own gold works. Silver: parallel news
(newstest 2015-2018), labelled by the pipeline itself as bilingual works: a name counts where both versions agree on it,
and what only one version calls a name is neither taught as a name nor as none. In three blocks of five the first model's
opinion is hidden, so that the words around a name are learned too and not only whom to believe.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from pipeline import config, consensus, entities, parse  # noqa: E402
from pipeline.document import Bead, Lang, Paragraph, Sentence, Source, Version, Work, digest  # noqa: E402
from pipeline.entities.candidates import candidates  # noqa: E402
from pipeline.entities.features import context, features  # noqa: E402
from pipeline.entities.model import BUCKETS, CLASSES, bucket  # noqa: E402
from pipeline.parse import assemble  # noqa: E402
from pipeline.parse.sentence import ParsedSentence  # noqa: E402
from tests.evaluation import names  # noqa: E402

YEARS = (2018, 2017, 2016, 2015)
BLOCK = 60
HIDDEN = (0, 1, 2)
WEIGHTS = {"ewt": 1.5, "pud": 1.0, "crossner": 1.0, "factru": 2.0, "gold": 4.0, "silver": 1.0}
STRENGTH = 0.3
"""Inverse of the regularisation. Like the weights, chosen by leaving works and halves out (README)."""
SMALL = 0.02
NONE = CLASSES.index("NONE")


class Examples(NamedTuple):
    rows: list[list[int]]
    classes: list[int]


def examples(side: names.Text, doc: Any, hidden: bool = False) -> Iterator[tuple[int, int, list[int], int]]:
    """Each candidate of a text: where it stands, its features, its class."""
    gold = {(n.start, n.end): n.type for n in (names.bare(side.text, g) for g in side.gold)}
    read = context(doc)
    if hidden:
        read = read._replace(label=[""] * len(doc), opinions={}, surnames=set())
    for start, end in candidates(doc):
        span = doc[start:end]
        place = names.bare(side.text, names.Name(span.start_char, span.end_char, ""))
        kind = CLASSES.index(gold.get((place.start, place.end), "NONE"))
        yield span.start_char, span.end_char, [bucket(f) for f in features(read, start, end)], kind


def of_texts(sides: Iterable[names.Text], parsers: parse.Parsers) -> Examples:
    rows, classes = [], []
    for side in sides:
        for _, _, row, kind in examples(side, parsers.doc(names.structured(side))):
            rows.append(row)
            classes.append(kind)
    return Examples(rows, classes)


def gold_sets(lang: Lang, data: Path, parsers: parse.Parsers) -> dict[str, Examples]:
    dev = data / "dev"
    sides: dict[str, list[names.Text]] = {
        "pud": [names.joined(lang, names.uner(dev / names.BY_LINE["pud"].format(lang)))]
    }
    if lang == "en":
        sides["ewt"] = [names.joined(lang, names.uner(dev / names.BY_LINE["ewt"]))]
        sides["crossner"] = [
            names.joined(lang, names.crossner(dev / f"CrossNER-politics.{part}.conll"))
            for part in ("train", "dev")
        ]
    else:
        sides["factru"] = list(names.factru(dev / "factRuEval2016.devset.jsonl"))
    works = sorted((REPOSITORY / "corpora" / "gold" / "development").glob("*.gold.json"))
    sides["gold"] = [
        side for path in works for side in names.gold_work(path) if side.lang == lang and side.gold
    ]
    return {name: of_texts(texts, parsers) for name, texts in sides.items()}


class Block(NamedTuple):
    """Sentences of one language with their parse and silver labels; `doubtful` are spans that count neither way,
    `missing` tells that the other version held a name that was not found here."""

    version: Version
    parsed: list[ParsedSentence]
    names: list[list[names.Name]]
    doubtful: list[list[tuple[int, int]]]
    missing: list[bool]


def silver(data: Path, parsers: parse.Parsers) -> Iterator[tuple[Block, Block]]:
    for year in YEARS:
        lines = (data / "train" / f"newstest{year}.tsv").read_text(encoding="utf-8").split("\n")[1:]
        rows = [c for c in (line.split("\t") for line in lines) if len(c) >= 3 and 0 < len(c[1]) < 400]
        for at in range(0, len(rows), BLOCK):
            block = rows[at : at + BLOCK]
            yield _labelled([c[1].strip() for c in block], [c[2].strip() for c in block], parsers)


def _labelled(en: list[str], ru: list[str], parsers: parse.Parsers) -> tuple[Block, Block]:
    versions: dict[Lang, Version] = {}
    parsed: dict[Lang, list[ParsedSentence]] = {}
    for lang, texts in (("en", en), ("ru", ru)):
        plain = _version(lang, texts)  # type: ignore[arg-type]
        parsed[lang] = list(parsers.backend(lang).sentences(texts))  # type: ignore[index]
        found = entities.extract(plain, assemble(plain, parsed[lang]))  # type: ignore[index]
        versions[lang] = msgspec.structs.replace(plain, entities=found)  # type: ignore[index]
    beads = tuple(Bead(level="sentence", en=(i,), ru=(i,), score=1.0) for i in range(len(en)))
    mentions = consensus.agreed(Work(id="silver", versions=versions, alignment=beads))
    sides = {lang: [m for m in mentions[lang] if not m.dropped] for lang in versions}
    alone = {lang: [m for m in sides[lang] if not m.partners and not m.entity.link] for lang in versions}
    blocks = []
    for lang, other in (("en", "ru"), ("ru", "en")):
        sentences, across = versions[lang].sentences or (), versions[other].sentences or ()
        inside = [[m for m in sides[lang] if s.start <= m.entity.start < s.end] for s in sentences]
        blocks.append(
            Block(
                versions[lang],
                parsed[lang],
                [
                    [
                        names.Name(m.entity.start, m.entity.end, m.entity.type)
                        for m in ms
                        if m not in alone[lang]
                    ]
                    for ms in inside
                ],
                [[(m.entity.start, m.entity.end) for m in ms if m in alone[lang]] for ms in inside],
                [any(s.start <= m.entity.start < s.end for m in alone[other]) for s in across],
            )
        )
    return blocks[0], blocks[1]


def _version(lang: Lang, texts: Sequence[str]) -> Version:
    sentences, at = [], 0
    for i, text in enumerate(texts):
        sentences.append(Sentence(start=at, end=at + len(text), paragraph=i))
        at += len(text) + 2
    source = Source(path="", sha256="", encoding="utf-8", media_type="text/plain")
    paragraphs = tuple(Paragraph(start=s.start, end=s.end) for s in sentences)
    return Version(
        lang=lang, source=source, text="\n\n".join(texts), sentences=tuple(sentences), paragraphs=paragraphs
    )


def of_silver(blocks: Iterable[Block]) -> Examples:
    rows, classes = [], []
    for number, block in enumerate(blocks):
        lang, sentences = block.version.lang, block.version.sentences or ()
        gold = [n for ns in block.names for n in ns]
        side = names.Text(lang, block.version.text, frozenset(gold))
        doc = assemble(block.version, block.parsed)
        at = 0
        for start, end, row, kind in examples(side, doc, hidden=number % 5 in HIDDEN):
            while start >= sentences[at].end:
                at += 1
            if any(start < b and a < end for a, b in block.doubtful[at]):
                continue
            if (
                kind == NONE
                and block.missing[at]
                and not any(start < n.end and n.start < end for n in block.names[at])
            ):
                continue
            rows.append(row)
            classes.append(kind)
    return Examples(rows, classes)


def fitted(sets: dict[str, Examples]) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the weight matrix that matter, and their weights."""
    matrix = scipy.sparse.vstack([_matrix(s.rows) for s in sets.values()])
    classes = np.concatenate([s.classes for s in sets.values()])
    weights = np.concatenate([np.full(len(s.classes), WEIGHTS[name]) for name, s in sets.items()])
    seen = np.flatnonzero(np.asarray((matrix > 0).sum(0)).ravel() >= 2)
    found = LogisticRegression(C=STRENGTH, max_iter=60, tol=1e-3).fit(
        matrix[:, seen], classes, sample_weight=weights
    )
    coefficients = found.coef_.T.copy()
    coefficients[np.flatnonzero(seen == bucket("bias"))[0]] += found.intercept_
    large = np.abs(coefficients).max(axis=1) > SMALL
    return seen[large].astype(np.int32), coefficients[large].astype(np.float16)


def _matrix(rows: list[list[int]]) -> Any:
    pointers = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((c for row in rows for c in row), np.int32)
    matrix = scipy.sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns, pointers), (len(rows), BUCKETS)
    )
    matrix.sum_duplicates()
    return matrix


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data")
    arguments.add_argument("--cache", type=Path, help="keep parsed sentences in this file")
    arguments.add_argument("-o", "--output", type=Path, default=REPOSITORY / "models" / "names")
    options = arguments.parse_args()
    parsers = parse.load(config.load())
    memory: dict = {}
    if options.cache:
        memory = pickle.loads(options.cache.read_bytes()) if options.cache.exists() else {}
        parsers = parse.Parsers(
            config.load(), {lang: names.Remembered(lang, parsers, memory) for lang in ("en", "ru")}
        )
    pairs = list(silver(options.data, parsers))
    sizes = {}
    for column, lang in enumerate(("en", "ru")):
        sets = gold_sets(lang, options.data, parsers)  # type: ignore[arg-type]
        sets["silver"] = of_silver(pair[column] for pair in pairs)
        rows, weights = fitted(sets)
        file = options.output / f"{lang}.npz"
        np.savez_compressed(file, rows=rows, weights=weights)
        sizes[lang] = {name: len(s.classes) for name, s in sets.items()}
        print(lang, sizes[lang], f"{len(rows)} weights, {file.stat().st_size} bytes", file=sys.stderr)
    card = {
        "version": digest({"examples": sizes})[:8],
        "examples": sizes,
        "strength": STRENGTH,
        "weights": WEIGHTS,
    }
    (options.output / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if options.cache:
        options.cache.write_bytes(pickle.dumps(memory))


if __name__ == "__main__":
    main()
