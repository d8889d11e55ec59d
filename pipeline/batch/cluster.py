"""The Ray engine: the same batches, given to actors on a cluster that hold the models.

Ray Data streams: batches wait until an actor is free, so memory stays bounded; an actor that dies is started again and
its batch tried again. The works of a batch that Ray gives up are tried alone, and only the one that kills its process fails.
Input and output lie where all nodes see them under the same path.
"""

import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from pipeline.batch import local, pool
from pipeline.batch.outcome import Done, failed
from pipeline.batch.pool import Maker
from pipeline.config import BatchLimits
from pipeline.errors import ConfigError
from pipeline.ingest import WorkFiles

DEADLY = "its process died again and again, for want of memory or of [batch] seconds; split the document, or raise what it lacked"


class Actor:
    """A desk on some node of the cluster."""

    def __init__(self, make_desk: Maker) -> None:
        self.desk = make_desk()

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1), pool.time_limit(row["seconds"]):
            done = self.desk.process(pickle.loads(row["jobs"]))
        return {"done": msgspec.msgpack.encode(done)}


def run(jobs: Sequence[WorkFiles], limits: BatchLimits, make_desk: Maker, *, workers: int) -> Iterator[Done]:
    """Every batch on an actor; `workers` 0 means one for each processor of the cluster.

    Raises: ConfigError where Ray is not installed.
    """
    ray = _ray()
    actors = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    waiting = {job.id: job for job in jobs}
    for done in _streamed(list(local.batches(jobs, limits, actors)), limits, make_desk, actors):
        for outcome in done.outcomes:
            waiting.pop(outcome.work, None)
        yield done
    yield from _alone(list(waiting.values()), limits, make_desk)


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise ConfigError(
            'engine "ray" needs Ray, which is not installed: pip install "diptych[ray]"'
        ) from None
    if not ray.is_initialized():
        address = "auto" if os.environ.get("RAY_ADDRESS") else None
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
    return ray


def _streamed(
    batches: Sequence[list[WorkFiles]], limits: BatchLimits, make_desk: Maker, actors: int
) -> Iterator[Done]:
    """All batches through a pool of actors; those that Ray gives up are missing."""
    import ray

    context = ray.data.DataContext.get_current()
    context.max_errored_blocks = -1
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(
        logging.CRITICAL
    )  # the log of the run tells what failed, one line each
    rows = [{"jobs": pickle.dumps(batch), "seconds": local.allowed(batch, limits)} for batch in batches]
    dataset = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
        Actor,
        fn_constructor_args=(make_desk,),
        concurrency=(1, actors),
        num_cpus=1,
        ray_remote_args_fn=lambda: {"max_restarts": -1, "max_task_retries": limits.attempts - 1},
    )
    for row in dataset.iter_rows():
        yield msgspec.msgpack.decode(row["done"], type=Done)


def _alone(jobs: Sequence[WorkFiles], limits: BatchLimits, make_desk: Maker) -> Iterator[Done]:
    """Works of batches that were given up, each in a process of its own, so that a deadly one takes no other with it."""
    import ray

    def process(row: dict[str, Any]) -> bytes:
        return Actor(make_desk)(row)["done"]

    task = ray.remote(num_cpus=1, max_calls=1, max_retries=limits.attempts - 1)(process)
    rows = [{"jobs": pickle.dumps([job]), "seconds": local.allowed([job], limits)} for job in jobs]
    results = [task.remote(row) for row in rows]
    for job, result in zip(jobs, results, strict=True):
        try:
            yield msgspec.msgpack.decode(ray.get(result), type=Done)
        except ray.exceptions.RayError:
            yield Done((failed(job.id, "run", DEADLY),))
