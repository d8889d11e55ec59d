"""PDF by its text layer: lines with their font sizes, then the repair of plain text.

The stream is the text of the pages as pdfminer extracts it, a form feed between pages, in UTF-8.
"""

import io
import logging
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.config import IngestLimits
from pipeline.document import Role
from pipeline.errors import IngestError
from pipeline.ingest import characters, layout
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.source_map import Traced

if TYPE_CHECKING:
    from pdfminer.layout import LTContainer, LTTextLine

SUFFIXES = (".pdf",)
LARGER = 1.15
"""Times the size of the running text from which a line is a heading; headings are set 1.2 to 2 times as large."""
SMALLER = 0.92
"""Times the size of the running text up to which a line at the foot of a page is a footnote."""
GAP = 0.6
"""Times the height of a line from which white space above it ends a paragraph."""
MAX_HEADING = 250
"""Characters; longer text in large type is an epigraph or a lead."""


class Row(NamedTuple):
    """A line of a page: its text, the size of most of its letters, its upper and lower edge and its left edge."""

    text: str
    size: float
    top: float
    bottom: float
    left: float


def read(raw: bytes, where: str, limits: IngestLimits) -> Reading:
    """The paragraphs of a PDF.

    Raises: IngestError for a PDF that is encrypted, damaged or truncated, has no text layer or too many pages.
    """
    pages = text_layer(raw, where, limits.max_pages)
    stream, sizes = written(pages)
    if not re.search(r"[^\W\d_]", stream):
        raise IngestError(
            f"{where}: the pdf has no text layer (a scan?); run optical character recognition over it first"
        )
    blocks = layout.blocks(characters.repaired(Traced.of(stream)))
    return Reading(
        [block._replace(role=block.role or role_of(block, sizes)) for block in blocks],
        stream,
        "utf-8",
        "application/pdf",
        stream_name="pages of the text layer",
    )


def text_layer(raw: bytes, where: str, most: int) -> list[list[Row]]:
    """The lines of every page, in reading order."""
    from pdfminer.high_level import extract_pages  # takes a tenth of a second, and few corpora have pdfs
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    pages: list[list[Row]] = []
    if b"%PDF-" not in raw[:1024]:
        raise IngestError(f"{where}: not a pdf (no %PDF- at its beginning); give the file its right name")
    if b"%%EOF" not in raw[-2048:]:
        raise IngestError(f"{where}: the pdf is truncated (no %%EOF at its end); copy or download it again")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        for page in extract_pages(io.BytesIO(raw), laparams=LAParams(boxes_flow=0.5)):
            if len(pages) == most:
                raise IngestError(
                    f"{where}: the pdf has more than ingest.max_pages = {most} pages; raise the limit or split the file"
                )
            pages.append(list(_rows(page)))
        return pages
    except IngestError:
        raise
    except PDFPasswordIncorrect:
        raise IngestError(f"{where}: the pdf is encrypted; save it without a password") from None
    except RecursionError:
        raise IngestError(f"{where}: the pdf is damaged (endless nesting); save or print it again") from None
    except Exception as error:  # pdfminer lets any exception out on damaged files
        reason = " ".join(str(error).split())[:80] or type(error).__name__
        raise IngestError(f"{where}: the pdf is damaged ({reason}); copy or download it again") from None


def _rows(container: "LTContainer") -> Iterator[Row]:
    from pdfminer.layout import LTTextBox, LTTextLine

    for item in container:
        if isinstance(item, LTTextBox):
            for line in item:
                if isinstance(line, LTTextLine):
                    yield _row(line)
        elif isinstance(item, LTTextLine):
            yield _row(item)


def _row(line: "LTTextLine") -> Row:
    from pdfminer.layout import LTChar

    sizes = Counter(round(char.size, 1) for char in line if isinstance(char, LTChar))
    text = line.get_text().rstrip("\n").replace("\n", " ").replace("\f", " ")
    return Row(text, max(sizes, key=lambda s: (sizes[s], s)) if sizes else 0.0, line.y1, line.y0, line.x0)


class Sizes(NamedTuple):
    """The size of the letters from a place of the stream on; `body` is the size of most of the text."""

    starts: list[int]
    sizes: list[float]
    body: float


def written(pages: list[list[Row]]) -> tuple[str, Sizes]:
    """The lines as one text: blank lines where the page leaves room or the size changes, form feeds between pages."""
    weight: Counter[float] = Counter()
    for page in pages:
        for row in page:
            weight[row.size] += len(row.text)
    body = max(weight, key=lambda size: (weight[size], size)) if weight else 0.0
    parts, starts, sizes, at = [], [], [], 0
    for number, page in enumerate(pages):
        last: Row | None = None
        for row in page:
            between = "" if last is None else "\n\n" if apart(last, row) else "\n"
            if number and last is None:
                between = "\f"
            parts += [between, row.text]
            starts.append(at + len(between))
            sizes.append(row.size)
            at += len(between) + len(row.text)
            last = row
    return "".join(parts), Sizes(starts, sizes, body)


def apart(last: Row, row: Row) -> bool:
    """Whether a paragraph ends between two lines: white space, another size, or a new column."""
    height = max(1.0, last.top - last.bottom)
    if row.bottom > last.top:  # the next column
        return abs(last.size - row.size) > 0.5
    return last.bottom - row.top > GAP * height or abs(last.size - row.size) > 0.05 * max(last.size, row.size)


def role_of(block: Block, sizes: Sizes) -> Role | None:
    """A heading is short and larger than the running text; the largest type on the first page is the title."""
    piece = next((piece for piece in block.text.pieces if piece.rule is None), None)
    if piece is None or not sizes.body:
        return None
    at = max(0, bisect_right(sizes.starts, piece.start) - 1)
    size = sizes.sizes[at]
    if size > LARGER * sizes.body and len(block.text.text) < MAX_HEADING:
        return "title" if size == max(sizes.sizes) and sizes.sizes.index(size) == at else "heading"
    if size < SMALLER * sizes.body and layout.FOOTNOTE.match(block.text.text):
        return "footnote"
    return None
