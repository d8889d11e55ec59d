"""What `diptych review` does, between files."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline import codebook
from pipeline.compare.finding import KINDS
from pipeline.config import Config
from pipeline.errors import ConfigError, WorkError, suggest
from pipeline.export import annotated, each
from pipeline.review import agreement as agreements
from pipeline.review import inception, labelled, labelstudio, queue, store

FORMATS = ("labelstudio", "inception")


def export(
    out: Path, folder: Path, to: str, number: int, layers: Sequence[str], config: Config
) -> list[Path]:
    """Write the queue of a run's least certain findings.

    Raises: ConfigError for an unknown format or layer, WorkError when the run holds no works or nothing to judge.
    """
    if to not in FORMATS:
        raise ConfigError(f'--to: unknown format "{to}"; {suggest(to, FORMATS)}')
    for layer in layers:
        if layer not in queue.LAYERS:
            raise ConfigError(f'--layer: unknown layer "{layer}"; {suggest(layer, queue.LAYERS)}')
    works = list(each(_works(out)))
    items = queue.queued(works, number, layers or queue.LAYERS)
    if not items:
        raise WorkError(f"{out}: nothing to judge; the works hold no {', '.join(layers or queue.LAYERS)}")
    if to == "inception":
        return inception.write(items, works, folder)
    choices = {"passages": codebook.load(config.codebook).group_ids, "statements": (), "differences": KINDS}
    return labelstudio.write(items, choices, folder)


def take_in(out: Path, files: Sequence[Path], reviewer: str) -> tuple[int, Path]:
    """Add the answers of exported files to those kept beside the run; how many came, and where they are kept.

    Raises: WorkError for a file that is no such export, ConfigError for an XMI file without a reviewer's name.
    """
    found: list[store.Review] = []
    for path in files:
        if path.suffix == ".xmi":
            if not reviewer:
                raise ConfigError(f"{path}: an XMI file does not say who answered; give --reviewer NAME")
            found += inception.read(path, reviewer)
        else:
            found += labelstudio.read(path)
    return len(found), store.write(out, [*store.read(out), *found])


def agreement(out: Path) -> bytes:
    """The agreement of the answers kept beside a run, as JSON."""
    return msgspec.json.format(msgspec.json.encode(agreements.agreement(_reviews(out))), indent=1) + b"\n"


def training_data(out: Path, path: Path) -> int:
    """Write the reviewed passages as labelled ones; how many there are."""
    works = {work.id: work for work in each(_works(out))}
    rows = list(labelled.labelled(_reviews(out), works))
    annotated.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows), path)
    return len(rows)


def _works(out: Path) -> list[Path]:
    works = sorted((out / "works").glob("*.json"))
    if not works:
        raise WorkError(f"{out}: no works/*.json there; give the folder that diptych run wrote")
    return works


def _reviews(out: Path) -> tuple[store.Review, ...]:
    reviews = store.read(out)
    if not reviews:
        raise WorkError(f"{out}: nobody has reviewed this run; make a queue with diptych review export")
    return reviews
