"""The encoder: how words are cut, and that a word lies near its translation in the other version."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import encoder, shipped
from pipeline.encoder import MOST, Pieces
from pipeline.errors import MissingModel

CASES = tomllib.loads((Path(__file__).parent / "cases" / "encoder.toml").read_text("utf-8"))
PIECES = ("?", "▁", "▁un", "▁free", "free", "dom", "d", "o", "m")
SCORES = (0.0, -5.0, -2.0, -2.0, -2.5, -1.0, -4.0, -4.0, -4.0)


def cut(word: str) -> list[str]:
    known = {piece: n for n, piece in enumerate(PIECES)}
    return [PIECES[n] for n in Pieces(known, SCORES, 0, {"Ｄ": "d"}).of(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("unfreedom", ["▁un", "free", "dom"]),
        ("freeＤ", ["▁free", "d"]),
        ("dж", ["▁", "d", "?"]),
        ("", ["▁"]),
    ],
)
def test_a_word_is_cut_where_its_pieces_are_likeliest(word: str, pieces: list[str]) -> None:
    assert cut(word) == pieces


@pytest.mark.parametrize("case", CASES["translations"], ids=lambda case: case["en"])
def test_a_word_lies_nearest_to_its_translation(case: dict[str, str]) -> None:
    sides = {lang: case[lang].replace("*", "").split() for lang in ("en", "ru")}
    marked = {lang: [n for n, w in enumerate(case[lang].split()) if "*" in w] for lang in ("en", "ru")}
    en, ru = (encoder.load().places(sides[lang], lang) for lang in ("en", "ru"))
    alike = en @ ru.T
    assert [sides["ru"][n] for n in alike[marked["en"]].argmax(1)] == [sides["ru"][n] for n in marked["ru"]]


def test_what_is_left_out_lies_near_nothing() -> None:
    case = CASES["left_out"]
    en, ru = (encoder.load().places(case[lang].split(), lang) for lang in ("en", "ru"))
    nearest = dict(zip(case["en"].split(), (en @ ru.T).max(1), strict=True))
    gone = set(case["gone"].split())
    kept = {w.lower() for w in case["kept"].split()}
    assert max(nearest[w] for w in gone) < min(p for w, p in nearest.items() if w.lower() in kept)


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=12), max_size=30))
def test_any_words_have_places_of_length_one(words: list[str]) -> None:
    places = encoder.load().places(words, "ru")
    assert places.shape == (len(words), encoder.load().hidden)
    assert np.allclose(np.linalg.norm(places, axis=1), 1.0, atol=1e-4)


def test_words_beyond_the_limit_have_no_place() -> None:
    places = encoder.load().places(["слово"] * (MOST + 5), "ru")
    lengths = np.linalg.norm(places, axis=1)
    assert lengths[0] > 0.9
    assert lengths[-1] == 0


def test_a_missing_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "path", lambda name: tmp_path / name)
    with pytest.raises(MissingModel, match=r"encoder.npz: no encoder .*reinstall diptych"):
        encoder.load.__wrapped__()
