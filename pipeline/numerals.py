"""Numbers as people write them: digits, words, fractions, multiples and scales, with the unit they count.

No model is needed: a text is cut into tokens once, and every numeral is read from left to right. Years and days
are numbers too; `pipeline.dates` says which of them are dates.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from pipeline import languages

Kind = Literal["cardinal", "ordinal", "fraction", "multiple"]


class Numeral(Struct, frozen=True, kw_only=True):
    """A number with its value in base units: `1,5 млрд долл.` is 1500000000 USD, written to the nearest 10^8.

    `step` is the value of the last digit written; `unit` an ISO 4217 code, "percent", "pp" or a unit's name.
    A multiple ("tripled", «в 2,6 раза») holds its factor, a fraction ("a fifth", «треть») its share of one.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str | None = None
    kind: Kind = "cardinal"
    approximate: bool = False
    scale: Decimal = Decimal(1)

    @property
    def multiple(self) -> bool:
        return self.kind == "multiple"


class Token(NamedTuple):
    text: str
    start: int
    end: int
    number: bool


class Part(NamedTuple):
    """What stands at a token: its value, the value of its last digit, and the token after it."""

    value: Decimal
    step: Decimal
    after: int
    kind: Kind = "cardinal"
    scale: Decimal = Decimal(1)


