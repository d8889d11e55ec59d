"""The office before a name and behind it: in front, in apposition, in a relative clause."""

from typing import TYPE_CHECKING, Any

from pipeline import morphology
from pipeline.offices.nouns import HYPHENS, POSSESSIVES, TERM, data, noun, plain
from pipeline.offices.office import LED, Office, holds_phrase, office_of
from pipeline.offices.places import countries_of
from pipeline.offices.roles import plain_text

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X"))
APPOSITIONS = 3
"""How many stretches between commas after a name are tried: "Orlov, 54, PhD, professor of law"."""

PARTICLES = ("de", "del", "do", "da", "dos", "la")
"""Inside the name of a place: "the governor of Rio Grande do Sul"."""

TERM_WORDS = 6
"""How far behind a name or "who" the verb may stand that tells the office: «с 2012 по 2018 год была министром»."""

REACH = 14
"""How far from a name its office may begin, in tokens; the longest in the project's corpora has eleven."""


def before(doc: "Doc", name: int, lang: str) -> Office | None:
    """The office in front of a name: "Uzbek foreign minister | Botir", «министр обороны Чили | Хуан»."""
    first = _left_edge(doc, name, lang)
    heads = [i for i in range(first, name) if noun(doc[i], lang)]
    if not heads or (lang == "ru" and _another_one(doc, heads, name)):
        return None
    last = name - 1 if doc[name - 1].text == "," else name
    head = _russian_head(doc, heads, name) if lang == "ru" else _english_head(doc, heads, last)
    first = _phrase_start(doc, first, head, lang)
    if last < name and not _introduces(doc, first, head):
        return None
    return office_of(doc, first, last, head, lang)


def after(doc: "Doc", name_end: int, lang: str) -> Office | None:
    """The office behind a name: "Khvistani, | a former ambassador to Russia", «Тевдорадзе, | бывший посол»."""
    at = name_end
    for _ in range(APPOSITIONS):
        if at >= len(doc) or doc[at].text not in (",", "(", "—", "–"):
            return None
        first, last = at + 1, _right_edge(doc, at + 1)
        found = _relative(doc, first, lang) or _apposed(doc, first, last, lang)
        if found:
            return found
        if last - first > 4 or any(t.pos_ == "VERB" for t in doc[first:last]):
            return None
        at = last
        while at < len(doc) and doc[at].text in ("(", ")") and at < last + 6:
            at = _right_edge(doc, at + 1)
            at += at < len(doc) and doc[at].text == ")"
    return None


def _left_edge(doc: "Doc", name: int, lang: str) -> int:
    """The first token that may belong to an office before the name."""
    floor = max(doc[name].sent.start, name - REACH)
    at = name
    if at - 1 >= floor and doc[at - 1].text == ",":
        at -= 1
    while at - 1 >= floor and _belongs(doc[at - 1], lang):
        at -= 1
    return at


def _belongs(token: "Token", lang: str) -> bool:
    if token.pos_ in NOMINAL or token.text in POSSESSIVES or token.text in HYPHENS:
        return True
    if lang == "ru":
        participle = "VerbForm=Part" in str(token.morph)
        return token.pos_ in ("ADP", "DET") or participle or token.lower_ in ("и", "экс", "тогда")
    return token.lower_ in (
        "of",
        "for",
        "to",
        "and",
        "the",
        "a",
        "an",
        "on",
        "then",
        "in",
        "at",
        "&",
        "former",
        "ex",
        *PARTICLES,
    )


def _english_head(doc: "Doc", heads: list[int], last: int) -> int:
    """The noun before the first preposition: "secretary of state", but the last of "deputy prime minister"."""
    chosen = heads[-1]
    for head in heads:
        following = doc[head + 1] if head + 1 < last else None
        if following is not None and following.lower_ in ("of", "for", "to", "at", "on", "in"):
            return head
    return chosen


