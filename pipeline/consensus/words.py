"""The words of two aligned sentences that sound alike: one name, written twice."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import languages, lately
from pipeline.align.translit import near, skeleton

SAME_WORD = 0.72
"""Similarity from which a transliterated word is the same name; chosen on the names of the project's labelled corpus."""
SAME_COMPOUND = 0.82
ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_](?:[^\W_]|[’'](?!s\b))*")


class Word(NamedTuple):
    """A capitalised word, or a capitalised part between hyphens: what a name is made of."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=lately.PAIRS)
def similarity(en: str, ru: str) -> float:
    """How likely two words are one name, from 0 to 1.

    >>> similarity("Saakashvili", "Саакашвили") > 0.9, similarity("Prague", "Киев") < 0.5
    (True, True)
    """
    if en.lower() == ru.lower():
        return 1.0
    latin, roman = _roman(en), _roman(ru)
    cut = [roman, *(roman[:-n] for n in (1, 2) if len(roman) > n + 3)]
    ratio = max(SequenceMatcher(None, latin, form, autojunk=False).ratio() for form in cut)
    a, b = skeleton(en.lower()), skeleton(ru.lower())
    if len(a) >= 3 and (a == b or near(a) & near(b)):
        ratio = max(ratio, 0.95 if a == b else 0.78) if a[0] == b[0] else ratio
    return ratio


def _roman(word: str) -> str:
    return "".join(ROMAN.get(c, c) for c in word.lower())


def capitalised(text: str, start: int, end: int) -> Iterator[Word]:
    """The capitalised words of a stretch of text, without possessive."""
    for found in WORD.finditer(text, start, end):
        if found[0][0].isupper() and found[0].lower() not in _days():
            yield Word(found.start(), found.end(), found[0])


@cache
def _days() -> frozenset[str]:
    """Weekdays and months in both languages: "April" never names what «Юрмале» names."""
    return frozenset(day for lang in ("en", "ru") for day in languages.load(lang, "names")["days"])


ADJECTIVE = {
    "en": re.compile(r".{2,}(?:ean|ian|ish|ese)"),
    "ru": re.compile(r".{2,}(?:ск|цк)(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ом|их|ими)"),
}


def is_adjective(word: str, lang: str) -> bool:
    """Whether a word looks like the adjective of a place: "European", «Скрундское».

    >>> is_adjective("European", "en"), is_adjective("Скрундское", "ru"), is_adjective("Скрунда", "ru")
    (True, True, False)
    """
    return ADJECTIVE[lang].fullmatch(word) is not None


Links = dict[int, tuple[int, ...]]


def linked(en: Sequence[Word], ru: Sequence[Word]) -> tuple[Links, Links]:
    """For each word the words of the other version that sound like it, the surest first, each once; where a name stands
    twice, the nearer place counts. Two words may be one there: "Amu Darya", «Амударья».

    >>> text, other = "Ruiz met Lund.", "Лунд встретил Руиса."
    >>> linked(list(capitalised(text, 0, len(text))), list(capitalised(other, 0, len(other))))[0]
    {0: (1,), 1: (0,)}
    """
    scored: list[tuple[float, float, tuple[int, ...], tuple[int, ...]]] = []
    for i, left in enumerate(en):
        for j, right in enumerate(ru):
            score = _score(left.text, right.text)
            if score >= SAME_WORD:
                scored.append((-round(score, 2), _apart(i, en, j, ru), (i,), (j,)))
    for i, left_two in _neighbours(en):
        for j, right in enumerate(ru):
            if _score(left_two, right.text) >= SAME_COMPOUND:
                scored.append((-0.8, _apart(i, en, j, ru), (i, i + 1), (j,)))
    for j, right_two in _neighbours(ru):
        for i, left_word in enumerate(en):
            if _score(left_word.text, right_two) >= SAME_COMPOUND:
                scored.append((-0.8, _apart(i, en, j, ru), (i,), (j, j + 1)))
    to_ru: Links = {}
    to_en: Links = {}
    for _, _, ours, theirs in sorted(scored):
        if not (to_ru.keys() & set(ours) or to_en.keys() & set(theirs)):
            to_ru.update((i, theirs) for i in ours)
            to_en.update((j, ours) for j in theirs)
    return dict(sorted(to_ru.items())), dict(sorted(to_en.items()))


def _score(en: str, ru: str) -> float:
    return similarity(en, ru) if _may_be_one(en, ru) else 0.0


def _apart(i: int, en: Sequence[Word], j: int, ru: Sequence[Word]) -> float:
    return abs((i + 1) / (len(en) + 1) - (j + 1) / (len(ru) + 1))


def _neighbours(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Each two words with only a blank or hyphen between, as one."""
    for i in range(len(words) - 1):
        if words[i + 1].start - words[i].end == 1:
            yield i, words[i].text + words[i + 1].text.lower()


def _may_be_one(en: str, ru: str) -> bool:
    """Cheap: lengths that fit."""
    return min(len(en), len(ru)) * 2.2 >= max(len(en), len(ru))
