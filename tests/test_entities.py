import tomllib
from pathlib import Path

import pytest

from pipeline import entities
from pipeline.entities.acronyms import abbreviates
from pipeline.entities.organisations import organisation
from pipeline.parse import Parsers
from tests.conftest import plain_version

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "entities" / "names.toml").read_text(encoding="utf-8")
)["cases"]


def written(entity: entities.Entity) -> str:
    name = f" = {entity.name}" if entity.link and entity.type != "NORP" else ""
    return f"{entity.type} {entity.text}{name}" + (f" @ {entity.link.value}" if entity.link else "")


@pytest.mark.models
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=pytest.mark.xfail(strict=True, reason=c["known_failure"]))
        if "known_failure" in c
        else c
        for c in CASES
    ],
)
def test_names(case: dict, real_parsers: Parsers) -> None:
    version = plain_version(case["text"], case["lang"])
    found = entities.extract(version, real_parsers.doc(version))
    assert [written(e) for e in found if e.type in ("PER", "LOC", "ORG", "NORP")] == case["names"]
    assert all(version.text[e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize(
    ("text", "lang", "id"),
    [
        ("Содружеством Независимых Государств", "ru", "CIS"),
        ("НАТО", "ru", "NATO"),
        ("the Nordic Council's", "en", "NC"),
        ("Mercosur", "en", "MERCOSUR"),
        ("Евросоюзе", "ru", "EU"),
    ],
)
def test_organisations_by_every_name(text: str, lang: str, id: str) -> None:
    found = organisation(text, lang)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    ("text", "lang"), [("un", "en"), ("европейский", "ru"), ("Council", "en"), ("ас", "ru")]
)
def test_what_is_no_organisation(text: str, lang: str) -> None:
    assert organisation(text, lang) is None


@pytest.mark.parametrize(
    ("acronym", "name", "answer"),
    [
        ("OSCE", "Organization for Security and Co-operation in Europe", True),
        ("ОДКБ", "Организация Договора о коллективной безопасности", True),
        ("RECO", "Real Estate Council of Ontario", True),
        ("GDP", "Georgian Dream", False),
        ("ВВП", "Союз виноделов", False),
    ],
)
def test_what_an_acronym_abbreviates(acronym: str, name: str, answer: bool) -> None:
    assert abbreviates(acronym, name) is answer


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Прессу принимал Министр Риа Ораз.", "Риа Ораз"),
        ("Журналисты говорили с Нурсултаном Назарбаевым.", "Нурсултан Назарбаев"),
        ("Суда уходили из Антофагасты.", "Антофагаста"),
    ],
)
def test_names_in_the_nominative(text: str, name: str, real_parsers: Parsers) -> None:
    version = plain_version(text, "ru")
    assert name in [e.name for e in entities.extract(version, real_parsers.doc(version))]
