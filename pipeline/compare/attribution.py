"""Who says it: another speaker or office, a quotation turned into report, a source that is lost or added.

A source that is only rendered freely must not count, so every rule asks the lexicon as well: a source is lost when
neither the one who speaks nor the word that says so has anything like it in the other version ("the ministry insists that
guests have covered the gap", «гости покрыли недостачу»); it is another one when each side names somebody whom the other
does not know («по подсчётам правительства», "by the companies' own count").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline import offices
from pipeline.compare import contrasts, sources, translations
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.sound import apart
from pipeline.compare.sources import Source, Sources
from pipeline.document import Citation, Difference, Lang, Span
from pipeline.offices import Office

if TYPE_CHECKING:
    from spacy.tokens import Doc

BY = "attribution"
LOST, LOST_QUOTED, OTHER, OFFICE, REPORT = 0.75, 0.6, 0.75, 0.75, 0.8
"""Confidence of a lost source, another source, another office of one person, a quotation made report: planted
differences and faithful passages, see tests/test_compare_injection.py."""
QUOTATION = 4
"""Fewest words of a direct quotation whose marks may not be lost."""


def compare(pairs: Sequence[Pair], read: Sources) -> Iterator[Difference]:
    """The attribution differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = pairs[max(0, n - 1) : n + 2]
        en, ru = read.of(pair.en), read.of(pair.ru)
        yield from _reports(pair, near, read, en, ru)
        yield from _offices(pair, read)
        yield from _citations(pair)
        others = list(_others(pair, near, en, ru))
        yield from others
        if not others:
            yield from _lost(pair, near, read, "en", en, ru)
            yield from _lost(pair, near, read, "ru", ru, en)


def _lost(
    pair: Pair, near: Sequence[Pair], read: Sources, lang: Lang, ours: list[Source], theirs: list[Source]
) -> Iterator[Difference]:
    """Sources of one side where the other side has none and translates neither the speaker nor the cue."""
    other = pair.other(lang)
    side = pair.side(lang)
    for source in ours:
        account = source.kind == "account"
        if not source.cue or not (account or sources.named(pair, lang, source)):
            continue
        if not account and side.words[source.cue[0]].lemma not in sources.words(side.lang, "asserts"):
            continue
        words = [*source.cue, source.head]
        if any(
            _rendered(pair, side, n, lang)
            for n in words
            if side.words[n].content or side.words[n].token.pos_ == "VERB"
        ):
            continue
        if _akin(pair, lang, source.head):
            continue
        names = [n for n in range(source.first, source.last + 1) if side.words[n].name]
        if any(_rendered(p, side, n, lang) for n in names for p in near):
            continue
        if sources.sourced(pair, OTHER_LANG[lang], source.cue):
            continue
        rest = [s for s in ours if s.head != source.head]
        if not all(_accounted(pair, lang, t, rest) for t in theirs):
            continue
        yield _difference(
            pair,
            lang,
            (source.first, source.last, source.cue),
            (LOST_QUOTED if sources.quoted(read, other, QUOTATION) else LOST)
            * (FREE if sources.anybody(side, source.head) else 1.0)
            * (
                ACCOUNT if account else _faithful(pair, lang, [*words, *range(source.first, source.last + 1)])
            ),
            f"The {side.called} gives a source, the {other.which} one none.",
            "source",
        )
        return


def _akin(pair: Pair, lang: Lang, place: int) -> bool:
    """Some word of the other side that translates nothing may well mean the same: "respondents", «опрошенные»."""
    word = pair.side(lang).words[place]
    return any(
        w.content and (_kinship(word, w) if lang == "en" else _kinship(w, word)) >= CLOSE_KIN
        for n, w in enumerate(pair.other(lang).words)
        if _met(pair, OTHER_LANG[lang], n) is None
    )


def _kinship(en: Word, ru: Word) -> float:
    return translations.kinship(en.stem, ru.stem)


AKIN, CLOSE_KIN = 0.04, 0.1
"""Kinship from which two words in like places, or anywhere in a pair, may name the same people. Source: thirty pairs of callings, synonyms and others, of which
all synonyms but one lie above and all others below."""


def _accounted(pair: Pair, lang: Lang, theirs: Source, ours: Sequence[Source]) -> bool:
    """A source of the other side that translates one of `ours`."""
    known = {n for s in ours for n in (*s.cue, s.head)}
    return any(set(pair.partners(OTHER_LANG[lang], n)) & known for n in (*theirs.cue, theirs.head))


