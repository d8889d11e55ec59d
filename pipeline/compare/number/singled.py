"""How many of a few are meant: the only one or one of several, both or one of the two, neither or one, all or all but one.

"The only diary", «один из двух дневников»; "both agents signed", «один из двух представителей подписал»; "all but one of the seven
witnesses", «все семеро свидетелей». No numeral differs.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.finding import difference, evidence
from pipeline.compare.number.findings import WORDS, found, written
from pipeline.compare.number.things import things
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span
from pipeline.numerals import Numeral

BY = "number"
WEIGHT = 0.9
"""Confidence that another number of a few is meant: fewer false ones than with numbers in words."""
APART = frozenset(
    {
        frozenset(two)
        for two in (
            ("only", "one_of"),
            ("both", "one_of"),
            ("none_of", "one_of"),
            ("all_but_one", "all"),
            ("both", "none_of"),
            ("only", "both"),
            ("all_but_one", "only"),
            ("runner_up", "top"),
        )
    }
)
"""What excludes each other."""
SAID = {
    "only": "the only one",
    "one_of": "one of several",
    "both": "both",
    "none_of": "none of them",
    "all_but_one": "all but one",
    "all": "all of them",
    "runner_up": "one behind the first",
    "top": "the first",
}
ASIDE, FAR_ASIDE = 0.2, 0.5
"""How far apart, by the height of the sentences, two expressions stand at most where no word joins them; "all but one" is rare."""
SEEN = 0.5
"""Probability of a change from which the judge has seen it."""
WITHIN = 6
"""Words after such an expression in which stands what it is about."""


class Few(NamedTuple):
    """An expression, its sort and its place."""

    sort: str
    start: int
    end: int


def compare(pair: Pair) -> Iterator[Difference]:
    """The expressions of either side that the other side lacks and that exclude each other, about the same things."""
    ours, theirs = list(_read(pair.en)), list(_read(pair.ru))
    sorts = {few.sort for few in ours}, {few.sort for few in theirs}
    for en in ours:
        for ru in theirs:
            lacking = en.sort not in sorts[1] and ru.sort not in sorts[0]
            if (
                lacking
                and {en.sort, ru.sort} in APART
                and not _both_denied(pair, en, ru)
                and not _both_and_one(pair, en, ru)
                and _about_one(pair, en, ru)
            ):
                yield differing(pair, en, ru)
                return


@cache
def _forms(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = ((sort, row.partition(" | ")) for sort, row in languages.shared("extents")["few"].items())
    return tuple(
        (sort, re.compile(en.strip() if lang == "en" else ru.strip(), re.I)) for sort, (en, _, ru) in found
    )


def _read(side: Side) -> Iterator[Few]:
    """The expressions of a side; "all" of "all but one" is none."""
    text = side.version.text
    found = [
        Few(sort, *m.span())
        for sort, form in _forms(side.lang)
        for m in form.finditer(text, side.start, side.end)
    ]
    but = [few for few in found if few.sort == "all_but_one"]
    for few in found:
        if few.sort != "all" or not any(few.start < other.end and other.start < few.end for other in but):
            yield few


def _both_denied(pair: Pair, en: Few, ru: Few) -> bool:
    """None of two is both, denied: "neither brought them", «оба не привезли»; but not one of the two: «один из них не завёлся»."""
    both = pair.en if en.sort == "both" else pair.ru
    lacking = any(w.lemma in LACKING for side in (pair.en, pair.ru) for w in side.words)
    return {"both", "none_of"} == {en.sort, ru.sort} and (bool(negation.raw(both)) or lacking)


def _both_and_one(pair: Pair, en: Few, ru: Few) -> bool:
    """Both came, and one did something besides: "both came; one of them lent his helmet", «оба, а один одолжил каску»."""
    if {en.sort, ru.sort} != {"both", "one_of"}:
        return False
    side = pair.en if en.sort == "both" else pair.ru
    return bool(BOTH_AND_ONE.search(side.text))


BOTH_AND_ONE = re.compile(
    r"\bоб[ае]\b[^.;]*,\s(?:а|но|и)\sодн?[инау]\w*\b|\bboth\b[^.;]*,\s(?:and|but|while)\sone\b", re.I
)


LACKING = frozenset(
    {
        "без",
        "отсутствовать",
        "without",
        "lack",
        "fail",
        "short",
        "хватать",
        "хватить",
        "недоставать",
        "refuse",
        "отказаться",
        "молчать",
        "умалчивать",
        "умолчать",
        "silent",
        "omit",
        "ignore",
    }
)
"""Words that deny without a "not": "neither brought them", «оба пришли без них»."""


def _about_one(pair: Pair, en: Few, ru: Few) -> bool:
    """What follows both, or its number, translates each other, or the judge takes both for changed, or nothing says what they are about and they stand
    in one place: "neither of them", «один из них»."""
    if pair.both_changed(en, ru) >= SEEN:
        return True
    if {en.sort, ru.sort} == {"all_but_one", "only"}:
        return False  # "all but one were open", «закрыта была лишь одна»
    ours, theirs = _following(pair.en, en, "NUM"), _following(pair.ru, ru, "NUM")
    linked = any(m in theirs for n in ours for m in pair.partners("en", n))
    places = [
        (few.start - side.start) / max(1, side.end - side.start)
        for side, few in ((pair.en, en), (pair.ru, ru))
    ]
    aside = FAR_ASIDE if {en.sort, ru.sort} == {"all_but_one", "all"} else ASIDE
    return linked or abs(places[0] - places[1]) <= aside


def _following(side: Side, few: Few, *more: str) -> set[int]:
    """The nouns behind an expression, and words of more classes."""
    behind = [n for n, w in enumerate(side.words) if w.start >= few.end][:WITHIN]
    return {n for n in behind if side.words[n].token.pos_ in ("NOUN", "PROPN", *more)}


def differing(pair: Pair, en: Few, ru: Few) -> Difference:
    return difference(
        "number",
        evidence(pair.en.version, en.start, _whole(pair.en, en), BY),
        evidence(pair.ru.version, ru.start, _whole(pair.ru, ru), BY),
        WEIGHT * pair.sure,
        f"The {pair.en.called} means {SAID[en.sort]}, the {pair.ru.which} one {SAID[ru.sort]}.",
        value_en=SAID[en.sort],
        value_ru=SAID[ru.sort],
    )


def _whole(side: Side, few: Few) -> int:
    """Where the noun ends that an expression is about: "the only | diary"."""
    nouns = sorted(_following(side, few))
    return side.words[nouns[0]].end if nouns else few.end


def counted_once(pair: Pair, lang: Lang, others: list[Numeral]) -> Iterator[Difference]:
    """ "One hospital", «две больницы»: what one side counts to more than one is a single one on the other."""
    side, other = pair.side(lang), pair.other(lang)
    if any(w.lemma in _one(other.lang) for w in other.words):
        return
    back: Lang = "ru" if lang == "en" else "en"
    for number in others:
        if number.unit or number.kind != "cardinal" or number.value <= 1:
            continue
        for thing in (p for t in things(other, number) for p in pair.partners(back, t)):
            if thing and side.words[thing - 1].lemma in _one(side.lang) and not _no_count(side, thing - 1):
                ours = evidence(side.version, side.words[thing - 1].start, side.words[thing].end, BY)
                theirs = evidence(other.version, number.start, number.end, BY)
                yield _once(pair, lang, ours, theirs, number)
                return
        if (doer := _doing_once(pair, lang, number)) is not None:
            word = side.words[doer]
            ours = evidence(side.version, word.start, word.end, BY)
            yield _once(pair, lang, ours, evidence(other.version, number.start, number.end, BY), number)
            return


def _no_count(side: Side, one: int) -> bool:
    """The "one" of odds, of a row, or of what is there alone: "four to | one", "one peg and the next", «в одной только Латгалии»."""
    text, word = side.version.text, side.words[one]
    before = side.words[one - 1].lemma if one else ""
    return before == "to" or bool(AND_THE_NEXT.match(text, word.end)) or bool(ALONE.match(text, word.end))


AND_THE_NEXT = re.compile(r"\s\w+\s(?:and|to|or|after)\s(?:the\s)?(?:next|another|other)\b", re.I)
ALONE = re.compile(r"\s(?:только|лишь|alone)\b", re.I)


def _once(pair: Pair, lang: Lang, ours: Span, theirs: Span, number: Numeral) -> Difference:
    en, ru = (ours, theirs) if lang == "en" else (theirs, ours)
    return found(pair, en, ru, ("1", written(number)) if lang == "en" else (written(number), "1"), WORDS)


def _doing_once(pair: Pair, lang: Lang, number: Numeral) -> int | None:
    """The "one" that does what so many do in the other version: "of a hundred | one dies", «из ста | умирают пятеро»."""
    side, other = pair.side(lang), pair.other(lang)
    back: Lang = "ru" if lang == "en" else "en"
    beside = (
        n
        for n, w in enumerate(other.words)
        if w.token.pos_ == "VERB" and (0 <= number.start - w.end <= ONLY or 0 <= w.start - number.end <= 1)
    )
    ones = (
        n
        for verb in beside
        for there in pair.partners(back, verb)
        for n in (there - 1, there + 1, *_arguments(side, there))
        if 0 <= n < len(side.words) and side.words[n].lemma in _one(side.lang)
    )
    return next(ones, None)


def _arguments(side: Side, verb: int) -> list[int]:
    """The subject and the object of a verb: "| a single one | was ever filled"."""
    token = side.words[verb].token
    return [
        n
        for n, w in enumerate(side.words)
        if w.token.head.i == token.i and w.token.dep_.startswith(("nsubj", "obj"))
    ]


ONLY = 7
"""Characters between a verb and its number: «заполнили | всего | три»."""


@cache
def _one(lang: Lang) -> frozenset[str]:
    return frozenset(languages.load(lang, "counted")["one"].split())
