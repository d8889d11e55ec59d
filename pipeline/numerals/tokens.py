"""The words and digits of a text that numerals are made of, and what digits are worth."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple


class Token(NamedTuple):
    text: str
    start: int
    end: int
    number: bool


SPACE = "[ \u00a0\u2009\u202f\u2007]"
DIGITS = re.compile(rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,’']\d+)*")

SUPERSCRIPTS = "²³"
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
"""Fractions of one sign, alone or behind digits: "½", "2½"."""


def tokens_of(text: str) -> Iterator[Token]:
    vulgar = "".join(VULGAR)
    for found in re.finditer(rf"(?:\d+\s?)?[{vulgar}]|{DIGITS.pattern}|[^\W\d_]+|[²³]", text):
        number = found[0][-1] in VULGAR or (found[0][0].isdigit() and found[0][0] not in SUPERSCRIPTS)
        yield Token(found[0], found.start(), found.end(), number)


def value_of(digits: str, decimal: str) -> tuple[Decimal, Decimal]:
    """The value of digits with their marks, and of the last digit: "1,500,000", "1 500,5", "13.03".

    A lone other mark groups thousands when three digits follow it ("1,250" in English), else it is the decimal mark.
    """
    digits = re.sub(rf"{SPACE}|[’']", "", digits)
    if part := VULGAR.get(digits[-1]):
        return Decimal(digits[:-1].strip() or 0) + part, Decimal("0.1")
    other = "," if decimal == "." else "."
    groups = digits.split(other)
    grouped = len(groups) > 1 and all(len(group.partition(decimal)[0]) == 3 for group in groups[1:])
    if grouped and (len(groups) > 2 or decimal == "." or decimal in digits) and groups[0] not in ("", "0"):
        digits = "".join(groups)
    elif digits.count(",") + digits.count(".") > 1:
        digits = re.split("[.,]", digits)[0]
    digits = digits.replace(",", ".")
    return Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2]))


def skip_space(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in (" ", "\u00a0", "\u2009", "\u202f") else at
