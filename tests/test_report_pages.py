"""The pages: nothing of the text lost, nothing of it run, everything reachable, the same bytes every time."""

import hashlib
import re
import tomllib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest
from lxml import html

from pipeline import codebook, report
from pipeline.counterparts import pairs
from pipeline.document import LAYERS, CodebookRef, Date, Difference, Lang, Version, Work
from pipeline.errors import WorkError
from pipeline.report import explanations, pages, texts, words
from pipeline.report.codes import labels
from pipeline.report.entry import Entry, entries
from pipeline.report.excerpt import excerpt
from pipeline.report.overview import Overview
from pipeline.report.plots import changes
from pipeline.report.summary import summary
from pipeline.report.timeline import timeline
from pipeline.review import Item, Review, queued
from tests.report_specimen import alone, specimen


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(report.work_page(specimen()))


def paragraph_text(page: html.HtmlElement, lang: Lang, index: int) -> str:
    """The words of the version in one paragraph, without what the report adds to them."""
    element = page.get_element_by_id(f"{lang}-p{index}")
    added = element.xpath(
        './/*[@class="chip" or contains(@class, "chip ") or contains(@class, "fate") or contains(@class, "gap") or @class="role"]'
    )
    for extra in added:
        if "line" not in extra.get("class").split() or "gap" in extra.get("class").split():
            extra.drop_tree()
    return element.text_content()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_paragraph_stands_on_the_page_word_for_word(lang: Lang) -> None:
    page = html.document_fromstring(report.work_page(specimen()))
    version = specimen().versions[lang]
    for index, paragraph in enumerate(version.paragraphs or ()):
        shown = paragraph_text(page, lang, index)
        assert " ".join(shown.split()) == " ".join(version.text[paragraph.start : paragraph.end].split())


def test_markup_in_the_text_stays_text(page: html.HtmlElement) -> None:
    assert all("grain" not in (script.text or "") for script in page.iter("script"))
    assert "<script>alert" not in report.work_page(specimen())
    assert "<script>alert" not in report.single(specimen())


def test_markup_in_ids_titles_and_details_stays_text(tmp_path: Path) -> None:
    hostile = '"><script>x</script>'
    work = msgspec.structs.replace(
        specimen(),
        id=hostile,
        differences=(
            Difference(
                kind=hostile, en=None, ru=None, detail={hostile: hostile}, confidence=1, explanation=hostile
            ),
        ),
    )
    report.write([work], tmp_path)
    for file in tmp_path.rglob("*.html"):
        assert "<script>x" not in file.read_text(encoding="utf-8")
        assert file.parent in (tmp_path, tmp_path / "works")


def test_control_characters_are_shown_as_pictures() -> None:
    assert pages.visible("a\x00b\x1fc\n") == "a␀b␟c\n"


def test_ids_are_unique_and_links_lead_somewhere(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert inside <= set(ids)
    described = {name for value in page.xpath("//@aria-describedby") for name in value.split()}
    assert described <= set(ids)


def test_every_annotation_has_a_note_and_a_mark(page: html.HtmlElement) -> None:
    noted = set(page.xpath('//section[@class="apparatus"]//tr/@id'))
    marked = {name for value in page.xpath("//@data-notes") for name in value.split()}
    assert marked == noted
    assert len(noted) == 5 + 7 + 2 + 2 + 2 + 2 + 4 + 7


def test_an_inconsistent_change_is_flagged_beside_its_number(page: html.HtmlElement) -> None:
    assert page.xpath("//@data-badge").count("Δ1 ✕") == 1


def test_versions_carry_their_language(page: html.HtmlElement) -> None:
    assert {c.get("lang") for c in page.find_class("col")} == {"en", "ru"}
    assert page.get("lang") == "en"


def test_a_moved_paragraph_says_where_it_stands(page: html.HtmlElement) -> None:
    links = [a.get("href") for v in page.find_class("void") for a in v.iter("a")]
    assert links == ["#en-p4", "#ru-p1"]


def test_no_page_names_another_host(tmp_path: Path) -> None:
    report.write([specimen(), alone()], tmp_path)
    for file in [p for p in tmp_path.rglob("*") if p.is_file()]:
        assert not re.search(
            r"https?:|//\w+\.\w+|url\((?!#)|@import|style=\"", file.read_text(encoding="utf-8")
        ), file
    assert (tmp_path / "assets" / "report.js").is_file()


def test_the_single_file_allows_exactly_its_own_style_and_script() -> None:
    text = report.single(specimen())
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1))  # type: ignore[union-attr]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        body = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL).group(1)  # type: ignore[union-attr]
        assert f"{directive} 'sha256-{b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "<link" not in text


