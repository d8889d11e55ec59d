"""Which numbers of a pair stand for each other: equal ones that count the same things, then those left over.

Two numbers of a sentence may be equal by chance ("two of the two dozen"), and one may be told in two ways («двухметровая»,
"two metres high"): what is counted, in which unit and where decides.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from pipeline import languages, numerals
from pipeline.compare import counted, portions, translations, units
from pipeline.compare.pairs import Pair, Side
from pipeline.numerals import Numeral

IN_PLACE = 0.75
"""How alike the places of two ordinals must be whose things are unknown."""
SMALL = 3
"""Number words up to here are often no counts ("one of the two", «оба», «раз»)."""


def told_apart(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers, a share by its two where the other side has one of them as a number: "seven of the nine judges",
    «семеро из девяти судей»."""
    values = {n.value for n in en}, {n.value for n in ru}
    return (
        [part for n in en for part in _parts(pair.en, n, values[1])],
        [part for n in ru for part in _parts(pair.ru, n, values[0])],
    )


def _parts(side: Side, number: Numeral, others: set[Decimal]) -> list[Numeral]:
    if number.kind != "fraction":
        return [number]
    found = numerals.read(side.version.text[number.start : number.end], side.lang)
    if len(found) != 2 or others.isdisjoint(n.value for n in found):
        return [number]
    return [msgspec.structs.replace(n, start=number.start + n.start, end=number.start + n.end) for n in found]


