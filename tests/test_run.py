"""The batch without models: pairing, failures, resume, counts in = counts out, identical bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from pipeline import config, run, stages
from pipeline.errors import ConfigError, IngestError
from pipeline.export import tables
from pipeline.parse import Parsers
from pipeline.schema import schema
from pipeline.tools import Tools

EN = "A bridge and its price\n\nThe bridge at Narva cost 2.5 million euros in 2011.\n\nNobody in Riga objected to it."
RU = "Мост и его цена\n\nМост в Нарве обошелся в 2,5 млн евро в 2011 году.\n\nВ Риге никто не возражал против него."
SETTINGS = config.load()


@pytest.fixture(autouse=True)
def without_models(monkeypatch: pytest.MonkeyPatch, fake_parsers: Parsers) -> None:
    monkeypatch.setattr(run, "_loaded", {SETTINGS.sha256(): Tools(SETTINGS, fake_parsers)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    (source / "bridge.en.txt").write_text(EN, encoding="utf-8")
    (source / "bridge.ru.txt").write_bytes(RU.encode("cp1251"))
    return source


def files(out: Path) -> dict[str, bytes]:
    """What a run made, but for the log and the manifest, which hold times."""
    timed = ("log.jsonl", "run.json")
    return {
        str(p.relative_to(out)): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and p.name not in timed
    }


def test_a_pair_becomes_one_valid_work_with_tables_and_report(folder: Path, tmp_path: Path) -> None:
    summary = run.run([folder], tmp_path / "out", SETTINGS)
    assert (summary.works, summary.written, summary.failures) == (1, 1, ())
    work = json.loads((tmp_path / "out/works/bridge.json").read_bytes())
    jsonschema.Draft202012Validator(schema()).validate(work)
    assert work["versions"]["ru"]["source"]["encoding"] == "cp1251"
    assert [b for b in work["alignment"] if b["level"] == "paragraph"]
    assert (tmp_path / "out/report/index.html").exists()
    assert (tmp_path / "out/tables/entities.csv").exists()


def test_two_runs_give_identical_bytes(folder: Path, tmp_path: Path) -> None:
    run.run([folder], tmp_path / "one", SETTINGS)
    run.run([folder], tmp_path / "two", SETTINGS)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_second_run_reuses_what_holds_and_redoes_what_changed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run.run([folder], out, SETTINGS)
    before = files(out)
    assert run.run([folder], out, SETTINGS).reused == 1
    assert files(out) == before
    (folder / "bridge.en.txt").write_text(EN.replace("2.5", "3.5"), encoding="utf-8")
    assert run.run([folder], out, SETTINGS).reused == 0
    assert files(out) != before


def test_a_damaged_work_file_is_made_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run.run([folder], out, SETTINGS)
    whole = (out / "works/bridge.json").read_bytes()
    (out / "works/bridge.json").write_bytes(whole[:500])
    assert run.run([folder], out, SETTINGS).reused == 0
    assert (out / "works/bridge.json").read_bytes() == whole


def test_bad_files_fail_with_one_line_each_and_the_others_go_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "half.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "half.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    (folder / "lone.en.txt").write_text("Trade fell in Norway.\n\nIt rose in Peru.", encoding="utf-8")
    (folder / "works.toml").write_text('[[work]]\nid = "gone"\nen = "gone.en.txt"\nru = "gone.ru.txt"\n')
    summary = run.run([folder], tmp_path / "out", SETTINGS)
    failed = {f.work: f.reason for f in summary.failures}
    assert set(failed) == {"empty", "noise", "half-docx", "half-pdf", "gone"}
    assert all("\n" not in reason for reason in failed.values())
    assert {p.stem for p in (tmp_path / "out/works").glob("*.json")} == {"bridge", "lone"}
    assert summary.works == summary.written + len(failed)
    listed = [json.loads(line) for line in (tmp_path / "out/failures.jsonl").read_text().splitlines()]
    assert {entry["work"] for entry in listed} == set(failed)


def test_two_files_of_one_language_are_refused_by_name(folder: Path, tmp_path: Path) -> None:
    (folder / "bridge.ru.txt").write_text(EN, encoding="utf-8")
    summary = run.run([folder], tmp_path / "out", SETTINGS)
    assert summary.works == 1


def test_nothing_to_read_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no documents found"):
        run.run([], tmp_path / "out", SETTINGS)


def test_an_unknown_engine_names_the_allowed_ones(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Allowed: local, ray"):
        run.run([folder], tmp_path / "out", SETTINGS, engine="rai")


def test_a_stage_that_fails_leaves_the_other_layers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no such rule")

    monkeypatch.setattr(stages.events, "extract", broken)
    summary = run.run([folder], tmp_path / "out", SETTINGS)
    assert [(f.work, f.stage, f.reason) for f in summary.failures] == [
        ("bridge", "events.en", "RuntimeError: no such rule"),
        ("bridge", "events.ru", "RuntimeError: no such rule"),
    ]
    work = json.loads((tmp_path / "out/works/bridge.json").read_bytes())
    assert work["versions"]["en"]["events"] is None
    assert work["versions"]["en"]["quantities"] is not None


@pytest.mark.models
def test_the_same_bytes_whatever_order_python_gives_its_sets() -> None:
    """Python's hashes differ from process to process; nothing that is written may depend on them."""
    demo = Path(__file__).parent.parent / "corpora" / "demo" / "moldova-energy"
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "compare",
        f"{demo}.en.txt",
        f"{demo}.ru.txt",
    ]
    first, second = (
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert len(first) > 10_000


def test_without_pyarrow_log_and_terminal_say_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "has_pyarrow", lambda: False)
    summary = run.run([folder], tmp_path / "out", SETTINGS)
    assert summary.notes == (tables.NO_PARQUET,)
    assert "pip install" in (tmp_path / "out/log.jsonl").read_text(encoding="utf-8")
    assert not list((tmp_path / "out/tables").glob("*.parquet"))
    monkeypatch.undo()
    assert run.run([folder], tmp_path / "out", SETTINGS).notes == ()
    assert list((tmp_path / "out/tables").glob("*.parquet"))
