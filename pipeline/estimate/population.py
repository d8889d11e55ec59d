"""The passages of a finished run, each once, with what the model thinks of them and what they can be grouped by."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.document import Lang, Passage, Version, Work
from pipeline.errors import ConfigError
from pipeline.export import annotated

YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")


class Unit(Struct, frozen=True):
    """One passage: where it stands, how probable each category is, and the countries, year and outlet it belongs to."""

    work: str
    passage: str
    lang: str
    text: str
    probabilities: dict[str, float]
    countries: tuple[str, ...] = ()
    year: str = ""
    outlet: str = ""


BY: dict[str, Callable[[Unit], Sequence[str]]] = {
    "country": lambda unit: unit.countries,
    "year": lambda unit: (unit.year,) if unit.year else (),
    "outlet": lambda unit: (unit.outlet,) if unit.outlet else (),
    "work": lambda unit: (unit.work,),
}
"""What shares can be told apart by. A passage that names two countries counts for both."""


def population(out: Path, lang: Lang | None = None) -> tuple[Unit, ...]:
    """Every passage of the works under `out`, in order; of a work with two versions the English one or the first edition, unless `lang` says
    otherwise, so that no passage counts twice.

    Raises: ConfigError when there are no works, or none has coded passages.
    """
    folder = out / "works" if (out / "works").is_dir() else out
    files = sorted(folder.glob("*.json"))
    if not files:
        raise ConfigError(f"{out}: no works; give the folder that diptych run wrote")
    found = tuple(unit for file in files for unit in _units(annotated.read(file), lang))
    if not found:
        raise ConfigError(f"{out}: no coded passages; see the diagnostics of the works for why")
    return found


def _units(work: Work, lang: Lang | None) -> Iterator[Unit]:
    version = next((v for _, v in sorted(work.versions.items()) if lang in (None, v.lang)), None)
    for passage in (version.passages or ()) if version else ():
        assert version is not None
        yield Unit(
            work=work.id,
            passage=passage.id,
            lang=version.lang,
            text=passage.text,
            probabilities=passage.probabilities,
            countries=tuple(_countries(version, passage)),
            year=_year(version),
            outlet=version.meta.get("outlet") or version.meta.get("source") or "",
        )


def _countries(version: Version, passage: Passage) -> Iterable[str]:
    named = {
        e.link.value
        for e in version.entities or ()
        if e.link is not None and e.link.scheme == "iso3166" and passage.start <= e.start < passage.end
    }
    return sorted(named)


def _year(version: Version) -> str:
    found = YEAR.search(version.meta.get("date", ""))
    return found.group() if found else ""
