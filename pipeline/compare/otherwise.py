"""The same said by another turn: "few would deny it", «признают почти все»; "not since May", «в последний раз в мае»."""

from pipeline.compare import companions, contrasts, denials, negation, turns
from pipeline.compare.pairs import Pair, Side

EXCEPTION = 6
"""Words after an opposite within which an exception belongs to it: «открыт ежедневно, кроме праздников»."""


QUANTITIES = frozenset(
    {
        "ever_never",
        "often_rarely",
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


def quantified(pair: Pair, one: contrasts.Contrast) -> bool:
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
    denied = [
        _predicate_denied(side, hit) != _doubts(side, hit)
        for side, hit in ((pair.en, one.en), (pair.ru, one.ru))
    ]
    return denied[0] != denied[1]


def _doubts(side: Side, hit: contrasts.Hit) -> bool:
    """The predicate over a quantity denies by its meaning: "few doubt it", «почти все уверены»."""
    verb = denials.predicate(side.words[hit.last])
    return any(w.token.i == verb and w.lemma in DOUBT for w in side.words)


DOUBT = frozenset({"doubt", "dispute", "deny", "question", "сомневаться", "оспаривать", "отрицать"})


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


def one_denied(pair: Pair, one: contrasts.Contrast) -> bool:
    """One of two opposites is denied: they say the same."""
    if one.group == companions.TIME and _not_before(pair.en, one.en) != _not_before(pair.ru, one.ru):
        return True
    if one.group == companions.TIME and not companions.denials_differ(pair):
        return False
    return _turned(pair.en, one.en) != _turned(pair.ru, one.ru)


def _not_before(side: Side, hit: contrasts.Hit) -> bool:
    """ "Not before the survey is finished" is after it."""
    return hit.first - 1 in negation.raw(side)


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


def few_denied(pair: Pair, one: contrasts.Contrast) -> bool:
    """ "Few" of whom something is said, and most of whom it is denied."""
    return pair.en.words[one.en.first].lemma in FEW and _predicate_denied(
        pair.en, one.en
    ) != _predicate_denied(pair.ru, one.ru)


FEW = frozenset({"few", "many", "most", "majority", "minority"})


def left_behind(pair: Pair, one: contrasts.Contrast) -> bool:
    """What one thing leaves stays: "that leaves the chancellor", «остаётся канцлер»."""
    leaves = pair.en.words[one.en.first]
    stays = pair.ru.words[one.ru.first].lemma in ("остаться", "оставаться")
    return leaves.lemma == "leave" and stays


def not_until(pair: Pair, one: contrasts.Contrast) -> bool:
    """What does not begin until something begins after it: "not until", «лишь после»."""
    until = pair.en.words[one.en.first].lemma in ("until", "till")
    return until and any(n < one.en.first for n in negation.raw(pair.en))


def undone(one: contrasts.Contrast, found: list[contrasts.Contrast]) -> bool:
    """Another contrast of the pair turns this one back: "few would deny it" is «признают почти все»."""
    return any(
        (one.group in QUANTITIES) != (other.group in QUANTITIES)
        and one.en.first != other.en.first
        and one.ru.first != other.ru.first
        for other in found
    )


def all_asserted(pair: Pair, one: denials.Unmet) -> bool:
    """Another predicate asserted of all: "not a manager was dismissed", «все руководители остались»."""
    side, other = pair.side(one.lang), pair.other(one.lang)
    partner = other.words[one.partner]
    every = any(c.lemma_.lower() in EVERY for c in partner.token.children)
    verbs = denials.predicate(side.words[one.place]), denials.predicate(partner)
    ours = [n for n, w in enumerate(side.words) if w.token.i == verbs[0]]
    return every and not any(
        other.words[m].token.i == verbs[1] for n in ours for m in pair.partners(one.lang, n)
    )


EVERY = frozenset({"весь", "каждый", "любой", "всякий", "оба", "all", "every", "each", "any", "both"})


def last_time(side: Side, other: Side) -> bool:
    """What has not been "since May" was last «в мае»."""
    last = {"en": ("last",), "ru": ("последний",)}[other.lang]
    since = {"en": ("since",), "ru": ("с", "со")}[side.lang]
    return any(w.lemma in last for w in other.words) and any(
        w.lemma in since and w.token.pos_ in ("ADP", "SCONJ") for w in side.words
    )
