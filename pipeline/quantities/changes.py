"""Changes "from X to Y, by Z": the two values, the stated change and the words that tell its direction."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.dates import DateMention
from pipeline.numerals import Numeral
from pipeline.quantities import arithmetic
from pipeline.quantities.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

AFTER = 60
"""Characters between the second value, with its year, and the change stated after it."""
DATE_REACH = 40
"""Characters between a level and its year."""
BEFORE = 90
"""Characters between a change stated first and the values, often in brackets, after it."""


class Change(NamedTuple):
    """A pair of values with the numeral that states their change and the word that gives its direction."""

    first: Numeral
    last: Numeral
    stated: Numeral | None
    verb: "Token | None"

    @property
    def start(self) -> int:
        return min(self.first.start, self.last.start)

    @property
    def end(self) -> int:
        return max(self.first.end, self.last.end)


class Words(NamedTuple):
    """A language's words of change."""

    up: frozenset[str]
    down: frozenset[str]
    more: frozenset[str]
    fewer: frozenset[str]
    from_: re.Pattern[str]
    to: re.Pattern[str]
    compared: re.Pattern[str]
    stated: re.Pattern[str]
    not_after: re.Pattern[str]
    over: re.Pattern[str]
    counted_against: frozenset[str]
    within: frozenset[str]
    breaks: frozenset[str]


@cache
def words(lang: str) -> Words:
    data = languages.load(lang, "change")
    markers = {
        key: "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        for key, forms in data["markers"].items()
    }
    filler = rf"(?:\s+(?:{'|'.join(data['markers']['fillers'].split())}|(?-i:[A-Z]{{2,4}}))){{0,3}}"
    return Words(
        up=frozenset(data["direction"]["up"].split()),
        down=frozenset(data["direction"]["down"].split()),
        more=frozenset(data["beside"]["up"].split()),
        fewer=frozenset(data["beside"]["down"].split()),
        from_=re.compile(rf"\b(?:{markers['from']}){filler}\s*[~≈$€£]?$", re.I),
        to=re.compile(rf"\b(?:{markers['to']}){filler}\s*[~≈]?$", re.I),
        compared=re.compile(rf"\b(?:{markers['compared']}){filler}\s*$", re.I),
        stated=re.compile(rf"(?:(?<!\w)(?:{markers['stated']})|[(,;:—–+−])\s*$", re.I),
        over=re.compile(rf"\s*(?:{markers['over']}){filler}\s*[~≈$€£]?", re.I),
        counted_against=frozenset(data["markers"]["counted_against"]),
        within=frozenset(data["markers"]["within"]),
        not_after=re.compile(rf"\s+(?:{markers['not_after']})\b", re.I),
        breaks=frozenset(data["markers"]["breaks"]),
    )


def changes(sentence: Sentence) -> tuple[Change, ...]:
    """All changes of a sentence, in order, each with the change stated for it.

    "fell from 5 to 4 tons, by 20%", "by 37% with Kazakhstan (from ... to ...)", "to 2900 from 1250",
    «составил 8 млрд против 6 млрд в 2020 году».
    """
    pairs = [*_pairs(sentence)]
    taken = {n for pair in pairs for n in pair}
    free = [n for n in sentence.numerals if n not in taken and states_change(sentence, n)]
    found = []
    for i, (first, last) in enumerate(pairs):
        start, end = min(first.start, last.start), max(first.end, last.end)
        floor = max((max(a.end, b.end) for a, b in pairs[:i]), default=sentence.start)
        ceiling = min((min(a.start, b.start) for a, b in pairs[i + 1 :]), default=sentence.end)
        stated = _stated(sentence, free, start, end, floor, ceiling)
        verb = (
            direction_word(sentence, start, floor)
            or direction_word(sentence, start)
            or _later_word(sentence, end, ceiling)
        )
        if stated is not None:
            free.remove(stated)
        change = Change(first, last, stated, verb)
        if (
            verb is not None
            or stated is not None
            or _two_dates(sentence, change)
            or _compared(sentence, change)
        ):
            found.append(change)
    return tuple(found)


