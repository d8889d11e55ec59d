"""The annotated work: what every stage reads and writes.

Offsets are Unicode code points into the version's final `text`, half-open. A layer that has not been computed
is `None`; a layer that was computed and holds nothing is `()`. Structs are frozen: a stage returns its layer and
the runner attaches it with `msgspec.structs.replace`.

Source: the contract is `docs/schema.md`; the JSON Schema is generated from these types.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from pipeline.errors import SpanError

SCHEMA = "diptych/1"

Lang = Literal["en", "ru"]
Edition = Literal["first", "second"]
Role = Literal["title", "heading", "abstract", "body", "footnote", "keywords", "reference"]
Category = str
"""A codebook names its own; the default one has objective, ambivalent and subjective. "none": no cause is given."""
Polarity = Literal["impedes", "supports", "neutral"]
Precision = Literal["day", "month", "year", "range"]
Status = Literal["ok", "empty", "failed", "abstained"]


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of a version's text, who found it, and how sure."""

    id: str = ""
    start: int
    end: int
    text: str
    confidence: float = 1.0
    by: str


class Source(Struct, frozen=True, kw_only=True):
    """The raw file. `stream` names the byte stream that `source_map` points into where it is not the file itself:
    a docx keeps its text in the member `word/document.xml`, a pdf's text layer is the UTF-8 text of its pages."""

    path: str
    sha256: str
    encoding: str
    media_type: str
    stream: str | None = None


class Repair(Struct, frozen=True, kw_only=True):
    """One change ingest made: `text[start:end]` stands where the source had `before`; `rule` says why."""

    start: int
    end: int
    rule: str
    before: str


class Paragraph(Struct, frozen=True, kw_only=True):
    start: int
    end: int
    role: Role = "body"


class Sentence(Struct, frozen=True, kw_only=True):
    start: int
    end: int
    paragraph: int


class Link(Struct, frozen=True, kw_only=True):
    """An identifier in a public scheme, such as `iso3166` / `KZ` or `diptych-org` / `EAEU`."""

    scheme: str
    value: str


class Entity(Span, frozen=True, kw_only=True):
    """A name as it stands ("Казахстаном"), with its canonical `name` ("Казахстан") and its link. `types` are the
    probabilities that it is a person, a place, an organisation, where a model and not a table chose."""

    type: str
    name: str
    types: tuple[float, ...] = ()
    link: Link | None = None
    statement: str | None = None


class Check(Struct, frozen=True, kw_only=True):
    """Does the stated change (per cent, signed) follow from the two values? `expected` is the arithmetic."""

    expected: str
    stated: str
    consistent: bool


class Quantity(Span, frozen=True, kw_only=True):
    """A measured value or a change. Numbers are decimal strings in base units (1,5 млрд -> "1500000000").
    `subject_confidence` is 1 where the words themselves name the subject, and less where the setting suggests it."""

    indicator: str | None = None
    subject: str | None = None
    subject_confidence: float | None = None
    counterpart: str | None = None
    from_: str | None = field(default=None, name="from")
    to: str | None = None
    value: str | None = None
    unit: str | None = None
    change_pct: str | None = None
    change_pp: str | None = None
    period: str | None = None
    check: Check | None = None


class Date(Struct, frozen=True, kw_only=True):
    """ISO 8601 at the precision given: YYYY, YYYY-MM or YYYY-MM-DD; for one point in time start equals end."""

    start: str
    end: str
    precision: Precision


class Event(Span, frozen=True, kw_only=True):
    type: str
    date: Date | None
    participants: tuple[str, ...] = ()


class Stance(Struct, frozen=True, kw_only=True):
    """`score` runs from -1 (aligned with the large neighbour) to 1 (multilateral); `words` are what it rests on."""

    label: Literal["multilateral", "aligned", "neutral"]
    score: float
    words: tuple[str, ...] = ()


