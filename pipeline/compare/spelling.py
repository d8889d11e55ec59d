"""Which word stands for a part of a name: a translation of the lexicon or the thesaurus, or a word that may be a name and sounds the same."""

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
    return translations.alike(stem(en), stem(ru)) and sound.strangeness(en, ru) <= SPELLING


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
