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
DIGRAPHS = (("дж", "\x00"), ("тс", "ц"), ("ph", "f"), ("sch", "\x01"), ("tch", "\x02"), ("ch", "\x02"), ("sh", "\x01"), ("zh", "\x01"), ("th", "\x03"), ("wh", "w"), ("ck", "k"), ("gh", "\x04"), ("tz", "\x01"), ("ts", "\x01"))  # fmt: skip
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
