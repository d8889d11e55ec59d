"""Planted differences against findings: what counts as found, kind by kind, and the reliability of the confidence."""

from pipeline.document import Difference, Span
from pipeline.evaluate.differences import Judged, judged, report
from pipeline.evaluate.layers import Gold, Scorer
from tests.conftest import plain_version

TEXT = "The port shipped 40 tonnes in May, the mayor said. Nobody asked him about the quay."


def sides(wanted: list[Gold]) -> dict[str, Scorer]:
    return {"en": Scorer(plain_version(TEXT, "en"), {"differences": wanted}, TEXT)}


def planted(kind: str, text: str) -> Gold:
    return {"kind": kind, "en": text, "en_start": TEXT.index(text)}


def finding(kind: str, text: str, confidence: float) -> Difference:
    at = TEXT.index(text)
    span = Span(start=at, end=at + len(text), text=text, by="test")
    return Difference(kind=kind, confidence=confidence, en=span, ru=None)


def test_a_planted_difference_is_used_once_and_a_reported_finding_goes_first() -> None:
    wanted = [planted("number", "40 tonnes")]
    found = [finding("number", "40 tonnes", 0.3), finding("date", "40 tonnes in May", 0.8)]
    assert judged(wanted, found, sides(wanted)) == [
        Judged("number", "date", 0.8),
        Judged(None, "number", 0.3),
    ]


def test_a_word_of_the_evidence_shows_it() -> None:
    wanted = [planted("attribution", "the mayor said. Nobody asked him")]
    found = [finding("attribution", "the mayor", 0.9)]
    assert judged(wanted, found, sides(wanted)) == [Judged("attribution", "attribution", 0.9)]


def test_what_has_half_or_less_in_common_with_the_evidence_is_no_hit() -> None:
    wanted = [planted("attribution", "the mayor said")]
    found = [finding("attribution", "said. Nobody asked him", 0.9)]
    assert judged(wanted, found, sides(wanted)) == [
        Judged("attribution", None, 0.0),
        Judged(None, "attribution", 0.9),
    ]


def test_kinds_count_what_was_planted_and_what_was_called_so() -> None:
    cases = [
        Judged("number", "number", 0.9),
        Judged("number", "date", 0.7),
        Judged("number", None, 0.0),
        Judged(None, "number", 0.6),
        Judged("date", "date", 0.2),
    ]
    found = report(cases)
    assert (found.precision, found.recall, found.support, found.right_kind) == (0.6667, 0.5, 4, 0.5)
    number, date = found.kinds["number"], found.kinds["date"]
    assert (number.precision, number.recall, number.found, number.support) == (0.5, 0.6667, 2, 3)
    assert (date.precision, date.recall, date.found, date.support) == (1.0, 0.0, 1, 1)


def test_the_reliability_counts_the_doubtful_ones_too() -> None:
    cases = [Judged(None, "number", 0.1)] * 12 + [Judged("number", "number", 0.9)] * 12
    assert [(b.confidence, b.accuracy, b.n) for b in report(cases).kinds["number"].reliability] == [
        (0.1, 0.0, 12),
        (0.9, 1.0, 12),
    ]


def test_a_kind_that_was_only_planted_has_no_curve() -> None:
    assert report([Judged("entity", None, 0.0)]).kinds["entity"].reliability == ()
