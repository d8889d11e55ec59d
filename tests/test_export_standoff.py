"""Every exchange format, written from a work with awkward spans and read back by the format's own reader."""

import json
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import cassis
import conllu
import msgspec
import networkx as nx
import pytest
import spacy
from lxml import etree
from spacy.tokens import DocBin

from pipeline import codebook, config, export, parse
from pipeline.document import LAYERS, Lang, Work, check_spans
from pipeline.errors import ConfigError, WorkError
from pipeline.export import brat, cas, graphml, labelstudio, parsed, refi, webannotation
from pipeline.export.marks import marks, utf16
from tests.report_specimen import respelled, specimen

LANGS: tuple[Lang, ...] = ("en", "ru")


SPELLINGS: dict[str, Callable[[str], str]] = {
    "composed": str,
    "decomposed": partial(unicodedata.normalize, "NFD"),
    "crlf": lambda character: character.replace("\n", "\r\n"),
}


@pytest.fixture(scope="module", params=SPELLINGS)
def work(request: pytest.FixtureRequest) -> Work:
    """The specimen, which has an emoji; with accents as characters of their own; with Windows' line ends."""
    return respelled(specimen(), SPELLINGS[request.param])


def test_the_specimens_are_spelled_as_they_say(work: Work) -> None:
    check_spans(work)


def places(work: Work, lang: Lang) -> set[tuple[str, int, int, str]]:
    """What every format must give back: layer, offsets, text."""
    return {(mark.layer, mark.start, mark.end, mark.text) for mark in marks(work, lang)}


def test_the_specimen_has_what_breaks_offsets(work: Work) -> None:
    text = work.versions["en"].text
    assert any(ord(c) > 0xFFFF for c in text)
    last = max(mark.start for mark in marks(work, "en"))
    assert utf16(text)[last] > last, "an annotation stands behind the emoji"


