"""Corrected shares cover the truth, a useless model costs nothing, and the plan keeps its promise."""

import csv
from pathlib import Path

import numpy as np
import pytest

from pipeline import estimate
from pipeline.errors import ConfigError
from pipeline.estimate import HandCoded, Unit
from pipeline.estimate.coded import write_sample

TRUE_SHARE = 0.3


def world(seed: int, works: int = 60, each: int = 10, skill: float = 0.8) -> tuple[list[Unit], list[str]]:
    """Passages whose model finds a category too often, and what they really are."""
    draw = np.random.default_rng(seed)
    units, truth = [], []
    for work in range(works):
        level = float(np.clip(draw.normal(TRUE_SHARE, 0.1), 0.02, 0.98))
        for n in range(each):
            real = draw.random() < level
            seen = real if draw.random() < skill else draw.random() < 0.7
            p = float(np.clip(draw.normal(0.75 if seen else 0.2, 0.1), 0.01, 0.99))
            units.append(
                Unit(f"w{work}", f"en.passage.{n}", "en", "text", {"yes": p, "no": 1 - p}, ("PE",), "1999")
            )
            truth.append("yes" if real else "no")
    return units, truth


def sample(units: list[Unit], truth: list[str], n: int, seed: int) -> list[HandCoded]:
    chosen = np.random.default_rng(seed).choice(len(units), n, replace=False)
    return [HandCoded(units[i].work, units[i].passage, truth[i], n / len(units)) for i in chosen]


def test_intervals_cover_the_true_share() -> None:
    hits, naive = 0, []
    for seed in range(60):
        units, truth = world(seed)
        real = truth.count("yes") / len(truth)
        share = estimate.shares(units, sample(units, truth, 150, seed))[0]
        assert share.low is not None
        assert share.high is not None
        hits += share.low <= real <= share.high
        naive.append(share.predicted - real)
    assert hits >= 54  # 95 % intervals: fewer than 54 of 60 has probability 0.02
    assert np.mean(naive) > 0.1  # what a bare count would have been off by


def test_a_good_model_shortens_the_interval() -> None:
    widths = []
    for skill in (0.0, 0.98):
        units, truth = world(1, skill=skill)
        share = estimate.shares(units, sample(units, truth, 150, 1))[0]
        assert share.low is not None
        assert share.high is not None
        widths.append(share.high - share.low)
    assert widths[1] < 0.9 * widths[0]


def test_without_hand_coded_passages_there_is_no_share() -> None:
    units, _ = world(0)
    share = estimate.shares(units, [])[0]
    assert (share.share, share.low, share.high) == (None, None, None)
    assert "coded by hand" in share.reason


def test_shares_by_country_count_a_passage_for_each_country_it_names() -> None:
    units = [
        Unit("a", "1", "en", "t", {"yes": 0.5, "no": 0.5}, ("CL", "PE")),
        Unit("b", "1", "en", "t", {"yes": 0.5, "no": 0.5}, ()),
    ]
    assert {(s.group, s.passages) for s in estimate.shares(units, [], "country")} == {("CL", 1), ("PE", 1)}


def test_the_plan_keeps_its_promise() -> None:
    units, truth = world(3, works=300, each=5)
    pilot = sample(units, truth, 60, 3)
    plan = next(p for p in estimate.plan(units, 0.12, pilot) if p.category == "yes")
    share = estimate.shares(units, sample(units, truth, plan.needed, 4))[0]
    assert share.low is not None
    assert share.high is not None
    assert share.high - share.low < 0.12 * 1.25
    assert plan.needed <= plan.without_model


def test_a_narrower_interval_needs_more_passages() -> None:
    units, _ = world(3)
    wide, narrow = (estimate.plan(units, width)[0].needed for width in (0.3, 0.1))
    assert wide < narrow <= len(units)


def test_the_sample_comes_back_as_it_went_out(tmp_path: Path) -> None:
    units, _ = world(5, works=3)
    drawn, probability = estimate.draw(units, 12)
    assert drawn == estimate.draw(units, 12)[0]
    path = tmp_path / "sample.csv"
    write_sample(drawn, probability, path)
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    for row in rows:
        row["category"] = "yes"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    coded = estimate.read_coded(path, units)
    assert {(c.work, c.passage) for c in coded} == {(u.work, u.passage) for u in drawn}
    assert all(c.probability == pytest.approx(0.4) for c in coded)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("w0,en.passage.0,perhaps,0.5", 'unknown category "perhaps"'),
        ("w0,en.passage.99,yes,0.5", "no passage"),
        ("w0,en.passage.0,yes,2", "between 0 and 1"),
        ("w0,en.passage.0,,0.5", "no coded passage"),
    ],
)
def test_a_wrong_sample_names_its_line(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(f"work,passage,category,probability\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match=says):
        estimate.read_coded(path, world(0, works=1)[0])


def test_a_folder_without_works_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="diptych run"):
        estimate.population(tmp_path)
