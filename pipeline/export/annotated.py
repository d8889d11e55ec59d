"""The annotated JSON: one file a work, validated on the way out, written whole or not at all."""

import os
import tempfile
from pathlib import Path

import msgspec

from pipeline.document import Work, check_spans
from pipeline.errors import DiptychError


def encode(work: Work) -> bytes:
    """The work as indented UTF-8 JSON; same work, same bytes.

    Raises: SpanError when an annotation's text is not what stands at its offsets.
    """
    check_spans(work)
    return msgspec.json.format(msgspec.json.encode(work), indent=1) + b"\n"


def write(work: Work, path: Path) -> None:
    """Write `path` atomically: a reader sees the old file or the new one, never a part."""
    write_bytes(encode(work), path)


def write_bytes(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: Path) -> Work:
    """An annotated work from its file.

    Raises: DiptychError when the file is missing or does not follow the contract.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DiptychError(
            f"{path}: cannot be read ({error.strerror}); give the path of an annotated work such as OUT/works/ID.json"
        ) from None
    return decode(data, path)


def decode(data: bytes, path: Path) -> Work:
    """The annotated work in the bytes of the file `path`.

    Raises: DiptychError when they do not follow the contract.
    """
    try:
        return msgspec.json.decode(data, type=Work)
    except msgspec.DecodeError as error:
        raise DiptychError(
            f"{path}: not an annotated work ({error}); make it again with diptych run"
        ) from None
