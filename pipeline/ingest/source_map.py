"""Text that remembers where it came from, through any number of edits.

A `Traced` text is a row of pieces. An exact piece stands character for character in the source; a changed piece
stands where the source had `before`, and its rule says why. An edit cuts the pieces it touches and merges them into
one changed piece, so the row stays a tiling of the text, and the repairs and the map are read off it at the end.
Every operation takes time linear in the number of pieces and characters.

Source: the idea of carrying spans through edits is that of eyecite's `SpanUpdater`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.document import Repair, Version

DECODED = ""
"""The rule of a piece that the format, not a repair, put there: an entity such as `&amp;`, a paragraph break."""


class Piece(NamedTuple):
    """`text` stands where the source has the characters `start` to `end`; `rule` is None where they are the same."""

    text: str
    start: int
    end: int
    rule: str | None = None
    before: str = ""


class Edit(NamedTuple):
    """Put `text` in the place of the characters `start` to `end`."""

    start: int
    end: int
    text: str
    rule: str


class Traced:
    """A text with its pieces.

    >>> Traced.of("docu\\nments").edit([Edit(4, 5, "", "split-word")]).text
    'documents'
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(_merged(pieces))
        self.text = "".join(piece.text for piece in self.pieces)

    @classmethod
    def of(cls, source: str, start: int = 0) -> "Traced":
        """The source as it is, which begins at character `start` of the stream."""
        return cls([Piece(source, start, start + len(source))] if source else [])

    @classmethod
    def inserted(cls, text: str, at: int = 0) -> "Traced":
        """Text that the format calls for and the stream does not have, such as the break between paragraphs."""
        return cls([Piece(text, at, at, DECODED, text)])

    def __add__(self, other: "Traced") -> "Traced":
        return Traced((*self.pieces, *other.pieces))

    def slices(self, spans: Sequence[tuple[int, int]]) -> list["Traced"]:
        """The spans, which stand in order and do not overlap, in one pass over the pieces; a changed piece that
        a span's border cuts goes with the span in which it begins."""
        cut, at, index = [], 0, 0
        for start, end in spans:
            inside = []
            while index < len(self.pieces) and at < start and at + len(self.pieces[index].text) <= start:
                at += len(self.pieces[index].text)
                index += 1
            while index < len(self.pieces) and at < end:
                piece = self.pieces[index]
                size = len(piece.text)
                if piece.rule is None:
                    inside.append(_part(piece, max(0, start - at), min(size, end - at)))
                elif at >= start:
                    inside.append(piece)
                if at + size > end and piece.rule is None:
                    break
                at += size
                index += 1
            cut.append(Traced(inside))
        return cut

    def edit(self, edits: Iterable[Edit]) -> "Traced":
        """Apply the edits, which stand in order and do not overlap."""
        return Traced(_edited(self.pieces, edits))

    def repairs(self) -> tuple[Repair, ...]:
        """What was changed, at its place in the text as it is now."""
        found, at = [], 0
        for piece in self.pieces:
            if piece.rule and piece.text != piece.before:
                found.append(Repair(start=at, end=at + len(piece.text), rule=piece.rule, before=piece.before))
            at += len(piece.text)
        return tuple(found)

    def runs(self) -> list[tuple[int, int, int, int]]:
        """(start, end, source start, source end) of every stretch that the source has, in text order."""
        found, at = [], 0
        for piece in self.pieces:
            decoded = piece.rule == DECODED and piece.end > piece.start and not piece.text.isspace()
            if piece.rule is None or decoded:
                found.append((at, at + len(piece.text), piece.start, piece.end))
            at += len(piece.text)
        return found


