"""Numbers that no numeral writes: «трёхэтажный», "Charles II", "dozens of villages", "a couple of days", "both".

They are read for the comparison only, as numerals of their own units: what they count is compared, not computed with.
The words are data (`languages/*/counted.toml`).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from math import prod

from pipeline import languages
from pipeline.document import Lang, Version
from pipeline.numerals import Numeral

VAGUE = "vague"
"""The unit of a magnitude: "hundreds of houses" are no hundred houses."""
ROMAN = "roman"
"""The unit of a Roman numeral: "Article V", «Карл II»."""


def read(version: Version, taken: Sequence[Numeral]) -> Iterator[Numeral]:
    """The numbers of a version beside the numerals already taken; a name of an amount counts for the numeral in it: «на | шестом | десятке»."""
    text = version.text.replace("ё", "е").replace("Ё", "Е")
    for found in (
        *_inside_adjectives(text, version.lang),
        *_magnitudes(text, version.lang),
        *_roman(text, version.lang),
    ):
        if not any(_overlap(n, found) for n in taken):
            yield found
    for found in _named(text, version.lang):
        if all(found.start <= n.start and n.end <= found.end for n in taken if _overlap(n, found)):
            yield found


def _overlap(a: Numeral, b: Numeral) -> bool:
    return a.start < b.end and b.start < a.end


def _numeral(match: re.Match[str], value: Decimal, unit: str | None, *, loose: bool = False) -> Numeral:
    return Numeral(
        start=match.start(), end=match.end(), value=value, step=Decimal(1), unit=unit, approximate=loose
    )


def _inside_adjectives(text: str, lang: Lang) -> Iterator[Numeral]:
    """«Двадцатипятилетний», «шестидесятикилометровая», «трёхэтажная», «двухмиллионный»."""
    data = languages.load(lang, "counted")["adjectives"]
    if not data["counts"]:
        return
    for match in _adjective(lang).finditer(text):
        parts = [Decimal(data["counts"][part.lower()]) for part in match.groups()[:3] if part]
        counted = match[4].lower()
        if parts:
            scale = Decimal(data["scales"].get(counted, 1))
            yield _numeral(match, sum(parts, Decimal(0)) * scale, data["units"].get(counted))


@cache
def _adjective(lang: Lang) -> re.Pattern[str]:
    data = languages.load(lang, "counted")["adjectives"]
    digits: list[list[str]] = [[], [], []]
    for form, value in data["counts"].items():
        digits[0 if Decimal(value) >= 100 else 1 if Decimal(value) >= 20 else 2].append(form)
    heads = "".join(f"({'|'.join(sorted(forms, key=len, reverse=True))})?" for forms in digits)
    counted = "|".join([*data["units"], *data["scales"], *data["things"].split()])
    return re.compile(rf"\b{heads}ъ?({counted}){data['ending']}", re.I)


def _magnitudes(text: str, lang: Lang) -> Iterator[Numeral]:
    """ "Dozens", "tens of thousands", «сотни», «десятки тысяч»: how many digits a number would have."""
    data = languages.load(lang, "counted")["magnitudes"]
    alone, after = _sizes(data["alone"]), _sizes(data["after"])
    first, then = "|".join(alone), "|".join([*after, *alone])
    some = rf"(?:{data['lead']}({then})|({first})(?:{data['between']}({then}))?)"
    for match in re.finditer(rf"\b{some}\b(?!{data['not_before']})", text, re.I):
        sizes = ((alone | after)[word.lower()] for word in match.groups() if word)
        yield _numeral(match, prod(sizes, start=Decimal(1)), VAGUE)


def _sizes(rows: dict[str, str]) -> dict[str, Decimal]:
    return {form: Decimal(size) for size, forms in rows.items() for form in forms.split()}


VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
WELL_FORMED = re.compile(r"(?:C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))")


def _roman(text: str, lang: Lang) -> Iterator[Numeral]:
    """ "Article V", "Charles II", «глава IV»."""
    for match in re.finditer(rf"{languages.load(lang, 'counted')['roman']['before']}\b([IVXLC]+)\b", text):
        if WELL_FORMED.fullmatch(match[1]):
            values = [VALUES[c] for c in match[1]]
            signed = (-v if v < max(values[i:]) else v for i, v in enumerate(values))
            number = _numeral(match, Decimal(sum(signed)), ROMAN)
            yield Numeral(
                **{f: getattr(number, f) for f in number.__struct_fields__} | {"start": match.start(1)}
            )


def _named(text: str, lang: Lang) -> Iterator[Numeral]:
    """ "A couple of days", "both sisters", "a fortnight"; «обе сестры», «полгода», «за сутки»."""
    for form, (value, unit) in languages.load(lang, "counted")["named"].items():
        yield from (
            _numeral(m, Decimal(value), unit or None, loose=True) for m in re.finditer(form, text, re.I)
        )
