"""Laws that hold for any bytes and any text: a reader reads or refuses in one line, offsets cut what they say."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import config, ingest, shipped, stages
from pipeline.document import Lang, Version, Work, check_spans
from pipeline.errors import IngestError
from pipeline.export import annotated
from pipeline.ingest import READERS
from pipeline.memory import CacheError, Part, Shelf, load, save
from tests import fake_parser
from tests.conftest import plain_version

LIMITS = config.IngestLimits(max_unpacked_megabytes=5, max_pages=20)
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def samples() -> list[tuple[str, bytes]]:
    demo = shipped.path("corpora/demo")
    return [
        (p.suffix, p.read_bytes())
        for p in sorted(demo.iterdir())
        if p.suffix in READERS and p.stem != "README"
    ]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A real file truncated, with bits flipped, a stretch doubled or cut out, or under another ending."""
    suffix, data = draw(st.sampled_from(samples()))
    for _ in range(draw(st.integers(1, 3))):
        a = draw(st.integers(0, max(0, len(data) - 1)))
        b = draw(st.integers(a, min(len(data), a + 400)))
        match draw(st.sampled_from(("cut", "flip", "double", "truncate"))):
            case "cut":
                data = data[:a] + data[b:]
            case "flip" if data:
                data = data[:a] + bytes([data[a] ^ (1 << draw(st.integers(0, 7)))]) + data[a + 1 :]
            case "double":
                data = data[:b] + data[a:b] + data[b:]
            case "truncate":
                data = data[:b]
    if draw(st.booleans()):
        suffix = draw(st.sampled_from(sorted(READERS)))
    return suffix, data


def read_or_refused(suffix: str, data: bytes, folder: Path) -> None:
    file = folder / f"x{suffix}"
    file.write_bytes(data)
    refusal = ""
    versions: tuple[Version, ...] = ()
    try:
        versions = ingest.read(file, limits=LIMITS)
    except IngestError as error:
        refusal = str(error)
    assert bool(versions) != bool(refusal)
    assert "\n" not in refusal
    for version in versions:
        at = 0
        for start, end, low, high in version.source_map:
            assert at <= start <= end <= len(version.text)
            assert 0 <= low <= high
            at = end


@quick
@given(damaged())
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, file: tuple[str, bytes]) -> None:
    read_or_refused(*file, tmp_path)


@quick
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path: Path, suffix: str, data: bytes) -> None:
    read_or_refused(suffix, data, tmp_path)


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("абвгдеёжийклмн АБВ abcdefgh ABC .,!?…«»“”\"'—–-()%$€0123456789\n\n  "),
        st.characters(exclude_categories=("Cs",)),
    ),
    min_size=1,
    max_size=300,
).filter(str.strip)
PIECES = st.lists(
    st.one_of(
        TEXTS,
        st.sampled_from(
            [
                "«Цены выросли на 5 %, — сказал он. — Дальше будет хуже».",
                '"We will not," said Minister Anna Berg, "accept this before May 2019."',
                "Trade with Chile fell from 5 to 4 million tons, by 20%.",
                "В 1992–2001 гг. экспорт упал втрое.",
            ]
        ),
    ),
    min_size=1,
    max_size=4,
).map("\n\n".join)


@settings(max_examples=25)
@given(en=PIECES, ru=PIECES)
def test_any_two_texts_become_a_work_whose_offsets_hold(en: str, ru: str) -> None:
    """The whole pipeline with the fake parser: spans cut their text, the JSON reads back as what was written."""
    texts: tuple[tuple[Lang, str], ...] = (("en", en), ("ru", ru))
    bare = {
        lang: msgspec.structs.replace(plain_version(text, lang), paragraphs=None, sentences=None)
        for lang, text in texts
    }
    work = stages.annotate("w", bare, fake_parser.tools(config.load()))
    assert not [d for d in work.diagnostics if d.status == "failed"]
    check_spans(work)
    assert msgspec.json.decode(annotated.encode(work), type=Work) == work
    for lang, text in texts:
        assert work.versions[lang].text == text


shelves = st.builds(
    Shelf,
    st.text(max_size=5),
    st.text(max_size=5),
    st.text(max_size=5),
    st.dictionaries(
        st.text(max_size=5), st.builds(Part, st.text(max_size=5), st.binary(max_size=20)), max_size=3
    ),
)


@quick
@given(shelves, st.data())
def test_a_cache_file_reads_back_or_says_that_it_is_damaged(
    tmp_path: Path, shelf: Shelf, data: st.DataObject
) -> None:
    file = tmp_path / "w.bin"
    save(shelf, file)
    whole = file.read_bytes()
    assert load(file) == shelf
    at = data.draw(st.integers(0, len(whole) - 1))
    for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]):
        file.write_bytes(broken)
        with pytest.raises(CacheError, match=r"\Adamaged|made again\Z"):
            load(file)
