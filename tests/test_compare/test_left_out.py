"""What could be left out of a sentence, which word renders which, and what weighs for a constituent being left out."""

import json

import numpy as np
import pytest

from pipeline import shipped
from pipeline.compare import freely as free
from pipeline.compare import left_out
from pipeline.compare.anchors import Anchor
from pipeline.compare.constituents import constituents
from pipeline.compare.pairs import Pair
from pipeline.compare.renderings import Rendered, Renderings
from pipeline.compare.traits import Traits
from tests.test_compare.parsed import side

ENGLISH = """
The DET 1 det
dam NOUN 10 nsubj
, PUNCT 4 punct
which PRON 4 nsubj
cracked VERB 1 acl:relcl
yesterday ADV 4 advmod
during ADP 7 case
repairs NOUN 4 obl
, PUNCT 4 punct
was AUX 10 aux
closed VERB 10 root
"""
"""Word, part of speech, head, relation."""
RUSSIAN = """
Плотину NOUN 1 obj
закрыли VERB 1 root
"""


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair(side("en", ENGLISH), side("ru", RUSSIAN), 1.0)


def test_a_relative_clause_is_a_constituent_between_its_marks(pair: Pair) -> None:
    clause = next(c for c in constituents(pair.en) if c.relation == "acl:relcl")
    assert [w.token.text for w in pair.en.words[clause.first : clause.stop]] == [
        "which",
        "cracked",
        "yesterday",
        "during",
        "repairs",
    ]
    assert clause.opened
    assert clause.closed
    assert pair.en.words[clause.head].token.text == "dam"


COAST = """
They PRON 1 nsubj
begin VERB 1 root
drills NOUN 1 obj
on ADP 5 case
the DET 5 det
coast NOUN 2 nmod
of ADP 7 case
Tavira PROPN 5 nmod
, PUNCT 11 punct
which PRON 11 nsubj
will AUX 11 aux
last VERB 7 acl:relcl
"""


def test_a_constituent_may_end_before_a_clause_that_hangs_further_below() -> None:
    coast = side("en", COAST)
    found = {" ".join(w.token.text for w in coast.words[c.first : c.stop]) for c in constituents(coast)}
    assert "on the coast of Tavira" in found


def test_each_word_renders_one_other_at_most(pair: Pair) -> None:
    found = Renderings(pair, "en").whole
    assert len(set(found.by.values())) == len(found.by)
    met = {pair.en.words[i].token.text: pair.ru.words[j].token.text for i, j in found.by.items()}
    assert met["dam"] == "Плотину"
    assert met["closed"] == "закрыли"


def test_what_nothing_renders_is_likeliest_left_out(pair: Pair) -> None:
    found = left_out.look(pair, "en").surest()
    assert found is not None
    assert pair.en.words[found.constituent.first].token.text in ("which", "cracked")
    assert left_out.look(pair, "ru").surest() is None


def test_one_addition_more_says_less_where_many_are_usual(pair: Pair) -> None:
    looked = left_out.look(pair, "en")
    assert looked.surplus > 0
    rare, usual = (looked.surest(surplus) for surplus in (0.0, 3.0))
    assert rare is not None
    assert usual is not None
    assert usual.weight < rare.weight


def test_what_has_met_beforehand_is_rendered_word_by_word(pair: Pair) -> None:
    repairs = next(n for n, w in enumerate(pair.en.words) if w.token.text == "repairs")
    rendered = Renderings(pair, "en", [Anchor((repairs,), (0,))]).whole
    assert rendered.ours[repairs] == 1.0
    assert rendered.by[repairs] == 0


FREE = """
The DET 1 det
envoy NOUN 2 nsubj
owes VERB 2 root
much NOUN 2 obj
"""
FREELY = """
Посланник NOUN 1 nsubj
обязан VERB 1 root
многим NOUN 1 obl
"""


def test_words_to_spare_on_one_head_may_render_each_other() -> None:
    freely = Pair(side("en", FREE), side("ru", FREELY), 1.0)
    nothing = Rendered(np.array([0, 0, 1.0, 0]), np.array([0, 1.0, 0]), {2: 1})
    found = free.freely(freely.en, freely.ru, nothing, np.zeros((4, 3)))
    assert found.ours == (1, 3)
    assert found.theirs == (0, 2)
    assert found.strength[1] == found.strength[3] > 0.3


def test_every_trait_has_a_weight() -> None:
    model = json.loads(shipped.path(left_out.WEIGHTS).read_text("utf-8"))
    assert set(model["traits"]) == set(Traits._fields)
    assert set(model["reported"]) == {"en", "ru"}
