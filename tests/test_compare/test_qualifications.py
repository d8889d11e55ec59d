"""The beginnings of qualifications, and what may render them."""

import pytest

from pipeline.compare import qualifications


@pytest.mark.parametrize(
    ("lang", "other", "text"),
    [
        ("en", "ru", "It is free, except on feast days."),
        ("en", "ru", "It may be sold, unless the heirs object."),
        ("en", "ru", "He agreed, provided that they paid."),
        ("en", "ru", "They sang, although it rained."),
        ("ru", "en", "Он бесплатный, кроме праздников."),
        ("ru", "en", "Они пели, хотя шёл дождь."),
        ("ru", "en", "Все, включая сторожей, ушли."),
    ],
)
def test_a_qualification_is_known_by_its_beginning(lang: str, other: str, text: str) -> None:
    assert sum(bool(row.opens.search(text)) for row in qualifications._rows(lang, other)) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "other", "text"),
    [
        ("en", "ru", "An exceptional year."),
        ("en", "ru", "He liked it though, and said so."),
        ("ru", "en", "Кроме того, они поют."),
        ("ru", "en", "Хотя бы один пришёл."),
    ],
)
def test_other_words_begin_none(lang: str, other: str, text: str) -> None:
    assert not any(row.opens.search(text) for row in qualifications._rows(lang, other))  # type: ignore[arg-type]
