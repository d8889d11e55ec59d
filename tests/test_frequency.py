"""The packed lists answer as wordfreq does."""

import pytest
import wordfreq

from pipeline import frequency
from pipeline.document import Lang

ASKED = [
    "the",
    "The",
    "minister",
    "well-known",
    "don’t",
    "U.S.",
    "1985",
    "2030",
    "007",
    "12,345",
    "12.5%",
    "qwxz",
    "co-operation",
    "wholly-owned",
    "министр",
    "Министр",
    "ёлка",
    "Ёлка",
    "из-за",
    "социально-экономический",
    "Бишкеке",
    "90-х",
    "кое-что-нибудь",
    "...",
    "☃",
    "的",
]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("word", ["", "of the people", *ASKED])
def test_the_packed_list_says_what_wordfreq_says(word: str, lang: Lang) -> None:
    assert frequency.share(word, lang) == wordfreq.word_frequency(word, lang)
    assert frequency.zipf(word, lang) == wordfreq.zipf_frequency(word, lang)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_word_of_the_list_keeps_its_share(lang: Lang) -> None:
    listed, packed = wordfreq.get_frequency_dict(lang), frequency.of(lang)
    assert len(packed.words) == len(listed)
    some = [*listed][::97]
    assert [packed.share(word) for word in some] == [listed[word] for word in some]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_commonest_come_first(lang: Lang) -> None:
    assert [*frequency.commonest(lang, 3000)] == wordfreq.top_n_list(lang, 3000)
