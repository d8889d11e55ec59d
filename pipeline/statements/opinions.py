"""Nouns that carry what somebody says: "expressed confidence that", «делает вывод: ...», "Orlov's view is that"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.clauses import NEAR_QUESTION, behind_conjunction
from pipeline.statements.contents import contents
from pipeline.statements.cues import Speaker
from pipeline.statements.person import Person
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_carrier(reading: Reading, token: "Token") -> bool:
    """ "express", «выразить» and, with "of the opinion", "be"."""
    if token.pos_ == "AUX":
        return any(t.lower_ == "of" for t in reading.doc[token.i + 1 : token.i + 3])
    return token.pos_ == "VERB" and plain(token.lemma_) in cues.words(reading.lang)["nouns"]["carriers"]


def carries(reading: Reading, verb: "Token") -> bool:
    """A noun of opinion follows at once: «делает вывод: ...», «дала понять: ...»."""
    carried = cues.words(reading.lang)["nouns"]["carried"]
    return any(plain(t.lemma_) in carried for t in reading.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)])


def is_speech_noun(reading: Reading, token: "Token") -> bool:
    words = cues.words(reading.lang)
    return token.pos_ == "NOUN" and (
        plain(token.lemma_) in words["nouns"]["speech"]
        or plain(token.lemma_) in words["nouns"]["carried"]
        or plain(token.lemma_) in words["prepositions"]["words"]
    )


def owned_speech(reading: Reading, noun: "Token", favoured: Person | None) -> Speaker | None:
    """The owner of an opinion that is told: "Orlov's view", «позиция министра Орлова»."""
    if not is_speech_noun(reading, noun) or any(c.dep_ == "case" for c in noun.children):
        return None
    for owner in noun.children:
        if owner.dep_ not in ("nmod:poss", "nmod", "poss", "compound"):
            continue
        person = reading.people.resolve(owner, favoured)
        if person is not None:
            mention = reading.people.at(owner.i)
            named = mention is not None and mention.person is person
            return (
                Speaker(mention.first, mention.last, person)
                if named and mention
                else Speaker(owner.i, owner.i + 1, person)
            )
    return None


def told_by_noun(reading: Reading, noun: "Token", speaker: Speaker) -> Iterator[Found]:
    """ "Orlov's view is that | prices fall", «позиция Орлова такова: | цены упадут»."""
    doc, end = reading.doc, noun.sent.end
    start = max(noun.i, speaker.last - 1) + 1
    while start < end and doc[start].text in ("’s", "'s", "ʼs"):
        start += 1
    words = cues.words(reading.lang)["pronouns"]
    for i in range(start, min(start + NEAR_QUESTION, end - 2)):
        token = doc[i]
        if (
            token.text == ":"
            and doc[i + 1].text not in ("“", "«", '"', "„", "‘")
            and doc[i + 1].pos_ != "SPACE"
        ) or (token.lower_ in words["complementizers"] and doc[i - 1].text in (",", "—", *_BE)):
            begin = i + 1
        elif token.pos_ == "VERB" or token.text in (";", ".", "“", "«", '"'):
            return
        else:
            continue
        last = doc[next((j for j in range(begin, end) if doc[j].text == ";"), end) - 1]
        for found in contents(reading, doc[begin].idx, last.idx + len(last.text), None, speaker, "noun"):
            yield found._replace(cue=(noun.idx, noun.idx + len(noun.text)))
        return


_BE = frozenset(("is", "was", "remains", "remained", "has", "been", "be"))


def carried_clause(reading: Reading, verb: "Token") -> int | None:
    """ "expressed confidence that | prices fall", «выразил надежду, что | цены упадут»: the clause hangs on the noun."""
    carried = cues.words(reading.lang)["nouns"]["carried"]
    for noun in reading.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)]:
        if plain(noun.lemma_) in carried:
            return behind_conjunction(noun, reading.lang)
    return None
