"""The word that names what happened on a date, its type, and the clause around it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.config import EventType
from pipeline.dates import DateMention, names_the_document
from pipeline.quantities.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

OTHER = "happening"
"""The type of a dated clause whose verb is in no list."""
CLIMB = 4
"""Heads to climb from a date to the word that it dates."""
VERBS = ("VERB", "AUX")


class Types(NamedTuple):
    """A language's trigger words by lemma."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    phrases: tuple[tuple[frozenset[str], str], ...]
    light: frozenset[str]
    stative: frozenset[str]
    reporting: frozenset[str]
    reporting_alone: frozenset[str]
    planned: frozenset[str]
    future: frozenset[str]
    calendar: frozenset[str]
    every: frozenset[str]
    born: frozenset[str]
    not_leads: frozenset[str]
    range_leads: frozenset[str]
    part_of_year: frozenset[str]
    relative: frozenset[str]
    temporal: frozenset[str]
    subordinate: frozenset[str]


class Trigger(NamedTuple):
    """What happened: the word, its type (known or `OTHER`), its own span and the clause it stands in."""

    token: "Token"
    type: str
    known: bool
    start: int
    end: int
    clause_start: int
    clause_end: int


def types_of(lang: str, more: Mapping[str, EventType] | None = None) -> Types:
    """The shipped types of a language, with those of the configuration."""
    types = _shipped(lang)
    if not more:
        return types
    verbs = types.verbs | {lemma: kind for kind, of in more.items() for lemma in of.verbs.split()}
    nouns = types.nouns | {lemma: kind for kind, of in more.items() for lemma in of.nouns.split()}
    return types._replace(verbs=verbs, nouns=nouns)


@cache
def _shipped(lang: str) -> Types:
    data = languages.load(lang, "events")
    by_lemma: dict[str, dict[str, str]] = {"verbs": {}, "nouns": {}}
    phrases = []
    for kind, of in data["types"].items():
        for part, table in by_lemma.items():
            for lemma in of.get(part, "").lower().split():
                table.setdefault(lemma, kind)
        phrases += [(frozenset(phrase.split()), kind) for phrase in of.get("phrases", ())]
    words = {name: frozenset(lemmas.split()) for name, lemmas in data["words"].items()}
    return Types(
        verbs=by_lemma["verbs"],
        nouns=by_lemma["nouns"],
        phrases=tuple(sorted(phrases, key=lambda p: (-len(p[0]), p[1], sorted(p[0])))),
        **{name: words[name] for name in Types._fields[3:]},
    )


def lemma(token: "Token") -> str:
    return token.lemma_.lower().replace("ё", "е")


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
    governor = _head(sentence, mention, types)
    if governor is not None and governor in stretch and not _noun_after(governor, mention):
        if (noun := _noun_right_before(stretch, governor, mention, types)) is not None:
            return noun
        if not named or governor.pos_ in VERBS or is_known_noun(governor, types):
            return governor
    return _closest(named, mention) or (
        governor if governor is not None and governor.i not in taken else None
    )


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


def is_known_noun(token: "Token", types: Types) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and lemma(token) in types.nouns


def type_of(token: "Token", types: Types, dated: frozenset[int] = frozenset()) -> tuple[str, bool]:
    """The type of a trigger: by phrase ("took effect"), by the noun of a light verb, by itself.

    `dated` are the tokens of dates: March is no march.
    """
    arguments = [t for t in _arguments(token) if t.i not in dated]
    near = {lemma(token), *map(lemma, arguments)}
    word = lemma(token)
    for phrase, kind in types.phrases:
        if phrase <= near and word in phrase:
            return kind, True
    if token.pos_ in ("NOUN", "PROPN") and word in types.nouns:
        return types.nouns[word], True
    if word in types.light or (word not in types.verbs and word not in types.reporting):
        for argument in sorted(
            arguments, key=lambda t: ARGUMENTS.index(t.dep_) if t.dep_ in ARGUMENTS else 9
        ):
            if argument.dep_ in ARGUMENTS and is_known_noun(argument, types):
                return types.nouns[lemma(argument)], True
        noun = _antecedent(token, types)
        if token.dep_ in ("acl", "amod", "acl:relcl") and is_known_noun(noun, types):
            return types.nouns[lemma(noun)], True
    if word in types.verbs:
        return types.verbs[word], True
    return OTHER, False


def _antecedent(token: "Token", types: Types) -> "Token":
    """What a relative clause is about; «манёвр в отрасли, который» is about the manoeuvre."""
    head = token.head
    return (
        head.head
        if not is_known_noun(head, types) and head.dep_ == "nmod" and is_known_noun(head.head, types)
        else head
    )


ARGUMENTS = ("obj", "nsubj:pass", "obl", "nsubj")
"""The arguments of a light verb that may name the happening, the likeliest first."""


