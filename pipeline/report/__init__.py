"""The report: a page per work with both versions side by side, an index of all works, tables with filters, a search
through all texts. Static, offline, no network."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from pipeline.document import Work
from pipeline.export import each, read
from pipeline.report import pages, texts
from pipeline.report.overview import Overview
from pipeline.report.pages import page_name, single, work_page
from pipeline.review import store
from pipeline.review.store import Review

__all__ = ["by_work", "page_name", "single", "work_page", "write", "write_index", "write_reviewed"]


def write(works: Iterable[Path | Work], folder: str | Path, reviews: Iterable[Review] = ()) -> Path:
    """Write the report of all works into `folder` and return its index; works are read and forgotten one by one.

    Raises: WorkError for a path that is not an annotated work.
    """
    folder = Path(folder)
    (folder / "works").mkdir(parents=True, exist_ok=True)
    answers = by_work(reviews)

    def with_page(work: Work) -> Work:
        _write(folder / "works" / page_name(work.id), work_page(work, answers.get(work.id, ())))
        return work

    return write_index((with_page(work) for work in each(works)), folder)


def write_index(works: Iterable[Path | Work], folder: Path) -> Path:
    """Write what stands around the pages of the works: index, tables, search, style sheet and scripts, and the figures
    of the whole corpus (`comparison.json`).

    Raises: WorkError for a path that is not an annotated work.
    """
    for name in pages.ASSETS:
        _write(folder / "assets" / name, pages.asset(name))
    overview = Overview()
    with texts.shelf(folder) as shelf:
        for work in each(works):
            overview.add(work)
            shelf.add(work)
    overview.sort()
    figures = msgspec.json.encode(overview.corpus())
    _write(folder / "comparison.json", msgspec.json.format(figures, indent=1).decode() + "\n")
    _write(folder / "search.html", pages.search_page(shelf.names))
    for name, table in overview.tables().items():
        _write(folder / f"{name}.html", pages.table_page(name, table, overview.totals[name], overview))
    _write(folder / "index.html", pages.index_page(overview))
    return folder / "index.html"


def write_reviewed(out: Path) -> list[Path]:
    """Write again the pages of a run's works that reviewers have answered about, with their answers.

    Raises: WorkError for answers or works that cannot be read.
    """
    written = []
    for name, answers in by_work(store.read(out)).items():
        file = out / "works" / f"{name}.json"
        if file.exists():
            written.append(out / "report" / "works" / page_name(name))
            _write(written[-1], work_page(read(file), answers))
    return written


def by_work(reviews: Iterable[Review]) -> Mapping[str, Sequence[Review]]:
    """Reviewers' answers by the work they are about."""
    found: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        found[review.work].append(review)
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
