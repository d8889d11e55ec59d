"""The texts of all works for the search page: sentence beads in scripts of a few megabytes, loaded when somebody searches.

Scripts and not JSON, because a page opened from a disk may load the one and not the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pipeline.document import Lang, Version, Work
from pipeline.report.pages import page_name
from pipeline.report.summary import title

PART = 2_000_000
"""Bytes after which a new part begins: a browser reads one in some 20 ms, so that results come while it loads."""
FOLDER = "texts"

Line = tuple[str, str, str]
"""Where it stands on the work's page ("bead-12", or "ru-p3" for a sentence without a bead), and its English and Russian
words; "" where it has none."""


def lines(work: Work) -> Iterator[Line]:
    """What the search finds: sentences that translate each other as one line, those of one version alone."""
    met: dict[Lang, set[int]] = {"en": set(), "ru": set()}
    for number, bead in enumerate(work.alignment):
        if bead.level == "sentence":
            met["en"] |= set(bead.en)
            met["ru"] |= set(bead.ru)
            yield f"bead-{number}", _words(work, "en", bead.en), _words(work, "ru", bead.ru)
    for lang, version in sorted(work.versions.items()):
        for paragraph, text in _sentences(version, met[lang]):
            yield (f"{lang}-p{paragraph}", text, "") if lang == "en" else (f"{lang}-p{paragraph}", "", text)


def _words(work: Work, lang: Lang, indices: tuple[int, ...]) -> str:
    version = work.versions.get(lang)
    sentences = version.sentences or () if version else ()
    return (
        _line(" ".join(version.text[sentences[i].start : sentences[i].end] for i in indices))
        if version
        else ""
    )


def _sentences(version: Version, met: set[int]) -> Iterator[tuple[int, str]]:
    """Sentences outside every bead, with their paragraphs; a text without sentences by its paragraphs, without these whole."""
    if version.sentences:
        spans = [(s.paragraph, s.start, s.end) for n, s in enumerate(version.sentences) if n not in met]
    elif version.paragraphs:
        spans = [(n, p.start, p.end) for n, p in enumerate(version.paragraphs)]
    else:
        spans = [(0, 0, len(version.text))]
    for paragraph, start, end in spans:
        yield paragraph, _line(version.text[start:end])


def _line(text: str) -> str:
    return " ".join(text.split())


class Shelf:
    """The parts in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names = folder, list[str]()
        self._rows: list[bytes] = []
        self._size = 0

    def add(self, work: Work) -> None:
        """Put a work on the shelf; a full part is written."""
        titles = [title(version) for _, version in sorted(work.versions.items())]
        langs = {side: version.lang for side, version in sorted(work.versions.items())}
        row = msgspec.json.encode((work.id, f"works/{page_name(work.id)}", titles, langs, list(lines(work))))
        self._rows.append(row)
        self._size += len(row)
        if self._size >= PART:
            self.flush()

    def flush(self) -> None:
        """Write the part; the order of works inside a part and of parts is that of arrival, which is sorted."""
        if self._rows:
            name = f"{FOLDER}/{len(self.names) + 1}.js"
            self.names.append(name)
            data = b"diptych.texts([\n" + b",\n".join(sorted(self._rows)) + b"\n]);\n"
            (self.folder / name).write_bytes(data)
            self._rows, self._size = [], 0


@contextmanager
def shelf(folder: Path) -> Iterator[Shelf]:
    """A shelf whose last part is written and whose earlier run's further parts are gone."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    made = Shelf(folder)
    yield made
    made.flush()
    for old in (folder / FOLDER).glob("*.js"):
        if f"{FOLDER}/{old.name}" not in made.names:
            old.unlink()
