"""The Ray engine on a local cluster that the test starts: the works, tables and pages of the local engine."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import config, parse, run
from pipeline.batch import cluster
from pipeline.errors import ConfigError
from pipeline.tools import Tools
from tests import fake_parser
from tests.test_batch.conftest import SETTINGS, made

SMALL = msgspec.structs.replace(
    SETTINGS, batch=msgspec.structs.replace(SETTINGS.batch, batch_works=2, attempts=2)
)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    found = pytest.importorskip("ray", reason='Ray is not installed: pip install "diptych[ray]"')
    root = str(Path(__file__).parents[2])
    env = {"PYTHONPATH": os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])}
    found.init(
        num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR",
        runtime_env={"env_vars": env},
    )  # fmt: skip
    yield found
    found.shutdown()


class Deadly(fake_parser.FakeBackend):
    """A parser that some words kill."""

    def sentences(self, texts):  # type: ignore[no-untyped-def]
        texts = list(texts)
        if any("kill me" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        yield from super().sentences(texts)


def deadly_tools(settings: config.Config) -> Tools:
    return Tools(settings, parse.Parsers(settings, {"en": Deadly(), "ru": Deadly()}))


def test_ray_makes_what_the_local_engine_makes_and_only_the_deadly_work_fails(
    ray: Any, corpus: Path, tmp_path: Path
) -> None:
    (corpus / "bad.en.txt").write_bytes(b"")
    run.run([corpus], tmp_path / "local", SMALL, make_tools=fake_parser.tools)
    summary = run.run(
        [corpus], tmp_path / "ray", SMALL, engine="ray", workers=2, make_tools=fake_parser.tools
    )
    assert (summary.works, summary.written, summary.failed) == (7, 6, 1)
    assert made(tmp_path / "local") == made(tmp_path / "ray")

    (corpus / "w2.en.txt").write_text("A bridge. Please kill me here.", encoding="utf-8")
    summary = run.run([corpus], tmp_path / "ray", SMALL, engine="ray", workers=2, make_tools=deadly_tools)
    assert (summary.written, summary.reused) == (5, 5)
    assert [f.work for f in summary.failures] == ["bad", "w2"]
    assert summary.failures[1].reason.startswith("its process died again and again")


def test_without_ray_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(ConfigError, match=r'pip install "diptych\[ray\]"'):
        next(cluster.run([], SETTINGS.batch, dict, workers=1))
