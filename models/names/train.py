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
from itertools import groupby
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
OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
SURE = 0.8
"""How likely a type must be to be taught."""
WEIGHTS = {"ewt": 1.5, "pud": 2.0, "crossner": 1.0, "factru": 2.0, "gold": 4.0, "silver": 1.0, "own": 1.0}
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
    """A text of several units (sentences or passages) with its parse and silver labels; `doubtful` are spans that count
    neither way, `missing` tells that the other version of a unit holds a name that was not found here."""

    version: Version
    parsed: list[ParsedSentence]
    units: list[tuple[int, int]]
    names: list[names.Name]
    doubtful: list[tuple[int, int]]
    missing: list[bool]


def silver(data: Path, parsers: parse.Parsers) -> Iterator[tuple[Block, Block]]:
    for year in YEARS:
        lines = (data / "train" / f"newstest{year}.tsv").read_text(encoding="utf-8").split("\n")[1:]
        rows = [c for c in (line.split("\t") for line in lines) if len(c) >= 3 and 0 < len(c[1]) < 400]
        for at in range(0, len(rows), BLOCK):
            block = rows[at : at + BLOCK]
            yield _labelled(
                {"en": [c[1].strip() for c in block], "ru": [c[2].strip() for c in block]}, False, parsers
            )


def own_silver(parsers: parse.Parsers) -> Iterator[tuple[Block, Block]]:
    """The project's own passages and documents, labelled for another purpose."""
    for file in sorted((REPOSITORY / "corpora" / "labelled").glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for _, passages in groupby(rows, key=lambda row: row["work"]):
            units = [row for row in passages if row.get("en") and row.get("ru")]
            if units:
                yield _labelled(
                    {"en": [u["en"] for u in units], "ru": [u["ru"] for u in units]}, True, parsers
                )


def _labelled(texts: dict[Lang, list[str]], segmented: bool, parsers: parse.Parsers) -> tuple[Block, Block]:
    versions: dict[Lang, Version] = {}
    parsed: dict[Lang, list[ParsedSentence]] = {}
    units: dict[Lang, list[tuple[int, int]]] = {}
    for lang, pieces in texts.items():
        plain, units[lang] = _version(lang, pieces, segmented)
        sentences = [plain.text[s.start : s.end] for s in plain.sentences or ()]
        parsed[lang] = list(parsers.backend(lang).sentences(sentences))
        found = entities.extract(plain, assemble(plain, parsed[lang]))
        versions[lang] = msgspec.structs.replace(plain, entities=found)
    inside = {lang: _sentences_of(versions[lang], units[lang]) for lang in versions}
    beads = tuple(
        Bead(level="sentence", en=en, ru=ru, score=1.0)
        for en, ru in zip(inside["en"], inside["ru"], strict=True)
    )
    mentions = consensus.agreed(Work(id="silver", versions=versions, alignment=beads))
    sides = {lang: [m for m in ms if not m.dropped] for lang, ms in mentions.items()}
    sure = {
        lang: [m for m in ms if m.entity.link or (m.partners and m.sure >= SURE)]
        for lang, ms in sides.items()
    }
    blocks = []
    for lang, other in OTHER.items():
        kept = {id(m) for m in sure[lang]}
        blocks.append(
            Block(
                versions[lang],
                parsed[lang],
                units[lang],
                [names.Name(m.entity.start, m.entity.end, m.entity.type) for m in sure[lang]],
                [(m.entity.start, m.entity.end) for m in sides[lang] if id(m) not in kept],
                [
                    any(
                        a <= m.entity.start < b and not m.partners and not m.entity.link for m in sides[other]
                    )
                    for a, b in units[other]
                ],
            )
        )
    return blocks[0], blocks[1]


def _version(lang: Lang, pieces: Sequence[str], segmented: bool) -> tuple[Version, list[tuple[int, int]]]:
    units, at = [], 0
    for text in pieces:
        units.append((at, at + len(text)))
        at += len(text) + 2
    text = "\n\n".join(pieces)
    if segmented:
        return names.structured(names.Text(lang, text, frozenset())), units
    source = Source(path="", sha256="", encoding="utf-8", media_type="text/plain")
    sentences = tuple(Sentence(start=a, end=b, paragraph=i) for i, (a, b) in enumerate(units))
    paragraphs = tuple(Paragraph(start=a, end=b) for a, b in units)
    return Version(lang=lang, source=source, text=text, sentences=sentences, paragraphs=paragraphs), units


def _sentences_of(version: Version, units: list[tuple[int, int]]) -> list[tuple[int, ...]]:
    return [tuple(i for i, s in enumerate(version.sentences or ()) if a <= s.start < b) for a, b in units]


def of_silver(blocks: Iterable[Block]) -> Examples:
    rows, classes = [], []
    for number, block in enumerate(blocks):
        side = names.Text(block.version.lang, block.version.text, frozenset(block.names))
        doc = assemble(block.version, block.parsed)
        at = 0
        for start, end, row, kind in examples(side, doc, hidden=number % 5 in HIDDEN):
            while at + 1 < len(block.units) and start >= block.units[at + 1][0]:
                at += 1
            if any(start < b and a < end for a, b in block.doubtful):
                continue
            if (
                kind == NONE
                and block.missing[at]
                and not any(start < n.end and n.start < end for n in block.names)
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
    own = list(own_silver(parsers))
    sizes = {}
    for column, lang in enumerate(("en", "ru")):
        sets = gold_sets(lang, options.data, parsers)  # type: ignore[arg-type]
        sets["silver"] = of_silver(pair[column] for pair in pairs)
        sets["own"] = of_silver(pair[column] for pair in own)
        rows, weights = fitted(sets)
        file = options.output / f"{lang}.npz"
        np.savez_compressed(file, rows=rows, weights=weights)
        sizes[lang] = {name: len(s.classes) for name, s in sets.items()}
        print(lang, sizes[lang], f"{len(rows)} weights, {file.stat().st_size} bytes", file=sys.stderr)
    card = {
        "version": digest({"examples": sizes, "weights": WEIGHTS})[:8],
        "examples": sizes,
        "strength": STRENGTH,
        "weights": WEIGHTS,
    }
    (options.output / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if options.cache:
        options.cache.write_bytes(pickle.dumps(memory))


if __name__ == "__main__":
    main()
