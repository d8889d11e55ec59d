"""What was computed of a work before, each part under its content key: a part whose key has changed is forgotten.

One file a work (`OUT/cache/ID.bin`), written whole or not at all, with a checksum: a damaged file is nothing
remembered, never a wrong result.
"""

import hashlib
import zlib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.errors import DiptychError
from pipeline.export import annotated

MAGIC = b"diptych-cache-2\n"
FASTEST = 1
"""zlib's level: 5 times smaller at 200 MB/s; higher levels gain 10 % more and take 5 times as long."""


class CacheError(DiptychError):
    """A cache file that is damaged; the work is made again."""


class Part(Struct, frozen=True):
    """One remembered result: its key and its bytes, compressed."""

    key: str
    data: bytes


class Shelf(Struct):
    """The content of a cache file: for which state of the world the work's file was written, and the parts."""

    work_key: str = ""
    work_sha256: str = ""
    page_key: str = ""
    parts: dict[str, Part] = {}


class Memory:
    """The remembered parts of one work, and the fresh ones that will be remembered."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        self.fresh: dict[str, Part] = {}

    def knows(self, part: str, key: str) -> bool:
        """Whether the part was computed under this key."""
        kept = self.fresh.get(part) or self.shelf.parts.get(part)
        return kept is not None and kept.key == key

    def recall(self, part: str, key: str, type: Any) -> Any:
        """The remembered value; ask `knows` before."""
        kept = self.fresh.get(part) or self.shelf.parts[part]
        assert kept.key == key, "a part is recalled under the key it was kept under"
        self.fresh[part] = kept
        data = zlib.decompress(kept.data)
        return data if type is bytes else msgspec.msgpack.decode(data, type=type)

    def keep(self, part: str, key: str, value: Any) -> None:
        """Remember a fresh value."""
        data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
        self.fresh[part] = Part(key, zlib.compress(data, FASTEST))

    def carry(self, part: str, key: str) -> None:
        """Keep a part that nobody needed this time, as long as its key holds."""
        if part not in self.fresh and self.knows(part, key):
            self.fresh[part] = self.shelf.parts[part]


def load(path: Path) -> Shelf:
    """The shelf in a cache file; an empty one where there is no file.

    Raises: CacheError for a file that is truncated, changed or of another format.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Shelf()
    except OSError as error:
        raise CacheError(f"{path}: cannot be read ({error.strerror}); the work is made again") from None
    head, body = raw[: len(MAGIC) + 32], raw[len(MAGIC) + 32 :]
    if head != MAGIC + hashlib.sha256(body).digest():
        raise CacheError(f"{path}: damaged or of another version of diptych; the work is made again")
    try:
        return msgspec.msgpack.decode(body, type=Shelf)
    except msgspec.DecodeError:
        raise CacheError(f"{path}: of another version of diptych; the work is made again") from None


def save(shelf: Shelf, path: Path) -> None:
    """Write the shelf atomically."""
    body = msgspec.msgpack.encode(shelf)
    annotated.write_bytes(MAGIC + hashlib.sha256(body).digest() + body, path)
