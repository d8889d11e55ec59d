"""A "perhaps" that is gone, a certainty that is added: "could be opened", «будут открыты».

A hedge is lost where one version has "may", "perhaps", «вероятно» and the
other has nothing of the kind, neither the same word nor a freer one (a conditional, a question, "seems", «можно»), but
says it outright, in Russian often by a plain future.
"""

from collections.abc import Iterator
from functools import cache

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.modality import scales
from pipeline.compare.modality.scales import unmodal
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Difference, Lang

BY = "modality"
LOST, LOST_FUTURE, PERMITTED, HEARSAY, BOOSTED = 0.6, 0.75, 0.4, 0.45, 0.4
"""Confidence of a lost hedge, of one before a plain future, of a "may" that may be a permission, of "reportedly" (which
may be a source), and of certainty added. Planted differences and faithful passages, see tests/test_compare_injection.py."""
FORESEEN = 1.0
"""Weight of a Russian hedge whose own predicate English foresees outright: «может стать», "will become"."""
ADDED = 0.75
"""What is left of it for a hedge that only the Russian version has: translators add them more easily than they drop them."""
TURNED = 0.75
"""Confidence of a hedge in the place of which the other version has a certainty."""
HEARD = frozenset({"reportedly", "allegedly", "supposedly", "purportedly", "якобы"})
GRANTED = frozenset({"may", "might"})
ABILITY = frozenset({"could", "can", "мочь"})
"""Modal verbs that as often tell what somebody was able to do: hedges only before a plain future."""


def compare(pair: Pair) -> Iterator[Difference]:
    """A hedge or a word of certainty that only one version of a pair has."""
    found = [*_lost(pair), *_boosted(pair)]
    yield from [_turned(pair, *found)] if {d.detail["only"] for d in found} == {"en", "ru"} else found


def _turned(pair: Pair, lost: Difference, boosted: Difference) -> Difference:
    """A certainty in the place of a hedge: "may be the only one", «несомненно, единственный»."""
    by_lang = {d.detail["only"]: d for d in (lost, boosted)}
    spans = by_lang["en"].en, by_lang["ru"].ru
    assert spans[0], "each shows the words that only its version has"
    assert spans[1], "each shows the words that only its version has"
    said = (
        f"{quoted(spans[0].text, pair.en.lang)} and {quoted(spans[1].text, pair.ru.lang)} are not equally "
        "certain or binding."
    )
    return difference("modality", *spans, TURNED * pair.sure, said)


Phrases = frozenset[tuple[str, ...]]


@cache
def _row(name: str, lang: Lang) -> Phrases:
    return frozenset(tuple(p.split()) for p in languages.bilingual(languages.shared("hedges")[name])[lang])


@cache
def _by_first_word(rows: tuple[str, ...], lang: Lang) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of some rows by their first word, long ones first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted({p for row in rows for p in _row(row, lang)}, key=lambda p: (-len(p), p)):
        index.setdefault(phrase[0], []).append(phrase)
    return index


def _hits(side: Side, *rows: str) -> list[tuple[int, int]]:
    """The places of a row's words and phrases; the month of May is none."""
    forms = [{w.lemma, w.token.lower_.replace("ё", "е")} for w in side.words]
    index = _by_first_word(rows, side.lang)
    idle = {n for m in scales.marks(side) if m.step == scales.IDLE for n in range(m.first, m.last + 1)}
    return [
        (i, i + len(p) - 1)
        for i, here in enumerate(forms)
        for form in sorted(here)
        for p in index.get(form, ())
        if len(p) <= len(forms) - i
        and all(w in f for w, f in zip(p, forms[i:], strict=False))
        and not unmodal(side.words[i].token)
        and i not in idle
    ]


def _lost(pair: Pair) -> Iterator[Difference]:
    for lang, _ in SIDES:
        side, there = pair.side(lang), pair.other(lang)
        if _question(there):
            continue
        hedges = _hits(side, "hedge")
        company: tuple[str, ...] = ("hedge", "modal", "company")
        if not hedges:
            hedges, company = _hits(side, "modal"), ("hedge", "modal", "company", "ability")
        elif there.lang == "en":
            company = ("hedge", "company")
        others = [hit for hit in _hits(there, *company) if not _plain_future(there, hit)]
        if not hedges or any(not _rendering(pair, lang, hedges[0], hit) for hit in others):
            continue
        first, last = hedges[0]
        if side.words[first].lemma in GRANTED and (scales.conceded(side, last) or _feared(side, first)):
            continue
        predicate = _predicate(pair, lang, first)
        owned = _hits(there, "opinion") and not _hits(side, "opinion")
        if (owned and not _foreseen(there, predicate)) or (_hearsay(side, first) and _heard(there)):
            continue
        confidence = _weight(pair, lang, first, predicate) * _added(pair, lang)
        if confidence:
            said = f"{quoted(_text(side, first, last), side.lang)} has no counterpart."
            yield _difference(pair, lang, (first, last), predicate, confidence, said)
            return


