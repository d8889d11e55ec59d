"""Numerals are read from left to right over the tokens of a text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.numerals.numeral import Kind, Numeral, plain
from pipeline.numerals.tokens import skip_space, tokens_of, value_of
from pipeline.numerals.words import Words, fold, words_of


class Part(NamedTuple):
    """What stands at a token: its value, the value of its last digit, and the token after it."""

    value: Decimal
    step: Decimal
    after: int
    kind: Kind = "cardinal"
    scale: Decimal = Decimal(1)


THOUSAND, MILLION = Decimal(1000), Decimal(1_000_000)
GLUED_MEASURES = frozenset(
    [
        "kilo",
        "kilogram",
        "kg",
        "pound",
        "litre",
        "liter",
        "tonne",
        "ton",
        "metre",
        "meter",
        "foot",
        "mile",
        "gallon",
    ]
)
"""Measures by which things are told: "fifty-kilo sacks"."""
GLUED = re.compile(r"[^\W\d_]+-$")


class Reader:
    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.folded = text.replace("ё", "е").replace("Ё", "Е")
        self.words = words_of(lang)
        self.tokens = list(tokens_of(text))

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
        return (
            self.multiple(at)
            or self.fraction(at)
            or self.compound_ordinal(at)
            or self.cardinal(at)
            or self.ordinal(at)
        )

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
            if group is None or (last is not None and self.measures(group.after)):
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
            self.tokens[at - 1].end != self.tokens[at].start
            or self.word(at + 1) in words.not_before_glued
            or self.metres(at)
        ):
            return None, at
        more = words.scales.get(self.word(at + 1)) if self.long_scale(at) and self.joined(at + 1) else None
        if words.scales[word] in (THOUSAND, MILLION) and more == MILLION:
            return words.scales[word] * MILLION, at + 2  # "a thousand million euros"
        return words.scales[word], at + 1

    def metres(self, at: int) -> bool:
        """The m of "5,000m" and "1500m": nobody writes a thousand millions so, but sums of money ("$1,500m")."""
        digits = self.tokens[at - 1]
        money = self.words.unit_before.search(self.text, max(0, digits.start - 6), digits.start)
        return self.word(at) == "m" and value_of(digits.text, self.words.decimal)[0] >= 1000 and not money

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
            return self.hundred(at + 1)
        if self.hundred_and(at):
            return self.hundred(at)
        if word in words.lone_scales:
            return (
                Part(Decimal(1), Decimal(1), at) if word in words.scales else self.multiplied(Decimal(1), at)
            )
        return self.spelled(at)

    def hundred(self, at: int) -> Part:
        """What "a" stands before: "a hundred", "a dozen", "a hundred and ninety"."""
        one = self.multiplied(Decimal(1), at)
        return self.counted_on(one.value, one.after) if one.value >= 100 else one

    def hundred_and(self, at: int) -> bool:
        """ "those hundred and five days": a hundred without article that goes on."""
        hundred = self.words.multipliers.get(self.word(at)) == 100
        return hundred and self.follows(at + 1, self.words.conjunctions) and bool(self.next_cardinal(at + 1))

    def long_scale(self, at: int) -> bool:
        return self.word(at) in self.words.scales and len(self.word(at)) > 3

    def digits(self, at: int) -> Part | None:
        token = self.tokens[at]
        if self.glued_to_a_word(token.start):
            return None
        value, step = value_of(token.text, self.words.decimal)
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
        return self.counted_on(*self.hundreds(value, here))

    def counted_on(self, value: Decimal, here: int) -> Part:
        """The words that go on with a number below a thousand: "forty | five", "a hundred | and ninety"."""
        while (joint := self.next_cardinal(here)) is not None:
            smaller, after = joint
            if not 0 < smaller < _lowest(value) or (value >= 100 and self.measures(after)):
                break
            value, here = value + smaller, after
        here, more = self.and_a_half(here)
        if more:
            return Part(value + more, Decimal("0.5"), here)
        return self.multiplied(value, here)

    def measures(self, after: int) -> bool:
        """The number before a token is glued to its measure, so that it tells no number of these: "three hundred | fifty-kilo sacks"."""
        if after >= len(self.tokens) or self.text[self.tokens[after].start - 1] != "-":
            return False
        return self.word(after) in GLUED_MEASURES and self.text[self.tokens[after - 1].start - 1] != "-"

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
        joining = self.words.conjunctions | self.words.with_part
        if self.word(at) in joining and self.joined(at) and self.joined(at + 1):
            part = self.fraction(at + 1)  # "two and three quarters", «шесть с третью»
            if part is not None and part.kind == "fraction" and part.value < 1:
                return part.after, part.value
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

    def compound_ordinal(self, at: int) -> Part | None:
        """ "fifty-ninth", "the hundred and first"; «пятьдесят девятая», «сто первый»."""
        tens = None if self.tokens[at].number else self.cardinal(at)
        if tens is None or not self.joined(tens.after):
            return None
        last = tens.after + self.follows(tens.after, self.words.conjunctions)
        hyphen = self.text[self.tokens[last].start - 1] == "-" if last < len(self.tokens) else False
        if self.words.articles and not hyphen and last == tens.after:
            return None  # "twenty third parties"
        value = self.words.ordinals.get(self.word(last)) if self.joined(last) else None
        if value is None or not 0 < value < _lowest(tens.value):
            return None
        return Part(tens.value + value, Decimal(1), last + 1, "ordinal")

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
        loose = words.approximate_after.match(self.folded, end)
        if kind in ("cardinal", "fraction"):
            start, end, unit, factor = self.measured(start, end)
            value, step = value * factor, step * factor
        near = self.text[max(0, start - 24) : start]
        loose = (
            loose or words.approximate_before.search(near) or words.approximate_after.match(self.folded, end)
        )
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
        if after := words.symbol.match(self.text, skip_space(self.text, end)):
            return start, after.end(), words.symbols[after[0]], Decimal(1)
        if after := words.unit.match(self.folded, end):
            unit, factor = words.units[re.sub(r"\s+", " ", after[1].lower())]
            return start, after.end(), unit, factor
        return start, end, None, Decimal(1)


def _lowest(value: Decimal) -> Decimal:
    """The smallest power of ten that a number word holds: 40 takes a 5, 300 takes 45, 7 takes nothing."""
    for power in (Decimal(1000), Decimal(100), Decimal(10)):
        if value % power == 0 and value >= power:
            return power if value >= 20 else Decimal(0)
    return Decimal(0)


def _hundred(word: str, words: Words) -> bool:
    return word in words.multipliers or word in words.scales


def _minus(text: str, start: int) -> bool:
    """A minus sign stands before the number: "−2%", " -2%", but not the dash of "2014-16" or of «Рейс —5»."""
    sign = text[start - 1 : start]
    before = text[start - 2 : start - 1]
    return sign == "−" or (sign == "-" and (start == 1 or before in (" ", "(", "\u00a0", "\n")))
