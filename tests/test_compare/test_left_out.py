"""What could be left out of a sentence, which word renders which, and what weighs for a constituent being left out."""

import json

import pytest
import spacy
from spacy.tokens import Doc

from pipeline import shipped
from pipeline.compare import left_out
from pipeline.compare.constituents import constituents
from pipeline.compare.pairs import Pair, Side, words
from pipeline.compare.renderings import Renderings
from pipeline.document import Lang, Sentence, Source, Version

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


def side(lang: Lang, table: str) -> Side:
    rows = [line.split() for line in table.strip().splitlines()]
    doc = Doc(
        spacy.blank("xx").vocab,
        words=[r[0] for r in rows],
        pos=[r[1] for r in rows],
        lemmas=[LEMMAS.get(r[0].lower(), r[0].lower()) for r in rows],
        heads=[int(r[2]) for r in rows],
        deps=[r[3] for r in rows],
    )
    source = Source(path="text", sha256="", encoding="utf-8", media_type="text/plain")
    version = Version(
        lang=lang,
        source=source,
        text=doc.text,
        sentences=(Sentence(start=0, end=len(doc.text), paragraph=0),),
    )
    return Side(version, (0,), words(version, doc)[0])


LEMMAS = {
    "cracked": "crack",
    "repairs": "repair",
    "closed": "close",
    "плотину": "плотина",
    "закрыли": "закрыть",
}


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


def test_each_word_renders_one_other_at_most(pair: Pair) -> None:
    found = Renderings(pair, "en").whole
    assert len(set(found.by.values())) == len(found.by)
    met = {pair.en.words[i].token.text: pair.ru.words[j].token.text for i, j in found.by.items()}
    assert met["dam"] == "Плотину"
    assert met["closed"] == "закрыли"


def test_what_nothing_renders_is_likeliest_left_out(pair: Pair) -> None:
    found = left_out.surest(pair, "en")
    assert found is not None
    assert pair.en.words[found.constituent.first].token.text in ("which", "cracked")
    assert left_out.surest(pair, "ru") is None


def test_every_trait_has_a_weight() -> None:
    model = json.loads(shipped.path(left_out.WEIGHTS).read_text("utf-8"))
    assert set(model["traits"]) == set(left_out.Traits._fields)
