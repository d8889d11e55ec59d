"""What a format's reader hands on: paragraphs that know their place in the stream, and what the format tells."""

from dataclasses import dataclass, field

from pipeline.document import Lang, Statement
from pipeline.ingest.layout import Block


@dataclass(frozen=True)
class Reading:
    """What one file holds. `stream` is the decoded text that the blocks' places count in; `first_byte` are the bytes before
    it. A table has a statement and a language for each block."""

    blocks: list[Block]
    stream: str
    encoding: str
    media_type: str
    first_byte: int = 0
    stream_name: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] | None = None
    langs: list[Lang] | None = None