def _pairs(sentence: Sentence) -> Iterator[tuple[Numeral, Numeral]]:
    """The numerals that a change begins and ends with."""
    values = [n for n in sentence.numerals if n.kind == "cardinal" and n.unit not in ("pp", "points")]
    marks = [_marker(sentence, n, values[i - 1].end if i else sentence.start) for i, n in enumerate(values)]
    used: set[int] = set()
    for i, value in enumerate(values):
        if i in used or marks[i] is None:
            continue
        j = _partner(sentence, values, marks, i, used)
        if j is not None:
            used |= {i, j}
            yield (value, values[j]) if marks[i] == "from" else (values[j], value)
        elif i and i - 1 not in used and marks[i] != "to" and _compares(sentence, values[i - 1], value):
            used |= {i - 1, i}
            yield value, values[i - 1]
    for i, j in _over_figure(sentence, values, used):
        used |= {i, j}
        yield values[j], values[i]
    for i, j in _dated_levels(sentence, values, used):
        used |= {i, j}
        yield values[i], values[j]


def _over_figure(sentence: Sentence, values: list[Numeral], used: set[int]) -> Iterator[tuple[int, int]]:
    """ "1.8 billion in 2023, up 62 per cent on the 1.2 billion of 2019", «1,8 млрд, что на 62 % больше 1,2 млрд в 2019 году»:
    the later value, the figure that compares the two, the earlier value."""
    for j in range(2, len(values)):
        i, figure = j - 2, values[j - 1]
        if {i, j - 1, j} & used or figure.unit != "percent" or not comparable(values[i], values[j]):
            continue
        led = words(sentence.lang).over.fullmatch(
            sentence.text[figure.end : values[j].start].replace("ё", "е")
        )
        near = (
            values[j].end - values[i].end <= 2 * AFTER
            and ";" not in sentence.text[values[i].end : figure.start]
        )
        if led and near and values[i].unit != "percent":
            yield i, j


def _dated_levels(sentence: Sentence, values: list[Numeral], used: set[int]) -> Iterator[tuple[int, int]]:
    """Two levels of one thing, each with its year, and a figure that says by how much: "the bill, $1.14bn in 2014, came to
    $1.71bn in 2024, up by half", «составлял 90 тыс. т в 2019 году, 60 тыс. в 2023-м, на 33 % меньше»."""
    for i in range(len(values) - 1):
        first, last = values[i], values[i + 1]
        if {i, i + 1} & used or not comparable(first, last):
            continue
        measured = first.unit or last.unit or max(first.scale, last.scale) > 1
        if not measured or last.start - first.end > 2 * AFTER:
            continue
        earlier, later = _dates_of(sentence, first, last)
        if earlier is None or later is None or earlier.date.end >= later.date.start:
            continue
        figures = [n for n in sentence.numerals if n.start >= last.end and n.start - last.end <= AFTER]
        figures += [
            n for n in sentence.numerals if n.end <= first.start and first.start - n.end <= DATE_REACH
        ]
        if first.unit == "percent":  # of two shares only a figure in points says the change
            figures = [n for n in figures if n.unit in ("pp", "points")]
        if any(states_change(sentence, n) for n in figures if n not in (first, last)):
            yield i, i + 1


def _dates_of(
    sentence: Sentence, first: Numeral, last: Numeral
) -> tuple[DateMention | None, DateMention | None]:
    """The dates of two levels, both behind ("90 in 2019, 60 in 2023") or both before them («в 2019 году 90, в 2023-м 60»)."""
    behind = _date_behind(sentence, first), _date_behind(sentence, last)
    before = _date_before(sentence, first), _date_before(sentence, last)
    if behind[1] is None and before[0] is not None and behind[0] == before[1]:
        return before
    return behind[0] or before[0], behind[1] or before[1]


def _date_behind(sentence: Sentence, value: Numeral) -> DateMention | None:
    date = sentence.date_after(value.end, value.end + DATE_REACH)
    return None if date is None or any(value.end <= n.start < date.start for n in sentence.numerals) else date


def _date_before(sentence: Sentence, value: Numeral) -> DateMention | None:
    near = [d for d in sentence.dates if value.start - DATE_REACH <= d.end <= value.start]
    return (
        near[-1]
        if near and not any(near[-1].end <= n.start < value.start for n in sentence.numerals)
        else None
    )