def met(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> dict[int, int]:
    """Which equal numbers have met: those first that count the same things in the same unit and place."""
    ranked = sorted(
        (
            -(4 * same_things(pair, a, b) + 2 * (a.unit == b.unit) + (a.kind == b.kind)),
            abs(_place(pair.en, a) - _place(pair.ru, b)),
            i,
            j,
        )
        for i, a in enumerate(en)
        for j, b in enumerate(ru)
        if (same(a, b) and not _frost_and_thaw(pair, a, b))
        or _a_little_more(pair, a, b)
        or _dozens(pair, a, b)
        or _scale_understood(pair, a, b, en, ru)
    )
    met: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in met and j not in met.values():
            met[i] = j
    return met


def same(a: Numeral, b: Numeral) -> bool:
    """The two numerals mean the same amount; what doubles does not treble, though both are shares of something."""
    if a.kind == b.kind == "multiple":
        return a.value == b.value or a.value * b.value == 1
    readings = units.readings(b)
    return any(units.equal(x, y) for x in units.readings(a) for y in readings)


def _scale_understood(pair: Pair, a: Numeral, b: Numeral, en: list[Numeral], ru: list[Numeral]) -> bool:
    """The scale of one number is said with another one («порту 5, дороге — 7 миллионов», «70 тыс. человек из ста»),
    misspelt («3,5-милионное»), before its number («тысяч тридцать»), or no scale at all but a letter ("500m from the sea",
    "stage 4B")."""
    return any(
        bare.scale == 1
        and bare.value < whole.value
        and (
            any(bare.value * n.scale == whole.value for n in others if n is not bare)
            or (
                bare.value * whole.scale == whole.value
                and (_misspelt_scale(side, bare) or _no_scale(side, bare, other, whole))
            )
            or _turned_about(side, bare, whole)
            or _scale_apart(side, bare, whole)
        )
        for bare, whole, side, other, others in ((a, b, pair.en, pair.ru, en), (b, a, pair.ru, pair.en, ru))
    )


def _scale_apart(side: Side, bare: Numeral, whole: Numeral) -> bool:
    """A participle stands between a number and its scale: «62 | выплаченных | миллиардов»."""
    scale = APART.match(side.version.text, bare.end)
    if scale is None:
        return False
    sizes = languages.load(side.lang, "numbers")["scales"].items()
    return any(
        scale[1].lower() in forms.split() and bare.value * Decimal(size) == whole.value
        for size, forms in sizes
    )


APART = re.compile(r"\s[^\W\d_]+(?:ых|их|ed)\s([^\W\d_]+)")


def _turned_about(side: Side, bare: Numeral, whole: Numeral) -> bool:
    """The scale stands before a number that is only about right: «тысяч тридцать»."""
    before = side.version.text[max(side.start, bare.start - SCALE) : bare.start].split()[-1:]
    word = before[0].lower() if before else ""
    scales = languages.load(side.lang, "numbers")["scales"].items()
    return side.lang == "ru" and any(
        word in forms.split() and bare.value * Decimal(size) == whole.value for size, forms in scales
    )


SCALE = 12
"""Characters before a number in which its scale may stand."""


def _no_scale(side: Side, bare: Numeral, other: Side, whole: Numeral) -> bool:
    return _letter(other, whole) and (
        bare.unit == "m" or side.version.text[bare.end : bare.end + 1].isalpha()
    )


def _letter(side: Side, number: Numeral) -> bool:
    """The scale is one letter behind the digits: "500m", "4B"."""
    return LETTER.search(side.version.text, number.start, number.end) is not None


LETTER = re.compile(r"\d[^\W\d_]$")


def _frost_and_thaw(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """Degrees below zero on one side, above it on the other: "four degrees above zero", «минус 4 градуса»."""
    if "degrees" not in (a.unit, b.unit):
        return False
    ours, theirs = (
        {
            sign
            for sign, form in SIGNS.items()
            if form.search(side.version.text, max(side.start, n.start - SIGN), n.end + SIGN)
        }
        for side, n in ((pair.en, a), (pair.ru, b))
    )
    return len(ours) == len(theirs) == 1 and ours != theirs


SIGN = 22
"""Characters around a temperature in which its sign stands."""
SIGNS = {
    "below": re.compile(
        r"\b(?:below\s+(?:zero|freezing)|minus|of\s+frost|минус|мороза|ниже\s+нуля)\b|−\d", re.I
    ),
    "above": re.compile(r"\b(?:above\s+(?:zero|freezing)|plus|плюс|тепла|выше\s+нуля|жары)\b|\+\d", re.I),
}


def _a_little_more(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """One side rounds down and says so: "530,000 tons", «немногим больше полумиллиона тонн»."""
    sides = ((pair.en, a, b), (pair.ru, b, a))
    return any(
        n.unit == exact.unit
        and n.value < exact.value <= n.value * LITTLE
        and LITTLE_OVER.search(side.version.text, side.start, n.start)
        for side, n, exact in sides
    )


LITTLE = Decimal("1.1")
LITTLE_OVER = re.compile(
    r"\b(?:just\s+over|(?:a\s+little|slightly|a\s+bit)\s+(?:over|more\s+than)|(?:чуть|немногим|немного)\s+(?:больше|более|выше))\s+(?:an?\s+)?$",
    re.I,
)
"""What is said before a number that is a little less than the truth."""


def _dozens(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """English counts by the dozen where Russian counts by ten: "two dozen streets", «два десятка улиц»."""
    return (
        a.value * 10 == b.value * 12
        and "dozen" in pair.en.version.text[a.start : a.end]
        and "десят" in pair.ru.version.text[b.start : b.end]
        and b.value > 10
    )


NEXT_WORD = re.compile(r"[\s-]{1,2}([^\W\d_]{5,})")
SLIPS = 2
"""Letters that a misspelt "million" may have wrong."""


def _misspelt_scale(side: Side, number: Numeral) -> bool:
    word = NEXT_WORD.match(side.version.text, number.end)
    scales = languages.load(side.lang, "numbers")["scales"].values()
    return word is not None and any(
        translations.distance(word[1].lower()[: len(form)], form) <= SLIPS
        for forms in scales
        for form in forms.split()
        if len(form) > 2 * SLIPS
    )


def closest(pair: Pair, en: list[Numeral], ru: list[Numeral]) -> Iterator[tuple[Numeral, Numeral]]:
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
    if not _of_one_nature(a, b):
        return 0.0
    things = counting_alike(pair, a, b)
    small = (_too_small(a) or _too_small(b)) and not things and not seen_changed(pair, a, b)
    place = 1 - abs(_place(pair.en, a) - _place(pair.ru, b))
    if small and (not a.kind == b.kind == "ordinal" or _other_things(pair, a, b) or place < IN_PLACE):
        return 0.0
    if _year(pair.en, a) != _year(pair.ru, b) and not things:
        return 0.0
    unit = (
        2.0
        if a.unit == b.unit or {a.unit, b.unit} == units.POUNDS
        else 1.0
        if None in (a.unit, b.unit) or units.comparable(a, b)
        else 0.2
    )
    form = 1.0 if digits(pair.en.version.text, a) == digits(pair.ru.version.text, b) else 0.0
    kind = 1.0 if a.kind == b.kind else 0.0
    return unit + form + kind + place + 2.0 * things


def counting_alike(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """The numbers count the same things, as far as words can tell."""
    return same_things(pair, a, b) or any(alike(pair, a, b) for alike in ALIKE)


def _both_groups(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "A trio of skiffs", «пятёрка лодок»."""
    return bool(
        GROUP.search(pair.en.version.text, a.start, a.end)
        and GROUP.search(pair.ru.version.text, b.start, b.end)
    )


GROUP = re.compile(
    r"^(?:a\s+)?(?:pair|trio|quartet|quintet|couple)\b|^(?:пар|трио|тройк|четв[её]рк|пят[её]рк|квартет)", re.I
)
"""Nouns for a group of so many."""


def _both_excepted(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "All but | one of the bridges", «все мосты, кроме | четырёх»."""
    return all(
        portions.ALL_BUT.search(side.version.text, side.start, n.start)
        for side, n in ((pair.en, a), (pair.ru, b))
    )


def _both_in_adjectives(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Four-storey blocks", «двухэтажные дома»: both numbers stand in an adjective."""
    hyphens = pair.en.version.text[a.end : a.end + 1] == "-", pair.ru.version.text[b.end : b.end + 1] == "-"
    inside = pair.ru.version.text[b.start : b.end]
    return (
        hyphens[0]
        and (hyphens[1] or (inside.isalpha() and len(inside) >= ADJECTIVE))
        and b.kind == "cardinal"
    )


ADJECTIVE = 8
"""Letters of the shortest Russian adjective that holds a number: «двудомный»."""


def _both_ranks(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "The second-largest exporter", «третье место», «второй по величине»."""
    if not a.kind == b.kind == "ordinal":
        return False
    return bool(
        RANK["en"].match(pair.en.version.text, a.end) and RANK["ru"].match(pair.ru.version.text, b.end)
    )


RANK = {
    "en": re.compile(r"[\s-](?:most|place|rank|\w+est)\b", re.I),
    "ru": re.compile(r"\s(?:мест[оаеу]м?\b|по\s+\w+|сам\w+)", re.I),
}
"""What follows an ordinal that is a rank."""


def _both_opposed(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """ "Nine votes to | four", «девятью голосами против | трёх»."""
    return bool(
        OPPOSED["en"].search(pair.en.version.text, pair.en.start, a.start)
        and OPPOSED["ru"].search(pair.ru.version.text, pair.ru.start, b.start)
    )


OPPOSED = {
    "en": re.compile(r"\bvot\w+\s+(?:in\s+favou?r\s+)?(?:to|against)\s+$", re.I),
    "ru": re.compile(r"\bпротив\s+$", re.I),
}
"""What stands between the votes of two sides."""
ALIKE = (_both_groups, _both_excepted, _both_in_adjectives, _both_ranks, _both_opposed)
"""Other signs that two numbers count the same."""


def seen_changed(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """The judge is sure that both numbers are changed: "two boats with drinking water", «двенадцать судов с питьевой водой»."""
    return min(pair.changed("en", a.start, a.end), pair.changed("ru", b.start, b.end)) >= SURELY


SURELY = 0.9
"""Probability of a change from which the judge is a witness that two small counts stand for each other."""


def _of_one_nature(a: Numeral, b: Numeral) -> bool:
    """A magnitude differs from another magnitude only ("dozens", «сотни»), a Roman numeral from one or from an ordinal."""
    units_of = {a.unit, b.unit}
    if None in units_of and any(n.unit == "days" and n.value == 1 for n in (a, b)):
        return False  # «за сутки» is no number of people
    if counted.VAGUE in units_of:
        return a.unit == b.unit or _of_other_size(*((a, b) if a.unit == counted.VAGUE else (b, a)))
    return counted.ROMAN not in units_of or a.unit == b.unit or "ordinal" in (a.kind, b.kind)


def _of_other_size(vague: Numeral, n: Numeral) -> bool:
    """A count that is far too small for a magnitude: "a dozen villages", «сотни деревень»."""
    return n.unit is None and n.kind == "cardinal" and 0 < n.value * FAR <= vague.value


FAR = 5
"""How many times a count is smaller than a magnitude that it cannot be: there is no "dozen" of a hundred."""


def same_things(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What an English and a Russian number count translate each other: "three separate contracts", «по пяти контрактам»."""
    theirs = things(pair.ru, b)
    return any(t in pair.partners("en", thing) for thing in things(pair.en, a) for t in theirs)


def _other_things(pair: Pair, a: Numeral, b: Numeral) -> bool:
    """What one of the numbers counts is translated by another word than what the other counts: "a second meeting after the summit", «повторная встреча после первого саммита»."""
    ours, theirs = things(pair.en, a), things(pair.ru, b)
    there, back = (
        {m for t in here if (m := pair.match(lang, t)) is not None}
        for lang, here in (("en", ours), ("ru", theirs))
    )
    return (bool(there) and there.isdisjoint(theirs)) or (bool(back) and back.isdisjoint(ours))


def things(side: Side, n: Numeral) -> list[int]:
    """The nouns that a number counts: those in a row within three words ("two-storey | school", "a trio of | engineers"), or the one it
    hangs on."""
    inside = [i for i, w in enumerate(side.words) if n.start <= w.start < n.end]
    if not inside:
        return []
    found: list[int] = []
    for i in range(inside[-1] + 1, min(inside[-1] + 4, len(side.words))):
        if side.words[i].token.pos_ == "NOUN":
            found.append(i)
        elif side.words[i].lemma == "of" and i == inside[-1] + 1:
            continue
        elif found or side.words[i].token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "NUM"):
            break
    head = _head(side, inside[-1])
    if head is not None and head not in found:
        found.append(head)
    return found or [i for i in inside[-1:] if side.words[i].token.pos_ == "NOUN"]


def _head(side: Side, number: int) -> int | None:
    """The noun that a number hangs on: "two former public-works | engineers", «второй по величине | порт»."""
    token = side.words[number].token
    if token.pos_ not in ("NUM", "ADJ") or token.head.pos_ != "NOUN":
        return None
    return next((n for n, w in enumerate(side.words) if w.token.i == token.head.i), None)


def _too_small(n: Numeral) -> bool:
    whole = n.value == n.value.to_integral_value()
    return n.unit is None and n.kind in ("cardinal", "ordinal") and whole and abs(n.value) <= SMALL


def _year(side: Side, n: Numeral) -> bool:
    """Four bare digits are rather a year than a count: "looked exactly like 1915", but not «1620 мест»."""
    written = side.version.text[n.start : n.end]
    if n.unit is not None or len(written) != 4 or not written.isdigit() or n.value >= 2100:
        return False
    after = next((w for w in side.words if w.start >= n.end), None)
    counted = (
        after is not None and "Case=Gen" in str(after.token.morph) and "Number=Plur" in str(after.token.morph)
    )
    return not (counted and after is not None and after.start - n.end == 1)


def _place(side: Side, n: Numeral) -> float:
    return (n.start - side.start) / max(1, side.end - side.start)


def digits(text: str, n: Numeral) -> bool:
    return any(c.isdigit() for c in text[n.start : n.end])
