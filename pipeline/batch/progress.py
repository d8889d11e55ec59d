"""How fast a run goes and when it will be done."""

from collections.abc import Callable
from time import monotonic

from pipeline.batch.outcome import Outcome

EVERY = 30.0
"""Seconds between two lines where there is no terminal to draw a bar on."""


class Pace:
    """Counts works; those that were only found unchanged do not count for the rate."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.began = self.told = clock()
        self.done = self.made = self.failed = 0

    def count(self, outcome: Outcome) -> None:
        self.done += 1
        self.made += not outcome.reused
        self.failed += bool(outcome.failures)

    def per_minute(self) -> float:
        return 60 * self.made / max(1e-6, self.clock() - self.began)

    def rate(self) -> str:
        return f"{self.per_minute():.0f} works/min"

    def left(self, total: int) -> str:
        """The time that the remaining works will take at the present rate."""
        if not self.made:
            return "time left unknown"
        seconds = round(60 * (total - self.done) / self.per_minute())
        hours, minutes = seconds // 3600, seconds // 60 % 60
        return f"{hours} h {minutes} min left" if hours else f"{minutes} min {seconds % 60} s left"

    def tell(self, outcome: Outcome, total: int, say: Callable[[str], None]) -> None:
        """Count a work and say now and then how far the run has come."""
        self.count(outcome)
        now = self.clock()
        if now - self.told >= EVERY:
            self.told = now
            say(
                f"{self.done} of {total} works, {self.failed} with failures, {self.rate()}, {self.left(total)}"
            )
