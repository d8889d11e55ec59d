"""The labelled corpus: passages in both languages, each with its group and the work it belongs to."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.codebook import Codebook
from pipeline.document import digest
from pipeline.errors import ConfigError, suggest


class Labelled(Struct, frozen=True, kw_only=True):
    """One passage as coded by hand; either language may be missing."""

    id: str
    work: str
    group: str
    en: str = ""
    ru: str = ""
    genre: str = ""
    hard: bool = False


def read(path: Path, codebook: Codebook) -> tuple[Labelled, ...]:
    """The passages of a JSON Lines file, or of every one in a folder, sorted by id.

    Raises: ConfigError naming file and line for what is no record, an unknown group, an id given twice, or no passage.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found: dict[str, Labelled] = {}
    for file, number, line in _lines(files):
        try:
            record = msgspec.json.decode(line, type=Labelled)
        except msgspec.DecodeError as error:
            raise ConfigError(
                f"{file}:{number}: not a labelled passage ({error}); wanted: id, work, group, en, ru"
            ) from None
        if record.group not in codebook.group_ids:
            raise ConfigError(
                f'{file}:{number}: unknown group "{record.group}"; {suggest(record.group, codebook.group_ids)}'
            )
        if record.id in found:
            raise ConfigError(f'{file}:{number}: the id "{record.id}" is given twice; ids must be unique')
        found[record.id] = record
    if not found:
        raise ConfigError(f"{path}: no labelled passages; give a .jsonl file or a folder of them")
    return tuple(found[id] for id in sorted(found))


def sha256(passages: Iterable[Labelled]) -> str:
    """One digest of what the model learns from, whatever the files are called."""
    return digest(msgspec.json.encode(list(passages)))


def _lines(files: Iterable[Path]) -> Iterator[tuple[Path, int, bytes]]:
    for file in files:
        try:
            lines = file.read_bytes().split(b"\n")
        except OSError as error:
            raise ConfigError(
                f"{file}: cannot be read ({error.strerror}); give a .jsonl file or a folder of them"
            ) from None
        yield from ((file, n, line) for n, line in enumerate(lines, 1) if line.strip())
