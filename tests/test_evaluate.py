"""The measures themselves: agreement against an independent implementation, calibration, scores, and the appendix."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import evaluate
from pipeline.document import CodebookRef, Component, Passage, Run, Version, Work
from pipeline.errors import ConfigError
from pipeline.evaluate import alpha, calibration, risk_coverage, score
from tests.conftest import plain_version

CODES = st.sampled_from(["a", "b", "c"])


def krippendorff(units: list[tuple[str, str]]) -> float | None:
    """Alpha for two coders and nominal codes by its definition, pair by pair: slow and independent."""
    values = [code for unit in units for code in unit]
    disagreeing = sum(a != b for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
    expected = disagreeing / (len(values) * (len(values) - 1))
    observed = sum(a != b for a, b in units) / len(units)
    return None if expected == 0 else 1 - observed / expected


@given(st.lists(st.tuples(CODES, CODES), min_size=2, max_size=12))
def test_alpha_is_that_of_the_definition(units: list[tuple[str, str]]) -> None:
    found, wanted = alpha({"w": units}, resamples=0), krippendorff(units)
    assert (found.value is None) == (wanted is None)
    if wanted is not None:
        assert found.value == pytest.approx(wanted, abs=1e-4)


def test_alpha_of_a_published_example() -> None:
    """Krippendorff 2011, section A: two observers, binary data, ten units; alpha 0.095."""
    one, other = "0100000000", "1110010010"
    found = alpha({"w": list(zip(one, other, strict=True))}, resamples=0)
    assert found.value == pytest.approx(0.095, abs=5e-4)


def test_undefined_alpha_says_why() -> None:
    assert "every coder gave every passage" in alpha({"w": [("a", "a"), ("a", "a")]}).reason
    assert "no passage was coded by two" in alpha({"w": [("a", None)]}).reason


def test_the_interval_comes_from_documents() -> None:
    documents = {f"w{n}": [("a", "a"), ("b", "b" if n % 3 else "a")] for n in range(12)}
    found = alpha(documents)
    assert found.low is not None
    assert found.high is not None
    assert found.value is not None
    assert found.low < found.value < found.high
    assert found == alpha(documents)


def test_sure_and_right_is_calibrated_and_sure_and_wrong_is_not() -> None:
    gold = ["a"] * 20
    assert calibration(gold, [{"a": 1.0, "b": 0.0}] * 20).ece == 0
    assert calibration(gold, [{"a": 0.0, "b": 1.0}] * 20).ece == 1
    half = [{"a": 0.7, "b": 0.3}] * 20
    assert calibration(["a"] * 14 + ["b"] * 6, half).ece == pytest.approx(0, abs=0.31)


@settings(max_examples=40)
@given(st.lists(st.tuples(CODES, st.floats(0.34, 1)), min_size=1, max_size=40))
def test_reliability_counts_every_passage_once(said: list[tuple[str, float]]) -> None:
    gold = [g for g, _ in said]
    given_ = [{"a": p, "b": (1 - p) / 2, "c": (1 - p) / 2} for _, p in said]
    found = calibration(gold, given_)
    assert sum(b.n for b in found.reliability) == len(gold)
    assert 0 <= found.ece <= 1
    assert 0 <= found.brier <= 2


def test_answering_only_the_surest_lowers_the_risk() -> None:
    gold = ["a"] * 10
    curve = risk_coverage(gold, [{"a": 0.9, "b": 0.1}] * 5 + [{"a": 0.4, "b": 0.6}] * 5, steps=2)
    assert [(c.coverage, c.risk) for c in curve] == [(1.0, 0.5), (0.5, 0.0)]


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=30))
def test_the_confusion_counts_every_passage(pairs: list[tuple[str, str]]) -> None:
    found = score([g for g, _ in pairs], [p for _, p in pairs])
    assert sum(n for row in found.confusion.values() for n in row.values()) == len(pairs)
    assert sum(s.support for s in found.labels.values()) == len(pairs)
    assert found.accuracy == pytest.approx(sum(g == p for g, p in pairs) / len(pairs), abs=1e-4)


TEXT = {
    "en": "A title\n\nTrade fell by a third.\n\nThe chapter lists methods.",
    "ru": "Заголовок\n\nТорговля упала на треть.\n\nВ главе перечислены методы.",
}
RUN = Run(
    version="1", config_sha256="c" * 64, codebook=CodebookRef(id="book", version="1", sha256="b" * 64),
    components=(Component(name="model", version="1", sha256="d" * 64),),
)  # fmt: skip


def gold_folder(folder: Path) -> Path:
    for lang, text in TEXT.items():
        (folder / f"w.{lang}.txt").write_text(text + "\n", "utf-8")
    passages = [
        {"i": 0, "category": "none", "group": "none"},
        {"i": 1, "category": "objective", "group": "economic", "hard": True},
        {"i": 2, "category": "none", "group": "none"},
    ]
    wanted = {
        "passages": {"en": passages, "ru": passages},
        "paragraph_alignment": [[[0], [0]], [[1], [1]], [[2], [2]]],
        **{key: [] for key in ("statements", "quantities", "events", "entities", "differences")},
    }
    (folder / "w.gold.json").write_text(json.dumps(wanted), "utf-8")
    return folder


def annotated(id: str, en: Path, ru: Path) -> Work:
    """English passages are right; the Russian version alone would have called the first one none."""
    versions: dict[Any, Version] = {}
    for lang, text in TEXT.items():
        version = plain_version(text, lang)  # type: ignore[arg-type]
        said = (("objective", "economic", 0.8), ("none", "none", 0.9))
        bodies = [p for p in version.paragraphs or () if p.role == "body"]
        passages = tuple(
            Passage(
                start=p.start, end=p.end, text=text[p.start : p.end], by="test", category=category, group=group,
                probabilities={category: sure, "subjective": 1 - sure}, set=(category,),
                alone={"none": 0.6, "objective": 0.4} if lang == "ru" else {},
            )
            for p, (category, group, sure) in zip(bodies, said, strict=True)
        )  # fmt: skip
        empty = dict.fromkeys(("statements", "quantities", "events", "entities", "factors"), ())
        versions[lang] = plain_version(text, lang, passages=passages, **empty)  # type: ignore[arg-type]
    return Work(id=id, run=RUN, versions=versions, differences=())


def test_agreement_between_versions_is_that_of_each_read_alone(tmp_path: Path) -> None:
    report = evaluate.gold([gold_folder(tmp_path)], annotated)
    assert report.same_category_in_both == 1
    assert report.same_category_alone == 0.5
    assert report.passages["en"].hard_accuracy == 1
    assert report.passages["ru"].baselines["majority"].accuracy == 0.5


def test_the_appendix_names_what_was_measured_with_what(tmp_path: Path) -> None:
    report = evaluate.gold([gold_folder(tmp_path)], annotated)
    text = evaluate.methods(report, RUN, {"w.gold.json": "e" * 64})
    for said in (
        "macro-F1 of categories",
        "`book`",
        "eeeeeeee",
        "dddddddd",
        "alpha between the versions",
        "baseline: majority",
    ):
        assert said in text


def test_no_gold_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"NAME\.gold\.json"):
        evaluate.gold([tmp_path], annotated)