def _faithful(pair: Pair, lang: Lang, source: Sequence[int]) -> float:
    """How far the rest of the pair is word for word: where all is rendered freely, a source may be too."""
    return 1.0 if _closeness(pair, {lang: source}) >= CLOSE else FREE


def _closeness(pair: Pair, besides: Mapping[Lang, Sequence[int]]) -> float:
    """The share of words that have met a translation, in the mean of both sides: of all content words, or only of nouns,
    names and numbers, where verbs are turned freely or the lexicon misses their forms."""
    return max(sum(_shares(pair, besides, only)) / 2 for only in (None, NOMINAL))


def _shares(
    pair: Pair, besides: Mapping[Lang, Sequence[int]], only: frozenset[str] | None
) -> Iterator[float]:
    """For each side the share of words that have met one, without the sentences that only one version has: those are
    additions in themselves."""
    for lang in OTHER_LANG:
        rows: dict[int, list[bool]] = {}
        for n, word in enumerate(pair.side(lang).words):
            counts = word.content if only is None else word.token.pos_ in only
            if counts and n not in besides.get(lang, ()):
                rows.setdefault(word.token.sent.start, []).append(_met(pair, lang, n) is not None)
        met = [m for row in rows.values() if any(row) for m in row]
        yield sum(met) / len(met) if met else 0.0


def _met(pair: Pair, lang: Lang, place: int) -> int | None:
    """The word that translates a word, unless a mere function word stands in for it by chance ("of", «финансов»)."""
    there = pair.match(lang, place)
    if there is None:
        return None
    a, b = pair.side(lang).words[place], pair.other(lang).words[there]
    return there if (b.token.pos_ in FUNCTION) <= (a.token.pos_ in FUNCTION) else None


NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
FUNCTION = frozenset({"DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART"})
ACCOUNT = 0.85
"""What is left of it for an adverbial ("by the committee's reckoning"): some are rendered by another turn."""
CLOSE, FREE = 0.6, 0.6
"""Share of matched content words from which a pair counts as close; what a finding is worth where it is not."""
OTHER_LANG: dict[Lang, Lang] = {"en": "ru", "ru": "en"}


def _rendered(pair: Pair, side: Side, place: int, lang: Lang, *, free: bool = False) -> bool:
    """A content word of a side that some word of a pair's other side translates or sounds like; a `free` one is one that
    translates nothing in its own pair."""
    word = side.words[place]
    there = (
        w
        for n, w in enumerate(pair.other(lang).words)
        if w.content and not (free and _met(pair, OTHER_LANG[lang], n) is not None)
    )
    return any(_translate(word, w) if lang == "en" else _translate(w, word) for w in there)


def _translate(en: Word, ru: Word) -> bool:
    """The words translate each other: by the lexicon; by sound only nouns do ("monetary" is no «министры»)."""
    if translations.meaning(en.stem, ru.stem) > 0:
        return True
    sound = (en.token.pos_ in sources.NOUNS and ru.token.pos_ in sources.NOUNS) or en.name or ru.name
    return sound and translations.probability(en.stem, ru.stem) > 0


def _others(pair: Pair, near: Sequence[Pair], en: list[Source], ru: list[Source]) -> Iterator[Difference]:
    """A source of each side that the other side does not know."""
    ours = [s for s in _distinct(en) if sources.named(pair, "en", s) and not _known(pair, near, "en", s)]
    theirs = [s for s in _distinct(ru) if sources.named(pair, "ru", s) and not _known(pair, near, "ru", s)]
    if len(ours) != 1 or len(theirs) != 1:
        return
    a, b = ours[0], theirs[0]
    if not _apart(pair, a, b):
        return
    yield difference(
        "attribution",
        _span(pair.en, a),
        _span(pair.ru, b),
        OTHER * max(_knowledge(pair, a.head, b.head), _alone(pair, a, b)) * pair.sure,
        f"The {pair.en.called} gives {_quoted(pair.en, a)} as the source, the {pair.ru.which} one {_quoted(pair.ru, b)}.",
        change="speaker",
    )


def _knowledge(pair: Pair, en: int, ru: int) -> float:
    """How much it means that two words do not translate each other: 1 where their translations are well known or they
    exclude each other as callings, offices or bodies do; little where the lexicon hardly knows them."""
    if contrasts.exclusive(pair, "terminology", en, ru):
        return 1.0
    if contrasts.alike(pair, "terminology", en, ru):
        return 0.3
    names = pair.en.words[en].token.pos_ == pair.ru.words[ru].token.pos_ == "PROPN"
    firm = min(
        translations.firmness(pair.en.words[en].stem, pair.en.lang),
        translations.firmness(pair.ru.words[ru].stem, pair.ru.lang),
    )
    return 1.0 if names else 0.6 if firm >= FIRM else 0.5


