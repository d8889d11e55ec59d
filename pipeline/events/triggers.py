"""The word that names what happened on a date, its type, and the clause around it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
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
    planned: frozenset[str]
    future: frozenset[str]
    calendar: frozenset[str]
    every: frozenset[str]
    born: frozenset[str]
    not_leads: frozenset[str]
    relative: frozenset[str]


class Trigger(NamedTuple):
    """What happened: the word, its type (known or `OTHER`), its own span and the clause it stands in."""

    token: "Token"
    type: str
    known: bool
    start: int
    end: int
    clause_start: int
    clause_end: int


def types_of(lang: str, more: Mapping[str, Mapping[str, str]] | None = None) -> Types:
    """The shipped types of a language, with those of the configuration."""
    types = _shipped(lang)
    if not more:
        return types
    verbs = types.verbs | {lemma: kind for kind, of in more.items() for lemma in of.get("verbs", "").split()}
    nouns = types.nouns | {lemma: kind for kind, of in more.items() for lemma in of.get("nouns", "").split()}
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


def find(sentence: Sentence, mention: DateMention, types: Types) -> Trigger | None:
    """The trigger that a date belongs to: what governs it in the parse, else the nearest word that names a happening."""
    token = _governor(sentence, mention, types)
    return None if token is None else _trigger(sentence, mention, token, types)


def _governor(sentence: Sentence, mention: DateMention, types: Types) -> "Token | None":
    inside = [t for t in sentence.tokens if mention.start <= t.idx < mention.end]
    if mention.kind == "complement" or _relative_clause_follows(sentence, mention, types):
        if mention.kind == "complement" and not _document_follows(sentence, mention):
            return _next_happening(sentence, mention, types)
        if mention.kind != "complement":
            return _next_happening(sentence, mention, types)
    outer = next((t for t in inside if t.head not in inside and t.dep_ != "punct"), None)
    if outer is None:
        return _nearest(sentence, mention, types)
    token = outer.head if outer.head != outer else outer
    for _ in range(CLIMB):
        if token.pos_ in VERBS or is_known_noun(token, types):
            break
        if token.head == token:
            break
        token = token.head
    if token in inside or not (sentence.start <= token.idx < sentence.end):
        return _nearest(sentence, mention, types)
    if _far_noun(sentence, mention, token, types) or token.pos_ not in (*VERBS, "NOUN", "PROPN", "ADJ"):
        return _nearest(sentence, mention, types) or token
    return token


def _far_noun(sentence: Sentence, mention: DateMention, token: "Token", types: Types) -> bool:
    """A noun that follows the date governs it rarely: "the riots of 9 January, the treaties of 7 September"."""
    return token.pos_ in ("NOUN", "PROPN") and token.idx >= mention.end


def _relative_clause_follows(sentence: Sentence, mention: DateMention, types: Types) -> bool:
    """ "guarded as closely as September 13, 1847, when cadets died", "the very day on which"."""
    after = [
        t for t in sentence.between(mention.end, mention.end + 12) if not t.is_punct and t.pos_ != "ADP"
    ][:1]
    return (
        bool(after)
        and after[0].lower_ in types.relative
        and after[0].lower_ in ("when", "которым", "когда", "which")
    )


def _document_follows(sentence: Sentence, mention: DateMention) -> bool:
    """ "a week before this memo was dated" says when the main clause happened."""
    return names_the_document(sentence.text[mention.end : mention.end + 90], sentence.lang)


def _next_happening(sentence: Sentence, mention: DateMention, types: Types) -> "Token | None":
    """The first verb or event noun after the date."""
    for token in sentence.between(mention.end, sentence.end):
        if is_known_noun(token, types) or (token.pos_ == "VERB" and lemma(token) not in types.stative):
            return token
    return None


def _nearest(sentence: Sentence, mention: DateMention, types: Types) -> "Token | None":
    """The word of happening closest to the date, those before it first."""
    found = [t for t in sentence.tokens if is_known_noun(t, types) or t.pos_ == "VERB"]
    found = [t for t in found if not mention.start <= t.idx < mention.end]
    return min(found, key=lambda t: (_distance(t, mention), t.idx), default=None)


def _distance(token: "Token", mention: DateMention) -> int:
    return mention.start - token.idx if token.idx < mention.start else 2 * (token.idx - mention.end)


def is_known_noun(token: "Token", types: Types) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and lemma(token) in types.nouns


def type_of(token: "Token", types: Types) -> tuple[str, bool]:
    """The type of a trigger: by phrase ("took effect"), by the noun of a light verb, by itself."""
    near = {lemma(token), *(lemma(t) for t in _arguments(token))}
    for phrase, kind in types.phrases:
        if phrase <= near | {"its"} and lemma(token) in phrase:
            return kind, True
    word = lemma(token)
    if token.pos_ in ("NOUN", "PROPN") and word in types.nouns:
        return types.nouns[word], True
    if word in types.light or word not in types.verbs:
        for argument in _arguments(token):
            if is_known_noun(argument, types) and argument.dep_ in (
                "obj",
                "nsubj",
                "nsubj:pass",
                "obl",
                "acl",
                "nmod",
            ):
                return types.nouns[lemma(argument)], True
        if token.dep_ in ("acl", "amod") and is_known_noun(token.head, types):
            return types.nouns[lemma(token.head)], True
    if word in types.verbs:
        return types.verbs[word], True
    return OTHER, False


def _arguments(token: "Token") -> list["Token"]:
    """The words that a verb takes, with what hangs on their prepositions: "come into force"."""
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
    kind, known = type_of(token, types)
    start, end = _span(sentence, mention, token)
    low, high = _clause(sentence, token)
    return Trigger(token, kind, known, start, end, min(low, start), max(high, end))


def _clause(sentence: Sentence, token: "Token") -> tuple[int, int]:
    """The whole subtree of the trigger within its sentence."""
    inside = [t for t in token.subtree if sentence.start <= t.idx < sentence.end]
    return min(t.idx for t in inside), max(t.idx + len(t.text) for t in inside)


def _span(sentence: Sentence, mention: DateMention, token: "Token") -> tuple[int, int]:
    """The trigger with its subject and object, on its own side of the date and without subordinate clauses."""
    kept = sorted({t.i for t in _core(token)})
    tokens = [sentence.reading.doc[i] for i in kept]
    low, high = sentence.start, sentence.end
    if token.idx < mention.start:
        high = _trimmed(sentence, mention.start)
    else:
        low = mention.end
    side = [t for t in tokens if low <= t.idx and t.idx + len(t.text) <= high and not t.is_space]
    run = _around(side, token)
    while len(run) > 1 and (run[0].is_punct or run[0].dep_ in ("cc", "mark")) and run[0] != token:
        run = run[1:]
    while (
        len(run) > 1
        and (run[-1].is_punct or run[-1].pos_ in ("ADP", "CCONJ", "SCONJ", "DET"))
        and run[-1] != token
    ):
        run = run[:-1]
    return run[0].idx, run[-1].idx + len(run[-1].text)


def _trimmed(sentence: Sentence, at: int) -> int:
    """The offset before a date's preposition."""
    before = [t for t in sentence.before(at)]
    while before and (before[-1].pos_ == "ADP" or before[-1].is_punct):
        at = before[-1].idx
        before.pop()
    return at


def _around(side: list["Token"], token: "Token") -> list["Token"]:
    """The unbroken run of tokens around the trigger."""
    place = next((n for n, t in enumerate(side) if t.i == token.i), None)
    if place is None:
        return [token]
    low = high = place
    while low > 0 and side[low].i - side[low - 1].i <= 1:
        low -= 1
    while high + 1 < len(side) and side[high + 1].i - side[high].i <= 1:
        high += 1
    return side[low : high + 1]


def _core(token: "Token") -> Iterator["Token"]:
    """The trigger and the phrases that complete it."""
    yield token
    dropped = ("advcl", "conj", "cc", "parataxis", "acl:relcl", "mark", "punct", "ccomp", "appos")
    for child in token.children:
        if child.dep_ not in dropped:
            yield from (t for t in child.subtree if not _subordinate(t, child))


def _subordinate(token: "Token", top: "Token") -> bool:
    """The token stands in a relative clause inside the phrase."""
    while token != top:
        if token.dep_ in ("acl:relcl", "advcl", "parataxis"):
            return True
        token = token.head
    return token.dep_ == "acl:relcl"