class Statement(Span, frozen=True, kw_only=True):
    """What somebody says. The span is the content without its quotation marks; stretches of one interrupted
    quotation share a `group`; `pair` is the id of the same statement in the other version. `country_confidence` is 1
    where the text states whose the speaker is, and less where its setting suggests it."""

    kind: Literal["direct", "indirect", "mixed"]
    speaker: Span | None = None
    speaker_name: str | None = None
    role: str | None = None
    country: str | None = None
    country_confidence: float | None = None
    former: bool = False
    cue: Span | None = None
    citation: str | None = None
    date: str | None = None
    group: str | None = None
    pair: str | None = None
    stance: Stance | None = None


class Factor(Span, frozen=True, kw_only=True):
    """A span that names a cause from the codebook."""

    code: str
    group: str
    category: Category
    polarity: Polarity
    countries: tuple[str, ...] = ()
    rule: str


class Passage(Span, frozen=True, kw_only=True):
    """A body paragraph with its category; `set` is the conformal set. An abstained passage has category "none"
    only where the model says none; `abstained` tells that a human should look.

    `groups` are the probabilities that this version's words give to each group. Where two versions of one passage were
    read together, `probabilities` come from both and `alone` keeps those of this version."""

    category: Category
    group: str
    probabilities: dict[str, float]
    groups: dict[str, float] = {}
    alone: dict[str, float] = {}
    set: tuple[str, ...] = ()
    abstained: bool = False
    factors: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Citation(Span, frozen=True, kw_only=True):
    source: str
    year: str | None = None


