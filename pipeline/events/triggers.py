"""The word that names what happened on a date, its type, and the clause around it."""

from typing import TYPE_CHECKING, NamedTuple

from pipeline.dates import DateMention, names_the_document
from pipeline.events.spans import clause_of, noun_of, span_of
from pipeline.events.types import Types, is_known_noun, lemma, type_of
from pipeline.quantities.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

CLIMB = 4
"""Heads to climb from a date to the word that it dates."""
VERBS = ("VERB", "AUX")


class Trigger(NamedTuple):
    """What happened: the word, its type (known or `OTHER`), its own span and the clause it stands in."""

    token: "Token"
    type: str
    known: bool
    start: int
    end: int
    clause_start: int
    clause_end: int


def find(
    sentence: Sentence, mention: DateMention, types: Types, taken: frozenset[int] = frozenset()
) -> Trigger | None:
    """The trigger that a date belongs to: what governs it in the parse, if that stands in the same stretch of the
    sentence, else the nearest word of that stretch that names a happening. Tokens in `taken` have their date already.
    """
    token = _governor(sentence, mention, types, taken)
    if token is not None and token.dep_ == "xcomp" and lemma(token.head) in types.light - types.planned:
        token = token.head  # "began to work"
    return None if token is None else _trigger(sentence, mention, token, types)


def _governor(
    sentence: Sentence, mention: DateMention, types: Types, taken: frozenset[int]
) -> "Token | None":
    if _dates_what_follows(sentence, mention, types):
        return _next_happening(sentence, mention, types)
    stretch = [t for t in _stretch(sentence, mention) if t.i not in taken]
    if mention.kind == "complement" and not _opens(sentence, mention):
        stretch = [t for t in stretch if t.idx < mention.start]
    named = [t for t in stretch if _names_a_happening(t, types)]
    if not any(t.pos_ in VERBS or t in named for t in stretch) and _is_joined(stretch):
        return _next_happening(sentence, mention, types)
    governor = _head(sentence, mention, types)
    if governor is not None and governor in stretch and not _noun_after(governor, mention):
        if (noun := _noun_right_before(stretch, governor, mention, types)) is not None:
            return noun
        if not named or governor.pos_ in VERBS or is_known_noun(governor, types):
            return governor
    return _closest(named, mention) or (
        governor if governor is not None and governor.i not in taken else None
    )


def _is_joined(stretch: list["Token"]) -> bool:
    """ "left it and, the next day, joined another": a date between a conjunction and a comma belongs to what follows."""
    return bool(stretch) and stretch[0].i > 0 and stretch[0].nbor(-1).pos_ == "CCONJ"


def _head(sentence: Sentence, mention: DateMention, types: Types) -> "Token | None":
    """The word that governs the date in the parse: the first verb or known noun above it."""
    inside = [t for t in sentence.tokens if mention.start <= t.idx < mention.end]
    outer = next((t for t in inside if t.head not in inside and t.dep_ != "punct"), None)
    if outer is None:
        return None
    token = outer.head
    for _ in range(CLIMB):
        if token.pos_ in VERBS or is_known_noun(token, types) or token.head == token:
            break
        token = token.head
    good = sentence.start <= token.idx < sentence.end and token.pos_ in (*VERBS, "NOUN", "PROPN", "ADJ")
    return token if good and token not in inside else None


def _names_a_happening(token: "Token", types: Types) -> bool:
    return is_known_noun(token, types) or token.pos_ == "VERB" or "Part" in token.morph.get("VerbForm", [])


def _noun_after(token: "Token", mention: DateMention) -> bool:
    """A noun that follows the date governs it rarely: "the riots of 9 January, the treaties of 7 September"."""
    return token.pos_ in ("NOUN", "PROPN") and token.idx >= mention.end


def _noun_right_before(
    stretch: list["Token"], governor: "Token", mention: DateMention, types: Types
) -> "Token | None":
    """ "after the loss of the ship on 5 May the lawyers spoke": the date belongs to the noun before it, not to a verb
    after it.
    """
    if governor.idx < mention.start:
        return None
    before = [t for t in stretch if t.idx < mention.start]
    if any(t.pos_ in VERBS for t in before):
        return None
    return next((t for t in reversed(before) if is_known_noun(t, types)), None)


def _closest(found: list["Token"], mention: DateMention) -> "Token | None":
    """A verb before the date, a noun before it, a verb after it, a noun after it; of several the nearest."""

    def order(token: "Token") -> tuple[bool, bool, int]:
        after = token.idx > mention.start
        return after, token.pos_ in ("NOUN", "PROPN"), abs(token.idx - mention.start)

    return min(found, key=order, default=None)


