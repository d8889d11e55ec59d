"""Two files of one version each: the English and the Russian one, or two editions of a work in one language."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline import ingest
from pipeline.config import IngestLimits
from pipeline.document import Edition, Lang, Version, numbered
from pipeline.ingest.works import named_language


def read(paths: Sequence[tuple[Lang | None, Path]], limits: IngestLimits) -> dict[Lang, Version]:
    """The versions by side: of two languages the English one stands on the side "en", whichever file came first; of one
    language the first file is the first edition, on the side "en", and the second the second.

    Raises: IngestError when a file cannot be read as text.
    """
    first, second = (longest(path, lang, limits) for lang, path in paths)
    if first.lang != second.lang:
        return dict(sorted({v.lang: v for v in (first, second)}.items()))
    return {"en": _edition(first, "first"), "ru": _edition(second, "second")}


def longest(path: Path, lang: Lang | None, limits: IngestLimits) -> Version:
    """A file's version in the language given, or in that of its name (`law.ru.txt`); else the longer one of those it holds:
    an article in Russian, without its abstract in English.

    Raises: IngestError when the file cannot be read as text.
    """
    lang = lang or named_language(path)
    found = ingest.read(path, lang=lang, limits=limits)
    return max(found, key=lambda version: (version.lang == lang, len(version.text)))


def _edition(version: Version, edition: Edition) -> Version:
    version = msgspec.structs.replace(version, edition=edition)
    if version.statements is None:
        return version
    return msgspec.structs.replace(
        version, statements=numbered(f"{version.side}.statement", version.statements)
    )
