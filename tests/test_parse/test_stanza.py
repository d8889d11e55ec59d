"""The Stanza back end: what is missing is said in one line; with models trained here it keeps the contract of the others."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from pipeline import config, parse, stages
from pipeline.document import Lang
from pipeline.errors import MissingModel
from pipeline.export import annotated
from pipeline.parse import stanza as backend
from pipeline.schema import schema
from pipeline.tools import Tools
from tests.conftest import plain_version
from tests.test_parse import stanza_models
from tests.test_parse.test_backends import TEXTS, UD_POS


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(
        MissingModel, match=r'holds no Stanza models for "ru" .*stanza\.download\(\'ru\''
    ) as caught:
        backend.installed(str(tmp_path), "ru")
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_tagger_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text(
        json.dumps({"en": {"packages": {"default": {"tokenize": "tiny"}}}}), "utf-8"
    )
    (tmp_path / "en" / "tokenize").mkdir(parents=True)
    (tmp_path / "en" / "tokenize" / "tiny.pt").touch()
    with pytest.raises(MissingModel, match="tokenize, pos, lemma"):
        backend.installed(str(tmp_path), "en")


def test_the_shipped_configuration_chooses_stanza_for_both() -> None:
    settings = config.load(Path(__file__).parents[2] / "configs" / "stanza.toml")
    assert {p.backend for p in settings.parse.values()} == {"stanza"}


@pytest.fixture(scope="module")
def trained(request: pytest.FixtureRequest) -> Path:
    """Models made by Stanza's own training code, kept in pytest's cache."""
    pytest.importorskip("stanza", reason='pip install "diptych[stanza]" to test this back end')
    folder = request.config.cache.mkdir("stanza-models")  # type: ignore[union-attr]
    return stanza_models.models(Path(folder), "ru")


def settings_with(folder: Path) -> config.Config:
    chosen = config.Parser(backend="stanza", model=str(folder))
    return msgspec.structs.replace(config.load(), parse={"en": chosen, "ru": chosen})


@pytest.mark.models
def test_contract(trained: Path) -> None:
    lang: Lang = "ru"
    version = plain_version(TEXTS[lang], lang)
    parsers = parse.load(settings_with(trained))
    doc = parsers.doc(version)
    assert doc.text == version.text
    assert len(list(doc.sents)) == len(version.sentences or ())
    assert {t.pos_ for t in doc} <= UD_POS
    assert all(t.lemma_ == t.lemma_.lower() and "ё" not in t.lemma_ for t in doc)
    assert {"NOUN", "ADP", "PUNCT"} <= {t.pos_ for t in doc}, "a few hundred steps teach the tagger this much"
    assert next(t for t in doc if t.text == "году").lemma_ == "год"
    assert {e.label_ for e in doc.ents} <= {"PER", "LOC", "ORG"}
    assert parsers.doc(version).to_bytes() == doc.to_bytes()
    (component,) = parsers.components(["ru"])
    assert component.name == "stanza-ru"
    assert len(component.sha256) == 64


@pytest.mark.models
def test_a_work_parsed_with_stanza_follows_the_schema(trained: Path) -> None:
    version = plain_version(TEXTS["ru"], "ru")
    work = stages.annotate("harbour", {"ru": version}, Tools(settings_with(trained)))
    jsonschema.Draft202012Validator(schema()).validate(json.loads(annotated.encode(work)))
    assert not [d for d in work.diagnostics if d.status == "failed"]
