"""Changes with their arithmetic, stated changes and levels, in both languages."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import entities, quantities
from pipeline.document import Quantity, Version
from pipeline.parse import Parsers

CASES = Path(__file__).parent / "cases" / "quantities"


def cases(lang: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{lang}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(lang, case, marks=_known(case), id=f"{lang}-{case['text'][:40]}") for case in found]


def _known(case: dict[str, Any]) -> Any:
    return pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else ()


def read(text: str, lang: str, make: Callable[..., Version], parsers: Parsers) -> tuple[Quantity, ...]:
    version = make(text, lang)
    doc = parsers.doc(version)
    return quantities.extract(make(text, lang, entities=entities.extract(version, doc)), doc)


@pytest.mark.models
@pytest.mark.parametrize(("lang", "case"), [*cases("en"), *cases("ru")])
def test_changes(
    lang: str, case: dict[str, Any], make_version: Callable[..., Version], real_parsers: Parsers
) -> None:
    changes = [q for q in read(case["text"], lang, make_version, real_parsers) if q.from_ and q.to]
    found = [
        [q.from_, q.to, q.change_pct or "", q.change_pp or "", q.check.consistent if q.check else True]
        for q in changes
    ]
    assert found == case["change"]
    for name in ("subject", "counterpart", "period", "unit"):
        if name in case:
            assert getattr(changes[0], name) == case[name]
    assert all(quantities.recheck(q) == q.check for q in changes)


@pytest.mark.models
def test_levels_inherit_indicator_and_country(
    make_version: Callable[..., Version], real_parsers: Parsers
) -> None:
    text = "In 2014 inflation was 11.4% in Ghana, 16.2% in Kenya and 7.0% in Uganda."
    found = read(text, "en", make_version, real_parsers)
    assert [(q.value, q.unit, q.subject, q.period) for q in found] == [
        ("11.4", "percent", "GH", "2014"),
        ("16.2", "percent", "KE", "2014"),
        ("7", "percent", "UG", "2014"),
    ]


def change(text: str, before: str, after: str, pct: str | None = None, pp: str | None = None) -> Quantity:
    return Quantity(
        start=0, end=len(text), text=text, by="test", from_=before, to=after, change_pct=pct, change_pp=pp
    )


@pytest.mark.parametrize(
    ("quantity", "expected", "consistent"),
    [
        (change("from 1,000 to 1,250, by 25 percent", "1000", "1250", "25"), "25", True),
        (change("from 1,000 to 1,250, by 26 percent", "1000", "1250", "26"), "25", True),
        (change("from 1,000 to 1,250, by 27 percent", "1000", "1250", "27"), "25", False),
        (change("from 0.1 million to 0.2 million, by 140 percent", "100000", "200000", "140"), "100", True),
        (change("с 31 % до 24 %, на 7 п. п.", "31", "24", None, "-7"), "-7", True),
        (change("с 31 % до 24 %, на 9 п. п.", "31", "24", None, "-9"), "-7", False),
        (change("с 5000 до 13 000, в 2,6 раза", "5000", "13000", "160"), "160", True),
        (change("more than doubled from 100 to 250", "100", "250", "100"), "150", True),
        (change("exactly doubled from 100 to 250", "100", "250", "100"), "150", False),
    ],
)
def test_arithmetic(quantity: Quantity, expected: str, consistent: bool) -> None:
    check = quantities.recheck(quantity)
    assert check is not None
    assert (check.expected, check.consistent) == (expected, consistent)


def test_nothing_to_check_without_a_stated_change() -> None:
    assert quantities.recheck(change("from 5 to 6", "5", "6")) is None
    assert quantities.recheck(change("from 0 to 6, by 10%", "0", "6", "10")) is None


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_exact_change_is_always_consistent(before: int, after: int) -> None:
    pct = quantities.arithmetic.percent(quantities.arithmetic._relative(*map(Decimal, (before, after))))
    text = f"from {before} to {after}, by {pct.lstrip('-')}%"
    check = quantities.recheck(change(text, str(before), str(after), pct))
    assert check is not None
    assert check.consistent
