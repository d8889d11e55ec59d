"""What a format's reader hands on: paragraphs that know their place in the stream, and what the format tells."""

from dataclasses import dataclass, field

from pipeline.ingest.layout import Block


@dataclass(frozen=True)
class Reading:
    """`stream` is the decoded text that the blocks' places count in; `first_byte` are the bytes before it."""

    blocks: list[Block]
    stream: str
    encoding: str
    media_type: str
    first_byte: int = 0
    stream_name: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
