"""Word documents: paragraphs, headings by style, tables by cell, footnotes after the paragraph that calls them.

The XML is read with expat, which tells the byte at which each piece of text stands; a document type declaration,
and with it every entity of its own, is refused.
"""

import io
import zipfile
import zlib
from xml.etree import ElementTree
from xml.parsers import expat

from pipeline.config import IngestLimits
from pipeline.document import Role
from pipeline.errors import IngestError
from pipeline.ingest import characters
from pipeline.ingest.html import folded
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.source_map import DECODED, Piece, Traced

SUFFIXES = (".docx",)
BODY, NOTES, CORE, STYLES = "word/document.xml", "word/footnotes.xml", "docProps/core.xml", "word/styles.xml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_RATIO = 200
"""Times its packed size that a member may unpack to; the XML of long documents reaches 20, zip bombs 1000."""
ROLES: dict[str, Role] = {
    "title": "title",
    "heading": "heading",
    "abstract": "abstract",
    "footnote": "footnote",
    "keywords": "keywords",
}
SKIPPED = frozenset(("w:del", "w:instrText", "w:moveFrom", "mc:Fallback"))


def read(raw: bytes, where: str, limits: IngestLimits) -> Reading:
    """The paragraphs of a document. The stream is its document.xml, followed by its footnotes.xml if it has one."""
    members = unpacked(raw, where, limits)
    body = parsed(members[BODY], where, 0, styles(members.get(STYLES, b"")))
    stream, name = members[BODY], BODY
    if NOTES in members:
        notes = parsed(members[NOTES], where, len(_text(members[BODY], where)), {})
        stream, name = members[BODY] + members[NOTES], f"{BODY}+{NOTES}"
        body.place_notes(notes)
    return Reading(
        [Block(characters.repaired(block.text), block.role) for block in body.blocks],
        _text(stream, where),
        "utf-8",
        MEDIA_TYPE,
        stream_name=name,
        meta=core(members.get(CORE, b"")),
    )


def unpacked(raw: bytes, where: str, limits: IngestLimits) -> dict[str, bytes]:
    """The members that hold text, within the limits.

    Raises: IngestError for a file that is no complete zip archive, no Word document, encrypted, or a zip bomb.
    """
    members, room = {}, limits.max_unpacked_megabytes * 1_000_000
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in (BODY, NOTES, CORE, STYLES):
                if name not in archive.namelist():
                    continue
                with archive.open(name) as member:
                    data = member.read(room + 1)
                packed = archive.getinfo(name).compress_size
                if len(data) > room or (len(data) > 10_000_000 and len(data) > MAX_RATIO * max(1, packed)):
                    raise IngestError(
                        f"{where}: {name} unpacks to more than {room // 1_000_000} MB or {MAX_RATIO} times its size; "
                        "raise ingest.max_unpacked_megabytes if the document is real"
                    )
                room -= len(data)
                members[name] = data
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as error:
        if isinstance(error, IngestError):
            raise
        raise IngestError(
            f"{where}: the docx is damaged, truncated or encrypted ({error}); save it again"
        ) from None
    if BODY not in members:
        raise IngestError(f"{where}: no Word document ({BODY} is missing); save it again as docx")
    return members


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise IngestError(
            f"{where}: the docx holds XML that is not UTF-8; save it again with Word or LibreOffice"
        ) from None


