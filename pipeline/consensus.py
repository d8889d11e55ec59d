"""Bilingual consensus: in a work with two versions each side corrects the other's entities.

A name stands in both versions, once transliterated and inflected, so two models have read it: what one took for an
organisation the other may have seen as a person ("Saakashvili", «Саакашвили»). Names are matched word by word across
aligned sentences; a pair votes on its type, and a name that only one side found is looked for on the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import msgspec

from pipeline.align.translit import near, skeleton
from pipeline.document import Entity, Lang, Version, Work, numbered

NAMES = ("PER", "LOC", "ORG")
SAME_WORD = 0.72
"""Similarity from which a transliterated word is the same name; chosen on the names of the project's labelled corpus."""
ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


class Word(NamedTuple):
    """A capitalised word of an aligned sentence, a candidate for a name."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=100_000)
def similarity(en: str, ru: str) -> float:
    """How likely two words are one name, from 0 to 1.

    >>> similarity("Saakashvili", "Саакашвили") > 0.9, similarity("Prague", "Киев") < 0.5
    (True, True)
    """
    latin, cyrillic = en.lower(), ru.lower()
    roman = "".join(ROMAN.get(c, c) for c in cyrillic)
    ratio = max(
        SequenceMatcher(None, latin, roman, autojunk=False).ratio(),
        *(
            SequenceMatcher(None, latin, roman[:-cut], autojunk=False).ratio()
            for cut in (1, 2)
            if len(roman) > cut + 3
        ),
        0.0,
    )
    a, b = skeleton(latin), skeleton(cyrillic)
    if len(a) >= 3 and (a == b or near(a) & near(b)):
        ratio = max(ratio, 0.95 if a == b else 0.78) if a[0] == b[0] else ratio
    return ratio


def consensus(work: Work) -> dict[Lang, Version]:
    """The versions with their entities after each has corrected the other."""
    sides: dict[Lang, list[Entity]] = {lang: list(v.entities or ()) for lang, v in work.versions.items()}
    if len(sides) == 2:
        for bead in work.alignment:
            if bead.level == "sentence" and bead.en and bead.ru:
                _agree(work, bead.en, bead.ru, sides)
    return {
        lang: msgspec.structs.replace(v, entities=numbered(f"{lang}.entity", _one_type_a_name(sides[lang])))
        for lang, v in work.versions.items()
    }


def _agree(work: Work, en: Sequence[int], ru: Sequence[int], sides: dict[Lang, list[Entity]]) -> None:
    spans = {"en": _reach(work.versions["en"], en), "ru": _reach(work.versions["ru"], ru)}
    inside: dict[Lang, list[Entity]] = {
        lang: [
            e
            for e in sides[lang]
            if spans[lang][0] <= e.start and e.end <= spans[lang][1] and e.type in NAMES
        ]
        for lang in sides
    }
    pairs = list(_pairs(inside["en"], inside["ru"]))
    for left, right in pairs:
        chosen = _vote(left, right)
        for lang, entity in (("en", left), ("ru", right)):
            _replace(sides[lang], entity, type=chosen)  # type: ignore[index]
    matched = {id(e) for pair in pairs for e in pair}
    for entity in inside[
        "ru"
    ]:  # the Russian model finds more names and errs less, so only its names are carried over
        if id(entity) not in matched and (entity.link is None or entity.link.scheme != "iso3166"):
            _project(entity, work.versions["en"], spans["en"], sides["en"])


def _reach(version: Version, indices: Sequence[int]) -> tuple[int, int]:
    sentences = version.sentences or ()
    return sentences[indices[0]].start, sentences[indices[-1]].end


def _pairs(en: list[Entity], ru: list[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Entities that name the same thing, the surest first, each once."""
    scored = sorted(
        ((_same(a, b), i, j) for i, a in enumerate(en) for j, b in enumerate(ru)),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    left, right = set(), set()
    for score, i, j in scored:
        if score >= SAME_WORD and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield en[i], ru[j]


def _same(a: Entity, b: Entity) -> float:
    if a.link and b.link:
        return 1.0 if a.link == b.link else 0.0
    words_a, words_b = a.text.split(), b.text.split()
    best = [max(similarity(x, y) for y in words_b) for x in words_a]
    return sum(best) / len(best) * min(1.0, 0.8 + 0.2 * len(words_a) / len(words_b))


def _vote(left: Entity, right: Entity) -> str:
    """A linked name knows its type; else the Russian model is right more often (PER .87 against .72 on UNER PUD),
    and giving the English one any say lowers both sides there."""
    return left.type if left.link else right.type


def _replace(entities: list[Entity], old: Entity, **changes: object) -> None:
    for i, entity in enumerate(entities):
        if entity is old:
            if any(getattr(old, name) != value for name, value in changes.items()):
                entities[i] = msgspec.structs.replace(old, by="consensus", **changes)
            return


def _project(entity: Entity, version: Version, span: tuple[int, int], entities: list[Entity]) -> None:
    """Look for the name in the other version: for each of its words the capitalised word that sounds like it."""
    candidates = list(_capitalised(version.text, *span))
    found: list[Word] = []
    for word in entity.text.replace("-", " ").split():
        if not word[:1].isupper():
            return
        ranked = [(similarity(c.text, word), -c.start, c) for c in candidates if c not in found]
        best = max(ranked, default=None)
        if best is None or best[0] < SAME_WORD:
            return
        found.append(best[2])
    found.sort()
    start, end = found[0].start, found[-1].end
    between = version.text[start:end]
    if len(between.split()) > len(found) or any(mark in between for mark in ",;:()"):
        return
    clash = [e for e in entities if e.type in NAMES and e.start < end and start < e.end]
    if any(
        e.link or e.by == "consensus" or (e.start <= start and end <= e.end and e.type == entity.type)
        for e in clash
    ):
        return
    if any(e.type == "NORP" and e.start < end and start < e.end for e in entities):
        return
    for e in clash:
        entities.remove(e)
    entities.append(
        Entity(
            start=start, end=end, text=between, type=entity.type, name=between, link=entity.link,
            confidence=round(entity.confidence * 0.8, 4), by="consensus",
        )
    )  # fmt: skip


def _capitalised(text: str, start: int, end: int) -> Iterator[Word]:
    at = start
    for piece in text[start:end].split():
        at = text.index(piece, at)
        word = piece.strip("«»“”„\"'.,;:!?()[]…—–")
        inner = piece.find(word) if word else 0
        bare = word.removesuffix("’s").removesuffix("'s")
        if bare[:1].isupper():
            yield Word(at + inner, at + inner + len(bare), bare)
        at += len(piece)


def _one_type_a_name(entities: list[Entity]) -> Iterator[Entity]:
    votes: dict[str, Counter[str]] = {}
    for entity in entities:
        if entity.type in NAMES:
            weight = 20 if entity.link else 3 if entity.by == "consensus" else 2
            votes.setdefault(entity.name, Counter())[entity.type] += weight
    best = {name: max(sorted(counts), key=counts.__getitem__) for name, counts in votes.items()}
    for entity in entities:
        yield msgspec.structs.replace(entity, type=best[entity.name]) if entity.type in NAMES else entity
