"""Resume by content: what holds is kept, what changed is made again, a failure is never remembered."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pipeline import config, run, shipped, stages
from pipeline.batch import selection
from pipeline.batch.outcome import Summary
from pipeline.errors import ConfigError, DiptychError
from tests import fake_parser
from tests.test_batch.conftest import SETTINGS, made

Go = Callable[..., Summary]


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stages that were computed and not remembered, in order."""
    calls: list[str] = []
    real = stages._computed

    def spy(stage: stages.Stage, *rest: object) -> object:
        calls.append(stage.layer)
        return real(stage, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "_computed", spy)
    return calls


def changed_codebook(folder: Path) -> config.Config:
    text = shipped.path("configs/codebooks/neighbour-influence.toml").read_text(encoding="utf-8")
    file = folder / "mine.toml"
    file.write_text(text.replace('version = "', 'version = "9', 1), encoding="utf-8")
    return msgspec.structs.replace(SETTINGS, codebook=str(file))


def test_an_unchanged_run_computes_nothing(go: Go, tmp_path: Path, computed: list[str]) -> None:
    go(tmp_path / "out")
    before = made(tmp_path / "out")
    computed.clear()
    summary = go(tmp_path / "out")
    assert (summary.reused, computed) == (6, [])
    assert made(tmp_path / "out") == before


def test_a_changed_codebook_recomputes_factors_and_what_depends_on_them(
    go: Go, tmp_path: Path, computed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go(tmp_path / "out")
    computed.clear()
    monkeypatch.setattr(fake_parser.FakeBackend, "sentences", None)  # no text is parsed again
    settings = changed_codebook(tmp_path)
    assert go(tmp_path / "out", settings).reused == 0
    assert set(computed) == {"factors", "passages"}
    monkeypatch.undo()
    go(tmp_path / "fresh", settings)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_a_changed_text_changes_only_its_work(go: Go, corpus: Path, tmp_path: Path) -> None:
    go(tmp_path / "out")
    file = corpus / "w3.en.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Narva", "Riga"), encoding="utf-8")
    assert go(tmp_path / "out").reused == 5
    go(tmp_path / "fresh")
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_a_failure_is_never_remembered(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, computed: list[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such rule")

    with monkeypatch.context() as patch:
        patch.setattr(stages.events, "extract", broken)
        assert len(go(tmp_path / "out").failures) == 12
    computed.clear()
    assert go(tmp_path / "out").failures == ()
    assert set(computed) == {"events"}
    go(tmp_path / "fresh")
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


@pytest.mark.parametrize("damage", [b"", b"noise", None])
def test_a_damaged_cache_is_one_line_in_the_log_and_changes_nothing(
    go: Go, tmp_path: Path, damage: bytes | None
) -> None:
    out = tmp_path / "out"
    go(out)
    before = made(out)
    file = out / "cache/w2.bin"
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if damage is None else damage)
    assert go(out).reused == 5
    assert made(out) == before
    notes = [
        n for line in (out / "log.jsonl").read_text().splitlines() for n in json.loads(line).get("notes", ())
    ]
    assert [note for note in notes if "w2.bin" in note and "\n" not in note]


def test_a_missing_work_or_page_is_made_again(go: Go, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(out)
    before = made(out)
    (out / "works/w1.json").unlink()
    (out / "report/works/w2.html").unlink()
    (out / "tables/entities.csv").unlink()
    assert go(out).reused == 5
    assert made(out) == before


def test_only_failed_looks_at_what_failed_or_is_not_there(go: Go, corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (corpus / "w9.en.txt").write_bytes(b"")
    assert [f.work for f in go(out).failures] == ["w9"]
    (corpus / "w9.en.txt").write_text("A bridge was built at Narva.", encoding="utf-8")
    (corpus / "w1.en.txt").write_text("Nobody asked about this one.", encoding="utf-8")
    seen: list[str] = []
    summary = go(out, only_failed=True, on_done=lambda outcome, total: seen.append(outcome.work))
    assert seen == ["w9"]
    assert (summary.works, summary.written, summary.reused, summary.failed, summary.left) == (7, 7, 6, 0, 0)
    assert (out / "failures.jsonl").read_bytes() == b""


def test_since_leaves_older_works_alone_and_counts_them(go: Go, corpus: Path, tmp_path: Path) -> None:
    for file in corpus.iterdir():
        os.utime(file, (0, 0))
    os.utime(corpus / "w4.ru.txt")
    summary = go(tmp_path / "out", since="1d")
    assert (summary.works, summary.written, summary.left, summary.failed) == (6, 1, 5, 0)


@pytest.mark.parametrize("wrong", ["yesterday", "7", "2024-13-01", "-3d"])
def test_a_wrong_since_names_what_is_allowed(wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"no date or span of time; write 2024-03-31"):
        selection.moment(wrong)


def test_a_back_end_that_does_not_exist_is_one_error_at_the_start(corpus: Path, tmp_path: Path) -> None:
    parsers = {**SETTINGS.parse, "ru": config.Parser(backend="stanze", model="x")}
    with pytest.raises(ConfigError, match=r"parse\.ru\.backend: unknown back end"):
        run.run([corpus], tmp_path / "out", msgspec.structs.replace(SETTINGS, parse=parsers))
    assert not (tmp_path / "out").exists()


def test_the_manifest_says_what_was_made_from_what(go: Go, tmp_path: Path) -> None:
    go(tmp_path / "out")
    manifest = json.loads((tmp_path / "out/run.json").read_bytes())
    assert manifest["counts"] == {
        "works": 6, "written": 6, "reused": 0, "failed": 0, "left": 0, "failures": 0
    }  # fmt: skip
    assert manifest["config_sha256"] == SETTINGS.sha256()
    assert manifest["made_by"]["codebook"]["id"] == "neighbour-influence"
    assert {"ingest", "entities", "alignment", "write", "report"} <= set(manifest["seconds_by_stage"])
    assert manifest["packages"]["spacy"]
    go(tmp_path / "two")
    assert json.loads((tmp_path / "two/run.json").read_bytes())["works_sha256"] == manifest["works_sha256"]


def test_the_log_has_a_line_for_every_event(go: Go, tmp_path: Path) -> None:
    go(tmp_path / "out")
    events = [json.loads(line) for line in (tmp_path / "out/log.jsonl").read_text().splitlines()]
    assert [e["event"] for e in events] == ["start", *["written"] * 6, "end"]
    assert all(e["time"] for e in events)


def test_an_output_that_cannot_be_written_is_one_line(go: Go, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(DiptychError, match="out: File exists; give a folder that can be written with --out"):
        go(tmp_path / "out")
