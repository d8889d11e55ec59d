"""The speaker behind a quotation: `"...," said X`, «...», — сказал X, `"..." — X`."""

import re

from pipeline.statements import cues
from pipeline.statements.attribution import Attribution, according_to, verbs_of_speech
from pipeline.statements.before import NEAR
from pipeline.statements.cues import Speaker
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Reading

AFTER = re.compile(r"(?:\s*[\[(][^\[\]()\n]{1,120}[\])])?\s*(?P<comma>,?)\s*(?P<dash>—|–|―|--|-(?=\s))?\s*")
LONGEST_FRAME = 40
"""How many tokens after a quotation its verb may stand: appositions of speakers grow long."""


def after(
    reading: Reading,
    quotation: Quotation,
    following: int | None,
    previous: int | None,
    spoken: dict[int, Attribution],
    favoured: Person | None,
) -> Attribution | None:
    """The speaker behind a quotation: `"...," said X`, «...», — сказал X, `"...?" X asked`, `"...," according to X`."""
    if quotation.runs_on or not _opens_speech(reading, quotation, previous, spoken):
        return None
    limit = reading.quotations[following].opened if following is not None else len(reading.text)
    if quotation.parent is not None:
        limit = min(limit, reading.quotations[quotation.parent].end)
    link = AFTER.match(reading.text, quotation.closed)
    assert link is not None
    last_mark = reading.text[quotation.end - 1 : quotation.end]
    start = link.end()
    if start >= limit:
        return None
    end = min(limit, reading.sentence(start)[1], reading.paragraphs[reading.paragraph(quotation.opened)][1])
    first, last = reading.tokens(start, end)
    last = min(last, first + LONGEST_FRAME)
    last = next((i for i in range(first, last) if reading.doc[i].text in (";", ":")), last)
    linked = bool(link["dash"] or link["comma"]) or last_mark in ",?!…"
    if link["dash"] and (signed := _signature(reading, start, quotation)) is not None:
        return signed
    if not linked:
        straight = (
            first < last
            and reading.text[start].islower()
            and cues.classes(reading.doc[first], reading.lang) & {"neutral", "manner"}
        )
        if not straight:
            return None
    elif not link["dash"] and last_mark in "?!…" and not link["comma"] and reading.text[start].isupper():
        last = min(last, first + NEAR)
    return _in_frame(reading, first, last, favoured)


def _signature(reading: Reading, start: int, quotation: Quotation) -> Attribution | None:
    """Words signed with a name, as under an epigraph: "“I am truly afraid.” — Sonya Herridge", «...» — Анна Орлова, посол."""
    first, last = reading.tokens(start, reading.paragraphs[reading.paragraph(quotation.opened)][1])
    mention = reading.people.at(first) if first < last else None
    if mention is None or mention.first != first:
        return None
    end = mention.last
    line = next(
        (i for i in range(end, last) if reading.doc[i].pos_ == "SPACE" or reading.doc[i].text in MARKED), last
    )
    told = any(reading.doc[i].pos_ in ("VERB", "AUX") for i in range(end, line))
    closed = (
        end >= last or reading.doc[end].pos_ == "SPACE" or reading.doc[end].text in (",", ".", "(", *MARKED)
    )
    if told or not closed:
        return None
    return Attribution(Speaker(mention.first, mention.last, mention.person), None, "signed")


MARKED = ("“", "«", "„", '"')


def _opens_speech(
    reading: Reading, quotation: Quotation, previous: int | None, spoken: dict[int, Attribution]
) -> bool:
    """A quotation begins speech at the start of a sentence, after a colon or comma, or where the last one was broken off."""
    region = (
        reading.quotations[quotation.parent].start
        if quotation.parent is not None
        else reading.paragraphs[reading.paragraph(quotation.opened)][0]
    )
    start = max(region, reading.sentence(quotation.opened)[0])
    if quotation.opened <= start + 1:
        return True
    lead = reading.text[start : quotation.opened].strip()
    if not re.search(r"\w", lead):
        return True
    return lead[-1] in ":,—–" or (previous in spoken and reading.quotations[previous].closed >= start)


def _in_frame(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """The verb and its speaker in the words behind a quotation."""
    for i in verbs_of_speech(reading, first, last):
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "after")
    if (found := according_to(reading, first, min(last, first + 4), favoured)) is not None:
        return Attribution(found[2], found[0], "after")
    verb = next((i for i in range(first, min(last, first + 3)) if reading.doc[i].pos_ == "VERB"), None)
    if verb is not None:
        speaker = cues.beside(reading.doc[verb], reading.people, favoured, (first, last))
        if speaker and speaker.person and reading.doc[speaker.first].pos_ != "PRON":
            return Attribution(speaker, verb, "after")
    return None
