"""HTML: block elements are paragraphs, headings are headings, navigation and hidden elements are skipped."""

import html
import re
from html.parser import HTMLParser

from pipeline.document import Role
from pipeline.ingest import characters, dates
from pipeline.ingest.encoding import decode
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.source_map import DECODED, Edit, Piece, Traced

SUFFIXES = (".html", ".htm", ".xhtml")
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "svg",
        "math",
        "iframe",
        "object",
        "head",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
HEADINGS: dict[str, Role] = {"h1": "title", **{f"h{i}": "heading" for i in range(2, 7)}}
ROLES: dict[str, Role] = {
    "footnote": "footnote",
    "abstract": "abstract",
    "keywords": "keywords",
    "reference": "reference",
}
ROLE_WORD = re.compile(r"(?<![a-z])(footnote|abstract|keywords|reference)s?(?![a-z])")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
AUTHOR = ("author", "dc.creator", "citation_author", "article:author")
DATE = (
    "date",
    "dc.date",
    "citation_date",
    "citation_publication_date",
    "article:published_time",
    "dcterms.created",
    "pubdate",
)
TITLE = ("citation_title", "dc.title", "og:title")


def read(raw: bytes, where: str) -> Reading:
    """The paragraphs of a page."""
    found = CHARSET.search(raw[:4096])
    text, encoding, first = decode(raw, where, found[1].decode() if found else None)
    page = Page(text)
    page.feed(text)
    page.close()
    page.finish()
    return Reading(page.blocks, text, encoding, "text/html", first, meta=page.meta())


class Page(HTMLParser):
    """Collects the pieces of each block element at their places in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.starts = [0, *(found.end() for found in re.finditer("\n", source))]
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.stack: list[tuple[str, Role | None, bool]] = []
        self.skipping = 0
        self.titles: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.in_title = False

    def place(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.note(tag, values)
        if tag in BLOCKS:
            self.finish()
        if tag in VOID:
            return
        hidden = tag in SKIPPED or "hidden" in values or values.get("aria-hidden") == "true"
        hidden = hidden or bool(
            re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", values.get("style", "")[:500])
        )
        hidden = hidden or values.get("role") == "navigation"
        inherited = self.stack[-1][1] if self.stack else None  # so that depth costs no time
        self.stack.append((tag, role_of(tag, values) or inherited, hidden))
        self.skipping += hidden
        self.in_title = tag == "title"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(tag, {name: value or "" for name, value in attrs})
        if tag in BLOCKS:
            self.finish()

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False
        if tag in BLOCKS:
            self.finish()
        depth = next(
            (
                i
                for i in range(len(self.stack) - 1, max(-1, len(self.stack) - 50), -1)
                if self.stack[i][0] == tag
            ),
            None,
        )
        if depth is not None:
            self.skipping -= sum(entry[2] for entry in self.stack[depth:])
            del self.stack[depth:]

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.titles.append(data)
        if not self.skipping:
            at = self.place()
            self.pieces.append(Piece(data, at, at + len(data)))

    def handle_entityref(self, name: str) -> None:
        self.reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self.reference(f"&#{name}")

    def reference(self, mark: str) -> None:
        """An entity: one or two characters that stand for several in the source."""
        at = self.place()
        end = at + len(mark) + (self.source[at + len(mark) : at + len(mark) + 1] == ";")
        text = html.unescape(self.source[at:end])
        if self.in_title:
            self.titles.append(text)
        if not self.skipping:
            self.pieces.append(Piece(text, at, end, DECODED, text))

    def note(self, tag: str, values: dict[str, str]) -> None:
        """Keep what the head says of the document: meta elements and the machine-readable time."""
        if tag == "meta":
            key = (values.get("name") or values.get("property") or values.get("itemprop") or "").lower()
            self.fields.setdefault(key, []).append(values.get("content", "").strip())
        elif tag == "time" and values.get("datetime"):
            self.fields.setdefault("pubdate", []).append(values["datetime"])

    def finish(self) -> None:
        """The block that was open ends: its white space becomes single spaces."""
        pieces, self.pieces = self.pieces, []
        text = characters.repaired(folded(Traced(pieces)))
        if text.text:
            role = self.stack[-1][1] if self.stack else None
            self.blocks.append(Block(text, role))

    def meta(self) -> dict[str, str]:
        """Title, authors and date of the document, where the page says them."""
        title = self._first(TITLE) or " ".join("".join(self.titles).split())
        authors = "; ".join(name for key in AUTHOR for name in self.fields.get(key, ()) if name)
        date = next(
            (iso for key in DATE for value in self.fields.get(key, ()) if (iso := dates.iso(value))), ""
        )
        return {
            key: value for key, value in (("title", title), ("authors", authors), ("date", date)) if value
        }

    def _first(self, keys: tuple[str, ...]) -> str:
        return next((value for key in keys for value in self.fields.get(key, ()) if value), "")


def role_of(tag: str, values: dict[str, str]) -> Role | None:
    if tag in HEADINGS:
        return HEADINGS[tag]
    found = ROLE_WORD.search(
        " ".join((values.get("class", ""), values.get("id", ""), values.get("role", ""))).lower()[:500]
    )
    return ROLES[found[1]] if found else None


def folded(text: Traced) -> Traced:
    """White space of the source is one space, and none at the ends: a browser shows it so. It is no repair."""
    edits = []
    for found in re.finditer(r"[ \t\r\n\f]+", text.text):
        new = "" if found.start() == 0 or found.end() == len(text.text) else " "
        if found[0] != new:
            edits.append(Edit(*found.span(), new, DECODED))
    done = text.edit(edits)
    return Traced(
        piece._replace(before=piece.text) if piece.rule == DECODED else piece for piece in done.pieces
    )
