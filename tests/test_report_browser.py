"""The report as a reader meets it: in a real browser, by mouse and by keyboard, on a desk and on a phone."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from pipeline import report
from pipeline.report import pages
from tests.report_specimen import alone, specimen

pytestmark = pytest.mark.browser

DESK, PHONE = (1400, 1000), (390, 844)
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    first, hedge, *others = specimen().differences or ()
    doubtful = (first, msgspec.structs.replace(hedge, confidence=0.3), *others)
    report.write([specimen(), alone()], folder)
    page = report.work_page(msgspec.structs.replace(specimen(), differences=doubtful))
    (folder / "works" / "doubtful.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "single.html").write_text(report.single(specimen()), encoding="utf-8", newline="\n")
    return folder


def installed(*names: str) -> str:
    """The path of the first program found.

    A missing browser fails where it is required (continuous integration sets DIPTYCH_REQUIRE_BROWSER) and is a
    skipped test elsewhere.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing = f"{names[0]} is not installed; get it with: apt-get install chromium chromium-driver"
        if os.environ.get("DIPTYCH_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    options = Options()
    options.binary_location = installed("chromium", "chromium-browser", "google-chrome")
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(installed("chromedriver")))
    yield driver
    driver.quit()


def visit(
    browser: WebDriver, page: Path, size: tuple[int, int] = DESK, anchor: str = "", dark: bool = False
) -> None:
    """Open a page afresh: without what an earlier test remembered, at the size of a desk or a phone."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get("about:blank")
    browser.get(page.as_uri())
    browser.execute_script("localStorage.clear()")
    browser.get("about:blank")
    browser.get(page.as_uri() + anchor)
    WebDriverWait(browser, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, "body.live"))


def work(site: Path) -> Path:
    return site / "works" / "grain-road.html"


def find(browser: WebDriver, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def all_of(browser: WebDriver, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def style(browser: WebDriver, selector: str, name: str) -> str:
    return str(
        browser.execute_script(
            "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])",
            selector,
            name,
        )
    )


def note(browser: WebDriver) -> str:
    return find(browser, ".panel .content").text


def press(browser: WebDriver, *keys: str) -> None:
    for key in keys:
        webdriver.ActionChains(browser).send_keys(key).perform()


def test_a_click_on_a_mark_shows_its_note(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    assert "Choose a mark" in note(browser)
    find(browser, '[data-notes~="en-quantities-1"]').click()
    shown = note(browser)
    for part in (
        "grain sales",
        "Moldova",
        "40\u202f000\u202f000",
        "does not follow from the values",
        "−25 %",
        "quantities.from_to",
    ):
        assert part in shown
    assert len(all_of(browser, ".lit")) == len(all_of(browser, '[data-notes~="en-quantities-1"]')) > 1


def test_a_click_on_overlapping_marks_shows_every_note_the_innermost_first(
    browser: WebDriver, site: Path
) -> None:
    visit(browser, work(site))
    find(browser, '[data-notes="en-quantities-1 diff-1"]').click()
    titles = [title.text.strip() for title in all_of(browser, ".panel .entry h3")]
    assert titles == ["Differences", "Quantities"]


def test_escape_closes_the_note_and_returns_the_focus(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    mark = find(browser, '[data-notes~="en-entities-1"]')
    mark.click()
    press(browser, Keys.ESCAPE)
    assert "Choose a mark" in note(browser)
    assert browser.switch_to.active_element == mark
    assert not all_of(browser, ".lit")


def test_focus_by_keyboard_shows_the_note_and_a_visible_ring(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the text"
    press(browser, Keys.ENTER)
    for _ in range(12):
        press(browser, Keys.TAB)
        if "m" in (browser.switch_to.active_element.get_attribute("class") or "").split():
            break
    mark = browser.switch_to.active_element
    assert mark.text == "12 мая 2018 г."
    assert "Δ4" in note(browser)
    assert mark.value_of_css_property("outline-style") == "solid"


def test_a_filter_hides_its_layer_and_takes_it_out_of_the_tab_order(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    lonely = '[data-notes="en-entities-1"]'
    assert "gradient" in style(browser, lonely, "background-image")
    find(browser, 'input[data-layer="entities"]').click()
    assert "gradient" not in style(browser, lonely, "background-image")
    assert find(browser, lonely).get_attribute("tabindex") == "-1"
    find(browser, lonely).click()
    assert "Choose a mark" in note(browser)
    assert "gradient" in style(browser, '[data-notes~="en-factors-1"]', "background-image")
    find(browser, 'input[data-layer="entities"]').click()
    assert find(browser, lonely).get_attribute("tabindex") == "0"


def test_passages_can_be_hidden(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    find(browser, 'input[data-layer="passages"]').click()
    assert not find(browser, ".chip").is_displayed()


def test_keys_step_through_the_differences_and_a_kind_can_be_left_out(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    seen = []
    for _ in range(6):
        press(browser, "n")
        seen.append(find(browser, ".panel .entry .number dd").text)
    assert seen == ["Δ1", "Δ2", "Δ3", "Δ4", "Δ5", "Δ1"]
    press(browser, "p")
    assert find(browser, ".panel .entry .number dd").text == "Δ5"
    assert find(browser, ".where").text == "5 of 5 Δ"
    find(browser, 'input[data-kind="modality"]').click()
    press(browser, "n", "n")
    assert find(browser, ".panel .entry .number dd").text == "Δ3"
    assert find(browser, ".where").text == "2 of 4 Δ"


def test_a_key_steps_through_the_passages_to_judge(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    press(browser, "u")
    assert "a human should look" in note(browser)
    assert find(browser, ".chip.lit").is_displayed()
    assert find(browser, '[data-steps="unsure"] .where').text == "1 of 1 ?"


def slide(browser: WebDriver, selector: str, value: int) -> None:
    browser.execute_script(
        "const e = document.querySelector(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input', { bubbles: true }))",
        selector,
        value,
    )


def test_doubtful_differences_wait_behind_a_slider(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "works" / "doubtful.html")
    only = '[data-notes="ru-statements-1 diff-2"]'
    assert "differences" not in (find(browser, only).get_attribute("class") or "").split()
    assert find(browser, only).get_attribute("data-badge") is None
    assert find(browser, ".where").text == "0 of 4 Δ"
    slide(browser, "[data-least]", 0)
    assert "differences" in (find(browser, only).get_attribute("class") or "").split()
    assert find(browser, only).get_attribute("data-badge") == "Δ2"
    assert find(browser, ".where").text == "0 of 5 Δ"


def test_buttons_step_and_bring_the_difference_into_view(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site), size=(1400, 500))
    find(browser, '[data-step="-1"]').click()
    assert find(browser, ".panel .entry .number dd").text == "Δ5"
    top, height = browser.execute_script(
        "return [document.querySelector('.m.lit').getBoundingClientRect().top, innerHeight]"
    )
    assert 0 <= top < height


def test_both_sides_of_a_difference_light_up(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    press(browser, "n")
    lit = [element.text for element in all_of(browser, ".lit")]
    assert any("35 per cent" in text for text in lit)
    assert any("25 %" in text for text in lit)


def test_an_address_with_an_anchor_opens_that_note(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site), anchor="#at-en-statements-1")
    assert "agriculture minister" in note(browser)
    assert all_of(browser, "details.layer[open]") == []


def test_aligned_sentences_stand_at_one_height(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    tops = browser.execute_script(
        "return [...document.querySelectorAll('.row.paired .line.paired')]"
        ".map(l => [l.dataset.bead, Math.round(l.getBoundingClientRect().top)])"
    )
    by_bead: dict[str, set[int]] = {}
    for bead, top in tops:
        by_bead.setdefault(bead, set()).add(top)
    assert len(by_bead) == 7
    assert all(len(heights) == 1 for heights in by_bead.values())


def test_the_text_can_be_set_as_prose(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    find(browser, 'input[value="prose"]').click()
    assert style(browser, ".row.paired .line", "display") == "inline"
    assert style(browser, ".row.paired .col", "display") == "block"


def test_the_interface_speaks_russian_and_the_text_stays(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    find(browser, 'button[data-lang="ru"]').click()
    assert find(browser, "html").get_attribute("lang") == "ru"
    assert find(browser, ".panel h2").text == "Примечание"
    assert find(browser, '[data-step="1"]').get_attribute("aria-label") == "Следующее расхождение"
    assert find(browser, "h1 [lang=en]").text == "The grain road turns south"
    press(browser, "n")
    assert "число" in note(browser)
    visit_again = site / "index.html"
    browser.get(visit_again.as_uri())
    WebDriverWait(browser, 20).until(lambda d: find(d, "h1").text == "Диптих")


def shown_rows(browser: WebDriver) -> list[str]:
    return [row.text for row in all_of(browser, "table[data-paged] tbody tr")]


def test_tables_sort_and_search(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "differences.html")
    find(browser, "thead th:nth-child(7) button").click()
    confidences = [cell.text for cell in all_of(browser, "tbody td:last-child")]
    assert confidences == ["70 %", "80 %", "88 %", "95 %", "97 %"]
    find(browser, "thead th:nth-child(7) button").click()
    assert find(browser, "thead th:nth-child(7)").get_attribute("aria-sort") == "descending"
    assert find(browser, "tbody td:last-child").text == "97 %"
    find(browser, ".sieve input[type=search]").send_keys("железная")
    assert len(shown_rows(browser)) == 1
    assert find(browser, ".sieve .count").text == "1 rows"


def test_filters_narrow_a_table_and_stand_in_its_address(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "differences.html")
    kind = Select(all_of(browser, ".sieve select")[0])
    assert [option.text for option in kind.options][:3] == ["all", "addition (1)", "date (1)"]
    kind.select_by_value("date")
    assert len(shown_rows(browser)) == 1
    assert "12 March 2018" in shown_rows(browser)[0]
    assert browser.current_url.endswith("#kind=date")
    find(browser, ".clear").click()
    find(browser, ".sieve input[type=number]").send_keys("90")
    assert len(shown_rows(browser)) == 2
    visit(browser, site / "differences.html", anchor="#severity=critical")
    assert len(shown_rows(browser)) == 1
    assert Select(all_of(browser, ".sieve select")[1]).first_selected_option.text == "critical (1)"


def test_filters_speak_russian(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "differences.html")
    find(browser, 'button[data-lang="ru"]').click()
    kinds = all_of(browser, ".sieve select")[0]
    assert [option.text for option in Select(kinds).options][:2] == ["все", "добавление (1)"]
    assert find(browser, ".sieve label span").text == "Поиск"


@pytest.mark.parametrize(("years", "rows"), [("2018", 1), ("2010-2017", 0), ("1990 – 2018", 1), ("abc", 1)])
def test_events_are_chosen_by_years(browser: WebDriver, site: Path, years: str, rows: int) -> None:
    visit(browser, site / "events.html")
    find(browser, ".sieve input[type=text]").send_keys(years)
    assert len(shown_rows(browser)) == rows


def test_a_leader_of_the_index_leads_to_what_he_said(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "index.html")
    browser.find_element(By.LINK_TEXT, "Ion Ceban-Rusu").click()
    WebDriverWait(browser, 20).until(lambda d: "statements.html" in d.current_url)
    (row,) = shown_rows(browser)
    assert "We chose the shorter road" in row
    assert "Мы выбрали дорогу покороче" in row


def test_the_heat_map_leads_to_the_passages(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "index.html")
    find(browser, ".heat a").click()
    WebDriverWait(browser, 20).until(lambda d: "passages.html" in d.current_url)
    assert (
        Select(all_of(browser, ".sieve select")[1]).first_selected_option.get_attribute("value") == "economic"
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work with more differences than a page of a table holds."""
    work = specimen()
    folder = tmp_path_factory.mktemp("many")
    report.write([msgspec.structs.replace(work, differences=(work.differences or ()) * 24)], folder)
    return folder


