"""Which word stands for a part of a name: a translation of the lexicon or the thesaurus, or a word that may be a name and sounds the same."""

import re

from pipeline.compare import sound, thesaurus, translations
from pipeline.compare.pairs import Word
from pipeline.compare.translations import stem
from pipeline.document import Lang

KNOWN = 0.1
"""Probability from which a word may stand for a name: below it the lexicon's entries are chance."""
SPELLING = 0.3
"""Strangeness of two spellings up to which they are one name."""


def partner(word: str, other: Word, lang: Lang, to: Lang) -> bool:
    """Another word stands for a part of a name ("Rangoon", «рангунский»); "Canada" is no «командует», whatever the
    consonants say."""
    if lang == to:
        return translations.probability(stem(word), other.stem) >= KNOWN
    en, ru = (word, other.token.lower_) if to == "ru" else (other.token.lower_, word)
    if translations.of(stem(en)).get(stem(ru), 0.0) >= KNOWN or _renders(word, other, to):
        return True
    return (other.name or other.token.pos_ in ("PROPN", "ADJ", "NOUN")) and (
        _sounds(en, ru) or _in_a_compound(en, ru)
    )


def _sounds(en: str, ru: str) -> bool:
    forms = (stem(ru), *_places(ru))
    return any(translations.alike(stem(en), form) for form in forms) and strangeness(en, ru) <= SPELLING


def strangeness(en: str, ru: str) -> float:
    """How little two spellings have in common, of an adjective also without what makes it one: "Yerevan", «ереванский»."""
    return min(sound.strangeness(en, form) for form in (ru, *_places(ru)))


ADJECTIVE = re.compile(r"ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")
SUFFIX = re.compile(r"(?:эз|итан|иан|ин|ов|ев|ен|ан|ий|ей)$")
SOFTENED = {"ж": "г", "ч": "к", "ш": "х"}
"""What a letter before «ск» comes from: «рижский» from «Рига»."""


def _places(word: str) -> list[str]:
    """What an adjective may be made from: «ереванский», «рижский», «генуэзский»."""
    stem = ADJECTIVE.sub("", word)
    if stem == word:
        return []
    forms = (stem, SUFFIX.sub("", stem), stem[:-1] + SOFTENED.get(stem[-1:], stem[-1:]))
    return [form for form in forms if len(form) >= SHORTEST]


SHORTEST = 3
"""Letters of the shortest place that an adjective is heard as."""


def _in_a_compound(en: str, ru: str) -> bool:
    """The word is a part of a name that Russian writes with hyphens: "Pueblo Nuevo", «Пуэбло-Нуэво-де-Кото»."""
    parts = [part for part in ru.split("-") if len(part) >= TELLING]
    return len(en) >= TELLING and len(parts) > 1 and any(_sounds(en, part) for part in parts)


TELLING = 4
"""Letters from which a part of a name tells it."""


def _renders(word: str, other: Word, to: Lang) -> bool:
    """By the thesaurus: "the Commission", «Комитет»."""
    there = stem(other.lemma)
    return thesaurus.renders(stem(word), there) if to == "ru" else thesaurus.renders(there, stem(word))
