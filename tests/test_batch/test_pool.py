"""Workers as processes: their results are those of one process, and only the work that kills its worker fails."""

import multiprocessing
import os
import random
import re
import signal
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pipeline import config, run
from pipeline.batch import local, pool
from pipeline.batch.outcome import Outcome, Summary
from pipeline.batch.pool import Task
from pipeline.ingest import WorkFiles
from pipeline.tools import Tools
from tests import fake_parser
from tests.test_batch.conftest import SETTINGS, made, pair

Go = Callable[..., Summary]

SMALL = msgspec.structs.replace(
    SETTINGS,
    batch=msgspec.structs.replace(SETTINGS.batch, batch_works=2, seconds=5, seconds_per_kilobyte=0.1),
)
"""Batches of two works, so that six make three."""

POISON = re.compile("kill (me|once|slowly)")


class Deadly(fake_parser.FakeBackend):
    """A parser that some words kill."""

    def sentences(self, texts):  # type: ignore[no-untyped-def]
        texts = list(texts)
        for found in filter(None, map(POISON.search, texts)):
            once = Path(os.environ["DIPTYCH_TEST_ONCE"])
            if found[1] == "slowly":
                while True:
                    pass
            if found[1] == "me" or not once.exists():
                once.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        yield from super().sentences(texts)


def deadly_tools(settings: config.Config) -> Tools:
    from pipeline import parse

    return Tools(settings, parse.Parsers(settings, {"en": Deadly(), "ru": Deadly()}))


posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that begin as copies of the test's process: at once, with everything imported."""
    monkeypatch.setattr(pool, "METHOD", "fork")


@pytest.fixture
def once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPTYCH_TEST_ONCE", str(tmp_path / "once"))


@posix
@pytest.mark.usefixtures("forked")
def test_an_old_worker_gives_way_to_a_fresh_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LIFE", 2)
    with pool.Pool(Named, 1) as hands:
        named = [result for _, result in hands.run(deque(Task("process_id", None) for _ in range(5)))]
    assert [named.count(one) for one in dict.fromkeys(named)] == [2, 2, 1]


class Named:
    """A desk whose work is to say which process it stands in."""

    def process_id(self, argument: object) -> int:
        return os.getpid()


@posix
@pytest.mark.usefixtures("forked")
def test_two_workers_make_what_one_process_makes(go: Go, tmp_path: Path) -> None:
    seen: list[Outcome] = []
    go(tmp_path / "here")
    summary = go(tmp_path / "there", SMALL, workers=2, on_done=lambda outcome, total: seen.append(outcome))
    assert (summary.written, len(seen)) == (6, 6)
    assert made(tmp_path / "here") == made(tmp_path / "there")


@posix
@pytest.mark.usefixtures("forked", "once")
def test_only_the_works_that_kill_their_worker_fail(corpus: Path, tmp_path: Path) -> None:
    (corpus / "w1.en.txt").write_text("A bridge. Please kill slowly here.", encoding="utf-8")
    (corpus / "w2.en.txt").write_text("A bridge. Please kill me here.", encoding="utf-8")
    settings = msgspec.structs.replace(SMALL, batch=msgspec.structs.replace(SMALL.batch, seconds=2))
    summary = run.run([corpus], tmp_path / "out", settings, workers=2, make_tools=deadly_tools)
    assert (summary.works, summary.written, summary.failed) == (6, 4, 2)
    slow, dead = summary.failures
    assert (slow.work, slow.stage, dead.work, dead.stage) == ("w1", "run", "w2", "run")
    assert slow.reason.startswith("it used more processor time than [batch] seconds")
    assert dead.reason.startswith("the system killed the worker (SIGKILL), probably for want of memory")


@posix
@pytest.mark.usefixtures("forked", "once")
def test_a_worker_killed_once_costs_only_another_try(corpus: Path, tmp_path: Path) -> None:
    (corpus / "w2.en.txt").write_text("A bridge. Please kill once here.", encoding="utf-8")
    summary = run.run([corpus], tmp_path / "out", SMALL, workers=1, make_tools=deadly_tools)
    assert (summary.written, summary.failures) == (6, ())
    assert "tried again" in (tmp_path / "out/log.jsonl").read_text()
    run.run([corpus], tmp_path / "fresh", SMALL, make_tools=deadly_tools)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


class Counter:
    """A desk that only counts."""

    def double(self, number: int) -> int:
        return 2 * number


def test_tasks_added_on_the_way_are_done_too() -> None:
    tasks = deque([Task("double", 1)])
    found = []
    with pool.Pool(Counter, 1) as hands:
        for task, result in hands.run(tasks):
            found.append(result)
            if task.argument < 4:
                tasks.append(Task("double", task.argument + 1))
        assert found == [2, 4, 6, 8]
        worker = hands.hands[0].process.pid
        assert [result for _, result in hands.run(deque([Task("double", 5)]), lambda: found.append(0))] == [
            10
        ]
        assert (found[-1], hands.hands[0].process.pid) == (0, worker)


@posix
@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.usefixtures("forked")
def test_a_run_killed_at_random_moments_ends_with_the_same_bytes(tmp_path: Path, workers: int) -> None:
    for number in range(24):
        pair(tmp_path / "in", f"w{number}", number + 2)

    def whole(out: Path, workers: int) -> None:
        run.run([tmp_path / "in"], out, SMALL, workers=workers, make_tools=fake_parser.tools)

    out, chance, killed = tmp_path / "out", random.Random(7), 0
    for _ in range(10):
        begun = multiprocessing.get_context("fork").Process(target=whole, args=(out, workers))
        begun.start()
        works = chance.randint(1, 24)  # kill when so many are there, wherever the run then is
        while begun.is_alive() and len(list(out.glob("works/*.json"))) < works:
            time.sleep(0.001)
        time.sleep(chance.random() / 20)
        killed += begun.is_alive()
        begun.kill()
        begun.join()
    assert killed
    whole(out, 0)
    whole(tmp_path / "unbroken", 0)
    assert made(out) == made(tmp_path / "unbroken")


def test_large_works_come_first_and_the_last_batches_are_small(tmp_path: Path) -> None:
    jobs = []
    for number, size in enumerate([10_000] * 20 + [90_000]):
        file = tmp_path / f"d{number:02}.en.txt"
        file.write_bytes(b"x" * size)
        jobs.append(WorkFiles(id=f"d{number:02}", paths=(("en", file),)))
    for workers in (1, 2):
        cut = list(local.batches(jobs, SETTINGS.batch, workers))
        assert sorted(job.id for batch in cut for job in batch) == [job.id for job in jobs]
        assert [job.id for job in cut[0]] == ["d20"]
        assert len(cut[-1]) == {1: 5, 2: 1}[workers]


def test_every_part_of_the_tables_is_written_without_workers_too(go: Go, tmp_path: Path) -> None:
    parts = msgspec.structs.replace(SETTINGS, batch=msgspec.structs.replace(SETTINGS.batch, part_works=2))
    go(tmp_path / "parts", parts)
    go(tmp_path / "whole")
    assert (
        len(list((tmp_path / "parts/cache/tables").glob("*.key"))) == 4
    )  # three parts, and what is published
    one, other = (made(tmp_path / name)["tables/works.csv"] for name in ("parts", "whole"))
    assert one == other
