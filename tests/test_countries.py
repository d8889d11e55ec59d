import pytest

from pipeline import countries


@pytest.mark.parametrize(
    ("text", "lang", "code", "kind"),
    [
        ("Kazakhstan’s", "en", "KZ", "name"),
        ("the Republic of Moldova", "en", "MD", "name"),
        ("U.S", "en", "US", "name"),
        ("Danes", "en", "DK", "people"),
        ("Reykjavik", "en", "IS", "capital"),
        ("Paraguayan", "en", "PY", "adjective"),
        ("Соединенных Штатов", "ru", "US", "name"),
        ("Республики Молдова", "ru", "MD", "name"),
        ("Коста-Рике", "ru", "CR", "name"),
        ("Ереваном", "ru", "AM", "capital"),
        ("исландского", "ru", "IS", "adjective"),
        ("узбеки", "ru", "UZ", "people"),
        ("Кот-д’Ивуаром", "ru", "CI", "name"),
        ("Northern Ireland", "en", "GB", "name"),
        ("Северной Ирландии", "ru", "GB", "name"),
        ("Welsh", "en", "GB", "adjective"),
        ("шотландцы", "ru", "GB", "people"),
    ],
)
def test_every_way_to_name_a_country(text: str, lang: str, code: str, kind: str) -> None:
    found = countries.mention(text, lang)
    assert found is not None
    assert (found.code, found.kind) == (code, kind)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Brussels", "en"),
        ("Black Sea", "en"),
        ("вена", "ru"),
        ("чад", "ru"),
        ("", "en"),
        ("Лион", "ru"),
        ("Тому", "ru"),
    ],
)
def test_what_is_no_country(text: str, lang: str) -> None:
    assert countries.code(text, lang) is None


def test_names_are_those_of_cldr() -> None:
    assert countries.name("KZ", "en") == "Kazakhstan"
    assert countries.name("KZ", "ru") == "Казахстан"


def test_a_country_inside_a_state_keeps_its_own_name() -> None:
    written = [countries.mention(*asked) for asked in (("Scotland", "en"), ("Шотландии", "ru"))]
    assert [found.written for found in written if found] == ["Scotland", "Шотландия"]
