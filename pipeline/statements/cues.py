"""Cues: the words that say somebody speaks, and who their subject is.

A verb of speech is known by its lemma and class; its subject by the tree, and where the tree fails by standing beside it.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import languages, lately, morphology, offices
from pipeline.offices import plain
from pipeline.statements.people import People
from pipeline.statements.person import Person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BESIDE = 9
"""How many tokens from a verb its subject may stand when the tree does not name one."""


class Speaker(NamedTuple):
    """Who speaks: the tokens that say so, and the person they mean (None for "the ministry", "a source")."""

    first: int
    last: int
    person: Person | None


class Cue(NamedTuple):
    """The word of speech at a token, with its speaker."""

    token: int
    speaker: Speaker


@cache
def words(lang: str) -> dict[str, Any]:
    return languages.load(lang, "speech")


@cache
def verb_classes(lang: str) -> dict[str, frozenset[str]]:
    """Every verb with its classes: "call" is naming and manner, «обещать» is neutral and promise."""
    classes: dict[str, set[str]] = {}
    for name, lemmas in words(lang)["verbs"].items():
        for lemma in lemmas:
            classes.setdefault(plain(lemma), set()).add(name)
    return {lemma: frozenset(names) for lemma, names in classes.items()}


def classes(token: "Token", lang: str) -> frozenset[str]:
    """The classes of a verb of speech; empty for every other word.

    «Уверен», «убеждена» are short adjectives used as verbs; a participle before a noun is none.
    """
    if token.pos_ not in ("VERB", "AUX", "ADJ") and not (
        lang == "ru" and token.pos_ in ("NOUN", "PROPN") and _only_verb(token.text)
    ):
        return frozenset()
    found = (
        verb_classes(lang).get(plain(token.lemma_))
        or verb_classes(lang).get(plain(token.text))
        or (_misread(token) if lang == "ru" and token.pos_ in ("NOUN", "PROPN") else frozenset())
    )
    if token.pos_ == "ADJ":
        return found & {"adjectives", "hedged"} if "adjectives" in found else frozenset()
    return frozenset() if token.dep_ in ("amod",) else found


@lru_cache(maxsize=lately.WORDS)
def _only_verb(word: str) -> bool:
    """A word that the dictionary knows as a past verb and nothing else, whatever the tagger says: «говаривал»."""
    known = [p for p in morphology.parses(word) if p.is_known]
    return bool(known) and all(p.tag.POS == "VERB" for p in known)


def _misread(token: "Token") -> frozenset[str]:
    return verb_classes("ru").get(plain(morphology.parses(token.text)[0].normal_form), frozenset())


def subject(verb: "Token") -> "Token | None":
    """The grammatical subject of a verb: its own, or that of the verb it continues ("..., adding that", «и добавил»)."""
    seen = 0
    while seen < 6:
        own = next(
            (
                c
                for c in verb.children
                if c.dep_ in ("nsubj", "csubj")
                or (c.dep_ == "nsubj:pass" and plain(verb.lemma_) in ("quote", "report"))
            ),
            None,
        )
        if own is not None:
            return own
        if verb.dep_ in ("acl", "acl:relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if (
            verb.dep_ not in ("conj", "xcomp", "advcl", "parataxis", "ccomp")
            or verb.head.i == verb.i
            or verb.head.pos_ not in ("VERB", "AUX", "ADJ")
        ):
            return None
        if verb.dep_ in ("parataxis", "ccomp") and not _shares_subject(verb):
            return None
        verb, seen = verb.head, seen + 1
    return None


def _shares_subject(verb: "Token") -> bool:
    """A parenthesis or clause without a subject of its own shares that of the main verb as a participle, or as a
    further finite verb that agrees with it: «отрицает, что ..., но признаёт, что»."""
    number = verb.morph.get("Number", [])
    if (
        verb.i > verb.head.i
        and number
        and number == verb.head.morph.get("Number", [])
        and verb.morph.get("Person", []) == verb.head.morph.get("Person", [])
    ):
        return True
    return "VerbForm=Part" in str(verb.morph) or "VerbForm=Conv" in str(verb.morph) or verb.tag_ == "VBG"


def speaker_of(
    verb: "Token", people: People, favoured: Person | None = None, *, within: tuple[int, int] | None = None
) -> Speaker | None:
    """The speaker of a verb: its subject in the tree, else the nearest possible one beside it.

    `within` limits the search to a stretch of tokens, such as the words outside a quotation.
    """
    found = _addressing(subject(verb), people.lang)
    if found is not None and found.lower_ in ("what", "что"):
        return None  # "what worries Orlov is the map"
    if found is not None and _told_about(verb, found, people.lang):
        found = None
    if found is not None and people.resolve(found, favoured) is None:
        rivals = [
            c for c in verb.children if c.dep_ == "nsubj" and c.i != found.i and people.at(c.i) is not None
        ]
        found = rivals[0] if rivals else found
    if found is not None and any(t.text == ":" for t in verb.doc[found.i : verb.i]):
        found = None  # the label of an interview is no subject: "The Review: Orlov has written that"
    if found is not None and (within is None or within[0] <= found.i < within[1]):
        return _speaker(found, people, favoured)
    if found is not None and verb.dep_ in ("conj", "advcl", "xcomp"):
        return _speaker(found, people, favoured)
    return beside(verb, people, favoured, within or (verb.sent.start, verb.sent.end))


def _addressing(subject: "Token | None", lang: str) -> "Token | None":
    """In "Madam Speaker, the minister told us" the tree takes the one addressed for the subject: the subject stands
    behind the comma."""
    if subject is None:
        return None
    doc, start = subject.doc, subject.sent.start
    if doc[start].lower_ not in words(lang)["pronouns"]["vocatives"]:
        return subject
    comma = next((i for i in range(start, min(start + 5, len(doc))) if doc[i].text == ","), None)
    if comma is None or subject.i > comma:
        return subject
    return next(
        (
            t
            for t in doc[comma + 1 : comma + 6]
            if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ in ("appos", "conj", "nsubj", "nmod")
        ),
        None,
    )


def _told_about(verb: "Token", subject: "Token", lang: str) -> bool:
    """A subject behind the verb's own "that" belongs to what is said: «а под конец добавила, что зима показалась»."""
    conjunctions = words(lang)["pronouns"]["complementizers"]
    return any(t.lower_ in conjunctions for t in verb.doc[verb.i + 1 : subject.i])


