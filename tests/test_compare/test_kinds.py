"""Which kind of difference a finding is: by what found it, by the judge, by the source that its words name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import kinds
from pipeline.compare.kinds import LACKING, WORDED, Traits
from pipeline.document import Difference
from tests.test_compare.test_verdicts import found

NOTHING = dict.fromkeys(
    (*kinds.NAMED, "whose source", *(f"source of {kind}" for kind in (*kinds.SOURCED, *LACKING))), 0.0
)


def traits(judged: bool = False, source: dict[str, float] | None = None, **said: float) -> Traits:
    """What the judge says of each kind, in logarithms, and what of a source is named."""
    rest = (1 - sum(said.values())) / 6
    means = {kind: max(kinds.LEAST, said.get(kind, rest)) for kind in (*WORDED, "missing")}
    return Traits({kind: float(kinds.log(p)) for kind, p in means.items()}, judged, NOTHING | (source or {}))


@pytest.mark.parametrize("kind", [*WORDED, *LACKING])
def test_a_finding_on_which_the_judge_agrees_keeps_its_kind(kind: str) -> None:
    name = "missing" if kind in LACKING else kind
    assert kinds.likeliest(found(kind), traits(**{name: 0.95})) == kind


@pytest.mark.parametrize("kind", [*WORDED, *LACKING])
def test_a_finding_on_which_the_judge_is_silent_keeps_its_kind(kind: str) -> None:
    assert kinds.likeliest(found(kind), traits()) == kind


def test_what_is_missing_and_told_the_source_is_an_attribution() -> None:
    source = {"source": 1.0, "cue": 1.0, "head": 1.0, "nothing else": 1.0, "source of omission": 1.0}
    assert (
        kinds.likeliest(found("omission"), traits(source=source, attribution=0.6, missing=0.35))
        == "attribution"
    )


def test_what_is_missing_and_names_no_source_is_no_attribution() -> None:
    assert kinds.likeliest(found("omission"), traits(missing=0.9)) == "omission"


def test_an_adjective_of_a_country_that_names_the_source_is_an_attribution() -> None:
    source = {"source": 1.0, "nothing else": 1.0, "source of entity": 1.0, "whose source": 1.0}
    assert (
        kinds.likeliest(found("entity"), traits(source=source, entity=0.6, attribution=0.3)) == "attribution"
    )


@pytest.mark.parametrize("kind", ["number", "date"])
def test_numbers_and_dates_stay_what_they_are(kind: str) -> None:
    assert kind not in kinds.FOUND


def test_a_finding_of_another_kind_is_told_in_the_words_for_that_kind() -> None:
    renamed = kinds._renamed(found("terminology"), "polarity")
    assert (renamed.kind, renamed.mqm) == ("polarity", "accuracy/mistranslation/opposite")
    assert renamed.explanation == "“ruined” and «обогатило» say the opposite."


@given(
    st.sampled_from([*WORDED, *LACKING]),
    st.dictionaries(st.sampled_from([*WORDED, "missing"]), st.floats(0, 0.16)),
)
def test_what_is_missing_never_becomes_an_exchange(kind: str, said: dict[str, Any]) -> None:
    one: Difference = found(kind)
    settled = kinds.likeliest(one, traits(**said))
    assert settled in ((kind, "attribution") if kind in LACKING else WORDED)
