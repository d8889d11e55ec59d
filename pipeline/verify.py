"""Re-derive an annotated work from its raw sources: hashes, text, source map, spans, beads and arithmetic."""

from collections.abc import Iterator
from pathlib import Path

from pipeline import ingest
from pipeline.config import Config
from pipeline.document import LAYERS, Version, Work, check_spans, digest
from pipeline.errors import DiptychError
from pipeline.ingest import source_map
from pipeline.quantities import recheck


def verify(work: Work, config: Config) -> list[str]:
    """Everything that does not check, one line each; an empty list is a verified work."""
    problems: list[str] = []
    try:
        check_spans(work)
    except DiptychError as error:
        problems.append(str(error))
    for lang, version in sorted(work.versions.items()):
        where = f"{work.id}: {lang}"
        problems += [
            f"{where}: {p}" for p in (*_source(version, config), *_structure(version), *_numbers(version))
        ]
    problems += [f"{work.id}: {p}" for p in (*_beads(work), *_identifiers(work))]
    return problems


def _source(version: Version, config: Config) -> Iterator[str]:
    path = Path(version.source.path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        yield f"source {path} cannot be read ({error.strerror}); run diptych verify in the folder where diptych run was started"
        return
    if digest(raw) != version.source.sha256:
        yield f"source {path} has sha256 {digest(raw)[:12]}…, the work was made from {version.source.sha256[:12]}…; annotate it again"
        return
    readings = [
        v for lang in (version.lang, None) for v in ingest.read(path, lang=lang, limits=config.ingest)
    ]
    fresh = next((v for v in readings if v.lang == version.lang and v.text == version.text), None)
    if fresh is None:
        yield f"source {path} no longer yields this text: it was read by another version of diptych"
        return
    if fresh.source_map != version.source_map or fresh.repairs != version.repairs:
        yield f"source {path} no longer yields this source map and these repairs"
    yield from source_map.verify(version, raw)


def _structure(version: Version) -> Iterator[str]:
    paragraphs = [(p.start, p.end) for p in version.paragraphs or ()]
    sentences = [(s.start, s.end) for s in version.sentences or ()]
    for kind, units in (("paragraph", paragraphs), ("sentence", sentences)):
        at = 0
        for i, (start, end) in enumerate(units):
            if not at <= start < end <= len(version.text):
                yield f"{kind} {i} [{start}:{end}] is out of order or out of the text"
            at = end


def _numbers(version: Version) -> Iterator[str]:
    for quantity in version.quantities or ():
        if recheck(quantity) != quantity.check:
            yield f"quantity {quantity.id}: its arithmetic is not what its values give"


def _beads(work: Work) -> Iterator[str]:
    """Every paragraph and sentence of both versions stands in exactly one bead."""
    if len(work.versions) < 2:
        return
    for level, attribute in (("paragraph", "paragraphs"), ("sentence", "sentences")):
        for lang in ("en", "ru"):
            count = len(getattr(work.versions[lang], attribute) or ())  # type: ignore[index]
            seen = sorted(i for bead in work.alignment if bead.level == level for i in getattr(bead, lang))
            if seen != list(range(count)):
                yield f"{level} beads do not cover the {lang} version exactly once"


def _identifiers(work: Work) -> Iterator[str]:
    ids = [s.id for v in work.versions.values() for layer in LAYERS for s in getattr(v, layer) or ()]
    ids += [d.id for d in work.differences or ()]
    if len(ids) != len(set(ids)):
        yield "two annotations share an id"
