"""A scale that is not said with its number: «порту 5, дороге — 7 миллионов», «тысяч тридцать», "500m from the sea"."""

import re
from decimal import Decimal

from pipeline import languages
from pipeline.compare import translations
from pipeline.compare.pairs import Pair, Side
from pipeline.numerals import Numeral


def understood(pair: Pair, a: Numeral, b: Numeral, en: list[Numeral], ru: list[Numeral]) -> bool:
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
    before = side.version.text[max(side.start, bare.start - SCALE) : bare.start].lower().split()
    word = next((w for w in reversed(before) if w not in PREPOSITIONS), "")
    scales = languages.load(side.lang, "numbers")["scales"].items()
    return side.lang == "ru" and any(
        word in forms.split() and bare.value * Decimal(size) == whole.value for size, forms in scales
    )


PREPOSITIONS = frozenset({"в", "на", "за", "до", "из", "около"})
SCALE = 16
"""Characters before a number in which its scale may stand."""


def _no_scale(side: Side, bare: Numeral, other: Side, whole: Numeral) -> bool:
    return _letter(other, whole) and (
        bare.unit == "m" or side.version.text[bare.end : bare.end + 1].isalpha()
    )


def _letter(side: Side, number: Numeral) -> bool:
    """The scale is one letter behind the digits: "500m", "4B"."""
    return LETTER.search(side.version.text, number.start, number.end) is not None


LETTER = re.compile(r"\d[^\W\d_]$")
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
