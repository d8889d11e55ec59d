"""Encodings are recognised, and what is no text is refused in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import IngestError
from pipeline.ingest.encoding import decode

RUSSIAN = "Президент республики встретился с послами трёх стран, чтобы обсудить «торговлю» и транзит."
ENGLISH = (
    "The president of the republic met the envoys of three states to discuss “trade” and transit – at noon."
)
CYRILLIC = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1251",
    "koi8-r",
    "cp866",
    "iso8859-5",
]


@pytest.mark.parametrize("encoding", CYRILLIC)
def test_russian(encoding):
    raw = RUSSIAN.encode(encoding, "ignore")
    text, name, first = decode(raw, "x.txt")
    assert text == raw.decode(encoding).lstrip("\ufeff")
    assert raw[first:].decode(name) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_english(encoding):
    text, name, first = decode(ENGLISH.encode(encoding), "x.txt")
    assert text == ENGLISH
    assert ENGLISH.encode(encoding)[first:].decode(name) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
@pytest.mark.parametrize(
    "text", [RUSSIAN.upper(), "Москва", "Встреча в Риге 12 мая", ENGLISH.replace("–", "") + RUSSIAN]
)
def test_capitals_short_and_mixed_texts(encoding, text):
    raw = text.encode(encoding, "ignore")
    assert decode(raw, "x.txt")[0] == raw.decode(encoding)


def test_accented_letters_in_english():
    text = "The café in São Paulo – and the façade in Málaga – were closed by the mayor’s decree."
    assert decode(text.encode("cp1252"), "x.txt")[:2] == (text, "cp1252")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        ("\ufeff \n".encode(), "only white space"),
        (bytes(range(256)) * 20, "no text"),
        (b"\xff\xfe\x00\xd8", "byte 0 is not utf-16-le"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x02\x00\x08\x06\x00\x00\x00\xf4x\xd4\xfa",
            "no text",
        ),
        (b"\xe3\x82\xff\x81\x93\xf5\xa4\xab\xb7\xfa\xb9\xbf\xd0\xd1\xd2\xd3\x9f\x8f" * 5, "not recognised"),
    ],
)
def test_no_text(raw, says):
    with pytest.raises(IngestError, match=says) as error:
        decode(raw, "dir/x.txt")
    assert str(error.value).startswith("dir/x.txt: ")
    assert "\n" not in str(error.value)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_line(raw):
    try:
        text, name, first = decode(raw, "x.txt")
    except IngestError as error:
        said = str(error)
    else:
        said, raw = "", raw[first:]
        assert raw.decode(name) == text
    assert "\n" not in said
