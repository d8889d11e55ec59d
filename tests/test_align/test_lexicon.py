"""The lexicon on disk: what is written comes back, the shipped one is small and complete."""

from pathlib import Path

import numpy as np
import pytest

from pipeline import shipped
from pipeline.align import lexicon
from pipeline.align.stem import stem
from pipeline.align.weights import learned_weights
from pipeline.errors import MissingModel


def written(folder: Path) -> lexicon.Lexicon:
    words = {"house": 0, "home": 1}, {"дом": 0, "родин": 1, "изб": 2}
    counts = {"house": 7, "home": 5}, {"дом": 9, "родин": 2, "изб": 0}
    lexicon.write(
        folder, words, counts,
        np.array([1, 0, 0]), np.array([1, 2, 0]), np.array([0.25, 0.1, 0.5]), np.array([1.0, 0.9, 0.6]),
    )  # fmt: skip
    return lexicon.load(folder)


def test_what_is_written_comes_back_within_a_step_of_quantisation(tmp_path: Path) -> None:
    book = written(tmp_path)
    owner, target, to_ru, to_en = book.entries(np.array([0, 1]))
    assert owner.tolist() == [0, 0, 1]
    assert target.tolist() == [0, 2, 1]
    assert to_ru == pytest.approx([0.5, 0.1, 0.25], rel=lexicon.STEP / 2)
    assert to_en == pytest.approx([0.6, 0.9, 1.0], rel=lexicon.STEP / 2)
    assert book.ru_count.tolist() == [9, 2, 0]


def test_a_lexicon_is_mapped_into_memory_not_read(tmp_path: Path) -> None:
    assert isinstance(written(tmp_path).to_ru, np.memmap)


def test_a_missing_lexicon_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match=r"train\.py"):
        lexicon.load(tmp_path)


@pytest.mark.parametrize(
    ("en", "ru"),
    [
        ("government", "правительства"), ("border", "границу"), ("trade", "торговли"), ("kazakhstan", "Казахстана"),
        ("language", "языка"), ("war", "войны"), ("agreement", "соглашение"),
    ],
)  # fmt: skip
def test_the_shipped_lexicon_knows_the_words_of_the_field(en: str, ru: str) -> None:
    book = lexicon.load()
    _, target, to_ru, to_en = book.entries(np.array([book.en[stem(en)]]))
    at = target == book.ru[stem(ru.lower())]
    assert to_ru[at].max() > 0.1
    assert to_en[at].max() > 0.1


def test_the_shipped_model_is_small_and_complete() -> None:
    folder = shipped.path(lexicon.FOLDER)
    assert sum(f.stat().st_size for f in folder.iterdir() if f.is_file()) < 15_000_000
    assert {"README.md", "train.py", "tune.py", "weights.json"} <= {f.name for f in folder.iterdir()}
    low, high = learned_weights().calibration
    assert list(low) == sorted(low)
    assert list(high) == sorted(high)


def test_the_component_names_the_model_by_its_content(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "weights.json").write_text("{}")
    before = lexicon.component(tmp_path)
    (tmp_path / "weights.json").write_text("{ }")
    assert lexicon.component(tmp_path).sha256 != before.sha256
    assert lexicon.component().name == "lexicon-en-ru"
