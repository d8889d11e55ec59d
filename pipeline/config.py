"""The configuration: typed, frozen, read from TOML; `configs/default.toml` documents every key."""

import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import shipped
from pipeline.document import digest
from pipeline.errors import ConfigError, suggest


class IngestLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """What one input file may be. Units: megabytes, pages."""

    max_megabytes: int = 200
    max_unpacked_megabytes: int = 500
    max_pages: int = 5000


class BatchLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """How `diptych run` goes about many works; nothing here changes a result. Units: bytes, works, seconds."""

    cache: bool = True
    batch_kilobytes: int = 64
    batch_works: int = 64
    part_works: int = 500
    seconds: int = 30
    seconds_per_kilobyte: float = 0.5
    attempts: int = 3


class Parser(Struct, frozen=True, forbid_unknown_fields=True):
    """Which back end parses a language, with which model."""

    backend: str
    model: str


class EventType(Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas, separated by spaces, that name one type of happening."""

    verbs: str = ""
    nouns: str = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a run depends on besides its input."""

    codebook: str
    passage_model: str
    ingest: IngestLimits
    parse: dict[str, Parser]
    events: dict[str, dict[str, EventType]] = {}
    batch: BatchLimits = BatchLimits()

    def sha256(self) -> str:
        """The digest of all settings that decide a result: those of the batch do not."""
        return digest({k: v for k, v in msgspec.to_builtins(self).items() if k != "batch"})


def load(path: str | Path | None = None) -> Config:
    """The shipped configuration, with the keys that the TOML file at `path` overrides.

    Raises: ConfigError for a file that is no TOML, a key that does not exist or a value of the wrong type.
    """
    settings = tomllib.loads(shipped.path("configs/default.toml").read_text(encoding="utf-8"))
    if path is not None:
        settings = _merged(settings, _toml(Path(path)), str(path))
    try:
        return msgspec.convert(settings, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; see configs/default.toml for every key and its type") from None


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}); give the path of a TOML file"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: not TOML in UTF-8 ({error}); see configs/default.toml for an example"
        ) from None


def _merged(
    base: dict[str, object], over: dict[str, object], where: str, prefix: str = ""
) -> dict[str, object]:
    merged = dict(base)
    for key, value in over.items():
        if key not in base:
            raise ConfigError(f'{where}: unknown key "{prefix}{key}"; {suggest(key, base)}')
        old = base[key]
        merged[key] = (
            _merged(old, value, where, f"{prefix}{key}.")
            if isinstance(old, dict) and old and isinstance(value, dict)  # an empty table is open
            else value
        )
    return merged
