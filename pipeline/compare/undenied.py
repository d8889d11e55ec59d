"""How likely an unmet denial is lost, and not said in other words: a few traits, weighed by small trees learned from news.

Faithful translators deny elsewhere ("is yet to be published", «ещё не опубликован»), by a word ("lacks", «не хватает») or by a part of one
("not tall enough", «недостаточно высок»). The trees have seen such pairs, and pairs whose one denial was struck out.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from math import exp, log
from typing import Any, NamedTuple

from pipeline import shipped
from pipeline.compare import contrasts, denials, negation, turns
from pipeline.compare.contrasts import KINDS, Hit
from pipeline.compare.denials import Unmet
from pipeline.compare.pairs import CONTENT, Pair, Side, Word
from pipeline.document import Lang

WEIGHTS = "models/denials/weights.json"
THRESHOLD = 0.92
"""Probability from which a lost denial is reported (`models/denials/README.md`)."""
SUREST = 0.85
"""No lost denial is surer."""


class Traits(NamedTuple):
    """What is weighed of an unmet denial."""

    link: float
    surplus: float
    spare: float
    implied: float
    implied_freely: float
    held: float
    near: float
    covered: float
    answered: float
    like_words: float
    partner_implies: float
    bounded: float
    conditional: float
    excepted: float
    compared: float
    asked: float
    comma: float
    noun: float
    direct: float
    worded: float
    length: float


def traits(pair: Pair, one: Unmet) -> Traits:
    """The traits of a denial whose denied word has an undenied translation."""
    side, other = pair.side(one.lang), pair.other(one.lang)
    by, word, partner = one.denial.by, side.words[one.place], other.words[one.partner]
    after = side.words[by + 1 : by + 1 + EXCEPTION]
    beside = (*side.words[max(0, by - BESIDE) : by + BESIDE], *_around(other, one.partner, BESIDE))
    spare = {n for n in negation.raw(other) if not _conceding(other, n)} - _claimed(pair, one)
    implied = _unused(pair, one.lang, _implies) - {one.partner}
    return Traits(
        link=pair.partners(one.lang, one.place)[one.partner],
        surplus=float(max(-MOST, min(MOST, len(one.ours) - len(one.theirs)))),
        spare=_nearest(spare, one.partner),
        implied=_nearest(implied, one.partner),
        implied_freely=_nearest(implied & _unmatched(pair, other.lang), one.partner),
        held=_nearest(_unused(pair, one.lang, _holds), one.partner),
        near=_near(pair, *_hits(one)),
        covered=min(pair.coverage),
        answered=max(pair.partners(one.lang, by).values(), default=0.0),
        like_words=float(KINDS.get(word.token.pos_) == KINDS.get(partner.token.pos_)),
        partner_implies=float(_implies(partner, other.lang)),
        bounded=float(_any(other.lang, "bounds", _around(other, one.partner, EXCEPTION))),
        conditional=float(any(_any(lang, "conditions", beside) for lang in ("en", "ru"))),
        excepted=float(any(w.lemma in turns.words(side.lang)["except"] for w in after)),
        compared=float(any("Degree=Cmp" in str(w.token.morph) for w in after[:BESIDE])),
        asked=float(("?" in side.text) + ("?" in other.text)),
        comma=float("," in _between(side, by, one.place)),
        noun=float(denials.noun(word)),
        direct=float(word.token.i == side.words[by].token.head.i),
        worded=float(one.denial.worded),
        length=log(1 + len(side.words) + len(other.words)),
    )


MOST = 2
"""By how many denials more or fewer a side counts."""
EXCEPTION, BESIDE = 6, 3
"""Words after a denial within which an exception takes it back; words beside it that may make it one of form."""
CLAIM = 3
"""Words between a denied word and the word of denial that another denial of the other side claims."""
FADING = 5.0
"""Words in which the nearness of a word falls to a third."""


def _claimed(pair: Pair, one: Unmet) -> set[int]:
    """The words of denial of the other side that render other denials of this one."""
    denied = [place for d in one.ours if d.by != one.denial.by for place in d.places]
    met = {n for place in denied for n in denials.partners(pair, one.lang, place)}
    return {n for n in negation.raw(pair.other(one.lang)) if any(abs(n - m) <= CLAIM for m in met)}


def _conceding(side: Side, place: int) -> bool:
    """A «ни» that denies nothing: «что бы ни говорили»."""
    return side.words[place].lemma == "ни" and place > 0 and side.words[place - 1].lemma == "бы"


def _nearest(places: Iterable[int], place: int) -> float:
    return max((exp(-abs(n - place) / FADING) for n in places), default=0.0)


def _unused(pair: Pair, lang: Lang, denies: Callable[[Word, Lang], bool]) -> set[int]:
    """The words of the other side that deny in their way, and are not spoken for by a word of this one."""
    words = pair.other(lang).words
    return {n for n, w in enumerate(words) if denies(w, pair.other(lang).lang) and not _used(pair, lang, n)}


def _used(pair: Pair, lang: Lang, place: int) -> bool:
    """The word renders one that denies as well ("independent", «независимый»), or any surely («нехватка», "shortage")."""
    side = pair.side(lang)
    met, p = pair.matches[1 if lang == "en" else 0].get(place, (0, 0.0))
    return p >= SURELY or (p >= USED and _denies_somehow(side.words[met], side.lang))


USED, SURELY = 0.05, 0.25
"""Probability from which a word is taken for the rendering of one that denies, and of one that does not."""


def _unmatched(pair: Pair, lang: Lang) -> set[int]:
    """The words of a side that render none of the other."""
    matches = pair.matches[0 if lang == "en" else 1]
    return {n for n in range(len(pair.side(lang).words)) if n not in matches or matches[n][1] < MATCHED}


MATCHED = 0.1
"""Probability from which a word is taken for the rendering of another."""


def _implies(word: Word, lang: Lang) -> bool:
    return word.lemma in denials.words(lang, "implicit")


def _holds(word: Word, lang: Lang) -> bool:
    return word.token.pos_ in CONTENT and denials.holds_denial(word.lemma, lang)


def _denies_somehow(word: Word, lang: Lang) -> bool:
    return word.lemma in denials.words(lang, "explicit") or _implies(word, lang) or _holds(word, lang)


def _hits(one: Unmet) -> tuple[Hit, Hit]:
    ours, theirs = Hit(0, one.place, one.place), Hit(0, one.partner, one.partner)
    return (ours, theirs) if one.lang == "en" else (theirs, ours)


def _near(pair: Pair, en: Hit, ru: Hit) -> float:
    """How far the two words stand in the same place; where nothing else stands, they do."""
    alone = not (contrasts.around(pair.en, en) and contrasts.around(pair.ru, ru))
    return 1.0 if alone else contrasts.closeness(pair, en, ru)


def _around(side: Side, place: int, reach: int) -> tuple[Word, ...]:
    return side.words[max(0, place - reach) : place + reach + 1]


def _any(lang: Lang, name: str, words: Iterable[Word]) -> bool:
    return any(w.lemma in denials.words(lang, name) for w in words)


def _between(side: Side, a: int, b: int) -> str:
    first, last = min(a, b), max(a, b)
    return side.version.text[side.words[first].end : side.words[last].start]


@cache
def _model() -> dict[str, Any]:
    return json.loads(shipped.path(WEIGHTS).read_text("utf-8"))  # type: ignore[no-any-return]


def probability(found: Traits) -> float:
    """How likely a denial with these traits is lost: each tree asks of one trait after another and adds what its leaf weighs."""
    model = _model()
    return 1 / (1 + exp(-model["bias"] - sum(_leaf(tree, found) for tree in model["trees"])))


def _leaf(node: Any, found: Traits) -> float:
    while isinstance(node, list):
        trait, limit, low, high = node
        node = low if getattr(found, trait) <= limit else high
    return float(node)


def confidence(pair: Pair, one: Unmet) -> float:
    """The weight of a lost denial, 0.5 at the threshold."""
    p = probability(traits(pair, one))
    if p < THRESHOLD:
        return 0.499 * p / THRESHOLD
    return 0.5 + (SUREST - 0.5) * (p - THRESHOLD) / (1 - THRESHOLD)
