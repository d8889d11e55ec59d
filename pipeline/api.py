"""The public verbs, from Python: what the command line does, with objects instead of files.

    >>> from pipeline import api                                   # doctest: +SKIP
    >>> work = api.compare("law.en.txt", "law.ru.txt")             # doctest: +SKIP
    >>> [difference.kind for difference in work.differences]       # doctest: +SKIP
    ['number', 'omission']

(The subpackages `pipeline.align` and `pipeline.compare` bear the same names as two verbs, so the verbs stand here.)
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline import config as configuration
from pipeline.config import Config
from pipeline.document import Lang, Version, Work

__all__ = ["Config", "Version", "Work", "align", "annotate", "compare", "load", "read", "save"]


def read(path: str | Path, *, lang: Lang | None = None, config: Config | None = None) -> tuple[Version, ...]:
    """One version for each language that a file holds: text, repairs and the map to its bytes.

    Raises: IngestError when the file cannot be read as text.
    """
    from pipeline import ingest

    return ingest.read(path, lang=lang, limits=(config or configuration.load()).ingest)


def annotate(path: str | Path, *, lang: Lang | None = None, config: Config | None = None) -> Work:
    """One file with all layers; a bilingual file is aligned and compared as well.

    Raises: IngestError when the file cannot be read as text.
    """
    return _annotated(Path(path).stem, ((lang, Path(path)),), config)


def compare(
    en: str | Path, ru: str | Path, *, lang: Lang | None = None, config: Config | None = None
) -> Work:
    """Two versions with all layers, their alignment and their differences; two files in one language are the first and
    the second edition of a work.

    Raises: IngestError when a file cannot be read as text.
    """
    return _annotated(Path(en).name.split(".")[0], ((lang, Path(en)), (lang, Path(ru))), config, apart=True)


def _annotated(
    id: str, paths: tuple[tuple[Lang | None, Path], ...], config: Config | None, *, apart: bool = False
) -> Work:
    from pipeline import run
    from pipeline.ingest import WorkFiles

    return run.annotate(WorkFiles(id=id, paths=paths, apart=apart), config or configuration.load())


def align(
    en: Sequence[str], ru: Sequence[str], *, langs: tuple[Lang, Lang] = ("en", "ru")
) -> tuple[tuple[tuple[int, ...], tuple[int, ...], float], ...]:
    """The beads of two lists of sentences: indices on each side and the confidence; an empty side is a null bead. Two
    editions have one language twice, such as `langs=("ru", "ru")`.

    >>> api.align(["Trade fell.", "Nobody objected."], ["Торговля упала."])    # doctest: +SKIP
    (((0,), (0,), 0.99), ((1,), (), 0.98))
    """
    from pipeline import align as aligner

    return tuple((pair.en, pair.ru, pair.score) for pair in aligner.align(en, ru, langs=langs))


def save(work: Work, path: str | Path) -> None:
    """Write the annotated JSON, whole or not at all.

    Raises: SpanError when an annotation's text is not what stands at its offsets.
    """
    from pipeline.export import annotated

    annotated.write(work, Path(path))


def load(path: str | Path) -> Work:
    """Read an annotated JSON.

    Raises: DiptychError when the file is no annotated work.
    """
    from pipeline.export import annotated

    return annotated.read(Path(path))
