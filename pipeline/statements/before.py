"""The speaker in front of a quotation: `X said: "..."`, `According to X, "..."`, «X назвал это так: «...»»."""

import re

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.attribution import Attribution, adverbial, is_negated, speech_noun, verbs_of_speech
from pipeline.statements.cues import Speaker
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Reading

NEAR = 12
"""How many tokens before a quotation its verb may stand when only a comma links them."""


def before(
    reading: Reading, quotation: Quotation, previous: int | None, favoured: Person | None
) -> Attribution | None:
    """The speaker in front of a quotation: `X said: "..."`, `X said, "..."`, `According to X, "..."`."""
    start, _ = reading.sentence(quotation.opened)
    if previous is not None:
        start = max(start, reading.quotations[previous].closed)
    lead = reading.text[start : quotation.opened]
    if not lead.strip():
        above = quotation.opened
        while above > 0 and reading.text[above - 1].isspace():
            above -= 1
        if above == 0 or reading.text[above - 1] != ":":
            return None
        start, lead = reading.sentence(above - 1)[0], ":"
    first, last = reading.tokens(start, quotation.opened)
    tail = lead.rstrip()[-1:]
    if tail != ":" and is_title(reading, quotation):
        return None
    if tail == ":":
        return _before_colon(reading, first, last, quotation, favoured)
    if tail == ",":
        return _before_comma(reading, first, last, favoured)
    return _before_words(reading, first, last, quotation, favoured)


def _before_colon(
    reading: Reading, first: int, last: int, quotation: Quotation, favoured: Person | None
) -> Attribution | None:
    for i in reversed(verbs_of_speech(reading, first, last)):
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "before")
    if noun := speech_noun(reading, first, last, favoured):
        return noun
    if according := adverbial(reading, first, last, favoured):
        return according
    if _is_sentence(reading, quotation):
        for i in reversed([i for i in range(first, last) if reading.doc[i].pos_ in ("VERB", "AUX")]):
            speaker = cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last))
            if speaker and speaker.person:
                return Attribution(speaker, i, "before")
        return _only_person(reading, first, last)
    return None


def _only_person(reading: Reading, first: int, last: int) -> Attribution | None:
    """ "What worries Orlov is the map: “...”": the only one named before a colon speaks the sentence behind it."""
    named = reading.people.inside(first, last)
    if len({id(m.person) for m in named}) != 1:
        return None
    return Attribution(Speaker(named[0].first, named[0].last, named[0].person), None, "before")


def is_title(reading: Reading, quotation: Quotation) -> bool:
    """The title of a work: every longer word has its capital, «Вентиль и бюллетень» stands behind a noun of writing."""
    content = reading.text[quotation.start : quotation.end]
    words = re.findall(r"[^\W\d_]+", content)
    if re.search(r"[.!?…,]\s*$", content) or len(words) < 2 or len(words) > 10:
        return False
    first, last = reading.tokens(max(0, quotation.opened - 40), quotation.opened)
    nouns = cues.words(reading.lang)["nouns"]["works"]
    behind_work = any(plain(t.lemma_) in nouns for t in reading.doc[max(first, last - 3) : last])
    if reading.lang == "en":
        return all(w[:1].isupper() or len(w) < 4 for w in words) and (behind_work or len(words) > 2)
    return behind_work and content[:1].isupper() and len(words) <= 8


def _is_sentence(reading: Reading, quotation: Quotation) -> bool:
    content = reading.text[quotation.start : quotation.end]
    return content[:1].isupper() and len(content.split()) > 2


def _before_comma(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    verbs = [i for i in range(max(first, last - NEAR), last) if reading.doc[i].pos_ == "VERB"]
    for i in reversed(verbs):
        if cues.classes(reading.doc[i], reading.lang) - {"naming"} and not is_negated(reading, i):
            if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
                return Attribution(speaker, i, "before")
        elif reading.doc[i].dep_ not in ("acl", "acl:relcl", "advcl", "amod"):
            break
    return adverbial(reading, first, last, favoured) or speech_noun(
        reading, max(first, last - 6), last, favoured
    )


def _before_words(
    reading: Reading, first: int, last: int, quotation: Quotation, favoured: Person | None
) -> Attribution | None:
    """`X said "It is over"`: a whole sentence in marks straight after the verb."""
    if not _is_sentence(reading, quotation) or len(reading.text[quotation.start : quotation.end].split()) < 4:
        return None
    for i in range(last - 1, max(first, last - 4) - 1, -1):
        if reading.doc[i].lower_ in cues.words(reading.lang)["pronouns"]["complementizers"]:
            return None
        if not cues.classes(reading.doc[i], reading.lang) & {"neutral", "hedged"}:
            continue
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "before")
    return None