def _arguments(token: "Token") -> list["Token"]:
    """The words that a verb takes, with what hangs on their prepositions: "come into force", "suspend its part"."""
    kept = (
        "obj",
        "nsubj",
        "nsubj:pass",
        "obl",
        "xcomp",
        "compound:prt",
        "case",
        "nmod",
        "iobj",
        "advmod",
        "prt",
    )
    first = [t for t in token.children if t.dep_ in kept]
    second = [t for c in first for t in c.children if t.dep_ in ("case", "det", "nmod:poss", "obj")]
    return [*first, *second]


def _trigger(sentence: Sentence, mention: DateMention, token: "Token", types: Types) -> Trigger:
    dated = frozenset(t.i for t in sentence.tokens for d in sentence.dates if d.start <= t.idx < d.end)
    kind, known = type_of(token, types, dated)
    noun = _noun_of(sentence, token, types)
    start, end = _span(sentence, mention, noun or token, dated, types)
    if noun is not None and token.dep_ == "acl" and not known:
        kind, known = type_of(noun, types, dated)
    low, high = _clause(sentence, token)
    return Trigger(token, kind, known, start, end, min(low, start), max(high, end))


def _noun_of(sentence: Sentence, token: "Token", types: Types) -> "Token | None":
    """ "a treaty, signed in Managua", «указ, который подписан»: the noun is what happened."""
    if token.dep_ not in ("acl", "acl:relcl") or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    between = sentence.between(token.head.idx, token.idx)
    relative = token.dep_ == "acl" or any(
        t.lower_ in ("that", "which") or lemma(t) == "который" for t in between
    )
    return token.head if relative and 0 < token.i - token.head.i <= 15 else None


def _clause(sentence: Sentence, token: "Token") -> tuple[int, int]:
    """The whole subtree of the trigger within its sentence."""
    inside = [t for t in token.subtree if sentence.start <= t.idx < sentence.end]
    return min(t.idx for t in inside), max(t.idx + len(t.text) for t in inside)


def _span(
    sentence: Sentence, mention: DateMention, token: "Token", dated: frozenset[int], types: Types
) -> tuple[int, int]:
    """The trigger with its subject and object, on its own side of the date and without subordinate clauses."""
    tokens = [sentence.reading.doc[i] for i in sorted({t.i for t in _core(token)} | {token.i})]
    tokens = [t for t in tokens if t.i == token.i or not (t.is_space or t.i in dated)]
    low, high = _sides(sentence, mention, token)
    run = _around(
        [t for t in tokens if t.i == token.i or (low <= t.idx and t.idx + len(t.text) <= high)], token
    )
    noun = token.pos_ in ("NOUN", "PROPN")
    while len(run) > 1 and run[0] != token and _loose(run[0], noun, types):
        run = run[1:]
    while len(run) > 1 and run[-1] != token and (run[-1].is_punct or run[-1].pos_ in LOOSE_END):
        run = run[:-1]
    start, end = run[0].idx, run[-1].idx + len(run[-1].text)
    if sentence.text[end : end + 1] == ")" and "(" in sentence.text[start:end]:
        end += 1
    return start, end


STRONG = (";", ":", "—", "–")
"""Marks that no span of a trigger crosses."""
LOOSE_END = ("ADP", "CCONJ", "SCONJ", "DET")


def _loose(token: "Token", noun: bool, types: Types) -> bool:
    """A word that only ties the trigger to what stands before it: "when", "and", the preposition of a noun."""
    relative = (
        token.lower_ in ("when", "which", "that", "who", "where", "когда", "как") or lemma(token) == "который"
    )
    return token.is_punct or relative or token.pos_ in ("CCONJ", "SCONJ") or (noun and token.pos_ == "ADP")


def _sides(sentence: Sentence, mention: DateMention, token: "Token") -> tuple[int, int]:
    """Where the span may reach: to the dates on either side of the trigger."""
    lows = [d.end for d in sentence.dates if d.end <= token.idx]
    highs = [d.start for d in sentence.dates if d.start > token.idx]
    return max(lows, default=sentence.start), min(highs, default=sentence.end)


def _around(side: list["Token"], token: "Token") -> list["Token"]:
    """The unbroken run of tokens around the trigger."""
    place = next(n for n, t in enumerate(side) if t.i == token.i)
    low = high = place
    while low > 0 and side[low].i - side[low - 1].i <= 1 and side[low - 1].text not in STRONG:
        low -= 1
    while high + 1 < len(side) and side[high + 1].i - side[high].i <= 1 and side[high + 1].text not in STRONG:
        high += 1
    return side[low : high + 1]


def _core(token: "Token") -> Iterator["Token"]:
    """The trigger and the phrases that complete it, without clauses of their own."""
    yield token
    dropped = ("advcl", "conj", "cc", "parataxis", "acl:relcl", "mark", "ccomp", "appos")
    for child in token.children:
        if child.dep_ not in dropped:
            yield from (t for t in child.subtree if not _subordinate(t, child))


def _subordinate(token: "Token", top: "Token") -> bool:
    """The token stands in a relative clause inside the phrase."""
    while token != top:
        if token.dep_ in ("acl:relcl", "advcl", "parataxis"):
            return True
        token = token.head
    return False
