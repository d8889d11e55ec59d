"""Offices that introduce people: "Armenian economy minister", «бывший посол Чили в Перу», "who heads the archive".

An office has a role in English normal form, the country that it serves, and whether the text calls it former.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import countries, languages

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X"))
POSSESSIVES = frozenset(("'s", "’s", "ʼs", "'", "’"))
HYPHENS = frozenset("-‑–")
COUNTRY_WORDS = 4
"""Longest name of a country that is looked for inside an office, in words ("Bosnia and Herzegovina" has three)."""
APPOSITIONS = 3
"""How many stretches between commas after a name are tried: "Orlov, 54, PhD, professor of law"."""
REACH = 14
"""How far from a name its office may begin, in tokens; the longest in the project's corpora has eleven."""


LED = ("head", "leader", "chair", "director", "president", "commander", "manager")
"""Offices told by a verb that are over when the verb is past: "who headed the bank"."""


class Office(NamedTuple):
    """An office over the tokens [first, last): `head` is the token of its noun."""

    first: int
    last: int
    head: int
    role: str
    country: str | None
    former: bool
    gender: str | None
    abroad: str | None = None


@cache
def data(lang: str) -> dict[str, Any]:
    found = dict(languages.load(lang, "offices"))
    found["heads"] = found["heads"] if isinstance(found["heads"], dict) else dict.fromkeys(found["heads"], "")
    return found


def noun(token: "Token", lang: str) -> str | None:
    """The office noun a token is, in its dictionary form: "ministers" -> "minister", «экс-премьера» -> «премьер»."""
    heads = data(lang)["heads"]
    lemma = plain(token.lemma_)
    for form in (lemma, plain(token.text), lemma.rpartition("-")[2]):
        if form in heads and (token.pos_ in ("NOUN", "PROPN", "X", "ADJ") or lang == "ru"):
            return form
    return None


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def before(doc: "Doc", name: int, lang: str) -> Office | None:
    """The office in front of a name: "Uzbek foreign minister | Botir", «министр обороны Чили | Хуан»."""
    first = _left_edge(doc, name, lang)
    heads = [i for i in range(first, name) if noun(doc[i], lang)]
    if not heads:
        return None
    last = name - 1 if doc[name - 1].text == "," else name
    head = _russian_head(doc, heads, name) if lang == "ru" else _english_head(doc, heads, last)
    first = _phrase_start(doc, first, head, lang)
    if last < name and not _introduces(doc, first, head):
        return None
    return _office(doc, first, last, head, lang)


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
    """The leftmost noun in the case of the name: «заместитель министра Асликян», «по словам министра Асликяна»."""
    case = doc[name].morph.get("Case", [])
    agreeing = [h for h in heads if doc[h].morph.get("Case", []) == case]
    return (agreeing or heads)[0]


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
    """An office set off by a comma introduces the name only as a full phrase: "Chile's president, X," "A former aide, X,"."""
    determined = first > 0 and doc[first - 1].pos_ == "DET"
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
        if between and not _phrases(doc, first, head, words["former_phrases"] + words["then_phrases"]):
            return None
    elif leading:
        head = leading[-1]
    else:
        return None
    return _office(doc, first, last, head, lang)


def _is_participle(token: "Token") -> bool:
    return "VerbForm=Part" in str(token.morph)


def _skippable(token: "Token", words: dict[str, Any]) -> bool:
    return token.lower_ in words["skipped"] or plain(token.lemma_) in words["skipped"]


def _phrases(doc: "Doc", first: int, last: int, phrases: list[str]) -> bool:
    text = doc[first:last].text.lower() if first < last else ""
    return any(phrase in text for phrase in phrases)


