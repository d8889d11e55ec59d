"""Numbers that differ: four hundred metres against «сорок метров», 46 days against «46 часов», half against «треть».

Values are compared in base units across notations: 1.5 billion is «1,5 млрд», a fifth is 20 %, «в 2,6 раза» is up by
160 per cent, eighteen months are «полтора года», 50 basis points are «0,5 п. п.». What a bead leaves over on both sides,
in comparable units, is a difference.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from pipeline import numerals
from pipeline.compare import bounds, units
from pipeline.compare.finding import MQM, difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.reading import Rate, Reading
from pipeline.dates import DateMention
from pipeline.document import Difference
from pipeline.numerals import Numeral

BY = "number"
DIGITS, WORDS, COUNTED, ODD = 0.92, 0.75, 0.6, 0.35
"""Confidence that two leftover numbers differ: written in digits on both sides, in words on one, in different ways
but counting the same things, or in units of different dimensions. Planted numbers and faithful news, see tests/cases/compare."""
RATE = 0.7
NEAR_RATE = 40
"""Characters between a number and the rate it belongs to: "1.2 million barrels of oil a day"."""
SMALL = 3
"""Number words up to here are often no counts ("one of the two", «оба», «раз»)."""


def compare(pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The number differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = pairs[max(0, n - 1) : n + 2]
        mine = (
            _amounts(pair.en.within(en.numerals), pair.ru.within(ru.dates)),
            _amounts(pair.ru.within(ru.numerals), pair.en.within(en.dates)),
        )
        mine = _told_apart(pair, *mine)
        met = _met(pair, *mine)
        yield from bounds.compare(pair, [(mine[0][i], mine[1][j]) for i, j in met.items()])
        left_en = [a for i, a in enumerate(mine[0]) if i not in met]
        left_ru = [b for j, b in enumerate(mine[1]) if j not in met.values()]
        known_ru = [b for p in near if p is not pair for b in p.ru.within(ru.numerals)]
        known_en = [a for p in near if p is not pair for a in p.en.within(en.numerals)]
        left_en = [a for a in left_en if not _beside_this(a, known_ru) or _counted(pair, a, left_ru)]
        left_ru = [b for b in left_ru if not _beside_this(b, known_en) or _counted(pair, b, left_en)]
        left_en, left_ru = _uncomplemented(left_en, left_ru, [mine[0][i] for i in met])
        for a, b in _closest(pair, left_en, left_ru):
            found = _difference(pair, a, b, POINTS if _points(a, b) else 0.0)
            yield _as_date(found) if _offset(a, en) and _offset(b, ru) else found
        yield from _steps(pair, *mine)
        yield from _rates(pair, en, ru)


def _beside_this(number: Numeral, known: list[Numeral]) -> bool:
    """A sentence beside has the number: a small one in the same unit, since twos and threes stand everywhere."""
    return any(
        same(number, other) and (number.unit == other.unit or min(number.value, other.value) > COMMON)
        for other in known
    )


COMMON = 10
"""Numbers up to here stand in any sentence by chance."""


def _uncomplemented(
    en: list[Numeral], ru: list[Numeral], known: list[Numeral]
) -> tuple[list[Numeral], list[Numeral]]:
    """Without the two parts of one whole: "no longer in nine of the fourteen", «лишь в пяти из четырнадцати»."""
    wholes = {n.value for n in known}
    parts = [(a, b) for a in en for b in ru if a.unit == b.unit and a.value + b.value in wholes]
    return [a for a in en if all(a is not x for x, _ in parts)], [
        b for b in ru if all(b is not y for _, y in parts)
    ]


def _counted(pair: Pair, number: Numeral, others: list[Numeral]) -> bool:
    """A leftover number of the other side counts the same things, so an equal number in a sentence beside is chance."""
    return any(_same_things(pair, number, o) or _same_things(pair, o, number) for o in others)


def _same_things(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What an English and a Russian number count translate each other: "three separate contracts", «по пяти контрактам»."""
    en, ru = _thing(pair.en, a), _thing(pair.ru, b)
    return en is not None and ru is not None and ru in pair.partners("en", en)


def _thing(side: Side, n: Numeral) -> int | None:
    """The noun that a number counts: the next one within three words, or the one the number hangs on."""
    inside = [i for i, w in enumerate(side.words) if n.start <= w.start < n.end]
    if not inside:
        return None
    for i in range(inside[-1] + 1, min(inside[-1] + 4, len(side.words))):
        if side.words[i].token.pos_ == "NOUN":
            return i
        if side.words[i].token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "NUM"):
            break
    return inside[-1] if side.words[inside[-1]].token.pos_ == "NOUN" else None