def _alone(pair: Pair, a: Source, b: Source) -> float:
    """What two unlike sources are worth by the rest of their pair: much where all else is word for word, so that no word
    but the other source is left that could render either."""
    besides: dict[Lang, Sequence[int]] = {
        "en": [*range(a.first, a.last + 1), *a.cue],
        "ru": [*range(b.first, b.last + 1), *b.cue],
    }
    return UNLIKE if _unlike(pair, a.head, b.head) and _closeness(pair, besides) >= CLOSE else 0.0


def _unlike(pair: Pair, en: int, ru: int) -> bool:
    """The lexicon knows both words well and nothing that makes one mean the other."""
    a, b = pair.en.words[en], pair.ru.words[ru]
    firm = translations.firmness(a.stem, pair.en.lang), translations.firmness(b.stem, pair.ru.lang)
    return (
        min(firm) >= FIRM
        and _kinship(a, b) < AKIN
        and not contrasts.alike(pair, "terminology", en, ru)
        and not sources.anybody(pair.en, en)
        and not sources.anybody(pair.ru, ru)
    )


UNLIKE = 0.9
"""What it is worth that two words are unlike by all that the lexicon knows."""
FIRM = 0.35
"""Probability of a word's commonest translation from which the lexicon knows it well enough to miss it."""


def _distinct(found: list[Source]) -> list[Source]:
    seen: dict[int, Source] = {}
    for source in found:
        seen.setdefault(source.head, source)
    return list(seen.values())


def _known(pair: Pair, near: Sequence[Pair], lang: Lang, source: Source) -> bool:
    side = pair.side(lang)
    content = [
        n for n in range(source.first, source.last + 1) if side.words[n].token.pos_ in ("NOUN", "PROPN")
    ]
    names = [n for n in content if side.words[n].token.pos_ == "PROPN"]
    if names:
        return any(_rendered(pair, side, n, lang) for n in names)
    return _rendered(pair, side, source.head, lang) or any(
        _rendered(p, side, source.head, lang, free=True) for p in near if p is not pair
    )


def _apart(pair: Pair, a: Source, b: Source) -> bool:
    en = [w.token.text for w in pair.en.words[a.first : a.last + 1] if w.token.pos_ == "PROPN"]
    ru = [w.token.text for w in pair.ru.words[b.first : b.last + 1] if w.token.pos_ == "PROPN"]
    return bool(en) == bool(ru) and all(apart(x, y) for x in en for y in ru)


def _text(side: Side, source: Source) -> str:
    return side.version.text[side.words[source.first].start : side.words[source.last].end]


def _quoted(side: Side, source: Source) -> str:
    return quoted(_text(side, source), side.lang)


def _span(side: Side, source: Source) -> Span:
    return evidence(side.version, side.words[source.first].start, side.words[source.last].end, BY)


def _reports(
    pair: Pair, near: Sequence[Pair], read: Sources, en: list[Source], ru: list[Source]
) -> Iterator[Difference]:
    """Direct speech on one side, no quotation marks around its translation on the other."""
    sides: tuple[tuple[Lang, list[Source]], ...] = (("en", en), ("ru", ru))
    for lang, ours in sides:
        other = pair.other(lang)
        if any(_quoted_there(read, p, lang, own=p is pair) for p in near):
            continue
        direct = [s for s in ours if s.kind == "direct" and _words(pair.side(lang), s) >= QUOTATION]
        if not direct:
            continue
        source = direct[0]
        start, end = max(source.start, pair.side(lang).start), min(source.end, pair.side(lang).end)
        if end <= start:
            continue
        spans = {
            lang: evidence(pair.side(lang).version, start, end, BY),
            OTHER_LANG[lang]: evidence(other.version, other.start, other.end, BY),
        }
        yield difference(
            "attribution",
            spans["en"],
            spans["ru"],
            REPORT * pair.sure,
            f"A quotation in the {pair.side(lang).called} is no quotation in the {other.which} one.",
            change="report",
        )
        return


def _quoted_there(read: Sources, pair: Pair, lang: Lang, *, own: bool) -> bool:
    """The other side quotes: in the pair itself anything, beside it what answers to no quotation of its own pair."""
    if not sources.quoted(read, pair.other(lang)):
        return False
    return own or not sources.quoted(read, pair.side(lang))


