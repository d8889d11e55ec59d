"""A language's number words, scales and units by form; the tables are `languages/en/numbers.toml` and `units.toml`."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.languages.alternatives import either


class Words(NamedTuple):
    """A language's number words by form."""

    decimal: str
    articles: frozenset[str]
    conjunctions: frozenset[str]
    half: str
    half_after: tuple[tuple[str, ...], ...]
    with_part: frozenset[str]
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
    across: re.Pattern[str]
    change_start: re.Pattern[str]
    change_end: re.Pattern[str]
    first: frozenset[str]
    """Every word that a numeral can begin with: nearly all words of a text are none of them."""


@cache
def words_of(lang: str) -> Words:
    numbers, units = languages.load(lang, "numbers"), languages.load(lang, "units")
    forms = {form: (unit, Decimal(1)) for unit, forms in units["units"].items() for form in forms}
    forms |= {form: (unit, Decimal(factor)) for form, (unit, factor) in units["scaled"].items()}
    begin = [
        _by_form(numbers[kind])
        for kind in ("cardinals", "ordinals", "fractions", "multiples", "halved_scale")
    ]
    first = {
        numbers["half"],
        *numbers["article"].split(),
        *numbers["scale_alone"]["words"].split(),
        *_by_form(numbers["multipliers"]),
    }.union(*begin)
    codes = sorted({unit for unit, _ in forms.values() if re.fullmatch("[A-Z]{3}", unit)})
    forms |= {code.lower(): (code, Decimal(1)) for code in codes if code.lower() not in forms}
    return Words(
        decimal=numbers["decimal"],
        articles=frozenset(numbers["article"].split()),
        conjunctions=frozenset(numbers["and"].split()),
        half=numbers["half"],
        half_after=tuple(tuple(phrase.split()) for phrase in numbers["half_after"]),
        with_part=frozenset(numbers["with"].split()),
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
        unit=re.compile(
            rf"(?:\s(?:{_any(numbers['approximate_after'])}))?[\s-]{{0,2}}({_any(forms)})(?![\w²³])", re.I
        ),
        unit_before=re.compile(rf"(?<!\w)(?:({_any(codes)})\s?|({_any(units['symbols'])})\s?)$"),
        range_gap=re.compile(rf"\s*[–—-]\s*|\s+(?:{_any(numbers['range']['between'])})\s+", re.I),
        across=re.compile(rf"\s+(?:{_any(numbers['range']['across'])})\s+", re.I),
        change_start=re.compile(rf"\b(?:{_any(numbers['range']['from'])})(?:\s+[^\W\d_]+){{0,3}}\s*$", re.I),
        change_end=re.compile(
            rf"^[^.;!?]*\b(?:{_any(numbers['range']['to'])})(?:\s+[^\W\d_]+){{0,2}}\s*$", re.I
        ),
        first=frozenset(first),
    )


def _by_form(table: dict[str, str]) -> dict[str, Decimal]:
    return {form: Decimal(value) for value, forms in table.items() for form in forms.split()}


def _any(forms: Iterable[object]) -> str:
    """Any of these forms; a space in a form matches one or two of any kind."""
    return either(map(str, forms), r"\s{1,2}")


def fold(word: str) -> str:
    """A word as the tables hold it: «Трёх» is «трех»."""
    return word.lower().replace("ё", "е")