def _steps(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[Difference]:
    """ "By a third" against «втрое»: a change by a share has become a multiple of the same figure; what falls by half
    falls «вдвое»."""
    for a in en:
        for b in ru:
            if (
                {a.kind, b.kind} != {"fraction", "multiple"}
                or Decimal(2) in (a.value, b.value)
                or abs(a.value * b.value - 1) > Decimal("0.01")
            ):
                continue
            fraction, side = (a, pair.en) if a.kind == "fraction" else (b, pair.ru)
            if side.version.text[max(0, fraction.start - 3) : fraction.start].strip().lower() not in (
                "by",
                "на",
            ):
                continue
            if not any(o.kind == fraction.kind for o in (ru if fraction is a else en)):
                yield _difference(pair, a, b, WORDS)


POINTS = 0.8
"""Confidence that percentage points have become per cent of the same figure, or a currency another one."""


def _points(a: Numeral, b: Numeral) -> bool:
    """One figure in points and in per cent, or in two currencies: "8 million dollars", «8 млн евро»."""
    named = {a.unit or "", b.unit or ""}
    money = len(named) == 2 and all(len(unit) == 3 and unit.isupper() for unit in named)
    return a.value == b.value and (named == {"pp", "percent"} or money)


def _offset(n: Numeral, read: Reading) -> bool:
    """The number counts from one date to another: "thirteen months later", «через три месяца»."""
    return any(m.kind == "offset" and m.start <= n.start and n.end <= m.end for m in read.dates)


def _as_date(found: Difference) -> Difference:
    """Another distance in time is another date."""
    return msgspec.structs.replace(found, kind="date", mqm=MQM["date"])


def _amounts(numerals: list[Numeral], dates: list[DateMention]) -> list[Numeral]:
    """The numerals that are no years of dates which the other version writes out as dates."""
    years = {d.date.start[:4] for d in dates} | {d.date.end[:4] for d in dates}
    return [n for n in numerals if n.unit or str(n.value) not in years]


def _told_apart(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers, a share by its two where the other side names the whole: "seven of the nine judges", «семеро из
    девяти судей»."""
    wholes = {n.value for n in en}, {n.value for n in ru}
    return (
        [part for n in en for part in _parts(pair.en, n, wholes[1])],
        [part for n in ru for part in _parts(pair.ru, n, wholes[0])],
    )


def _parts(side: Side, number: Numeral, wholes: set[Decimal]) -> list[Numeral]:
    if number.kind != "fraction":
        return [number]
    found = numerals.read(side.version.text[number.start : number.end], side.lang)
    if len(found) != 2 or found[1].value not in wholes:
        return [number]
    return [msgspec.structs.replace(n, start=number.start + n.start, end=number.start + n.end) for n in found]


def _met(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> dict[int, int]:
    """Which equal numbers have met: those first that count the same things in the same unit and place."""
    ranked = sorted(
        (
            -(2 * _same_things(pair, a, b) + (a.unit == b.unit)),
            abs(_place(pair.en, a) - _place(pair.ru, b)),
            i,
            j,
        )
        for i, a in enumerate(en)
        for j, b in enumerate(ru)
        if same(a, b)
    )
    met: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in met and j not in met.values():
            met[i] = j
    return met


def same(a: Numeral, b: Numeral) -> bool:
    """The two numerals mean the same amount."""
    readings = units.readings(b)
    return any(units.equal(x, y) for x in units.readings(a) for y in readings)


def _closest(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[tuple[Numeral, Numeral]]:
    """Leftover numbers that can stand for each other, in the order of how alike their places and units are."""
    ranked = sorted(
        ((_kinship(pair, a, b), i, j) for i, a in enumerate(en) for j, b in enumerate(ru)), reverse=True
    )
    used_en: set[int] = set()
    used_ru: set[int] = set()
    for kin, i, j in ranked:
        if kin > 0 and i not in used_en and j not in used_ru:
            used_en.add(i)
            used_ru.add(j)
            yield en[i], ru[j]


def _kinship(pair: Pair, a: Numeral, b: Numeral) -> float:
    """How likely the numbers stand for each other: same unit, same way of writing, same place in the sentence."""
    things = _same_things(pair, a, b)
    if (_too_small(a) or _too_small(b)) and not things:
        return 0.0
    if _year(pair.en.version.text, a) != _year(pair.ru.version.text, b) and not things:
        return 0.0
    unit = 2.0 if a.unit == b.unit else 1.0 if None in (a.unit, b.unit) or units.comparable(a, b) else 0.2
    form = 1.0 if _digits(pair.en.version.text, a) == _digits(pair.ru.version.text, b) else 0.0
    kind = 1.0 if a.kind == b.kind else 0.0
    place = 1 - abs(_place(pair.en, a) - _place(pair.ru, b))
    return unit + form + kind + place + 2.0 * things


def _rates(pair: Pair, en: Reading, ru: Reading) -> Iterator[Difference]:
    """ "a loaf a month", «буханку в неделю»: the only rate of each side has another period, and no number near it
    differs (a million barrels a day may be fifty million tonnes a year)."""
    a, b = pair.en.within(en.rates), pair.ru.within(ru.rates)
    if len(a) != 1 or len(b) != 1 or a[0].period == b[0].period:
        return
    ours = [n for n in pair.en.within(en.numerals) if _beside(n, a[0])]
    theirs = [n for n in pair.ru.within(ru.numerals) if _beside(n, b[0])]
    if (
        (ours or theirs)
        and not any(same(x, y) for x in ours for y in theirs)
        and not _same_words(pair, a[0], b[0])
    ):
        return
    yield difference(
        "number",
        evidence(pair.en.version, _with_what(pair.en, a[0]), a[0].end, BY),
        evidence(pair.ru.version, _with_what(pair.ru, b[0]), b[0].end, BY),
        RATE * pair.sure,
        f"The {pair.en.called} counts by {a[0].period}, the {pair.ru.which} one by {b[0].period}.",
        value_en=f"per {a[0].period}",
        value_ru=f"per {b[0].period}",
    )


def _same_words(pair: Pair, a: Rate, b: Rate) -> bool:
    """The words before the rates translate each other: "twice a year", «дважды в месяц»."""
    en = [n for n, w in enumerate(pair.en.words) if w.end <= a.start]
    ru = [n for n, w in enumerate(pair.ru.words) if w.end <= b.start]
    return bool(en and ru) and ru[-1] in pair.partners("en", en[-1])


def _beside(n: Numeral, rate: Rate) -> bool:
    return 0 <= rate.start - n.end <= NEAR_RATE


def _with_what(side: Side, rate: Rate) -> int:
    """Where the word begins that the rate counts."""
    before = [w.start for w in side.words if w.end <= rate.start and w.content]
    return before[-1] if before else rate.start


def _too_small(n: Numeral) -> bool:
    return n.unit is None and n.kind in ("cardinal", "ordinal") and abs(n.value) <= SMALL


def _year(text: str, n: Numeral) -> bool:
    """Four bare digits are rather a year than a count: "looked exactly like 1915"."""
    return (
        n.unit is None and len(written := text[n.start : n.end]) == 4 and written.isdigit() and n.value < 2100
    )


def _place(side: Side, n: Numeral) -> float:
    return (n.start - side.start) / max(1, side.end - side.start)


def _digits(text: str, n: Numeral) -> bool:
    return any(c.isdigit() for c in text[n.start : n.end])


def _difference(pair: Pair, a: Numeral, b: Numeral, sure: float = 0.0) -> Difference:
    en = evidence(pair.en.version, a.start, a.end, BY)
    ru = evidence(pair.ru.version, b.start, b.end, BY)
    both = _digits(pair.en.version.text, a) and _digits(pair.ru.version.text, b)
    confidence = DIGITS if both else WORDS
    things = _same_things(pair, a, b)
    if not units.comparable(a, b) or a.kind != b.kind:
        confidence = COUNTED if things else ODD
    elif things:
        confidence = max(confidence, WORDS)
    elif not both and a.kind == "cardinal" and (a.unit or b.unit) is None:
        confidence = 0.55
    confidence = max(confidence, sure)
    return difference(
        "number",
        en,
        ru,
        confidence * pair.sure,
        f"The {pair.en.called} gives {en.text} ({_written(a)}), the {pair.ru.which} one {ru.text} ({_written(b)}).",
        value_en=_written(a),
        value_ru=_written(b),
    )


def _written(n: Numeral) -> str:
    value = (
        f"{n.value.normalize():f}" if n.value != n.value.to_integral_value() else f"{Decimal(int(n.value))}"
    )
    if n.kind == "multiple":
        return f"×{value}"
    return f"{value[:12]} {n.unit}" if n.unit else value[:24]
