"""Where corrections stay: `OUT/reviews.jsonl`, one answer a line, untouched by later runs."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.errors import WorkError
from pipeline.export import annotated
from pipeline.review.queue import Quote

NAME = "reviews.jsonl"


class Review(Struct, frozen=True, kw_only=True):
    """A person's answer about one finding: `value` is the right group, speaker or kind; "" says that nothing is there.

    `machine` is what the software had said when it asked.
    """

    work: str
    layer: str
    target: str
    reviewer: str
    value: str
    machine: str
    quotes: tuple[Quote, ...]


def read(out: Path) -> tuple[Review, ...]:
    """The answers kept beside a run, none where nobody has reviewed it.

    Raises: WorkError naming file and line for what is no answer.
    """
    path = out / NAME
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Review))
            except msgspec.DecodeError as error:
                raise WorkError(
                    f"{path}:{number}: not a review ({error}); restore the file or remove the line"
                ) from None
    return tuple(found)


def write(out: Path, reviews: Iterable[Review]) -> Path:
    """Keep the answers; a reviewer's later answer to the same question replaces the earlier one."""
    kept = {(r.work, r.layer, r.target, r.reviewer): r for r in reviews}
    path = out / NAME
    annotated.write_bytes(b"".join(msgspec.json.encode(kept[key]) + b"\n" for key in sorted(kept)), path)
    return path
