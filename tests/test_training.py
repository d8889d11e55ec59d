"""What the training scripts of the comparison's models share: reading parallel texts, and weights as plain numbers."""

import json
from pathlib import Path

import numpy as np
import pytest

from models import logistic, parallel


def test_tables_and_lines_give_the_same_rows(tmp_path: Path) -> None:
    table, lines = tmp_path / "news.tsv", tmp_path / "passages.jsonl"
    table.write_text('id\ten\tru\n1\tThe "port" closed.\tПорт закрыли.\n', encoding="utf-8")
    row = {"en": 'The "port" closed.', "ru": "Порт закрыли."}
    lines.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert parallel.read([table, lines]) == [row, row]


def test_only_what_is_faithful_is_taken_for_a_translation() -> None:
    rows = [
        {"en": "It rose.", "ru": "Упал.", "ru_faithful": "Вырос.", "differences": [{"kind": "polarity"}]},
        {"en": "It fell.", "ru": "Вырос.", "differences": [{"kind": "polarity"}]},
        {"en": "It stayed.", "ru": "Остался."},
    ]
    assert parallel.faithful(rows) == [
        {"en": "It rose.", "ru": "Вырос."},
        {"en": "It stayed.", "ru": "Остался."},
    ]


def test_a_row_is_one_paragraph_of_a_work() -> None:
    rows = [{"en": f"One.\nTwo {n}.", "ru": f"Раз.\nДва {n}."} for n in range(parallel.WORK + 1)]
    first, second = parallel.works(rows)
    assert (len(first), len(second)) == (parallel.WORK, 1)
    assert second[0] == {"en": f"One. Two {parallel.WORK}.", "ru": f"Раз. Два {parallel.WORK}."}


def test_weights_are_those_of_unscaled_traits() -> None:
    chance = np.random.default_rng(3)
    x = chance.normal(size=(4000, 2)) * (1.0, 50.0)
    y = (chance.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * x[:, 0] - 0.02 * x[:, 1])))).astype(int)
    found = logistic.learned(x, y, np.ones(len(y)), ("near", "aside"), 10.0)
    assert found["bias"] == pytest.approx(0.5, abs=0.15)
    assert found["traits"] == {"near": pytest.approx(2, abs=0.25), "aside": pytest.approx(-0.02, abs=0.004)}


def test_few_real_examples_weigh_what_many_unreal_ones_do() -> None:
    y = np.array([1, 0, 0, 0])
    weight = logistic.balanced(np.array([0.5, 1.0, 1.0, 2.0]), y)
    assert weight[y == 1].sum() == weight[y == 0].sum() == 4