def test_a_long_table_is_paged(browser: WebDriver, many: Path) -> None:
    visit(browser, many / "differences.html")
    assert len(shown_rows(browser)) == 50
    assert find(browser, ".pager .place").text == "1–50 / 120"
    back, forth = all_of(browser, ".pager button")
    assert not back.is_enabled()
    forth.click()
    forth.click()
    assert find(browser, ".pager .place").text == "101–120 / 120"
    assert not forth.is_enabled()
    assert len(shown_rows(browser)) == 20
    find(browser, ".sieve input[type=search]").send_keys("hedges")
    assert len(shown_rows(browser)) == 24
    assert not find(browser, ".pager").is_displayed()


def settled(browser: WebDriver) -> WebDriverWait:
    """Results are drawn again while the texts are read; what was replaced meanwhile is looked for again."""
    return WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException])


def test_the_search_finds_sentences_of_both_versions(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "search.html")
    find(browser, "#ask").send_keys("grain")
    settled(browser).until(lambda d: find(d, ".state").text == "4 sentences · 2 works")
    hits = [hit.text for hit in all_of(browser, ".hits li")]
    assert any("Зерновая дорога" in hit for hit in hits), "the translation stands beside it"
    assert {mark.text.lower() for mark in all_of(browser, "mark")} == {"grain"}
    find(browser, "#ask").clear()
    find(browser, "#ask").send_keys("дорога forced")
    settled(browser).until(lambda d: find(d, ".state").text == "Nothing was found.")
    find(browser, "#ask").clear()
    find(browser, "#ask").send_keys("вероятно forced")
    settled(browser).until(lambda d: len(all_of(d, "mark")) == 2)
    find(browser, ".hits a").click()
    settled(browser).until(lambda d: all_of(d, ".sought"))
    assert {line.get_attribute("data-bead") for line in all_of(browser, ".sought")} == {"11"}