def test_the_same_works_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    works = [specimen("a"), specimen("b"), alone("c")]
    report.write(works, tmp_path / "one")
    report.write(works[::-1], tmp_path / "two")
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert len(files) == 3 + 5 + 8 + 1, "works; tables; index, search, comparison, style and scripts; texts"
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_works_are_read_one_by_one(tmp_path: Path) -> None:
    """A work is written before the next one is asked for, so that a corpus need not fit into memory."""

    def works() -> Iterator[Work]:
        yield specimen("first")
        assert (tmp_path / "works" / "first.html").exists()
        yield alone("second")

    assert report.write(works(), tmp_path) == tmp_path / "index.html"


def test_a_path_is_read_as_a_work(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_bytes(msgspec.json.encode(specimen("stored")))
    report.write([tmp_path / "w.json"], tmp_path / "out")
    assert (tmp_path / "out" / "works" / "stored.html").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not an annotated work"),
        (b'{"id": 1}', "not an annotated work"),
        (b"\xff\xfe", "not an annotated work"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_work_is_one_clear_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "w.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WorkError, match=message) as caught:
        report.write([path], tmp_path / "out")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "пример", "x" * 300, ".", "a b"])
def test_page_names_stay_in_their_folder(name: str) -> None:
    page = report.page_name(name)
    assert "/" not in page
    assert not page.startswith(".")
    assert len(page.encode()) < 255


def test_page_names_differ_where_ids_do() -> None:
    assert report.page_name("a/b") != report.page_name("a-b") != report.page_name("a b")


def test_the_summary_counts_what_is_there() -> None:
    found = summary(specimen())
    assert found.closeness == (16, 19)
    assert found.kinds["number"] == {"critical": 1, "major": 0, "minor": 0}
    assert found.abstained == 1
    assert summary(alone()).layers["entities"] == {"en": None}


def test_statements_of_both_versions_meet_in_the_ledger() -> None:
    ((en, ru),) = pairs(specimen(), "statements")
    assert (en.id, ru.id) == ("en.statement.1", "ru.statement.1")
    assert pairs(alone(), "statements") == []


def test_records_without_a_common_bead_stay_apart() -> None:
    work = msgspec.structs.replace(specimen(), alignment=())
    assert [(bool(en), bool(ru)) for en, ru in pairs(work, "statements")] == [(True, False), (False, True)]


def collected(*works: Work) -> Overview:
    overview = Overview()
    for work in works:
        overview.add(work)
    overview.sort()
    return overview


def test_the_figures_show_both_versions() -> None:
    overview = collected(specimen())
    figure = changes(overview.changes)
    assert figure is not None
    (bar,) = figure.bars
    assert set(bar.stated) == {"en", "ru"}
    assert bar.stated["ru"] == bar.expected
    assert not bar.consistent
    line = timeline(overview.events)
    assert line is not None
    assert [glyph.side for glyph in line.glyphs] == ["both"]
    assert overview.heat["economic", "MD", "ru"] == 1
    assert overview.countries() == ["MD", "RU", ""]


