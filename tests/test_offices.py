"""Offices: role in English normal form, the country served, and whether the text calls them former."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import Parsers
from pipeline.statements.people import People
from tests.conftest import plain_version

CASES = json.loads((Path(__file__).parent / "cases" / "offices" / "offices.json").read_text(encoding="utf-8"))


@pytest.mark.models
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_office(case: dict[str, Any], real_parsers: Parsers) -> None:
    version = plain_version(case["text"], case["lang"])
    people = People(version, real_parsers.doc(version))
    person = people.by_name(case["name"])
    assert person is not None
    office = person.office(0)
    assert office is not None
    assert [person.name, office.role, office.country, office.former] == [
        case["name"],
        case["role"],
        case["country"],
        case["former"],
    ]
