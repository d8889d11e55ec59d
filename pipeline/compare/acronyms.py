"""Bodies called by their initials: "UPRONA" against «ФРОДЕБУ», "CNPC" against «Синопек»."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline import languages, morphology
from pipeline.align.stem import stem
from pipeline.compare import sound, translations
from pipeline.compare.names import Name, key
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang

PRONOUNCED = 5
"""Letters from which initials are spoken as a word, and then written alike in both languages; fewer ones may be translated:
"CGT", «ВКТ»."""
ALIKE = 0.4
"""Strangeness up to which two acronyms may be spellings of one."""
LETTERS, MOST = 3, 8
"""Letters of the shortest and the longest acronym that is compared; longer ones are words in capitals."""
VOWELS = frozenset("aeiouyаеиоуыэюя")
ROMAN = frozenset("IVXLCDM")


class Exchange(NamedTuple):
    """A body by its initials on one side at least, and another one in its place."""

    en: Name
    ru: Name


def exchanged(pair: Pair, en: Sequence[Name], ru: Sequence[Name]) -> Exchange | None:
    """The only acronym of a side whose body the other one does not have, with what stands there; `en`, `ru` are the names left over."""
    ours, theirs = _unlinked(pair.en), _unlinked(pair.ru)
    if len(ours) == len(theirs) == 1 and all(len(n.name) >= PRONOUNCED for n in (*ours, *theirs)):
        return None if _alike(ours[0].name, theirs[0].name) else Exchange(ours[0], theirs[0])
    if (
        len(ours) == 1
        and not theirs
        and (other := _called(pair, "ru", ru))
        and not _alike(ours[0].name, other.name)
    ):
        return Exchange(ours[0], other)
    if (
        len(theirs) == 1
        and not ours
        and (other := _called(pair, "en", en))
        and not _alike(other.name, theirs[0].name)
    ):
        return Exchange(other, theirs[0])
    return None


def _alike(en: str, ru: str) -> bool:
    """One may be heard in the other, if it can be spoken at all: "UNESCO", «Юнеско»; letters of one script must be the same."""
    if ru.isascii():
        return en == ru
    spoken = VOWELS.intersection(en.lower() if en.isupper() else ru.lower())
    return bool(spoken) and sound.strangeness(en.lower(), ru.lower()) <= ALIKE


def _unlinked(side: Side) -> list[Name]:
    """The acronyms of a side that no table explains, each once."""
    known = [e for e in side.within(side.version.entities or ()) if key(e.link)]
    found = {
        word.token.text: Name(n, n, "ORG", word.token.text, None)
        for n, word in enumerate(side.words)
        if _acronym(word.token.text) and not any(e.start <= word.start < e.end for e in known)
    }
    return list(found.values())


def _acronym(word: str) -> bool:
    letters = word.isalpha() and word.isupper() and LETTERS <= len(word) <= MOST
    return letters and not ROMAN.issuperset(word) and not _shouted(word)


def _shouted(word: str) -> bool:
    """A word in capitals, which the dictionary has, or the lexicon as what is translated and not only spelt: "QUESTION", «ВОПРОС»."""
    if len(word) < PRONOUNCED:
        return False
    lower = word.lower()
    if not word.isascii():
        return morphology.is_common_word(lower)
    there = translations.of(stem(lower))
    likeliest = max(there, key=lambda other: (there[other], other), default="")
    return bool(likeliest) and sound.strangeness(lower, likeliest) > ALIKE


def _called(pair: Pair, lang: Lang, left: Sequence[Name]) -> Name | None:
    """The one body of a word or two, in quotation marks or recognised, that is left over: «Синопек»."""
    side = pair.side(lang)
    found = [
        n
        for n in left
        if n.last - n.first < 2
        and n.link is None
        and (n.type == "ORG" or _quoted(side, n))
        and not _written_out(side, n)
    ]
    return found[0] if len(found) == len(left) == 1 and not found[0].name.isupper() else None


def _written_out(side: Side, name: Name) -> bool:
    """The initials may stand for it: «Республиканская партия»."""
    kinds = languages.load(side.lang, "names")["organisations"]
    return any(w.lemma.lower() in kinds for w in side.words[name.first : name.last + 1])


def _quoted(side: Side, name: Name) -> bool:
    start, end = side.words[name.first].start, side.words[name.last].end
    return side.version.text[start - 1 : start] in '«“"' and side.version.text[end : end + 1] in '»”"'
