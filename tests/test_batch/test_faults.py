"""What goes wrong in a folder of strangers' files: one clear line each, nothing lost, nothing written elsewhere."""

import errno
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import run
from pipeline.batch.outcome import Summary
from pipeline.errors import DiptychError
from pipeline.export import annotated
from tests import fake_parser
from tests.test_batch.conftest import SETTINGS, made

Go = Callable[..., Summary]

DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def docx(body: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    return data.getvalue()


def bomb() -> bytes:
    return docx(DOCUMENT.format("<w:p><w:r><w:t>" + " " * 30_000_000 + "</w:t></w:r></w:p>").encode())


def laughs() -> bytes:
    """The billion laughs: entities of entities."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = DOCUMENT.format("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")
    return docx(f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{body}'.encode())


def deep() -> bytes:
    return (
        b"<div>" * 50_000 + b"Trade fell in Norway, and nobody in Riga objected to it." + b"</div>" * 50_000
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "bomb.docx": (bomb, "unpacks to more than"),
    "laughs.docx": (laughs, "declares XML entities"),
    "deep.html": (deep, None),
    "half.pdf": (lambda: b"%PDF-1.7\n1 0 obj <<", "truncated"),
    "noise.txt": (lambda: bytes(range(256)) * 40, "no text"),
    "empty.txt": (lambda: b"", "empty"),
    "line.html": (lambda: b"<p>" + b"a " * 20_000 + b"</p>", None),
}


def test_hostile_files_are_one_line_each_and_the_good_ones_are_done(
    go: Go, corpus: Path, tmp_path: Path
) -> None:
    for name, (content, _) in HOSTILE.items():
        (corpus / name).write_bytes(content())
    summary = go(tmp_path / "out")
    reasons = {failure.work: failure.reason for failure in summary.failures}
    for name, (_, reason) in HOSTILE.items():
        work = name.split(".")[0]
        assert (work in reasons) == (reason is not None), reasons.get(work)
        assert reason is None or (reason in reasons[work] and "\n" not in reasons[work])
    assert summary.works == summary.written + len(reasons) == 6 + len(HOSTILE)


def test_names_of_files_lead_nowhere(go: Go, corpus: Path, tmp_path: Path) -> None:
    text = "Trade fell in Norway."
    (corpus / "a\nb\x1b[31m.en.txt").write_text(text)
    (corpus / ("long" * 60 + ".txt")).write_text(text)
    (corpus / "..strange..").mkdir()
    (corpus / "..strange.." / "x.txt").write_text(text)
    (corpus / "works.toml").write_text(
        '[[work]]\nid = "../../evil"\nen = "../../../secret.txt"\n[[work]]\nid = "../up"\nen = "w0.en.txt"\n'
    )
    (tmp_path / "secret.txt").write_text("Nobody should read this.")
    summary = go(tmp_path / "out")
    (only,) = summary.failures
    assert "outside the manifest's folder: en = ../../../secret.txt" in only.reason
    assert {path.parent for path in (tmp_path / "out/works").iterdir()} == {tmp_path / "out/works"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "in") == ["out", "secret.txt"]
    assert all(path.name.isprintable() for path in (tmp_path / "out").rglob("*"))


@pytest.mark.skipif(os.name == "nt", reason="names of bytes are those of POSIX systems")
def test_a_name_that_is_no_text_is_one_line(go: Go, corpus: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(corpus) + b"/\xff\xfe.txt")).write_text("Trade fell.")
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    (only,) = go(tmp_path / "out").failures
    assert "the file's name is no UTF-8; rename the file" in only.reason


@pytest.mark.skipif(os.name == "nt", reason="pipes with names are those of POSIX systems")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    summary = run.run([tmp_path / "pipe.txt"], tmp_path / "out", SETTINGS, make_tools=fake_parser.tools)
    assert "a folder, device or pipe, not a file" in summary.failures[0].reason


def test_a_full_disk_stops_the_run_with_one_line_and_keeps_what_is_done(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, real, written = tmp_path / "out", annotated.write_bytes, []

    def filling(data: bytes, path: Path) -> None:
        if path.parent.name == "works" and path.suffix == ".json":
            written.append(path)
            if len(written) > 3:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(data, path)

    small = msgspec.structs.replace(SETTINGS, batch=msgspec.structs.replace(SETTINGS.batch, batch_works=2))
    with monkeypatch.context() as patch:
        patch.setattr(annotated, "write_bytes", filling)
        with pytest.raises(DiptychError, match=r"No space left on device; .* 3 of 6 works are done and kept"):
            go(out, small)
    assert json.loads((out / "log.jsonl").read_text().splitlines()[-1])["event"] == "stopped"
    assert go(out, small).reused == 3
    go(tmp_path / "fresh", small)
    assert made(out) == made(tmp_path / "fresh")


def test_a_work_that_cannot_be_written_is_its_own_failure(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = annotated.write_bytes

    def refusing(data: bytes, path: Path) -> None:
        if path.name == "w2.json":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        real(data, path)

    monkeypatch.setattr(annotated, "write_bytes", refusing)
    summary = go(tmp_path / "out")
    assert [(f.work, f.stage) for f in summary.failures] == [("w2", "write")]
    assert "Permission denied; free space or permissions" in summary.failures[0].reason
    assert summary.written == 5


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), ZeroDivisionError("x")])
def test_a_fault_in_one_work_never_stops_the_others(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from pipeline import align

    real = align.align_versions

    def failing(en: Any, ru: Any) -> Any:
        if "1993" in en.text:
            raise error
        return real(en, ru)

    monkeypatch.setattr(align, "align_versions", failing)
    summary = go(tmp_path / "out")
    assert [(f.work, "\n" in f.reason) for f in summary.failures] == [("w1", False)]
    assert summary.written == 5
