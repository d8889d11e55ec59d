"""The local engine: works cut into batches, in this process or in several, with every work accounted for."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.batch import pool
from pipeline.batch.outcome import Done, failed
from pipeline.batch.parts import Part
from pipeline.batch.pool import Lost, Maker, Task
from pipeline.config import BatchLimits
from pipeline.ingest import WorkFiles


def batches(jobs: Sequence[WorkFiles], limits: BatchLimits) -> Iterator[list[WorkFiles]]:
    """The works in order, cut where the files' size or the number of works reaches its limit."""
    batch: list[WorkFiles] = []
    size = 0
    for job in jobs:
        own = kilobytes(job)
        if batch and (len(batch) >= limits.batch_works or size + own > limits.batch_kilobytes):
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += own
    if batch:
        yield batch


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
    jobs: Sequence[WorkFiles], limits: BatchLimits, make_desk: Maker, workers: int
) -> Iterator[Done]:
    """Every batch in one of several processes. When a worker dies, the works of its batch are tried again one by one;
    the one that kills its worker again and again fails, all others are done."""
    tasks = deque(_task(batch, limits) for batch in batches(jobs, limits))
    for task, result in pool.run(tasks, make_desk, workers):
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


def table_parts(stale: Sequence[Part], make_desk: Maker, workers: int) -> Iterator[Any]:
    """Write the parts of the tables; a handful is not worth the start of workers."""
    if len(stale) <= max(1, workers):
        desk = make_desk()
        yield from (desk.table_part(part) for part in stale)
        return
    tasks = deque(Task("table_part", part) for part in stale)
    for task, result in pool.run(tasks, make_desk, workers):
        if isinstance(result, Lost):
            yield make_desk().table_part(
                task.argument
            )  # where it happens again, it is this process that says why
