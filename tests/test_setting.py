"""From whose side a text is told, and whose its speakers are, on short texts of our own."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import entities, segment, statements
from pipeline.parse import Parsers
from pipeline.setting import Setting
from tests.conftest import plain_version

CASES = tomllib.loads((Path(__file__).parent / "cases" / "setting" / "settings.toml").read_text("utf-8"))


@pytest.mark.models
@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: c["text"].strip()[:40])
def test_setting(case: dict[str, Any], real_parsers: Parsers) -> None:
    version = plain_version(case["text"].strip(), case["lang"])
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    doc = real_parsers.doc(version)
    version = msgspec.structs.replace(version, entities=entities.extract(version, doc), citations=())
    assert Setting(version, doc).home == case["home"]
    assert [s.country for s in statements.extract(version, doc)] == case["speakers"]


@pytest.mark.models
def test_a_text_without_countries_has_no_home(real_parsers: Parsers) -> None:
    version = plain_version("Prices rose. Nobody objected.", "en")
    setting = Setting(version, real_parsers.doc(version))
    assert setting.home is None
    assert setting.about(3) is None
