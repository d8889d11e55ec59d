"""The types of events and the words that tell them, by language; configuration may add more."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.config import EventType

if TYPE_CHECKING:
    from spacy.tokens import Token

OTHER = "happening"
"""The type of a dated clause whose verb is in no list."""


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
    possible: frozenset[str]
    calendar: frozenset[str]
    every: frozenset[str]
    born: frozenset[str]
    not_leads: frozenset[str]
    range_leads: frozenset[str]
    part_of_year: frozenset[str]
    relative: frozenset[str]
    temporal: frozenset[str]
    durative: frozenset[str]
    subordinate: frozenset[str]


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
