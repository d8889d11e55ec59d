"""The hand-coded sample: a CSV with the columns work, passage, category and, where passages were not drawn alike, the
probability with which each was drawn."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.errors import ConfigError, suggest
from pipeline.estimate.population import Unit


class HandCoded(Struct, frozen=True):
    """What a person says about one passage; `probability` 0: not told, all were drawn alike."""

    work: str
    passage: str
    category: str
    probability: float = 0.0


def read_coded(path: Path, units: Sequence[Unit]) -> tuple[HandCoded, ...]:
    """The coded rows of the sample; rows whose category is still empty are left out.

    Raises: ConfigError naming the line for an unknown passage or category, a wrong probability, or no coded row.
    """
    known = {(u.work, u.passage) for u in units}
    categories = sorted({c for u in units for c in u.probabilities})
    found: dict[tuple[str, str], HandCoded] = {}
    for number, row in enumerate(_rows(path), 2):
        category = (row.get("category") or "").strip()
        if not category:
            continue
        key = (row.get("work") or "", row.get("passage") or "")
        if key not in known:
            raise ConfigError(
                f"{path}:{number}: no passage {key[1]!r} in work {key[0]!r} of this run; make the sample anew with diptych plan --sample"
            )
        if category not in categories:
            raise ConfigError(
                f'{path}:{number}: unknown category "{category}"; {suggest(category, categories)}'
            )
        found[key] = HandCoded(*key, category, _probability(row, f"{path}:{number}"))
    if not found:
        raise ConfigError(f"{path}: no coded passage; fill in the column category")
    return tuple(found.values())


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"work", "passage", "category"} - set(reader.fieldnames or ())
            if missing:
                raise ConfigError(
                    f"{path}: no column {', '.join(sorted(missing))}; wanted: work, passage, category"
                )
            return list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}); give a CSV in UTF-8") from None


def _probability(row: dict[str, str], where: str) -> float:
    written = (row.get("probability") or "").strip()
    try:
        value = float(written) if written else 0.0
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ConfigError(f'{where}: probability "{written}" is no number between 0 and 1')
    return value


def write_sample(units: Iterable[Unit], probability: float, path: Path) -> None:
    """A CSV to code by hand: the model's opinion is not in it, so that it cannot lead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("work", "passage", "lang", "category", "probability", "text"))
        for u in units:
            writer.writerow((u.work, u.passage, u.lang, "", f"{probability:.6f}", u.text))
