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
from pipeline.entities.words import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPEECH = {"say", "tell", "add", "note", "argue", "admit", "recall", "explain", "warn", "write", "сказать", "заявить",
          "отметить", "добавить", "сообщить", "рассказать", "признать", "вспоминать", "пояснить", "написать", "считать"}  # fmt: skip
ROMAN = re.compile(r"[IVX]+")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
MORPHOLOGY = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")


class Context(NamedTuple):
    """What the features read of a whole document, computed once."""

    words: Words
    opinions: dict[str, Counter[str]]
    surnames: set[str]
    lower: set[str]


def context(doc: "Doc", words: Words | None = None) -> Context:
    """The words, the first model's labels by name, the last words of its persons, the words written small."""
    words = words or Words(doc)
    opinions: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: set[str] = set()
    for ent in doc.ents:
        named = [t for t in words.text[ent.start : ent.end] if t.isalpha() or "-" in t]
        if named:
            opinions[name_key(" ".join(named), words.lang)][ent.label_] += 1
            if ent.label_ == "PER" and len(named) > 1:
                surnames.add(name_key(named[-1], words.lang))
    return Context(words, opinions, surnames, {text for text in words.text if text.islower()})


def name_key(text: str, lang: str) -> str:
    """What a name is in every case it stands in.

    >>> name_key("Назарбаевым", "ru") == name_key("Назарбаев", "ru")
    True
    """
    return places.key(text, lang)


def features(c: Context, start: int, end: int) -> Iterator[str]:
    """The features of one candidate as strings."""
    w, lang = c.words, c.words.lang
    pos, lemma, lower, text, heads = w.pos, w.lemma, w.lower, w.text, w.head
    first, last, root = start, end - 1, w.root(start, end)
    n = f"|n={min(end - start, 5)}"
    single = end - start == 1
    label = f"L={_label(w, start, end)}"
    also = f"|{label}"
    yield "bias"
    yield label
    yield label + n
    yield n[1:]

    before, after = _neighbour(w, start - 1), _neighbour(w, end)
    before2, after2 = _neighbour(w, start - 2), _neighbour(w, end + 1)
    opening = f"|open={_opens(w, first)}"
    yield opening[1:]
    yield f"b={before}"
    yield f"a={after}"
    yield f"b2={before2} {before}"
    yield f"a2={after} {after2}"
    yield f"b={before}{also}"
    yield f"a={after}{also}"
    capital_before = start > 0 and text[start - 1][:1].isupper() and not w.is_sent_start[first]
    capital_after = end < len(w) and text[end][:1].isupper() and not w.is_sent_start[end]
    yield f"cap={capital_before}{capital_after}"
    yield f"cap={capital_before}{capital_after}{also}"

    yield f"w1={lower[first]}"
    yield f"wn={lemma[last] if lang == 'ru' else lower[last]}"
    if single:
        yield f"w={lower[first]}"
    else:
        for word in lower[start + 1 : end - 1]:
            yield f"in={word}"
    yield f"s1={lower[first][-3:]}"
    yield f"sn={lower[last][-3:]}"
    yield f"sn2={lower[last][-2:]}{n}"
    shapes = f"sh={_shape(text[first])}{_shape(text[last])}"
    yield shapes + n
    yield shapes + also
    yield f"fl={_frequency(lower[first], lang)}{opening}{n}"
    yield f"ln={_frequency(lower[last], lang)}{n}"
    yield f"low={lower[first] in c.lower}{lower[last] in c.lower}{opening}"
    parts = f"pos={pos[first]}{pos[last]}"
    yield parts + n
    yield parts + opening

    head = heads[root] if heads[root] != root else None
    dep = w.dep[root]
    yield f"dep={dep}|rp={pos[root]}"
    yield f"dep={dep}{n}"
    if head is not None:
        yield f"h={lemma[head]}|{dep}"
        yield f"h={lemma[head]}"
        if dep.startswith("nsubj"):
            yield f"speaks={lemma[head] in SPEECH}"
    preposition = next((lower[t] for t in w.children(root) if w.dep[t] == "case" and t < start), "")
    case = next(iter(w.values(root, "Case")), "")
    yield f"p={preposition}"
    yield f"p={preposition}|{case}"
    yield f"p={preposition}{also}"
    inside = all(t == root or start <= heads[t] < end for t in range(start, end))
    yield f"whole={inside}{n}"
    right = next(
        (t for t in w.children(root) if t >= end and w.dep[t] in ("nmod", "appos", "flat", "compound")), None
    )
    if right is not None:
        yield f"kid={w.dep[right]}|{lemma[right]}"
    if dep in ("compound", "flat", "appos", "flat:name", "nmod:poss") and head is not None:
        yield f"with={dep}|{lemma[head]}"
    if start and pos[start - 1] in ("NOUN", "PROPN", "ADJ"):
        yield f"prev={lemma[start - 1]}"
    if end < len(w) and pos[end] in ("NOUN", "PROPN"):
        yield f"next={lemma[end]}"
    quoted = before in _QUOTES and after in _QUOTES
    yield f"quoted={quoted}"
    yield f"bracket={before == '('}{after == ')'}"
    titles = _before(lang)
    title = start > 0 and lower[start - 1] in titles
    yield f"title={title}{n}"
    number = "".join(w.values(last, "Number"))
    yield f"num={number}{n}"
    yield f"num={number}|b={before == 'the'}{n}"
    name = w.span(start, end)
    key = name_key(name, lang)
    if single:
        yield f"lone={key in c.surnames}|{title}{also}"
    yield f"first_title={lower[first] in titles}"

    yield f"cited={_cited(w, start, end)}{n}"
    yield f"roman={not single and ROMAN.fullmatch(text[last]) is not None}"
    yield from _kinds(w, start, end, root, preposition, n)
    yield from _coordinated(w, start, end)
    yield from _known(w, start, end, name, also)
    yield from _document(c, key, single)
    if lang == "ru":
        yield from _russian(w, first, last, n, opening)