def test_a_doubtful_difference_is_on_the_page_but_not_in_the_counts() -> None:
    first, *others = specimen().differences or ()
    doubtful = msgspec.structs.replace(first, confidence=0.2)
    work = msgspec.structs.replace(specimen(), differences=(doubtful, *others))
    figures = summary(work)
    assert (figures.differences, figures.doubtful) == (4, 1)
    assert [found.number for found in collected(work).differences] == [2, 3, 4, 5]
    page = html.document_fromstring(report.work_page(work))
    assert page.get_element_by_id("diff-1").get("data-sure") == "20"
    assert page.xpath("//input[@data-least]/@value") == ["50"], "below it a difference is hidden at first"


def test_codes_have_names_only_from_the_codebook_that_coded_the_work() -> None:
    book = codebook.load("neighbour-influence")
    ref = CodebookRef(id=book.id, version=book.version, sha256=book.sha256)
    code = book.codes[0]
    assert code.label.ru in labels(ref)[code.id]
    assert labels(CodebookRef(id=book.id, version=book.version, sha256="0" * 64)) == {}
    assert labels(CodebookRef(id="somebody's own", version="1", sha256="0" * 64)) == {}
    assert labels(None) == {}


def happened(when: str) -> Entry:
    (event,) = specimen().versions["en"].events or ()
    date = Date(start=when, end=when, precision="year")
    return Entry("w", msgspec.structs.replace(event, date=date), None, "en-events-1")


def test_a_few_old_events_do_not_squeeze_the_timeline() -> None:
    recent = [happened(str(1990 + n)) for n in range(30)]
    line = timeline([happened("1472"), happened("1654"), *recent])
    assert line is not None
    assert line.ticks[0].label == "< 1990"
    gutter = [glyph for glyph in line.glyphs if glyph.x == line.ticks[0].at]
    assert [glyph.entry.best.date.start for glyph in gutter if glyph.entry] == ["1472", "1654"]  # type: ignore[union-attr]
    assert max(glyph.x for glyph in line.glyphs) > 800
    even = timeline([happened(str(year)) for year in range(1472, 2020, 20)])
    assert even is not None
    assert even.ticks[0].label == "1450"


def test_an_empty_report_says_so(tmp_path: Path) -> None:
    text = report.write([], tmp_path).read_text(encoding="utf-8")
    assert text.count("Nothing was found.") == 7
    assert timeline([]) is None
    assert changes([]) is None


def test_every_string_of_the_interface_is_there_in_both_languages_and_used() -> None:
    source = Path(words.__file__).parent
    data = tomllib.loads((source / "interface.toml").read_text(encoding="utf-8"))
    for group, pairs_ in data.items():
        for key, pair in pairs_.items():
            assert len(pair) == 2, f"{group}.{key}"
            assert all(text.strip() for text in pair), f"{group}.{key}"
    used = "".join(p.read_text(encoding="utf-8") for p in [*source.rglob("*.html"), *source.glob("*.py")])
    closed = {
        "layer",
        "mark",
        "field",
        "factor",
        "kind",
        "severity",
        "entity",
        "event",
        "precision",
        "status",
        "stance",
    }
    closed |= {"polarity", "category", "quote", "office", "side", "fate", "tongue"}
    unused = [
        f"{g}.{k}" for g, keys in data.items() if g not in closed for k in keys if f'{g}.{k}"' not in used
    ]
    composed = {
        "text.footnote",
        "text.abstract",
        "text.keywords",
        "text.reference",
    }
    composed |= {
        f"text.{what}_{which}" for what in ("gap", "moved") for which in ("en", "ru", "first", "second")
    }
    composed |= {
        f"index.{name}"
        for name in (
            "works",
            "differences",
            "consistency",
            "heat",
            "statements",
            "changes",
            "events",
            "passages",
        )
    }
    composed |= {"index.matched_en", "index.matched_ru"}
    composed |= {f"search.{name}" for name in ("found", "works", "reading", "none", "short")}
    composed |= {f"tools.{name}" for name in ("anyone", "anywhere", "anything")}
    assert set(unused) <= composed


