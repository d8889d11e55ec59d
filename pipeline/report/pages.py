"""The pages as text: templates, what they may call, and what each is rendered with."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from pipeline.compare.finding import REPORTED
from pipeline.document import LAYERS, Work, digest
from pipeline.report import explanations, facets, notes, plots, words
from pipeline.report.consistency import FATES
from pipeline.report.entry import Entry
from pipeline.report.excerpt import excerpt
from pipeline.report.overview import Overview, doubt
from pipeline.report.rows import rows
from pipeline.report.summary import CATEGORIES, summary
from pipeline.report.timeline import timeline
from pipeline.review.placed import Answers, Key, placed
from pipeline.review.store import Review

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE = "report.css"
SCRIPTS = {
    "index": ("report.js", "tables.js"),
    "search": ("report.js", "search.js"),
    "work": ("report.js", "tables.js", "work.js"),
}
"""The scripts of each kind of page, in the order in which they run."""
ASSETS = (STYLE, *sorted({name for names in SCRIPTS.values() for name in names}))
MARKED = ("differences", "statements", "factors", "entities", "quantities", "events", "citations")
"""The layers that are marked inside the text, the most telling first."""
PREVIEW = 6
"""Rows of a long table that the index shows; all of them stand on a page of their own, with search and filters."""
PAGE = 50
"""Rows that a table lays out at a time; the others wait in a template, which costs a browser almost nothing
(20,000 rows laid out at once cost it half a minute)."""
LONGEST = 80
"""Characters of a page's name: with two bytes a letter well below the 255 bytes that file systems take."""

LOCAL = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
"""What a page of the folder may load: the files that lie beside it."""


def work_page(work: Work, reviews: Iterable[Review] = ()) -> str:
    """The page of a work inside the report's folder (`works/ID.html`), with what reviewers answered."""
    return _work(work, reviews, home="../", assets="../assets/", policy=LOCAL)


def single(work: Work) -> str:
    """The page of a work as one file that needs nothing beside it."""
    css, js = asset(STYLE), "\n".join(asset(name) for name in SCRIPTS["work"])
    policy = f"default-src 'none'; style-src {_allowed(css)}; script-src {_allowed(js)}; base-uri 'none'; form-action 'none'"
    return _work(work, policy=policy, inline={"css": Markup(css), "js": Markup(js)})


def index_page(overview: Overview) -> str:
    """The index of the report."""
    return _top(
        "index",
        shown={name: table[:PREVIEW] for name, table in overview.tables().items()},
        kinds=plots.stacks(overview.kinds(), width=700),
        moves=plots.changes(overview.changes),
        line=timeline(overview.events),
        shade=_shades(overview),
        all=overview,
    )


def table_page(name: str, table: Sequence[object], total: int, overview: Overview) -> str:
    """A table of its own, with search and filters."""
    return _top("ledger", name=name, rows=table, total=total, all=overview)


def search_page(parts: Sequence[str]) -> str:
    """The search through all texts; `parts` are the files that hold them."""
    return _top("search", parts=parts)


def _top(template: str, **given: object) -> str:
    """A page at the top of the folder."""
    scripts = SCRIPTS["search" if template == "search" else "index"]
    around = {
        "policy": LOCAL,
        "assets": "assets/",
        "inline": None,
        "software": "",
        "home": "",
        "scripts": scripts,
    }
    return _house().get_template(f"{template}.html").render(**around, **given)


def page_name(work: str) -> str:
    """The file name of a work's page; what a file system would not take is replaced, and a digest keeps it unique.

    >>> page_name("moldova-energy")
    'moldova-energy.html'
    """
    safe = re.sub(r"[^\w.-]+", "-", work).strip(".-")
    return (
        f"{safe}.html"
        if safe == work and len(safe) <= LONGEST
        else f"{safe[:LONGEST]}-{digest(work)[:8]}.html"
    )


@cache
def asset(name: str) -> str:
    """A style sheet or script of the report."""
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _allowed(inline: str) -> str:
    """The source expression that lets exactly this inline text run."""
    return f"'sha256-{b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


