"""Names by ear: how far a Latin and a Cyrillic spelling are from naming the same thing.

Only consonants count, in classes as wide as the romanisations are: "Ceyhan" is «Джейхан», "Joan" is «Хоан», "Walker" is
«Уокер». What stays apart under so lenient an ear are two names.
"""

import re
import unicodedata
from functools import lru_cache

CYRILLIC = {
    "б": "b", "в": "b", "г": "k", "д": "d", "ж": "s", "з": "s", "к": "k", "л": "l", "м": "m", "н": "n", "п": "b", "р": "r", "с": "s",
    "т": "d", "ф": "bd", "х": "k", "ц": "sk", "ч": "sk", "ш": "s", "щ": "s", "й": "y",
}  # fmt: skip
LATIN = {
    "b": "b", "c": "sk", "d": "d", "f": "b", "g": "ks", "h": "k", "j": "sky", "k": "k", "l": "l", "m": "m", "n": "n", "p": "b", "q": "k",
    "r": "r", "s": "s", "t": "d", "v": "b", "w": "b", "x": "sk", "z": "s", "y": "y",
}  # fmt: skip
"""Each letter's possible sounds: b lips, d tongue tip, k back of the mouth, s hissing, y glide."""
DIGRAPHS = (("дж", "\x00"), ("dj", "\x00"), ("тс", "ц"), ("ph", "f"), ("sch", "\x01"), ("tch", "\x02"), ("ch", "\x02"), ("sh", "\x01"), ("zh", "\x01"), ("th", "\x03"), ("wh", "w"), ("ck", "k"), ("gh", "\x04"), ("tz", "\x01"), ("ts", "\x01"))  # fmt: skip
SOUNDS = {"\x00": "sky", "\x01": "s", "\x02": "sk", "\x03": "ds", "\x04": "kb"}
SILENT = frozenset("hyвйwg\x04")
"""Letters that a spelling in the other script may lack at little cost: "Kavanaugh", «Кавано»."""
U_GLIDE = re.compile(r"у(?=[аеиоуыэюя])")
APART = 0.5
"""Share of consonants that must disagree before two spellings are two names."""


@lru_cache(maxsize=100_000)
def apart(en: str, ru: str) -> bool:
    """The spellings name two things.

    >>> apart("Walker", "Уокер"), apart("Ceyhan", "Джейханом"), apart("Bogotá", "Каракас"), apart("Dubai", "Доха")
    (False, False, True, True)
    """
    a, b = _sounds(en), _sounds(ru)
    if not a or not b:
        return False
    return _distance(a, b) / max(len(a), len(b)) >= APART


def _sounds(word: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", word.lower().replace("ё", "е").replace("й", "\x05"))
    folded = "".join(c for c in folded if not unicodedata.combining(c)).replace("\x05", "й")
    folded = re.sub(r"(.)\1", r"\1", U_GLIDE.sub("в", folded))
    for letters, one in DIGRAPHS:
        folded = folded.replace(letters, one)
    return [c for c in folded if c in CYRILLIC or c in LATIN or c in SOUNDS]


def _distance(a: list[str], b: list[str]) -> float:
    row = [0.0]
    for y in b:
        row.append(row[-1] + _cost(y))
    for x in a:
        last, row[0] = row[0], row[0] + _cost(x)
        for j, y in enumerate(b, 1):
            match = last + (0.0 if _classes(x) & _classes(y) else 1.0)
            last, row[j] = row[j], min(row[j] + _cost(x), row[j - 1] + _cost(y), match)
    return row[-1]


def _cost(letter: str) -> float:
    return 0.3 if letter in SILENT else 1.0


def _classes(letter: str) -> set[str]:
    return set(CYRILLIC.get(letter) or LATIN.get(letter) or SOUNDS[letter])


ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
ENDING = re.compile(
    r"(?:(?<=..)(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ем|ом|ым|им|ам|ям|ах|ях|ую|юю|ов|ев|а|я|у|ю|е|и|ы|о|ь|й))$"
)


@lru_cache(maxsize=100_000)
def strangeness(en: str, ru: str) -> float:
    """How little two spellings have in common, between 0 and 1: the mean of how far their consonants disagree by ear
    and how far their letters do once the Russian one is romanised and stripped of its ending.

    >>> strangeness("Rotterdam", "Роттердаме") < 0.2, strangeness("Aalborg", "Эсбьерга") > 0.35
    (True, True)
    """
    a, b = (_sounds(ENDING.sub("", word.lower())) for word in (en, ru))
    ear = _distance(a, b) / max(len(a), len(b)) if a and b else 0.5
    if min(len(a), len(b)) >= 4 and (_classed(a) in _classed(b) or _classed(b) in _classed(a)):
        return 0.0  # "Mongolian", «Трансмонгольской»
    return (ear + min(_letters(en, form) for form in (ru.lower(), ENDING.sub("", ru.lower())))) / 2


def _classed(sounds: list[str]) -> str:
    return "".join(min(_classes(s)) for s in sounds if s not in SILENT)


SPELT = (
    ("szcz", "shch"),
    ("cz", "ch"),
    ("sz", "sh"),
    ("rz", "zh"),
    ("gy", "d"),
    ("sch", "sh"),
    ("tsch", "ch"),
)
ENGLISH = (("j", "dzh"),)
PINYIN = (("zh", "ch"), ("j", "ts"), ("x", "s"), ("q", "ts"))


def _letters(en: str, ru: str) -> float:
    """The share of letters that differ, with the spelling of the language that the name is likeliest from."""
    return min(
        _differ(en, ru),
        _differ(_spelt(en, SPELT), ru),
        _differ(_spelt(en, ENGLISH), ru),
        _differ(_spelt(en, PINYIN), ru.replace("цз", "ц").replace("чж", "ч")),
    )


def _spelt(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for letters, instead in rules:
        word = word.lower().replace(letters, instead)
    return word


def _roman(word: str) -> str:
    """The plain Latin letters of a spelling in either script."""
    letters = "".join(ROMAN.get(c, c) for c in word.lower().replace("ё", "е"))
    plain = (c for c in unicodedata.normalize("NFKD", letters) if c.isascii() and c.isalpha())
    same = {"y": "i", "j": "i", "w": "v", "x": "ks", "c": "k"}
    return "".join(same.get(c, c) for c in plain)


def _differ(en: str, ru: str) -> float:
    x, y = _roman(en), _roman(ru)
    row = list(range(len(y) + 1))
    for i, c in enumerate(x, 1):
        last, row[0] = row[0], i
        for j, d in enumerate(y, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (c != d))
    return row[-1] / max(1, len(x), len(y))
