"""Batch: many works in, one annotated JSON each, tables and a report; what fails is listed and the rest goes on."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from pipeline import ingest, keys, parse, report, stages
from pipeline.batch import journal, local, parts, selection
from pipeline.batch.outcome import Done, Failure, Outcome, Summary, failed
from pipeline.batch.pool import Maker, Pool
from pipeline.batch.work import Desk, versions
from pipeline.config import BatchLimits, Config
from pipeline.document import Work
from pipeline.errors import ConfigError, DiptychError, IngestError, MissingModel, suggest
from pipeline.export import annotated, tables
from pipeline.ingest import WorkFiles
from pipeline.review import store
from pipeline.tools import Tools

__all__ = ["Failure", "Outcome", "Summary", "annotate", "run", "versions"]

ENGINES = ("local", "ray")


def annotate(files: WorkFiles, config: Config) -> Work:
    """One work, from its files to all layers."""
    return stages.annotate(files.id, versions(files, config), load_tools(config))


_loaded: dict[str, Tools] = {}


def load_tools(config: Config) -> Tools:
    """The models of this process: loaded once, whatever number of works it sees."""
    key = config.sha256()
    if key not in _loaded:
        _loaded.clear()
        _loaded[key] = Tools(config)
    return _loaded[key]


def run(
    paths: Sequence[Path],
    out: Path,
    config: Config,
    *,
    workers: int = 0,
    engine: str = "local",
    only_failed: bool = False,
    since: str = "",
    on_done: Callable[[Outcome, int], object] = lambda outcome, total: None,
    make_tools: Callable[[Config], Tools] = load_tools,
) -> Summary:
    """Annotate every work under `paths` into `out`; write tables, report, list of failures, log and manifest.

    `workers` are processes; with 0 everything happens in this one, which then does not survive a crash of a parser.
    Raises: ConfigError for an unknown engine, back end, codebook or date; IngestError when there is nothing to read;
    WorkError for reviews that cannot be read; DiptychError when the output cannot be written.
    """
    began = time.perf_counter()
    after = selection.moment(since) if since else None
    if engine not in ENGINES:
        raise ConfigError(f'unknown engine "{engine}"; {suggest(engine, ENGINES)}')
    store.read(out)  # what reviewers answered must be readable before hours of work, not after
    made_by = stages.provenance(checked(make_tools(config)), ())
    jobs = sorted(ingest.works(paths, config), key=lambda job: job.id)
    if not jobs:
        raise IngestError(
            f"{', '.join(map(str, paths))}: no documents found; give files or folders with .txt, .html, .docx, .pdf, .csv or .jsonl"
        )
    make_desk = partial(Desk, out, config, make_tools)
    with journal.opened(out) as notes, Pool(make_desk, workers or _processors(engine)) as hands:
        earlier = selection.earlier_failures(out)
        asked, left = selection.chosen(jobs, out, earlier, only_failed, after)
        notes.note("start", works=len(jobs), asked=len(asked), workers=workers, engine=engine)
        outcomes = selection.left_alone(left, out, earlier)
        stop = ""
        for done in _engine(engine, workers, hands)(asked, config.batch, make_desk):
            notes.batch(done)
            outcomes += done.outcomes
            for outcome in done.outcomes:
                on_done(outcome, len(asked))
            if stop := done.stop:
                break
        if not stop:
            outcomes += _unaccounted(jobs, outcomes)
        summary = _summary(jobs, outcomes)
        _list_failures(summary, out)
        if stop:
            raise DiptychError(
                f"{stop}; {summary.written} of {len(jobs)} works are done and kept, the same command goes on with the rest"
            )
        works = sorted((o.work, o.sha256) for o in outcomes if o.written)
        with notes.timed("tables and index"):
            publish(works, out, config, make_desk, hands)
        for line in summary.notes:
            notes.note("tables", reason=line)
        manifest = journal.manifest(
            config, made_by, [str(p) for p in paths], engine, workers, only_failed=only_failed, since=since
        )
        notes.end(manifest, summary, time.perf_counter() - began, keys.key(works))
    return summary


def checked(tools: Tools) -> Tools:
    """The same tools, if the configuration names what exists: found out now, not once per work.

    Raises: ConfigError for an unknown back end, one that is not installed, or a faulty codebook.
    """
    parse.load(tools.config)
    try:
        tools.parsers.components(("en", "ru"))
    except MissingModel as error:
        raise ConfigError(f"[parse]: {error}") from None
    _ = tools.codebook
    return tools


Engine = Callable[[Sequence[WorkFiles], BatchLimits, Maker], Iterator[Done]]


def _processors(engine: str) -> int:
    """How many processes of this machine `--workers 0` means: none, but with Ray, which takes all there are, all."""
    return (os.cpu_count() or 1) if engine == "ray" else 0


def _engine(engine: str, workers: int, hands: Pool) -> Engine:
    if engine == "ray":
        from pipeline.batch import cluster

        return partial(cluster.run, workers=workers)
    return partial(local.processes, hands=hands) if workers else local.here


def _unaccounted(jobs: Sequence[WorkFiles], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Counts in = counts out: a work of which no engine said anything has failed."""
    said = {outcome.work for outcome in outcomes}
    reason = "the run lost sight of this work; this is a fault of diptych, please report it"
    return [failed(job.id, "run", reason) for job in jobs if job.id not in said]


def _summary(jobs: Sequence[WorkFiles], outcomes: Sequence[Outcome]) -> Summary:
    failures = sorted((f for o in outcomes for f in o.failures), key=lambda f: (f.work, f.stage))
    return Summary(
        works=len(jobs),
        written=sum(o.written for o in outcomes),
        reused=sum(o.reused for o in outcomes),
        failures=tuple(failures),
        left=sum(o.left and not o.written and not o.failures for o in outcomes),
        notes=() if tables.has_pyarrow() else (tables.NO_PARQUET,),
    )


def _list_failures(summary: Summary, out: Path) -> None:
    lines = (msgspec.json.encode(failure) + b"\n" for failure in summary.failures)
    annotated.write_bytes(b"".join(lines), out / "failures.jsonl")


def publish(
    works: Sequence[tuple[str, str]], out: Path, config: Config, make_desk: Maker, hands: Pool
) -> None:
    """Tables and index of the works with these digests; what holds from an earlier run stays."""
    all_parts = parts.parts(works, config.batch.part_works)
    stale = [part for part in all_parts if not parts.held(part, out)]
    local.table_parts(stale, make_desk, hands, meanwhile=partial(_index, works, out))
    parts.publish(all_parts, out)


def _index(works: Sequence[tuple[str, str]], out: Path) -> None:
    index, state = out / "report" / "index.html", out / "cache" / "index.key"
    wanted = keys.key(list(works), keys.code(report))
    if not index.exists() or not state.exists() or state.read_text() != wanted:
        report.write_index([out / "works" / f"{id}.json" for id, _ in works], out / "report")
        annotated.write_bytes(wanted.encode(), state)
