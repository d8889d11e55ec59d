"""The columns of a document say what its tokens say."""

import pytest

from pipeline.entities.words import Words
from pipeline.parse import Parsers
from tests.conftest import plain_version

TEXTS = (
    ("en", "Mr. Riho Tammsalu, 41, left  the Port of Vasteras on 3 May.\n\nHe didn't say why: “We’ll see.”"),
    ("ru", "Риго Таммсалу\u00a0(41 год) уехал в Васте. «Посмотрим, — сказал он министру транспорта Перу». "),
)


@pytest.mark.models
@pytest.mark.parametrize(("lang", "text"), TEXTS)
def test_columns_are_what_tokens_say(lang: str, text: str, real_parsers: Parsers) -> None:
    doc = real_parsers.doc(plain_version(text, lang))  # type: ignore[arg-type]
    words = Words(doc)
    assert len(words) == len(doc)
    for i, token in enumerate(doc):
        assert (words.text[i], words.lower[i], words.lemma[i]) == (token.text, token.lower_, token.lemma_)
        assert (words.pos[i], words.dep[i], words.head[i]) == (token.pos_, token.dep_, token.head.i)
        assert (words.label[i], words.continues[i]) == (token.ent_type_, token.ent_iob_ == "I")
        assert (words.is_alpha[i], words.is_punct[i], words.is_space[i]) == (
            token.is_alpha,
            token.is_punct,
            token.is_space,
        )
        assert words.like_num[i] == token.like_num
        assert words.is_sent_start[i] == bool(token.is_sent_start)
        assert words.blank_after[i] == bool(token.whitespace_)
        assert list(words.children(i)) == [child.i for child in token.children]
        assert list(words.values(i, "Number")) == token.morph.get("Number")
        for end in range(i + 1, min(len(doc), i + 9)):
            assert words.span(i, end) == doc[i:end].text
            assert words.root(i, end) == doc[i:end].root.i


def test_a_document_without_words(fake_parsers: Parsers) -> None:
    assert len(Words(fake_parsers.doc(plain_version("", "en")))) == 0
