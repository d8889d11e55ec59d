"""The apparatus: one note per annotation, its fields made readable; the page's details panel reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from pipeline.document import (
    LAYERS,
    Citation,
    Date,
    Difference,
    Entity,
    Event,
    Factor,
    Lang,
    Passage,
    Quantity,
    Span,
    Statement,
    Version,
    Work,
)
from pipeline.report.codes import labels
from pipeline.report.explanations import explained
from pipeline.report.facets import of
from pipeline.report.marks import anchor
from pipeline.report.words import country, number, term, word
from pipeline.review.placed import Answer, Key

Fields = Iterator[tuple[str, Any]]


class Note(Struct, frozen=True):
    """What is known about one annotation: field key -> readable value, in the order of reading."""

    anchor: str
    layer: str
    lang: str
    fields: dict[str, Markup]
    facets: dict[str, str] = {}


class Table(Struct, frozen=True):
    """All notes of a layer, with the fields that at least one of them has."""

    layer: str
    columns: tuple[str, ...]
    notes: tuple[Note, ...]


def tables(work: Work, answers: Mapping[Key, Sequence[Answer]] = MappingProxyType({})) -> list[Table]:
    """The apparatus of a work, differences first; what reviewers answered stands beside what the machine found."""
    layers = ("differences", *LAYERS)
    return [_table(layer, [_named(note, work) for note in _notes(work, layer, answers)]) for layer in layers]


def _named(note: Note, work: Work) -> Note:
    """A factor's note with the name of its code."""
    name = labels(work.run.codebook if work.run else None).get(str(note.fields.get("code", "")))
    if name is None:
        return note
    fields = {"text": Markup(), "cause": name, **note.fields}
    return Note(note.anchor, note.layer, note.lang, fields, note.facets)


def _table(layer: str, notes: list[Note]) -> Table:
    columns = dict.fromkeys(key for note in notes for key in note.fields)
    used = {key for note in notes for key, value in note.fields.items() if value}
    return Table(layer, tuple(key for key in columns if key in used), tuple(notes))


def _notes(work: Work, layer: str, answers: Mapping[Key, Sequence[Answer]]) -> Iterator[Note]:
    if layer == "differences":
        for count, found in enumerate(work.differences or (), 1):
            told = _reviewed(answers.get((layer, count), ()), layer)
            yield Note(
                f"diff-{count}",
                layer,
                "",
                _kept({**dict(_difference(found, count, work)), **told}),
                of(found),
            )
        return
    for side, version in sorted(work.versions.items()):
        for count, record in enumerate(getattr(version, layer) or (), 1):
            told = _reviewed(answers.get((f"{side}.{layer}", count), ()), layer)
            fields = _kept({**dict(_annotation(record, version.lang)), **told})
            yield Note(anchor(side, layer, count), layer, sign(version), fields, of(record))


def _reviewed(answers: Sequence[Answer], layer: str) -> dict[str, Any]:
    """What people said of the finding: "ana: political → economic", or that they agree."""
    return {"review": Markup("; ").join(_answer(answer, layer) for answer in answers)} if answers else {}


ANSWERED = {"passages": "factor", "differences": "kind", "statements": ""}
"""The closed list that a layer's answers come from; a speaker's name comes from none."""


def _answer(answer: Answer, layer: str) -> Markup:
    given = said(answer.review.value, layer)
    verdict = word("review.agrees") if answer.kept else word("review.instead")
    moved = Markup(" ({})").format(word("review.moved")) if answer.moved else ""
    return Markup("{}: {} {}{}").format(answer.review.reviewer, given, verdict, moved)


def said(value: str, layer: str) -> Markup:
    """A reviewer's answer: a group of causes, a kind of difference, a name, or that nothing is there."""
    if not value:
        return word("review.nothing")
    return term(ANSWERED[layer], value) if ANSWERED.get(layer) else Markup.escape(value)


def _kept(fields: Mapping[str, Any]) -> dict[str, Markup]:
    return {key: escape(value or "") for key, value in fields.items()}


def cells(note: Note, columns: Sequence[str]) -> Markup:
    """The cells of a note's row. They are most of a page, and the template takes four times as long for them."""
    return Markup("".join(f'<td data-field="{key}">{_cell(note, key)}</td>' for key in columns))


def _cell(note: Note, key: str) -> str:
    value = note.fields.get(key, "")
    return f'<a class="back" href="#at-{note.anchor}">{value}</a>' if key == "number" else value


def sign(version: Version) -> str:
    """A version in two letters: EN, RU; an edition by its language and number: "EN 2"."""
    number = {"first": " 1", "second": " 2"}[version.edition] if version.edition else ""
    return version.lang.upper() + number


def _annotation(record: Span, lang: Lang) -> Fields:
    yield "text", quoted(record.text, lang)
    yield from DESCRIBE[type(record)](record, lang)
    yield "confidence", percent(record.confidence)
    yield "by", record.by
    yield "id", record.id