SPACE = "[ \u00a0\u2009\u202f\u2007]"
DIGITS = re.compile(rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,’']\d+)*")
GLUED = re.compile(r"[^\W\d_]+-$")
SUPERSCRIPTS = "²³"
LONGEST_GAP = 80
"""Characters between the two values of a change: a year, a unit and a short phrase."""


def read(text: str, lang: str) -> tuple[Numeral, ...]:
    """All numerals of a text, in order, without overlap.

    >>> [(str(n.value), n.unit) for n in read("from $1.9 billion to 47.2m tonnes, by a fifth", "en")]
    [('1900000000', 'USD'), ('47200000', 'tonnes'), ('0.2', None)]
    >>> [(str(n.value), n.unit) for n in read("с 13,03 млрд долл. до полутора миллионов тонн, в 2,6 раза", "ru")]
    [('13030000000', 'USD'), ('1500000', 'tonnes'), ('2.6', None)]
    """
    found = tuple(_Reader(text, lang).numerals())
    return tuple(_shared(found, text, _words(lang)))


def outside(found: tuple[Numeral, ...], spans: tuple[tuple[int, int], ...]) -> tuple[Numeral, ...]:
    """The numerals that no span (such as a date's) covers; both in text order."""
    kept, at = [], 0
    for numeral in found:
        while at < len(spans) and spans[at][1] <= numeral.start:
            at += 1
        if at == len(spans) or spans[at][0] >= numeral.end:
            kept.append(numeral)
    return tuple(kept)


def count(text: str, lang: str) -> Decimal | None:
    """The value of a string that is one whole number ("eighteen", «двадцать пять»), else None.

    >>> count("forty-five", "en")
    Decimal('45')
    """
    found = read(text, lang)
    return found[0].value if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


class _Words(NamedTuple):
    """A language's number words by form."""

    decimal: str
    articles: frozenset[str]
    conjunctions: frozenset[str]
    half: str
    half_after: tuple[tuple[str, ...], ...]
    pronouns: frozenset[str]
    cardinals: dict[str, Decimal]
    multipliers: dict[str, Decimal]
    scales: dict[str, Decimal]
    glued_scales: frozenset[str]
    not_before_glued: frozenset[str]
    lone_scales: frozenset[str]
    ordinals: dict[str, Decimal]
    fractions: dict[str, Decimal]
    multiples: dict[str, Decimal]
    times: frozenset[str]
    before_times: str
    halved: dict[str, Decimal]
    ordinal_suffix: re.Pattern[str]
    cardinal_suffix: re.Pattern[str]
    approximate_before: re.Pattern[str]
    approximate_after: re.Pattern[str]
    symbols: dict[str, str]
    symbol: re.Pattern[str]
    units: dict[str, tuple[str, Decimal]]
    unit: re.Pattern[str]
    unit_before: re.Pattern[str]
    range_gap: re.Pattern[str]
    change_start: re.Pattern[str]
    change_end: re.Pattern[str]
    first: frozenset[str]
    """Every word that a numeral can begin with: nearly all words of a text are none of them."""


@cache
def _words(lang: str) -> _Words:
    numbers, units = languages.load(lang, "numbers"), languages.load(lang, "units")
    forms = {form: (unit, Decimal(1)) for unit, forms in units["units"].items() for form in forms}
    forms |= {form: (unit, Decimal(factor)) for form, (unit, factor) in units["scaled"].items()}
    begin = [
        _by_form(numbers[kind])
        for kind in ("cardinals", "ordinals", "fractions", "multiples", "halved_scale")
    ]
    first = {numbers["half"], *numbers["article"].split(), *numbers["scale_alone"]["words"].split()}.union(
        *begin
    )
    codes = sorted({unit for unit, _ in forms.values() if re.fullmatch("[A-Z]{3}", unit)})
    forms |= {code.lower(): (code, Decimal(1)) for code in codes if code.lower() not in forms}
    return _Words(
        decimal=numbers["decimal"],
        articles=frozenset(numbers["article"].split()),
        conjunctions=frozenset(numbers["and"].split()),
        half=numbers["half"],
        half_after=tuple(tuple(phrase.split()) for phrase in numbers["half_after"]),
        pronouns=frozenset(numbers["one"].split()),
        cardinals=_by_form(numbers["cardinals"]),
        multipliers=_by_form(numbers["multipliers"]),
        scales=_by_form(numbers["scales"]),
        glued_scales=frozenset(numbers["scale_glued"]["words"].split()),
        not_before_glued=frozenset(numbers["scale_glued"]["not_before"].split()),
        lone_scales=frozenset(numbers["scale_alone"]["words"].split()),
        ordinals=_by_form(numbers["ordinals"]),
        fractions=_by_form(numbers["fractions"]),
        multiples=_by_form(numbers["multiples"]),
        times=frozenset(numbers["multiple_after"]["words"].split()),
        before_times=numbers["multiple_after"]["before"],
        halved=_by_form(numbers["halved_scale"]),
        ordinal_suffix=re.compile(numbers["ordinal_suffix"]["pattern"]),
        cardinal_suffix=re.compile(numbers["cardinal_suffix"]["pattern"]),
        approximate_before=re.compile(
            rf"(?:^|[\s(—–-])(?:{_any(numbers['approximate_before'])}|[~≈])\s*$", re.I
        ),
        approximate_after=re.compile(rf"[\s-](?:{_any(numbers['approximate_after'])})\b", re.I),
        symbols=units["symbols"],
        symbol=re.compile(_any(units["symbols"])),
        units=forms,
        unit=re.compile(rf"[\s-]{{0,2}}({_any(forms)})(?![\w²³])", re.I),
        unit_before=re.compile(rf"(?<!\w)(?:({_any(codes)})\s?|({_any(units['symbols'])})\s?)$"),
        range_gap=re.compile(rf"\s*[–—-]\s*|\s+(?:{_any(numbers['range']['between'])})\s+", re.I),
        change_start=re.compile(rf"\b(?:{_any(numbers['range']['from'])})(?:\s+[^\W\d_]+){{0,3}}\s*$", re.I),
        change_end=re.compile(
            rf"^[^.;!?]*\b(?:{_any(numbers['range']['to'])})(?:\s+[^\W\d_]+){{0,2}}\s*$", re.I
        ),
        first=frozenset(first),
    )


def _by_form(table: dict[str, str]) -> dict[str, Decimal]:
    return {form: Decimal(value) for value, forms in table.items() for form in forms.split()}


def _any(forms: object) -> str:
    """An alternation, longest first; any space in a form matches any run of spaces."""
    longest = sorted(map(str, forms), key=lambda form: (-len(form), form))  # type: ignore[call-overload]
    return "|".join(re.escape(form).replace("\\ ", r"\s{1,2}") for form in longest)


def fold(word: str) -> str:
    """A word as the tables hold it: «Трёх» is «трех»."""
    return word.lower().replace("ё", "е")


class _Reader:
    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.folded = text.replace("ё", "е").replace("Ё", "Е")
        self.words = _words(lang)
        self.tokens = list(_tokens(text))

    def numerals(self) -> Iterator[Numeral]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            begins = token.number or fold(token.text) in self.words.first
            part = self.part(at) if begins else None
            if part is None:
                at += 1
                continue
            yield self.finished(at, part)
            at = max(part.after, at + 1)

    def part(self, at: int) -> Part | None:
        return self.multiple(at) or self.fraction(at) or self.cardinal(at) or self.ordinal(at)

    def word(self, at: int) -> str:
        return fold(self.tokens[at].text) if at < len(self.tokens) else ""

    def joined(self, at: int) -> bool:
        """Token `at` follows the one before it with nothing but one space or hyphen between."""
        if not 0 < at < len(self.tokens):
            return False
        gap = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return len(gap) <= 2 and not gap.strip(" \u00a0\u2009\u202f\n-.") and gap not in (". ", ".\n")

    def multiple(self, at: int) -> Part | None:
        """ "tripled", "2.6 times", "twofold"; «втрое», «в 2,6 раза»."""
        words = self.words
        factor = words.multiples.get(self.word(at))
        if factor is not None:
            return Part(factor, Decimal(0), at + 1, "multiple")
        number = self.fraction(at) or self.cardinal(at)
        if number is None or number.kind != "cardinal" or not self.follows(number.after, words.times):
            return None
        if words.before_times and not (at and self.word(at - 1) == words.before_times):
            return None
        return Part(number.value, number.step, number.after + 1, "multiple")

    def follows(self, at: int, forms: frozenset[str]) -> bool:
        return self.word(at) in forms and self.joined(at)

    def fraction(self, at: int) -> Part | None:
        """ "a fifth", "two-thirds", "half a million"; «треть», «две пятых», «половина»."""
        words = self.words
        word = self.word(at)
        if words.half and word == words.half:
            return self.half_of(at)
        if word in words.halved:
            return Part(words.halved[word], words.halved[word], at + 1, scale=2 * words.halved[word])
        if self.tokens[at].number:
            return None
        if not words.articles and words.fractions.get(word, Decimal(9)) <= 4:
            return Part(1 / words.fractions[word], Decimal(0), at + 1, "fraction")
        top = Decimal(1) if word in words.articles else words.cardinals.get(word)
        bottom = words.fractions.get(self.word(at + 1)) if self.joined(at + 1) else None
        if top is None or bottom is None or top >= bottom:
            return None
        return Part(top / bottom, Decimal(0), at + 2, "fraction")

    def half_of(self, at: int) -> Part:
        """ "half a million", "half a dozen", "half"."""
        words = self.words
        if self.follows(at + 1, words.articles):
            size = words.scales.get(self.word(at + 2)) or words.multipliers.get(self.word(at + 2))
            if size is not None:
                return Part(size / 2, size / 2, at + 3, scale=size)
        return Part(Decimal("0.5"), Decimal(0), at + 1, "fraction")

    def cardinal(self, at: int) -> Part | None:
        """ "1.5 billion", "one hundred and twenty-three thousand", "1 million 200 thousand"; «полтора миллиона»."""
        total, last, here = Decimal(0), None, at
        step: Decimal = Decimal(1)
        while True:
            if here > at and not self.joined(here):
                break
            group = self.group(here)
            if group is None:
                break
            scale, after = self.scale(group.after, lone=group.after == here)
            if last is not None and (scale or Decimal(1)) >= last:
                break
            if last is not None and scale is None and (self.tokens[here].number or self.tokens[at].number):
                break  # "5 million 300 people", "$80 million six years earlier": rather two numbers than one
            total += group.value * (scale or 1)
            step, here = group.step * (scale or 1), after
            if scale is None:
                return Part(total, step, here, scale=last or Decimal(1))
            last = scale
        if last is None:
            return None
        here, more = self.and_a_half(here)
        return Part(total + more * last, last / 2 if more else step, here, scale=last)

    def scale(self, at: int, lone: bool) -> tuple[Decimal | None, int]:
        """The scale that stands at a token, with the token after it: "million", "bn", «тыс.»; a lone one counts once."""
        words = self.words
        word = self.word(at)
        if word not in words.scales or not (lone or self.joined(at)):
            return None, at
        if word in words.glued_scales and (
            self.tokens[at - 1].end != self.tokens[at].start or self.word(at + 1) in words.not_before_glued
        ):
            return None, at
        return words.scales[word], at + 1

    def group(self, at: int) -> Part | None:
        """What a scale multiplies: digits, or words below a thousand."""
        if at >= len(self.tokens):
            return None
        if self.tokens[at].number:
            return self.digits(at)
        words = self.words
        word = self.word(at)
        if (
            word in words.articles
            and self.joined(at + 1)
            and (self.word(at + 1) in words.multipliers or self.long_scale(at + 1))
        ):
            return self.multiplied(Decimal(1), at + 1)
        if word in words.lone_scales:
            return (
                Part(Decimal(1), Decimal(1), at) if word in words.scales else self.multiplied(Decimal(1), at)
            )
        return self.spelled(at)

    def long_scale(self, at: int) -> bool:
        return self.word(at) in self.words.scales and len(self.word(at)) > 3

    def digits(self, at: int) -> Part | None:
        token = self.tokens[at]
        if self.glued_to_a_word(token.start):
            return None
        value, step = _value(token.text, self.words.decimal)
        return self.multiplied(value, at + 1, step)

    def glued_to_a_word(self, start: int) -> bool:
        """The 19 of "COVID-19", the 20 of "G20": names, not numbers. A currency code before them is none."""
        before = self.text[max(0, start - 12) : start]
        if self.words.unit_before.search(before):
            return False
        return bool(before) and (before[-1].isalpha() or bool(GLUED.search(before)))

    def spelled(self, at: int) -> Part | None:
        """Words below a thousand: "one hundred and five", «двести сорок три», "two and a half"."""
        words = self.words
        value, here = words.cardinals.get(self.word(at)), at + 1
        if value is None:
            return None
        if value in (1,) and not self.one_counts(at):
            return None
        value, here = self.hundreds(value, here)
        while (joint := self.next_cardinal(here)) is not None:
            smaller, after = joint
            if not 0 < smaller < _lowest(value):
                break
            value, here = value + smaller, after
        here, more = self.and_a_half(here)
        if more:
            return Part(value + more, Decimal("0.5"), here)
        return self.multiplied(value, here)

    def hundreds(self, value: Decimal, at: int) -> tuple[Decimal, int]:
        factor = self.words.multipliers.get(self.word(at)) if self.joined(at) else None
        return (value * factor, at + 1) if factor else (value, at)

    def next_cardinal(self, at: int) -> tuple[Decimal, int] | None:
        """The cardinal at a token, or after an "and" there."""
        words = self.words
        if self.word(at) in words.conjunctions and self.joined(at) and _hundred(self.word(at - 1), words):
            at += 1
        value = words.cardinals.get(self.word(at)) if self.joined(at) else None
        return (value, at + 1) if value is not None else None

    def and_a_half(self, at: int) -> tuple[int, Decimal]:
        for phrase in self.words.half_after:
            if tuple(self.word(at + i) for i in range(len(phrase))) == phrase:
                return at + len(phrase), Decimal("0.5")
        return at, Decimal(0)

    def one_counts(self, at: int) -> bool:
        """ "one" is a number only before a scale, a unit or a fraction: «один миллион», "one per cent"."""
        words = self.words
        after = self.word(at + 1)
        if after in words.scales or after in words.multipliers or self.tokens[at + 1 : at + 2] == []:
            return self.joined(at + 1)
        if tuple(self.word(at + 1 + i) for i in range(len(words.half_after[0]))) == words.half_after[0]:
            return True
        return bool(words.unit.match(self.folded, self.tokens[at].end))

    def multiplied(self, value: Decimal, at: int, step: Decimal = Decimal(1)) -> Part:
        """The value times a dozen or a hundred that follows it: "two dozen", «пять десятков»."""
        factor = self.words.multipliers.get(self.word(at)) if self.joined(at) or at == 0 else None
        if factor is None and self.word(at) in self.words.lone_scales:
            factor = self.words.multipliers.get(self.word(at))
        return Part(value * factor, step * factor, at + 1) if factor else Part(value, step, at)

    def ordinal(self, at: int) -> Part | None:
        value = self.words.ordinals.get(self.word(at))
        return None if value is None else Part(value, Decimal(1), at + 1, "ordinal")

    def finished(self, at: int, part: Part) -> Numeral:
        """The part with its sign, suffix, unit and what makes it approximate."""
        words = self.words
        start, end = self.tokens[at].start, self.tokens[part.after - 1].end
        value, step, kind, unit = part.value, part.step, part.kind, None
        if kind == "multiple" and words.before_times and self.word(part.after - 1) in words.times:
            start = self.tokens[at - 1].start
        if (suffix := words.ordinal_suffix.match(self.text, end)) and kind == "cardinal":
            kind, end = "ordinal", suffix.end()
        elif suffix := words.cardinal_suffix.match(self.text, end):
            end = suffix.end()
        if _minus(self.text, start):
            start, value = start - 1, -value
        if kind in ("cardinal", "fraction"):
            start, end, unit, factor = self.measured(start, end)
            value, step = value * factor, step * factor
        near = self.text[max(0, start - 24) : start]
        loose = words.approximate_before.search(near) or words.approximate_after.match(self.folded, end)
        return Numeral(
            start=start,
            end=end,
            value=plain(value),
            step=step,
            unit=unit,
            kind=kind,
            approximate=bool(loose),
            scale=part.scale,
        )

    def measured(self, start: int, end: int) -> tuple[int, int, str | None, Decimal]:
        """The numeral's span with the unit before it ("$5bn", "EUR 5bn") or after it («5 млрд долл.», "5 per cent")."""
        words = self.words
        if before := words.unit_before.search(self.text, max(0, start - 6), start):
            unit = before[1] or words.symbols[before[2]]
            if unit != "percent":
                return before.start(), end, unit, Decimal(1)
        if self.text[end : end + 1] == "." and self.folded[:end].endswith(("тыс", "млн", "млрд", "трлн")):
            end += 1
        if after := words.symbol.match(self.text, _skip_space(self.text, end)):
            return start, after.end(), words.symbols[after[0]], Decimal(1)
        if after := words.unit.match(self.folded, end):
            unit, factor = words.units[re.sub(r"\s+", " ", after[1].lower())]
            return start, after.end(), unit, factor
        return start, end, None, Decimal(1)


def plain(value: Decimal) -> Decimal:
    """The value without an exponent or empty decimals: 1E+9 is 1000000000, 2.50 is 2.5."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _tokens(text: str) -> Iterator[Token]:
    for found in re.finditer(rf"{DIGITS.pattern}|[^\W\d_]+|[²³]", text):
        number = found[0][0].isdigit() and found[0][0] not in SUPERSCRIPTS
        yield Token(found[0], found.start(), found.end(), number)


def _value(digits: str, decimal: str) -> tuple[Decimal, Decimal]:
    """The value of digits with their marks, and of the last digit: "1,500,000", "1 500,5", "13.03".

    A lone other mark groups thousands when three digits follow it ("1,250" in English), else it is the decimal mark.
    """
    digits = re.sub(rf"{SPACE}|[’']", "", digits)
    other = "," if decimal == "." else "."
    groups = digits.split(other)
    grouped = len(groups) > 1 and all(len(group.partition(decimal)[0]) == 3 for group in groups[1:])
    if grouped and (len(groups) > 2 or decimal == "." or decimal in digits) and groups[0] not in ("", "0"):
        digits = "".join(groups)
    elif digits.count(",") + digits.count(".") > 1:
        digits = re.split("[.,]", digits)[0]
    digits = digits.replace(",", ".")
    return Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2]))


def _lowest(value: Decimal) -> Decimal:
    """The smallest power of ten that a number word holds: 40 takes a 5, 300 takes 45, 7 takes nothing."""
    for power in (Decimal(1000), Decimal(100), Decimal(10)):
        if value % power == 0 and value >= power:
            return power if value >= 20 else Decimal(0)
    return Decimal(0)


def _hundred(word: str, words: _Words) -> bool:
    return word in words.multipliers or word in words.scales


def _minus(text: str, start: int) -> bool:
    """A minus sign stands before the number: "−2%", " -2%", but not the dash of "2014-16" or of «Рейс —5»."""
    sign = text[start - 1 : start]
    before = text[start - 2 : start - 1]
    return sign == "−" or (sign == "-" and (start == 1 or before in (" ", "(", "\u00a0", "\n")))


def _skip_space(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "\u00a0", "\u2009", "\u202f") else at


def _shared(found: tuple[Numeral, ...], text: str, words: _Words) -> Iterator[Numeral]:
    """Lend a scale and a unit along ranges and changes.

    "2–3 million" is two million to three million; "from 1.9 million tons in 2023 to 1.6" ends at 1.6 million tons.
    """
    lent = list(found)
    for i in range(1, len(lent)):
        for j in range(max(0, i - 2), i):
            gap = text[lent[j].end : lent[i].start]
            if j == i - 1 and words.range_gap.fullmatch(gap):
                lent[j] = _like(lent[j], lent[i])
            elif _changes(text, lent[j], gap, words):
                lent[i] = _like(lent[i], lent[j])
    yield from lent


def _changes(text: str, first: Numeral, gap: str, words: _Words) -> bool:
    """The gap leads from the first value of a change to the second: "from 5 million in 2020 to 6"."""
    return len(gap) <= LONGEST_GAP and bool(
        words.change_end.search(gap)
        and words.change_start.search(text[max(0, first.start - 40) : first.start])
    )


def _like(bare: Numeral, model: Numeral) -> Numeral:
    """A bare number with the unit of the model, and with its scale where that keeps the two comparable."""
    if bare.unit or {bare.kind, model.kind} != {"cardinal"} or _may_be_year(bare):
        return bare
    scale = model.scale
    if (
        bare.scale != 1
        or bare.value >= scale
        or not Decimal("0.01") <= bare.value * scale / (model.value or 1) <= 100
    ):
        scale = Decimal(1)
    return msgspec.structs.replace(
        bare,
        value=plain(bare.value * scale),
        step=bare.step * scale,
        scale=bare.scale * scale,
        unit=model.unit,
    )


def _may_be_year(numeral: Numeral) -> bool:
    return numeral.step == 1 and 1500 <= numeral.value <= 2100
