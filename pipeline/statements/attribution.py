"""Who said a quotation, by which word, and on which side of it that stands."""

from typing import NamedTuple

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.cues import Speaker
from pipeline.statements.person import Person
from pipeline.statements.reading import Reading


class Attribution(NamedTuple):
    """Who said a quotation, by which word, and whether that stands after it."""

    speaker: Speaker
    cue: int | None
    side: str


def verbs_of_speech(reading: Reading, first: int, last: int) -> list[int]:
    return [
        i
        for i in range(first, last)
        if cues.classes(reading.doc[i], reading.lang) - {"naming"} and not is_negated(reading, i)
    ]


def is_negated(reading: Reading, at: int) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never", "не") for c in reading.doc[at].children if c.i < at)


def speech_noun(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """ "Orlov's statement, ...", «слова Орлова: ...»: a noun of speech with its owner."""
    nouns = cues.words(reading.lang)["nouns"]["speech"]
    for i in range(last - 1, first - 1, -1):
        token = reading.doc[i]
        if token.pos_ != "NOUN" or plain(token.lemma_) not in nouns:
            continue
        for owner in token.children:
            if (
                owner.dep_ in ("nmod:poss", "nmod", "poss", "obl", "compound")
                and (person := reading.people.resolve(owner, favoured)) is not None
            ):
                mention = reading.people.at(owner.i)
                span = (mention.first, mention.last) if mention else (owner.i, owner.i + 1)
                return Attribution(Speaker(*span, person), i, "before")
    return None


def adverbial(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """ "According to X, ...", «По словам X, ...»."""
    found = according_to(reading, first, last, favoured)
    return Attribution(found[2], found[0], "before") if found else None


def according_to(
    reading: Reading, first: int, last: int, favoured: Person | None
) -> tuple[int, int, Speaker] | None:
    """The adverbial that names a source: its first token, the token after its noun phrase, and the speaker."""
    phrase = cues.according(reading.doc, first, last, reading.lang)
    if phrase is None:
        return None
    start, noun = phrase
    for i in range(noun, min(last, noun + 8)):
        token = reading.doc[i]
        if (mention := reading.people.at(i)) is not None:
            return (
                start,
                max(mention.last, mention.right),
                Speaker(mention.first, mention.last, mention.person),
            )
        if token.is_punct:
            break
        if (token.pos_ in ("NOUN", "PRON") or cues.is_possessive(token, reading.lang)) and (
            person := reading.people.resolve(token, favoured)
        ) is not None:
            return start, i + 1, Speaker(i, i + 1, person)
    return start, noun, Speaker(noun, min(last, noun + 1), None)
