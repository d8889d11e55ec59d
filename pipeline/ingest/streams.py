"""The byte stream that a version's source map points into, opened again from the raw file."""

import html
import json
from collections.abc import Callable

from pipeline.config import IngestLimits
from pipeline.document import Source
from pipeline.ingest import docx, pdf


def reopened(source: Source, raw: bytes) -> tuple[bytes, Callable[[bytes], str]]:
    """The stream, and how a stretch of it is read as text: entities and escapes stand for their characters.

    Raises: IngestError for a file that can no longer be read.
    """
    decoded = {
        "text/html": html.unescape,
        docx.MEDIA_TYPE: html.unescape,
        "text/csv": _cell,
        "application/jsonl": _json,
    }
    finish = decoded.get(source.media_type, str)
    return _stream(source, raw), lambda data: finish(data.decode(source.encoding))


def _stream(source: Source, raw: bytes) -> bytes:
    if source.media_type == docx.MEDIA_TYPE:
        members = docx.unpacked(raw, source.path, IngestLimits())
        return b"".join(members[name] for name in (source.stream or docx.BODY).split("+"))
    if source.media_type == "application/pdf":
        return pdf.written(pdf.text_layer(raw, source.path, IngestLimits().max_pages))[0].encode()
    return raw


def _cell(text: str) -> str:
    """A doubled quotation mark in a quoted cell is one."""
    return text.replace('""', '"')


def _json(text: str) -> str:
    return json.loads(f'"{text}"') if "\\" in text else text
