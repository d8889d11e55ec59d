"""The learned models that the comparison weighs by, as one component of a run's provenance and of the cache's keys."""

from functools import cache

from pipeline import encoder, judge, shipped
from pipeline.compare import left_out, reversals, undenied, verdicts, weighing
from pipeline.document import Component, digest

FILES = (
    encoder.FILE,
    *judge.FILES,
    left_out.WEIGHTS,
    reversals.WEIGHTS,
    undenied.WEIGHTS,
    verdicts.WEIGHTS,
    weighing.WEIGHTS,
)


@cache
def component() -> Component:
    """One hash of all of them: other weights give other findings."""
    sha256 = digest({name: digest(shipped.path(name).read_bytes()) for name in FILES})
    return Component(name="comparison", version=sha256[:8], sha256=sha256)
