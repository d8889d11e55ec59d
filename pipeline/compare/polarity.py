"""Meanings turned round: a lost or added "not", "removed" against «сохранил», "hardly any" against «почти все»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import (
    affixes,
    companions,
    contrasts,
    denials,
    negation,
    reversals,
    turns,
    undenied,
    weighing,
)
from pipeline.compare.finding import REPORTED, difference, evidence
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Difference

BY = "polarity"
EXCEPTION = 6
"""Words after a denial within which an exception takes it back: "nothing but dollars", «ничего, кроме долларов»."""


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The polarity differences of aligned sentences."""
    for pair in pairs:
        opposites = [*_opposites(pair), *_reversals(pair)]
        yield from opposites
        yield from (d for d in _denials(pair) if not any(_retold(d, one) for one in opposites))


def _retold(denial: Difference, opposite: Difference) -> bool:
    """Opposites that are reported already have the denial in them: "backed the ban", «выступил против запрета»."""
    spans = ((denial.en, opposite.en), (denial.ru, opposite.ru))
    return opposite.confidence >= REPORTED and any(
        a and b and a.start < b.end and b.start < a.end for a, b in spans
    )


def _denials(pair: Pair) -> Iterator[Difference]:
    """Words denied on one side whose translation on the other is not."""
    for one in denials.unmet(pair):
        side, other = pair.side(one.lang), pair.other(one.lang)
        if not _no_denial(side, one.place, one.denial.by) and not (
            _last_time(side, other) or _all(pair, one)
        ):
            ours = _stretch(side, min(one.place, one.denial.by), max(one.place, one.denial.by))
            theirs = _stretch(other, one.partner, one.partner)
            spans = (ours, theirs) if one.lang == "en" else (theirs, ours)
            yield difference(
                "polarity",
                evidence(pair.en.version, *spans[0], BY),
                evidence(pair.ru.version, *spans[1], BY),
                undenied.confidence(pair, one) * pair.sure,
                f"The {side.called} denies what the {other.which} one asserts.",
                denied=one.lang,
            )


def _all(pair: Pair, one: denials.Unmet) -> bool:
    """Another predicate asserted of all: "not a manager was dismissed", «все руководители остались»."""
    side, other = pair.side(one.lang), pair.other(one.lang)
    partner = other.words[one.partner]
    every = any(c.lemma_.lower() in EVERY for c in partner.token.children)
    verbs = denials.predicate(side.words[one.place]), denials.predicate(partner)
    ours = [n for n, w in enumerate(side.words) if w.token.i == verbs[0]]
    return every and not any(
        other.words[m].token.i == verbs[1] for n in ours for m in pair.partners(one.lang, n)
    )


EVERY = frozenset({"весь", "каждый", "любой", "всякий", "all", "every", "each", "any"})


def _last_time(side: Side, other: Side) -> bool:
    """What has not been "since May" was last «в мае»."""
    last = {"en": ("last",), "ru": ("последний",)}[other.lang]
    since = {"en": ("since",), "ru": ("с", "со")}[side.lang]
    return any(w.lemma in last for w in other.words) and any(
        w.lemma in since and w.token.pos_ in ("ADP", "SCONJ") for w in side.words
    )


LIMIT = 2
"""Words after the denial of a verb within which a comparative makes it a limit: “grew no faster”, but not “did not restore the earlier
volume”."""


def _no_denial(side: Side, place: int, by: int) -> bool:
    """A denial that asserts: "nothing but", «нет друзей надёжнее», "not a family that did not", «какое бы ни сидело»; or one of another
    word than it seems: "the church at Viscri, not the largest"."""
    first, last = min(place, by), max(place, by)
    between = side.version.text[side.words[first].end : side.words[last].start]
    after = side.words[by + 1 : by + 1 + EXCEPTION]
    start = side.words[max(0, by - EXCEPTION)].start
    return (
        (by > place and "," in between)
        or (by > 0 and side.words[by - 1].lemma == "бы")
        or side.words[place].name
        or any(w.lemma in turns.words(side.lang)["except"] for w in after)
        or any(_compares(w) for w in (after if denials.noun(side.words[place]) else after[:LIMIT]))
        or any(n != by and side.words[n].start >= start for n in negation.raw(side) if n < by)
        or _taken_back(side, by)
    )


def _taken_back(side: Side, by: int) -> bool:
    """A denial that a second one or a date takes back: "not a week passes without", «каждую неделю»; "have not met since May",
    «в последний раз встречались в мае»."""
    token = side.words[by].token.head
    below = {c.lemma_.lower() for t in (token, token.head) for c in t.subtree if c.i > side.words[by].token.i}
    return "without" in below and side.words[by].token.pos_ == "DET"


def _compares(word: Word) -> bool:
    """A comparative: what is denied of it is a limit (“not earlier”, «самое раннее»)."""
    return "Degree=Cmp" in str(word.token.morph)


QUANTITIES = frozenset(
    {
        "ever_never",
        "everybody_nobody",
        "most_few",
        "hardly_quite",
        "more_less",
        "many_few",
        "some_few",
        "larger_smaller",
    }
)
"""Groups of how much, how many and how often: one of them together with an opposite predicate says the same in another way."""


def _opposites(pair: Pair) -> Iterator[Difference]:
    found = [*contrasts.contrasts(pair, "polarity"), *affixes.contrasts(pair)]
    for one in found:
        spans = contrasts.spans(pair, one, BY)
        sure = SETTLED if one.group == "affix" else weighing.confidence(pair, one, undone(one, found))
        if sure < REPORTED and not undone(one, found) and companions.settle(pair, one, sure):
            sure = SETTLED
        yield difference(
            "polarity",
            *spans,
            (min(sure, SAME) if _one_denied(pair, one) or _said_otherwise(pair, one) else sure) * pair.sure,
            f"{contrasts.both(pair, spans)} say the opposite.",
            group=one.group,
        )


