"""Faithful pairs of sentences with words that may be exchanged: a rendering for another rendering, for an opposite, for another thing.

The thesaurus (`pipeline/languages/thesaurus.tsv`) tells which; the new word takes the form of the old one. As other renderings of the
same word are put in beside opposites and other things, what is learned is their meaning, not that a word was put in.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from models.contrasts.train import inflected, sort
from models.judge.slots import Mark, Marked
from pipeline import morphology
from pipeline.align.stem import stem
from pipeline.compare import thesaurus

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
EACH = 4
"""Words kept of each sort for one place."""
OPPOSITE, OTHER, SAME = 0.12, 0.08, 0.2
"""How often a place takes an opposite, another thing, another rendering."""


class Place(NamedTuple):
    """An English word, the Russian one that renders it, and what may stand there instead."""

    en: tuple[int, int]
    ru: tuple[int, int]
    renderings: tuple[str, ...]
    opposites: tuple[str, ...]
    others: tuple[str, ...]


def places(en: str, ru: str, chance: random.Random) -> Iterator[Place]:
    """The places of a faithful pair where one Russian word renders an English one by the thesaurus."""
    russian = [m.span() for m in WORD.finditer(ru)]
    lemmas = [morphology.parses(ru[a:b].lower())[0].normal_form.replace("ё", "е") for a, b in russian]
    taken: set[int] = set()
    for found in WORD.finditer(en):
        for entry in _headwords().get(stem(found.group().lower()), ()):
            renderings, opposites, others = (
                _single(words) for words in (entry.renderings, entry.opposites, entry.others)
            )
            here = [n for n, lemma in enumerate(lemmas) if lemma in renderings]
            if len(here) != 1 or here[0] in taken:
                continue
            a, b = russian[here[0]]
            same, opposite, other = (
                _forms(words, lemmas[here[0]], ru[a:b], chance) for words in (renderings, opposites, others)
            )
            if opposite or other:
                taken.add(here[0])
                yield Place(found.span(), (a, b), same, opposite, other)


@cache
def _headwords() -> Mapping[str, list[thesaurus.Entry]]:
    found: dict[str, list[thesaurus.Entry]] = defaultdict(list)
    for entry in thesaurus.entries():
        if len(entry.english[0]) == 1 and (entry.opposites or entry.others):
            found[stem(entry.english[0][0])].append(entry)
    return found


def _single(phrases: Sequence[Sequence[str]]) -> list[str]:
    return [phrase[0] for phrase in phrases if len(phrase) == 1]


def _forms(lemmas: Sequence[str], old: str, form: str, chance: random.Random) -> tuple[str, ...]:
    kept = [lemma for lemma in lemmas if lemma != old and sort(lemma) == sort(old)]
    chance.shuffle(kept)
    made = [inflected(lemma, form) for lemma in kept[:EACH]]
    return tuple(w.capitalize() if form[:1].isupper() else w for w in made if w != form.lower())


def exchanged(en: str, ru: str, found: Sequence[Place], chance: random.Random) -> Marked:
    """The pair with some places exchanged."""
    made, at = "", 0
    en_marks: list[Mark] = []
    ru_marks: list[Mark] = []
    for place in sorted(found, key=lambda p: p.ru):
        word, kind = _chosen(place, chance)
        if not word or place.ru[0] < at:
            continue
        made += ru[at : place.ru[0]]
        if kind:
            en_marks.append((*place.en, kind))
            ru_marks.append((len(made), len(made) + len(word), kind))
        made += word
        at = place.ru[1]
    return Marked(en, tuple(en_marks), made + ru[at:], tuple(ru_marks))


def _chosen(place: Place, chance: random.Random) -> tuple[str, str]:
    drawn = chance.random()
    for share, words, kind in (
        (OPPOSITE, place.opposites, "polarity"),
        (OTHER, place.others, "terminology"),
        (SAME, place.renderings, ""),
    ):
        if drawn < share and words:
            return chance.choice(words), kind
        drawn -= share
    return "", ""
