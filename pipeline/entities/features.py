"""What speaks for a candidate being a name, and of what: the first model's opinion, the words around and inside, the
tree, the tables, and the rest of the document. One set of features for both languages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import countries, frequency, languages, lately, morphology, places
from pipeline.entities.organisations import organisation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SPEECH = {"say", "tell", "add", "note", "argue", "admit", "recall", "explain", "warn", "write", "сказать", "заявить",
          "отметить", "добавить", "сообщить", "рассказать", "признать", "вспоминать", "пояснить", "написать", "считать"}  # fmt: skip
ROMAN = re.compile(r"[IVX]+")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
MORPHOLOGY = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")


class Context(NamedTuple):
    """What the features read of a whole document, computed once."""

    doc: "Doc"
    label: list[str]
    opinions: dict[str, Counter[str]]
    surnames: set[str]
    lower: set[str]


def context(doc: "Doc") -> Context:
    """The first model's labels by token and by name, the last words of its persons, the words written small."""
    label = [""] * len(doc)
    opinions: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: set[str] = set()
    for ent in doc.ents:
        for token in ent:
            label[token.i] = ent.label_
        words = [t.text for t in ent if t.is_alpha or "-" in t.text]
        if words:
            opinions[name_key(" ".join(words), doc.lang_)][ent.label_] += 1
            if ent.label_ == "PER" and len(words) > 1:
                surnames.add(name_key(words[-1], doc.lang_))
    lower = {t.text for t in doc if t.text.islower()}
    return Context(doc, label, opinions, surnames, lower)


def name_key(text: str, lang: str) -> str:
    """What a name is in every case it stands in.

    >>> name_key("Назарбаевым", "ru") == name_key("Назарбаев", "ru")
    True
    """
    return places.key(text, lang)


def features(c: Context, start: int, end: int) -> Iterator[str]:
    """The features of one candidate as strings."""
    doc, lang = c.doc, c.doc.lang_
    span = doc[start:end]
    first, last, root = doc[start], doc[end - 1], span.root
    size = str(min(end - start, 5))
    text = span.text
    label = _label(c, start, end)
    yield "bias"
    yield f"L={label}"
    yield f"L={label}|n={size}"
    yield f"n={size}"

    before, after = _neighbour(doc, start - 1), _neighbour(doc, end)
    before2, after2 = _neighbour(doc, start - 2), _neighbour(doc, end + 1)
    opening = _opens(first)
    yield f"open={opening}"
    yield f"b={before}"
    yield f"a={after}"
    yield f"b2={before2} {before}"
    yield f"a2={after} {after2}"
    yield f"b={before}|L={label}"
    yield f"a={after}|L={label}"
    capital_before = start > 0 and doc[start - 1].text[:1].isupper() and not first.is_sent_start
    capital_after = end < len(doc) and doc[end].text[:1].isupper() and not doc[end].is_sent_start
    yield f"cap={capital_before}{capital_after}"
    yield f"cap={capital_before}{capital_after}|L={label}"

    yield f"w1={first.lower_}"
    yield f"wn={last.lemma_ if lang == 'ru' else last.lower_}"
    if end - start == 1:
        yield f"w={first.lower_}"
    else:
        for token in doc[start + 1 : end - 1]:
            yield f"in={token.lower_}"
    yield f"s1={first.lower_[-3:]}"
    yield f"sn={last.lower_[-3:]}"
    yield f"sn2={last.lower_[-2:]}|n={size}"
    shapes = f"{_shape(first)}{_shape(last)}"
    yield f"sh={shapes}|n={size}"
    yield f"sh={shapes}|L={label}"
    yield f"fl={_frequency(first.lower_, lang)}|open={opening}|n={size}"
    yield f"ln={_frequency(last.lower_, lang)}|n={size}"
    yield f"low={first.lower_ in c.lower}{last.lower_ in c.lower}|open={opening}"
    yield f"pos={first.pos_}{last.pos_}|n={size}"
    yield f"pos={first.pos_}{last.pos_}|open={opening}"

    head = root.head if root.head.i != root.i else None
    yield f"dep={root.dep_}|rp={root.pos_}"
    yield f"dep={root.dep_}|n={size}"
    if head is not None:
        yield f"h={head.lemma_}|{root.dep_}"
        yield f"h={head.lemma_}"
        if root.dep_.startswith("nsubj"):
            yield f"speaks={head.lemma_ in SPEECH}"
    preposition = next((t.lower_ for t in root.children if t.dep_ == "case" and t.i < start), "")
    case = next(iter(root.morph.get("Case", [])), "")
    yield f"p={preposition}"
    yield f"p={preposition}|{case}"
    yield f"p={preposition}|L={label}"
    inside = all(t.i == root.i or start <= t.head.i < end for t in span)
    yield f"whole={inside}|n={size}"
    right = [t for t in root.children if t.i >= end and t.dep_ in ("nmod", "appos", "flat", "compound")]
    if right:
        yield f"kid={right[0].dep_}|{right[0].lemma_}"
    if root.dep_ in ("compound", "flat", "appos", "flat:name", "nmod:poss") and head is not None:
        yield f"with={root.dep_}|{head.lemma_}"
    if start and doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
        yield f"prev={doc[start - 1].lemma_}"
    if end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN"):
        yield f"next={doc[end].lemma_}"
    quoted = before in _QUOTES and after in _QUOTES
    yield f"quoted={quoted}"
    yield f"bracket={before == '('}{after == ')'}"
    title = start > 0 and doc[start - 1].lower_ in _before(lang)
    yield f"title={title}|n={size}"
    number = "".join(last.morph.get("Number", []))
    yield f"num={number}|n={size}"
    yield f"num={number}|b={before == 'the'}|n={size}"
    if end - start == 1:
        yield f"lone={name_key(text, lang) in c.surnames}|{title}|L={label}"
    yield f"first_title={first.lower_ in _before(lang)}"

    yield f"cited={_cited(doc, start, end)}|n={size}"
    yield f"roman={size != '1' and ROMAN.fullmatch(last.text) is not None}"
    yield from _kinds(doc, start, end, size)
    yield from _coordinated(c, start, end)
    yield from _known(doc, start, end, text, label)
    yield from _document(c, start, end, text, size)
    if lang == "ru":
        yield from _russian(first, last, size, opening)