def _partner(
    sentence: Sentence, values: list[Numeral], marks: list[str | None], i: int, used: set[int]
) -> int | None:
    """The value that a "from" finds its "to" in, or the other way round."""
    wanted = {"from": "to", "to": "from"}.get(marks[i] or "")
    for j in range(i + 1, min(i + 4, len(values))):
        if j in used or ";" in sentence.text[values[i].end : values[j].start]:
            return None
        if marks[j] == wanted and comparable(values[i], values[j]):
            ahead = _partner(sentence, values, marks, j, used | {i}) if wanted == "from" else None
            return j if ahead is None else None
    return None


def _compares(sentence: Sentence, last: Numeral, first: Numeral) -> bool:
    """ "8 billion in 2020, up from 6", «8 млрд против 6 млрд»: two values of one thing, close together."""
    gap = sentence.text[last.end : first.start].replace("ё", "е")
    near = len(gap) <= AFTER and ";" not in gap
    if any(
        t.lemma_ in words(sentence.lang).counted_against for t in sentence.between(last.end, last.end + 20)
    ):
        return False  # "by ten votes against five" weighs two sides, not two years
    if _elsewhere(sentence, first):
        return False
    return near and comparable(last, first) and words(sentence.lang).compared.search(gap) is not None


def _elsewhere(sentence: Sentence, value: Numeral) -> bool:
    """ "140 euros, against 310 on your side", «против 310 в Финляндии»: two places are compared, not two years."""
    after = [t for t in sentence.between(value.end, value.end + AFTER) if not t.is_space][:3]
    place = next((t for t in after[:2] if t.lower_ in words(sentence.lang).within), None)
    return place is not None and sentence.date_after(place.idx, place.idx + AFTER) is None


def _marker(sentence: Sentence, numeral: Numeral, floor: int) -> str | None:
    """Which end of a change a numeral is, by the words right before it."""
    known = words(sentence.lang)
    before = sentence.text[max(floor, numeral.start - 45) : numeral.start].replace("ё", "е")
    patterns = (("from", known.from_), ("to", known.to), ("compared", known.compared))
    return next((name for name, pattern in patterns if pattern.search(before)), None)


def comparable(first: Numeral, last: Numeral) -> bool:
    """Two values of one thing: the same unit, or only one of them has its unit written."""
    if first.unit and last.unit:
        return first.unit == last.unit
    return "percent" not in (first.unit, last.unit) or first.unit == last.unit or _small(first, last)


def _small(first: Numeral, last: Numeral) -> bool:
    """ "from 27 to 15 per cent"."""
    return max(first.value, last.value) <= 1000


def states_change(sentence: Sentence, numeral: Numeral) -> bool:
    """A per cent figure, a multiple or a fraction that says by how much something changed."""
    if numeral.kind == "multiple":
        return True
    if numeral.unit not in ("percent", "pp", "points") and numeral.kind != "fraction":
        return False
    known = words(sentence.lang)
    if known.not_after.match(sentence.text, numeral.end):
        return False
    before = sentence.text[max(sentence.start, numeral.start - 30) : numeral.start].replace("ё", "е")
    if known.stated.search(before) or numeral.value < 0:
        return True
    after = sentence.between(numeral.end, numeral.end + 30)[:2]
    return any(t.lemma_ in known.up or t.lemma_ in known.down for t in after) or _last_is_direction(
        sentence, numeral
    )


def _last_is_direction(sentence: Sentence, numeral: Numeral) -> bool:
    """ "grew 20 percent from"."""
    before = sentence.before(numeral.start)[-1:]
    return bool(before) and _beside(before[0], sentence.lang) != 0


def _stated(
    sentence: Sentence, free: list[Numeral], start: int, end: int, floor: int, ceiling: int
) -> Numeral | None:
    """The free numeral that states the change of the values between two offsets: after them, or before brackets."""
    after = _year_after(sentence, end)
    in_brackets = "(" in sentence.text[max(floor, start - 25) : start]
    following = [n for n in free if after <= n.start < ceiling and _near(sentence, after, n.start)]
    preceding = [n for n in free if floor <= n.start < start and start - n.end <= BEFORE]
    inside = [n for n in free if start < n.start < end]
    if in_brackets and preceding:
        return preceding[-1]
    for choice in (following, inside, preceding[::-1]):
        if choice:
            return choice[0]
    return None


