"""Which word may translate which: the aligner's lexicon, equal forms, and names that sound alike across the scripts.

Between two editions in one language the question is which word may stand for which: the same one, one derived from it,
or one that shares its translations (`align.paraphrases`). A stem's script tells its language.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np

from pipeline import lately
from pipeline.align import lexicon, paraphrases, translit
from pipeline.align.stem import stem
from pipeline.document import Lang

LINKED = 0.03
"""Probability from which a lexicon entry counts as a translation: below it IBM-1 entries are mostly chance partners.
Source: read off the entries of two hundred words of the development texts."""
ALIKE = 0.5
"""What names that sound alike are worth as translations: more than any chance entry, less than a sure one."""
DERIVED = 0.5
"""What words of one root are worth as stand-ins for each other."""
ROOT, SHARE = 4, 0.6
"""Letters that words of one root have in common at their beginning, and the share of the longer one that these make up."""


@cache
def _vocabulary(lang: Lang) -> list[str]:
    book = lexicon.load()
    return list(book.en if lang == "en" else book.ru)


@cache
def _english_vocabulary() -> list[str]:
    known = lexicon.load().en
    words = [""] * len(known)
    for word, at in known.items():
        words[at] = word
    return words


@lru_cache(maxsize=50_000)
def of(en: str) -> Mapping[str, float]:
    """The Russian stems that may translate an English stem, with the larger of both directions' probabilities."""
    book = lexicon.load()
    at = book.en.get(en)
    if at is None:
        return {}
    _, target, to_ru, to_en = book.entries(np.array([at]))
    words = _vocabulary("ru")
    return {
        words[t]: p
        for t, p in zip(target.tolist(), np.maximum(to_ru, to_en).tolist(), strict=True)
        if p >= LINKED
    }


@lru_cache(maxsize=50_000)
def back(ru: str) -> Mapping[str, float]:
    """The English stems that may translate a Russian stem, with their probabilities."""
    at = lexicon.load().ru.get(ru)
    if at is None:
        return {}
    words = _english_vocabulary()
    stems, to_en = _english(at)
    return {words[s]: p for s, p in zip(stems.tolist(), to_en.tolist(), strict=True) if p >= LINKED}


def known(word: str, lang: str) -> bool:
    """The lexicon has seen the stem: where it has not, a missing translation means nothing."""
    book = lexicon.load()
    return word in (book.en if lang == "en" else book.ru)


@lru_cache(maxsize=50_000)
def firmness(word: str, lang: str) -> float:
    """The probability of a stem's commonest translation: high for terms ("inflation"), low for words that go with
    their context ("drop"), 0 where the lexicon does not know the stem.

    >>> firmness(stem("inflation"), "en") > firmness(stem("drop"), "en")
    True
    """
    book = lexicon.load()
    at = (book.en if lang == "en" else book.ru).get(word)
    if at is None:
        return 0.0
    if lang == "en":
        _, _, p, _ = book.entries(np.array([at]))
        return float(p.max(initial=0.0))
    return float(_back()[at])


@cache
def _back() -> "np.ndarray":
    """For each Russian stem the probability of its commonest English translation."""
    book = lexicon.load()
    best = np.zeros(len(book.ru), np.float32)
    np.maximum.at(best, book.target[:].astype(np.int64), lexicon.VALUES[book.to_en[:]])
    return best


CYRILLIC = re.compile("[а-яё]")


def one_language(a: str, b: str) -> bool:
    """Two stems in one script, so of one language."""
    return language(a) == language(b)


def language(word: str) -> Lang:
    return "ru" if CYRILLIC.search(word) else "en"


@lru_cache(maxsize=50_000)
def _synonyms(word: str) -> Mapping[str, float]:
    """The stems that may stand for a stem in its own language, with the larger of both directions' probabilities."""
    lang = language(word)
    book = paraphrases.of(lang)
    at = book.en.get(word)
    if at is None:
        return {}
    _, others, there, back = book.entries(np.array([at]))
    words = _vocabulary(lang)
    return {
        words[t]: p
        for t, p in zip(others.tolist(), np.maximum(there, back).tolist(), strict=True)
        if p >= LINKED
    }


def meaning(a: str, b: str) -> float:
    """How likely two stems mean the same by the lexicon alone, not by sound: as translations, or within one language.

    >>> meaning("firm", stem("company")) > 0.1, meaning("rose", "fell"), meaning("экономик", "экономическ")
    (True, 0.0, 0.5)
    """
    if not one_language(a, b):
        return of(a).get(b, 0.0)
    return 1.0 if a == b else max(_synonyms(a).get(b, 0.0), DERIVED if derived(a, b) else 0.0)


