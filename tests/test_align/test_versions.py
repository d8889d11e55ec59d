"""Two versions with paragraphs: paragraphs first, sentences inside them, partial versions, formats and files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import config
from pipeline.align import align_versions, command, formats
from pipeline.align.evaluate import parallel_sentences
from pipeline.document import Bead, Version
from pipeline.errors import ConfigError, IngestError

LABELLED = Path(__file__).parents[2] / "corpora" / "labelled"
PAIRS = [pair for _, pair in parallel_sentences(LABELLED / "asia.jsonl")]
Make = Callable[..., Version]


def text(side: int, paragraphs: list[list[int]]) -> str:
    return "\n\n".join(" ".join(PAIRS[k][side] for k in p) for p in paragraphs)


def of(beads: tuple[Bead, ...], level: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(b.en, b.ru) for b in beads if b.level == level]


def test_paragraphs_that_share_sentences_belong_together(make_version: Make) -> None:
    en = make_version(text(0, [[0, 1, 2], [3, 4], [5, 6, 7]]), "en")
    ru = make_version(text(1, [[0, 1, 2], [3, 4, 5, 6, 7]]), "ru")
    beads = align_versions(en, ru)
    assert of(beads, "paragraph") == [((0,), (0,)), ((1, 2), (1,))]
    assert all(b.en and b.ru for b in beads)


def test_an_abstract_finds_its_paragraphs_and_the_rest_is_null(make_version: Make) -> None:
    en = make_version(text(0, [list(range(k, k + 4)) for k in range(0, 48, 4)]), "en")
    ru = make_version(text(1, [[1, 9, 22, 37]]), "ru")
    linked = [(a, b) for a, b in of(align_versions(en, ru), "sentence") if a and b]
    assert len(linked) == 4
    assert sum(len(a) == len(b) == 1 for a, b in linked) >= 3


def test_a_version_without_text_leaves_nulls(make_version: Make) -> None:
    beads = align_versions(make_version(text(0, [[0, 1]]), "en"), make_version("", "ru"))
    assert all(not b.ru for b in beads)


def test_every_format_of_two_documents(tmp_path: Path) -> None:
    paths = []
    for side, lang in enumerate(("en", "ru")):
        paths.append(tmp_path / f"work.{lang}.txt")
        paths[-1].write_text(text(side, [[0, 1, 2], [3, 4]]), encoding="utf-8")
    settings = config.load()
    made = {f: command.align_files(*paths, lines=False, format=f, config=settings) for f in formats.FORMATS}
    rows = json.loads(made["json"])["alignment"]
    assert {row["level"] for row in rows} == {"paragraph", "sentence"}
    beads = [(tuple(r["en"]), tuple(r["ru"])) for r in rows if r["level"] == "sentence"]
    assert [b[:2] for b in formats.read_vecalign(made["vecalign"])] == beads
    assert [b[:2] for b in formats.read_ladder(made["ladder"])] == beads
    assert made["tmx"].count("<tu ") == made["tsv"].count("\n") - 1 == len(beads)


def test_lines_are_parted_by_line_feeds_only(tmp_path: Path) -> None:
    for side, lang in enumerate(("en", "ru")):
        lines = [f"{PAIRS[k][side]}\u2028" for k in range(5)]
        (tmp_path / lang).write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    out = command.align_files(
        tmp_path / "en", tmp_path / "ru", lines=True, format="vecalign", config=config.load()
    )
    assert [b[:2] for b in formats.read_vecalign(out)] == [((k,), (k,)) for k in range(5)]


def test_an_empty_file_of_lines_leaves_nulls(tmp_path: Path) -> None:
    (tmp_path / "en").write_text("One.\n")
    (tmp_path / "ru").write_text("")
    out = command.align_files(
        tmp_path / "en", tmp_path / "ru", lines=True, format="vecalign", config=config.load()
    )
    assert out == "[0]:[]:1.0000\n"


def test_errors_name_the_file_and_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"\xff\xfe\x00")
    settings = config.load()
    with pytest.raises(IngestError, match="not UTF-8 at byte 0"):
        command.align_files(
            tmp_path / "bad", tmp_path / "bad", lines=True, format="vecalign", config=settings
        )
    with pytest.raises(IngestError, match="cannot be read"):
        command.align_files(
            tmp_path / "none", tmp_path / "bad", lines=True, format="vecalign", config=settings
        )
    with pytest.raises(ConfigError, match=r"vecalign"):
        command.align_files(
            tmp_path / "none", tmp_path / "none", lines=True, format="vekalign", config=settings
        )
