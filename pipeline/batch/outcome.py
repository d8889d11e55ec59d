"""What became of the works of a run."""

import sys

from msgspec import Struct


class Failure(Struct, frozen=True):
    """One line of `failures.jsonl`: the work, the stage that failed and why."""

    work: str
    stage: str
    reason: str


class Outcome(Struct, frozen=True):
    """What became of one work.

    `reused`: the file of an earlier run still holds. `left`: the run was not asked to look at it (`--only-failed`,
    `--since`). `notes` are faults that were mended, one line each; `trace` helps to mend diptych.
    """

    work: str
    written: bool
    reused: bool = False
    left: bool = False
    failures: tuple[Failure, ...] = ()
    sha256: str = ""
    characters: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    trace: str = ""


class Done(Struct, frozen=True):
    """What a worker returns for a batch: an outcome for every work of it, seconds by stage, and its greatest memory.
    `stop` says why no further work can be done."""

    outcomes: tuple[Outcome, ...]
    seconds: dict[str, float] = {}
    peak_megabytes: int = 0
    stop: str = ""
    notes: tuple[str, ...] = ()


class Summary(Struct, frozen=True):
    """Counts in = counts out: every work found is written, failed, or was left alone as asked.

    `notes` are what the user should know of the run as a whole, one line each.
    """

    works: int
    written: int
    reused: int
    failures: tuple[Failure, ...]
    left: int = 0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """The works that have no file."""
        return self.works - self.written - self.left


def failed(work: str, stage: str, reason: str, trace: str = "") -> Outcome:
    """A work without a file; the reason is one line, without the control characters that a file's name may hold."""
    line = "".join(char if char.isprintable() else " " for char in " ".join(reason.split()))
    return Outcome(work=work, written=False, failures=(Failure(work, stage, line),), trace=trace)


def peak_megabytes() -> int:
    """The most memory that this process has held; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1_000_000 if sys.platform == "darwin" else 1_000)
