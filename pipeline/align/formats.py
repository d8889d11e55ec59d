"""Alignments as the field writes them, and read back: JSON, vecalign's lines, hunalign's ladder, TMX and TSV."""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from pipeline.document import Lang
from pipeline.errors import ConfigError, suggest

Bead = tuple[tuple[int, ...], tuple[int, ...], float]
LINE = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\](?::(-?[\d.]+(?:[eE][-+]?\d+)?))?")


def written(
    format: str,
    beads: Sequence[Bead],
    en: Sequence[str],
    ru: Sequence[str],
    version: str = "",
    langs: tuple[Lang, Lang] = ("en", "ru"),
) -> str:
    """The beads in one of FORMATS; for TMX also the software's `version`, and the languages of the two sides, which two
    editions have in common.

    Raises: ConfigError for a format that does not exist.
    """
    if format not in FORMATS:
        raise ConfigError(f'--format: unknown format "{format}"; {suggest(format, FORMATS)}')
    if format == "tmx":
        return as_tmx(beads, en, ru, version, langs)
    return FORMATS[format](beads, en, ru, version)


def as_json(beads: Sequence[Bead], en: Sequence[str], ru: Sequence[str], version: str) -> str:
    rows = [json.dumps({"level": "sentence", "en": b[0], "ru": b[1], "score": b[2]}) for b in beads]
    return '{"alignment": [\n ' + ",\n ".join(rows) + "\n]}\n" if rows else '{"alignment": []}\n'


def as_vecalign(beads: Sequence[Bead], en: Sequence[str], ru: Sequence[str], version: str) -> str:
    """`[0, 1]:[0]:0.9310`, one bead a line."""
    return "".join(f"{list(a)}:{list(b)}:{score:.4f}\n" for a, b, score in beads)


def as_ladder(beads: Sequence[Bead], en: Sequence[str], ru: Sequence[str], version: str) -> str:
    """hunalign's ladder: the rungs where beads begin, with the confidence of the bead that begins there.

    A ladder cannot cross, so a moved passage stands in it as null on either side. Neighbouring nulls of the two sides
    are rungs of their own.
    """
    rungs, i, j = [], 0, 0
    for a, b, score in _uncrossed(beads):
        rungs.append(f"{i}\t{j}\t{score:.4f}\n")
        i, j = i + len(a), j + len(b)
    return "".join([*rungs, f"{i}\t{j}\t0\n"])


def as_tsv(beads: Sequence[Bead], en: Sequence[str], ru: Sequence[str], version: str) -> str:
    """A header, then indices, confidence and both texts of every bead; tabs and line ends inside a text become blanks."""
    rows = ["en\tru\tscore\ten_text\tru_text\n"]
    for a, b, score in beads:
        texts = (re.sub(r"\s+", " ", " ".join(side[i] for i in at)) for side, at in ((en, a), (ru, b)))
        rows.append("\t".join([" ".join(map(str, a)), " ".join(map(str, b)), f"{score:.4f}", *texts]) + "\n")
    return "".join(rows)


def as_tmx(
    beads: Sequence[Bead],
    en: Sequence[str],
    ru: Sequence[str],
    version: str,
    langs: tuple[Lang, Lang] = ("en", "ru"),
) -> str:
    """TMX 1.4b; the pairs only, for a translation memory knows no omissions. Source: the LISA/GALA recommendation."""
    units = [
        _unit(n, bead, zip(langs, (en, ru), strict=True))
        for n, bead in enumerate((b for b in beads if b[0] and b[1]), 1)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f' <header creationtool="diptych" creationtoolversion="{_text(version) or "0"}" segtype="sentence" o-tmf="diptych/1"'
        f' adminlang="en" srclang="{langs[0]}" datatype="plaintext"/>\n <body>\n'
        + "".join(units)
        + " </body>\n</tmx>\n"
    )


