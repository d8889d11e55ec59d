"""What a document teaches: new words of its own, and how much it leaves out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.align import _document, refine, search
from pipeline.align.links import Document
from pipeline.align.weights import learned_weights

NULLS = search.Nulls(-5.0, -1.0, -5.5, -1.5, -2.5)
COUNT = st.floats(0, 500)


def looked(beads: float, runs: list[float]) -> search.Posterior:
    return search.Posterior(np.full((1, 1), beads), np.zeros(1), np.zeros(1), np.array(runs), 0.0)


@given(COUNT, st.lists(COUNT, min_size=5, max_size=5))
def test_prices_of_nulls_only_fall(beads: float, runs: list[float]) -> None:
    after = refine.repriced(NULLS, looked(beads, runs))
    assert all(b >= a for a, b in zip(NULLS, after, strict=True))


def test_an_abstract_makes_omissions_cheaper_and_a_faithful_translation_does_not() -> None:
    abstract = refine.repriced(NULLS, looked(6, [7, 47, 0, 0, 0]))
    assert abstract.en > NULLS.en + 0.5
    assert (abstract.ru, abstract.ru_next) == (NULLS.ru, NULLS.ru_next)
    assert refine.repriced(NULLS, looked(100, [2, 1, 1, 0, 0])) == NULLS


def test_a_word_that_keeps_meeting_another_in_sure_beads_is_taken_for_its_translation() -> None:
    en = [f"The zorvald of number {k} spoke." for k in range(6)]
    ru = [f"Выступил кюмбрак номер {k}." for k in range(6)]
    doc = _document(en, ru, None, learned_weights())
    learned = refine.refined(doc, [((k,), (k,)) for k in range(6)])
    at, to = doc.en.words.index("zorvald"), doc.ru.words.index("кюмбрак")

    def entry(d: Document) -> float:
        table = d.pairs.to_ru
        cut = slice(table.rows[at], table.rows[at + 1])
        return float(table.p[cut][table.to[cut] == to].sum())

    assert entry(doc) == 0.0
    assert entry(learned) > 0.2