def test_marks_cover_every_layer(work: Work) -> None:
    assert {mark.layer for lang in LANGS for mark in marks(work, lang)} == set(LAYERS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("as_json", [False, True])
def test_cas_is_read_by_cassis(work: Work, lang: Lang, as_json: bool, tmp_path: Path) -> None:
    cas.write([work], tmp_path, json=as_json)
    with (tmp_path / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    path = tmp_path / f"{work.id}.{lang}.{'json' if as_json else 'xmi'}"
    with path.open("rb") as file:
        read = cassis.load_cas_from_json(file, types) if as_json else cassis.load_cas_from_xmi(file, types)
    found = {
        (layer, a.begin, a.end, a.get_covered_text())
        for layer in LAYERS
        for a in read.select(f"diptych.{layer.capitalize()}")
    }
    assert found == places(work, lang)
    assert len(read.select(cas.SENTENCE)) == len(work.versions[lang].sentences or ())
    assert read.document_language == lang


def test_the_xmi_counts_in_utf16_as_uima_does(work: Work, tmp_path: Path) -> None:
    cas.write([work], tmp_path)
    tree = ElementTree.parse(tmp_path / f"{work.id}.en.xmi")
    sofa = next(e for e in tree.iter() if e.tag.endswith("}Sofa")).attrib["sofaString"]
    units = sofa.encode("utf-16-le")
    for element in tree.iter():
        if element.tag.endswith("}Statements"):
            begin, end = int(element.attrib["begin"]), int(element.attrib["end"])
            text = units[2 * begin : 2 * end].decode("utf-16-le")
            assert ("statements", text) in {(m.layer, m.text) for m in marks(work, "en")}


@pytest.mark.parametrize("lang", LANGS)
def test_web_annotations_select_by_place_and_by_quotation(work: Work, lang: Lang, tmp_path: Path) -> None:
    webannotation.write(work, tmp_path)
    page = json.loads((tmp_path / f"{work.id}.{lang}.jsonld").read_text("utf-8"))
    text, found = work.versions[lang].text, set()
    for item in page["items"]:
        place, quote = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        found.add((item["body"][0]["value"].split("/")[0], place["start"], place["end"], quote["exact"]))
    assert found == places(work, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_brat_fragments_cut_the_text(work: Work, lang: Lang, tmp_path: Path) -> None:
    brat.write(work, tmp_path)
    text = (tmp_path / f"{work.id}.{lang}.txt").read_bytes().decode()  # as brat reads it, line ends untouched
    found = set()
    for line in (tmp_path / f"{work.id}.{lang}.ann").read_text("utf-8").splitlines():
        if line.startswith("T"):
            _, place, quoted = line.split("\t")
            name, offsets = place.split(" ", 1)
            pieces = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
            assert " ".join(text[a:b] for a, b in pieces) == quoted
            assert not set("\r\n") & set(quoted)
            found.add((name.split("-")[0], pieces[0][0], pieces[-1][1]))
    assert found == {(layer, start, end) for layer, start, end, _ in places(work, lang)}


def test_brat_declares_the_types_that_occur() -> None:
    assert "factors-economic_trade" in brat.configuration({"factors-economic_trade"}).splitlines()


def test_inception_can_make_a_layer_of_every_type(work: Work, tmp_path: Path) -> None:
    """INCEpTION takes a type for a layer whose supertype is uima.tcas.Annotation and whose features are primitive; tokens it
    makes itself. Source: inception-project/inception issue 2868."""
    cas.write([work], tmp_path)
    root = etree.parse(str(tmp_path / "TypeSystem.xml")).getroot()
    name = {"u": "http://uima.apache.org/resourceSpecifier"}
    described = {
        t.findtext("u:name", namespaces=name): t for t in root.iter(f"{{{name['u']}}}typeDescription")
    }
    layers = {f"diptych.{layer.capitalize()}" for layer in LAYERS}
    assert layers <= set(described)
    for layer in layers:
        assert described[layer].findtext("u:supertypeName", namespaces=name) == cas.ANNOTATION
        ranges = {f.text for f in described[layer].iterfind(".//u:rangeTypeName", namespaces=name)}
        assert ranges == {cas.STRING}
    for lang in LANGS:
        xmi = etree.parse(str(tmp_path / f"{work.id}.{lang}.xmi"))
        assert xmi.docinfo.xml_version == "1.0"


def test_what_xml_cannot_hold_is_replaced_and_nothing_moves(tmp_path: Path) -> None:
    odd = respelled(specimen(), lambda character: "\ufffe" if character == "\n" else character)
    cas.write([odd], tmp_path)
    with (tmp_path / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    for lang in LANGS:
        with (tmp_path / f"{odd.id}.{lang}.xmi").open("rb") as file:
            read = cassis.load_cas_from_xmi(file, types)
        assert read.sofa_string == odd.versions[lang].text.replace("\ufffe", "\ufffd")
        assert [a.get_covered_text() for a in read.select("diptych.Entities")] == [
            e.text for e in odd.versions[lang].entities or ()
        ]


@pytest.mark.parametrize("lang", LANGS)
def test_label_studio_regions_cut_the_text_in_utf16(work: Work, lang: Lang) -> None:
    task = labelstudio.task(work, lang)
    units = task["data"]["text"].encode("utf-16-le")
    found = set()
    for region in task["predictions"][0]["result"]:
        value = region["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
        found.add((region["from_name"], value["text"]))
    assert found == {(layer, text) for layer, _, _, text in places(work, lang) if layer in labelstudio.LAYERS}


def test_label_studio_configuration_declares_every_label_used(work: Work) -> None:
    used = {(m.layer, m.label) for lang in LANGS for m in marks(work, lang) if m.layer in labelstudio.LAYERS}
    view = ElementTree.fromstring(labelstudio.configuration(used))
    declared = {
        (group.attrib["name"], label.attrib["value"]) for group in view.findall("Labels") for label in group
    }
    assert declared == used
    assert view.find("Text").attrib == {"name": "text", "value": "$text"}  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", LANGS)
def test_conllu_is_read_by_conllu(
    work: Work, lang: Lang, fake_parsers: parse.Parsers, tmp_path: Path
) -> None:
    parsed.write_conllu(work, tmp_path, config.load(), fake_parsers)
    read = conllu.parse((tmp_path / f"{work.id}.{lang}.conllu").read_text("utf-8"))
    version = work.versions[lang]
    texts = [" ".join(version.text[s.start : s.end].split()) for s in version.sentences or ()]
    assert [s.metadata["text"] for s in read] == texts
    for sentence in read:
        assert [t["id"] for t in sentence] == list(range(1, len(sentence) + 1))
        assert sum(t["head"] == 0 for t in sentence) == 1
        written = "".join(
            t["form"] + ("" if (t["misc"] or {}).get("SpaceAfter") == "No" else " ") for t in sentence
        )
        assert written.split() == sentence.metadata["text"].split()
    named = {t["form"] for s in read for t in s if (t["misc"] or {}).get("Entity", "").startswith("B-")}
    assert {e.text.split()[0] for e in version.entities or ()} & named


def test_conllu_names_the_sentences_of_the_same_bead(work: Work, fake_parsers: parse.Parsers) -> None:
    doc = fake_parsers.doc(work.versions["en"])
    read = conllu.parse("".join(parsed.conllu(work, "en", doc)))
    linked = {
        int(s.metadata["sent_id"].rsplit("s", 1)[1]): s.metadata["aligned"]
        for s in read
        if "aligned" in s.metadata
    }
    beads = {
        i: " ".join(map(str, b.ru))
        for b in work.alignment
        if b.level == "sentence" and b.en and b.ru
        for i in b.en
    }
    assert linked == beads
    assert len(linked) < len(read), "null beads have no link"


@pytest.mark.parametrize("lang", LANGS)
def test_docbin_is_read_by_spacy(work: Work, lang: Lang, fake_parsers: parse.Parsers, tmp_path: Path) -> None:
    parsed.write_docbin(work, tmp_path, config.load(), fake_parsers)
    path = tmp_path / f"{work.id}.{lang}.spacy"
    (doc,) = DocBin().from_disk(path).get_docs(spacy.blank(lang).vocab)
    assert doc.text == work.versions[lang].text
    for layer in LAYERS:
        for annotation in getattr(work.versions[lang], layer) or ():
            covering = [s for s in doc.spans[layer] if s.id_ == annotation.id]
            assert len(covering) == 1
            assert annotation.text in covering[0].text


def test_graphml_is_read_by_networkx(work: Work, tmp_path: Path) -> None:
    (path,) = graphml.write([work], tmp_path)
    graph = nx.read_graphml(path)
    weights = {(a, b): d["weight"] for a, b, d in graph.edges(data=True)}
    ties = graphml.edges([work])
    assert weights == {(f"{a}:{b}", f"{c}:{d}"): n for (a, b, c, d), n in ties.items()}
    assert ties


def test_the_refi_codebook_holds_every_code_below_its_parent(tmp_path: Path) -> None:
    book = codebook.load("neighbour-influence")
    (path,) = refi.write(book, tmp_path)
    tree = etree.parse(str(path))
    name = {"q": refi.NAMESPACE}
    codable = tree.xpath("//q:Code[@isCodable='true']", namespaces=name)
    assert len(codable) == len(book.codes)
    guids = tree.xpath("//q:Code/@guid", namespaces=name)
    assert len(set(guids)) == len(guids)
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid) for guid in guids)
    labels = {code.id: f"{code.label.en} / {code.label.ru}" for code in book.codes}
    for code in book.codes:
        if code.parent:
            (element,) = [e for e in codable if e.get("name") == labels[code.id]]
            assert element.getparent().get("name") == labels[code.parent]
    assert path.read_bytes() == refi.codebook(book), "the same codebook gives the same bytes"


@pytest.mark.parametrize(
    "kind", ["brat", "cas", "cas-json", "labelstudio", "webannotation", "graphml", "refi", "tsv"]
)
def test_export_writes_the_same_bytes_twice(work: Work, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out" / "works"
    out.mkdir(parents=True)
    (out / f"{work.id}.json").write_bytes(msgspec.json.encode(work))
    settings = config.load()
    first, second = (export.export(out.parent, kind, tmp_path / name, settings) for name in ("a", "b"))
    assert [p.name for p in first] == [p.name for p in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))
    assert first


def test_an_unknown_kind_names_the_allowed_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'unknown kind "tmxx"; did you mean "tmx"\? Allowed: brat, cas'):
        export.export(tmp_path, "tmxx", tmp_path / "x", config.load())


def test_a_folder_without_works_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match=r"no works/\*\.json there; give the folder that diptych run wrote"):
        export.export(tmp_path, "brat", tmp_path / "x", config.load())


def test_utf16_offsets_end_with_the_length_in_units() -> None:
    text = "ёж 🌾🌾 \u0438\u0306"
    assert utf16(text)[-1] == len(text.encode("utf-16-le")) // 2
    assert BytesIO(text.encode("utf-16-le")).getbuffer().nbytes == 2 * utf16(text)[-1]
