"""Which works a run looks at: all, those not done yet (`--only-failed`), those that changed lately (`--since`)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from pipeline.batch.outcome import Failure, Outcome
from pipeline.document import digest
from pipeline.errors import ConfigError
from pipeline.ingest import WorkFiles

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
Failures = Mapping[str, tuple[Failure, ...]]


def moment(since: str, now: datetime | None = None) -> float:
    """The time that `--since` means, in seconds of the epoch.

    >>> moment("2h", datetime(2024, 3, 31, 12, 0)) == datetime(2024, 3, 31, 10, 0).timestamp()
    True

    Raises: ConfigError for what is neither a date nor a span of time.
    """
    span = re.fullmatch(r"(\d{1,6})([mhdw])", since)
    if span:
        return ((now or datetime.now()) - timedelta(**{UNITS[span[2]]: int(span[1])})).timestamp()
    try:
        return datetime.fromisoformat(since).timestamp()
    except (ValueError, OverflowError, OSError):
        raise ConfigError(
            f'--since: "{since}" is no date or span of time; write 2024-03-31, 2024-03-31T18:00, 90m, 12h, 7d or 2w'
        ) from None


def earlier_failures(out: Path) -> dict[str, tuple[Failure, ...]]:
    """What `failures.jsonl` of the run before lists, by work; a damaged line is no failure."""
    found: dict[str, tuple[Failure, ...]] = {}
    try:
        lines = (out / "failures.jsonl").read_bytes().splitlines()
    except OSError:
        return {}
    for line in lines:
        try:
            failure = msgspec.json.decode(line, type=Failure)
        except msgspec.DecodeError:
            continue
        found[failure.work] = (*found.get(failure.work, ()), failure)
    return found


def chosen(
    jobs: Sequence[WorkFiles], out: Path, earlier: Failures, only_failed: bool, after: float | None
) -> tuple[list[WorkFiles], list[WorkFiles]]:
    """The works to look at, and those to leave alone."""
    asked: list[WorkFiles] = []
    left: list[WorkFiles] = []
    for job in jobs:
        undone = job.id in earlier or not _work_file(out, job).exists()
        wanted = (not only_failed or undone) and (after is None or _changed(job, after))
        (asked if wanted else left).append(job)
    return asked, left


def _changed(job: WorkFiles, after: float) -> bool:
    try:
        return any(path.stat().st_mtime >= after for _, path in job.paths)
    except OSError:
        return True  # looked at, so that its failure is said


def left_alone(jobs: Sequence[WorkFiles], out: Path, earlier: Failures) -> list[Outcome]:
    """The works that nobody asked for, as the run before left them."""
    return [_as_it_was(job, out, earlier.get(job.id, ())) for job in jobs]


def _as_it_was(job: WorkFiles, out: Path, failures: tuple[Failure, ...]) -> Outcome:
    try:
        sha256 = digest(_work_file(out, job).read_bytes())
    except OSError:
        return Outcome(job.id, written=False, left=True, failures=failures)
    return Outcome(job.id, written=True, reused=True, left=True, failures=failures, sha256=sha256)


def _work_file(out: Path, job: WorkFiles) -> Path:
    return out / "works" / f"{job.id}.json"