def _speaker(token: "Token", people: People, favoured: Person | None) -> Speaker:
    person = people.resolve(token, favoured)
    inside = [people.at(c.i) for c in (token, *token.subtree)]
    mention = next((m for m in inside if m is not None and m.person is person), None)
    if mention is not None and mention.person is person and token.pos_ != "PRON":
        return Speaker(mention.first, mention.last, person)
    if token.pos_ == "PRON":
        return Speaker(token.i, token.i + 1, person)
    subtree = [t.i for t in token.subtree if abs(t.i - token.i) < 12]
    return Speaker(min(subtree), max(subtree) + 1, person)


def beside(verb: "Token", people: People, favoured: Person | None, within: tuple[int, int]) -> Speaker | None:
    """The nearest name, pronoun or office after the verb, else before it, with no other verb between."""
    doc = verb.doc
    for step in (1, -1):
        at = verb.i + step
        while within[0] <= at < within[1] and abs(at - verb.i) <= BESIDE:
            token = doc[at]
            if token.pos_ == "VERB" and people.at(at) is None:
                break
            if _may_speak(token, people) and token.head.dep_ != "iobj" and not _is_object(token):
                return _speaker(token, people, favoured)
            at += step
    return None


def _may_speak(token: "Token", people: People) -> bool:
    """A name, a pronoun, or an office in the nominative."""
    if people.at(token.i) is not None or _is_pronoun(token, people.lang):
        return True
    return offices.noun(token, people.lang) is not None and token.morph.get("Case", []) in ([], ["Nom"])


def _is_object(token: "Token") -> bool:
    case = token.morph.get("Case", [])
    return token.dep_ in ("obj", "iobj", "obl") and case not in ([], ["Nom"])


def _is_pronoun(token: "Token", lang: str) -> bool:
    pronouns = words(lang)["pronouns"]
    return token.lower_ in pronouns["male"] or token.lower_ in pronouns["female"]


def is_possessive(token: "Token", lang: str) -> bool:
    """ "his", "her", «его», «ее»: whose words they are."""
    pronouns = words(lang)["pronouns"]
    return plain(token.text) in pronouns["male_owner"] or plain(token.text) in pronouns["female_owner"]


@cache
def _openers(lang: str) -> frozenset[str]:
    """The words with which an adverbial that names a source begins."""
    prepositions = words(lang)["prepositions"]
    return frozenset(phrase.split()[0] for phrase in prepositions["according"]) | frozenset(
        prepositions["in_words"]
    )


def opens_source(token: "Token", lang: str) -> bool:
    """Whether an adverbial that names a source may begin at a token."""
    return token.lower_ in _openers(lang)


def according(doc: "Doc", first: int, last: int, lang: str) -> tuple[int, int] | None:
    """An adverbial in [first, last) that names its source: its first token, and the one where the source begins.

    "According to | Orlov", "in the words of | Orlov", «по словам | Орлова», «по его словам».
    """
    phrases, openers = words(lang)["prepositions"]["according"], _openers(lang)
    for i in range(first, last):
        if doc[i].lower_ not in openers:
            continue
        forms = [plain(t.lemma_ if lang == "ru" else t.text) for t in doc[i : min(i + 5, last)]]
        for length in range(len(forms), 0, -1):
            if " ".join(forms[:length]) in phrases and i + length < last:
                return i, i + length
        if possessed := _in_the_words_of(doc, i, last, lang):
            return possessed
    return None


def _in_the_words_of(doc: "Doc", i: int, last: int, lang: str) -> tuple[int, int] | None:
    """ "in Orlov's view", «по его словам»: the owner stands inside; the phrase as its first token and the owner's."""
    if doc[i].lower_ not in words(lang)["prepositions"]["in_words"]:
        return None
    nouns = words(lang)["prepositions"]["words"]
    for j in range(i + 1, min(i + 8, last)):
        if plain(doc[j].lemma_) in nouns or plain(doc[j].text) in nouns:
            owned = j > i + 1 or (lang == "ru" and j + 1 < last)
            return (i, i + 1) if owned else None
        if doc[j].is_punct and doc[j].text not in ("’s", "'s", ".", "-", "’", "ʼs"):
            return None
    return None
