"""Lines of a plain text or of a PDF's pages become paragraphs.

A file either wraps its lines, so that a line end is a space, or it does not, so that every line is a paragraph
(verse, bullets, dialogue). In wrapped text most lines go on in lower case, and each was broken because the next word
had no room. A paragraph may go on after a page break or a stray blank line, and a footnote may stand in its middle.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Role
from pipeline.ingest.line_ends import LineEnd, Loss, joint, line_end, loss
from pipeline.ingest.source_map import Edit, Piece, Traced

FULL = 0.8
"""A line is full when the next word would have made it longer than this share of its neighbours' greatest width;
proportional fonts vary by some 15 %."""
MIN_CONTINUED = 0.35
"""Share of line ends followed by lower case that makes a text wrapped: prose has .6-.9, verse and lists below .2."""
NEAR = 8
"""Lines on each side that tell how wide a column is here."""
TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[”»]$")
BULLET = re.compile(r"(?:[•‣▪●○◦*·–—-]|\(?\d{1,3}[.)]|\(?[a-zа-я]\))\s")
FOOTNOTE = re.compile(r"(?:\d{1,3}|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*(?:[A-ZА-ЯЁ“\"«‘(]|https?:|www\.)")
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|p\.|стр\.|с\.)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)


class Block(NamedTuple):
    """One paragraph, with the role that markup or layout gives it, and what stands before it in a plain text."""

    text: Traced
    role: Role | None = None
    gap: Traced | None = None


class Line(NamedTuple):
    """A line that is not blank, without the spaces around it."""

    start: int
    end: int
    text: str


def blocks(text: Traced) -> list[Block]:
    """The paragraphs of a text made of lines."""
    text = without_furniture(text)
    rows = list(lines(text.text))
    wrapped = is_wrapped(rows, text.text)
    ends = [line_end(a.text, b.text, text.text[a.end] == " ") for a, b in pairwise(rows)]
    lost = loss(end for end in ends if end is not None) if wrapped else Loss(False, False)
    breaks, notes = paragraph_breaks(rows, text.text, wrapped)
    edits = (_edit(rows[i], rows[i + 1], text.text, breaks[i], ends[i], lost) for i in range(len(rows) - 1))
    flowing = text.edit(edit for edit in edits if edit is not None)
    return rejoined(_cut(flowing, breaks, notes), lost)


def lines(text: str) -> Iterator[Line]:
    for found in re.finditer(r"[^\n\f]+", text):
        inner = found[0].strip()
        if inner:
            start = found.start() + found[0].index(inner[0])
            yield Line(start, start + len(inner), inner)


def is_wrapped(rows: Sequence[Line], text: str) -> bool:
    """Whether line ends are spaces: most lines go on in lower case, and each was broken for want of room."""
    continued = full = total = 0
    for i in range(len(rows) - 1):
        if text.count("\n", rows[i].end, rows[i + 1].start) != 1:
            continue
        total += 1
        continued += rows[i + 1].text[0].islower() and not TERMINAL.search(rows[i].text[-4:])
        full += is_full(rows, i)
    return total > 0 and continued >= MIN_CONTINUED * total and full >= 0.5 * total


def is_full(rows: Sequence[Line], i: int) -> bool:
    """Whether the first word of the next line had no room on line i."""
    width = max(len(row.text) for row in rows[max(0, i - NEAR) : i + NEAR + 1])
    following = rows[i + 1].text
    word = following.find(" ", 0, 60)
    return len(rows[i].text) + 1 + (word if word > 0 else min(60, len(following))) >= FULL * width


def paragraph_breaks(rows: Sequence[Line], text: str, wrapped: bool) -> tuple[list[bool], set[int]]:
    """For each line end whether a paragraph ends there, and the lines at which footnotes begin."""
    breaks: list[bool] = []
    notes: set[int] = set()
    inside = False  # a footnote
    for i in range(len(rows) - 1):
        gap = text[rows[i].end : rows[i + 1].start]
        page = "\f" in gap or gap.endswith("\n ")
        blank = gap.count("\n") > 1 or "\f" in gap
        if wrapped and not inside and blank and interrupts(rows, i):
            notes.add(i + 1)
            inside = True
            breaks.append(True)
        elif inside and (blank or page):
            inside = False
            breaks.append(True)
        elif inside:
            breaks.append(False)
        else:
            breaks.append(not continues(rows, i, blank, page, wrapped, "\f" in gap))
    return breaks, notes


def interrupts(rows: Sequence[Line], i: int) -> bool:
    """Whether a footnote begins after line i, in the middle of a sentence that goes on later."""
    return bool(FOOTNOTE.match(rows[i + 1].text)) and not TERMINAL.search(rows[i].text[-4:])


def continues(rows: Sequence[Line], i: int, blank: bool, page: bool, wrapped: bool, feed: bool) -> bool:
    """Whether the paragraph of line i goes on in the next line."""
    here, following = rows[i].text, rows[i + 1].text
    lower = following[0].islower()
    ended = bool(TERMINAL.search(here[-4:]))
    hyphen = here.endswith(("-", "‐")) and len(here) > 1 and here[-2].isalpha()
    if not wrapped and not feed:
        return hyphen and lower and not blank
    if BULLET.match(following) and ended:
        return False
    if lower and not ended:
        return not blank or feed or is_full(rows, i)
    if not wrapped:
        return False
    full = is_full(rows, i)
    if blank and not feed:
        return full and not ended and _is_running_text(here) and _is_mid_sentence(here, following)
    if page and not feed:
        return not ended or (lower and full)
    return full


def _is_running_text(line: str) -> bool:
    """A line of a sentence, not of a heading: many words, most in lower case, ending in one."""
    words = re.findall(r"[^\W\d_]+", line)
    return (
        len(words) >= 10 and words[-1].islower() and sum(word.islower() for word in words) > 0.6 * len(words)
    )


def _is_mid_sentence(here: str, following: str) -> bool:
    """An acronym may stand in the middle of a sentence, and a comma or "the" does not end one."""
    return (
        bool(re.match(r"[A-ZА-ЯЁ]{2,}(?![^\W\d_])", following))
        or here.endswith(",")
        or here.lower().endswith((" the", " of", " и", " в"))
    )


def _edit(here: Line, following: Line, text: str, ends: bool, end: LineEnd | None, lost: Loss) -> Edit | None:
    gap = text[here.end : following.start]
    if ends:
        return None if gap == "\n\n" else Edit(here.end, following.start, "\n\n", "paragraph-break")
    between = joint(end, lost)
    page = "page-join" if "\f" in gap or gap.count("\n") > 1 or gap.endswith("\n ") else ""
    if end is not None and end.hyphen:
        if between == "-":
            return Edit(here.end, following.start, "", page or "line-hyphen-kept")
        return Edit(here.end - 1, following.start, "", page or "line-hyphen")
    rule = page or {"": "split-word", "-": "split-compound", " ": "line-wrap"}[between]
    return Edit(here.end, following.start, between, rule)


def _cut(text: Traced, breaks: Sequence[bool], notes: set[int]) -> list[Block]:
    """Cut the flowing text at its paragraph breaks."""
    body = text.text
    begin, final = len(body) - len(body.lstrip()), len(body.rstrip())
    spans: list[tuple[int, int]] = []
    roles: list[Role | None] = []
    at = begin
    for line in (0, *(i + 1 for i, ends in enumerate(breaks) if ends)):
        stop = body.find("\n\n", begin, final)
        stop = final if stop < 0 else stop
        spans += [(at, begin), (begin, stop)]
        roles.append("footnote" if line in notes else None)
        at, begin = stop, stop + 2
    parts = text.slices(spans)
    return [
        Block(part, role, gap)
        for gap, part, role in zip(parts[::2], parts[1::2], roles, strict=True)
        if part.text
    ]


def rejoined(row: Sequence[Block], lost: Loss) -> list[Block]:
    """A sentence that footnotes interrupt is one paragraph again; the footnotes follow it."""
    out: list[Block] = []
    body = -1  # where in `out` the last paragraph that is no footnote stands
    for block in row:
        if block.role is None and 0 <= body < len(out) - 1 and _goes_on(out[body], block):
            out[body] = out[body]._replace(text=_joined(out[body].text, block.text, lost))
            continue
        if block.role is None:
            body = len(out)
        out.append(block)
    return out


def _goes_on(first: Block, second: Block) -> bool:
    return not TERMINAL.search(first.text.text[-4:]) and not second.text.text[0].isupper()


def _joined(first: Traced, second: Traced, lost: Loss) -> Traced:
    end = line_end(first.text, second.text)
    between = joint(end, lost)
    at = first.pieces[-1].end
    if end is not None and end.hyphen:
        if between == "":
            first = first.edit([Edit(len(first.text) - 1, len(first.text), "", "line-hyphen")])
        between = ""
    return first + Traced([Piece(between, at, at, "footnote-join", "\n")]) + second


def without_furniture(text: Traced) -> Traced:
    """Running heads and page numbers go: the first and last lines of pages that repeat, but for their digits."""
    pages = text.text.split("\f")
    if len(pages) < 2:
        return text
    at, borders = 0, []
    for page in pages:
        rows = [Line(at + row.start, at + row.end, row.text) for row in lines(page)]
        borders += [(place, row) for place, row in ((0, rows[0]), (-1, rows[-1])) if rows] if rows else []
        at += len(page) + 1
    seen: dict[tuple[int, str], int] = {}
    for place, row in borders:
        key = (place, re.sub(r"\d+", "#", row.text))
        seen[key] = seen.get(key, 0) + 1
    edits: dict[int, Edit] = {}
    for place, row in borders:
        number = PAGE_NUMBER.fullmatch(row.text)
        count = seen[(place, re.sub(r"\d+", "#", row.text))]
        if (number and count > 1) or (
            count >= max(2, 0.3 * len(pages)) and len(row.text) < 120 and not row.text[0].islower()
        ):
            edits[row.start] = Edit(row.start, row.end, "", "page-number" if number else "running-head")
    return text.edit(edits[start] for start in sorted(edits))