class Body:
    """Collects the paragraphs of one XML member, with the notes each one calls."""

    def __init__(self, source: bytes, first: int, styles: dict[str, str]) -> None:
        self.source, self.styles = source, styles
        self.byte, self.char = 0, first  # how far the conversion from bytes to characters has come
        self.blocks: list[Block] = []
        self.calls: list[list[str]] = []
        self.notes: dict[str, list[Block]] = {}
        self.note: str | None = None
        self.open: list[tuple[list[Piece], list[str], str]] = []
        self.skipping = 0
        self.in_text = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        self.skipping += tag in SKIPPED
        if tag == "w:p":
            self.open.append(([], [], ""))
        elif tag == "w:t":
            self.in_text = True
        elif tag == "w:footnote":
            self.note = values.get("w:id", "") if values.get("w:type", "normal") == "normal" else ""
        elif self.open and tag in ("w:tab", "w:br", "w:cr", "w:noBreakHyphen"):
            mark = "-" if tag == "w:noBreakHyphen" else " "
            at = self.place()
            self.open[-1][0].append(Piece(mark, at, at, DECODED, mark))
        elif self.open and tag == "w:footnoteReference":
            self.open[-1][1].append(values.get("w:id", ""))
        elif self.open and tag == "w:pStyle":
            pieces, calls, _ = self.open[-1]
            self.open[-1] = (pieces, calls, values.get("w:val", ""))

    def end(self, tag: str) -> None:
        self.skipping -= tag in SKIPPED
        if tag == "w:t":
            self.in_text = False
        elif tag == "w:footnote":
            self.note = None
        elif tag == "w:p" and self.open:
            pieces, calls, style = self.open.pop()
            text = folded(Traced(pieces))
            if not text.text.strip() or self.note == "":
                return
            if self.note is not None:
                self.notes.setdefault(self.note, []).append(Block(text, "footnote"))
            else:
                self.blocks.append(Block(text, role_of(self.styles.get(style, style))))
                self.calls.append(calls)

    def data(self, text: str) -> None:
        if not self.in_text or self.skipping or not self.open:
            return
        at = self.place()
        size = len(text.encode())
        if self.source[self.byte : self.byte + size] == text.encode():
            self.open[-1][0].append(Piece(text, at, at + len(text)))
        else:
            end = self.source.find(b";", self.byte, self.byte + 12) + 1
            self.open[-1][0].append(Piece(text, at, at + max(1, end - self.byte), DECODED, text))

    def place(self) -> int:
        """The character at which the parser stands."""
        now = self.parser.CurrentByteIndex
        self.char += len(self.source[self.byte : now].decode("utf-8", "replace"))
        self.byte = now
        return self.char

    parser: expat.XMLParserType

    def place_notes(self, other: "Body") -> None:
        """Put each footnote after the paragraph that calls it; the ones nobody calls stand at the end."""
        placed, waiting = [], dict(other.notes)
        for block, calls in zip(self.blocks, self.calls, strict=True):
            placed.append(block)
            for call in calls:
                placed += waiting.pop(call, [])
        self.blocks = [*placed, *(block for blocks in waiting.values() for block in blocks)]


def parsed(source: bytes, where: str, first: int, styles: dict[str, str]) -> Body:
    """Read one XML member.

    Raises: IngestError for XML that is damaged, nested too deep, or has a document type declaration.
    """

    def refuse(*_: object) -> None:
        raise IngestError(
            f"{where}: the docx declares XML entities of its own, which is not allowed; save it again"
        )

    body = Body(source, first, styles)
    body.parser = parser = expat.ParserCreate()
    parser.buffer_text = False
    parser.StartElementHandler, parser.EndElementHandler = body.start, body.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = body.data, refuse
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise IngestError(f"{where}: the docx holds damaged XML ({error}); save it again") from None
    return body


def role_of(style: str) -> Role | None:
    """The role a style's name tells: "heading 2", "Title", "Заголовок 1"."""
    name = (
        style.lower()
        .replace("заголовок", "heading")
        .replace("название", "title")
        .replace("аннотация", "abstract")
    )
    return next((role for word, role in ROLES.items() if name.startswith(word)), None)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def styles(data: bytes) -> dict[str, str]:
    """Style id -> name: the ids are localised or numbers, the names of built-in styles are English."""
    root = _tree(data)
    if root is None:
        return {}
    found = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "")
    return found


def core(data: bytes) -> dict[str, str]:
    """Title and authors of the document's properties. Its dates are those of the file, not of the text: left out."""
    root = _tree(data)
    if root is None:
        return {}
    dc = "{http://purl.org/dc/elements/1.1/}"
    fields = (("title", root.findtext(f"{dc}title")), ("authors", root.findtext(f"{dc}creator")))
    return {key: value.strip() for key, value in fields if value and value.strip() not in ("", "python-docx")}


def _tree(data: bytes) -> ElementTree.Element | None:
    if not data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
