"""A sentence as the aligner sees it: stems, numbers by value, and the few marks that survive translation.

Training and run time go through `tokens`, so a lexicon entry means the same in both.
"""

import re
from typing import NamedTuple

from pipeline import segment
from pipeline.align.stem import stem

SCALE = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6, "billion": 9, "bn": 9, "bln": 9, "b": 9, "trillion": 12, "trn": 12, "tn": 12,
    "тыс": 3, "тысяч": 3, "тысяча": 3, "тысячи": 3, "тысячу": 3, "млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6,
    "млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "трлн": 12, "триллион": 12, "триллиона": 12, "триллионов": 12,
}  # fmt: skip
SYMBOL = {"%": "percent", "$": "dollar", "€": "euro", "£": "pound", "₽": "рубл", "№": "№", "°": "°"}
QUOTE = dict.fromkeys('"«»“”„', '"')
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

PIECE = re.compile(
    r"(?P<number>\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?P<ordinal>(?:st|nd|rd|th)\b|-(?:[а-яё]{1,3})\b)?"
    r"(?:[   -]?(?P<scale>[A-Za-zА-Яа-яё]+)\b)?"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)?)"
    r"|(?P<mark>[?!:;()…%$€£₽№°\"«»“”„])"
)

CLOSED = re.compile(r"[.!?…][\"'»”’“)\]\s]*$")


class Token(NamedTuple):
    """`text` is a stem, a mark, or `#` and a value; `name` holds the word as written where it may be a name."""

    text: str
    name: str = ""


def tokens(sentence: str) -> list[Token]:
    """The tokens of a sentence.

    >>> [t.text for t in tokens("Exports rose to $2.5 million.")]
    ['export', 'ros', 'to', 'dollar', '#2500000']
    >>> [t.text for t in tokens("Экспорт вырос до 2,5 млн долларов.")]
    ['экспорт', 'вырос', 'до', '#2500000', 'доллар']
    """
    found: list[Token] = []
    at = 0
    while piece := PIECE.search(sentence, at):
        at = piece.end()
        if piece["number"]:
            scale = piece["scale"]
            power = SCALE.get(scale.lower(), 0) if scale else 0
            if scale and not power:
                at = piece.start("scale")
            found.append(Token("#" + _value(piece["number"], power)))
        elif word := piece["word"]:
            if len(word) > 1 and not word.strip("IVXLC") and word != "CC":
                found.append(Token(f"#{_roman(word)}"))
                continue
            lower = word.lower().replace("’", "'").replace("ʼ", "'")
            if not ("а" <= lower[0] <= "ё") and lower.endswith(("'s", "s'")):
                lower, word = lower[:-2] if lower.endswith("'s") else lower[:-1], word[:-2]
            found.append(Token(stem(lower) if lower else "'", word if word[:1].isupper() else ""))
        else:
            mark = piece["mark"]
            found.append(Token(SYMBOL.get(mark) or QUOTE.get(mark, mark)))
    return found


def ends(unit: str, lang: str) -> int:
    """Sentences that a unit holds, by the project's own segmentation.

    >>> ends("He met Mr. J. Smith. Nobody knew.", "en"), ends("Он приехал в г. Томск. — Зачем?", "ru")
    (2, 2)
    """
    return max(1, sum(1 for _ in segment.sentence_spans(unit, lang)))


def closed(unit: str) -> bool:
    """Whether a unit ends with a stop, as a sentence does and a headline does not.

    >>> closed('He said: "Nobody knew."'), closed("Цены выросли до 12 % (за год)")
    (True, False)
    """
    return CLOSED.search(unit) is not None


def _value(written: str, power: int) -> str:
    """The value in base units: `2,5` and 6 give `2500000`; `1 250` and `1,250` give `1250`."""
    if re.fullmatch(r"\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        written = re.sub(r"[   ]|,(?=\d{3}(?:\D|$))", "", written)
    whole, _, part = written.replace(",", ".").partition(".")
    part = part.rstrip("0")
    if power:
        whole, part = whole + part[:power].ljust(power, "0"), part[power:]
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _roman(numeral: str) -> int:
    values = [ROMAN[c] for c in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
