"""Batch: many works in, one annotated JSON each, tables and a report; what fails is listed and the rest goes on."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import ingest, report, stages
from pipeline.config import Config
from pipeline.document import Lang, Version, Work, digest
from pipeline.errors import ConfigError, DiptychError, IngestError, suggest
from pipeline.export import annotated, tables
from pipeline.ingest import WorkFiles

log = logging.getLogger(__name__)

ENGINES = ("local",)


class Failure(Struct, frozen=True):
    """One line of `failures.jsonl`: the work, the stage that failed and why."""

    work: str
    stage: str
    reason: str


class Outcome(Struct, frozen=True):
    """What became of one work. `reused` tells that the file of an earlier run still holds."""

    work: str
    written: bool
    reused: bool = False
    failures: tuple[Failure, ...] = ()


class Summary(Struct, frozen=True):
    """Counts in = counts out: every work found is written or listed as failed."""

    works: int
    written: int
    reused: int
    failures: tuple[Failure, ...]


def versions(files: WorkFiles, config: Config) -> dict[Lang, Version]:
    """The ingested versions of one work.

    Raises: IngestError when a file cannot be read or does not hold the language it should.
    """
    if files.error:
        raise IngestError(files.error)
    found: dict[Lang, Version] = {}
    for lang, path in files.paths:
        for version in ingest.read(path, lang=lang, limits=config.ingest):
            if version.lang in found:
                raise IngestError(f"{path}: a second {version.lang} version of the work {files.id}; keep one")
            found[version.lang] = msgspec.structs.replace(version, meta={**version.meta, **files.meta})
    return found


def annotate(files: WorkFiles, config: Config) -> Work:
    """One work, from its files to all layers."""
    return stages.annotate(files.id, versions(files, config), _tools(config))


_loaded: dict[str, stages.Tools] = {}


def _tools(config: Config) -> stages.Tools:
    """The models of this process: loaded once, whatever number of works it sees."""
    key = config.sha256()
    if key not in _loaded:
        _loaded.clear()
        _loaded[key] = stages.Tools(config)
    return _loaded[key]


def run(
    paths: Sequence[Path],
    out: Path,
    config: Config,
    *,
    workers: int = 1,
    engine: str = "local",
    on_done: Callable[[Outcome, int], None] | None = None,
) -> Summary:
    """Annotate every work under `paths` into `out`; write tables, report and the list of failures.

    Raises: ConfigError for an unknown engine, IngestError when there is nothing to read.
    """
    if engine not in ENGINES:
        raise ConfigError(f'unknown engine "{engine}"; {suggest(engine, ENGINES)}')
    jobs = list(ingest.works(paths, config))
    if not jobs:
        raise IngestError(
            f"{', '.join(map(str, paths))}: no documents found; give files or folders with .txt, .html, .docx, .pdf, .csv or .jsonl"
        )
    outcomes: list[Outcome] = []
    for outcome in _outcomes(jobs, out, config, workers):
        outcomes.append(outcome)
        if on_done:
            on_done(outcome, len(jobs))
    failures = tuple(sorted((f for o in outcomes for f in o.failures), key=lambda f: (f.work, f.stage)))
    annotated.write_bytes(b"".join(msgspec.json.encode(f) + b"\n" for f in failures), out / "failures.jsonl")
    _publish(
        [out / "works" / f"{o.work}.json" for o in sorted(outcomes, key=lambda o: o.work) if o.written], out
    )
    return Summary(
        works=len(jobs),
        written=sum(o.written for o in outcomes),
        reused=sum(o.reused for o in outcomes),
        failures=failures,
    )


def _publish(works: list[Path], out: Path) -> None:
    tables.write(works, out / "tables")
    report.write(works, out / "report")


def _outcomes(jobs: list[WorkFiles], out: Path, config: Config, workers: int) -> Iterator[Outcome]:
    if workers <= 1 or len(jobs) <= 1:
        yield from (process(job, out, config) for job in jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(process, job, out, config): job for job in jobs}
        for done in as_completed(waiting):
            try:
                yield done.result()
            except BrokenProcessPool:
                reason = (
                    "a worker process was killed, probably for lack of memory; run again with fewer --workers"
                )
                yield _failed(waiting[done].id, "run", reason)


def process(files: WorkFiles, out: Path, config: Config) -> Outcome:
    """Annotate one work and write its file; any failure becomes data."""
    path = out / "works" / f"{files.id}.json"
    try:
        if _holds(path, files, config):
            return Outcome(work=files.id, written=True, reused=True)
        work = annotate(files, config)
        annotated.write(work, path)
    except DiptychError as error:
        return _failed(files.id, "ingest" if isinstance(error, IngestError) else "annotate", str(error))
    except OSError as error:
        return _failed(
            files.id,
            "write",
            f"{error.filename or path}: {error.strerror}; free space or permissions, then run again",
        )
    except Exception as error:
        log.debug("work %s failed", files.id, exc_info=True)
        return _failed(
            files.id,
            "annotate",
            f"{type(error).__name__}: {error}; this is a fault of diptych, please report it with the file",
        )
    failed = tuple(Failure(files.id, d.stage, d.reason) for d in work.diagnostics if d.status == "failed")
    return Outcome(work=files.id, written=True, failures=failed)


def _failed(work: str, stage: str, reason: str) -> Outcome:
    return Outcome(work=work, written=False, failures=(Failure(work, stage, reason),))


def _holds(path: Path, files: WorkFiles, config: Config) -> bool:
    """Whether the file of an earlier run came from the same bytes, settings, codebook and models, and is whole."""
    if files.error or not path.exists():
        return False
    try:
        earlier = annotated.read(path)
    except DiptychError:
        return False
    if any(d.status == "failed" for d in earlier.diagnostics):
        return False
    sources = {digest(source.read_bytes()) for _, source in files.paths}
    return {
        v.source.sha256 for v in earlier.versions.values()
    } == sources and earlier.run == stages.provenance(_tools(config), earlier.versions)
