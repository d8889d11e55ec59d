"""Another step of a scale, or none: "may be held up", «обязательно задержат»; "tried to seize", «изъяли»."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline import languages
from pipeline.compare import contrasts, negation
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.modality import exchange, scales
from pipeline.compare.modality.scales import OTHER, Mark
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "modality"
EXCHANGED, OUTRIGHT = 0.7, 0.65
"""Confidence of another step, and of a predicate said outright: planted differences and faithful news, see the card of `models/scales`."""


def compare(pair: Pair, en: Sequence[Mark], ru: Sequence[Mark]) -> Iterator[Difference]:
    """Predicates of a pair that stand on steps which faithful translators hardly ever exchange; `en`, `ru`: its marks."""
    found = list(_exchanged(pair, en, ru))
    yield from found
    if not found:
        yield from _outright(pair, "en", en, ru)
        yield from _outright(pair, "ru", ru, en)


def _exchanged(pair: Pair, en: Sequence[Mark], ru: Sequence[Mark]) -> Iterator[Difference]:
    """Marks in one place, on steps that exclude each other and that no other mark of the pair accounts for."""
    for a in en:
        if any(exchange.free(a.step, b.step) and not _rendering_another(pair, "en", a, b, en) for b in ru):
            continue
        for b in scales.meeting(pair, "en", a, ru):
            waived = _waived(pair, a, b)
            if not (waived or scales.exclude(a.step, b.step)):
                continue
            if any(exchange.free(e.step, b.step) for e in en) or _chance(pair, a, b):
                continue
            if not waived and _turned(pair, a, b):
                continue
            spans = _span(pair.en, a), _span(pair.ru, b)
            yield difference(
                "modality",
                *spans,
                EXCHANGED * pair.sure,
                f"{contrasts.both(pair, spans)} are not equally certain or binding.",
                step_en=a.step,
                step_ru=b.step,
            )
            return


def _chance(pair: Pair, a: Mark, b: Mark) -> bool:
    """The marks only meet by chance, or only one thing is allowed, which binds."""
    return (
        _translated(pair, a, b)
        or scales.elsewhere(pair, a, b)
        or scales.only(pair.en, a.first)
        or scales.only(pair.ru, b.first)
    )


def _waived(pair: Pair, a: Mark, b: Mark) -> bool:
    """What one version forbids the other only does not ask for: "may not choose", «не обязан выбирать»."""
    denied = (a.step in GRANTED and b.step == "exempt" and scales.negated(pair.en, a)) or (
        b.step in GRANTED and a.step == "exempt" and scales.negated(pair.ru, b)
    )
    return denied and not pair.editions


GRANTED = frozenset({"may", "entitled"})


def _translated(pair: Pair, a: Mark, b: Mark) -> bool:
    """The words of either mark have their translation elsewhere: the two only meet by chance."""
    hits = contrasts.Hit(0, a.first, a.last), contrasts.Hit(1, b.first, b.last)
    return contrasts.translated(pair, contrasts.Contrast("", *hits, 1.0))


def _turned(pair: Pair, a: Mark, b: Mark) -> bool:
    """A denial turns one step only, which may make it the other: "may not land", «запрещена»."""
    steps = {a.step, b.step}
    if "never" in steps:
        return False  # it denies by itself
    denied = scales.negated(pair.en, a), scales.negated(pair.ru, b)
    if steps == {"doubtful", "certain"}:  # what is doubtful is neither certain nor certainly not so
        doubtful, certain = (
            ((pair.en, a), (pair.ru, b)) if a.step == "doubtful" else ((pair.ru, b), (pair.en, a))
        )
        return scales.negated(*doubtful) or _by_few(*doubtful) or _not_certain(*certain)
    if (
        "exempt" in steps
    ):  # it denies too: "no need to go", «не придётся ехать»; one more denial is a matter of polarity
        return pair.editions or denied[1 if a.step == "exempt" else 0]
    if (
        all(denied)
        and {exchange.counted(step) for step in steps - {"recommended"}} <= scales.FORBIDDING
        and "recommended" not in steps
    ):
        return True
    if "excluded" in steps and _denies_below(*((pair.ru, b) if a.step == "excluded" else (pair.en, a))):
        return True
    return denied[0] != denied[1] or ("excluded" in steps and any(denied))


def _by_few(side: Side, mark: Mark) -> bool:
    """What few doubt is certain."""
    below = side.words[mark.first].token.children
    return any(t.lower_ in FEW for c in below for t in (c, *c.children))


FEW = frozenset({"few", "hardly", "scarcely", "мало", "немногие"})


def _not_certain(side: Side, mark: Mark) -> bool:
    """ "Not sure", «не уверен» is doubtful; «наверняка не состоится» is certain."""
    before = range(mark.first - BEFORE, mark.first)
    return any(n in before for n in negation.raw(side))


BEFORE = 3
"""Words before a word of certainty within which a denial belongs to it."""


def _denies_below(side: Side, mark: Mark) -> bool:
    """What the mark governs is denied: "rules out a rise", «заверяет, что цены не вырастут»."""
    over = side.words[mark.first].token
    return any(over.is_ancestor(side.words[n].token) for n in negation.raw(side))


def _outright(pair: Pair, lang: Lang, ours: Sequence[Mark], theirs: Sequence[Mark]) -> Iterator[Difference]:
    """A predicate that a mark sets on a step and that the other version says outright."""
    side, there = pair.side(lang), pair.other(lang)
    if "?" in there.text:
        return
    for mark in ours:
        if mark.step not in _lost(lang) or mark.first <= mark.anchor <= mark.last:
            continue
        if (
            (pair.editions and (_adverbial(side, mark) or mark.step in OWN))
            or _refused(side, mark)
            or _thing(side, mark)
            or (mark.step == "may" and scales.conceded(side, mark.last))
        ):
            continue
        left = [
            o
            for o in theirs
            if (o.step != REFUSED or mark.step == REFUSED)
            and not _rendering_another(pair, lang, mark, o, ours)
        ]
        if scales.meeting(pair, lang, mark, left) or any(_covers(lang, mark, o) for o in left):
            continue
        place = scales.counterpart(pair, lang, mark)
        if place is not None and _comes(mark, side, there.words[place].token):
            continue
        if place is None or not _said(there.words[place].token, side.words[mark.anchor].token):
            continue
        if mark.step == REFUSED and (negation.raw(there) or _gives_up(there)):
            continue
        if mark.step in STILL_OPEN and not _foretold(mark, there, place):
            continue
        at = there.words[place]
        spans = {
            lang: _span(side, mark, mark.anchor),
            OTHER[lang]: evidence(there.version, at.start, at.end, BY),
        }
        yield difference(
            "polarity" if mark.step == REFUSED else "modality",
            spans["en"],
            spans["ru"],
            OUTRIGHT * pair.sure,
            f"{quoted(_span(side, mark).text, side.lang)} has no counterpart.",
            only=lang,
            step=mark.step,
        )
        return


REFUSED = "refused"
"""The step of what somebody would not do: said outright, it has been done."""
GIVES_UP: dict[Lang, tuple[str, ...]] = {
    "en": ("refus", "declin", "resist", "reject", "den", "bar", "avoid", "abstain", "boycott", "without", "turn", "fail", "stop", "cease"),
    "ru": ("отказ", "отверг", "отклон", "воздерж", "уклон", "избе", "против", "отмахн", "без", "перест"),
}  # fmt: skip


def _gives_up(side: Side) -> bool:
    """Some word says that it was not done: "declined", "without", «отказ», «уклонился», «воздержался»."""
    return any(w.lemma.startswith(GIVES_UP[side.lang]) for w in side.words)


STILL_OPEN = {"weighed": False, "doubtful": True}
"""Steps of which much may be left unsaid, but not what the outcome will be, and whether that outcome is denied: "is thinking of offering",
«предоставит»; "is unlikely to be refused", «отвергнуто не будет»."""


def _foretold(mark: Mark, side: Side, place: int) -> bool:
    """The outcome is told as settled: in the plain future, denied where the mark doubts it."""
    token = side.words[place].token
    around = {t.lower_ for t in (token, *token.children)}
    future = "Tense=Fut" in str(token.morph) or around & (WILL if side.lang == "en" else WILL_BE)
    return bool(future) and negation.touched(side, place) == STILL_OPEN[mark.step]


WILL = frozenset({"will", "wo", "shall", "’ll", "'ll"})


def _rendering_another(pair: Pair, lang: Lang, mark: Mark, other: Mark, ours: Sequence[Mark]) -> bool:
    """The mark of the other version renders another word than this mark: "he said it is likely to open", «он сказал, что откроется»."""
    covers = _covers(lang, mark, other)
    if mark.step in INTENDED and any(
        m.step == other.step != mark.step and _translates(pair, lang, m, other) for m in ours
    ):
        return True
    if (not covers or other.step == TOLD) and any(
        m.step == other.step != mark.step and scales.meeting(pair, lang, m, [other]) for m in ours
    ):
        return True
    if covers and other.anchor == scales.counterpart(pair, lang, mark):
        return False
    words, side = pair.other(lang).words, pair.side(lang)
    met = {pair.match(OTHER[lang], n) for n in range(other.first, other.last + 1) if words[n].content}
    own = {*range(mark.first, mark.last + 1), *([mark.anchor] if covers else [])}
    return bool(met) and all(n is not None and n not in own and side.words[n].content for n in met)


def _translates(pair: Pair, lang: Lang, mark: Mark, other: Mark) -> bool:
    """A word of the other mark is the translation of one of this mark: "intends to propose", «предложил»."""
    met = {pair.match(lang, n) for n in range(mark.first, mark.last + 1) if pair.side(lang).words[n].content}
    return bool(met & set(range(other.first, other.last + 1)))


INTENDED = frozenset({"planned", "hoped", "ready"})
"""Steps of a deed that is still to come; a word for the deed itself renders none of them."""
TOLD = "told"
"""The step of what somebody says, which stands in every other sentence of news, for other words than "allegedly" as well."""


def _comes(mark: Mark, side: Side, token: "Token") -> bool:
    """Russian tells so what is arranged, in the future ("is scheduled to visit", «посетит»), and what is tried, without its end («ловил»)."""
    if mark.step == "arranged":
        return "Tense=Past" not in str(token.morph) or any(c.lower_ in WILL_BE for c in token.children)
    if mark.step == "must":
        return "Tense=Fut" not in str(token.morph)
    if mark.step == "tried":
        return "Aspect=Imp" in str(token.morph)
    scheduled = any(side.words[n].lemma in ARRANGED for n in range(mark.first, mark.last + 1))
    return scheduled and "Tense=Fut" in str(token.morph)


WILL_BE = frozenset({"будет", "будут"})
ARRANGED = frozenset({"schedule", "slate"})


def _adverbial(side: Side, mark: Mark) -> bool:
    """«По всей видимости»: between editions `hedges` and clauses left out tell of it, whichever edition has it."""
    return side.words[mark.first].token.pos_ in scales.OPENING


def _refused(side: Side, mark: Mark) -> bool:
    """A denied permission is an order, however it is put: "may not take part", «не участвует»."""
    return mark.step == "may" and scales.negated(side, mark)


def _thing(side: Side, mark: Mark) -> bool:
    """What is willed or tried is a thing, not a deed: "offered tea", but not "offered to resign"."""
    token = side.words[mark.anchor].token
    if mark.step in COMING or mark.step in STILL_OPEN:
        return token.pos_ not in ("VERB", "AUX", "ADJ")  # "set to Kyiv time"
    return mark.step in WILLED and token.morph.get("VerbForm", []) != ["Inf"]


WILLED = frozenset({"hoped", "offered", "ready", "pledged"})
OWN = frozenset({"arranged", "must"})
"""Steps that Russian alone says outright by another tense; editions of one language rephrase them."""
COMING = frozenset({"due", "arranged", "threatened"})


def _lost(lang: Lang) -> frozenset[str]:
    return frozenset(languages.shared("scales")["lost"][lang])


def _covers(lang: Lang, mark: Mark, other: Mark) -> bool:
    """The other mark may render this one, wherever it stands."""
    return exchange.free(mark.step, other.step) if lang == "en" else exchange.free(other.step, mark.step)


def _said(token: "Token", ours: "Token") -> bool:
    """A predicate in the indicative: «выходит», «был англичанин», but not «выйти», «чтобы вышел», «вышел бы», «берите», nor
    a noun for a verb («начало», "begin")."""
    if token.pos_ in NOMINAL and ours.pos_ not in (*NOMINAL, "ADJ", "NUM"):
        return False
    if any(c.lower_ in UNREAL for c in token.children) or "Person=2" in str(token.morph):
        return False
    if token.pos_ in ("VERB", "AUX"):
        if any(c.lower_ in WILL for c in token.children):
            return True
        return token.morph.get("VerbForm", []) in (["Fin"], ["Part"]) and token.morph.get("Mood", []) != [
            "Imp"
        ]
    return token.dep_.lower() == "root" or any(c.dep_ == "cop" for c in token.children)


NOMINAL = ("NOUN", "PROPN", "PRON")
UNREAL = frozenset({"бы", "б", "чтобы", "если", "ли", "пусть", "пускай", "if", "whether", "would"})


def _span(side: Side, mark: Mark, anchor: int | None = None) -> Span:
    """The words of a mark, and its predicate where that stands near."""
    near = anchor is not None and abs(anchor - mark.last) <= REACH
    places = [mark.first, mark.last, *([anchor] if near and anchor is not None else [])]
    return evidence(side.version, side.words[min(places)].start, side.words[max(places)].end, BY)


REACH = 5
"""Words between a mark and its predicate up to which both are shown."""
