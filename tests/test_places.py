import pytest

from pipeline.places import key, place


@pytest.mark.parametrize(
    ("name", "lang", "country"),
    [
        ("Antofagasta", "en", "CL"),
        ("Антофагастой", "ru", "CL"),
        ("Худжанде", "ru", "TJ"),
        ("Khatlon", "en", "TJ"),
        ("Prut", "en", ""),
        ("Прутом", "ru", ""),
        ("Сырдарье", "ru", ""),
    ],
)
def test_places_by_their_names(name: str, lang: str, country: str) -> None:
    found = place(name, lang)
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize(
    ("name", "lang"), [("minister", "en"), ("Tagibeyov", "en"), ("прут", "ru"), ("Тагибейов", "ru")]
)
def test_what_is_no_place(name: str, lang: str) -> None:
    assert place(name, lang) is None


@pytest.mark.parametrize(
    "forms",
    [
        ("Назарбаев", "Назарбаева", "Назарбаевым"),
        ("Россия", "России", "Россией"),
        ("Дмитрий", "Дмитрия", "Дмитрием"),
    ],
)
def test_the_cases_of_a_name_share_a_key(forms: tuple[str, ...]) -> None:
    assert len({key(form, "ru") for form in forms}) == 1
