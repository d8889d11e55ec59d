"""One file, two languages: split by paragraph, not by word."""

import pytest

from pipeline.ingest import dates
from pipeline.ingest.scripts import languages_of

EN = (
    "The council of the northern ports met in spring and counted the ships that had waited for the ice to go. "
    * 3
)
RU = "Совет северных портов собрался весной и пересчитал корабли, которые ждали, пока уйдёт лёд. " * 3


@pytest.mark.parametrize(
    ("paragraphs", "langs"),
    [
        ([EN, EN, RU, "Ключевые слова: порты, лёд"], "en en ru ru"),
        ([EN, RU, "Keywords: ports, ice"], "en ru en"),
        ([RU, "Sic transit gloria mundi.", RU], "ru ru ru"),
        ([EN, "«Лёд тронулся!»", EN], "en en en"),
        ([EN, "Олег Берг", EN, RU], "en en en ru"),
        ([RU, "* * *", RU, EN, "1", EN], "ru ru ru en en en"),
        (["Портовый вестник", EN, EN, EN], "en en en en"),
        (["Порты зимой", RU, "Ports in winter", EN], "ru ru en en"),
        (["Hello, world.", "Здравствуй, мир."], "en ru"),
        (["The port.", "Порт.", "The ice.", "Лёд."], "en ru en ru"),
        (["12", "***"], "en en"),
    ],
)
def test_languages(paragraphs, langs):
    assert languages_of(paragraphs) == langs.split()


@pytest.mark.parametrize(
    ("paragraphs", "date"),
    [
        (["A title", "Riga, March 3, 2024 (Northern Wire) — The council met."], "2024-03-03"),
        (["Заголовок", "Рига/Таллин, 3 марта 2024 года (Вестник) — Совет собрался."], "2024-03-03"),
        (["MEMO", "To: the council", "Date: 5 Sept. 2023"], "2023-09-05"),
        (["Записка", "Дата: 05.09.2023"], "2023-09-05"),
        (["12 May 2020", "The council met."], "2020-05-12"),
        (["The council was founded on March 3, 2024, in Riga."], None),
        (["A title", "Совет был основан 3 марта 2024 года."], None),
        (["Declaration of 45 Smarch 2020", "99.99.2020"], None),
    ],
)
def test_document_date(paragraphs, date):
    assert dates.document_date(paragraphs) == date