def _rendering(pair: Pair, lang: Lang, hedge: tuple[int, int], company: tuple[int, int]) -> bool:
    """The word of company renders another word than the hedge: «риск», "risk"."""
    side = pair.side(lang)
    places = [_ruled(pair.other(lang), n) for n in range(company[0], company[1] + 1)]
    met = [pair.match(OTHER[lang], n) for n in places]
    return all(n is not None and not hedge[0] <= n <= hedge[1] and side.words[n].content for n in met)


def _plain_future(side: Side, hit: tuple[int, int]) -> bool:
    """ "Will" renders no Russian word of possibility: "will be raised", «может быть повышена»; Russian has its own future for it."""
    return side.lang == "en" and side.words[hit[0]].token.lower_ in WILL


def _feared(side: Side, hedge: int) -> bool:
    """What somebody is afraid of is a guess without "may": "feared it might fail", «боится, что рухнет»."""
    verb = side.words[hedge].token.head
    return verb.head.lemma_.lower() in FEARS


FEARS = frozenset({"fear", "afraid", "worry", "worried", "concerned", "anxious"})


def _ruled(side: Side, place: int) -> int:
    """The verb of a conditional clause for its conjunction: «если позволит погода»; any other word for itself."""
    if side.words[place].lemma not in CONDITIONS:
        return place
    head = side.words[place].token.head.i
    return next((n for n, w in enumerate(side.words) if w.token.i == head), place)


CONDITIONS = frozenset({"если", "if"})


def _plain_verb(word: Word) -> bool:
    """A verb that the English list of stop words has: "become", "make"."""
    return word.token.pos_ == "VERB" and word.token.is_ascii


def _foreseen(side: Side, predicate: int | None) -> bool:
    """Said outright of the future; that somebody says so makes it no less sure: «по словам министра, взносы заморозят»."""
    return predicate is not None and _future(side, predicate)


def _heard(side: Side) -> bool:
    """Somebody says so, whoever it is: «рассказывают», «по слухам»."""
    return bool(_hits(side, "hearsay")) or any(m.step == "heard" for m in scales.marks(side))


def _hearsay(side: Side, hedge: int) -> bool:
    word = side.words[hedge].lemma
    return word in HEARD or word == "be"


def _added(pair: Pair, lang: Lang) -> float:
    """A translation into Russian adds hedges; an edition says less or more, whichever it is."""
    return ADDED if lang == "ru" and not pair.editions else 1.0


def _weight(pair: Pair, lang: Lang, hedge: int, predicate: int | None) -> float:
    """How much it means that a hedge is gone."""
    side, there = pair.side(lang), pair.other(lang)
    word = side.words[hedge].lemma
    future = predicate is not None and _future(there, predicate)
    if _hearsay(side, hedge):
        return LOST if predicate is not None and _stands_for(pair, lang, predicate, hedge) else HEARSAY
    if word in ABILITY and negation.touched(side, hedge):
        return 0.0  # "could not find", «не обнаружил»
    if there.lang == "en" and any(w.token.lower_ in WILL for w in there.words):
        return FORESEEN if future else LOST_FUTURE  # «вероятно, определят», "will be drawn"
    sure = word not in ABILITY or (predicate is not None and _stands_for(pair, lang, predicate, hedge))
    if future and predicate is not None and sure and not _addressed(there, predicate):
        return LOST_FUTURE
    if word in ABILITY:
        return 0.0
    if word in ("may", "might"):
        epistemic = any(
            w.lemma in ("well", "yet") or (w.lemma == "have" and _helps(side, n))
            for n, w in enumerate(side.words[hedge + 1 : hedge + 3], hedge + 1)
        )
        return LOST if epistemic or word == "might" else PERMITTED
    return LOST


def _stands_for(pair: Pair, lang: Lang, predicate: int, hedge: int) -> bool:
    """A predicate that renders something, or is left over as the hedged verb is: "could restore", «восполнит»."""
    if pair.match(OTHER[lang], predicate) is not None:
        return True
    side = pair.side(lang)
    head = side.words[hedge].token.head
    return any(w.token == head and pair.match(lang, n) is None for n, w in enumerate(side.words))


def _helps(side: Side, place: int) -> bool:
    """A "have" that helps another verb: "may have left", "may have to close", but not "may have it"."""
    after = side.words[place + 1].lemma if place + 1 < len(side.words) else ""
    return side.words[place].token.pos_ == "AUX" or after == "to"


