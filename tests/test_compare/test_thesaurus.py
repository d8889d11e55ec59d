"""The thesaurus: whole, and at one with itself."""

import csv
from collections import Counter
from importlib import resources

from pipeline import languages
from pipeline.align.stem import stem
from pipeline.compare import thesaurus


def _rows() -> list[dict[str, str]]:
    text = resources.files(languages).joinpath(thesaurus.FILE).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def test_every_row_has_a_headword_of_its_own_and_renderings() -> None:
    rows = _rows()
    assert len(rows) > 6000
    assert [word for word, n in Counter(row["headword"] for row in rows).items() if n > 1] == []
    assert [row["headword"] for row in rows if not row["renderings"].strip() or None in row.values()] == []


def test_languages_keep_to_their_columns() -> None:
    for row in _rows():
        assert languages.script(row["headword"])[0] in ("en", None)
        assert languages.script(row["renderings"])[0] in ("ru", None), row


def test_what_renders_a_headword_is_not_excluded() -> None:
    for entry in thesaurus.entries():
        assert not set(entry.renderings) & {*entry.opposites, *entry.others}, entry.english


def test_synonyms_share_the_renderings() -> None:
    assert thesaurus.renders(stem("mediation"), stem("посредничество"))
    assert not thesaurus.renders(stem("mediation"), stem("арбитраж"))
