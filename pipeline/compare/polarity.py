"""Meanings turned round: a lost or added "not", "removed" against «сохранил», "hardly any" against «почти все»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import (
    affixes,
    companions,
    contrasts,
    denials,
    negation,
    otherwise,
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
        asserted = _compares(other.words[one.partner]) and _compares(side.words[one.place])
        if not _no_denial(side, one.place, one.denial.by, asserted) and not (
            otherwise.last_time(side, other) or otherwise.all_asserted(pair, one)
        ):
            if _no_more(side, one.denial.by, other, one.partner):
                continue
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


def _no_more(side: Side, by: int, other: Side, partner: int) -> bool:
    """A degree that the other version denies by another word: "less heroic", «не столь героический»."""
    degree = side.words[by + 1].token.lower_ if by + 1 < len(side.words) else ""
    before = {w.token.lower_ for w in other.words[max(0, partner - 1) : partner]}
    return degree in DEGREES and bool(before & LESS)


DEGREES = frozenset(
    {"столь", "так", "такой", "слишком", "особенно", "очень", "so", "as", "that", "very", "too"}
)
LESS = frozenset({"less", "little", "hardly", "scarcely", "менее", "мало", "маловато"})


LIMIT = 2
"""Words after the denial of a verb within which a comparative makes it a limit: “grew no faster”, but not “did not restore the earlier
volume”."""


def _no_denial(side: Side, place: int, by: int, asserted: bool) -> bool:
    """A denial that asserts: "nothing but", «нет друзей надёжнее», "not a family that did not", «какое бы ни сидело»; or one of another
    word than it seems: "the church at Viscri, not the largest". `asserted`: it denies a comparative that the other version asserts
    ("were no happier", «были счастливее»), which is no limit."""
    first, last = min(place, by), max(place, by)
    between = side.version.text[side.words[first].end : side.words[last].start]
    after = side.words[by + 1 : by + 1 + EXCEPTION]
    start = side.words[max(0, by - EXCEPTION)].start
    return (
        (by > place and "," in between)
        or (by > 0 and side.words[by - 1].lemma == "бы")
        or side.words[place].name
        or any(w.lemma in turns.words(side.lang)["except"] for w in after)
        or (
            not asserted
            and any(_compares(w) for w in (after if denials.noun(side.words[place]) else after[:LIMIT]))
        )
        or any(n != by and side.words[n].start >= start for n in negation.raw(side) if n < by)
        or _taken_back(side, by)
        or _no_one_who(side, by)
    )


def _no_one_who(side: Side, by: int) -> bool:
    """Nobody who does not is everybody who does: "there is not a grandmother who does not know", «любая бабушка знает»."""
    verb = side.words[by].token.head
    if not verb.dep_.startswith(("acl", "relcl")):
        return False
    denying = {side.words[n].token.i for n in negation.raw(side) if n < by}
    whoever = verb.head
    return any(
        t.i in denying for top in (whoever, whoever.head) for t in (top, *top.children) if t.i < verb.i
    )


def _taken_back(side: Side, by: int) -> bool:
    """A denial that a second one takes back: "not a week passes without", «каждую неделю»."""
    token = side.words[by].token.head
    below = {c.lemma_.lower() for t in (token, token.head) for c in t.subtree if c.i > side.words[by].token.i}
    return "without" in below and side.words[by].token.pos_ == "DET"


def _compares(word: Word) -> bool:
    """A comparative: what is denied of it is a limit (“not earlier”, «самое раннее»)."""
    return "Degree=Cmp" in str(word.token.morph)


def _opposites(pair: Pair) -> Iterator[Difference]:
    firm = [*contrasts.contrasts(pair, "polarity"), *affixes.contrasts(pair)]
    shaded = list(contrasts.contrasts(pair, "shaded"))
    found = [*firm, *shaded]
    yield from _shaded(pair, [one for one in shaded if not any(_meets(one, other) for other in firm)], found)
    for one in firm:
        spans = contrasts.spans(pair, one, BY)
        sure = (
            SETTLED if one.group == "affix" else weighing.confidence(pair, one, otherwise.undone(one, found))
        )
        if sure < REPORTED and not otherwise.undone(one, found) and companions.settle(pair, one, sure):
            sure = SETTLED
        yield difference(
            "polarity",
            *spans,
            (min(sure, SAME) if otherwise.one_denied(pair, one) or otherwise.quantified(pair, one) else sure)
            * pair.sure,
            f"{contrasts.both(pair, spans)} say the opposite.",
            group=one.group,
        )


def _meets(one: contrasts.Contrast, other: contrasts.Contrast) -> bool:
    """Two contrasts have a word in common."""
    return any(a.first <= b.last and b.first <= a.last for a, b in ((one.en, other.en), (one.ru, other.ru)))


def _shaded(
    pair: Pair, shaded: Sequence[contrasts.Contrast], found: list[contrasts.Contrast]
) -> Iterator[Difference]:
    """The surest of the opposites with wider senses, each word once."""
    taken: list[contrasts.Contrast] = []
    for one in shaded:
        sure = weighing.confidence(pair, one, otherwise.undone(one, found))
        if sure < SUREST or any(_meets(one, other) for other in taken):
            continue
        if otherwise.one_denied(pair, one) or otherwise.quantified(pair, one):
            continue
        taken.append(one)
        spans = contrasts.spans(pair, one, BY)
        said = f"{contrasts.both(pair, spans)} say the opposite."
        yield difference("polarity", *spans, sure * pair.sure, said, group=one.group)


SUREST = 0.85
"""Weight from which opposites of words with wider senses are reported: seven in 320,000 faithful words."""


def _reversals(pair: Pair) -> Iterator[Difference]:
    """Words in the place of which the other version has an opposite that the thesaurus lists."""
    for one in reversals.reversals(pair):
        spans = contrasts.spans(pair, one.contrast, BY)
        said = f"{contrasts.both(pair, spans)} say the opposite."
        same = any(
            turn(pair, one.contrast)
            for turn in (
                otherwise.one_denied,
                otherwise.not_until,
                otherwise.left_behind,
                otherwise.few_denied,
            )
        )
        sure = min(one.weight, SAME) if same else one.weight
        yield difference("polarity", *spans, sure * pair.sure, said, headword=one.contrast.group)


SETTLED = 0.6
"""Weight of two opposites whose companions settle it."""
SAME = 0.1
"""The most that opposites weigh of which one is denied ("bar from", «не допускать»): too little for the judge, who knows less of it, to raise."""


def _stretch(side: Side, first: int, last: int) -> tuple[int, int]:
    return side.words[first].start, side.words[last].end