def _work(
    work: Work,
    reviews: Iterable[Review] = (),
    *,
    policy: str,
    home: str = "",
    assets: str = "",
    inline: dict[str, Markup] | None = None,
) -> str:
    shown = excerpt(work)
    answers: Answers = placed(reviews, work)
    return (
        _house()
        .get_template("work.html")
        .render(
            work=work,
            figures=summary(work),
            rows=rows(shown),
            tables=notes.tables(shown, answers.found),
            lost=answers.lost,
            reviewed={_anchor(key) for key in answers.found},
            facets=facets.facets(shown),
            counts=_counts(work),
            signs={lang: notes.sign(v) for lang, v in work.versions.items()},
            wrong=_wrong(work),
            seen=set(),
            cut={
                lang: (len(shown.versions[lang].text), len(version.text))
                for lang, version in sorted(work.versions.items())
                if len(shown.versions[lang].text) < len(version.text)
            },
            repairs=[
                (notes.sign(v), v.lang, r, v.text[r.start : r.end])
                for lang, v in sorted(shown.versions.items())
                for r in v.repairs
            ],
            policy=policy,
            home=home,
            assets=assets,
            inline=inline,
            scripts=SCRIPTS["work"],
            software=work.run.version if work.run else "",
        )
    )


def _anchor(key: Key) -> str:
    """The anchor of a reviewed finding ("en.passages", 3) on the page."""
    layer, number = key
    return f"diff-{number}" if layer == "differences" else f"{layer.replace('.', '-')}-{number}"


def _counts(work: Work) -> dict[str, int]:
    counts = {layer: sum(len(getattr(v, layer) or ()) for v in work.versions.values()) for layer in LAYERS}
    return counts | {"differences": len(work.differences or ())}


def _wrong(work: Work) -> frozenset[str]:
    """The anchors of changes whose stated percentage does not follow from their values."""
    return frozenset(
        f"{lang}-quantities-{number}"
        for lang, version in work.versions.items()
        for number, quantity in enumerate(version.quantities or (), 1)
        if quantity.check and not quantity.check.consistent
    )


CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
"""Control characters, shown as the pictures that Unicode has for them; HTML does not allow them."""


def visible(text: str) -> str:
    """Text as a page can show it.

    >>> visible("a\\x0bb")
    'a␋b'
    """
    return text.translate(CONTROLS)


@cache
def _house() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    house = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
    )
    house.globals |= {
        "word": words.word,
        "label": words.label,
        "term": words.term,
        "plain": words.plain,
        "russian": words.russian,
        "option": words.option,
        "said": notes.said,
        "cells": notes.cells,
        "explained": explanations.explained,
        "svgterm": words.svg_term,
        "svgword": words.svg_word,
        "country": words.country,
        "number": words.number,
        "share": words.share,
        "visible": visible,
        "quoted": notes.quoted,
        "percent": notes.percent,
        "dated": notes.dated,
        "names": _names,
        "caption": _caption,
        "page": _address,
        "chosen": lambda name, **filters: f"{name}.html#{urlencode(filters)}",
        "doubt": doubt,
        "side": plots.side,
        "consistent": plots.consistent,
        "bars": plots.two_bars,
        "stacks": plots.stacks,
        "marked": MARKED,
        "surely": REPORTED,
        "categories": CATEGORIES,
        "fates": FATES,
        "rows_a_page": PAGE,
    }
    return house


@cache
def _address(work: str) -> str:
    """Where the page of a work lies, seen from the index."""
    return f"works/{quote(page_name(work))}"


def _names(participants: Iterable[str]) -> Markup:
    return Markup(", ").join(words.country(name) for name in participants)


def _caption(entry: Entry) -> str:
    """What a change is about, short enough for the margin of the figure."""
    record: Any = entry.best
    about = [record.indicator or " ".join(record.text.split()), record.subject, record.counterpart]
    line = " · ".join(part for part in about if part)
    return line if len(line) <= 44 else f"{line[:43].rstrip()}…"


def _shades(overview: Overview) -> Any:
    """How dark a cell of the heat map is: 0 for nothing, 1 to 5 by the square root of its share of the largest."""
    largest = max(overview.heat.values(), default=1)
    return lambda count: 0 if not count else max(1, round(5 * (count / largest) ** 0.5))
