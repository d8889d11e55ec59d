"""Whose a speaker is: the country that the office serves, as the text gives it, else the one that the passage is about.

"Chile's envoy", "our finance minister", "my South African colleague, deputy minister Orlov", "the mayor of Arica", «и её
заместитель Орлов», «глава совета безопасности этой страны». The rules are tried in order.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import countries, places
from pipeline.offices import Office, plain
from pipeline.setting import STATED, Guess
from pipeline.statements import surnames
from pipeline.statements.person import Person, speech_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.statements.people import People

REACH = 6
"""Tokens around a name and its office within which a town says where somebody works."""
TRUSTED = 5
"""Digits of the population from which a town's name is trusted beside an office: smaller ones share theirs with too many
words. Inside an office, and in a country that the text names, any town is."""

OF_TOWN = re.compile(r"(.{3,})ск(?:ий|ая|ого|ой|ому|ую|им|ом|ие|их|ими)")
FAMILY = 4.0
"""What the form of a family name says for the countries where names are formed so."""


def country(people: "People", person: Person, at: int) -> Guess | None:
    """The country of a speaker at a token, certain where the text states it; None where it names no country at all."""
    said = stated(people, person, at)
    return Guess(said, STATED) if said else _by_passage(people, person, person.office(at), at)


def stated(people: "People", person: Person, at: int) -> str | None:
    """The country that the words around the name or the office state."""
    office = person.office(at)
    return next((code for rule in RULES if (code := rule(people, person, office))), None)


def _by_office(people: "People", person: Person, office: Office | None) -> str | None:
    """ "Chile's foreign minister", also where the text says so only later: «экономист», then «венесуэльский экономист»."""
    if office and office.country:
        return office.country
    return next((o.country for _, o in person.offices if o.country), None)


def _ours(people: "People", person: Person, office: Office | None) -> str | None:
    """ "our finance minister", "a former premier of ours", «нашего секретариата»: the country the text speaks for."""
    ours = speech_words(people.lang)["pronouns"]["ours"]
    said = any(plain(t.text) in ours or plain(t.lemma_) in ours for t in _held(people, person))
    return people.setting.home if said else None


def _colleague(people: "People", person: Person, office: Office | None) -> str | None:
    """ "my South African colleague, deputy trade minister X", «мой чешский коллега, министр Y», "her Tehran colleague X"."""
    colleagues = speech_words(people.lang)["nouns"]["colleagues"]
    for _, held in person.offices:
        before = people.doc[max(0, held.first - 2) : held.first]
        if len(before) == 2 and before[1].text == "," and plain(before[0].lemma_) in colleagues:
            near = [m for m in people.setting.mentions if 0 < before[0].i - m.token < REACH]
            return near[-1].code if near else None
    for mention in people.mentions_of.get(person, ()):
        before = people.doc[max(0, mention.first - 2) : mention.first]
        if len(before) == 2 and plain(before[1].lemma_) in colleagues:
            named = next((m.code for m in people.setting.mentions if m.token == before[0].i), None)
            return named or _town(people, before[0], TRUSTED) or _by_town(people, before[0])
    return None


def _by_town(people: "People", token: "Token") -> str | None:
    """The country of the town that a Russian adjective comes from: «тегеранский», «бухарский»."""
    stem = OF_TOWN.fullmatch(token.text) if people.lang == "ru" and token.pos_ == "ADJ" else None
    known = places.place(stem[1].title(), "ru") if stem else None
    return known.country or None if known and known.size >= TRUSTED else None


def _chief(people: "People", person: Person, office: Office | None) -> str | None:
    """ "the French treasurer Marchand and her deputy X", «и её заместитель X»: the country of the one named before."""
    pronouns = speech_words(people.lang)["pronouns"]
    owners = {*pronouns["male_owner"], *pronouns["female_owner"]}
    for first, held in person.offices:
        if any(plain(t.text) in owners for t in people.doc[max(0, held.first - 1) : held.head]):
            other = next((m.person for m in people.before(first) if m.person is not person), None)
            return next((o.country for _, o in other.offices if o.country), None) if other else None
    return None


def _of_that_country(people: "People", person: Person, office: Office | None) -> str | None:
    """ "the country's Security Council", «президент этой страны»: the country named last before."""
    nouns = speech_words(people.lang)["nouns"]["countries"]
    for first, held in person.offices:
        if any(plain(t.lemma_) in nouns for t in people.doc[held.first : held.last]):
            before = [
                m for m in people.setting.mentions if m.token < min(first, held.first) and m.how != "town"
            ]
            return before[-1].code if before else None
    return None


def _where(people: "People", person: Person, office: Office | None) -> str | None:
    """ "Bucharest, where state secretary X thinks", «Бухарест, где министр Y»: the place the clause hangs on."""
    words = speech_words(people.lang)["pronouns"]["there"]
    for first, held in person.offices:
        before = people.doc[max(0, min(first, held.first) - 3) : min(first, held.first)]
        there = next((t for t in before if t.lower_ in words), None)
        if there is not None:
            return next((m.code for m in people.setting.mentions if 0 < there.i - m.token < 3), None)
    return None


def _seat(people: "People", person: Person, office: Office | None) -> str | None:
    """ "the mayor of Arica", «историк Университета Арекипы», "an Oxford historian": a town inside the office."""
    for _, held in person.offices:
        for token in people.doc[held.first : held.last]:
            code = (
                None
                if _is_house(token)
                else _town(people, token, 0) or _region(token, held.last) or _by_town(people, token)
            )
            if code in people.setting.weights and code != held.abroad:
                return code
    return None


def _region(token: "Token", last: int) -> str | None:
    """ "the governor of Rio Grande do Sul": a place of several words, as far as the office goes."""
    if not token.text[:1].isupper():
        return None
    spans = (token.doc[token.i : end].text for end in range(last, token.i + 1, -1))
    known = next((found for text in spans if (found := places.place(text, token.doc.lang_))), None)
    return known.country or None if known else None


def _town_beside(people: "People", person: Person, office: Office | None) -> str | None:
    """ "the historian Ximena Paz, of the University of Arequipa", «преподающий в Самарканде историк»: the country of the
    town that the words around a name give, behind a preposition."""
    if not person.offices:
        return None
    doc, residence = people.doc, speech_words(people.lang)["prepositions"]["residence"]
    for mention in people.mentions_of.get(person, ()):
        sentence = doc[mention.first].sent
        reach = range(
            max(sentence.start + 1, mention.left - REACH), min(sentence.end, mention.right + REACH + 1)
        )
        for i in reach:
            lives = doc[i - 1].pos_ == "ADP" and doc[i - 1].lower_ in residence
            if lives and people.at(i) in (None, mention) and (code := _town(people, doc[i], TRUSTED)):
                return code
    return None


def _is_house(token: "Token") -> bool:
    """ "the University of Bergen": a word between "the" and "of" is no town, though one may be called so."""
    doc, at = token.doc, token.i
    return 0 < at < len(doc) - 1 and doc[at - 1].pos_ == "DET" and doc[at + 1].pos_ == "ADP"


def _town(people: "People", token: "Token", size: int) -> str | None:
    if token.pos_ not in ("PROPN", "NOUN") or countries.mention(token.text, people.lang):
        return None
    known = places.place(token.text, people.lang)
    return known.country or None if known and known.size >= size else None


def _by_passage(people: "People", person: Person, office: Office | None, at: int) -> Guess | None:
    """The country that the passage is about where the office is introduced, but the one an envoy is sent to; the form of
    the name tells the sides apart: in a text on Greece and North Macedonia "Gulabovski" is no Greek."""
    place = next((i for i, o in person.offices if o == office), at)
    but = {office.abroad} if office and office.abroad else set()
    tied = dict.fromkeys(surnames.homes(person.name, people.lang, people.setting.weights), FAMILY)
    return people.setting.about(place, frozenset(but), tied, evenly=True)


def _held(people: "People", person: Person) -> Iterator["Token"]:
    for _, held in person.offices:
        yield from people.doc[max(0, held.first - 1) : held.last]


RULES = (_by_office, _colleague, _ours, _chief, _of_that_country, _where, _seat, _town_beside)