def _citations(pair: Pair) -> Iterator[Difference]:
    """A reference of each side whose authors the other side does not cite: "(Harbuz 2025: 14)", «(Чобану 2025: 14)».

    Only where all other references have met: of two that are left the year need not agree, but it makes them surer.
    """
    en, ru = (_cited(pair.side(lang)) for lang in OTHER_LANG)
    left_en = [a for a in en if all(_other_authors(a, b) for b in ru)]
    left_ru = [b for b in ru if all(_other_authors(a, b) for a in en)]
    if len(left_en) != 1 or len(left_ru) != 1 or len(en) != len(ru):
        return
    a, b = left_en[0], left_ru[0]
    yield difference(
        "attribution",
        evidence(pair.en.version, a.start, a.end, BY),
        evidence(pair.ru.version, b.start, b.end, BY),
        CITED * (1.0 if a.year == b.year else ANOTHER_YEAR) * pair.sure,
        f"The {pair.en.called} cites {a.source}, the {pair.ru.which} one {b.source}.",
        change="citation",
    )


def _cited(side: Side) -> list[Citation]:
    """The references of a side that name somebody."""
    return [c for c in side.within(side.version.citations or ()) if _authors(c)]


def _authors(cited: Citation) -> list[str]:
    """The names in a reference; abbreviations are no names, since each language has its own ("IMF", «МВФ»)."""
    return [w for w in NAME.findall(cited.source) if not w.isupper()]


def _other_authors(a: Citation, b: Citation) -> bool:
    """No name of the one sounds like a name of the other, and no word translates one."""
    return all(
        apart(x, y)
        and not translations.probability(translations.stem(x.lower()), translations.stem(y.lower()))
        for x in _authors(a)
        for y in _authors(b)
    )


NAME = re.compile(r"\b[^\W\d_]{3,}(?:[’'-][^\W\d_]+)*")
CITED, ANOTHER_YEAR = 0.85, 0.6
"""Confidence of another author cited, and what is left of it where the year is another one too."""


def _words(side: Side, source: Source) -> int:
    return sum(source.start <= w.start < source.end for w in side.words)


def _offices(pair: Pair, read: Sources) -> Iterator[Difference]:
    """One person, introduced by another office on each side: "former foreign minister", «бывший посол»."""
    ours, theirs = _introduced(pair.en, read), _introduced(pair.ru, read)
    for name, a in ours.items():
        for other, b in theirs.items():
            if not _same_name(name, other) or not (sure := _other_office(pair, a, b)):
                continue
            yield difference(
                "attribution",
                _words_span(pair.en, a),
                _words_span(pair.ru, b),
                OFFICE * sure * pair.sure,
                f"{name} is {a.role} in the {pair.en.called}, {b.role} in the {pair.ru.which} one.",
                change="office",
                role_en=a.role,
                role_ru=b.role,
            )


def _introduced(side: Side, read: Sources) -> dict[str, Office]:
    """The people a side introduces by an office or a calling."""
    reading = read.readings[side.version.side]
    if not side.words:
        return {}
    first, last = side.words[0].token.i, side.words[-1].token.i + 1
    found: dict[str, Office] = {}
    for mention in reading.people.inside(first, last):
        office = offices.before(reading.doc, mention.first, side.lang) or offices.after(
            reading.doc, mention.last, side.lang
        )
        office = office or _calling(reading.doc, mention.first)
        if office is not None and mention.person is not None:
            found.setdefault(mention.person.name, office)
    return found


def _calling(doc: "Doc", name: int) -> Office | None:
    """The noun right before a name, which no list of offices need know: "the psychiatrist Hasan", «социолог Хасан»."""
    if not name or doc[name - 1].pos_ != "NOUN":
        return None
    return Office(name - 1, name, name - 1, doc[name - 1].lemma_.lower(), None, former=False, gender=None)


def _same_name(en: str, ru: str) -> bool:
    a, b = en.split(), ru.split()
    return bool(a and b) and not apart(a[-1], b[-1])


def _other_office(pair: Pair, a: Office, b: Office) -> float:
    """How sure the two offices are different ones: by their nouns, not by what those govern."""
    en, ru = _place(pair.en, a.head), _place(pair.ru, b.head)
    if en is None or ru is None or (a.role and b.role and a.role.lower() == b.role.lower()):
        return 0.0
    if pair.match("en", en) == ru or _inner(pair, a, b):
        return _other_field(pair, a, b)
    if pair.explained("en", en) or pair.explained("ru", ru):
        return 0.0
    return max(_knowledge(pair, en, ru), UNLIKE if _other_calling(pair, a, b, en, ru) else 0.0)


