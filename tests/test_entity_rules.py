import pytest

from pipeline.entities.rules import belongs_to_country, is_addressed, names_a_unit, only_opens
from pipeline.entities.words import Words
from pipeline.parse import Parsers
from tests.conftest import plain_version


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "lang", "name", "answer"),
    [
        ("Мы ждали. Алфавиты разошлись.", "ru", "Алфавиты", True),
        ("Мы ждали. Кремль молчал.", "ru", "Кремль", False),
        ("Мы ждали. Тагибейов ушёл.", "ru", "Тагибейов", False),
        ("We waited. Trade fell.", "en", "Trade", True),
        ("We waited. Paris answered.", "en", "Paris", False),
    ],
)
def test_words_that_only_open_a_sentence(
    text: str, lang: str, name: str, answer: bool, real_parsers: Parsers
) -> None:
    doc = real_parsers.doc(plain_version(text, lang))  # type: ignore[arg-type]
    start = next(t.i for t in doc if t.text == name)
    assert only_opens(Words(doc), start, start + 1) is answer


@pytest.mark.models
def test_addressed_people(real_parsers: Parsers) -> None:
    doc = real_parsers.doc(plain_version("There Mrs Riho Tammsalu met Orlova.", "en"))
    assert is_addressed(Words(doc), 2, 4)
    assert not is_addressed(Words(doc), 2, 3)
    assert not is_addressed(Words(doc), 5, 6)


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Это решил Минфин Уругвая.", True),
        ("Минфин Уругвая решил.", False),
        ("Это видел Гусев Уругвая.", False),
    ],
)
def test_institutions_with_their_country(text: str, answer: bool, real_parsers: Parsers) -> None:
    doc = real_parsers.doc(plain_version(text, "ru"))
    end = next(t.i for t in doc if t.text == "Уругвая") + 1
    assert belongs_to_country(Words(doc), end - 2, end) is answer


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "lang", "country", "answer"),
    [
        ("Катер стоит 900 долларов США.", "ru", "США", True),
        ("Катер купили США.", "ru", "США", False),
        ("The boat costs 900 US dollars.", "en", "US", True),
        ("The US dollar buyers came.", "en", "US", True),
        ("The US bought a boat.", "en", "US", False),
    ],
)
def test_a_country_that_names_the_money(
    text: str, lang: str, country: str, answer: bool, real_parsers: Parsers
) -> None:
    doc = real_parsers.doc(plain_version(text, lang))  # type: ignore[arg-type]
    start = next(t.i for t in doc if t.text == country)
    assert names_a_unit(Words(doc), start, start + 1) is answer
