"""The report: a page per work with both versions side by side, and an index of all works. Static, offline, no network."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.compare.finding import REPORTED
from pipeline.compare.summary import corpus
from pipeline.document import LAYERS, Work, digest
from pipeline.export import each
from pipeline.report import notes, plots, words
from pipeline.report.excerpt import excerpt
from pipeline.report.overview import Entry, Overview
from pipeline.report.rows import rows
from pipeline.report.summary import CATEGORIES, summary

ASSETS = ("report.css", "report.js")
INLINE = 400
"""Rows of a table that the index shows itself; a longer table gets a page of its own (a browser lays out
20,000 rows in half a minute, 400 at once)."""
MARKED = ("differences", "statements", "factors", "entities", "quantities", "events", "citations")
"""The layers that are marked inside the text, the most telling first."""

LONGEST = 80
"""Characters of a page's name: with two bytes a letter well below the 255 bytes that file systems take."""

LOCAL = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
"""What a page of the folder may load: the two files that lie beside it."""


FOLDER = {"policy": LOCAL, "assets": "assets/", "inline": None, "software": ""}
"""What the pages at the top of the folder are rendered with."""


def write(works: Iterable[Path | Work], folder: str | Path) -> Path:
    """Write the report of all works into `folder` and return its index; works are read and forgotten one by one.

    Raises: WorkError for a path that is not an annotated work.
    """
    folder = Path(folder)
    (folder / "works").mkdir(parents=True, exist_ok=True)

    def with_page(work: Work) -> Work:
        (folder / "works" / page_name(work.id)).write_text(work_page(work), encoding="utf-8", newline="\n")
        return work

    return write_index((with_page(work) for work in each(works)), folder)


def write_index(works: Iterable[Path | Work], folder: Path) -> Path:
    """Write what stands around the pages of the works: index, long tables, style sheet and script, and the figures of
    the whole corpus (`comparison.json`).

    Raises: WorkError for a path that is not an annotated work.
    """
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for name in ASSETS:
        (folder / "assets" / name).write_bytes(asset(name).encode())
    overview = Overview()
    for work in each(works):
        overview.add(work)
    overview.sort()
    figures = msgspec.json.encode(corpus(list(overview.compared.values())))
    (folder / "comparison.json").write_bytes(msgspec.json.format(figures, indent=1) + b"\n")
    for name, table in overview.tables().items():
        if len(table) > INLINE:
            (folder / f"{name}.html").write_text(
                table_page(name, table, overview.totals[name]), encoding="utf-8", newline="\n"
            )
    index = folder / "index.html"
    index.write_text(index_page(overview), encoding="utf-8", newline="\n")
    return index


def work_page(work: Work) -> str:
    """The page of a work inside the report's folder (`works/ID.html`)."""
    return _work(work, home="../index.html", assets="../assets/", policy=LOCAL)


def single(work: Work) -> str:
    """The page of a work as one file that needs nothing beside it."""
    css, js = asset("report.css"), asset("report.js")
    policy = f"default-src 'none'; style-src {_allowed(css)}; script-src {_allowed(js)}; base-uri 'none'; form-action 'none'"
    return _work(work, policy=policy, inline={"css": Markup(css), "js": Markup(js)})


def index_page(overview: Overview) -> str:
    """The index of the report."""
    tables = overview.tables()
    return (
        _templates()
        .get_template("index.html")
        .render(
            all=overview,
            shown={name: table[:INLINE] for name, table in tables.items()},
            elsewhere={name: overview.totals[name] for name, table in tables.items() if len(table) > INLINE},
            kinds=plots.stacks(overview.kinds(), width=700),
            moves=plots.changes(overview.changes),
            line=plots.timeline(overview.events),
            shade=_shades(overview),
            **FOLDER,
        )
    )


def table_page(name: str, table: Sequence[object], total: int) -> str:
    """A page for one long table of the index."""
    return _templates().get_template("ledger.html").render(name=name, rows=table, total=total, **FOLDER)


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
    work: Work, policy: str, home: str = "", assets: str = "", inline: dict[str, Markup] | None = None
) -> str:
    shown = excerpt(work)
    return (
        _templates()
        .get_template("work.html")
        .render(
            work=work,
            figures=summary(work),
            rows=rows(shown),
            tables=notes.tables(shown),
            counts=_counts(work),
            wrong=_wrong(work),
            seen=[],
            cut={
                lang: (len(shown.versions[lang].text), len(version.text))
                for lang, version in sorted(work.versions.items())
                if len(shown.versions[lang].text) < len(version.text)
            },
            repairs=[
                (lang, r, v.text[r.start : r.end])
                for lang, v in sorted(shown.versions.items())
                for r in v.repairs
            ],
            policy=policy,
            home=home,
            assets=assets,
            inline=inline,
            software=work.run.version if work.run else "",
        )
    )


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
def _templates() -> Environment:
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
        "page": lambda work: f"works/{quote(page_name(work))}",
        "side": plots.side,
        "consistent": plots.consistent,
        "stacks": plots.stacks,
        "marked": MARKED,
        "surely": REPORTED,
        "categories": CATEGORIES,
    }
    return house


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
