"""The local engine: works cut into batches, in this process or in several, with every work accounted for."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from pipeline.batch.outcome import Done, failed
from pipeline.batch.parts import Part
from pipeline.batch.pool import Lost, Maker, Pool, Task
from pipeline.config import BatchLimits
from pipeline.ingest import WorkFiles

SMALLEST = 8
"""Kilobytes of the smallest batch that is cut on purpose: below it a parser has too little to do at a time."""


def batches(jobs: Sequence[WorkFiles], limits: BatchLimits, workers: int = 1) -> Iterator[list[WorkFiles]]:
    """The works, cut where the files' size or the number of works reaches its limit.

    With several workers nobody should go on alone for long at the end: works larger than a batch come first, and the last
    batches are smaller.
    """
    sizes = [(job, kilobytes(job)) for job in jobs]
    sizes.sort(key=lambda sized: -max(0, sized[1] - limits.batch_kilobytes))
    left = sum(size for _, size in sizes)
    batch: list[WorkFiles] = []
    filled, most = 0, _most(left, limits, workers)
    for job, size in sizes:
        if batch and (len(batch) >= limits.batch_works or filled + size > most):
            yield batch
            left -= filled
            batch, filled, most = [], 0, _most(left, limits, workers)
        batch.append(job)
        filled += size
    if batch:
        yield batch


def _most(left: int, limits: BatchLimits, workers: int) -> int:
    """The kilobytes of the next batch: a share of what is left, so that every worker gets another one or two."""
    if workers < 2:
        return limits.batch_kilobytes
    return min(limits.batch_kilobytes, max(SMALLEST, left // (2 * workers)))


def kilobytes(job: WorkFiles) -> int:
    """The size of a work's files; what is not there is read, and fails, soon enough."""
    total = 0
    for _, path in job.paths:
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return 1 + total // 1000


def here(jobs: Sequence[WorkFiles], limits: BatchLimits, make_desk: Maker) -> Iterator[Done]:
    """Every batch in this process, on one thread as in the others: the last digits of a sum depend on their number."""
    from threadpoolctl import threadpool_limits

    desk = make_desk()
    for batch in batches(jobs, limits):
        with threadpool_limits(1):
            done = desk.process(batch)
        yield done


def processes(
    jobs: Sequence[WorkFiles], limits: BatchLimits, make_desk: Maker, hands: Pool
) -> Iterator[Done]:
    """Every batch in one of several processes. When a worker dies, the works of its batch are tried again one by one;
    the one that kills its worker again and again fails, all others are done."""
    tasks = deque(_task(batch, limits) for batch in batches(jobs, limits, hands.size))
    for task, result in hands.run(tasks):
        if not isinstance(result, Lost):
            yield result
        elif task.tries == 0 or (result.again and task.tries < limits.attempts):
            tasks.extend(_task([job], limits, task.tries + 1) for job in task.argument)
            yield Done(
                (), notes=(f"worker lost: {result.reason}; its {len(task.argument)} works are tried again",)
            )
        else:
            yield Done(
                tuple(failed(job.id, "run", f"{result.reason}; {result.advice}") for job in task.argument)
            )


def _task(batch: list[WorkFiles], limits: BatchLimits, tries: int = 0) -> Task:
    return Task("process", batch, allowed(batch, limits), tries)


def allowed(batch: Sequence[WorkFiles], limits: BatchLimits) -> float:
    """The seconds of processor time that a batch may take; 0 means any."""
    return limits.seconds and limits.seconds + limits.seconds_per_kilobyte * sum(map(kilobytes, batch))


def table_parts(
    stale: Sequence[Part], make_desk: Maker, hands: Pool, meanwhile: Callable[[], object]
) -> None:
    """Write the parts of the tables, while this process does something else; a handful is not worth the start of workers."""
    if not hands.hands and (not hands.size or len(stale) <= hands.size):
        desk = make_desk()
        for part in stale:
            desk.table_part(part)
        meanwhile()
        return
    for task, result in hands.run(deque(Task("table_part", part) for part in stale), meanwhile):
        if isinstance(result, Lost):  # where it happens again, it is this process that says why
            make_desk().table_part(task.argument)
