"""Finished works leave the house: tables, and the field's exchange formats."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.config import Config
from pipeline.document import Work
from pipeline.errors import ConfigError, WorkError, suggest


def each(works: Iterable[Path | Work]) -> Iterator[Work]:
    """Works one by one; a path is read when its turn comes, so that a large corpus never lies in memory.

    Raises: WorkError for a file that is not an annotated work.
    """
    for work in works:
        yield work if isinstance(work, Work) else read(work)


def read(path: Path) -> Work:
    """The annotated work in a file that `diptych run` wrote.

    Raises: WorkError for a file that cannot be read or is not an annotated work.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Work)
    except OSError as error:
        raise WorkError(
            f"{path}: cannot be read ({error.strerror}); give the path of a work's JSON (OUT/works/ID.json)"
        ) from None
    except msgspec.DecodeError as error:
        raise WorkError(
            f"{path}: not an annotated work ({error}); allowed is what `diptych run` writes to OUT/works/ID.json"
        ) from None


BEADS = ("tmx", "vecalign", "ladder", "tsv")
KINDS = (
    *("csv", "parquet", "duckdb", *BEADS),
    *("brat", "cas", "cas-json", "conllu", "docbin", "graphml", "labelstudio", "refi", "webannotation"),
)
"""What `diptych export` writes: tables of every layer, sentence beads, stand-off annotations, parsed text, the codebook."""


def export(out: Path, to: str, folder: Path, config: Config) -> list[Path]:
    """Write the finished works of a run in one of the field's formats, and return the files.

    Raises: ConfigError for an unknown kind, WorkError when the run holds no works, MissingModel when a kind needs a
    package that is not installed.
    """
    if to not in KINDS:
        raise ConfigError(f'--to: unknown kind "{to}"; {suggest(to, KINDS)}')
    works = sorted((out / "works").glob("*.json"))
    if not works:
        raise WorkError(f"{out}: no works/*.json there; give the folder that diptych run wrote")
    folder.mkdir(parents=True, exist_ok=True)
    return _written(works, to, folder, config)


def _written(works: list[Path], to: str, folder: Path, config: Config) -> list[Path]:
    """Each branch loads only what its format needs."""
    if to in ("csv", "parquet"):
        from pipeline.export import annotated, dictionary, tables

        annotated.write_bytes(dictionary.encoded(), folder / dictionary.NAME)
        return tables.write(works, folder, formats=(to,))
    if to == "duckdb":
        from pipeline.export import database

        return database.write(works, folder)
    if to in BEADS:
        from pipeline.export import beads

        return [beads.write(work, to, folder) for work in each(works) if work.alignment]
    if to in ("cas", "cas-json"):
        from pipeline.export import cas

        return cas.write(each(works), folder, json=to == "cas-json")
    if to == "graphml":
        from pipeline.export import graphml

        return graphml.write(each(works), folder)
    if to == "refi":
        from pipeline import codebook
        from pipeline.export import refi

        return refi.write(codebook.load(config.codebook), folder)
    if to in ("conllu", "docbin"):
        return _parsed(works, to, folder, config)
    return _standoff(works, to, folder)


def _standoff(works: list[Path], to: str, folder: Path) -> list[Path]:
    """Files of each work and, where the tool needs one, the configuration that declares the labels."""
    from pipeline.export import annotated, brat, labelstudio, webannotation
    from pipeline.export.marks import marks

    module = {"brat": brat, "labelstudio": labelstudio, "webannotation": webannotation}[to]
    paths: list[Path] = []
    labels: set[tuple[str, str]] = set()
    types: set[str] = set()
    for work in each(works):
        paths += module.write(work, folder)
        for lang in work.versions:
            found = list(marks(work, lang))
            labels |= {(mark.layer, mark.label) for mark in found}
            types |= {brat.type_name(mark) for mark in found}
    if to == "brat":
        annotated.write_bytes(brat.configuration(types).encode(), folder / "annotation.conf")
        paths.append(folder / "annotation.conf")
    if to == "labelstudio":
        annotated.write_bytes(labelstudio.configuration(labels).encode(), folder / "labelling.xml")
        paths.append(folder / "labelling.xml")
    return paths


def _parsed(works: list[Path], to: str, folder: Path, config: Config) -> list[Path]:
    from pipeline import parse
    from pipeline.export import parsed

    write = parsed.write_conllu if to == "conllu" else parsed.write_docbin
    parsers = parse.load(config)
    return [path for work in each(works) for path in write(work, folder, config, parsers)]