def _reversals(pair: Pair) -> Iterator[Difference]:
    """Words in the place of which the other version has an opposite that the thesaurus lists."""
    for one in reversals.reversals(pair):
        spans = contrasts.spans(pair, one.contrast, BY)
        said = f"{contrasts.both(pair, spans)} say the opposite."
        same = any(turn(pair, one.contrast) for turn in (_one_denied, _not_until, _left, _few_denied))
        sure = min(one.weight, SAME) if same else one.weight
        yield difference("polarity", *spans, sure * pair.sure, said, headword=one.contrast.group)


SETTLED = 0.6
"""Weight of two opposites whose companions settle it."""
SAME = 0.4
"""The most that opposites weigh of which one is denied: "bar from", «не допускать»."""


def _few_denied(pair: Pair, one: contrasts.Contrast) -> bool:
    """ "Few" of whom something is said, and most of whom it is denied."""
    return pair.en.words[one.en.first].lemma in FEW and _predicate_denied(
        pair.en, one.en
    ) != _predicate_denied(pair.ru, one.ru)


FEW = frozenset({"few", "many", "most", "majority", "minority"})


def _left(pair: Pair, one: contrasts.Contrast) -> bool:
    """What one thing leaves stays: "that leaves the chancellor", «остаётся канцлер»."""
    leaves = pair.en.words[one.en.first]
    stays = pair.ru.words[one.ru.first].lemma in ("остаться", "оставаться")
    return leaves.lemma == "leave" and stays


def _not_until(pair: Pair, one: contrasts.Contrast) -> bool:
    """What does not begin until something begins after it: "not until", «лишь после»."""
    until = pair.en.words[one.en.first].lemma in ("until", "till")
    return until and any(n < one.en.first for n in negation.raw(pair.en))


def _one_denied(pair: Pair, one: contrasts.Contrast) -> bool:
    """One of two opposites is denied: they say the same."""
    if one.group == companions.TIME and not companions.denials_differ(pair):
        return False
    return _turned(pair.en, one.en) != _turned(pair.ru, one.ru)


WHOSE = frozenset({"DET", "PRON"})
"""The kinds of words that deny a predicate by its subject or object: "no", "nobody"."""


def _turned(side: Side, hit: contrasts.Hit) -> bool:
    """Denied, by its subject also: "no new treaty was needed"."""
    denied = negation.denied(side)
    return turns.turned(side, hit) or (
        hit.first not in negation.raw(side)
        and any(
            n in denied and side.words[denied[n]].token.pos_ in WHOSE for n in range(hit.first, hit.last + 1)
        )
    )


def _said_otherwise(pair: Pair, one: contrasts.Contrast) -> bool:
    """A quantity turned round with its predicate: "few subjects unite", «большинство тем не объединяет»; "never hurry him",
    «всегда дайте время»."""
    if one.group == "ever_never" and not _one_predicate(pair, one):
        return True
    if _excepted(pair, one):
        return True
    if one.group == "deny_state":
        return companions.denials_differ(pair)
    if one.group not in QUANTITIES:
        return False
    denied = _predicate_denied(pair.en, one.en), _predicate_denied(pair.ru, one.ru)
    return denied[0] != denied[1]


def _excepted(pair: Pair, one: contrasts.Contrast) -> bool:
    """What the one version says of all but a few the other says of these only: "closes only on Mondays", «открыт всегда, кроме
    понедельников»."""
    after = [
        side.words[hit.last + 1 : hit.last + 1 + EXCEPTION]
        for side, hit in ((pair.en, one.en), (pair.ru, one.ru))
    ]
    only, but = (
        [{w.lemma for w in row} & words for row, words in zip(after, pick, strict=True)]
        for pick in (ONLY, BUT)
    )
    return bool((only[0] and but[1]) or (only[1] and but[0]))


ONLY = (frozenset({"only"}), frozenset({"только", "лишь"}))
BUT = (frozenset({"except", "but", "save"}), frozenset({"кроме", "исключение"}))


def _one_predicate(pair: Pair, one: contrasts.Contrast) -> bool:
    """The predicates over two opposites render each other."""
    en, ru = (denials.predicate(side.words[hit.last]) for side, hit in ((pair.en, one.en), (pair.ru, one.ru)))
    theirs = {n for n, w in enumerate(pair.ru.words) if w.token.i == ru}
    return any(theirs & set(pair.partners("en", n)) for n, w in enumerate(pair.en.words) if w.token.i == en)


def _predicate_denied(side: Side, hit: contrasts.Hit) -> bool:
    """Something outside the hit denies the predicate over it."""
    verb = denials.predicate(side.words[hit.last])
    return any(
        not hit.first <= d.by <= hit.last
        and (
            denials.predicate(side.words[d.by]) == verb
            or any(side.words[n].token.i == verb for n in d.places)
        )
        for d in denials.denials(side)
    )


def undone(one: contrasts.Contrast, found: list[contrasts.Contrast]) -> bool:
    """Another contrast of the pair turns this one back: "few would deny it" is «признают почти все»."""
    return any(
        (one.group in QUANTITIES) != (other.group in QUANTITIES)
        and one.en.first != other.en.first
        and one.ru.first != other.ru.first
        for other in found
    )


def _stretch(side: Side, first: int, last: int) -> tuple[int, int]:
    return side.words[first].start, side.words[last].end