def _russian_head(doc: "Doc", heads: list[int], name: int) -> int:
    """The leftmost noun in the case of the name: «заместитель министра Асликян», «по словам министра Асликяна»; the leftmost of all
    where the name has no ending that tells a case («вздыхает заместитель директора Миклэуш»)."""
    case = doc[name].morph.get("Case", [])
    if case == ["Gen"] and _undeclined(doc, name):
        return heads[0]
    agreeing = [h for h in heads if doc[h].morph.get("Case", []) == case]
    return (agreeing or heads)[0]


def _undeclined(doc: "Doc", name: int) -> bool:
    """The last word of the name ends in a consonant, as no genitive does."""
    last = name
    while last + 1 < len(doc) and doc[last + 1].text[:1].isupper() and doc[last + 1].is_alpha:
        last += 1
    return doc[last].lower_[-1] in CONSONANTS


CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")


def _another_one(doc: "Doc", heads: list[int], name: int) -> bool:
    """«Сказал нашему послу Левон Арзуманянц»: a given name that can only be nominative is not the envoy's, who is told."""
    known = [p.tag for p in morphology.parses(doc[name].text) if p.is_known and "Name" in p.tag]
    nominative = bool(known) and all(tag.case == "nomn" and "Fixd" not in tag for tag in known)
    return nominative and all(doc[h].morph.get("Case", []) == ["Dat"] for h in heads)


def _phrase_start(doc: "Doc", first: int, head: int, lang: str) -> int:
    at = head
    while at > first:
        left = doc[at - 1]
        if lang == "ru":
            modifier = (
                left.pos_ in ("ADJ", "DET") or left.text in HYPHENS or "VerbForm=Part" in str(left.morph)
            )
            modifier = modifier or left.lower_ in ("экс", "тогда", "и.о", "врио")
        else:
            modifier = (
                left.pos_ in NOMINAL
                or left.text in POSSESSIVES
                or left.text in HYPHENS
                or left.lower_ in ("then", "former", "ex")
            )
        if not modifier:
            break
        at -= 1
    return at


def _introduces(doc: "Doc", first: int, head: int) -> bool:
    """An office set off by a comma introduces the name only as a full phrase: "Chile's president, X," "A former aide, X,"
    "my predecessor, X"."""
    determined = first > 0 and (doc[first - 1].pos_ == "DET" or doc[first - 1].dep_ == "nmod:poss")
    return determined or doc[first].is_sent_start or any(t.text in POSSESSIVES for t in doc[first:head])


def _right_edge(doc: "Doc", at: int) -> int:
    """Where an apposition ends: at punctuation or at a finite verb."""
    end = min(len(doc), at + REACH * 2)
    while at < end:
        token = doc[at]
        if token.is_punct and token.text not in HYPHENS and token.text not in ("«", "»", "“", "”", '"', "."):
            return at
        if token.lower_ in ("who", "which", "whose", "whom", "that", "но", "а"):
            return at
        if token.pos_ == "SPACE" or (
            token.text == "."
            and (at + 1 >= len(doc) or doc[at + 1].is_sent_start or doc[at + 1].pos_ == "SPACE")
        ):
            return at
        if (
            token.pos_ in ("VERB", "AUX")
            and "VerbForm=Part" not in str(token.morph)
            and "VerbForm=Inf" not in str(token.morph)
        ):
            return at
        if token.pos_ == "VERB" and token.tag_ == "VBN" and token.dep_ not in ("amod", "acl"):
            return at
        at += 1
    return at


def _apposed(doc: "Doc", first: int, last: int, lang: str) -> Office | None:
    words = data(lang)
    at = first
    while at < last and _skippable(doc[at], words):
        at += 1
    heads = [i for i in range(at, last) if noun(doc[i], lang)]
    if not heads:
        return None
    stop = next((i for i in range(at, last) if doc[i].pos_ == "ADP" or doc[i].text == ","), last)
    leading = [h for h in heads if h < stop]
    if lang == "ru":
        head = heads[0]
        between = [
            t
            for t in doc[at:head]
            if t.pos_ not in ("ADJ", "DET", "ADV", "PROPN")
            and t.text not in HYPHENS
            and not _is_participle(t)
        ]
        if between and not holds_phrase(doc, first, head, words["former_phrases"] + words["then_phrases"]):
            return None
    elif leading:
        head = leading[-1]
    else:
        return None
    return office_of(doc, first, last, head, lang)