def _unit(n: int, bead: Bead, written: Iterable[tuple[Lang, Sequence[str]]]) -> str:
    *places, score = bead
    sides = "".join(
        f'   <tuv xml:lang="{lang}"><seg>{_text(" ".join(side[i] for i in at))}</seg></tuv>\n'
        for (lang, side), at in zip(written, places, strict=True)
    )
    return f'  <tu tuid="{n}">\n   <prop type="x-score">{score:.4f}</prop>\n{sides}  </tu>\n'


def _text(text: str) -> str:
    """Text for XML 1.0, which has no place for control characters even escaped."""
    return escape(
        re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", text), {'"': "&quot;"}
    )


def _uncrossed(beads: Iterable[Bead]) -> Iterator[Bead]:
    """The beads as a monotone path: the longest chain of linked beads stays, crossing ones fall into nulls."""
    every = list(beads)
    linked = sorted((b for b in every if b[0] and b[1]), key=lambda b: b[0])
    chain = _longest_chain(linked)
    score_of = {("en", i): b[2] for b in every for i in b[0]} | {("ru", j): b[2] for b in every for j in b[1]}
    ends = (
        max((i for b in every for i in b[0]), default=-1) + 1,
        max((j for b in every for j in b[1]), default=-1) + 1,
    )
    i = j = 0
    for bead in [*chain, ((ends[0],), (ends[1],), 0.0)]:
        for x in range(i, bead[0][0]):
            yield (x,), (), score_of["en", x]
        for x in range(j, bead[1][0]):
            yield (), (x,), score_of["ru", x]
        if bead[0][0] < ends[0] or bead[1][0] < ends[1]:
            yield bead
        i, j = bead[0][-1] + 1, bead[1][-1] + 1


def _longest_chain(linked: Sequence[Bead]) -> list[Bead]:
    """The longest run of beads whose Russian sides rise with the English ones (patience sorting)."""
    from bisect import bisect_left

    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, bead in enumerate(linked):
        k = bisect_left(tops, bead[1][0])
        before.append(at[k - 1] if k else -1)
        tops[k : k + 1], at[k : k + 1] = [bead[1][0]], [n]
    chain, n = [], at[-1] if at else -1
    while n >= 0:
        chain.append(linked[n])
        n = before[n]
    return chain[::-1]


FORMATS: dict[str, Callable[[Sequence[Bead], Sequence[str], Sequence[str], str], str]] = {
    "json": as_json,
    "vecalign": as_vecalign,
    "ladder": as_ladder,
    "tmx": as_tmx,
    "tsv": as_tsv,
}


def read_vecalign(text: str) -> list[Bead]:
    """The beads of vecalign's lines; what is no such line is refused.

    >>> read_vecalign("[0, 1]:[0]:0.93")
    [((0, 1), (0,), 0.93)]

    Raises: ConfigError naming the line.
    """
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.strip())
        if not found:
            raise ConfigError(f'line {number}: "{line[:40]}" is no vecalign bead; allowed: [0, 1]:[0]:0.93')
        sides = [tuple(int(x) for x in found[k].split(",") if x.strip()) for k in (1, 2)]
        beads.append((sides[0], sides[1], float(found[3] or 1.0)))
    return beads


def read_ladder(text: str) -> list[Bead]:
    """The beads between the rungs of a ladder.

    >>> read_ladder("0\\t0\\t0.9\\n2\\t1\\t0.5\\n2\\t2\\t0")
    [((0, 1), (0,), 0.9), ((), (1,), 0.5)]

    Raises: ConfigError naming the line.
    """
    rungs = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t")
        try:
            rungs.append((int(cells[0]), int(cells[1]), float(cells[2]) if len(cells) > 2 else 1.0))
        except (ValueError, IndexError):
            raise ConfigError(
                f'line {number}: "{line[:40]}" is no rung of a ladder; allowed: two line numbers and a score, separated by tabs'
            ) from None
    return [
        (tuple(range(i, i2)), tuple(range(j, j2)), score)
        for (i, j, score), (i2, j2, _) in itertools.pairwise(rungs)
        if (i, j) != (i2, j2)
    ]