def derived(a: str, b: str) -> bool:
    """Two stems of one language that begin alike: "agreement" and "agreed", «экономика» and «экономический».

    >>> derived("econom", "economic"), derived("north", "norm")
    (True, False)
    """
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= max(ROOT, SHARE * max(len(a), len(b)))


@lru_cache(maxsize=50_000)
def kinship(en: str, ru: str) -> float:
    """How far two stems mean one thing by way of other words: the likeness (cosine) of what the English stem comes to when
    it is translated there and back, and what the Russian one is translated by. Synonyms that the lexicon never saw
    together are akin, different callings are not.

    >>> kinship(stem("experts"), stem("специалисты")) > 0.1 > kinship(stem("analysts"), stem("министры"))
    True
    """
    if one_language(en, ru):
        return 1.0 if en == ru or derived(en, ru) else _likeness(en, ru)
    book = lexicon.load()
    at, there = book.en.get(en), book.ru.get(ru)
    if at is None or there is None:
        return 0.0
    _, targets, to_ru, _ = book.entries(np.array([at]))
    best = np.argsort(-to_ru, kind="stable")[:PATHS]
    around = np.zeros(len(book.en), np.float32)
    for target, p in zip(targets[best].tolist(), to_ru[best].tolist(), strict=True):
        stems, back = _english(target)
        around[stems] += p * back
    stems, back = _english(there)
    norm = float(np.linalg.norm(around) * np.linalg.norm(back))
    return float(around[stems] @ back) / norm if norm else 0.0


def _likeness(a: str, b: str) -> float:
    """The cosine of what two stems of one language are translated by."""
    book = paraphrases.of(language(a))
    at = [book.en.get(word) for word in (a, b)]
    if None in at:
        return 0.0
    owner, target, there, _ = book.there.entries(np.array(at))
    rows = np.zeros((2, len(book.there.ru)), np.float32)
    rows[owner, target] = there
    norm = float(np.prod(np.linalg.norm(rows, axis=1)))
    return float(rows[0] @ rows[1]) / norm if norm else 0.0


PATHS = 12
"""Translations of a stem that are followed back."""


@lru_cache(maxsize=20_000)
def _english(ru: int) -> tuple["np.ndarray", "np.ndarray"]:
    """The English stems that a Russian one is translated by, with the probabilities."""
    source, to_en, starts = _by_russian()
    inside = slice(int(starts[ru]), int(starts[ru + 1]))
    return source[inside], lexicon.VALUES[to_en[inside]]


@cache
def _by_russian() -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    """The entries of the lexicon in the order of their Russian stems: the English stem and the quantised probability,
    and where each stem's begin."""
    book = lexicon.load()
    sizes = book.rows[1:].astype(np.int64) - book.rows[:-1].astype(np.int64)
    source = np.repeat(np.arange(len(book.en), dtype=np.uint32), sizes)
    order = np.argsort(book.target, kind="stable")
    starts = np.searchsorted(book.target[order], np.arange(len(book.ru) + 1))
    return source[order], book.to_en[order], starts


@lru_cache(maxsize=lately.PAIRS)
def probability(en: str, ru: str) -> float:
    """How likely two stems translate each other: by the lexicon, by form, or by sound.

    >>> probability(stem("vanadzor"), stem("ванадзоре")) >= 0.5, probability(stem("vanadzor"), stem("дилижане"))
    (True, 0.0)
    """
    if one_language(en, ru):
        return meaning(en, ru)
    found = of(en).get(ru, 0.0)
    return max(found, ALIKE if alike(en, ru) else 0.0)


@lru_cache(maxsize=lately.PAIRS)
def alike(en: str, ru: str) -> bool:
    """Two stems, one in each script, whose consonants agree but for at most one sound in five.

    >>> alike("lukashenko", "лукашенк"), alike("smolensk", "ржев")
    (True, False)
    """
    if ru.endswith("ск") and len(ru) > 5 and not en.endswith("sk") and alike(en, ru.removesuffix("ск")):
        return True  # «рангунский»
    a, b = translit.skeleton(en), translit.skeleton(ru)
    if len(a) < 2 or len(b) < 2 or abs(len(a) - len(b)) > 2:
        return False
    if a == b:
        return len(a) >= 3 or _vowels(en) == _vowels(ru)
    longest = max(len(a), len(b))
    return longest >= 4 and a[0] == b[0] and distance(a, b) <= longest // 4


def _vowels(word: str) -> str:
    return translit.vowels(word)[:2]


def distance(a: str, b: str) -> int:
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


__all__ = ["alike", "kinship", "known", "meaning", "of", "probability", "stem"]
