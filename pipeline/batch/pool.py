"""Workers as processes: each loads the models once, and the death of one costs nothing but another try.

A batch whose worker died is tried again work by work, so that only the work that kills its worker fails. A work may
use a limited processor time: a text that sends a regular expression or a PDF parser round in circles is stopped.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""One thread a worker: several workers with several threads each only wait for one another."""
BLOCK = "8000000"
"""Bytes from which the C library takes memory from the system for one block alone, and gives it back: what a batch needed for a
while does not stay with the worker, nor in pieces between what stays. Smaller blocks are asked for so often that taking and
giving them costs time: with a million bytes a seventh of all processor time, for 20 MB less (300 small documents)."""
SURROUNDINGS = {
    **dict.fromkeys(THREADS, "1"),
    **dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), BLOCK),
}


METHOD = "spawn"
"""How a worker begins: as a fresh process, the same on every system and safe with the threads of numerical libraries."""


ORPHANED = 2.0
"""Seconds after which an idle worker looks whether its main process is still there."""


LIFE = 60
"""Tasks after which a worker gives way to a fresh one, so that what it has learnt of words (spaCy's strings, vectors, readings)
does not grow for ever: a million names that no two documents share are half a gigabyte. Some four minutes' batches, for
four seconds of starting."""


class Task(NamedTuple):
    """A call for a worker: a method of its desk and the argument; `tries` counts workers that died on it."""

    verb: str
    argument: Any
    seconds: float = 0.0
    tries: int = 0


class Lost(NamedTuple):
    """A task whose worker died: of what, whether another try may help, and what the user can do."""

    reason: str
    again: bool = True
    advice: str = "run again with fewer --workers, or split the document"


class Maker(Protocol):
    """Makes the desk inside the worker, where the models will live."""

    def __call__(self) -> Any: ...


class Worker:
    """One process and the task it is at."""

    def __init__(self, make_desk: Maker) -> None:
        context = get_context(METHOD)
        self.pipe, there = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(there, make_desk), daemon=True)  # type: ignore[attr-defined]
        with _surroundings():
            self.process.start()
        there.close()
        self.task: Task | None = None
        self.given = 0

    def give(self, task: Task) -> None:
        self.task = task
        self.given += 1
        with suppress(OSError):  # a worker that has died already is found dead when its answer is read
            self.pipe.send(task)

    def take(self) -> Any:
        """The answer to the task, or what the worker died of."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(10)
            return lost(self.process.exitcode)

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(10)


class Pool:
    """Workers that start when there is something to do for them, and stay, with their models, until the pool is closed or
    they have grown old."""

    def __init__(self, make_desk: Maker, size: int) -> None:
        self.make_desk, self.size = make_desk, size
        self.hands: list[Worker] = []

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *error: object) -> None:
        for hand in self.hands:
            hand.stop()
        self.hands.clear()

    def run(
        self, tasks: deque[Task], meanwhile: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[Task, Any]]:
        """The tasks with their results as they are done. The caller may append tasks while it looks at results;
        `meanwhile` is what this process does once all workers are busy."""
        self._hand_out(tasks)
        meanwhile()
        while any(hand.task for hand in self.hands):
            ready = connection.wait([hand.pipe for hand in self.hands if hand.task])
            for hand in [hand for hand in self.hands if hand.pipe in ready]:
                result, task = hand.take(), hand.task
                hand.task = None
                if isinstance(result, Lost):
                    self.hands.remove(hand)
                    hand.stop()
                assert task is not None, "only a worker with a task answers"
                yield task, result
            self._hand_out(tasks)

    def _hand_out(self, tasks: deque[Task]) -> None:
        for hand in [hand for hand in self.hands if hand.task is None]:
            if tasks and hand.given >= LIFE:
                self.hands.remove(hand)
                hand.stop()
            elif tasks:
                hand.give(tasks.popleft())
        while tasks and len(self.hands) < self.size:
            self.hands.append(Worker(self.make_desk))
            self.hands[-1].give(tasks.popleft())


@contextmanager
def _surroundings() -> Iterator[None]:
    """The environment in which a worker is born."""
    before = {name: os.environ.get(name) for name in SURROUNDINGS}
    os.environ.update(SURROUNDINGS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(pipe: Any, make_desk: Maker) -> None:
    """The life of a worker: task after task, until the other end of the pipe is closed or the main process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process decides what an interrupt means
    desk, parent = make_desk(), os.getppid()
    while True:
        try:
            while not pipe.poll(ORPHANED):
                if os.getppid() != parent:
                    return
            task = pipe.recv()
        except (EOFError, OSError):
            return
        with time_limit(task.seconds):
            result = getattr(desk, task.verb)(task.argument)
        with suppress(OSError):
            pipe.send(result)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let the system kill this process when it has used so much processor time (where the system can: not Windows)."""
    if seconds <= 0 or not hasattr(signal, "ITIMER_PROF"):
        yield
        return
    with suppress(ValueError):  # in a thread, as in Ray's actors, it cannot be set and is the default anyway
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def lost(code: int | None) -> Lost:
    """What a worker died of, by its exit code.

    >>> lost(-9).reason
    'the system killed the worker (SIGKILL), probably for want of memory'
    """
    name = ""
    if code is not None and code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
    if name == "SIGPROF":
        allowed = "it used more processor time than [batch] seconds and seconds_per_kilobyte allow"
        return Lost(allowed, again=False, advice="raise them in the configuration if the document is real")
    if name == "SIGKILL":
        return Lost("the system killed the worker (SIGKILL), probably for want of memory")
    return Lost(f"the worker crashed ({name})" if name else f"the worker left with exit code {code}")