def _year_after(sentence: Sentence, at: int) -> int:
    date = sentence.date_after(at, at + 25)
    return date.end if date else at


def _near(sentence: Sentence, start: int, end: int) -> bool:
    """Nothing that begins another clause stands between the values and the stated change."""
    gap = sentence.text[start:end]
    return (
        end - start <= AFTER
        and ";" not in gap
        and not any(t.lower_ in words(sentence.lang).breaks for t in sentence.between(start, end))
    )


def direction(token: "Token", lang: str) -> int:
    """1 for a word of growth, -1 for a word of decline, else 0."""
    known = words(lang)
    lemma = token.lemma_.lower().replace("ё", "е")
    for form in (lemma, token.lower_):
        if form in known.up:
            return 1
        if form in known.down:
            return -1
    return 0


def _beside(token: "Token", lang: str) -> int:
    """The direction of a word right beside a figure: "up 60%", "20 percent less", «плюс 27 п. п.»."""
    known = words(lang)
    for form in (token.lemma_.lower().replace("ё", "е"), token.lower_):
        if form in known.more:
            return 1
        if form in known.fewer:
            return -1
    return direction(token, lang)


def direction_word(sentence: Sentence, at: int, floor: int | None = None) -> "Token | None":
    """The nearest word of growth or decline before an offset."""
    start = sentence.start if floor is None else floor
    return next((t for t in reversed(sentence.between(start, at)) if direction(t, sentence.lang)), None)


def _later_word(sentence: Sentence, at: int, until: int) -> "Token | None":
    """ "from 61% to 88%, a rise of 27 points"."""
    return next(
        (t for t in sentence.between(at, min(until, at + AFTER)) if direction(t, sentence.lang)), None
    )


def _compared(sentence: Sentence, change: Change) -> bool:
    """ "2.1 million against 1.4": the comparison says that both are values of one thing."""
    return change.last.start < change.first.start and _compares(sentence, change.last, change.first)


def _two_dates(sentence: Sentence, change: Change) -> bool:
    """Both values have a date of their own."""
    first = sentence.date_after(change.first.end, change.first.end + 25)
    last = sentence.date_after(change.last.end, change.last.end + 25)
    return first is not None and last is not None and first != last


def sign(sentence: Sentence, change: Change) -> int:
    """The direction in which the text says the value went: by the word beside the figure, then by the verb."""
    figure = change.stated
    if figure is not None:
        if figure.value < 0:
            return -1
        if figure.kind == "multiple" and figure.value < 1:
            return -1
        beside = [
            *sentence.before(figure.start)[-2:][::-1],
            *sentence.between(figure.end, figure.end + 20)[:1],
        ]
        for token in beside:
            if here := _beside(token, sentence.lang):
                return here
    went = (change.last.value > change.first.value) - (change.last.value < change.first.value)
    if change.verb is None or went == 0:
        return went
    said = direction(change.verb, sentence.lang)
    if change.verb.idx > change.end:
        return went  # the word of another clause: "went down from 5 to 4, while sailings rose"
    apart = sentence.between(change.verb.idx + len(change.verb.text), change.start)
    own = len(apart) <= 8 and not any(t.pos_ == "VERB" for t in apart)
    return said if said == went or own else went


def stated_change(sentence: Sentence, figure: Numeral, way: int) -> tuple[str | None, str | None]:
    """The stated change as (per cent, percentage points), signed decimal strings."""
    if figure.unit in ("pp", "points"):
        return None, str(abs(figure.value) * way) if way else str(figure.value)
    if figure.kind == "multiple":
        return arithmetic.percent(arithmetic.change_of(figure.value, way < 0)), None
    share = abs(figure.value) * (100 if figure.kind == "fraction" else 1)
    return arithmetic.percent(share * Decimal(way or 1)), None
