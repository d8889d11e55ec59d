"""What is written down about a run: `OUT/log.jsonl`, an event a line as it happens, and `OUT/run.json`, the manifest."""

import importlib.metadata
import platform
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from msgspec import Struct, field

from pipeline import __version__
from pipeline.batch.outcome import Done, Outcome, Summary, peak_megabytes
from pipeline.config import Config
from pipeline.document import Run
from pipeline.errors import DiptychError
from pipeline.export import annotated


class Manifest(Struct, kw_only=True):
    """What made the content of the folder, from what, how long it took, and whether the counts agree."""

    schema: str = "diptych-run/1"
    started: str
    ended: str = ""
    python: str
    platform: str
    packages: dict[str, str]
    config: Config
    config_sha256: str
    made_by: Run
    paths: tuple[str, ...]
    engine: str
    workers: int
    only_failed: bool = False
    since: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    seconds_by_stage: dict[str, float] = field(default_factory=dict)
    peak_megabytes_per_worker: int = 0
    peak_megabytes_main: int = 0
    works_sha256: str = ""
    """Digest of the works' names and hashes: two runs with the same value made the same works."""


PACKAGES = (
    "spacy",
    "slovnet",
    "navec",
    "razdel",
    "pymorphy3",
    "numpy",
    "pandas",
    "scikit-learn",
    "pyarrow",
    "ray",
)


def packages() -> dict[str, str]:
    found = {"diptych": __version__}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Journal:
    """The log of one run; a line is written as soon as its event happens, and survives a crash."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.file = (out / "log.jsonl").open("ab")
        self.seconds: Counter[str] = Counter()
        self.peak = 0

    def note(self, event: str, **facts: Any) -> None:
        """Write one line: time, event, facts."""
        self.file.write(msgspec.json.encode({"time": now(), "event": event, **facts}) + b"\n")
        self.file.flush()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[stage] += perf_counter() - began  # type: ignore[assignment]

    def batch(self, done: Done) -> None:
        """What a worker says of a batch."""
        for stage, seconds in done.seconds.items():
            self.seconds[stage] += seconds  # type: ignore[assignment]
        self.peak = max(self.peak, done.peak_megabytes)
        for line in done.notes:
            self.note("worker", reason=line)
        for outcome in done.outcomes:
            self._work(outcome)

    def _work(self, outcome: Outcome) -> None:
        event = "reused" if outcome.reused else "written" if outcome.written else "failed"
        facts: dict[str, Any] = {"work": outcome.work}
        if outcome.written and not outcome.reused:
            facts["characters"] = outcome.characters
        if not outcome.reused and outcome.seconds:
            facts["seconds"] = outcome.seconds
        for name in ("notes", "failures", "trace"):
            if value := getattr(outcome, name):
                facts[name] = value
        self.note(event, **facts)

    def end(self, manifest: Manifest, summary: Summary, seconds: float, works_sha256: str) -> None:
        """Write the manifest and the last line."""
        manifest.counts = {
            "works": summary.works,
            "written": summary.written,
            "reused": summary.reused,
            "failed": summary.failed,
            "left": summary.left,
            "failures": len(summary.failures),
        }
        manifest.ended, manifest.seconds, manifest.works_sha256 = now(), round(seconds, 3), works_sha256
        manifest.seconds_by_stage = {k: round(v, 3) for k, v in sorted(self.seconds.items())}
        manifest.peak_megabytes_per_worker = self.peak
        manifest.peak_megabytes_main = peak_megabytes()
        encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        annotated.write_bytes(encoded, self.out / "run.json")
        self.note("end", **manifest.counts, seconds=manifest.seconds)


@contextmanager
def opened(out: Path) -> Iterator[Journal]:
    """The log of a run, from an output folder that can be written to its end, however it ends.

    Raises: DiptychError when the folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        journal = Journal(out)
    except OSError as error:
        raise DiptychError(
            f"{error.filename or out}: {error.strerror}; give a folder that can be written with --out"
        ) from None
    try:
        yield journal
    except BaseException as error:
        reason = str(error) or type(error).__name__
        with suppress(OSError):
            journal.note("stopped", reason=reason)
        raise
    finally:
        with suppress(OSError):
            journal.file.close()


def _sweep(out: Path) -> None:
    """Take away what killed runs left half written."""
    for folder in ("works", "cache", "report/works", "."):
        for path in (out / folder).glob(".*.part"):
            path.unlink() if path.is_file() else shutil.rmtree(path, ignore_errors=True)


def manifest(config: Config, run: Run, paths: list[str], engine: str, workers: int, **asked: Any) -> Manifest:
    """The manifest of a run that begins now."""
    return Manifest(
        started=now(), python=platform.python_version(), platform=platform.platform(), packages=packages(),
        config=config, config_sha256=config.sha256(), made_by=run, paths=tuple(paths), engine=engine,
        workers=workers, **asked,
    )  # fmt: skip
