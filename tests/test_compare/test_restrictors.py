"""Restrictions that the Russian version does not say."""

import pytest

from pipeline.compare import restrictors
from pipeline.compare.pairs import Pair
from tests.test_compare.parsed import side

ENGLISH = """
They PRON 1 nsubj
closed VERB 1 root
only ADV 5 advmod
the DET 5 det
justice NOUN 5 compound
dam NOUN 1 obj
"""
LOST = """
Они PRON 1 nsubj
закрыли VERB 1 root
плотину NOUN 1 obj
юстиции NOUN 2 nmod
"""
KEPT = """
Они PRON 1 nsubj
закрыли VERB 1 root
лишь PART 3 advmod
плотину NOUN 1 obj
юстиции NOUN 3 nmod
"""


@pytest.mark.parametrize(("russian", "lost"), [(LOST, ["only the justice"]), (KEPT, [])])
def test_a_restriction_is_lost_where_no_word_renders_it(russian: str, lost: list[str]) -> None:
    pair = Pair(side("en", ENGLISH), side("ru", russian), 1.0)
    assert [pair.en.version.text[one.start : one.end] for one in restrictors.lost(pair)] == lost


def test_every_row_reads_both_languages() -> None:
    assert all(row.said.pattern and row.rendered.pattern for row in restrictors._rows())
