"""Reading a text: its numerals, those outside of dates, and the value of a string that is one number."""

from decimal import Decimal

from pipeline.numerals.numeral import Numeral
from pipeline.numerals.reader import Reader
from pipeline.numerals.sharing import shared
from pipeline.numerals.words import words_of


def read(text: str, lang: str) -> tuple[Numeral, ...]:
    """All numerals of a text, in order, without overlap.

    >>> [(str(n.value), n.unit) for n in read("from $1.9 billion to 47.2m tonnes, by a fifth", "en")]
    [('1900000000', 'USD'), ('47200000', 'tonnes'), ('0.2', None)]
    >>> [(str(n.value), n.unit) for n in read("с 13,03 млрд долл. до полутора миллионов тонн, в 2,6 раза", "ru")]
    [('13030000000', 'USD'), ('1500000', 'tonnes'), ('2.6', None)]
    """
    found = tuple(Reader(text, lang).numerals())
    return tuple(shared(found, text, words_of(lang)))


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
