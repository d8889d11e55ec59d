"""What one worker does: a batch of works from their files to their JSON and their page of the report.

Sentences of all works of the batch are parsed in one stream; everything else goes work by work, and any failure
becomes data of its own work alone.
"""

import errno
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from time import perf_counter

import msgspec

from pipeline import align, ingest, keys, memory, parse, report, space, stages
from pipeline.batch import parts
from pipeline.batch.outcome import Done, Failure, Outcome, failed, peak_megabytes
from pipeline.batch.parts import Part
from pipeline.config import Config
from pipeline.document import Lang, Version, Work, digest
from pipeline.errors import DiptychError, IngestError, MissingModel
from pipeline.export import annotated
from pipeline.ingest import WorkFiles, editions
from pipeline.memory import CacheError, Memory, Shelf
from pipeline.review import store
from pipeline.stages import Draft
from pipeline.tools import Tools

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""Errors of the output that every further work would meet too."""

Opened = tuple[WorkFiles, str, list[str]]


def versions(files: WorkFiles, config: Config) -> dict[Lang, Version]:
    """The ingested versions of one work.

    Raises: IngestError when a file cannot be read or does not hold the language it should.
    """
    if files.error:
        raise IngestError(files.error)
    if files.apart:
        read = editions.read(files.paths, config.ingest)
        return {side: _with_meta(version, files) for side, version in read.items()}
    found: dict[Lang, Version] = {}
    for lang, path in files.paths:
        for version in ingest.read(path, lang=lang, limits=config.ingest):
            if version.lang in found:
                raise IngestError(f"{path}: a second {version.lang} version of the work {files.id}; keep one")
            found[version.lang] = _with_meta(version, files)
    return found


def _with_meta(version: Version, files: WorkFiles) -> Version:
    return msgspec.structs.replace(version, meta={**version.meta, **files.meta})


class Desk:
    """Where a worker works: the output folder, the configuration, and the models, loaded once."""

    def __init__(self, out: Path, config: Config, make_tools: Callable[[Config], Tools] = Tools) -> None:
        self.out, self.config = out, config
        self.tools = make_tools(config)
        self.spent: defaultdict[str, float] = defaultdict(float)
        """Seconds that each work of the batch has taken so far, but for the parse, which is of all together."""

    def work_file(self, id: str) -> Path:
        return self.out / "works" / f"{id}.json"

    def shelf_file(self, id: str) -> Path:
        return self.out / "cache" / f"{id}.bin"

    def page_file(self, id: str) -> Path:
        return self.out / "report" / "works" / report.page_name(id)

    @cached_property
    def reviews(self) -> Mapping[str, Sequence[store.Review]]:
        """What reviewers answered, by work."""
        return report.by_work(store.read(self.out))

    def process(self, jobs: Sequence[WorkFiles]) -> Done:
        """Annotate the works of a batch and write their files."""
        before = Counter(self.tools.seconds)
        self.spent.clear()
        outcomes: dict[str, Outcome] = {}
        drafts: list[tuple[Draft, Opened]] = []
        for job in jobs:
            opened = self._guarded(job, lambda job=job: self._open(job))  # type: ignore[misc]
            if isinstance(opened, Outcome):
                outcomes[job.id] = opened
            else:
                drafts.append(opened)
        stop = ""
        with parse.passing(lang for draft, _ in drafts for lang in draft.versions):
            self._parse([draft for draft, _ in drafts])
            for draft, opened in drafts:
                outcome = self._guarded(opened[0], lambda d=draft, o=opened: self._finish(d, o))  # type: ignore[misc]
                outcomes[draft.id] = outcome
                stop = stop or next((f.reason for f in outcome.failures if f.stage == "disk"), "")
                draft.docs.clear()
        space.settle()
        return Done(
            tuple(
                msgspec.structs.replace(outcomes[job.id], seconds=round(self.spent[job.id], 3))
                for job in jobs
            ),
            dict(Counter(self.tools.seconds) - before),
            peak_megabytes(),
            stop,
        )

    def table_part(self, part: Part) -> None:
        """Write one part of the tables."""
        parts.write(part, self.out)

    def _guarded(self, job: WorkFiles, step: Callable[[], Outcome | tuple[Draft, Opened]]):  # type: ignore[no-untyped-def]
        """The step's result, or the outcome of a work that failed in it; either way the time it took is noted."""
        began = perf_counter()
        try:
            return step()
        except DiptychError as error:
            return failed(job.id, "ingest" if isinstance(error, IngestError) else "annotate", str(error))
        except OSError as error:
            where = error.filename2 or error.filename or self.work_file(job.id)
            stage = "disk" if error.errno in FULL else "write"
            return failed(
                job.id, stage, f"{where}: {error.strerror}; free space or permissions, then run again"
            )
        except MemoryError:
            reason = "needs more memory than there is; split the document, or run it where there is more"
            return failed(job.id, "annotate", reason)
        except RecursionError:
            return failed(
                job.id,
                "annotate",
                "nested too deep to be read; simplify the document",
                traceback.format_exc(),
            )
        except Exception as error:
            reason = (
                f"{type(error).__name__}: {error}; this is a fault of diptych, please report it with the file"
            )
            return failed(job.id, "annotate", reason, traceback.format_exc())
        finally:
            self.spent[job.id] += perf_counter() - began

    def _open(self, job: WorkFiles) -> Outcome | tuple[Draft, Opened]:
        """The work as a draft, or the outcome where its file still holds."""
        shelf, notes = Shelf(), []
        try:
            shelf = memory.load(self.shelf_file(job.id))
        except CacheError as error:
            notes.append(str(error))
        wanted = self._work_key(job)
        if wanted and shelf.work_key == wanted:
            data = _bytes(self.work_file(job.id))
            if data is not None and digest(data) == shelf.work_sha256:
                self._page(job.id, shelf, data)
                return Outcome(
                    job.id, written=True, reused=True, sha256=shelf.work_sha256, notes=tuple(notes)
                )
            notes.append(f"{self.work_file(job.id)}: missing or changed since it was written; made again")
        with self.tools.timed("ingest"):
            read = versions(job, self.config)
        return Draft(job.id, read, self.tools, Memory(shelf)), (job, wanted, notes)

    def _work_key(self, job: WorkFiles) -> str:
        """The key of a work's file: bytes and names of its sources, settings, code and models; empty where a source
        cannot be read."""
        if job.error or not all(path.is_file() for _, path in job.paths):
            return ""
        try:
            sources = [(lang, str(path), digest(path.read_bytes())) for lang, path in job.paths]
        except OSError:
            return ""
        return keys.key(job.id, sources, job.apart, job.meta, self._world)

    @cached_property
    def _world(self) -> str:
        """The key of everything but the sources; a model that is not there has none."""
        runs = []
        for lang in sorted(self.config.parse):
            with suppress(MissingModel):
                runs.append(stages.provenance(self.tools, (lang,)))  # type: ignore[arg-type]
        code = keys.code(ingest), keys.code(stages), keys.code(annotated)
        return keys.key(runs, align.component(), code, keys.environment())

    def _parse(self, drafts: Sequence[Draft]) -> None:
        """Parse all together; where that fails each work is parsed when its turn comes, and fails alone."""
        try:
            stages.parse_together(drafts, self.tools)
        except Exception:
            for draft in drafts:
                draft.docs.clear()

    def _finish(self, draft: Draft, opened: Opened) -> Outcome:
        job, wanted, notes = opened
        work = stages.finished(draft, self.tools)
        broken = tuple(Failure(job.id, d.stage, d.reason) for d in work.diagnostics if d.status == "failed")
        with self.tools.timed("write"):
            data = annotated.encode(work)
            annotated.write_bytes(data, self.work_file(job.id))
        fresh = Shelf("" if broken else wanted, digest(data), "", dict(sorted(draft.memory.fresh.items())))
        self._page(job.id, fresh, data, work, save=True)
        return Outcome(
            job.id,
            written=True,
            failures=broken,
            sha256=fresh.work_sha256,
            characters=sum(len(v.text) for v in work.versions.values()),
            notes=tuple(notes),
        )

    def _page(self, id: str, shelf: Shelf, data: bytes, work: Work | None = None, save: bool = False) -> None:
        """The work's page of the report, unless the one that is there still holds; then what to remember."""
        answers = self.reviews.get(id, ())
        wanted = page_key(shelf.work_sha256, answers)
        if shelf.page_key != wanted or not self.page_file(id).exists():
            with self.tools.timed("report"):
                page = report.work_page(work or annotated.decode(data, self.work_file(id)), answers)
                annotated.write_bytes(page.encode(), self.page_file(id))
            shelf.page_key, save = wanted, True
        if save and self.config.batch.cache:
            with self.tools.timed("write"):
                memory.save(shelf, self.shelf_file(id))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def page_key(work_sha256: str, answers: Sequence[store.Review]) -> str:
    return keys.key(work_sha256, keys.code(report), answers)
