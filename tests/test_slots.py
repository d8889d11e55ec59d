"""The pairs with slots: every filling is a pair whose changed words are known."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judge import slots
from models.judge.slots import Item, Marked, Slot

FILES = sorted((Path(__file__).parents[1] / "corpora" / "slots").glob("*.txt"))
KINDS = {
    *("polarity", "terminology", "modality", "attribution", "entity"),
    *("number", "date", "omission", "addition", "same"),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_shipped_slots_are_well_formed(path: Path) -> None:
    found = [part for item in slots.read(path) for part in item.parts if isinstance(part, Slot)]
    assert len(found) > 500
    assert {slot.kind for slot in found} <= KINDS
    assert not [slot for slot in found if set(slot.faithful) & set(slot.changed)]
    assert min(Counter(slot.kind for slot in found)[kind] for kind in ("polarity", "terminology")) > 8


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_what_is_marked_is_what_was_changed(seed: int, share: float) -> None:
    chance = random.Random(seed)
    item = chance.choice(list(slots.read(FILES[seed % len(FILES)])))
    made = slots.filled(item, share, chance)
    found = [part for part in item.parts if isinstance(part, Slot)]
    english = {slot.english for slot in found}
    changed = {way.strip() for slot in found for way in slot.changed}
    assert {made.en[a:b] for a, b, _ in made.en_marks} <= english
    assert {made.ru[a:b] for a, b, _ in made.ru_marks} <= changed


def test_a_faithful_filling_has_no_marks() -> None:
    made = slots.filled(next(slots.read(FILES[0])), 0, random.Random(1))
    assert made.en_marks == made.ru_marks == ()


@pytest.mark.parametrize(
    ("ru", "made"),
    [
        ("Он [[omission|barely|едва|]] спасся.", "Он спасся."),
        ("Он спасся[[addition||| чудом]].", "Он спасся чудом."),
        ("Он [[omission|barely|едва|]], говорят, спасся.", "Он, говорят, спасся."),
    ],
)
def test_no_space_is_left_where_nothing_stands(tmp_path: Path, ru: str, made: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"EN: He barely escaped.\nRU: {ru}\n", encoding="utf-8")
    assert slots.filled(next(slots.read(path)), 1, random.Random(1)).ru == made


def test_a_broken_slot_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("EN: It fell.\nRU: Он [[polarity|rose|вырос|упал]].\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt:2: “rose” must stand once"):
        list(slots.read(path))


def test_an_item_without_slots_stays_as_it_is() -> None:
    item = Item("It fell.", ("Он упал.",))
    assert slots.filled(item, 1, random.Random(1)) == Marked("It fell.", (), "Он упал.", ())
