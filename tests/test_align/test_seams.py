"""Where one unit that stands for several has its seams."""

import numpy as np
import pytest

from pipeline.align import _document, align, score, seams, search
from pipeline.align.weights import SHAPES, learned_weights, repeated

FIRST = (
    "The railways of the north called off the sale of tickets.",
    "Железные дороги севера отменили продажу билетов.",
)
SECOND = (
    "The port stays closed until the end of the week.",
    "Порт останется закрытым до конца недели.",
)
FOREIGN = "The workers of the port met on the weekend.", "Рабочие порта собрались в конце недели."
LANGS = ("en", "ru"), ("ru", "en"), ("en", "en"), ("ru", "ru")


def terms(several: list[str], one: str, langs: tuple[str, str]) -> np.ndarray:
    """The terms of the bead of several units on the first side and one on the second."""
    doc = _document(several, [one], None, learned_weights(), langs)  # type: ignore[arg-type]
    look = seams.Seam(SHAPES.index((len(several), 1)), 0, 0, 0)
    return seams.terms(doc, [look], learned_weights())[0]


def worth(several: list[str], one: str, langs: tuple[str, str]) -> float:
    return float(terms(several, one, langs) @ learned_weights().seams)


def text(pair: tuple[str, str], lang: str) -> str:
    return pair[lang == "ru"]


@pytest.mark.parametrize("langs", LANGS)
def test_two_sentences_part_where_one_ends(langs: tuple[str, str]) -> None:
    several = [text(FIRST, langs[0]), text(SECOND, langs[0])]
    _, gain, bend = terms(several, f"{text(FIRST, langs[1])} {text(SECOND, langs[1])}", langs)
    assert gain > 1.5
    assert bend < 0.8


@pytest.mark.parametrize("langs", LANGS)
def test_a_swallowed_sentence_has_no_part_of_its_own(langs: tuple[str, str]) -> None:
    _, gain, bend = terms([text(FIRST, langs[0]), text(FOREIGN, langs[0])], text(FIRST, langs[1]), langs)
    assert gain < 0
    assert bend > 0.6


@pytest.mark.parametrize("langs", LANGS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_nor_has_one_beside_two_others(langs: tuple[str, str], place: int) -> None:
    """In the middle its part is too short, before and after them it explains nothing."""
    several = [text(FIRST, langs[0]), text(SECOND, langs[0])]
    right = worth(several, f"{text(FIRST, langs[1])} {text(SECOND, langs[1])}", langs)
    several.insert(place, text(FOREIGN, langs[0]))
    assert worth(several, f"{text(FIRST, langs[1])} {text(SECOND, langs[1])}", langs) < right


def test_either_side_may_be_the_one_that_parts() -> None:
    learned = learned_weights()
    doc = _document([f"{FIRST[0]} {SECOND[0]}"], [FIRST[1], SECOND[1]], None, learned)
    there = seams.terms(doc, [seams.Seam(SHAPES.index((1, 2)), 0, 0, 0)], learned)[0]
    back = terms([FIRST[1], SECOND[1]], f"{FIRST[0]} {SECOND[0]}", ("ru", "en"))
    assert np.abs(there - back).max() < 0.6


def test_a_unit_without_words_has_no_seam() -> None:
    assert terms(["…", "—"], "—", ("en", "ru")).tolist() == [0, 0, 0]


def test_a_long_paragraph_parts_between_stretches_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer places than words find nearly the same seam."""
    several, one = [FIRST[0], SECOND[0]], f"{FIRST[1]} {SECOND[1]}"
    everywhere = terms(several, one, ("en", "ru"))
    monkeypatch.setattr(seams, "PLACES", 5)
    assert np.abs(terms(several, one, ("en", "ru")) - everywhere).max() < 0.5


def test_only_possible_beads_of_one_unit_against_several_are_looked_at() -> None:
    cells = search.whole(3, 3)
    beads = np.zeros((len(SHAPES), 16), np.float32)
    beads[SHAPES.index((1, 1)), 0] = beads[SHAPES.index((2, 2)), 0] = 1.0
    beads[SHAPES.index((2, 1)), 5] = 0.5
    beads[SHAPES.index((1, 2)), 6] = seams.POSSIBLE / 2
    found = search.Posterior(beads, np.zeros(3), np.zeros(3), np.zeros(5), 0.0)
    assert seams.possible(cells, found) == [seams.Seam(SHAPES.index((2, 1)), 5, 1, 1)]


def test_a_sentence_that_adds_nothing_to_its_neighbour_is_left_out() -> None:
    """Its words meet those of the translation, but in no stretch of it."""
    en = [FIRST[0], SECOND[0], "The workers in the port will meet this week."]
    beads = align(en, [f"{FIRST[1]} {SECOND[1]}"])
    assert [(bead.en, bead.ru) for bead in beads] == [((0, 1), (0,)), ((2,), ())]


def test_the_table_changes_only_where_seams_are_looked_at() -> None:
    learned = repeated(learned_weights())
    doc = _document([FIRST[0], SECOND[0]], [FIRST[1], SECOND[1]], None, learned)
    cells = search.whole(2, 2)
    before = score.table(doc, cells, learned)
    found = search.posterior(cells, before, search.Nulls(*learned.nulls))
    after = seams.sewn(doc, cells, before.copy(), found, learned)
    looked = {(s.shape, s.at) for s in seams.possible(cells, found)}
    changed = set(zip(*(x.tolist() for x in np.nonzero(before != after)), strict=True))
    assert changed <= looked