class Version(Struct, frozen=True, kw_only=True):
    """One language version of a work, or one of two editions in one language. `text` is final once ingest is done.

    `edition` is set only where both versions are in one language: the first edition stands on the side "en" of beads
    and differences, the second on the side "ru", whatever `lang` they are in.
    """

    lang: Lang
    edition: Edition | UnsetType = UNSET
    source: Source
    text: str
    source_map: tuple[tuple[int, int, int, int], ...] = ()
    repairs: tuple[Repair, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    paragraphs: tuple[Paragraph, ...] | None = None
    sentences: tuple[Sentence, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    citations: tuple[Citation, ...] | None = None
    quantities: tuple[Quantity, ...] | None = None
    events: tuple[Event, ...] | None = None
    statements: tuple[Statement, ...] | None = None
    factors: tuple[Factor, ...] | None = None
    passages: tuple[Passage, ...] | None = None

    @property
    def side(self) -> Lang:
        """Where the version stands in its work: its key among the versions, in beads, differences and identifiers."""
        return SIDE_OF[self.edition] if self.edition else self.lang

    @property
    def label(self) -> str:
        """What stands for the version in file names and tables of words: "en", "ru", or "first", "second"."""
        return self.edition or self.lang

    @property
    def which(self) -> str:
        """What tells the version from the other one: "English", "Russian", or "first", "second"."""
        return self.edition or NAMES[self.lang]

    @property
    def called(self) -> str:
        """What an explanation calls the version: "English version", or "second edition"."""
        return f"{self.which} {'edition' if self.edition else 'version'}"


NAMES: dict[Lang, str] = {"en": "English", "ru": "Russian"}
SIDE_OF: dict[Edition, Lang] = {"first": "en", "second": "ru"}


class Bead(Struct, frozen=True, kw_only=True):
    """Paragraphs or sentences that translate each other, by index; an empty side is a null bead."""

    level: Literal["paragraph", "sentence"]
    en: tuple[int, ...]
    ru: tuple[int, ...]
    score: float


class Difference(Struct, frozen=True, kw_only=True):
    """A typed divergence between the versions, with the evidence on each side."""

    id: str = ""
    kind: str
    en: Span | None
    ru: Span | None
    detail: dict[str, str] = field(default_factory=dict)
    confidence: float
    severity: Literal["minor", "major", "critical"] = "major"
    mqm: str | None = None
    explanation: str = ""


class Comparison(Struct, frozen=True, kw_only=True):
    """How close the versions of a work are, and where they part.

    `matched` is the share of each version's characters that stand in sentences with a counterpart. `kinds` and
    `severities` count the reported differences, `doubtful` those below the threshold, `per_1000` the reported ones per
    1,000 English words; `parts` lists the English paragraphs that hold most of them, as index and count. `coding` is
    the share of aligned passages that both versions, each read alone, put in one category, `None` where nothing is
    coded.
    """

    words: dict[Lang, int]
    matched: dict[Lang, float]
    kinds: dict[str, int]
    severities: dict[str, int]
    doubtful: int
    per_1000: float
    parts: tuple[tuple[int, int], ...]
    coding: float | None


class Diagnostic(Struct, frozen=True, kw_only=True):
    stage: str
    version: str
    status: Status
    reason: str = ""


class CodebookRef(Struct, frozen=True, kw_only=True):
    id: str
    version: str
    sha256: str


class Component(Struct, frozen=True, kw_only=True):
    name: str
    version: str
    sha256: str


class Run(Struct, frozen=True, kw_only=True):
    """What made this file: enough to make it again."""

    version: str
    config_sha256: str
    codebook: CodebookRef
    components: tuple[Component, ...] = ()


class Work(Struct, frozen=True, kw_only=True):
    """One document in one or two language versions."""

    schema: str = SCHEMA
    id: str
    run: Run | None = None
    versions: dict[Lang, Version]
    alignment: tuple[Bead, ...] = ()
    differences: tuple[Difference, ...] | None = None
    comparison: Comparison | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


LAYERS = ("entities", "citations", "quantities", "events", "statements", "factors", "passages")
"""The layers of annotations: every one a tuple of spans of one version."""

SpanType = TypeVar("SpanType", bound=Span)


def span(version: Version, start: int, end: int, *, by: str, confidence: float = 1.0) -> Span:
    """The plain span `version.text[start:end]`."""
    return Span(start=start, end=end, text=version.text[start:end], by=by, confidence=confidence)


def numbered(prefix: str, spans: Iterable[SpanType]) -> tuple[SpanType, ...]:
    """The spans in text order with ids `prefix1`, `prefix2`, ... ("en.statement.1")."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end, s.text))
    return tuple(msgspec.structs.replace(s, id=f"{prefix}.{i}") for i, s in enumerate(ordered, 1))


def spans_of(record: Struct) -> Iterator[Span]:
    """A record's own span and the spans in its fields (a statement's speaker and cue)."""
    if isinstance(record, Span):
        yield record
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Span):
            yield from spans_of(value)


def check_spans(work: Work) -> None:
    """Refuse a work in which any annotation's text differs from what stands at its offsets.

    Raises: SpanError naming the work, the layer, the offsets and both texts.
    """
    for lang, version in work.versions.items():
        for layer in LAYERS:
            for record in getattr(version, layer) or ():
                for found in spans_of(record):
                    _check(work.id, f"{lang}.{layer}", version.text, found)
    for difference in work.differences or ():
        if difference.en is not None:
            _check(work.id, "differences.en", work.versions["en"].text, difference.en)
        if difference.ru is not None:
            _check(work.id, "differences.ru", work.versions["ru"].text, difference.ru)


def _check(work: str, layer: str, text: str, found: Span) -> None:
    if not 0 <= found.start <= found.end <= len(text) or text[found.start : found.end] != found.text:
        stands = text[found.start : found.end]
        raise SpanError(
            f"{work}: {layer} [{found.start}:{found.end}] by {found.by}: the text there is {stands!r}, the annotation says {found.text!r}"
        )


def digest(data: bytes | str | Mapping[str, object]) -> str:
    """SHA-256 in hexadecimal, of bytes, of text as UTF-8, or of a mapping as canonical JSON."""
    if isinstance(data, Mapping):
        data = msgspec.json.encode(data, order="sorted")
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