def quoted(text: str, lang: str) -> Markup:
    """A stretch of a version in its own language; long ones are shortened to their two ends.

    >>> quoted("a < b", "en")
    Markup('<q lang="en" dir="auto">a &lt; b</q>')
    """
    short = text if len(text) <= 700 else f"{text[:400].rstrip()} […] {text[-250:].lstrip()}"
    return Markup(f'<q lang="{escape(lang)}" dir="auto">{escape(short)}</q>')


def percent(confidence: float) -> str:
    """A probability in per cent; a certain rule is 100 %."""
    return f"{100 * confidence:.0f} %"


def listed(values: Iterator[Markup]) -> Markup:
    return Markup(", ").join(values)


def dated(date: Date | None) -> str:
    """A date as written in ISO 8601, a range with a dash.

    >>> dated(Date(start="1991", end="1993", precision="range"))
    '1991 – 1993'
    """
    if date is None:
        return ""
    return date.start if date.start == date.end else f"{date.start} – {date.end}"


def _entity(record: Entity, lang: Lang) -> Fields:
    yield "type", term("entity", record.type)
    yield "name", record.name
    yield "link", record.link and _link(record.link.scheme, record.link.value)
    yield "statement", record.statement


def _link(scheme: str, value: str) -> Markup:
    if scheme == "iso3166":
        return Markup(f"{country(value)} · {escape(scheme)} {escape(value)}")
    return Markup(f"{escape(scheme)} {escape(value)}")


def _citation(record: Citation, lang: Lang) -> Fields:
    yield "source", record.source
    yield "year", record.year


def _quantity(record: Quantity, lang: Lang) -> Fields:
    yield "indicator", record.indicator
    yield "subject", record.subject and country(record.subject)
    yield "counterpart", record.counterpart and country(record.counterpart)
    yield "from", record.from_ and number(record.from_)
    yield "to", record.to and number(record.to)
    yield "value", record.value and number(record.value)
    yield "unit", record.unit
    yield "change_pct", record.change_pct and f"{number(record.change_pct)} %"
    yield "change_pp", record.change_pp and number(record.change_pp)
    yield "period", record.period
    check = record.check
    yield "check", check and word("check.consistent" if check.consistent else "check.inconsistent")
    yield "stated", check and f"{number(check.stated)} %"
    yield "expected", check and f"{number(check.expected)} %"


def _event(record: Event, lang: Lang) -> Fields:
    yield "type", term("event", record.type)
    yield "date", dated(record.date)
    yield "precision", record.date and term("precision", record.date.precision)
    yield "participants", listed(country(name) for name in record.participants)


def _statement(record: Statement, lang: Lang) -> Fields:
    yield "kind", term("quote", record.kind)
    yield "speaker", record.speaker_name or (record.speaker.text if record.speaker else None)
    yield "role", record.role
    yield "country", record.country and country(record.country)
    yield "office", word("office.former" if record.former else "office.current")
    yield "cue", record.cue and quoted(record.cue.text, lang)
    stance = record.stance
    yield (
        "stance",
        stance and Markup("{} ({})").format(term("stance", stance.label), number(f"{stance.score:.2f}")),
    )
    yield "words", stance and ", ".join(stance.words)
    yield "date", record.date
    yield "citation", record.citation
    yield "group", record.group


def _factor(record: Factor, lang: Lang) -> Fields:
    yield "code", record.code
    yield "category", term("category", record.category)
    yield "group", term("factor", record.group)
    yield "polarity", term("polarity", record.polarity)
    yield "countries", listed(country(code) for code in record.countries)
    yield "rule", record.rule


def _passage(record: Passage, lang: Lang) -> Fields:
    yield "category", term("category", record.category)
    yield "group", term("factor", record.group)
    yield "abstained", word("note.look") if record.abstained else None
    ranked = sorted(record.probabilities.items(), key=lambda item: (-item[1], item[0]))
    yield (
        "probabilities",
        listed(Markup(f"{term('category', name)} {percent(p)}") for name, p in ranked),
    )
    yield "set", listed(term("category", name) for name in record.set)
    yield "factors", ", ".join(record.factors)
    yield "evidence", "; ".join(record.evidence)


def _difference(record: Difference, count: int, work: Work) -> Fields:
    yield "number", f"Δ{count}"
    yield "kind", term("kind", record.kind)
    yield "severity", term("severity", record.severity)
    for side, shown in (("en", record.en), ("ru", record.ru)):
        version = work.versions[side]  # type: ignore[index]
        yield version.label, quoted(shown.text, version.lang) if shown else word("note.absent")
    yield "explanation", explained(record.explanation)
    yield (
        "detail",
        Markup("; ").join(
            Markup("{}: {}").format(key.replace("_", " "), value)
            for key, value in sorted(record.detail.items())
        ),
    )
    yield "mqm", record.mqm
    yield "confidence", percent(record.confidence)
    evidence = record.en or record.ru
    yield "by", evidence and evidence.by
    yield "id", record.id


DESCRIBE: dict[type, Callable[[Any, Lang], Fields]] = {
    Entity: _entity,
    Citation: _citation,
    Quantity: _quantity,
    Event: _event,
    Statement: _statement,
    Factor: _factor,
    Passage: _passage,
}