def _other_calling(pair: Pair, a: Office, b: Office, en: int, ru: int) -> bool:
    """Two nouns that are unlike and stand for all that differs: a compound may have one word for it ("teacher trainer")."""
    left_en = [n for n in _inside(pair.en, a) if _met(pair, "en", n) is None]
    left_ru = [n for n in _inside(pair.ru, b) if _met(pair, "ru", n) is None]
    return left_en == [en] and left_ru == [ru] and _unlike(pair, en, ru)


def _inner(pair: Pair, a: Office, b: Office) -> bool:
    """The parses call different words of one office its head ("deputy minister", «заместитель министра»)."""
    en, ru = _place(pair.en, a.head), _place(pair.ru, b.head)
    met = (_met(pair, "en", en), _met(pair, "ru", ru)) if en is not None and ru is not None else (None, None)
    return met[0] in _inside(pair.ru, b) and met[1] in _inside(pair.en, a)


def _other_field(pair: Pair, a: Office, b: Office) -> float:
    """One office, another field: "deputy economy minister", «заместитель министра финансов»."""
    en = [n for n in _inside(pair.en, a) if _met(pair, "en", n) is None]
    ru = [n for n in _inside(pair.ru, b) if _met(pair, "ru", n) is None]
    if len(en) != 1 or len(ru) != 1:
        return 0.0
    if "ADJ" in (pair.en.words[en[0]].token.pos_, pair.ru.words[ru[0]].token.pos_):
        return 0.0  # "a retired ambassador", «бывший посол»
    if _same_kind(pair, en[0], ru[0]):
        return 0.0
    if contrasts.alike(pair, "terminology", en[0], ru[0]):
        return 0.0
    if _kinship(pair.en.words[en[0]], pair.ru.words[ru[0]]) >= AKIN:
        return 0.0
    firm = (
        translations.firmness(pair.en.words[en[0]].stem, pair.en.lang),
        translations.firmness(pair.ru.words[ru[0]].stem, pair.ru.lang),
    )
    return FIELD if min(firm) >= FIELD_FIRM and max(firm) >= FIRM else 0.0


def _same_kind(pair: Pair, en: int, ru: int) -> bool:
    """What stands with the two nouns is the same, and no place: "audit bureau", «счётная палата»."""
    index = {w.token.i: n for n, w in enumerate(pair.en.words)}
    there = {c.i for c in pair.ru.words[ru].token.children}
    return any(
        pair.ru.words[met].token.i in there
        for c in pair.en.words[en].token.children
        if c.i in index and c.pos_ in KINDS and not c.text[:1].isupper()
        if (met := _met(pair, "en", index[c.i])) is not None
    )


KINDS = frozenset({"NOUN", "ADJ"})
FIELD, FIELD_FIRM = 0.85, 0.2


def _inside(side: Side, office: Office) -> list[int]:
    return [
        n
        for n, w in enumerate(side.words)
        if office.first <= w.token.i < office.last and w.token.pos_ in KINDS
    ]


def _place(side: Side, token: int) -> int | None:
    return next((n for n, w in enumerate(side.words) if w.token.i == token), None)


def _words_span(side: Side, office: Office) -> Span:
    inside = [w for w in side.words if office.first <= w.token.i < office.last]
    return evidence(side.version, inside[0].start, inside[-1].end, BY)


def _difference(
    pair: Pair,
    lang: Lang,
    source: tuple[int, int, tuple[int, ...]],
    confidence: float,
    said: str,
    change: str,
) -> Difference:
    first, last, cue = source
    side, other = pair.side(lang), pair.other(lang)
    places = [first, last, *cue]
    spans = {
        lang: evidence(side.version, side.words[min(places)].start, side.words[max(places)].end, BY),
        OTHER_LANG[lang]: evidence(other.version, *_answering(pair, OTHER_LANG[lang]), BY),
    }
    return difference(
        "attribution", spans["en"], spans["ru"], confidence * pair.sure, said, change=change, only=lang
    )


def _answering(pair: Pair, lang: Lang) -> tuple[int, int]:
    """From the first to the last sentence of a side that translates something; the rest is an addition."""
    side = pair.side(lang)
    met = [w.start for n, w in enumerate(side.words) if w.content and _met(pair, lang, n) is not None]
    there = [(side.version.sentences or ())[i] for i in side.sentences]
    kept = [s for s in there if any(s.start <= at < s.end for at in met)] or there
    return kept[0].start, kept[-1].end
