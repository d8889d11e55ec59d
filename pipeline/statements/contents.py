"""What somebody said, as a stretch of text with its kind: indirect, or mixed where the speaker's own words stand in it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.clauses import clause_start
from pipeline.statements.cues import Speaker
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTEST = 2
"""Fewest words of a reported clause and of a quotation inside a clause that count as the speaker's own words."""
FEWEST_NAMING = 3
"""The same where the verb only mentions something: "spoke of a “win-win steppe”" quotes a label, no statement."""


def contents(
    reading: Reading, start: int, stop: int, verb: "Token | None", speaker: Speaker, rule: str
) -> Iterator[Found]:
    """One stretch of content, with its kind: mixed if the speaker's own words stand in it."""
    start, stop = _with_whole_quotations(reading, start, stop)
    start, stop = reading.trimmed(start, stop)
    if len(reading.text[start:stop].split()) < SHORTEST:
        return
    quotations = [q for q in reading.around(start, stop) if is_own_words(reading, q)]
    kind = "mixed" if quotations else "indirect"
    if len(quotations) == 1:
        only = quotations[0]
        outside = reading.text[start : only.opened] + reading.text[only.closed : stop]
        if not re.search(r"\w", outside):
            start, stop = reading.trimmed(only.start, only.end)
    cue = (verb.idx, verb.idx + len(verb.text)) if verb is not None else None
    yield Found(start, stop, kind, speaker, cue, f"reported.{rule}")


def _with_whole_quotations(reading: Reading, start: int, stop: int) -> tuple[int, int]:
    """A clause that cuts through a quotation takes the whole of it."""
    for q in reading.near(start):
        if q.depth == 0 and q.opened < stop < q.closed and not (q.start <= start and stop <= q.end):
            stop = q.closed
        if q.depth == 0 and q.opened < start < q.closed < stop:
            start = q.opened
    return start, stop


def is_own_words(reading: Reading, quotation: Quotation) -> bool:
    """The speaker's words rather than a name, a title or a scare quote: "called it “a fence”" against «Газпром»."""
    content = reading.text[quotation.start : quotation.end]
    words = re.findall(r"\w+", content)
    lead = reading.text[max(0, quotation.opened - 30) : quotation.opened].split()
    named = bool(lead) and plain(lead[-1].strip(",.")) in cues.words(reading.lang)["pronouns"]["so_called"]
    if named or " ".join(lead[-2:]).lower().startswith(("so called", "так называем")):
        return False
    if reading.lang == "ru":
        return not (
            content[:1].isupper() and len(words) <= 4 and bool(lead) and not lead[-1].endswith((":", ","))
        )
    return not (len(words) > 1 and all(w[:1].isupper() or len(w) < 4 for w in words))


def named_in_own_words(
    reading: Reading, verb: "Token", direct: list[Found], favoured: Person | None
) -> Iterator[Found]:
    """The quotation a verb of naming or saying has in its clause: "called the treaty “a handrail, not a fence”"."""
    kinds = cues.classes(verb, reading.lang)
    if clause_start(verb, kinds, reading.lang) is not None and not kinds & {"naming"}:
        return
    limit = _next_finite(reading, verb)
    for quotation in reading.near(verb.idx):
        if not (verb.idx < quotation.opened < limit) or reading.paragraph(
            quotation.opened
        ) != reading.paragraph(verb.idx):
            continue
        words = reading.text[quotation.start : quotation.end].split()
        spoken = any(f.start < quotation.closed and quotation.opened < f.end for f in direct)
        if (
            spoken
            or len(words)
            < (
                FEWEST_NAMING
                if plain(verb.lemma_) in cues.words(reading.lang)["pronouns"]["mentioning"]
                else SHORTEST
            )
            or not is_own_words(reading, quotation)
            or (reading.quoted(verb.idx) and quotation.depth == 0)
        ):
            continue
        speaker = cues.speaker_of(verb, reading.people, favoured)
        if speaker is not None:
            yield Found(
                *reading.trimmed(quotation.start, quotation.end),
                "mixed",
                speaker,
                (verb.idx, verb.idx + len(verb.text)),
                "reported.words",
            )
        return


def _next_finite(reading: Reading, verb: "Token") -> int:
    """Where the next clause begins, after which a quotation belongs to another verb."""
    doc = reading.doc
    for i in range(verb.i + 1, verb.sent.end):
        token = doc[i]
        if (
            token.pos_ == "VERB"
            and "VerbForm=Fin" in str(token.morph)
            and not reading.quoted(token.idx)
            and token.dep_ not in ("acl:relcl",)
        ):
            return token.idx
    last = doc[verb.sent.end - 1]
    return last.idx + len(last.text)
