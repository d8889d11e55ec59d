import pytest

from pipeline.bynames import Mention, mentions, one_bearer


@pytest.mark.parametrize(
    ("en", "ru"),
    [
        ("Karl-Marx-Stadt", "в Хемнице"),
        ("Karl - Marx - Stadt", "Хемницу"),
        ("St. Petersburg", "Ленинграда"),
        ("the Iron Chancellor", "Бисмарком"),
        ("Doctors Without Borders", "«Врачей без границ»"),
        ("the Storting’s", "норвежского парламента"),
        ("the Society of Friends", "квакерами"),
    ],
)
def test_names_of_one_bearer(en: str, ru: str) -> None:
    assert one_bearer(en.split(), ru.split())


@pytest.mark.parametrize(
    ("en", "ru"),
    [
        ("Urga", "Хемнице"),
        ("the Iron Lady", "Бисмарком"),
        ("iron chancellor", "Бисмарком"),
        ("the Storting", "шведского парламента"),
    ],
)
def test_names_of_two_bearers(en: str, ru: str) -> None:
    assert not one_bearer(en.split(), ru.split())


def test_a_mention_tells_which_words_it_takes() -> None:
    found = mentions(["In", "old", "Cape", "Town", "rain", "fell"], "en")
    assert [(one.first, one.last) for one in found] == [(2, 3)]
    assert all(isinstance(one, Mention) for one in found)