def test_the_search_can_look_for_what_has_no_counterpart(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "search.html", anchor="#q=железная")
    find(browser, 'input[value="gap"]').click()
    settled(browser).until(lambda d: len(all_of(d, ".hits li")) == 1)
    assert "∅" in find(browser, ".hits li").text


def test_work_filters_by_speaker_country_and_severity(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    statement, russia = '[data-notes~="en-statements-1"]', '[data-notes="en-factors-1 en-entities-2"]'
    Select(find(browser, '[data-only="countries"]')).select_by_visible_text("Moldova")
    assert "statements" in (find(browser, statement).get_attribute("class") or "").split()
    assert "entities" not in (find(browser, russia).get_attribute("class") or "").split()
    Select(find(browser, '[data-only="who"]')).select_by_value("Ион Чебан-Русу")
    assert "statements" not in (find(browser, statement).get_attribute("class") or "").split()
    for severity in ("major", "minor"):
        find(browser, f'[data-severity="{severity}"][type=checkbox]').click()
    assert find(browser, ".where").text == "0 of 1 Δ"


def test_the_slider_widens_what_the_key_steps_through(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    assert find(browser, '[data-steps="unsure"] .where').text == "0 of 1 ?"
    slide(browser, "[data-below]", 65)
    assert find(browser, '[data-steps="unsure"] .where').text == "0 of 4 ?"
    assert find(browser, ".sureness .range b").text == "65 %"


def test_a_link_of_the_index_leads_to_the_mark(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "index.html")
    find(browser, "#statements ~ .wide .cite").click()
    WebDriverWait(browser, 20).until(lambda d: "agriculture minister" in note(d))


def test_tables_are_there_without_scripts(browser: WebDriver, site: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get((site / "statements.html").as_uri())
        assert len(all_of(browser, "tbody tr")) == 1
        browser.get(work(site).as_uri() + "#en-entities-1")
        assert find(browser, "tr#en-entities-1").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


PAGES = (
    *("index.html", "works/grain-road.html", "works/grain-road-en.html", "search.html", "statements.html"),
    *("changes.html", "passages.html", "single.html"),
)


@pytest.mark.parametrize("page", PAGES)
def test_no_console_message_and_no_request_beyond_the_folder(
    browser: WebDriver, site: Path, page: str
) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    visit(browser, site / page)
    for mark in all_of(browser, ".m")[:3]:
        mark.click()
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert asked
    assert {url.split(":")[0] for url in asked} <= {"file", "about"}


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_scrolls_in_one_direction(browser: WebDriver, site: Path, page: str) -> None:
    visit(browser, site / page, size=PHONE)
    width, shown = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert (width, shown) == (390, 390)


def test_a_phone_shows_one_version_below_the_other_and_notes_as_a_sheet(
    browser: WebDriver, site: Path
) -> None:
    visit(browser, work(site), size=PHONE)
    left, right = all_of(browser, ".row.paired .col")[:2]
    assert left.rect["y"] + left.rect["height"] <= right.rect["y"] + 1
    assert not find(browser, ".panel").is_displayed()
    find(browser, '[data-notes~="en-factors-1"]').click()
    assert style(browser, ".panel", "position") == "fixed"
    find(browser, ".panel .close").click()
    assert not find(browser, ".panel").is_displayed()


def test_print_leaves_the_tools_out_and_the_differences_in(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not find(browser, ".tools").is_displayed()
        assert find(browser, ".legend").is_displayed()
        assert (
            browser.execute_script("return document.getElementById('diff-1').getBoundingClientRect().height")
            > 0
        )
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


AUDIT = (Path(__file__).parent / "cases" / "report" / "audit.js").read_text(encoding="utf-8")


def test_who_reads_in_the_dark_still_prints_on_white(browser: WebDriver, site: Path) -> None:
    visit(browser, work(site), dark=True)
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    try:
        assert style(browser, "body", "background-color") == "rgb(255, 255, 255)"
        assert style(browser, "body", "color") == "rgb(0, 0, 0)"
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_a_doubtful_difference_is_not_printed_unless_it_is_shown(browser: WebDriver, site: Path) -> None:
    visit(browser, site / "works" / "doubtful.html")
    browser.execute_script("document.querySelectorAll('.apparatus details').forEach(d => { d.open = true; })")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert find(browser, "#diff-1").is_displayed()
        assert not find(browser, "#diff-2").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_500_works_open_in_seconds(browser: WebDriver, tmp_path: Path) -> None:
    """The index lays out a page of works, a table a page of rows; the rest costs parsing only."""
    report.write_index((specimen(f"work-{number:03}") for number in range(500)), tmp_path)
    for page, rows in (("index.html", 500), ("differences.html", 2500)):
        visit(browser, tmp_path / page)
        assert find(browser, ".pager .place").text == f"1–50 / {rows}"
        loaded = browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
        assert loaded < 10_000, "measured: under one second on two cores"
    visit(browser, tmp_path / "search.html", anchor="#q=вероятно")
    settled(browser).until(lambda d: find(d, ".state").text == "500 sentences · 500 works")


def audit(browser: WebDriver) -> list[str]:
    return list(browser.execute_script(AUDIT))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES[:-1])
def test_the_page_passes_the_audit(browser: WebDriver, site: Path, page: str, dark: bool) -> None:
    """Names of controls, order of headings, unique ids, headed tables, contrast: the rules axe-core calls serious."""
    visit(browser, site / page, dark=dark)
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for mark in all_of(browser, ".m")[:1]:
        mark.click()
    assert audit(browser) == []


AXE = os.environ.get("DIPTYCH_AXE")


@pytest.mark.skipif(
    not AXE, reason="axe-core (MPL-2.0) is not shipped; DIPTYCH_AXE=path/to/axe.min.js runs it"
)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(browser: WebDriver, site: Path, page: str, size: tuple[int, int]) -> None:
    visit(browser, site / page, size=size)
    browser.execute_script("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    browser.set_script_timeout(120)
    browser.execute_script(Path(AXE or "").read_text(encoding="utf-8"))
    found = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then((r) => done(r.violations.map((v) => [v.id, v.impact, v.nodes[0].html])))"
    )
    assert found == []


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("document.querySelector('.switch button').textContent = ''", "no name"),
        ("document.querySelector('.colophon p').style.color = '#ccc'", "contrast"),
        ("document.querySelector('h2').outerHTML = '<h4>x</h4>'", "heading"),
        ("document.body.insertAdjacentHTML('beforeend', '<i id=main></i>')", "twice"),
        ("document.documentElement.removeAttribute('lang')", "lang"),
        ("document.querySelector('thead th').removeAttribute('scope')", "scope"),
        ("document.querySelector('.sieve input').tabIndex = -1", "keyboard"),
        ("document.querySelectorAll('[role=region]').forEach(e => e.ariaLabel = 'one')", "landmark"),
    ],
)
def test_the_audit_finds_what_it_looks_for(browser: WebDriver, site: Path, damage: str, finding: str) -> None:
    visit(browser, site / "index.html")
    browser.execute_script(damage)
    assert any(finding in line for line in audit(browser))


def test_marks_differ_by_more_than_colour(browser: WebDriver, site: Path) -> None:
    """With every colour taken for black, no two layers draw the same line."""
    visit(browser, work(site))
    looks: dict[str, Any] = {}
    for layer in pages.MARKED:
        script = (
            "const e = document.createElement('a'); e.className = 'm ' + arguments[0]; document.body.append(e);"
            "const s = getComputedStyle(e); const colourless = s.backgroundImage.replace(/(rgba?|oklch|color)\\([^)]*\\)/g,"
            " c => c.includes(', 0)') ? 'clear' : 'ink'); const look = colourless + s.boxShadow.replace(/rgba?\\([^)]*\\)/, '')"
            "; e.remove(); return look"
        )
        looks[layer] = browser.execute_script(script, layer)
    assert len(set(looks.values())) == len(pages.MARKED)
