"""Plain text."""

from pipeline.ingest import characters, layout
from pipeline.ingest.encoding import decode
from pipeline.ingest.reading import Reading
from pipeline.ingest.source_map import Traced

SUFFIXES = (".txt", ".text", ".md")


def read(raw: bytes, where: str) -> Reading:
    """The paragraphs of a text file."""
    text, encoding, first = decode(raw, where)
    return Reading(
        blocks=layout.blocks(characters.repaired(Traced.of(text))),
        stream=text,
        first_byte=first,
        encoding=encoding,
        media_type="text/plain",
    )
