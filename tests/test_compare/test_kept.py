"""The rows of terms that translators keep: their form, and that a term excuses itself."""

import pytest

from pipeline import languages
from pipeline.compare import kept

ROWS = [
    (section, row, line) for section, rows in languages.shared("kept").items() for row, line in rows.items()
]


@pytest.mark.parametrize(("section", "row", "line"), ROWS, ids=[row for _, row, _ in ROWS])
def test_a_row_has_four_fields_in_small_letters(section: str, row: str, line: str) -> None:
    assert section in kept.CLASSES
    assert line.count("|") == 3
    assert line == line.lower().replace("ё", "е")
    en, ru, *_ = line.split("|")
    assert en.strip() or ru.strip()


@pytest.mark.parametrize("lang", kept.LANGS)
def test_no_term_belongs_to_two_rows(lang: str) -> None:
    owners: dict[tuple[frozenset[str], tuple[str, ...]], str] = {}
    for terms in kept._table(lang).terms.values():  # type: ignore[arg-type]
        for term in terms:
            assert owners.setdefault((term.pos, term.words), term.row) == term.row


@pytest.mark.parametrize("lang", kept.LANGS)
def test_every_row_can_be_excused(lang: str) -> None:
    assert all(kept._table(lang).renders.values())  # type: ignore[arg-type]