def test_a_work_too_long_for_a_page_shows_its_beginning_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    work = specimen()
    limit = len(work.versions["en"].text) // 2
    short = excerpt(work, limit)
    for lang, version in short.versions.items():
        whole = work.versions[lang]
        assert whole.text.startswith(version.text)
        assert len(version.text) <= limit
        for layer in LAYERS:
            kept = getattr(version, layer) or ()
            assert kept == (getattr(whole, layer) or ())[: len(kept)]
            assert all(record.end <= len(version.text) for record in kept)
    assert (short.differences or ()) == (work.differences or ())[: len(short.differences or ())]
    monkeypatch.setattr(pages, "excerpt", lambda work: excerpt(work, limit))
    page = html.document_fromstring(report.work_page(work))
    (note,) = page.xpath('//*[@role="note"]')
    assert "too long for one page" in note.text_content()


def test_tables_of_the_report_stop_at_their_limit_and_count_on(monkeypatch: pytest.MonkeyPatch) -> None:
    full = collected(specimen(), alone())
    monkeypatch.setattr("pipeline.report.overview.MOST", 1)
    few = collected(specimen(), alone())
    assert {len(table) for table in few.tables().values()} == {1}
    assert few.totals == full.totals
    assert few.kinds() == full.kinds()


def test_a_long_table_keeps_its_rows_in_a_template(tmp_path: Path) -> None:
    work = specimen()
    report.write([msgspec.structs.replace(work, differences=(work.differences or ()) * 12)], tmp_path)
    page = html.parse(str(tmp_path / "differences.html")).getroot()
    assert len(page.xpath("//template//tr")) == 10
    assert len(page.xpath("//tbody//tr")) == 60
    assert page.xpath("//noscript")


def test_the_search_holds_every_sentence_once() -> None:
    for work in (specimen(), alone()):
        found = list(texts.lines(work))
        for lang, side in (("en", 1), ("ru", 2)):
            if lang in work.versions:
                shown = Counter(" ".join(line[side] for line in found).split())
                assert shown == Counter(work.versions[lang].text.split())
    assert any(line[1:] == ("", "Железная дорога с ними не спорит.") for line in texts.lines(specimen()))


@pytest.mark.parametrize("work", [specimen(), alone()], ids=["both versions", "one version"])
def test_every_line_of_the_search_has_its_place_on_the_page(work: Work) -> None:
    ids = set(html.document_fromstring(report.work_page(work)).xpath("//@id"))
    assert {place for place, _, _ in texts.lines(work)} <= ids


def test_the_texts_of_a_corpus_come_in_parts_and_old_parts_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(texts, "PART", 1)
    report.write([specimen("a"), specimen("b")], tmp_path)
    assert sorted(p.name for p in (tmp_path / "texts").iterdir()) == ["1.js", "2.js"]
    report.write([specimen("a")], tmp_path)
    assert [p.name for p in (tmp_path / "texts").iterdir()] == ["1.js"]
    content = (tmp_path / "texts" / "1.js").read_text(encoding="utf-8")
    ((name, page, titles, langs, lines),) = msgspec.json.decode(
        content.removeprefix("diptych.texts(").rstrip()[:-2]
    )
    assert (name, page) == ("a", "works/a.html")
    assert titles == ["The grain road turns south", "Зерновая дорога поворачивает на юг"]
    assert langs == {"en": "en", "ru": "ru"}
    assert len(lines) == 11


def test_statements_follow_their_own_pairs() -> None:
    work = specimen()
    (said,) = work.versions["ru"].statements or ()
    other = msgspec.structs.replace(said, id="ru.statement.2")
    (quoted,) = work.versions["en"].statements or ()
    english = msgspec.structs.replace(quoted, pair="ru.statement.2")
    versions = {
        "en": msgspec.structs.replace(work.versions["en"], statements=(english,)),
        "ru": msgspec.structs.replace(work.versions["ru"], statements=(said, other)),
    }
    found = list(entries(msgspec.structs.replace(work, versions=versions), "statements"))
    assert [(e.en and e.en.id, e.ru and e.ru.id) for e in found] == [
        ("en.statement.1", "ru.statement.2"),
        (None, "ru.statement.1"),
    ]