def _is_participle(token: "Token") -> bool:
    return "VerbForm=Part" in str(token.morph)


def _skippable(token: "Token", words: dict[str, Any]) -> bool:
    return token.lower_ in words["skipped"] or plain(token.lemma_) in words["skipped"]


def predicated(doc: "Doc", name_end: int, lang: str) -> Office | None:
    """The office that a clause gives its subject: "Benítez | headed Paraguay's customs service from 2009 to 2015",
    «Сольберг с 2012 по 2018 год | была министром». Past tense tells a story; over is what has its years."""
    last = _right_edge(
        doc, next((t.i + 1 for t in doc[name_end : name_end + TERM_WORDS] if _is_verb(t)), name_end)
    )
    found = _by_verb(doc, name_end, name_end, lang) if last > name_end else None
    if found is None or found.first >= len(doc):
        return None
    termed = TERM.search(doc[name_end:last].text) is not None
    told = plain(doc[found.head].lemma_) in data(lang)["verbs"]
    return None if told and not termed else found._replace(former=termed)


def _is_verb(token: "Token") -> bool:
    return token.pos_ in ("VERB", "AUX")


def _relative(doc: "Doc", first: int, lang: str) -> Office | None:
    """An office told by a verb: "who heads the National Archives", "who was prime minister until 2016", «некогда
    руководившая агентством»."""
    if first + 1 >= len(doc):
        return None
    opener, words = doc[first], data(lang)
    if opener.lower_ == "who" or plain(opener.lemma_) == "который":
        return _by_verb(doc, first, first + 1, lang)
    verbs = {*words["verbs"], *words["serving"], *words["leaving"]}
    participle = next(
        (t for t in doc[first : first + 3] if t.pos_ != "ADV" and t.pos_ != "NUM" and t.lemma_ != "год"),
        opener,
    )
    if lang == "ru" and plain(participle.lemma_) in verbs and _is_participle(participle):
        return _by_verb(doc, first, participle.i, lang)
    return None


def _by_verb(doc: "Doc", first: int, at: int, lang: str) -> Office | None:
    words = data(lang)
    verb = next(
        (
            i
            for i in range(at, min(at + TERM_WORDS, len(doc)))
            if (_is_verb(doc[i]) or (i == at and _is_participle(doc[i])))
            and plain(doc[i].lemma_) not in ("have",)
        ),
        None,
    )
    if verb is None or any(t.is_punct for t in doc[at:verb]):
        return None
    last = _right_edge(doc, verb + 1)
    past = "Tense=Past" in str(doc[verb].morph) and not any(t.lower_ in ("has", "have") for t in doc[at:verb])
    then = holds_phrase(doc, first, last, words["then_phrases"]) or any(
        t.lower_ in words["then"] for t in doc[first:last]
    )
    lemma = plain(doc[verb].lemma_)
    if lemma in words["verbs"]:
        kept = [t for t in doc[verb + 1 : last] if t.pos_ != "SPACE"]
        if not kept:
            return None
        title = words["verbs"][lemma]
        past = past and title.startswith(LED)  # who taught or represented then may do so still
        role = f"{title} {plain_text(doc, verb + 1, last)}"
        return Office(
            first, last, verb, role, countries_of(doc, verb + 1, last, lang)[0], past and not then, None
        )
    if lemma in words["serving"] or lemma in words["leaving"]:
        at = verb + 1
        while at < last and plain(doc[at].lemma_) in words["posts"]:
            at += 1
        found = _apposed(doc, at, last, lang)
        over = lemma in words["leaving"] or (past and not then)
        return found._replace(first=first, former=found.former or over) if found else None
    return None