_QUOTES = {"«", "»", "“", "”", '"', "„"}


def _label(c: Context, start: int, end: int) -> str:
    """How the candidate lies to what the first model marked."""
    inside = c.label[start:end]
    if not any(inside):
        return "none"
    kind = inside[0] or next(filter(None, inside))
    left = start > 0 and c.label[start - 1] == kind and c.doc[start].ent_iob_ == "I"
    right = end < len(c.doc) and c.label[end] == kind and c.doc[end].ent_iob_ == "I"
    whole = all(label == kind for label in inside) and all(t.ent_iob_ == "I" for t in c.doc[start + 1 : end])
    return f"{kind}{'<' if left else ''}{'>' if right else ''}{'' if whole else '+'}"


def is_author(doc: "Doc", start: int, end: int) -> bool:
    """Whether a single word is cited with a year, "[Quintero, 2014]", and is no acronym, place or known organisation."""
    text = doc[start].text
    return (
        end - start == 1
        and _cited(doc, start, end) == "X"
        and not places.place(text, doc.lang_)
        and not organisation(text, doc.lang_)
        and not _kind(doc[start].lemma_, doc.lang_)
    )


def _cited(doc: "Doc", start: int, end: int) -> str:
    """Whether it stands like the source of a citation, "[Quintero, 2014; …]", «(Чобану 2017)», and how it is written."""
    year = end + 1 if end < len(doc) and doc[end].text == "," else end
    if not (year < len(doc) and YEAR.match(doc[year].text)):
        return ""
    opened = any(doc[i].text in ("(", "[") for i in range(max(0, start - 8), start))
    return (
        _shape(doc[start])
        if opened and start and doc[start - 1].text in ("(", "[", ";", "&", "and", "и", ",")
        else ""
    )


def _neighbour(doc: "Doc", i: int) -> str:
    if not 0 <= i < len(doc) or doc[i].is_space:
        return "<>"
    token = doc[i]
    return token.lower_ if not token.like_num else "0"