_QUOTES = {"«", "»", "“", "”", '"', "„"}


def _label(w: Words, start: int, end: int) -> str:
    """How the candidate lies to what the first model marked."""
    labels, continues = w.label, w.continues
    inside = labels[start:end]
    if not any(inside):
        return "none"
    kind = inside[0] or next(filter(None, inside))
    left = start > 0 and labels[start - 1] == kind and continues[start]
    right = end < len(w) and labels[end] == kind and continues[end]
    whole = all(label == kind for label in inside) and all(continues[start + 1 : end])
    return f"{kind}{'<' if left else ''}{'>' if right else ''}{'' if whole else '+'}"


def is_author(w: Words, start: int, end: int) -> bool:
    """Whether a single word is cited with a year, "[Quintero, 2014]", and is no acronym, place or known organisation."""
    text = w.text[start]
    return (
        end - start == 1
        and _cited(w, start, end) == "X"
        and not places.place(text, w.lang)
        and not organisation(text, w.lang)
        and not noun_kind(w.lemma[start], w.lang)
    )


def _cited(w: Words, start: int, end: int) -> str:
    """Whether it stands like the source of a citation, "[Quintero, 2014; …]", «(Чобану 2017)», and how it is written."""
    year = end + 1 if end < len(w) and w.text[end] == "," else end
    if not (year < len(w) and YEAR.match(w.text[year])):
        return ""
    before = w.text[max(0, start - 8) : start]
    opened = "(" in before or "[" in before
    return _shape(w.text[start]) if opened and before[-1] in ("(", "[", ";", "&", "and", "и", ",") else ""


def _neighbour(w: Words, i: int) -> str:
    if not 0 <= i < len(w) or w.is_space[i]:
        return "<>"
    return w.lower[i] if not w.like_num[i] else "0"


_OPENING = {*_QUOTES, "(", "—", "–", ":", "•", "*", "-"}


def _opens(w: Words, i: int) -> bool:
    """Whether a capital letter here says nothing: at the beginning of a sentence, quotation or paragraph."""
    return i == 0 or w.is_sent_start[i] or w.is_space[i - 1] or w.text[i - 1] in _OPENING


def _shape(text: str) -> str:
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
def noun_kind(lemma: str, lang: str) -> str:
    """What a common noun names: places (P), organisations (O), people (H), by the lists of the language."""
    word = lemma.lower().rstrip(".")
    return "".join(letter for letter, words in _nouns(lang) if word in words)