def _addressed(side: Side, place: int) -> bool:
    """A verb in the second person: "you may help", «поможете»."""
    return "Person=2" in str(side.words[place].token.morph)


OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
SIDES: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("ru", "en"))


def _question(side: Side) -> bool:
    return "?" in side.text


def _predicate(pair: Pair, lang: Lang, hedge: int) -> int | None:
    """The verb of the other side that stands for what is hedged: by the lexicon, else its only future or main verb."""
    side, there = pair.side(lang), pair.other(lang)
    index = {w.token.i: n for n, w in enumerate(side.words)}
    head = side.words[hedge].token.head
    below = sorted(side.words[hedge].token.children, key=lambda c: c.dep_ not in scales.COMPLEMENTS)
    linked = [
        m
        for n in (index.get(head.i), *(index.get(c.i) for c in below))
        if n is not None
        for m in sorted(pair.partners(lang, n))
        if there.words[m].token.pos_ in ("VERB", "ADJ", "NOUN")
        and (there.words[m].content or _plain_verb(there.words[m]))
    ]
    if linked:
        return linked[0]
    verbs = [
        n
        for n, w in enumerate(there.words)
        if w.token.pos_ == "VERB" and "VerbForm=Fin" in str(w.token.morph)
    ]
    futures = [n for n in verbs if _future(there, n) and not _another(pair, lang, n, hedge)]
    near = (
        futures
        or verbs
        or [n for n, w in enumerate(there.words) if w.token.dep_.lower() == "root" and w.token.pos_ == "ADJ"]
    )
    hedged = index.get(head.i, hedge)
    likeness = pair.likeness if lang == "en" else pair.likeness.T
    return max(near, key=lambda n: (float(likeness[hedged, n]), -n), default=None)


def _another(pair: Pair, lang: Lang, place: int, hedge: int) -> bool:
    """A verb of the other side renders another predicate than the hedged one: «пройдет», "will take place"."""
    met = pair.match(OTHER[lang], place)
    if met is None:
        return False
    verb, hedged = pair.side(lang).words[met].token, pair.side(lang).words[hedge].token.head
    return verb.pos_ == "VERB" and verb.dep_ not in ATTRIBUTES and verb != hedged


ATTRIBUTES = frozenset({"amod", "acl"})


def _future(side: Side, place: int) -> bool:
    """A plain future: «будут открыты», «переедут», "will be opened"."""
    token = side.words[place].token
    around = (token, *token.children)
    if side.lang == "en":
        return any(t.lower_ in WILL for t in around)
    return any("Tense=Fut" in str(t.morph) or t.lower_ in WILL_BE for t in around)


WILL = frozenset({"will", "shall", "’ll", "'ll"})
WILL_BE = frozenset({"буду", "будешь", "будет", "будем", "будете", "будут"})


def _boosted(pair: Pair) -> Iterator[Difference]:
    """A word of certainty in one version and nothing of the kind in the other."""
    for lang, _ in SIDES:
        side, there = pair.side(lang), pair.other(lang)
        boosters = _hits(side, "booster")
        if (lang == "en" and not pair.editions) or not boosters or _hits(there, "booster"):
            continue
        first, last = boosters[0]
        if _translated(pair, lang, boosters[0]):
            continue
        predicate = _predicate(pair, lang, first)
        yield _difference(
            pair,
            lang,
            (first, last),
            predicate,
            BOOSTED,
            f"{quoted(_text(side, first, last), side.lang)} has no counterpart.",
        )
        return


def _translated(pair: Pair, lang: Lang, place: tuple[int, int]) -> bool:
    return any(
        pair.explained(lang, n) for n in range(place[0], place[1] + 1) if pair.side(lang).words[n].content
    )


def _text(side: Side, first: int, last: int) -> str:
    return side.version.text[side.words[first].start : side.words[last].end]


def _difference(
    pair: Pair, lang: Lang, hedge: tuple[int, int], predicate: int | None, confidence: float, said: str
) -> Difference:
    side, there = pair.side(lang), pair.other(lang)
    index = {w.token.i: n for n, w in enumerate(side.words)}
    head = index.get(side.words[hedge[0]].token.head.i, hedge[0])
    first, last = (min(hedge[0], head), max(hedge[1], head)) if abs(head - hedge[0]) <= REACH else hedge
    ours = evidence(side.version, side.words[first].start, side.words[last].end, BY)
    if predicate is None:
        theirs = evidence(there.version, there.start, there.end, BY)
    else:
        theirs = evidence(there.version, there.words[predicate].start, there.words[predicate].end, BY)
    spans = (ours, theirs) if lang == "en" else (theirs, ours)
    return difference("modality", *spans, confidence * pair.sure, said, only=lang)


REACH = 5
"""Words between a hedge and its verb up to which both are shown."""
