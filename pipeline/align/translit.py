"""Names across the scripts: a sound skeleton under which "Lukashenko" and «Лукашенко» meet.

Vowels go, related consonants fall together, case endings are gone with the stem. What is left is a key; names whose keys
are equal, or differ by one sound, are likely the same name.
"""

import re
from functools import lru_cache

CYRILLIC = {
    "б": "b", "в": "v", "г": "g", "д": "d", "ж": "j", "з": "s", "к": "k", "л": "l", "м": "m", "н": "n", "п": "p", "р": "r", "с": "s", "т": "t",
    "ф": "f", "х": "g", "ц": "s", "ч": "j", "ш": "j", "щ": "j",
}  # fmt: skip
LATIN = {
    "b": "b", "c": "k", "d": "d", "f": "f", "g": "g", "h": "g", "j": "j", "k": "k", "l": "l", "m": "m", "n": "n", "p": "p", "q": "k", "r": "r",
    "s": "s", "t": "t", "v": "v", "w": "v", "x": "ks", "z": "s",
}  # fmt: skip
CLUSTERS = (
    ("shch", "j"), ("sch", "j"), ("tch", "j"), ("dzh", "j"), ("дж", "j"), ("sh", "j"), ("ch", "j"), ("zh", "j"), ("kh", "h"), ("ts", "s"),
    ("tz", "s"), ("th", "t"), ("ph", "f"), ("gh", "g"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("gi", "ji"), ("ge", "ge"), ("тс", "s"), ("кс", "ks"),
)  # fmt: skip
VOWEL_START = re.compile(r"[aeiouyаеёиоуыэюя]")


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a stem by sound, with a mark for a first vowel.

    >>> skeleton("lukashenko"), skeleton("лукашенк")
    ('lkjnk', 'lkjnk')
    """
    for cluster, sound in CLUSTERS:
        word = word.replace(cluster, sound)
    table = CYRILLIC if re.search(r"[а-яё]", word) else LATIN
    sounds = "".join(c if c in "sjkh" and table is CYRILLIC else table.get(c, "") for c in word)
    sounds = re.sub(r"(.)\1+", r"\1", sounds.replace("h", "g"))
    return ("a" if VOWEL_START.match(word) else "") + sounds


@lru_cache(maxsize=1 << 16)
def vowels(word: str) -> str:
    """The vowels of a stem in three classes: front, back, open."""
    return "".join(
        "i" if c in "eiyеёиыэj" else "u" if c in "ouоуюw" else "a" for c in word if c in "aeiouyаеёиоуыэюя"
    )


def near(skeleton_: str) -> set[str]:
    """The skeleton and every skeleton with one sound left out: two that share one differ by at most one sound each."""
    return {skeleton_, *(skeleton_[:i] + skeleton_[i + 1 :] for i in range(1, len(skeleton_)))}
