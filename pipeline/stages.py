"""The whole pipeline on one screen: what is computed for each version, in order, then for the work.

A stage is a function that returns its layer; `annotate` attaches it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipeline import (
    __version__,
    align,
    citations,
    classify,
    codebook,
    compare,
    consensus,
    entities,
    events,
    factors,
    parse,
    quantities,
    segment,
    statements,
)
from pipeline.codebook import Codebook
from pipeline.config import Config
from pipeline.document import CodebookRef, Component, Diagnostic, Lang, Run, Status, Version, Work
from pipeline.errors import MissingModel
from pipeline.parse import Parsers

if TYPE_CHECKING:
    from spacy.tokens import Doc


log = logging.getLogger(__name__)


class Tools:
    """What the stages share: configuration, parsers, codebook, passage model. Each is loaded on first use."""

    def __init__(self, config: Config, parsers: Parsers | None = None) -> None:
        self.config = config
        self._parsers = parsers

    @cached_property
    def parsers(self) -> Parsers:
        return self._parsers or parse.load(self.config)

    @cached_property
    def codebook(self) -> Codebook:
        return codebook.load(self.config.codebook)

    @cached_property
    def passage_model(self) -> classify.Model:
        return classify.load(self.config.passage_model or self.codebook.id)


class Stage(NamedTuple):
    """A layer of a version: its name, the function that computes it, and the layers it reads."""

    layer: str
    compute: Callable[[Version, Doc, Tools], Any]
    needs: tuple[str, ...] = ()


VERSION_STAGES = (
    Stage("entities", lambda version, doc, _: entities.extract(version, doc)),
    Stage("citations", lambda version, doc, _: citations.extract(version, doc)),
    Stage("quantities", lambda version, doc, _: quantities.extract(version, doc), needs=("entities",)),
    Stage(
        "events",
        lambda version, doc, t: events.extract(version, doc, t.config.events.get(version.lang)),
        needs=("entities",),
    ),
    Stage(
        "statements",
        lambda version, doc, _: statements.extract(version, doc),
        needs=("entities", "citations"),
    ),
    Stage("factors", lambda version, doc, t: factors.extract(version, doc, t.codebook), needs=("entities",)),
    Stage(
        "passages",
        lambda version, doc, t: classify.passages(version, doc, t.codebook, t.passage_model),
        needs=("factors",),
    ),
)


def structured(version: Version) -> Version:
    """The version with its paragraphs and sentences."""
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))


def annotate(id: str, versions: Mapping[Lang, Version], tools: Tools) -> Work:
    """One work from its ingested versions: structure, parse, layers, alignment, differences.

    A stage that fails leaves its layer `None` and says so in `diagnostics`; the others go on.
    """
    diagnostics: list[Diagnostic] = []
    done: dict[Lang, Version] = {}
    docs: dict[Lang, Doc] = {}
    for lang, version in sorted(versions.items()):
        version = structured(version)
        docs[lang] = tools.parsers.doc(version)
        done[lang] = _layered(version, docs[lang], tools, diagnostics)
    work = Work(id=id, run=provenance(tools, done), versions=done, diagnostics=tuple(diagnostics))
    return _compared(work, docs, tools) if len(done) == 2 else work


def _layered(version: Version, doc: Doc, tools: Tools, diagnostics: list[Diagnostic]) -> Version:
    for stage in VERSION_STAGES:
        layer, status, reason = _computed(stage, version, doc, tools)
        name = f"{stage.layer}.{version.lang}"
        diagnostics.append(Diagnostic(stage=name, version=__version__, status=status, reason=reason))
        version = msgspec.structs.replace(version, **{stage.layer: layer})
    return version


def _computed(stage: Stage, version: Version, doc: Doc, tools: Tools) -> tuple[Any, Status, str]:
    """The stage's layer, or `None` with the reason: a model that is not there abstains, anything else failed."""
    missing = [layer for layer in stage.needs if getattr(version, layer) is None]
    if missing:
        return None, "failed", f"needs {', '.join(missing)}"
    try:
        layer = stage.compute(version, doc, tools)
    except MissingModel as error:
        return None, "abstained", str(error)
    except Exception as error:
        log.debug("stage %s failed", stage.layer, exc_info=True)
        return None, "failed", f"{type(error).__name__}: {error}"
    return layer, "ok" if layer else "empty", ""


def _compared(work: Work, docs: Mapping[Lang, Doc], tools: Tools) -> Work:
    en, ru = work.versions["en"], work.versions["ru"]
    work = msgspec.structs.replace(work, alignment=align.align_versions(en, ru))
    work = msgspec.structs.replace(work, versions=consensus.consensus(work))
    work = _read_together(work, tools)
    return msgspec.structs.replace(work, differences=compare.differences(work, docs))


def _read_together(work: Work, tools: Tools) -> Work:
    """Passages that translate each other get one verdict from both versions; `alone` keeps each version's own."""
    if any(version.passages is None for version in work.versions.values()):
        return work
    versions = classify.pooled(work, tools.passage_model)
    read = sum(bool(passage.alone) for passage in versions["en"].passages or ())
    diagnostic = Diagnostic(
        stage="passages.pooled",
        version=__version__,
        status="ok" if read else "empty",
        reason=f"{read} pairs of passages read together",
    )
    return msgspec.structs.replace(work, versions=versions, diagnostics=(*work.diagnostics, diagnostic))


def provenance(tools: Tools, versions: Mapping[Lang, Version]) -> Run:
    """What made the work: software, configuration, codebook and models, each with its hash."""
    book = tools.codebook
    return Run(
        version=__version__,
        config_sha256=tools.config.sha256(),
        codebook=CodebookRef(id=book.id, version=book.version, sha256=book.sha256),
        components=tuple(
            sorted({*tools.parsers.components(versions), *_models(tools, versions)}, key=lambda c: c.name)
        ),
    )


def _models(tools: Tools, versions: Mapping[Lang, Version]) -> Iterator[Component]:
    with suppress(MissingModel):
        yield tools.passage_model.component
    if len(versions) == 2:
        yield align.component()
