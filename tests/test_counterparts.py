"""Statements of one bead name each other."""

import msgspec

from pipeline import counterparts
from pipeline.document import Work
from tests.report_specimen import alone, specimen


def test_a_statement_and_its_translation_name_each_other() -> None:
    work = specimen()
    versions = counterparts.linked(work)
    (en,) = [s for s in versions["en"].statements or () if s.pair]
    (ru,) = [s for s in versions["ru"].statements or () if s.pair]
    assert (en.pair, ru.pair) == (ru.id, en.id)


def test_without_a_common_bead_nothing_is_linked() -> None:
    work = msgspec.structs.replace(specimen(), alignment=())
    assert not [s for v in counterparts.linked(work).values() for s in v.statements or () if s.pair]


def test_nothing_else_changes() -> None:
    work = specimen()
    versions = counterparts.linked(work)
    for lang, version in versions.items():
        plain = tuple(msgspec.structs.replace(s, pair=None) for s in version.statements or ())
        assert msgspec.structs.replace(version, statements=plain) == work.versions[lang]


def test_one_version_is_left_as_it_is() -> None:
    work: Work = alone()
    assert counterparts.linked(work) == work.versions
