"""brat stand-off: `ID.LANG.txt` and `ID.LANG.ann`, with the annotation.conf that declares the types.

Offsets are code points. brat wants no line end inside the text of a mark, so a mark over several lines is written as
fragments. Source: brat's manual, "Standoff format" and "Annotation configuration".
"""

import re
from pathlib import Path

from pipeline.document import Lang, Work
from pipeline.export import annotated
from pipeline.export.marks import Mark, marks

NOTED = (
    "name",
    "speaker_name",
    "role",
    "country",
    "polarity",
    "date_start",
    "date_end",
    "change_pct",
    "confidence",
)
"""The columns that go into a note beside the mark."""


def write(work: Work, folder: Path) -> list[Path]:
    """Text and annotations of each version."""
    paths = []
    for lang in sorted(work.versions):
        name = f"{work.id}.{work.versions[lang].label}"
        text, ann = folder / f"{name}.txt", folder / f"{name}.ann"
        annotated.write_bytes(work.versions[lang].text.encode(), text)
        annotated.write_bytes("".join(lines(work, lang)).encode(), ann)
        paths += [text, ann]
    return paths


def lines(work: Work, lang: Lang) -> list[str]:
    """The lines of the .ann file: a text-bound annotation and, where there is more to say, its note."""
    out = []
    for n, mark in enumerate(marks(work, lang), 1):
        pieces = fragments(mark)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        text = " ".join(work.versions[lang].text[start:end] for start, end in pieces)
        out.append(f"T{n}\t{type_name(mark)} {places}\t{text}\n")
        said = (f"{name}={mark.fields[name]}" for name in NOTED if name in mark.fields)
        note = " ".join("; ".join(said).split())
        if note:
            out.append(f"#{n}\tAnnotatorNotes T{n}\t{note}\n")
    return out


def fragments(mark: Mark) -> list[tuple[int, int]]:
    """The stretches of a mark between line ends.

    >>> fragments(Mark("1", "passages", 5, 12, "ab\\n cde", "none", {}))
    [(5, 7), (9, 12)]
    """
    found = re.finditer(r"[^\s](?:[^\n]*[^\s])?", mark.text)
    return [(mark.start + m.start(), mark.start + m.end()) for m in found]


def type_name(mark: Mark) -> str:
    """Layer and label as brat allows them: letters, digits, hyphen and underscore.

    >>> type_name(Mark("1", "factors", 0, 1, "x", "economic.trade", {}))
    'factors-economic_trade'
    """
    return (
        re.sub(r"[^A-Za-z0-9_-]", "_", f"{mark.layer}-{mark.label}")
        if mark.layer != "citations"
        else "citations"
    )


def configuration(names: set[str]) -> str:
    """annotation.conf for the types that occur."""
    return (
        "[entities]\n"
        + "".join(f"{name}\n" for name in sorted(names))
        + "\n[relations]\n\n[events]\n\n[attributes]\n"
    )