def test_a_leader_is_one_whichever_version_names_him() -> None:
    russian = msgspec.structs.replace(
        specimen("later"), versions={"ru": specimen().versions["ru"]}, alignment=()
    )
    (leader,) = collected(specimen(), russian).leaders
    assert (leader.name, leader.russian, leader.country) == ("Ion Ceban-Rusu", "Ион Чебан-Русу", "MD")
    assert (leader.total, len(leader.works)) == (2, 2)
    assert dict(leader.sides) == {"both": 1, "ru": 1}
    assert leader.stance == pytest.approx(0.6)


def test_leaders_do_not_depend_on_the_order_of_the_works() -> None:
    other = msgspec.structs.replace(specimen("a"), versions={"ru": _renamed("Ион Чебан")}, alignment=())
    works = [specimen("b"), other, specimen("c")]
    assert collected(*works).leaders == collected(*works[::-1]).leaders


def _renamed(name: str) -> Version:
    version = specimen().versions["ru"]
    said = tuple(msgspec.structs.replace(s, speaker_name=name) for s in version.statements or ())
    return msgspec.structs.replace(version, statements=said)


def test_what_both_versions_tell() -> None:
    met = collected(specimen()).consistency
    assert met.layers == {("statements", "alike"): 1, ("quantities", "unlike"): 1, ("events", "unlike"): 1}
    assert met.agreement == (3, 3)
    assert collected(alone()).consistency.agreement == (0, 0)


def test_what_reviewers_answered_stands_beside_the_finding() -> None:
    work = specimen()
    items = {item.target: item for item in queued([work], 50)}
    changed = answer(items["en.passage.1"], "political")
    agreed = answer(items["difference.1"], "number")
    refused = answer(items["en.statement.1"], "")
    page = html.document_fromstring(report.work_page(work, [changed, agreed, refused]))
    told = {
        row.get("id"): cell.text_content()
        for row in page.iter("tr")
        for cell in row.xpath('td[@data-field="review"]')
    }
    assert told["en-passages-1"] == "ana: political (another answer)"
    assert told["diff-1"] == "ana: number (agrees)"
    assert told["en-statements-1"] == "ana: nothing here (another answer)"
    assert "✎" in page.get_element_by_id("at-en-passages-1").text_content()


def test_a_review_whose_place_is_gone_is_shown_apart() -> None:
    (item,) = [i for i in queued([specimen()], 50) if i.target == "en.passage.1"]
    lost = answer(item, "political")
    quote = msgspec.structs.replace(
        item.quotes[0], exact="Nothing like it stands there.", prefix="", suffix=""
    )
    lost = msgspec.structs.replace(lost, quotes=(quote,))
    page = html.document_fromstring(report.work_page(specimen(), [lost]))
    assert "Nothing like it stands there." in page.xpath("//details[@open]//table")[0].text_content()
    assert not page.xpath('//td[@data-field="review"]')


SENTENCES = explanations._data()["sentences"]


@pytest.mark.parametrize("english", SENTENCES)
def test_an_explanation_says_the_same_in_russian(english: str) -> None:
    filled = {"this": "English version", "that": "Russian", "a": "“one”", "b": "two (2 %)", "c": "three"}
    russian = explanations.in_russian(english.format_map(filled))
    assert russian is not None
    assert "{" not in russian
    for place in re.findall(r"\{(\w)\}", english):
        assert filled[place] in russian
    assert ("в английской версии" in russian.lower()) == ("{this}" in english)


def test_an_explanation_of_editions_and_an_unknown_one() -> None:
    found = explanations.in_russian("The first edition gives 5, the second one 6.")
    assert found == "В первой редакции — 5, в второй — 6."
    assert explanations.in_russian("Nothing of the kind.") is None
    assert explanations.explained("<b>") == "&lt;b&gt;"


def answer(item: Item, value: str) -> Review:
    return Review(
        work=item.work,
        layer=item.layer,
        target=item.target,
        reviewer="ana",
        value=value,
        machine=item.machine,
        quotes=item.quotes,
    )