def _relative(doc: "Doc", first: int, lang: str) -> Office | None:
    """An office told by a verb: "who heads the National Archives", "who was prime minister until 2016"."""
    if first + 1 >= len(doc):
        return None
    opener, words = doc[first], data(lang)
    if lang == "en" and opener.lower_ == "who":
        return _by_verb(doc, first, first + 1, lang)
    if lang == "ru" and (plain(opener.lemma_) == "который" or plain(opener.lemma_) in words["verbs"]):
        return _by_verb(doc, first, first if plain(opener.lemma_) != "который" else first + 1, lang)
    return None


def _by_verb(doc: "Doc", first: int, at: int, lang: str) -> Office | None:
    words = data(lang)
    verb = next(
        (
            i
            for i in range(at, min(at + 4, len(doc)))
            if doc[i].pos_ in ("VERB", "AUX") and plain(doc[i].lemma_) not in ("have",)
        ),
        None,
    )
    if verb is None:
        return None
    last = _right_edge(doc, verb + 1)
    past = "Tense=Past" in str(doc[verb].morph)
    then = _phrases(doc, first, last, words["then_phrases"]) or any(
        t.lower_ in words["then"] for t in doc[first:last]
    )
    if plain(doc[verb].lemma_) in words["verbs"]:
        kept = [t for t in doc[verb + 1 : last] if t.pos_ != "SPACE"]
        if not kept:
            return None
        title = words["verbs"][plain(doc[verb].lemma_)]
        past = past and title.startswith(LED)  # who taught or represented then may do so still
        role = f"{title} {_text(doc, verb + 1, last)}"
        return Office(
            first, last, verb, role, _country(doc, verb + 1, last, lang)[0], past and not then, None
        )
    if plain(doc[verb].lemma_) in ("be", "serve", "work", "быть", "работать", "служить", "являться"):
        found = _apposed(doc, verb + 1, last, lang)
        return found._replace(first=first, former=found.former or (past and not then)) if found else None
    return None


def _office(doc: "Doc", first: int, last: int, head: int, lang: str) -> Office | None:
    words = data(lang)
    country, abroad = _country(doc, first, last, lang)
    then = any(t.lower_ in words["then"] or plain(t.lemma_) in words["then"] for t in doc[first:head]) or (
        _phrases(doc, first, last, words["then_phrases"])
        or (first > 0 and doc[first - 1].lower_ in words["then"])
    )
    role = english_role(doc, first, last, head) if lang == "en" else russian_role(doc, first, last, head)
    if not role:
        return None
    return Office(
        first,
        last,
        head,
        role,
        country,
        not then and is_former(doc, first, last, head, lang),
        _gender(doc[head], lang),
        abroad,
    )


TERM = re.compile(
    r",?\s*(?:(?:from|in|between|с|в)\s+)?(?:1[89]|20)\d\d\s?(?:[–—-]|to|and|по|до)\s?(?:1[89]|20)\d\d(?:\s?(?:гг?\.|годах|годы|год[ау]?))?"
)
"""A term of office that is over: "from 2003 to 2006", «в 2003–2006 годах»."""


def is_former(doc: "Doc", first: int, last: int, head: int, lang: str) -> bool:
    """Whether the words of an office call it past: "former", "ex-", «бывший», «экс-», «в прошлом», "until 2016"."""
    words = data(lang)
    for token in doc[max(0, first - 1) : head + 1]:
        parts = plain(token.text).split("-")
        if (
            plain(token.lemma_) in words["former"]
            or token.lower_ in words["former"]
            or (len(parts) > 1 and parts[0] in words["former"])
        ):
            return token.i >= first or lang == "ru"
    if _phrases(doc, first, last, words["former_phrases"]):
        return True
    if TERM.search(doc[head:last].text):
        return True
    return any(
        t.lower_ in words["until"] and any(x.like_num for x in doc[t.i + 1 : t.i + 3]) for t in doc[head:last]
    )


def _gender(head: "Token", lang: str) -> str | None:
    words, lemma = data(lang), plain(head.lemma_)
    if lemma in words["female_heads"]:
        return "Fem"
    return "Masc" if lemma in words["male_heads"] else None


