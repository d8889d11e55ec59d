"""Statements: what leaders and other named people say, directly, indirectly or in both ways at once.

quotation marks -> people -> turns of an interview -> direct speech -> reported speech -> speakers, offices, stance
"""

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from pipeline.document import Span, Stance, Statement, Version, numbered, span
from pipeline.statements import allegiance, stance
from pipeline.statements.direct import dashed, direct
from pipeline.statements.leaning import component
from pipeline.statements.people import People
from pipeline.statements.reading import Found, Reading, named
from pipeline.statements.reported import reported
from pipeline.statements.turns import Turn, turns

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(version: Version, doc: "Doc") -> tuple[Statement, ...]:
    """The statements of everybody the text names; those an ingested table gave are kept as they are."""
    if version.statements is not None:
        return version.statements
    people = People(version, doc)
    reading = Reading(version, doc, people)
    spoken = [statement(reading, found) for found in attributions(reading) if named(found.speaker)]
    answers = [_answer(reading, turn) for turn in turns(version, people)]
    return numbered(f"{version.side}.statement", [*answers, *(_at_home(reading, s, answers) for s in spoken)])


def attributions(reading: Reading) -> list[Found]:
    """Everything the text attributes to somebody, named or not."""
    spoken = [*direct(reading), *dashed(reading)]
    told = [f for f in reported(reading, spoken) if not _introduces_itself(reading, f, spoken)]
    mixed: defaultdict[object, list[Found]] = defaultdict(list)
    for found in told:
        if found.kind == "mixed":
            mixed[found.speaker.person].append(found)
    spoken = [f for f in spoken if not any(_quotes(t, f) for t in mixed[f.speaker.person])]
    return sorted([*spoken, *told], key=lambda f: (f.start, -f.end))


def _introduces_itself(reading: Reading, told: Found, spoken: list[Found]) -> bool:
    """What a misread tree takes for content: in "said the deputy, Ann Orr, “we ...”" the speaker is not told."""
    at = reading.doc[told.speaker.first].idx
    return told.start <= at < told.end and any(told.start <= f.start and f.end <= told.end for f in spoken)


def _quotes(told: Found, spoken: Found) -> bool:
    """The quotation inside a clause that the same person is reported to have said: "admitted that they kept “two maps”"."""
    return told.start < spoken.start and spoken.end <= told.end


def statement(reading: Reading, found: Found) -> Statement:
    """A stretch of content with all that the text says about its speaker."""
    speaker = _span(reading, found.speaker.first, found.speaker.last, found.rule)
    person = found.speaker.person
    assert person is not None
    at = found.speaker.first
    office = person.office(at)
    whose = allegiance.country(reading.people, person, at)
    cue = span(reading.version, *found.cue, by=found.rule) if found.cue else None
    text = reading.text[found.start : found.end]
    return Statement(
        start=found.start,
        end=found.end,
        text=text,
        by=f"statements.{found.rule}",
        kind=found.kind,  # type: ignore[arg-type]
        speaker=speaker,
        speaker_name=person.name,
        role=office.role if office else None,
        country=whose.country if whose else None,
        country_confidence=whose.confidence if whose else None,
        former=bool(office and office.former),
        cue=cue,
        citation=_citation(reading, found),
        group=f"{reading.lang}.quotation.{found.group}" if found.group is not None else None,
        stance=_stance(reading, found.start, found.end),
    )


def _stance(reading: Reading, start: int, end: int) -> Stance:
    first, last = reading.tokens(start, end)
    return stance.of(reading.text[start:end], reading.lang, list(reading.doc[first:last]))


def _span(reading: Reading, first: int, last: int, rule: str) -> Span:
    start, end = reading.doc[first].idx, reading.doc[last - 1].idx + len(reading.doc[last - 1].text)
    return span(reading.version, start, end, by=f"statements.{rule}")


def _answer(reading: Reading, turn: Turn) -> Statement:
    """A paragraph of an answer in an interview: one direct statement of the one who answers."""
    office = turn.person.office(len(reading.doc))
    whose = allegiance.country(reading.people, turn.person, 0)
    text = reading.text[turn.start : turn.end].rstrip()
    label = (
        span(reading.version, *turn.label, by="statements.turn") if turn.label[1] > turn.label[0] else None
    )
    return Statement(
        start=turn.start,
        end=turn.start + len(text),
        text=text,
        by="statements.turn",
        kind="direct",
        speaker=label,
        speaker_name=turn.person.name,
        role=office.role if office else None,
        country=whose.country if whose else None,
        country_confidence=whose.confidence if whose else None,
        former=bool(office and office.former),
        stance=_stance(reading, turn.start, turn.start + len(text)),
    )


def _citation(reading: Reading, found: Found) -> str | None:
    """The source cited right behind a statement, or at the end of its sentence: "... “...” [RIA News, 2017]"."""
    for citation in reading.version.citations or ():
        between = reading.text[found.end : citation.start]
        if citation.start >= found.end and len(between) < 12 and not any(c.isalnum() for c in between):
            return citation.text
    return None


def _at_home(reading: Reading, told: Statement, answers: list[Statement]) -> Statement:
    """In an interview, an office without a country is one of the interviewee's country: "Our prime minister told me"."""
    at = bisect_right(answers, told.start, key=lambda a: a.start)
    around = answers[at - 1] if at and told.end <= answers[at - 1].end else None
    person = reading.people.by_name(told.speaker_name or "") if around else None
    if (
        around is None
        or person is None
        or around.country is None
        or allegiance.stated(reading.people, person, 0)
    ):
        return told
    return msgspec.structs.replace(told, country=around.country, country_confidence=around.country_confidence)


__all__ = ["attributions", "component", "extract"]
