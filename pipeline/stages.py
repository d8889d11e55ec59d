"""The whole pipeline on one screen: what is computed for each version, in order, then for the work.

A stage is a function that returns its layer; `finished` attaches it, from memory where its content key still holds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints

import msgspec

from pipeline import (
    __version__,
    align,
    citations,
    classify,
    compare,
    consensus,
    counterparts,
    entities,
    events,
    factors,
    keys,
    parse,
    quantities,
    segment,
    statements,
)
from pipeline.compare.summary import summary
from pipeline.consensus import sides
from pipeline.document import (
    Bead,
    CodebookRef,
    Component,
    Diagnostic,
    Difference,
    Entity,
    Lang,
    Run,
    Status,
    Version,
    Work,
)
from pipeline.errors import MissingModel
from pipeline.memory import Memory
from pipeline.tools import Tools

if TYPE_CHECKING:
    from spacy.tokens import Doc


log = logging.getLogger(__name__)


def _nothing(lang: Lang, tools: Tools) -> object:
    return None


def _passage_model(lang: Lang, tools: Tools) -> object:
    with suppress(MissingModel):
        return tools.codebook.sha256, tools.passage_model.component
    return tools.codebook.sha256


class Stage(NamedTuple):
    """A layer of a version: its name, the room whose code computes it, the function, the layers it reads, and the
    settings and models that decide what it finds."""

    layer: str
    room: ModuleType
    compute: Callable[[Version, Doc, Tools], Any]
    needs: tuple[str, ...] = ()
    settings: Callable[[Lang, Tools], object] = _nothing


VERSION_STAGES = (
    Stage(
        "entities",
        entities,
        lambda version, doc, _: entities.extract(version, doc),
        settings=lambda lang, _: entities.component([lang]),
    ),
    Stage("citations", citations, lambda version, doc, _: citations.extract(version, doc)),
    Stage(
        "quantities",
        quantities,
        lambda version, doc, _: quantities.extract(version, doc),
        needs=("entities",),
    ),
    Stage(
        "events",
        events,
        lambda version, doc, t: events.extract(version, doc, t.config.events.get(version.lang)),
        needs=("entities",),
        settings=lambda lang, t: t.config.events.get(lang),
    ),
    Stage(
        "statements",
        statements,
        lambda version, doc, _: statements.extract(version, doc),
        needs=("entities", "citations"),
        settings=lambda lang, _: statements.component(),
    ),
    Stage(
        "factors",
        factors,
        lambda version, doc, t: factors.extract(version, doc, t.codebook),
        needs=("entities",),
        settings=lambda _, t: t.codebook.sha256,
    ),
    Stage(
        "passages",
        classify,
        lambda version, doc, t: classify.passages(version, doc, t.codebook, t.passage_model),
        needs=("factors",),
        settings=_passage_model,
    ),
)


def structured(version: Version) -> Version:
    """The version with its paragraphs and sentences."""
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))


def annotate(id: str, versions: Mapping[Lang, Version], tools: Tools) -> Work:
    """One work from its ingested versions: structure, parse, layers, alignment, differences."""
    return finished(Draft(id, versions, tools), tools)


class Draft:
    """A work in the making: its versions with their structure, the content key of every part, and what is remembered
    under those keys."""

    def __init__(
        self, id: str, versions: Mapping[Lang, Version], tools: Tools, memory: Memory | None = None
    ) -> None:
        self.id = id
        with tools.timed("segment"):
            self.versions = {lang: structured(version) for lang, version in sorted(versions.items())}
        self.keys = part_keys(self.versions, tools)
        self.memory = memory or Memory()
        self.docs: dict[Lang, Doc] = {}

    def knows(self, part: str) -> bool:
        return self.memory.knows(part, self.keys[part])

    def recall(self, part: str, type: Any) -> Any:
        return self.memory.recall(part, self.keys[part], type)

    def keep(self, part: str, value: Any) -> None:
        self.memory.keep(part, self.keys[part], value)

    def unparsed(self) -> list[Version]:
        """The versions that some stage has to read and no parse of which is remembered."""
        return [
            version
            for lang, version in self.versions.items()
            if not self.knows(f"{lang}.doc") and not all(map(self.knows, self._readers(lang)))
        ]

    def _readers(self, lang: Lang) -> Iterator[str]:
        yield from (f"{lang}.{stage.layer}" for stage in VERSION_STAGES)
        if len(self.versions) == 2:
            yield "differences"

    def parsed(self, lang: Lang, doc: Doc) -> None:
        """Take the parse of a version, and remember it."""
        self.docs[lang] = doc
        self.keep(f"{lang}.doc", parse.packed(doc))

    def doc(self, lang: Lang, tools: Tools) -> Doc:
        """The parse of a version: at hand, remembered, or made now."""
        if lang not in self.docs and self.knows(f"{lang}.doc"):
            self.docs[lang] = parse.unpacked(self.recall(f"{lang}.doc", bytes), self.versions[lang].lang)
        elif lang not in self.docs:
            with tools.timed("parse"):
                self.parsed(lang, tools.parsers.doc(self.versions[lang]))
        return self.docs[lang]


def part_keys(versions: Mapping[Lang, Version], tools: Tools) -> dict[str, str]:
    """The content key of every part of a work: text, language, code, settings, models, and the keys of what it needs."""
    found: dict[str, str] = {}
    for version in versions.values():
        found |= _version_keys(version, tools)
    if len(versions) == 2:
        both = [found[f"{lang}.structure"] for lang in versions]
        layers = [found[f"{lang}.{stage.layer}"] for lang in versions for stage in VERSION_STAGES]
        found["alignment"] = keys.key(both, keys.code(align), align.component())
        names = [found[f"{lang}.entities"] for lang in versions]
        found["consensus"] = keys.key(found["alignment"], names, keys.code(consensus))
        found["differences"] = keys.key(found["consensus"], layers, keys.code(compare), compare.component())
    return found


def _version_keys(version: Version, tools: Tools) -> dict[str, str]:
    side, lang = version.side, version.lang
    plain = msgspec.structs.replace(version, source=msgspec.structs.replace(version.source, path=""))
    text = keys.key(plain, keys.code(segment), keys.environment())
    doc = keys.key(text, keys.code(parse), tools.parsers.components([lang]))
    found = {f"{side}.structure": text, f"{side}.doc": doc}
    for stage in VERSION_STAGES:
        needs = [found[f"{side}.{layer}"] for layer in stage.needs]
        found[f"{side}.{stage.layer}"] = keys.key(
            doc, keys.code(stage.room), stage.settings(lang, tools), needs
        )
    return found


def parse_together(drafts: Iterable[Draft], tools: Tools) -> None:
    """Parse what several works need in one go: a parser is quicker on many sentences than on few."""
    for lang, parts in _by_language(drafts).items():
        with tools.timed("parse"):
            for (draft, version), doc in zip(
                parts, tools.parsers.docs(lang, [version for _, version in parts]), strict=True
            ):
                draft.parsed(version.side, doc)


def _by_language(drafts: Iterable[Draft]) -> dict[Lang, list[tuple[Draft, Version]]]:
    found: dict[Lang, list[tuple[Draft, Version]]] = {}
    for draft in drafts:
        for version in draft.unparsed():
            found.setdefault(version.lang, []).append((draft, version))
    return found


def finished(draft: Draft, tools: Tools) -> Work:
    """The work with all its layers, from memory or computed.

    A stage that fails leaves its layer `None` and says so in `diagnostics`; the others go on. A failure is never
    remembered.
    """
    diagnostics: list[Diagnostic] = []
    done = {lang: _layered(draft, lang, tools, diagnostics) for lang in draft.versions}
    langs = sorted({version.lang for version in done.values()})
    work = Work(
        id=draft.id,
        run=provenance(tools, langs, compared=len(done) == 2),
        versions=done,
        diagnostics=tuple(diagnostics),
    )
    if len(done) == 2:
        work = _compared(work, draft, tools)
    for part, key in draft.keys.items():
        draft.memory.carry(part, key)
    return work


def _layered(draft: Draft, lang: Lang, tools: Tools, diagnostics: list[Diagnostic]) -> Version:
    version = draft.versions[lang]
    for stage in VERSION_STAGES:
        name = f"{lang}.{stage.layer}"
        if draft.knows(name):
            layer = draft.recall(name, _layer_types()[stage.layer])
            status: Status = "ok" if layer else "empty"
            reason = ""
        else:
            doc = draft.doc(lang, tools)
            with tools.timed(stage.layer):
                layer, status, reason = _computed(stage, version, doc, tools)
            if layer is not None:
                draft.keep(name, layer)
        diagnostics.append(
            Diagnostic(stage=f"{stage.layer}.{lang}", version=__version__, status=status, reason=reason)
        )
        version = msgspec.structs.replace(version, **{stage.layer: layer})
    return version


@cache
def _layer_types() -> dict[str, Any]:
    return get_type_hints(Version)


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


def _compared(work: Work, draft: Draft, tools: Tools) -> Work:
    """The work with alignment, names agreed between the versions, passages read together, and differences."""

    def part(name: str, type: Any, compute: Callable[[], Any]) -> Any:
        if draft.knows(name):
            return draft.recall(name, type)
        with tools.timed(name):
            value = compute()
        if whole:
            draft.keep(name, value)
        return value

    whole = all(
        getattr(v, stage.layer) is not None for v in work.versions.values() for stage in VERSION_STAGES
    )
    en, ru = work.versions["en"], work.versions["ru"]
    beads = part("alignment", tuple[Bead, ...], lambda: align.align_versions(en, ru))
    work = msgspec.structs.replace(work, alignment=beads)
    names = part("consensus", tuple[tuple[Entity, ...], tuple[Entity, ...]], lambda: _agreed(work))
    agreed = {
        lang: msgspec.structs.replace(work.versions[lang], entities=found)
        for lang, found in zip(sorted(work.versions), names, strict=True)
    }
    work = msgspec.structs.replace(work, versions=agreed)
    work = msgspec.structs.replace(work, versions=sides.sided(work))
    work = msgspec.structs.replace(work, versions=counterparts.linked(work))
    work = _read_together(work, tools)
    found = part(
        "differences",
        tuple[Difference, ...],
        lambda: compare.differences(work, {lang: draft.doc(lang, tools) for lang in work.versions}),
    )
    work = msgspec.structs.replace(work, differences=found)
    return msgspec.structs.replace(work, comparison=summary(work))


def _agreed(work: Work) -> tuple[tuple[Entity, ...], ...]:
    versions = consensus.consensus(work)
    return tuple(versions[lang].entities or () for lang in sorted(versions))


def _read_together(work: Work, tools: Tools) -> Work:
    """Passages that translate each other get one verdict from both versions; `alone` keeps each version's own. Editions
    repeat each other's words, so the second reading adds nothing to the first: each keeps its own verdict."""
    if any(version.passages is None or version.edition for version in work.versions.values()):
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


def provenance(tools: Tools, langs: Collection[Lang], *, compared: bool = False) -> Run:
    """What made the work: software, configuration, codebook and models, each with its hash."""
    book = tools.codebook
    return Run(
        version=__version__,
        config_sha256=tools.config.sha256(),
        codebook=CodebookRef(id=book.id, version=book.version, sha256=book.sha256),
        components=tuple(
            sorted({*tools.parsers.components(langs), *_models(tools, langs, compared)}, key=lambda c: c.name)
        ),
    )


def _models(tools: Tools, langs: Collection[Lang], compared: bool) -> Iterator[Component]:
    with suppress(MissingModel):
        yield tools.passage_model.component
    yield entities.component(langs)
    yield statements.component()
    if compared:
        yield align.component()
        yield compare.component()