def country_mentions(
    doc: "Doc", first: int, last: int, lang: str
) -> Iterator[tuple[int, int, countries.Country]]:
    """The countries named in the tokens [first, last) as (first, last, country), longest names first, no overlaps."""
    at = first
    while at < last:
        length, found = _country_at(doc, at, last, lang)
        if found and not _part_of_a_region(doc, at):
            yield at, at + length, found
        at += max(1, length)


def _country_at(doc: "Doc", at: int, last: int, lang: str) -> tuple[int, countries.Country | None]:
    """The longest name of a country, or of a house that only one has, at a token; its length in tokens."""
    token = doc[at]
    if token.pos_ in ("ADP", "DET", "PUNCT", "SPACE", "CCONJ", "VERB", "PRON", "AUX", "NUM", "ADV"):
        return 0, None
    for length in range(min(COUNTRY_WORDS, last - at), 0, -1):
        words = doc[at : at + length]
        if house := _house(words, lang):
            return length, countries.Country(house, "name")
        proper = token.text[:1].isupper() and words[-1].text[:1].isupper()
        if (proper or (length == 1 and token.pos_ == "ADJ")) and (
            found := countries.mention(words.text, lang)
        ):
            return length, found
    return 0, None


def _house(words: "Span", lang: str) -> str | None:
    houses: dict[str, str] = data(lang)["houses"]
    if plain(words[0].lemma_) not in _first_words(lang) and words[0].lower_ not in _first_words(lang):
        return None
    return houses.get(" ".join(plain(t.lemma_) for t in words)) or houses.get(words.text.lower())


@cache
def _first_words(lang: str) -> frozenset[str]:
    return frozenset(key.split()[0] for key in data(lang)["houses"])


def _part_of_a_region(doc: "Doc", at: int) -> bool:
    """ "North American", «Латинской Америки»: a continent's name is no country's."""
    return (
        at > 0
        and doc[at - 1].lower_ in ("north", "south", "latin", "central", "pan", "inter")
        and doc[at].lower_.startswith("america")
    )


def _country(doc: "Doc", first: int, last: int, lang: str) -> tuple[str | None, str | None]:
    """The country that an office serves, and the one it is served in: "Chilean ambassador | to Peru"."""
    serves, abroad = None, None
    sent = any(_is_sent(doc[i], lang) for i in range(first, last))
    for start, _, country in country_mentions(doc, first, last, lang):
        left = next(
            (
                doc[i]
                for i in range(start - 1, max(first, start - 4) - 1, -1)
                if doc[i].pos_ not in ("DET", "ADJ", "PROPN")
            ),
            None,
        )
        across = left is not None and left.pos_ == "ADP" and left.lower_ in data(lang)["abroad"]
        if across and sent and country.kind in ("name", "capital"):
            abroad = abroad or country.code
        else:
            serves = serves or country.code
    return serves, abroad


def _is_sent(token: "Token", lang: str) -> bool:
    """An office that one country keeps in another: "ambassador", «посланник»; not "researcher in Dushanbe"."""
    form = noun(token, lang)
    return form is not None and form in data(lang)["sent"]


def _text(doc: "Doc", first: int, last: int) -> str:
    return (
        doc[first:last].text.strip(" ,.").removeprefix("the ").strip()
        if lang_of(doc) == "ru"
        else doc[first:last].text.strip(" ,.")
    )


def lang_of(doc: "Doc") -> str:
    return doc.vocab.lang


