"""The judge marks the words that say something else, and leaves faithful ones alone."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import encoder, judge, shipped
from pipeline.errors import MissingModel

CASES = tomllib.loads((Path(__file__).parent / "cases" / "judge.toml").read_text("utf-8"))["cases"]


EVEN = 0.05
"""Words whose probabilities are so near each other are marked alike."""


def sides(en: str, ru: str) -> tuple[judge.Judgement, judge.Judgement]:
    found = judge.load().judge(en, ru)
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["en"])
def test_the_changed_words_are_the_likeliest_and_likelier_than_in_the_faithful_version(
    case: dict[str, str],
) -> None:
    changed, faithful = (sides(case["en"], case[name]) for name in ("changed", "faithful"))
    for side, text, word in zip(changed, (case["en"], case["changed"]), case["words"], strict=True):
        inside = side.within(text.index(word), text.index(word) + len(word))
        assert side.changed[inside].max() >= side.changed.max() - EVEN
    assert min(s.changed.max() for s in changed) > min(s.changed.max() for s in faithful)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60), st.text(max_size=60))
def test_every_word_has_a_place_and_kinds_that_add_up(en: str, ru: str) -> None:
    found = judge.load().judge(en, ru)
    for side, text in zip(found or (), (en, ru), strict=False):
        assert (side.starts < side.ends).all()
        assert side.ends[-1] <= len(text)
        assert np.allclose(side.kinds.sum(1), 1, atol=1e-4)


def test_the_same_texts_are_judged_alike() -> None:
    first, second = (sides("They refused to sign it.", "Они подписали его.") for _ in range(2))
    assert all((a.kinds == b.kinds).all() for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(("en", "ru"), [("", "Он."), ("It.", ""), ("word " * 500, "слово")])
def test_empty_and_endless_texts_are_not_judged(en: str, ru: str) -> None:
    assert judge.load().judge(en, ru) is None


def test_a_missing_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipped, "path", lambda name: tmp_path / name)
    judge.load.cache_clear()
    try:
        with pytest.raises(MissingModel, match="no judge"):
            judge.load()
    finally:
        judge.load.cache_clear()


class Fixed:
    """A network that always says the same, and counts how often it is asked."""

    def __init__(self, changed: float) -> None:
        self.asked, self._changed = 0, changed

    def kinds(self, read: judge.Read) -> list[judge.Array]:
        self.asked += 1
        row = np.full(len(judge.KINDS), self._changed / (len(judge.KINDS) - 1), np.float32)
        row[0] = 1 - self._changed
        return [np.tile(row, (len(sizes), 1)) for sizes in read.sizes]


@pytest.mark.parametrize(("first", "second", "asked"), [(0.02, 0.9, 0), (0.6, 0.6, 1), (0.9, 0.1, 1)])
def test_the_second_network_is_asked_only_where_the_first_one_marks_anything(
    first: float, second: float, asked: int
) -> None:
    one, other = Fixed(first), Fixed(second)
    found = judge.Judge(one, other, encoder.load()).judge("A flood.", "Засуха.")  # type: ignore[arg-type]
    assert found is not None
    assert (one.asked, other.asked) == (1, asked)
    between = sorted((first, second if asked else first))
    assert all(between[0] - 1e-4 <= p <= between[1] + 1e-4 for side in found for p in side.changed)


@pytest.mark.parametrize(("first", "second"), [(0.3, 0.7), (0.95, 0.2)])
def test_both_networks_count_alike(first: float, second: float) -> None:
    words = encoder.load()
    ways = [
        judge.Judge(Fixed(a), Fixed(b), words).judge("A flood.", "Засуха.")  # type: ignore[arg-type]
        for a, b in ((first, second), (second, first))
    ]
    assert ways[0] is not None
    assert ways[1] is not None
    assert np.allclose(ways[0][0].kinds, ways[1][0].kinds, atol=1e-5)
