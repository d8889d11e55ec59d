"""What a number or a share is of its scale: up to 40 per cent or by 40 per cent, more than half or less, all or most.

The figures agree, and yet the versions part: "rises to 40 per cent", «вырастет на 40 %»; "more than half", «меньше
половины»; "the consent of all creditors", «согласия большинства кредиторов».
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages, numerals
from pipeline.compare import negation
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span
from pipeline.numerals import Numeral

BY = "number"
FIGURE = {"level": 0.9, "change": 0.9, "at_least": 0.9, "at_most": 0.9}
WHOLE = 0.7
"""Confidence that the bound of one figure, or the share of one whole, has changed: development paragraphs, faithful news."""
OPPOSITE = {"level": "change", "change": "level", "at_least": "at_most", "at_most": "at_least"}
SAID = {
    "level": "what it comes to",
    "change": "by how much it changes",
    "at_least": "more than that",
    "at_most": "less than that",
}
BEFORE = 40
"""Characters before a number in which its preposition is looked for."""
REACH = 3
"""Words between a word for a share and what it is a share of: "most of these creditors", «большинство её кредиторов»."""


def compare(pair: Pair, met: Sequence[tuple[Numeral, Numeral]], turned: bool) -> Iterator[Difference]:
    """The bounds that differ of numbers that have met, and the shares of what the two sides both name; `turned`: the one version tells
    the rest of a share that the other tells, so that its bounds are those of the rest ("70 per cent are under fifteen metres", «у 30 %
    длина 15 метров и более»)."""
    for en, ru in met if not turned else ():
        yield from _figure(pair, en, ru)
        yield from _exception(pair, en, ru)
    yield from _wholes(pair)


def _figure(pair: Pair, en: Numeral, ru: Numeral) -> Iterator[Difference]:
    if "ordinal" in (en.kind, ru.kind):
        return  # "rose to third place", «поднялся на третье место»
    if "multiple" in (en.kind, ru.kind) and en.kind != ru.kind:
        return  # "fewer than a third of that", «более чем втрое меньше»
    ours, theirs = roles(pair.en, en), roles(pair.ru, ru)
    denied = _denied(pair.en, en) != _denied(pair.ru, ru)
    for role, start in ours.items():
        if OPPOSITE[role] not in theirs or role in theirs or OPPOSITE[role] in ours:
            continue
        if role not in CHANGES and denied:
            continue  # "fewer than half came", «не пришло больше половины»
        if role in CHANGES and en.unit in HEIGHTS and _climbs(pair.en, en):
            continue  # "climbs to 2,500 metres", «взбирается на 2500 метров»
        if role in CHANGES and not (_changes(pair, "en", en) or _changes(pair, "ru", ru)):
            continue
        yield difference(
            "number",
            evidence(pair.en.version, start, en.end, BY),
            evidence(pair.ru.version, theirs[OPPOSITE[role]], ru.end, BY),
            FIGURE[role] * pair.sure,
            f"In the {pair.en.called} the number says {SAID[role]}, in the {pair.ru.which} one {SAID[OPPOSITE[role]]}.",
            value_en=role,
            value_ru=OPPOSITE[role],
        )
        return


HEIGHTS = frozenset({"m", "feet", "km"})
CLIMBING = frozenset({"climb", "rise", "ascend", "descend", "drop", "fall"})
"""Verbs of a road as well as of a quantity."""


def _climbs(side: Side, number: Numeral) -> bool:
    return any(w.lemma in CLIMBING for w in side.words if 0 <= number.start - w.end <= BEFORE)


def _exception(pair: Pair, en: Numeral, ru: Numeral) -> Iterator[Difference]:
    """ "Acquitted all but six", «оправдал только шестерых»: what holds of all others holds of these, by one and the same verb."""
    but = [_but(side, n) for side, n in ((pair.en, en), (pair.ru, ru))]
    if but[0] == but[1] or _denied(pair.en, en) != _denied(pair.ru, ru) or not _one_verb(pair, en, ru):
        return
    yield difference(
        "number",
        evidence(pair.en.version, _with_exception(pair.en, en), en.end, BY),
        evidence(pair.ru.version, _with_exception(pair.ru, ru), ru.end, BY),
        FIGURE["level"] * pair.sure,
        f"The {(pair.en if but[0] else pair.ru).called} means all but these, the {(pair.ru if but[0] else pair.en).which} one these only.",
        value_en="all but" if but[0] else "only",
        value_ru="all but" if but[1] else "only",
    )


def _but(side: Side, n: Numeral) -> bool:
    return bool(ALL_BUT.search(side.version.text, side.start, n.start))


def _with_exception(side: Side, n: Numeral) -> int:
    found = ALL_BUT.search(side.version.text, side.start, n.start)
    return found.start() if found else n.start


ALL_BUT = re.compile(
    r"\b(?:all|every\w*|any\w*|whole|entire|все|всех|всем|всеми|всё|всего|весь|вся|всю|всей|кажд\w+|любо\w+)\b[^.;:]{0,40}"
    r"\b(?:but|except|save|кроме|исключением|вычетом)\s+(?:for\s+)?$",
    re.I,
)
"""An exception from all: "they had | all the wells but | six"; no "but" alone."""


def _one_verb(pair: Pair, en: Numeral, ru: Numeral) -> bool:
    """The verbs around two numbers translate each other."""
    near = [
        {
            i
            for i, w in enumerate(side.words)
            if w.token.pos_ == "VERB" and min(abs(w.start - n.end), abs(n.start - w.end)) <= BEFORE
        }
        for side, n in ((pair.en, en), (pair.ru, ru))
    ]
    return any(j in near[1] for i in near[0] for j in pair.partners("en", i))


CHANGES = ("level", "change")


def _denied(side: Side, number: Numeral) -> bool:
    """A verb shortly before or behind the number is denied, or its subject ("none of which has more"), or a word by its own "un-"."""
    text, places = side.version.text, negation.raw(side)
    if NOBODY.search(text, max(side.start, number.start - SUBJECT), number.start) or _undone(side, number):
        return True
    if GONE.match(text, number.end, side.end):
        return True
    return any(
        min(abs(side.words[n].start - number.end), abs(number.start - side.words[n].end)) <= BEFORE
        and n + 1 < len(side.words)
        and side.words[n + 1].token.pos_ == "VERB"
        and not any(
            c in MARKS
            for c in text[min(side.words[n].start, number.end) : max(side.words[n].start, number.end)]
        )
        for n in places
    )


def _undone(side: Side, number: Numeral) -> bool:
    """ "Fewer than half are registered", «больше половины | незарегистрированных»."""
    return any(
        UNDONE.match(w.token.text)
        for w in side.words
        if w.token.pos_ in ("ADJ", "VERB")
        and min(abs(w.start - number.end), abs(number.start - w.end)) <= BEFORE
    )


UNDONE = re.compile(
    r"un(?!der|til|less|it|i[oqf])\w{4}|не(?!полн|который|сколько|больш|давн|мец|обход|редк|зависим|дел)\w{5}",
    re.I,
)
NOBODY = re.compile(r"\b(?:none|nobody|no\s+one|neither|никто|ни\s+\w+)\b[^.;:]*$", re.I)
GONE = re.compile(r"[^.,;:—()]{0,30}\b(?:нет|не\s+стало|is\s+gone|are\s+gone)\b", re.I)
"""«Больше половины их уже | нет»."""
SUBJECT = 60
"""Characters before a number in which the subject may deny what is said of it."""
MARKS = frozenset(",;:—()")


@cache
def _before(role: str, lang: Lang) -> re.Pattern[str]:
    en, _, ru = languages.shared("extents")["figure"][role].partition(" | ")
    return re.compile((en if lang == "en" else ru).strip() + r"$", re.I)


def roles(side: Side, number: Numeral) -> dict[str, int]:
    """What the words right before a number make of it, with where they begin."""
    text = side.version.text[max(side.start, number.start - BEFORE) : number.start]
    found = ((role, _before(role, side.lang).search(text)) for role in OPPOSITE)
    made = {role: number.start - len(text) + match.start() for role, match in found if match}
    if RISEN_FROM.search(text[: made.get("at_most", number.start) - number.start + len(text)]):
        made.pop("at_most", None)
    for role in ("at_least", "at_most"):
        if _after(role, side.lang).search(side.version.text, number.start, number.end + AFTER):
            made[role] = number.start
    return made


RISEN_FROM = re.compile(r"\b(?:from|с|со|от)\s+\S*\d[^.;:()]*$", re.I)
"""Where a number begins that another one ends: «с 2200 километров | до | 22 тысяч» is no bound."""
AFTER = 20
"""Characters behind a number in which "or more", «с лишним» stand."""


@cache
def _after(role: str, lang: Lang) -> re.Pattern[str]:
    en, _, ru = languages.shared("extents")["figure"][f"{role}_after"].partition(" | ")
    return re.compile((en if lang == "en" else ru).strip(), re.I)


@cache
def _moves(lang: Lang) -> frozenset[str]:
    words = languages.load(lang, "change")["direction"]
    return frozenset([*words["up"].split(), *words["down"].split(), *MEASURES])


MEASURES = frozenset({"deepen", "lengthen", "shorten", "extend"}) | {
    "углубить", "углублять", "углубиться", "расширить", "удлинить", "укоротить", "продлить", "продлевать"
}  # fmt: skip
"""Verbs of change beside those of statistics."""


def _changes(pair: Pair, lang: Lang, number: Numeral) -> bool:
    """Something rises or falls shortly before the number."""
    words = [w for w in pair.side(lang).words if w.end <= number.start][-MOVE:]
    return any(w.lemma in _moves(pair.side(lang).lang) for w in words)


def rises(side: Side, number: Numeral) -> bool:
    """What the number tells is a rise: the last word of change before it, or right behind, says so."""
    words = languages.load(side.lang, "change")["direction"]
    near = [w.lemma for w in side.words if w.end <= number.start][-MOVE:] + [
        w.lemma for w in side.words if w.start >= number.end
    ][:2]
    moved = [lemma in words["up"].split() for lemma in near if lemma in _moves(side.lang)]
    return bool(moved) and moved[-1]


MOVE = 10
"""Words between a verb of change and its number."""


class Share(NamedTuple):
    """A word that says how much of a whole is meant, and the place of the whole."""

    size: str
    word: int
    whole: int


@cache
def _sizes(lang: Lang) -> dict[str, str]:
    rows = {
        size: languages.bilingual(row)[lang] for size, row in languages.shared("extents")["whole"].items()
    }
    return {word: size for size, row in rows.items() for word in row}


def _shares(side: Side) -> Iterator[Share]:
    """The shares of a side: each word with the first noun after it."""
    for n in range(len(side.words)):
        size = _size(side, n)
        nouns = (m for m in range(n + 1, min(n + 2 + REACH, len(side.words))) if _whole(side, n, m))
        if size and (whole := next(nouns, None)) is not None and not _barred(side, n, whole):
            yield Share(size, n, whole)


def _whole(side: Side, word: int, place: int) -> bool:
    """A noun, or a pronoun right behind its preposition: "most of them", «некоторые из них»."""
    pos = side.words[place].token.pos_
    return pos == "NOUN" or (
        pos == "PRON" and place == word + 2 and side.words[word + 1].lemma in said_of(side.lang, "out_of")
    )


def _size(side: Side, place: int) -> str | None:
    """How much a word means: "part of the fleet", but not "took part in"; "almost all" and «основная часть» are most."""
    word = side.words[place]
    size = _sizes(side.lang).get(word.lemma)
    nearly = said_of(side.lang, "nearly")
    if word.token.pos_ == "VERB":
        return None  # "parted the two countries"
    if (
        word.token.lower_ == "всего"
        and place
        and side.words[place - 1].token.lower_.endswith(("ще", "ше", "ее"))
    ):
        return None  # «чаще всего»
    if size == "all" and place and side.words[place - 1].lemma in said_of(side.lang, "than"):
        return None
    if size == "all" and any(
        w.lemma in said_of(side.lang, "recurring") for w in side.words[place + 1 : place + 2]
    ):
        return None
    if size == "all" and _every_nth(side, place):
        return "some"
    if (
        size == "all"
        and word.lemma in EACH
        and place + 1 < len(side.words)
        and side.words[place + 1].token.pos_ == "NUM"
    ):
        return None  # "two of every three dollars"
    if size == "all" and place - 1 in negation.raw(side):
        return "not all"  # "not all have left", «некоторые не ушли»
    if size == "all" and any(w.lemma in nearly for w in side.words[max(0, place - NEARLY) : place]):
        return "most"
    if side.lang == "en" and word.token.pos_ == "NOUN" and not _of(side, place):
        return None
    before = {side.words[place - 1].lemma, side.words[place - 1].token.lower_} if place else set()
    if size == "some" and before & said_of(side.lang, "mostly"):
        return "most"
    if before & said_of(side.lang, "hardly"):
        return None  # "hardly any", "the main part"
    return size


def _every_nth(side: Side, place: int) -> bool:
    """ "Every second household", «каждая третья семья»; but not «вся третья смена»."""
    if side.words[place].lemma not in EACH:
        return False
    after = [w.token.text for w in side.words[place + 1 : place + 2]]
    if (
        after == ["other"]
        and side.words[place + 2 : place + 3]
        and side.words[place + 2].lemma not in RECURRING
    ):
        return True
    return any(n.kind == "ordinal" for text in after for n in numerals.read(text, side.lang))


RECURRING = frozenset({"day", "week", "month", "year", "hour", "night", "morning", "time"})
EACH = frozenset({"every", "each", "каждый"})


@cache
def said_of(lang: Lang, what: str) -> frozenset[str]:
    """What before "all" makes something else of it: "nearly all"; «больше всего» is most of all."""
    return frozenset(languages.bilingual(languages.shared("extents")["said"][what])[lang])


NEARLY = 4
"""Words between "nearly" and "all": «чуть ли не на каждой странице»."""


def _of(side: Side, place: int) -> bool:
    return place + 1 < len(side.words) and side.words[place + 1].lemma == "of"


def _barred(side: Side, word: int, whole: int) -> bool:
    between = side.version.text[side.words[word].end : side.words[whole].start]
    return any(c in between for c in ",;:—()")


def _wholes(pair: Pair) -> Iterator[Difference]:
    """All of something in one version, most or some of the same thing in the other."""
    ours, theirs = list(_shares(pair.en)), list(_shares(pair.ru))
    both = [(s, t) for s in ours for t in theirs if t.whole == pair.match("en", s.whole)]
    spare = [s for s in theirs if all(s is not other for _, other in both)]
    for share, other in both:
        if (share.size, other.size) not in APART or any(s.size == share.size for s in spare):
            continue
        if _also(ours, share, other.size) or _also(theirs, other, share.size):
            continue  # "a majority of all voters", «большинством всех избирателей»; «за весь иной год»
        denied = "not all" in (share.size, other.size)
        if denied and len(negation.raw(pair.en)) == len(negation.raw(pair.ru)):
            continue  # "not all of them came", «все они не пришли»
        yield difference(
            "polarity" if denied else "number",
            _evidence(pair.en, share),
            _evidence(pair.ru, other),
            WHOLE * pair.sure,
            f"The {pair.en.called} means {share.size} of them, the {pair.ru.which} one {other.size}.",
            value_en=share.size,
            value_ru=other.size,
        )


def _also(shares: Sequence[Share], one: Share, size: str) -> bool:
    """The same whole is told in another size as well."""
    return any(s.whole == one.whole and s.size == size for s in shares)


def _evidence(side: Side, share: Share) -> Span:
    return evidence(side.version, side.words[share.word].start, side.words[share.whole].end, BY)


APART = frozenset(
    {("all", "most"), ("most", "all"), ("most", "some"), ("some", "most"), ("all", "some"), ("some", "all")}
    | {("all", "not all"), ("not all", "all")}
)
"""Shares that exclude each other; what is denied altogether is a matter of polarity."""
