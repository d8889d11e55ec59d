"""Finished works leave the house: tables, and the field's exchange formats."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.document import Work
from pipeline.errors import WorkError


def each(works: Iterable[Path | Work]) -> Iterator[Work]:
    """Works one by one; a path is read when its turn comes, so that a large corpus never lies in memory.

    Raises: WorkError for a file that is not an annotated work.
    """
    for work in works:
        yield work if isinstance(work, Work) else read(work)


def read(path: Path) -> Work:
    """The annotated work in a file that `diptych run` wrote.

    Raises: WorkError for a file that cannot be read or is not an annotated work.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Work)
    except OSError as error:
        raise WorkError(
            f"{path}: cannot be read ({error.strerror}); give the path of a work's JSON (OUT/works/ID.json)"
        ) from None
    except msgspec.DecodeError as error:
        raise WorkError(
            f"{path}: not an annotated work ({error}); allowed is what `diptych run` writes to OUT/works/ID.json"
        ) from None
