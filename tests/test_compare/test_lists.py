"""Members of lists that the other version's list lacks."""

import pytest

from pipeline.compare import lists
from pipeline.compare.pairs import Pair
from tests.test_compare.parsed import side

ENGLISH = """
They PRON 1 nsubj
left VERB 1 root
justice NOUN 1 obj
, PUNCT 5 punct
the DET 5 det
environment NOUN 2 conj
and CCONJ 7 cc
culture NOUN 2 conj
"""
LACKING = """
Они PRON 1 nsubj
оставили VERB 1 root
юстицию NOUN 1 obj
и CCONJ 4 cc
культуру NOUN 2 conj
"""
SPARE = (
    LACKING
    + """природы NOUN 4 nmod
"""
)


def test_a_list_names_its_members() -> None:
    english = side("en", ENGLISH)
    assert [[english.words[n].token.text for n in one] for one in lists.lists(english)] == [
        ["justice", "environment", "culture"]
    ]


@pytest.mark.parametrize(("russian", "lost"), [(LACKING, ["the environment"]), (SPARE, [])])
def test_a_member_is_lost_where_no_word_is_left_for_it(russian: str, lost: list[str]) -> None:
    pair = Pair(side("en", ENGLISH), side("ru", russian), 1.0)
    found = lists.lost(pair, "en", ())
    assert [" ".join(w.token.text for w in pair.en.words[one.first : one.stop]) for one in found] == lost


def test_the_longer_list_has_lost_nothing() -> None:
    pair = Pair(side("en", ENGLISH), side("ru", LACKING), 1.0)
    assert not list(lists.lost(pair, "ru", ()))
