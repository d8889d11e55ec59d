"""Reported speech: clauses under a verb of speech, around a parenthesis, or beside "according to".

"She warned that prices would rise", «по мнению Орлова, цены вырастут», "the union, she adds, reminded her". A clause
with a quotation inside is mixed; so are the speaker's own words for something: «назвал договор „забором“».
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.attribution import according_to
from pipeline.statements.clause_ends import clause_end, last_token
from pipeline.statements.clauses import clause_start, is_mere_infinitive
from pipeline.statements.contents import contents, named_in_own_words
from pipeline.statements.cues import Speaker
from pipeline.statements.opinions import (
    carried_clause,
    carries,
    is_carrier,
    is_speech_noun,
    owned_speech,
    told_by_noun,
)
from pipeline.statements.parentheses import (
    around_parenthesis,
    is_as_clause,
    is_boundary,
    parenthesis,
    set_off,
)
from pipeline.statements.person import Person
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

MODAL = ("may", "might", "could", "can", "should", "must")
NEGATIONS = ("not", "n't", "n’t", "never", "не")


def reported(reading: Reading, direct: list[Found]) -> Iterator[Found]:
    """The clauses that somebody is said to have said."""
    used = {f.cue for f in direct if f.cue is not None}
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)  # by paragraph
    last: tuple[int, Speaker] | None = None
    for token in reading.doc:
        if not reading.spoken(token.idx):
            continue
        span = (token.idx, token.idx + len(token.text))
        for found in _at(reading, token, direct, span in used):
            found = _same_speaker(found, token, last)
            if found.speaker == Speaker(token.i, token.i + 1, None):
                continue  # the verb stands for a speaker that neither tree nor context names
            if found.speaker.person is not None and found.rule == "reported.clause":
                last = (token.sent.start, found.speaker)
            if found.end > found.start and not any(
                a < found.end and found.start < b and _covers((a, b), found)
                for paragraph in _paragraphs(reading, found)
                for a, b in taken[paragraph]
            ):
                if found.speaker.person is not None:  # what nobody said must not hide what somebody did
                    for paragraph in _paragraphs(reading, found):
                        taken[paragraph].append((found.start, found.end))
                yield found


def _paragraphs(reading: Reading, found: Found) -> range:
    return range(reading.paragraph(found.start), reading.paragraph(found.end - 1) + 1)


def _same_speaker(found: Found, verb: "Token", last: tuple[int, Speaker] | None) -> Found:
    """A further verb of speech without a subject shares that of the one before it in the sentence, whatever the tree
    says: «рассказала, что ..., а под конец добавила, что»."""
    own = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)
    if (
        last is None
        or own
        or found.speaker.person is not None
        or last[0] != verb.sent.start
        or verb.dep_.startswith("acl")
    ):
        return found
    agrees = verb.morph.get("Number", []) != ["Plur"]
    return found._replace(speaker=last[1]) if agrees and found.rule == "reported.clause" else found


def _covers(span: tuple[int, int], found: Found) -> bool:
    inter = min(span[1], found.end) - max(span[0], found.start)
    return inter > 0.6 * (found.end - found.start)


def _at(reading: Reading, token: "Token", direct: list[Found], used: bool) -> Iterator[Found]:
    kinds = cues.classes(token, reading.lang)
    if (
        not kinds
        and not is_carrier(reading, token)
        and not cues.opens_source(token, reading.lang)
        and not is_speech_noun(reading, token)
    ):
        return
    favoured = _last_speaker(direct, token.idx)
    if kinds and not _is_hypothetical(token) and not is_mere_infinitive(token, reading.lang):
        negated = _says_nothing(token, kinds)
        if (clause := clause_start(token, kinds, reading.lang)) is not None and not negated:
            yield from _reported_clause(reading, token, clause, direct, favoured)
        elif (
            not used
            and not negated
            and (kinds - {"naming", "manner"} or is_as_clause(reading, token))
            and (host := parenthesis(reading, token)) is not None
        ):
            yield from around_parenthesis(reading, token, host, favoured)
        elif (
            not used
            and not negated
            and (after_colon := _after_colon(reading, token)) is not None
            and kinds & {"neutral", "hedged", "adjectives", "promise"}
        ):
            yield from _span(reading, token, after_colon, favoured, "colon")
        if not negated or kinds & {"denial"}:
            yield from named_in_own_words(reading, token, direct, favoured)
    elif is_carrier(reading, token) and (clause := carried_clause(reading, token)) is not None:
        yield from _reported_clause(reading, token, clause, direct, favoured)
    elif (
        is_carrier(reading, token)
        and (after := _after_colon(reading, token)) is not None
        and carries(reading, token)
    ):
        yield from _span(reading, token, after, favoured, "colon")
    elif (
        is_carrier(reading, token)
        and carries(reading, token)
        and (host := set_off(reading, token)) is not None
    ):
        yield from around_parenthesis(reading, token, host, favoured)
    elif (owner := owned_speech(reading, token, favoured)) is not None:
        yield from told_by_noun(reading, token, owner)
    elif not kinds and not used:
        yield from _by_adverbial(reading, token, favoured)


def _last_speaker(direct: list[Found], at: int) -> Person | None:
    earlier = [f for f in direct if f.start < at and f.speaker.person is not None]
    return max(earlier, key=lambda f: f.start).speaker.person if earlier else None


def _is_negated(verb: "Token") -> bool:
    return any(c.lower_ in NEGATIONS for c in verb.children if c.i < verb.i)


def _says_nothing(verb: "Token", kinds: frozenset[str]) -> bool:
    """A denied verb says nothing, but one of concession says it only denied, "did not rule out that", and one of belief
    denies what it governs: "does not believe that", «не считает, что»."""
    if kinds & {"concession", "belief"} and _is_negated(verb):
        return False
    return _is_negated(verb) or kinds == {"concession"}


def _is_hypothetical(verb: "Token") -> bool:
    """ "might say", "if he says": nothing was said."""
    return any(
        (c.dep_ == "aux" and c.lower_ in MODAL)
        or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "если", "whether"))
        for c in verb.children
    )


def _reported_clause(
    reading: Reading, verb: "Token", clause: int, direct: list[Found], favoured: Person | None
) -> Iterator[Found]:
    speaker = _caused(reading, verb) or cues.speaker_of(verb, reading.people, favoured)
    start = reading.doc[clause].idx
    speaker = speaker or Speaker(verb.i, verb.i + 1, None)
    if any(f.start - 1 <= start < f.end for f in direct if not f.start <= verb.idx < f.end):
        return
    stop = clause_end(reading, verb, clause)
    yield from contents(reading, start, stop, verb, speaker, "clause")


def _caused(reading: Reading, verb: "Token") -> Speaker | None:
    """ "led Orlov, a former envoy, to conclude that", «заставило Орлова признать, что»: the object of the main verb speaks."""
    causative = cues.words(reading.lang)["pronouns"]["causative"]
    if "VerbForm=Inf" not in str(verb.morph) or plain(verb.head.lemma_) not in causative:
        return None
    inside = reading.people.inside(verb.head.i, verb.i)
    return Speaker(inside[0].first, inside[0].last, inside[0].person) if inside else None


def _after_colon(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """«Он объяснил: дорогу закрыли»: a clause without marks behind a colon."""
    doc, last = reading.doc, last_token(reading, verb)
    for i in range(verb.i + 1, min(verb.i + 10, last - 2)):
        if doc[i].text == ":" and not reading.quoted(doc[i].idx):
            following = doc[i + 1]
            if following.text in ("“", "«", '"', "„", "‘") or following.pos_ == "SPACE":
                return None
            return i + 1, next((j for j in range(i + 1, last) if doc[j].text == ";"), last)
        if doc[i].pos_ == "VERB":
            return None
    return None


def _span(
    reading: Reading, verb: "Token", span: tuple[int, int], favoured: Person | None, rule: str
) -> Iterator[Found]:
    speaker = cues.speaker_of(verb, reading.people, favoured)
    if speaker is None:
        return
    last = reading.doc[span[1] - 1]
    yield from contents(reading, reading.doc[span[0]].idx, last.idx + len(last.text), verb, speaker, rule)


def _by_adverbial(reading: Reading, token: "Token", favoured: Person | None) -> Iterator[Found]:
    """ "According to Orlov, ...", «по словам Орлова, ...»: what the rest of the sentence says."""
    if not cues.opens_source(token, reading.lang):
        return
    sentence = token.sent
    found = according_to(reading, token.i, min(token.i + 12, sentence.end), favoured)
    if found is None or found[0] != token.i or found[2].person is None or reading.quoted(token.idx):
        return
    first, last, speaker = found
    last = _behind_words(reading, last, sentence.end)
    boundary = last
    while boundary < sentence.end and not is_boundary(reading, boundary):
        boundary += 1
    if not any(_is_finite(t) for t in reading.doc[last:boundary]):
        last = boundary
    if (
        token.i > sentence.start
        and reading.doc[token.i - 1].pos_ == "NOUN"
        and (last >= sentence.end or reading.doc[last].text != ",")
    ):
        return  # «прения по заявлению министра»: the noun before it has this complement
    doc = reading.doc
    left = max((i + 1 for i in range(sentence.start, first) if doc[i].text == ";"), default=sentence.start)
    right = next(
        (i for i in range(last, sentence.end) if doc[i].text == ";" and not reading.quoted(doc[i].idx)),
        sentence.end,
    )
    right = (
        right if right > last + 2 and not _goes_on(reading, speaker, right, sentence.end) else sentence.end
    )
    for begin, stop in ((last, right), (left, first)):
        words = [t for t in doc[begin:stop] if t.is_alpha]
        if len(words) < 3:
            continue
        end = doc[stop - 1].idx + len(doc[stop - 1].text)
        for content in contents(reading, doc[begin].idx, end, None, speaker, "according"):
            cue = (
                doc[first].idx,
                doc[min(last, speaker.first) - 1].idx + len(doc[min(last, speaker.first) - 1].text),
            )
            if not any(q.start == content.start for q in reading.near(content.start)):
                yield content._replace(cue=cue)
            return


def _behind_words(reading: Reading, at: int, end: int) -> int:
    """Behind the noun of "in her | experience", where the owner stood before it."""
    nouns = cues.words(reading.lang)["prepositions"]["words"]
    for i in range(at, min(at + 3, end)):
        if plain(reading.doc[i].lemma_) in nouns or plain(reading.doc[i].text) in nouns:
            return i + 1
        if reading.doc[i].is_punct:
            break
    return at


def _is_finite(token: "Token") -> bool:
    finite = token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)
    return finite or "Variant=Short" in str(token.morph)  # «виноват», «открыты»


def _goes_on(reading: Reading, speaker: Speaker, semicolon: int, end: int) -> bool:
    """Whether what follows a semicolon is still the same voice: "the government has not chosen China; it has bought time".
    A clause with a subject that says or does something of its own to the speaker is the writer's again."""
    pronouns = cues.words(reading.lang)["pronouns"]
    after = reading.doc[semicolon + 1 : min(semicolon + 3, end)]
    return not any(plain(t.text) in (*pronouns["male_owner"], *pronouns["female_owner"]) for t in after)
