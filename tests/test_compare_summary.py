"""The figures of a work and of a corpus follow from its differences, beads and passages."""

from collections.abc import Callable

import pytest

from pipeline.compare import coding, finding, summary
from pipeline.document import Bead, Difference, Factor, Version, Work


def work(make_version: Callable[..., Version], *differences: Difference, **layers: object) -> Work:
    en = make_version("Trade fell. Nobody objected.\n\nThe road was shut.", "en", **layers)
    ru = make_version("Торговля упала.\n\nДорогу закрыли.", "ru")
    beads = (
        Bead(level="paragraph", en=(0,), ru=(0,), score=1.0),
        Bead(level="paragraph", en=(1,), ru=(1,), score=1.0),
        Bead(level="sentence", en=(0,), ru=(0,), score=1.0),
        Bead(level="sentence", en=(1,), ru=(), score=0.9),
        Bead(level="sentence", en=(2,), ru=(1,), score=1.0),
    )
    return Work(id="w", versions={"en": en, "ru": ru}, alignment=beads, differences=differences)


def omission(made: Work, confidence: float) -> Difference:
    span = finding.evidence(made.versions["en"], 12, 28, "test")
    return finding.difference("omission", span, None, confidence, "The Russian version has no such sentence.")


def test_reported_and_doubtful_differences_are_counted_apart(make_version: Callable[..., Version]) -> None:
    plain = work(make_version)
    found = summary.summary(work(make_version, omission(plain, 0.9), omission(plain, 0.3)))
    assert found.kinds == {"omission": 1}
    assert found.doubtful == 1
    assert found.parts == ((0, 1),)


def test_the_share_with_a_counterpart_is_one_where_nothing_is_missing(
    make_version: Callable[..., Version],
) -> None:
    found = summary.summary(work(make_version))
    assert found.matched["ru"] == 1.0 > found.matched["en"] > 0.5


def test_a_corpus_adds_up_its_works(make_version: Callable[..., Version]) -> None:
    one = work(make_version, omission(work(make_version), 0.9))
    found = summary.corpus([summary.summary(one)] * 2)
    assert (found.works, found.kinds, found.words["en"]) == (2, {"omission": 2}, 16)


def test_a_code_of_one_version_is_listed_but_not_reported(make_version: Callable[..., Version]) -> None:
    factor = Factor(
        start=0, end=10, text="Trade fell", by="test", code="trade", group="economic", category="objective",
        polarity="impedes", rule="term",
    )  # fmt: skip
    [found] = coding.compare(work(make_version, factors=(factor,)))
    assert (found.kind, found.detail["code"]) == ("factor", "trade")
    assert found.confidence < finding.REPORTED


@pytest.mark.parametrize("kind", finding.KINDS)
def test_calibration_keeps_the_order_and_reports_nothing_doubted(kind: str) -> None:
    weights = [i / 100 for i in range(101)]
    sure = [finding.calibrated(kind, w) for w in weights]
    assert sure == sorted(sure)
    assert all(c < finding.REPORTED for w, c in zip(weights, sure, strict=True) if w < finding.REPORTED)
