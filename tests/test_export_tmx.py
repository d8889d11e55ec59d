"""TMX by the rules of its document type: order of elements, attributes that must be there, one source language."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import __version__, config, export
from pipeline.align import formats
from pipeline.export import annotated, beads
from tests.report_specimen import specimen

RULES = Path(__file__).parent / "cases" / "exports" / "tmx14.dtd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AWKWARD = {
    "emoji": "The grain 🌾 road",
    "decomposed": "Кишине\u0308в",
    "line ends": "one\r\ntwo",
    "markup": 'a < b && "c" > d',
    "right to left": "שלום, мир",
    "control characters": "a\x00\x0bb",
    "empty": "",
}


@pytest.fixture(scope="module")
def rules() -> etree.DTD:
    with RULES.open("rb") as file:
        return etree.DTD(file)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_a_file_is_valid_whatever_its_segments_hold(rules: etree.DTD, text: str) -> None:
    root = etree.fromstring(formats.written("tmx", [((0,), (0,), 0.5)], [text], [text], __version__).encode())
    assert rules.validate(root), rules.error_log.filter_from_errors()


def test_the_export_of_a_run_is_valid_and_holds_every_pair(rules: etree.DTD, tmp_path: Path) -> None:
    work = specimen()
    annotated.write(work, tmp_path / "works" / f"{work.id}.json")
    (path,) = export.export(tmp_path, "tmx", tmp_path / "tmx", config.load())
    tree = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True))
    assert rules.validate(tree), rules.error_log.filter_from_errors()
    assert tree.docinfo.doctype == '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    units = tree.findall("body/tu")
    pairs = [bead for bead in work.alignment if bead.level == "sentence" and bead.en and bead.ru]
    assert len(units) == len(pairs)
    assert len({unit.get("tuid") for unit in units}) == len(units)
    for unit, bead in zip(units, pairs, strict=True):
        sides = {tuv.get(LANG): tuv.findtext("seg") for tuv in unit.findall("tuv")}
        for lang, indices in (("en", bead.en), ("ru", bead.ru)):
            version = work.versions[lang]  # type: ignore[index]
            sentences = [(version.sentences or ())[i] for i in indices]
            assert sides[lang] == " ".join(version.text[s.start : s.end] for s in sentences)
    assert tree.find("header").get("srclang") in {tuv.get(LANG) for tuv in tree.iter("tuv")}


def test_no_pairs_make_a_valid_file_too(rules: etree.DTD) -> None:
    assert rules.validate(
        etree.fromstring(formats.written("tmx", [((0,), (), 0.5)], ["x"], [], "1").encode())
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' srclang="en"', ""),
        (' xml:lang="ru"', ""),
        ('segtype="sentence"', 'segtype="verse"'),
        ('version="1.4"', 'version="1.3"'),
        (' type="x-score"', ""),
        ("<body>", "<body><seg>x</seg>"),
        ("</tuv>\n  </tu>", "</tuv><note>after</note></tu>"),
    ],
)
def test_the_rules_find_what_they_look_for(rules: etree.DTD, old: str, new: str) -> None:
    text = formats.written("tmx", [((0,), (0,), 0.5)], ["One."], ["Раз."], "1")
    assert old in text
    assert not rules.validate(etree.fromstring(text.replace(old, new).encode()))


def test_the_name_of_the_file_says_the_work(tmp_path: Path) -> None:
    assert beads.write(specimen(), "tmx", tmp_path) == tmp_path / "grain-road.tmx"
