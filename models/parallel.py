"""Parallel texts as the training scripts read them: rows of paragraphs, put together to works, parsed and aligned."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pipeline import config, run, stages
from pipeline.align import lexicon
from pipeline.compare.pairs import Pair, pairs
from pipeline.document import Lang, Work
from pipeline.ingest import WorkFiles

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORK = 40
"""Paragraphs in a work."""
Row = dict[str, Any]
E = TypeVar("E")


def read(paths: Sequence[Path]) -> list[Row]:
    """The rows of `.jsonl` files with `en` and `ru`, and of `.tsv` files with a header, whose second and third column they are."""
    rows: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            if path.suffix == ".tsv":
                table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                rows += [{"en": row[1], "ru": row[2]} for n, row in enumerate(table) if n]
            else:
                rows += [json.loads(line) for line in lines]
    return rows


def faithful(rows: Sequence[Row]) -> list[Row]:
    """The rows as faithful translations: where a row tells a changed version from a faithful one, the faithful one, if it has any."""
    kept = [row for row in rows if row.get("ru_faithful") or "differences" not in row]
    return [{"en": row["en"], "ru": row.get("ru_faithful") or row["ru"]} for row in kept]


class Planted(NamedTuple):
    """Where a planted difference stands in a version, and whether it stands in that version only."""

    start: int
    end: int
    lone: bool


def planted(text: str, rows: Sequence[Row], lang: Lang) -> Iterator[Planted]:
    """The planted differences of a version that is put together of rows with `differences`, in the order of the text."""
    other, at = ("ru" if lang == "en" else "en"), 0
    for row in rows:
        at = text.index(row[lang][:OPENING], at)
        for change in row.get("differences", ()):
            if change[lang]:
                start = text.index(change[lang], at)
                alone = change["kind"] in ("omission", "addition") and not change[other]
                yield Planted(start, start + len(change[lang]), alone)


OPENING = 60
"""Characters by which a paragraph is found in its version."""


def works(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in works, each side of a row one paragraph."""
    flat = [{**row, "en": row["en"].replace("\n", " "), "ru": row["ru"].replace("\n", " ")} for row in rows]
    yield from (flat[i : i + WORK] for i in range(0, len(flat), WORK))


def parsed(rows: Sequence[Row]) -> tuple[Work, Mapping[Lang, "Doc"]]:
    """A work of these rows with all that comes before the comparison, and its parses."""
    settings = config.load()
    tools = run.load_tools(settings)
    with tempfile.TemporaryDirectory() as folder:
        paths = tuple((lang, Path(folder) / f"work.{lang}.txt") for lang in ("en", "ru"))
        for lang, path in paths:
            path.write_text("\n\n".join(row[lang] for row in rows), encoding="utf-8")
        draft = stages.Draft("work", run.versions(WorkFiles(id="work", paths=paths), settings), tools)
        work = stages.finished(draft, tools)
        return work, {lang: draft.doc(lang, tools) for lang in work.versions}


def aligned(rows: Sequence[Row]) -> tuple[Pair, ...]:
    """The aligned sentences of a work of these rows."""
    return pairs(*parsed(rows))


Fold = tuple[Path | None, list[Path]]
"""Texts, and the lexicon to read them with: one that was not estimated from them, or the shipped one."""


def folds(given: Sequence[Sequence[str]], others: Sequence[Path]) -> list[Fold]:
    """What `--fold LEXICON TEXT...`, which may be repeated, and texts without a lexicon of their own come to."""
    named: list[Fold] = [(Path(folder), [Path(text) for text in texts]) for folder, *texts in given]
    return [*named, *([(None, [*others])] if others else [])]


def unseen(over: Sequence[Fold], examples: Callable[[list[Path]], list[E]]) -> Iterator[E]:
    """The examples of all folds, each made in a process of its own with the lexicon of the fold.

    A lexicon that has seen a text explains nineteen words of twenty in it, in other texts four of five: what is learned from
    such a text about words without a translation holds for no other. Each process begins afresh: a forked one would keep the
    lexicon that this one has read.
    """
    for folder, texts in over:
        fresh = get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=fresh, initializer=_use, initargs=(folder,)) as own:
            yield from own.submit(examples, texts).result()


def _use(folder: Path | None) -> None:
    if folder is not None:
        lexicon.FOLDER = str(folder.resolve())
