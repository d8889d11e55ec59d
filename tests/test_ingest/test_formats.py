"""html, docx, pdf and tables: text, roles, meta and map; damaged files give one line each."""

import io
import json
import zipfile

import docx
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from pipeline import ingest
from pipeline.config import IngestLimits
from pipeline.errors import IngestError
from pipeline.ingest.source_map import verify

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Порт &amp; лёд</title>
<meta name="author" content="Ирина Берг"><meta property="article:published_time" content="2021-04-09T08:00:00Z">
<style>p {{ color: red }}</style></head><body><nav>Меню</nav>
<h1>Порт&nbsp;открыт</h1><h2>Ледоколы</h2>
<p>Первый <b>ледо</b>кол пришёл
   в среду &mdash; и&#32;ушёл.<br>Второй ждёт.</p>
<div style="display: none">скрыто</div><script>if (a < b) {{ "<p>нет</p>" }}</script>
<ul><li>уголь<li>нефть &lt;сырая&gt;</ul><p class="footnotes">1 Данные порта.</p></body></html>"""


def write(tmp_path, name, raw):
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def one(path):
    (version,) = ingest.read(path)
    assert verify(version, path.read_bytes()) == []
    return version


def paragraphs(version):
    return [(p.role, version.text[p.start : p.end]) for p in version.paragraphs]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_html(tmp_path, charset):
    version = one(write(tmp_path, "a.html", PAGE.format(charset=charset).encode(charset)))
    assert paragraphs(version) == [
        ("title", "Порт открыт"),
        ("heading", "Ледоколы"),
        ("body", "Первый ледокол пришёл в среду — и ушёл."),
        ("body", "Второй ждёт."),
        ("body", "уголь"),
        ("body", "нефть <сырая>"),
        ("footnote", "1 Данные порта."),
    ]
    assert version.meta == {"title": "Порт & лёд", "authors": "Ирина Берг", "date": "2021-04-09"}


def word_document():
    document = docx.Document()
    document.core_properties.title = "Ports & ice"
    document.core_properties.author = "Irina Berg"
    document.add_heading("Ports & ice", 0)
    document.add_heading("Icebreakers", 1)
    paragraph = document.add_paragraph("The first <icebreaker> ")
    paragraph.add_run("came").bold = True
    paragraph.add_run(" on Wednesday\tand left.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "coal", "oil"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def members_replaced(raw, **members):
    """The same archive with other members: `word__document_xml="..."`."""
    names = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in members.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, data in names.items():
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def test_docx(tmp_path):
    version = one(write(tmp_path, "a.docx", word_document()))
    assert paragraphs(version) == [
        ("title", "Ports & ice"),
        ("heading", "Icebreakers"),
        ("body", "The first <icebreaker> came on Wednesday and left."),
        ("body", "coal"),
        ("body", "oil"),
    ]
    assert version.meta == {"title": "Ports & ice", "authors": "Irina Berg"}
    assert version.source.stream == "word/document.xml"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CALLING = f'<w:document {W}><w:body><w:p><w:r><w:t>Лёд тает</w:t><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t>Порт открыт.</w:t></w:r></w:p></w:body></w:document>'
NOTES = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>линия</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Данные порта.</w:t></w:r></w:p></w:footnote></w:footnotes>'


def test_docx_footnotes_follow_the_paragraph_that_calls_them(tmp_path):
    raw = members_replaced(word_document(), word__document_xml=CALLING, word__footnotes_xml=NOTES)
    version = one(write(tmp_path, "a.docx", raw))
    assert paragraphs(version) == [
        ("body", "Лёд тает"),
        ("footnote", "Данные порта."),
        ("body", "Порт открыт."),
    ]
    assert version.source.stream == "word/document.xml+word/footnotes.xml"


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + CALLING.replace("Лёд", "&b;")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (word_document()[:5000], "truncated"),
        (word_document()[:-30], "truncated"),
        (b"", "is missing|truncated"),
        (members_replaced(word_document(), word__document_xml=None), "word/document.xml is missing"),
        (members_replaced(word_document(), word__document_xml=BOMB), "entities of its own"),
        (members_replaced(word_document(), word__document_xml=CALLING[:200]), "damaged XML"),
        (members_replaced(word_document(), word__document_xml=b"<a>\xff</a>"), "not UTF-8|damaged XML"),
        (
            members_replaced(
                word_document(),
                word__document_xml=CALLING.replace("Лёд тает", "").replace("Порт открыт.", ""),
            ),
            "no text",
        ),
    ],
)
def test_damaged_docx(tmp_path, raw, says):
    with pytest.raises(IngestError, match=says) as error:
        ingest.read(write(tmp_path, "a.docx", raw))
    assert "\n" not in str(error.value)


def test_zip_bomb_is_not_unpacked(tmp_path):
    raw = members_replaced(word_document(), word__document_xml=CALLING.replace("Лёд", "а" * 3_000_000))
    with pytest.raises(IngestError, match="max_unpacked_megabytes"):
        ingest.read(write(tmp_path, "a.docx", raw), limits=IngestLimits(max_unpacked_megabytes=2))


def test_a_file_over_the_limit_is_refused(tmp_path):
    with pytest.raises(IngestError, match="max_megabytes = 1"):
        ingest.read(write(tmp_path, "a.txt", b"word " * 300_000), limits=IngestLimits(max_megabytes=1))


SENTENCES = (
    "The council of the northern ports met in spring and counted the ships that had waited for the ice to go.",
    "Its members, who had come from four countries, agreed on a common price for pilots and on a list of repairs.",
    "Nobody spoke of the customs office, although its windows had been dark since the beginning of the year.",
)


def pdf_document(*, encrypt=None, empty=False):
    styles = getSampleStyleSheet()
    stream = io.BytesIO()
    story = (
        []
        if empty
        else [
            Paragraph("A winter of the ports", styles["Title"]),
            Paragraph(" ".join(SENTENCES), styles["BodyText"]),
            Paragraph("Prices and pilots", styles["Heading2"]),
            Paragraph(" ".join(reversed(SENTENCES)), styles["BodyText"]),
            PageBreak(),
            Paragraph("The windows stayed dark.", styles["BodyText"]),
        ]
    )
    document = SimpleDocTemplate(stream, encrypt=encrypt, invariant=1)
    document.build(story or [Paragraph(" ", styles["BodyText"])])
    return stream.getvalue()


def test_pdf(tmp_path):
    version = one(write(tmp_path, "a.pdf", pdf_document()))
    assert paragraphs(version) == [
        ("title", "A winter of the ports"),
        ("body", " ".join(SENTENCES)),
        ("heading", "Prices and pilots"),
        ("body", " ".join(reversed(SENTENCES))),
        ("body", "The windows stayed dark."),
    ]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (pdf_document()[:800], "truncated"),
        (pdf_document()[:-10], "truncated"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 500 + b"\n%%EOF", "damaged|no text layer"),
        (b"hello", "not a pdf"),
        (pdf_document(empty=True), "no text layer"),
        (pdf_document(encrypt="secret"), "encrypted"),
    ],
)
def test_damaged_pdf(tmp_path, raw, says):
    with pytest.raises(IngestError, match=says) as error:
        ingest.read(write(tmp_path, "a.pdf", raw))
    assert "\n" not in str(error.value)


CSV = """speaker;role;country;date;lang;text;source
Irina Berg;minister;Latvia;2020-01-02;en;"She said ""no""; and left";"Wire; 2020"
Ольга Мун;президент;Казахстан;3 марта 2021 года;ru;Мы подождём.;
"""
ROWS = [
    {
        "speaker": "Irina Berg",
        "role": "minister",
        "country": "LV",
        "date": "2020-01-02",
        "text": 'She said "no"; and left',
        "source": "Wire; 2020",
    },
    {
        "speaker": "Ольга Мун",
        "role": "президент",
        "country": "KZ",
        "date": "2021-03-03",
        "lang": "ru",
        "text": "Мы подождём.",
        "source": None,
    },
]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("s.csv", CSV.encode()),
        ("s.csv", CSV.replace("\n", "\r\n").encode("utf-8-sig")),
        ("s.csv", CSV.encode("cp1251")),
        (
            "s.tsv",
            CSV.replace('"Wire; 2020"', "Wire~ 2020")
            .replace('""no""; and', '""no""~ and')
            .replace(";", "\t")
            .replace("~", ";")
            .encode("utf-16"),
        ),
        ("s.jsonl", "\n".join(json.dumps(row) for row in ROWS).encode()),
        ("s.jsonl", "\n\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()),
    ],
)
def test_statements_table(tmp_path, name, raw):
    path = write(tmp_path, name, raw)
    versions = {version.lang: version for version in ingest.read(path)}
    said = {lang: version.statements[0] for lang, version in versions.items()}
    assert said["en"].text == versions["en"].text == 'She said "no"; and left'
    assert said["ru"].text == versions["ru"].text == "Мы подождём."
    assert [(s.speaker_name, s.role, s.country, s.date, s.citation, s.kind, s.by) for s in said.values()] == [
        ("Irina Berg", "minister", "LV", "2020-01-02", "Wire; 2020", "direct", "ingest.table"),
        ("Ольга Мун", "президент", "KZ", "2021-03-03", None, "direct", "ingest.table"),
    ]
    for version in versions.values():
        assert verify(version, raw) == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("s.csv", "speaker,txet\nA,b\n", 'row 1: unknown column "txet"; did you mean "text"'),
        ("s.csv", "speaker,role\nA,b\n", 'row 1: the column "text" is missing'),
        ("s.csv", "speaker,text,text\nA,b,c\n", "appears twice"),
        ("s.csv", "speaker,text\nA,b,c\n", "row 2: 3 cells, the header has 2"),
        ("s.csv", 'speaker,text\nA,"b\n', "line 2: a quoted cell is not closed"),
        ("s.csv", 'speaker,text\nA,"b" c\n', "line 2: text after a quoted cell"),
        ("s.csv", "speaker,text\nA, \n", "row 2: the text is empty"),
        ("s.csv", "text,country\nA,Atlantis\n", 'row 2: "Atlantis" is no country'),
        ("s.csv", "text,lang\nA,de\n", 'row 2: "de" is no language'),
        ("s.csv", "text,date\nA,soon\n", 'row 2: "soon" is no date'),
        ("s.csv", "speaker,text\n", "has no rows"),
        ("s.jsonl", '{"text": "a"}\n{"text": "b"', "row 2: no JSON object"),
        ("s.jsonl", '["a"]', "row 1: no JSON object"),
        ("s.jsonl", '{"txet": "a"}', 'row 1: unknown column "txet"'),
        ("s.jsonl", '{"text": "a"} x', "row 1: no JSON object"),
    ],
)
def test_faulty_table(tmp_path, name, text, says):
    path = write(tmp_path, name, text.encode())
    with pytest.raises(IngestError) as error:
        ingest.read(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_unknown_kind_of_file(tmp_path):
    with pytest.raises(IngestError, match=r'"\.odt" cannot be read. Allowed: '):
        ingest.read(write(tmp_path, "a.odt", b"x"))


def test_no_such_file(tmp_path):
    with pytest.raises(IngestError, match="cannot be read"):
        ingest.read(tmp_path / "a.txt")