def _merged(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Exact pieces that follow one another in the source become one; empty ones go."""
    row: list[str] = []
    first = last = 0
    for piece in pieces:
        if piece.rule is None and row and piece.start == last:
            row.append(piece.text)
            last = piece.end
            continue
        if row:
            yield Piece("".join(row), first, last)
            row = []
        if piece.rule is None:
            if piece.text:
                row, first, last = [piece.text], piece.start, piece.end
        elif piece.text or piece.before:
            yield piece
    if row:
        yield Piece("".join(row), first, last)


def _part(piece: Piece, start: int, end: int) -> Piece:
    """A stretch of an exact piece."""
    return Piece(piece.text[start:end], piece.start + start, piece.start + end)


def _edited(pieces: Sequence[Piece], edits: Iterable[Edit]) -> Iterable[Piece]:
    """Walk pieces and edits together. An edit that touches a changed piece takes it up whole, and edits that touch
    the same changed piece become one change. The walk stands at `at`, `cut` characters into piece `i`."""
    i = cut = at = 0
    waiting = iter(edits)
    edit = next(waiting, None)
    while edit is not None:
        while i < len(pieces) and at + len(pieces[i].text) - cut <= edit.start:
            yield _rest(pieces[i], cut)
            at += len(pieces[i].text) - cut
            i, cut = i + 1, 0
        if i < len(pieces) and pieces[i].rule is None and at < edit.start:
            yield _part(pieces[i], cut, cut + edit.start - at)
            cut, at = cut + edit.start - at, edit.start
        place = pieces[i].start + cut if i < len(pieces) else pieces[-1].end if pieces else 0
        start = begin = at
        touched: list[Piece] = []
        made: list[str] = []
        rule = edit.rule
        while edit is not None and (edit.start < at or not made):
            while i < len(pieces) and at < edit.end:
                size = len(pieces[i].text) - cut
                if pieces[i].rule is None and at + size > edit.end:
                    touched.append(_part(pieces[i], cut, cut + edit.end - at))
                    cut, at = cut + edit.end - at, edit.end
                    break
                touched.append(_rest(pieces[i], cut))
                at += size
                i, cut = i + 1, 0
            whole = "".join(piece.text for piece in touched)
            made += [whole[begin - start : edit.start - start], edit.text]
            begin, rule = edit.end, edit.rule
            edit = next(waiting, None)
        text = "".join(made) + "".join(piece.text for piece in touched)[begin - start :]
        before = "".join(piece.text if piece.rule is None else piece.before for piece in touched)
        yield Piece(
            text, touched[0].start if touched else place, touched[-1].end if touched else place, rule, before
        )
    if i < len(pieces):
        yield _rest(pieces[i], cut)
        yield from pieces[i + 1 :]


def _rest(piece: Piece, cut: int) -> Piece:
    return _part(piece, cut, len(piece.text)) if cut else piece


def byte_runs(
    runs: Sequence[tuple[int, int, int, int]], size: Callable[[int, int], int], first: int = 0
) -> tuple[tuple[int, int, int, int], ...]:
    """Turn source characters into source bytes; `size(a, b)` is the number of bytes of the characters a to b, and
    `first` the bytes before the first character (a byte order mark). Each character is measured once."""
    places = sorted({place for run in runs for place in run[2:]})
    byte, last, count = {}, 0, first
    for place in places:
        count += size(last, place)
        byte[place], last = count, place
    return tuple((a, b, byte[s], byte[e]) for a, b, s, e in runs)


def replay(version: Version) -> str:
    """The text with every repair undone: what the source had there."""
    parts, at = [], 0
    for repair in version.repairs:
        parts += [version.text[at : repair.start], repair.before]
        at = repair.end
    return "".join([*parts, version.text[at:]])


def verify(version: Version, raw: bytes) -> list[str]:
    """Decode every run of the map again from the raw file and compare; what does not check, one line each."""
    from pipeline.ingest import streams  # the readers of the formats stand above this module

    try:
        data, decode = streams.reopened(version.source, raw)
    except ValueError as error:
        return [f"source map: {error}"]
    problems, last = [], 0
    for start, end, first, stop in version.source_map:
        place = f"source map [{start}:{end}] <- bytes [{first}:{stop}]"
        if not (last <= start < end <= len(version.text) and 0 <= first < stop <= len(data)):
            problems.append(f"{place}: out of order or out of the text")
        else:
            problems += _compared(place, version.text[start:end], data[first:stop], decode)
        last = end
    return problems


def _compared(place: str, text: str, data: bytes, decode: Callable[[bytes], str]) -> list[str]:
    try:
        found = decode(data)
    except ValueError as error:
        return [f"{place}: {error}"]
    return [] if found == text else [f"{place}: the bytes say {found[:40]!r}, the text {text[:40]!r}"]