def english_role(doc: "Doc", first: int, last: int, head: int) -> str:
    """The office in lower case without article, country and status: "Former Uzbek deputy prime minister" -> "deputy prime minister"."""
    words = data("en")
    dropped = {i for start, end, _ in country_mentions(doc, first, head, "en") for i in range(start, end)}
    for start, end, _ in country_mentions(doc, head, last, "en"):
        at = start - 1
        while at > head and doc[at].lower_ in ("the", "republic", "kingdom", "of"):
            at -= 1
        if end < last and doc[end].text in POSSESSIVES:
            dropped.update((*range(start, end), end))
        elif doc[at + 1].lower_ == "of":
            dropped.update(range(at + 1, end))
    kept = []
    for i in range(first, last):
        token = doc[i]
        status = i < head and (
            token.lower_ in words["former"]
            or token.lower_ in words["skipped"]
            or token.text in HYPHENS
            or token.text in POSSESSIVES
        )
        if i in dropped or status:
            continue
        if i > head and token.lower_ in words["until"]:
            break
        kept.append(token.text_with_ws)
    role = "".join(kept)
    for phrase in (*words["then_phrases"], *words["former_phrases"]):
        role = role.replace(phrase, "")
    role = " ".join(TERM.sub("", role).split()).strip(" ,")
    return role[:1].lower() + role[1:] if role[1:2].islower() else role


def russian_role(doc: "Doc", first: int, last: int, head: int) -> str:
    """The office in English where the table knows its words: «министр иностранных дел» -> "foreign minister"."""
    words = data("ru")
    name = noun(doc[head], "ru") or ""
    title = words["heads"].get(name, "")
    if not title:
        return ""
    adjectives = [
        words["adjectives"][plain(t.lemma_)]
        for t in doc[first:head]
        if plain(t.lemma_) in words["adjectives"]
    ]
    title = _adjusted(" ".join([*adjectives, title]))
    rest = [i for i in range(head + 1, last) if doc[i].pos_ not in ("PUNCT", "SPACE")]
    if rest and noun(doc[rest[0]], "ru") and title in ("deputy", "vice", "first deputy"):
        return f"{title} {russian_role(doc, rest[0], last, rest[0])}"
    return _with_complement(doc, title, rest)


def _adjusted(title: str) -> str:
    """Idiomatic English for a literal title."""
    return {"general secretary": "secretary general", "general consul": "consul general", "general director": "director general",
            "general prosecutor": "prosecutor general", "state secretary": "secretary of state", "chief editor": "editor-in-chief"}.get(title, title)  # fmt: skip


def _with_complement(doc: "Doc", title: str, rest: list[int]) -> str:
    words = data("ru")
    own: set[int] = set()
    abroad = ""
    for start, end, country in country_mentions(doc, rest[0], rest[-1] + 1, "ru") if rest else ():
        if doc[start - 1].lower_ in words["abroad"] and doc[start - 1].pos_ == "ADP":
            abroad = f" to {countries.name(country.code, 'en')}"
            own.add(start - 1)
        own.update(range(start, end))
    term = TERM.search(doc[rest[0] : rest[-1] + 1].text) if rest else None
    if term is not None:
        own.update(i for i in rest if doc[i].idx >= doc[rest[0]].idx + term.start())
    kept = [i for i in rest if i not in own and plain(doc[i].lemma_) != "республика"]
    key = " ".join(plain(doc[i].lemma_) for i in kept)
    if title in ("head", "chief") and key in words["ministries"]:
        return f"{words['ministries'][key]} minister{abroad}"
    if key in words["portfolios"] and title.endswith("minister"):
        return f"{title[: -len('minister')]}{words['portfolios'][key]} minister{abroad}"
    if key in words["institutions"]:
        return (
            f"{title} {'to' if title in ('adviser', 'aide') else 'of'} {words['institutions'][key]}{abroad}"
        )
    if kept and noun(doc[kept[0]], "ru"):
        inner = russian_role(doc, kept[0], kept[-1] + 1, kept[0])
        return f"{title} {'to' if title in ('adviser', 'aide') else 'of'} the {inner}{abroad}"
    surface = " ".join(doc[i].text for i in kept)
    return f"{title} ({surface}){abroad}" if surface else f"{title}{abroad}"