def _stretch(sentence: Sentence, mention: DateMention) -> list["Token"]:
    """The tokens around a date up to the marks that part clauses; a comma right after an opening date parts nothing."""
    before, after = sentence.before(mention.start), sentence.between(mention.end, sentence.end)
    low = len(before)
    while low and not _parts(before[low - 1]) and not _joins_at(before, low, mention):
        low -= 1
    opening = all(t.pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV") for t in before[low:])
    high = 0
    if opening and low > 1 and before[low - 1].text == "," and (not after or after[0].is_punct):
        low -= 1  # "joined the bank, on 1 February 2024, and left": the date closes what stands before it
        while low and not _parts(before[low - 1]):
            low -= 1
    elif opening and after and after[0].text == ",":
        high = 1
    while high < len(after) and not _parts(after[high]) and not (high == 0 and after[0].pos_ == "CCONJ"):
        high += 1
    return [*before[low:], *after[:high]]


def _parts(token: "Token") -> bool:
    return token.text in (",", ";", ":", "—", "–", "«", "»", "“", "”")


def _joins_at(before: list["Token"], at: int, mention: DateMention) -> bool:
    """ "and in October 2008 suspended": the conjunction right before the date opens its clause."""
    token = before[at - 1]
    return token.pos_ == "CCONJ" and all(t.pos_ in ("ADP", "DET", "ADV", "PART") for t in before[at:])


def _dates_what_follows(sentence: Sentence, mention: DateMention, types: Types) -> bool:
    """ "13 September 1847, when cadets died", "the very day on which"; "exactly a week after a treaty was signed"."""
    if mention.kind == "complement":
        leans = mention.start - sentence.start > 3 and not _opens(sentence, mention)
        return leans and not names_the_document(sentence.text[mention.end : mention.end + 90], sentence.lang)
    beyond = [t for t in sentence.between(mention.end, mention.end + 12) if not t.is_punct]
    after = [t for t in beyond if t.pos_ != "ADP"][:1]
    if not after or (after[0].lower_ not in types.relative and lemma(after[0]) not in types.relative):
        return False
    governor = _head(sentence, mention, types)
    told = governor is not None and governor.pos_ == "VERB" and governor.idx < mention.start
    when = after[0].lower_ in types.temporal and beyond[0] is after[0]
    return not (told and when and _is_adverbial(sentence, mention))


def _is_adverbial(sentence: Sentence, mention: DateMention) -> bool:
    """ "came on 8 December 2020, when": the date is the time of the main clause; "guarded as closely as 8 May, when" is not."""
    inside = [t for t in sentence.tokens if mention.start <= t.idx < mention.end]
    outer = next((t for t in inside if t.head not in inside), None)
    if outer is None or not outer.dep_.startswith("obl"):
        return False
    marks = [c.lower_ for c in outer.children if c.dep_ == "case"]
    return marks in ([["on"], ["in"]] if sentence.lang == "en" else [[], ["в"]])


def _opens(sentence: Sentence, mention: DateMention) -> bool:
    """ "Two days after the coup of 5 May he fled" dates the main clause."""
    return not any(d.start < mention.start for d in sentence.dates)


def _next_happening(sentence: Sentence, mention: DateMention, types: Types) -> "Token | None":
    """The first verb or event noun after the date; in "three days after Bloody Sunday in Derry" the name itself."""
    first: Token | None = None
    for token in sentence.between(mention.end, sentence.end):
        if is_known_noun(token, types) or (token.pos_ == "VERB" and lemma(token) not in types.stative):
            return token if first is None or token.pos_ != "VERB" else first
        if token.is_punct and first is not None:
            return first
        if first is None and token.pos_ == "PROPN" and mention.kind == "complement":
            first = (
                token.head
                if token.dep_ in ("compound", "flat", "amod") and token.head.pos_ == "PROPN"
                else token
            )
    return first


def _trigger(sentence: Sentence, mention: DateMention, token: "Token", types: Types) -> Trigger:
    dated = frozenset(t.i for t in sentence.tokens for d in sentence.dates if d.start <= t.idx < d.end)
    kind, known = type_of(token, types, dated)
    noun = noun_of(sentence, token, types)
    start, end = span_of(sentence, mention, noun or token, dated, types)
    if noun is not None and token.dep_ == "acl" and not known:
        kind, known = type_of(noun, types, dated)
    low, high = clause_of(sentence, token)
    return Trigger(token, kind, known, start, end, min(low, start), max(high, end))
