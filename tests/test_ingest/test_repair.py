"""Damage is repaired, clean text is not touched: cases in both languages, and laws."""

import textwrap
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline import ingest
from pipeline.errors import IngestError
from pipeline.ingest.source_map import replay, verify

CASES = Path(__file__).parent.parent / "cases" / "ingest"
DAMAGE = tomllib.loads((CASES / "damage.toml").read_text(encoding="utf-8"))["case"]
CLEAN = tomllib.loads((CASES / "clean.toml").read_text(encoding="utf-8"))["case"]
PARAGRAPHS = [
    "The minister of trade said on Monday that the port would reopen, although nobody had asked when.",
    "• Transit: 1,200 tonnes a day (2019–2021).",
    "“We waited,” she said. “Then we left.”",
    "Порт откроют снова, сказал министр торговли в понедельник, хотя никто не спрашивал когда.",
    "— Мы ждали, — сказала она. — Потом ушли.",
]


def read(tmp_path, text, lang=None, name="x.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ingest.read(path, lang=lang)


def joined(versions):
    return "\n\n".join(version.text for version in versions)


@pytest.mark.parametrize("case", DAMAGE, ids=lambda case: case["name"])
def test_damage_is_repaired(case, tmp_path):
    version = read(
        tmp_path,
        unicodedata.normalize("NFD", case["before"]) if "decomposed" in case["name"] else case["before"],
        "en",
    )[0]
    assert version.text == case["after"]
    assert verify(version, (tmp_path / "x.txt").read_bytes()) == []
    for repair in version.repairs:
        assert version.text[repair.start : repair.end] != repair.before


@pytest.mark.parametrize("case", CLEAN, ids=lambda case: case["name"])
def test_clean_text_is_not_touched(case, tmp_path):
    version = read(tmp_path, case.get("before", case["text"]), "en")[0]
    assert version.text == case["text"]
    assert {repair.rule for repair in version.repairs} <= {"paragraph-break", "line-wrap"}


@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r", "\u2029"]),
)
def test_line_ends_do_not_matter(tmp_path_factory, paragraphs, end):
    folder = tmp_path_factory.mktemp("ends")
    text = "\n\n".join(paragraphs)
    raw = (end if end == "\u2029" else end * 2).join(paragraphs)
    version = read(folder, raw, "en")[0]
    assert version.text == text
    assert replay(version) == raw


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6))
def test_decomposed_letters_do_not_matter(tmp_path_factory, paragraphs):
    folder = tmp_path_factory.mktemp("nfd")
    text = "\n\n".join(paragraphs)
    version = read(folder, unicodedata.normalize("NFD", text), "ru")[0]
    assert version.text == text
    assert replay(version) == unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1251", "koi8-r"])
@pytest.mark.parametrize("width", [50, 72, 1000])
def test_encoding_and_wrapping_do_not_matter(tmp_path, encoding, width):
    text = "\n\n".join(PARAGRAPHS[3:4] * 3)
    wrapped = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in text.split("\n\n"))
    version = read(tmp_path, wrapped.encode(encoding), "ru")[0]
    assert version.text == text
    assert verify(version, wrapped.encode(encoding)) == []


@given(
    st.text(alphabet="aбй fil-«’ʼ.,1 \n\r\f\t\u00ad\u00a0\u0306", min_size=1, max_size=120).filter(str.strip)
)
def test_letters_and_digits_are_never_lost(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    try:
        versions = read(folder, text, "en")
    except IngestError:
        assume(False)  # only invisible characters: refused, as test_encoding shows
    raw = (folder / "x.txt").read_bytes()
    letters = [c for c in unicodedata.normalize("NFC", text.replace("\u00ad", "")) if c.isalpha()]
    assert sorted(c for c in versions[0].text if c.isalpha()) == sorted(letters)
    assert verify(versions[0], raw) == []


@pytest.mark.parametrize(
    ("word", "times"),
    [
        ("word ", 400_000),
        ("слово ", 400_000),
        ("x", 2_000_000),
        (". ", 400_000),
        ("inf luence ", 40_000),
        ("a\u00ad", 40_000),
    ],
)
def test_a_very_long_line_is_read(tmp_path, word, times):
    versions = read(tmp_path, word * times, "en")
    assert len(versions) == 1
    assert len(versions[0].paragraphs) == 1


def test_running_heads_and_page_numbers_go(tmp_path):
    body = "The harbour was closed in winter, and the ministers who had asked for it said that {} ships\nwould wait until the ice was gone and the pilots came back from the south."
    pages = [f"The Journal of Northern Studies\n{body.format(n)}\n{n + 10}" for n in (3, 4, 5)]
    version = read(tmp_path, "\f".join(pages), "en")[0]
    assert "Journal" not in version.text
    assert "15" not in version.text
    assert "said that 3 ships would wait" in version.text
