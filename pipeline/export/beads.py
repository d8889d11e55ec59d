"""Sentence beads of a finished work in the aligners' formats."""

from pathlib import Path

from pipeline import __version__
from pipeline.align import formats
from pipeline.document import Work
from pipeline.export import annotated

SUFFIX = {"tmx": "tmx", "vecalign": "vecalign.txt", "ladder": "ladder.txt", "tsv": "tsv"}


def write(work: Work, to: str, folder: Path) -> Path:
    """One file, `ID.SUFFIX`, with every sentence bead of the work."""
    sides = work.versions["en"], work.versions["ru"]
    en, ru = ([v.text[s.start : s.end] for s in v.sentences or ()] for v in sides)
    langs = sides[0].lang, sides[1].lang
    beads = [(b.en, b.ru, b.score) for b in work.alignment if b.level == "sentence"]
    path = folder / f"{work.id}.{SUFFIX[to]}"
    annotated.write_bytes(formats.written(to, beads, en, ru, __version__, langs).encode(), path)
    return path