@lru_cache
def _nouns(lang: str) -> tuple[tuple[str, frozenset[str]], ...]:
    words = languages.load(lang, "names")
    return tuple(
        (letter, frozenset(words[key]))
        for letter, key in (("P", "places"), ("O", "organisations"), ("H", "people"))
    )


def _kinds(w: Words, start: int, end: int, root: int, preposition: str, n: str) -> Iterator[str]:
    """The kinds of the nouns in the candidate (its last and its head, in English also the one before "of"), beside it,
    and above it in the tree: "the University of Arequipa", "the Kashkadarya steppe", «виноделы Пуркар»."""
    lang, lemma, pos = w.lang, w.lemma, w.pos
    kinds = [noun_kind(word, lang) for word in lemma[start:end]]
    inside = "".join(sorted(set("".join(kinds))))
    first, head, last = kinds[0], kinds[root - start], kinds[-1]
    yield f"kin={inside}{n}"
    yield f"kin1={first}|kinr={head}|kinn={last}{n}"
    yield f"kinn={last}{n}"
    yield f"kinr={head}{n}"
    yield f"kb={noun_kind(lemma[start - 1], lang)}|{pos[start - 1]}" if start else "kb=|"
    yield f"ka={noun_kind(lemma[end], lang)}|{pos[end]}" if end < len(w) else "ka=|"
    above = w.head[root]
    if above != root:
        dep, number = w.dep[root], "".join((*w.values(above, "Number"), *w.values(above, "Animacy")))
        kind = noun_kind(lemma[above], lang)
        yield f"kh={kind}|{dep}|{preposition}"
        yield f"kh={kind}|{pos[above]}|{number}|{preposition}"
        yield f"hs={lemma[above][-3:]}|{dep}|{preposition}"


_AND = {",", "and", "or", "и", "или", "/", "&", "–", "—"}


def _coordinated(w: Words, start: int, end: int) -> Iterator[str]:
    """What stands beside it in a list: in "Reykjavik, Newark, Iqaluit" the third is likely what the first two are."""
    for side, joint, word in (("l", start - 1, start - 2), ("r", end, end + 1)):
        if not (
            0 <= word < len(w)
            and 0 <= joint < len(w)
            and w.lower[joint] in _AND
            and w.text[word][:1].isupper()
        ):
            continue
        text = w.text[word]
        yield f"co{side}={w.label[word]}"
        country = countries.mention(text, w.lang)
        yield f"cok{side}={bool(places.place(text, w.lang))}|{country.kind if country else ''}"


def _known(w: Words, start: int, end: int, name: str, also: str) -> Iterator[str]:
    """What the tables of countries, organisations and towns say of the whole and of its first and last word."""
    lang, first, last = w.lang, w.text[start], w.text[end - 1]
    found = places.place(name, lang)
    yield f"town={found.size if found else 0}"
    yield f"town={bool(found)}{also}"
    yield f"land={found is not None and not found.country}|n={min(end - start, 3)}"
    if end - start > 1:
        yield f"townlast={bool(places.place(last, lang))}"
        yield f"townfirst={bool(places.place(first, lang))}"
    country = countries.mention(name, lang)
    yield f"country={country.kind if country else ''}"
    if end - start > 1:
        final = countries.mention(last, lang)
        yield f"countrylast={final.kind if final else ''}"
        initial = countries.mention(first, lang)
        yield f"countryfirst={initial.kind if initial else ''}"
    yield f"org={bool(organisation(name, lang))}"


def _document(c: Context, key: str, single: bool) -> Iterator[str]:
    """What the rest of the document says: the first model's majority for this name, persons of this surname."""
    votes = c.opinions.get(key)
    if votes:
        yield f"most={max(sorted(votes), key=votes.__getitem__)}"
        yield f"kinds={len(votes)}"
    if single:
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


def _russian(w: Words, first: int, last: int, n: str, opening: str) -> Iterator[str]:
    for where, i in (("1", first), ("n", last)):
        kinds, known, common = _tags(w.text[i])
        yield f"m{where}={kinds}|{known}|{common}{n}"
        yield f"m{where}={kinds}|{common}{opening}"
        yield f"an{where}={''.join((*w.values(i, 'Animacy'), *w.values(i, 'Number')))}"
