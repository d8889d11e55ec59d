"""Files become works: by name, by manifest, in one file; nothing is dropped, nothing stops the others."""

import random

import pytest

from pipeline import config, ingest
from pipeline.errors import ConfigError


def works(*paths):
    return list(ingest.works(paths, config.load()))


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text of a file.", encoding="utf-8")


def shown(found, folder):
    return [
        (w.id, [(lang, path.relative_to(folder).as_posix()) for lang, path in w.paths], bool(w.error))
        for w in found
    ]


def test_versions_are_paired_by_name(tmp_path):
    touch(
        tmp_path,
        "a.en.txt",
        "a.ru.txt",
        "b_en.html",
        "b_ru.docx",
        "sub/c-ru.pdf",
        "sub/c-en.txt",
        "d.txt",
        "e.en.txt",
    )
    assert shown(works(tmp_path), tmp_path) == [
        ("a", [("en", "a.en.txt"), ("ru", "a.ru.txt")], False),
        ("b", [("en", "b_en.html"), ("ru", "b_ru.docx")], False),
        ("d", [(None, "d.txt")], False),
        ("e", [("en", "e.en.txt")], False),
        ("sub-c", [("en", "sub/c-en.txt"), ("ru", "sub/c-ru.pdf")], False),
    ]


def test_two_paths_of_one_work_are_paired(tmp_path):
    touch(tmp_path, "a.en.txt", "a.ru.txt")
    found = works(tmp_path / "a.ru.txt", tmp_path / "a.en.txt", tmp_path / "a.en.txt")
    assert shown(found, tmp_path) == [("a", [("en", "a.en.txt"), ("ru", "a.ru.txt")], False)]


def test_nothing_is_dropped(tmp_path):
    touch(tmp_path, "a.txt", "table.xlsx", ".hidden", "README.md", "noending")
    found = works(tmp_path, tmp_path / "gone.txt")
    assert [(w.id, bool(w.error)) for w in found] == [
        ("a", False),
        ("noending", True),
        ("table", True),
        ("gone", True),
    ]
    assert 'files of type ".xlsx" cannot be read' in found[2].error
    assert "no such file" in found[3].error


def test_an_empty_folder_is_said(tmp_path):
    assert "holds no files" in works(tmp_path)[0].error


def test_ids_are_unique_and_do_not_depend_on_the_order(tmp_path):
    names = ["a.txt", "a.html", "A.docx", "b/a.txt", "b-a.txt", "ф ы.txt"]
    touch(tmp_path, *names)
    found = works(tmp_path)
    assert len({w.id.lower() for w in found}) == len(names)
    assert found == works(tmp_path)
    random.Random(1).shuffle(names)
    assert {w.id for w in works(*(tmp_path / name for name in names if "/" not in name))} >= {
        "a-txt",
        "a-html",
    }
    assert all("/" not in w.id and " " not in w.id for w in found)


MANIFEST = """
[[work]]
id = "memo"
en = "texts/memo-english.txt"
ru = "texts/zapiska.txt"
title = "Memo"
date = 2020-05-06

[[work]]
file = "both.txt"

[[work]]
id = "half"
en = "texts/half.txt"
ru = "texts/gone.txt"
"""


def test_manifest(tmp_path):
    touch(tmp_path, "texts/memo-english.txt", "texts/zapiska.txt", "both.txt", "texts/half.txt", "extra.txt")
    (tmp_path / "works.toml").write_text(MANIFEST, encoding="utf-8")
    found = {w.id: w for w in works(tmp_path)}
    assert sorted(found) == ["both", "extra", "half", "memo"]
    assert found["memo"].meta == {"title": "Memo", "date": "2020-05-06"}
    assert [lang for lang, _ in found["memo"].paths] == ["en", "ru"]
    assert [lang for lang, _ in found["both"].paths] == [None]
    assert "no such file: ru = texts/gone.txt" in found["half"].error
    assert found["extra"].error is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[work]]\nen = "a.txt"\ntitel = "A"', 'work 1: unknown key "titel"; did you mean "title"'),
        ("works = 1", 'unknown key "works"; did you mean "work"'),
        ("[[work]]\nen = 3", "work 1"),
        ('[[work]]\nid = "x"', "give the versions as en and ru"),
        ("[[work", "not TOML"),
        ("work = 3", "list of tables"),
    ],
)
def test_faulty_manifest(tmp_path, text, says):
    (tmp_path / "works.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        works(tmp_path / "works.toml")
    assert says in str(error.value)