def _opens(token: "Token") -> bool:
    """Whether a capital letter here says nothing: at the beginning of a sentence, quotation or paragraph."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in (*_QUOTES, "(", "—", "–", ":", "•", "*", "-")


def _shape(token: "Token") -> str:
    text = token.text
    if text.isupper() and len(text) > 1:
        return "A" if len(text) < 6 else "AA"
    if text[:1].isupper():
        return "M" if any(ch.isupper() for ch in text[1:]) else ("X." if text.endswith(".") else "X")
    return "0" if text[:1].isdigit() else "x"


@lru_cache(maxsize=lately.WORDS)
def _frequency(word: str, lang: str) -> int:
    return int(frequency.zipf(word, lang))


@lru_cache
def _before(lang: str) -> frozenset[str]:
    return frozenset(languages.load(lang, "names")["before"])


@lru_cache(maxsize=lately.WORDS)
def _kind(lemma: str, lang: str) -> str:
    """What a common noun names: places (P), organisations (O), people (H), by the lists of the language."""
    word = lemma.lower().rstrip(".")
    return "".join(letter for letter, words in _nouns(lang) if word in words)


def noun_kind(token: "Token") -> str:
    """What a common noun names, as letters: P place, O organisation, H human."""
    return _kind(token.lemma_, token.doc.lang_)


@lru_cache
def _nouns(lang: str) -> tuple[tuple[str, frozenset[str]], ...]:
    words = languages.load(lang, "names")
    return tuple(
        (letter, frozenset(words[key]))
        for letter, key in (("P", "places"), ("O", "organisations"), ("H", "people"))
    )


def _kinds(doc: "Doc", start: int, end: int, size: str) -> Iterator[str]:
    """The kinds of the nouns in the candidate (its last and its head, in English also the one before "of"), beside it,
    and above it in the tree: "the University of Arequipa", "the Kashkadarya steppe", «виноделы Пуркар»."""
    lang = doc.lang_
    span, root = doc[start:end], doc[start:end].root
    inside = "".join(sorted({letter for t in span for letter in _kind(t.lemma_, lang)}))
    last, head = _kind(doc[end - 1].lemma_, lang), _kind(root.lemma_, lang)
    first = _kind(doc[start].lemma_, lang)
    yield f"kin={inside}|n={size}"
    yield f"kin1={first}|kinr={head}|kinn={last}|n={size}"
    yield f"kinn={last}|n={size}"
    yield f"kinr={head}|n={size}"
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    yield f"kb={_kind(before.lemma_, lang) if before is not None else ''}|{before.pos_ if before is not None else ''}"
    yield f"ka={_kind(after.lemma_, lang) if after is not None else ''}|{after.pos_ if after is not None else ''}"
    if root.head.i != root.i:
        above = root.head
        preposition = next((t.lower_ for t in root.children if t.dep_ == "case" and t.i < start), "")
        number = "".join(above.morph.get("Number", [])) + "".join(above.morph.get("Animacy", []))
        kind = _kind(above.lemma_, lang)
        yield f"kh={kind}|{root.dep_}|{preposition}"
        yield f"kh={kind}|{above.pos_}|{number}|{preposition}"
        yield f"hs={above.lemma_[-3:]}|{root.dep_}|{preposition}"


_AND = {",", "and", "or", "и", "или", "/", "&", "–", "—"}


def _coordinated(c: Context, start: int, end: int) -> Iterator[str]:
    """What stands beside it in a list: in "Reykjavik, Newark, Iqaluit" the third is likely what the first two are."""
    doc = c.doc
    for side, joint, word in (("l", start - 1, start - 2), ("r", end, end + 1)):
        if not (
            0 <= word < len(doc)
            and 0 <= joint < len(doc)
            and doc[joint].lower_ in _AND
            and doc[word].text[:1].isupper()
        ):
            continue
        text = doc[word].text
        yield f"co{side}={c.label[word]}"
        country = countries.mention(text, doc.lang_)
        yield f"cok{side}={bool(places.place(text, doc.lang_))}|{country.kind if country else ''}"


def _known(doc: "Doc", start: int, end: int, text: str, label: str) -> Iterator[str]:
    """What the tables of countries, organisations and towns say of the whole and of its first and last word."""
    lang = doc.lang_
    found = places.place(text, lang)
    yield f"town={found.size if found else 0}"
    yield f"town={bool(found)}|L={label}"
    yield f"land={found is not None and not found.country}|n={min(end - start, 3)}"
    if end - start > 1:
        yield f"townlast={bool(places.place(doc[end - 1].text, lang))}"
        yield f"townfirst={bool(places.place(doc[start].text, lang))}"
    country = countries.mention(text, lang)
    yield f"country={country.kind if country else ''}"
    if end - start > 1:
        final = countries.mention(doc[end - 1].text, lang)
        yield f"countrylast={final.kind if final else ''}"
        initial = countries.mention(doc[start].text, lang)
        yield f"countryfirst={initial.kind if initial else ''}"
    yield f"org={bool(organisation(text, lang))}"


def _document(c: Context, start: int, end: int, text: str, size: str) -> Iterator[str]:
    """What the rest of the document says: the first model's majority for this name, persons of this surname."""
    key = name_key(text, c.doc.lang_)
    votes = c.opinions.get(key)
    if votes:
        yield f"most={max(sorted(votes), key=votes.__getitem__)}"
        yield f"kinds={len(votes)}"
    if size == "1":
        yield f"surname={key in c.surnames}"


@lru_cache(maxsize=lately.WORDS)
def _tags(word: str) -> tuple[str, bool, str]:
    """The kinds of name that the dictionary knows a word as, whether it knows it at all, and as which common word."""
    parses = morphology.parses(word)
    known = [p for p in parses if p.is_known]
    kinds: set[str] = set()
    common = ""
    for parse in known:
        grammemes = set(str(parse.tag).replace(",", " ").split())
        names = grammemes.intersection(MORPHOLOGY)
        kinds |= names
        if not names and not common:
            common = str(parse.tag.POS)
    return "".join(sorted(k[:1] for k in kinds)), bool(known), common


def _russian(first: "Token", last: "Token", size: str, opening: bool) -> Iterator[str]:
    for where, token in (("1", first), ("n", last)):
        kinds, known, common = _tags(token.text)
        yield f"m{where}={kinds}|{known}|{common}|n={size}"
        yield f"m{where}={kinds}|{common}|open={opening}"
        yield f"an{where}={''.join(token.morph.get('Animacy', []))}{''.join(token.morph.get('Number', []))}"
