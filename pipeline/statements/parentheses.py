"""A verb of speech set off from the clause it reports: "..., | she recalled |, ...", «как заметил Орлов, ...»."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.clause_ends import last_token
from pipeline.statements.contents import contents
from pipeline.statements.person import Person
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

STRETCH = 5
"""From this many words on, the words before a parenthesis are a stretch of their own even without a verb."""


def parenthesis(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """The parenthesis a verb of speech makes with its subject, as tokens: "..., | she recalled |, ..."."""
    if _is_passive(verb) or _has_object(verb, reading.lang):
        return None
    sentence = verb.sent
    preposed = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i and c.right_edge.i < verb.i
        ),
        None,
    )
    as_clause = is_as_clause(reading, verb)
    apart = set_off(reading, verb)
    if verb.dep_ != "parataxis" and preposed is None and not as_clause and apart is None:
        return None
    if apart is not None and not as_clause:
        return apart
    own = cues.subject(verb)
    core = [verb.i, *([own.i] if own is not None and abs(own.i - verb.i) < 12 else [])]
    first, last = min(core), max(core) + 1
    mention = reading.people.at(own.i) if own is not None else None
    if mention is not None and mention.left <= verb.sent.end:
        first, last = (
            min(first, mention.left)
            if mention.left > sentence.start and mention.left > first - 14
            else first,
            max(last, mention.right),
        )
    while first > sentence.start and not is_boundary(reading, first - 1):
        first -= 1
    while last < sentence.end and not is_boundary(reading, last):
        last += 1
    if as_clause:
        first = min(first, next(c.i for c in verb.children if c.lower_ in ("as", "как") and c.i < verb.i))
    if first == sentence.start and not as_clause and preposed is None:
        return None
    return first, last


def _is_passive(verb: "Token") -> bool:
    """ "was announced on 17 October", «было объявлено»: the subject is what was said, and nobody says it."""
    if plain(verb.lemma_) in ("quote", "report", "remind", "tell", "ask"):
        return False
    return any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children) or "Voice=Pass" in str(verb.morph)


def _has_object(verb: "Token", lang: str) -> bool:
    """ "recognised its power", «признала его власть»: the verb takes a thing, so the clause around it is not what it says."""
    if plain(verb.lemma_) in cues.words(lang)["pronouns"]["addressing"]:
        return False
    return (
        any(
            c.dep_ == "obj" and c.pos_ == "NOUN" and c.i > verb.i and "Anim" not in c.morph.get("Animacy", [])
            for c in verb.children
        )
        and lang == "ru"
    )


def set_off(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """A verb of speech with its subject between two commas, whatever the tree says: «Денег, | признаёт министр Орлов, |
    не хватит», "The bank, | complained minister Ana Ruiz, | “sold us a lake”"."""
    doc, sentence = reading.doc, verb.sent
    first, last = verb.i, verb.i + 1
    while first > sentence.start and not is_boundary(reading, first - 1):
        first -= 1
    while last < sentence.end and not is_boundary(reading, last):
        last += 1
    if (
        verb.dep_ in ("acl", "acl:relcl", "amod")
        or first - 1 < sentence.start + 1
        or last + 1 >= sentence.end
        or doc[first - 1].text != ","
        or doc[last].text not in (",", "—", "–")
    ):
        return None
    if reading.quoted(doc[first - 1].idx) != reading.quoted(doc[last].idx) or _opens_clause(reading, first):
        return None
    inside = [m for m in reading.people.inside(first, last) if m.last <= verb.i or verb.i < m.first]
    own = cues.subject(verb)
    pronoun = (
        own is not None
        and first <= own.i < last
        and own.pos_ == "PRON"
        and own.lower_ not in ("who", "which", "that", "который", "которая")
    )
    office = own is not None and first <= own.i < last and reading.people.resolve(own) is not None
    beside = bool(inside) and (own is None or first <= own.i < last)
    return (first, last) if pronoun or office or beside else None


def _opens_clause(reading: Reading, first: int) -> bool:
    """A conjunction or relative pronoun opens the stretch: it is a clause, not a parenthesis."""
    token = reading.doc[first]
    return token.pos_ in ("SCONJ", "CCONJ") or token.lower_ in (
        "who",
        "which",
        "whose",
        "that",
        "as",
        "when",
        "where",
        "if",
        "who",
        "который",
        "которая",
        "которые",
        "как",
        "что",
        "чтобы",
        "когда",
        "и",
        "а",
        "но",
    )


def is_as_clause(reading: Reading, verb: "Token") -> bool:
    """ "As Orlov put it, ...", «как заметил Орлов, ...»."""
    if plain(verb.lemma_) not in cues.words(reading.lang)["prepositions"]["put"] and not cues.classes(
        verb, reading.lang
    ) & {"neutral"}:
        return False
    return any(c.lower_ in ("as", "как") and c.i < verb.i for c in verb.children)


def is_boundary(reading: Reading, i: int) -> bool:
    token = reading.doc[i]
    return (
        token.text in (",", ";", ":", "—", "–", "(", ")", ".", "!", "?", "…", "«", "»", "“", "”", '"')
        or token.pos_ == "SPACE"
    )


def around_parenthesis(
    reading: Reading, verb: "Token", host: tuple[int, int], favoured: Person | None
) -> Iterator[Found]:
    """The clause around a parenthesis; its words before and behind are stretches where both can stand alone."""
    speaker = cues.speaker_of(verb, reading.people, favoured, within=host)
    if speaker is None:
        return
    doc, sentence = reading.doc, verb.sent
    around = reading.quotation(verb.idx)
    left, right = (
        max(sentence.start, reading.tokens(0, around.start)[1] if around else 0),
        last_token(reading, verb),
    )
    for i in range(left, host[0] - 1):
        if doc[i].text == ";" or (doc[i].text in (":",) and not reading.quoted(doc[i].idx)):
            left = i + 1
    for i in range(host[1] + 1, right):
        if doc[i].text == ";" and not reading.quoted(doc[i].idx):
            right = i
            break
    stretches = [(left, host[0]), (host[1], right)]
    spoken = [s for s in stretches if _is_stretch(reading, *s)]
    if not spoken:
        spoken = [max(stretches, key=lambda s: s[1] - s[0])]
    for first, last in spoken:
        if last > first:
            stop = doc[last - 1].idx + len(doc[last - 1].text)
            for found in contents(reading, doc[first].idx, stop, verb, speaker, "parenthesis"):
                if not any(
                    q.start <= found.start and found.end <= q.end
                    for q in reading.near(found.start)
                    if q.depth == 0 and not reading.quoted(verb.idx)
                ):
                    yield found._replace(group=verb.idx) if len(spoken) > 1 else found


def _is_stretch(reading: Reading, first: int, last: int) -> bool:
    words = [t for t in reading.doc[first:last] if not t.is_punct and t.pos_ != "SPACE"]
    if words and words[0].lower_ in ("as", "как") and last - first < STRETCH + 4:
        return False  # «Как, пожав плечами, заметил Орлов, ...»
    has_verb = any(t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl") for t in words)
    return len(words) >= 3 and (has_verb or len(words) >= STRETCH + 2)
