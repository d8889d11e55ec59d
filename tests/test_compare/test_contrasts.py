"""Which group of contrasts a word belongs to, and what weighs for a contradiction."""

import json
import tomllib
from pathlib import Path

import pytest

from pipeline import shipped
from pipeline.compare import contrasts, translations, turns, weighing

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "compare" / "members.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["word"] for c in CASES])
def test_words_belong_where_their_translations_do(case: dict) -> None:
    found = contrasts.derived(case["kind"], case["lang"], translations.stem(case["word"]))
    assert ((case["group"], case["member"]) in found) if case["group"] else not found


@pytest.mark.parametrize("kind", ["polarity", "terminology"])
def test_every_weight_is_one_of_a_trait(kind: str) -> None:
    model = json.loads(shipped.path(weighing.WEIGHTS).read_text("utf-8"))[kind]
    assert set(model["traits"]) <= set(weighing.Traits._fields)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_turns_are_lemmas(lang: str) -> None:
    rows = turns.words(lang)
    assert rows.keys() == {"before", "except", "joins"}
    assert all(w == w.lower() and "ё" not in w for row in rows.values() for w in row)
