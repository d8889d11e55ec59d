"""File -> Version: decode, take out the text, repair it, split the languages, and remember every byte."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, zip_longest
from pathlib import Path

import msgspec

from pipeline.config import Config, IngestLimits
from pipeline.document import Lang, Paragraph, Source, Statement, Version, digest, numbered
from pipeline.errors import IngestError
from pipeline.ingest import dates, docx, html, pdf, table, txt, words
from pipeline.ingest import works as pairing
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.scripts import languages_of
from pipeline.ingest.source_map import Piece, Traced, byte_runs
from pipeline.ingest.works import WorkFiles

__all__ = ["READERS", "WorkFiles", "read", "works"]

Reader = Callable[[bytes, str, IngestLimits], Reading]

READERS: dict[str, Reader] = {
    **dict.fromkeys(txt.SUFFIXES, lambda raw, where, _: txt.read(raw, where)),
    **dict.fromkeys(html.SUFFIXES, lambda raw, where, _: html.read(raw, where)),
    **dict.fromkeys(docx.SUFFIXES, docx.read),
    **dict.fromkeys(pdf.SUFFIXES, pdf.read),
    **dict.fromkeys(table.SUFFIXES, lambda raw, where, _: table.read(raw, where)),
}
"""File name ending -> reader."""


def works(paths: Iterable[str | Path], config: Config) -> Iterator[WorkFiles]:
    """The works among files and folders; one that cannot be read carries its error and the others go on.

    Raises: ConfigError for a faulty manifest.
    """
    del config  # nothing in the configuration decides how versions are paired, yet
    return pairing.works(paths, sorted(READERS))


def read(
    path: str | Path, *, lang: Lang | None = None, limits: IngestLimits | None = None
) -> tuple[Version, ...]:
    """One version per language that the file holds; with `lang` all of it is that language.

    Raises: IngestError for a file that cannot be read as text, in one line.
    """
    path = Path(path)
    limits = limits or IngestLimits()
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise IngestError(
            f'{path}: files of type "{path.suffix}" cannot be read. Allowed: {", ".join(sorted(READERS))}'
        )
    try:
        if path.exists() and not path.is_file():
            raise IngestError(f"{path}: a folder, device or pipe, not a file; give the path of a file")
        size = path.stat().st_size
        if size > limits.max_megabytes * 1_000_000:
            raise IngestError(
                f"{path}: {size / 1e6:.0f} MB is more than ingest.max_megabytes = {limits.max_megabytes}; "
                "raise the limit in the configuration or split the file"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise IngestError(f"{path}: cannot be read ({error.strerror}); give the path of a file") from None
    reading = reader(raw, str(path), limits)
    return versions(reading, str(path), digest(raw), lang)


def versions(reading: Reading, path: str, sha256: str, lang: Lang | None) -> tuple[Version, ...]:
    """The versions of what a reader found, English first.

    Raises: IngestError where nothing but markup was found.
    """
    if not reading.blocks:
        raise IngestError(f"{path}: no text found; give a file with English or Russian text")
    texts = [block.text for block in reading.blocks]
    if reading.statements is None:
        texts = words.repaired(texts)
    blocks = [block._replace(text=text) for text, block in zip(texts, reading.blocks, strict=True)]
    langs = reading.langs or ([lang] * len(blocks) if lang else languages_of([text.text for text in texts]))
    source = Source(
        path=path,
        sha256=sha256,
        encoding=reading.encoding,
        media_type=reading.media_type,
        stream=reading.stream_name,
    )
    found = []
    each: Lang
    for each in ("en", "ru"):
        own = [i for i, of in enumerate(langs) if of == each]
        if own:
            apart = {b for a, b in pairwise(own) if b != a + 1}
            blocks = [block._replace(gap=None) if i in apart else block for i, block in enumerate(blocks)]
            said = [reading.statements[i] for i in own] if reading.statements else []
            found.append(version([blocks[i] for i in own], said, each, source, reading))
    return tuple(found)


def version(
    blocks: list[Block], said: list[Statement], lang: Lang, source: Source, reading: Reading
) -> Version:
    """One language's paragraphs as a text, with the map back to the bytes."""
    pieces: list[Piece] = []
    paragraphs, statements, at = [], [], 0
    for block, statement in zip_longest(blocks, said):
        if pieces:
            gap = block.gap if block.gap and block.gap.text else Traced.inserted("\n\n", pieces[-1].end)
            pieces += gap.pieces
            at += 2
        pieces += block.text.pieces
        size = len(block.text.text)
        paragraphs.append(Paragraph(start=at, end=at + size, role=block.role or "body"))
        if statement is not None:
            statements.append(msgspec.structs.replace(statement, start=at, end=at + size))
        at += size
    text = Traced(pieces)
    return Version(
        lang=lang,
        source=source,
        text=text.text,
        source_map=byte_runs(
            text.runs(), lambda a, b: len(reading.stream[a:b].encode(reading.encoding)), reading.first_byte
        ),
        repairs=text.repairs(),
        meta=dated(reading.meta, [block.text.text for block in blocks]),
        paragraphs=tuple(paragraphs),
        statements=numbered(f"{lang}.statement", statements) if said else None,
    )


def dated(meta: dict[str, str], paragraphs: list[str]) -> dict[str, str]:
    """What the format says, and the date that the text gives itself where the format has none."""
    date = meta.get("date") or dates.document_date(paragraphs)
    return meta | ({"date": date} if date else {})
