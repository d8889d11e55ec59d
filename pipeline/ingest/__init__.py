"""File -> Version: decode, take out the text, repair it, split the languages, and remember every byte."""

from pathlib import Path

from pipeline.config import IngestLimits
from pipeline.document import Lang, Paragraph, Source, Version, digest
from pipeline.errors import IngestError
from pipeline.ingest import txt, words
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.scripts import languages_of
from pipeline.ingest.source_map import Traced, byte_runs

READERS = {suffix: txt.read for suffix in txt.SUFFIXES}


def read(path: str | Path, *, lang: Lang | None = None, limits: IngestLimits | None = None) -> tuple[Version, ...]:
    """One version per language that the file holds; with `lang` all of it is that language.

    Raises: IngestError for a file that cannot be read as text, in one line.
    """
    path = Path(path)
    limits = limits or IngestLimits()
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise IngestError(f'{path}: files of type "{path.suffix}" cannot be read. Allowed: {", ".join(sorted(READERS))}')
    try:
        size = path.stat().st_size
        if size > limits.max_megabytes * 1_000_000:
            raise IngestError(
                f"{path}: {size / 1e6:.0f} MB is more than ingest.max_megabytes = {limits.max_megabytes}; "
                "raise the limit in the configuration or split the file"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise IngestError(f"{path}: cannot be read ({error.strerror}); give the path of a file") from None
    reading = reader(raw, str(path))
    return versions(reading, str(path), digest(raw), lang)


def versions(reading: Reading, path: str, sha256: str, lang: Lang | None) -> tuple[Version, ...]:
    """The versions of what a reader found, English first."""
    texts = words.repaired([block.text for block in reading.blocks])
    blocks = [Block(text, block.role) for text, block in zip(texts, reading.blocks, strict=True)]
    langs = [lang] * len(blocks) if lang else languages_of([text.text for text in texts])
    source = Source(
        path=path, sha256=sha256, encoding=reading.encoding, media_type=reading.media_type, stream=reading.stream_name
    )
    found = []
    for each in ("en", "ru"):
        own = [block for block, of in zip(blocks, langs, strict=True) if of == each]
        if own:
            found.append(version(own, each, source, reading))
    return tuple(found)


def version(blocks: list[Block], lang: Lang, source: Source, reading: Reading) -> Version:
    """One language's paragraphs as a text, with the map back to the bytes."""
    pieces, paragraphs, at = [], [], 0
    for block in blocks:
        if pieces:
            last = pieces[-1].end
            pieces += Traced.inserted("\n\n", last).pieces
            at += 2
        pieces += block.text.pieces
        size = len(block.text.text)
        paragraphs.append(Paragraph(start=at, end=at + size, role=block.role or "body"))
        at += size
    text = Traced(pieces)
    runs = byte_runs(text.runs(), lambda a, b: len(reading.stream[a:b].encode(reading.encoding)), reading.first_byte)
    return Version(
        lang=lang,
        source=source,
        text=text.text,
        source_map=runs,
        repairs=text.repairs(),
        meta=reading.meta,
        paragraphs=tuple(paragraphs),
    )
