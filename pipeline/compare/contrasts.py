"""Words that exclude each other: "removed" against «сохранил», "must" against «может», "free trade" against «таможенный союз».

One rule for three kinds of difference. The groups are data (`languages/*/contrasts.toml`): English and Russian list the
same members of a group in the same order. A contradiction is a word of one member in one version, a word of another
member in its place in the other version, and neither member's counterpart anywhere in the pair.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.finding import evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang, Span


class Hit(NamedTuple):
    """A word or phrase of a group in a side: which member, and the places of its first and last word."""

    member: int
    first: int
    last: int


class Contrast(NamedTuple):
    """Two hits that exclude each other, in one place of a pair."""

    group: str
    en: Hit
    ru: Hit
    near: float


Pattern = tuple[str, ...]


@cache
def groups(kind: str, lang: Lang) -> dict[str, dict[str, list[tuple[int, Pattern]]]]:
    """The patterns of each group of a kind by their first lemma, with the member they belong to."""
    found: dict[str, dict[str, list[tuple[int, Pattern]]]] = {}
    for name, members in languages.load(lang, "contrasts")[kind].items():
        index = found.setdefault(name, {})
        for member, patterns in enumerate(members):
            for pattern in patterns:
                words = tuple(w for w in pattern.split() if w != "-")
                index.setdefault(words[0], []).append((member, words))
    return found


def hits(side: Side, kind: str, group: str) -> list[Hit]:
    """The words of a group in a side, the longest phrase at each place."""
    index = groups(kind, side.lang)[group]
    lemmas = [w.lemma for w in side.words]
    found = []
    for i, lemma in enumerate(lemmas):
        here = [(len(p), m) for m, p in index.get(lemma, ()) if tuple(lemmas[i : i + len(p)]) == p]
        if here:
            size, member = max(here)
            found.append(Hit(member, i, i + size - 1))
    return [h for h in found if not any(_inside(h, other) for other in found)]


def _inside(a: Hit, b: Hit) -> bool:
    return a != b and b.first <= a.first and a.last <= b.last


def contrasts(pair: Pair, kind: str) -> Iterator[Contrast]:
    """The contradictions of a kind in a pair."""
    for group in groups(kind, "en"):
        en, ru = hits(pair.en, kind, group), hits(pair.ru, kind, group)
        if not en or not ru or {h.member for h in en} & {h.member for h in ru}:
            continue
        best = max(((closeness(pair, a, b), -a.first, -b.first, a, b) for a in en for b in ru))
        yield Contrast(group, best[3], best[4], best[0])


NEIGHBOURS = 4
"""Words to either side that count as a word's surroundings, besides its head and its dependents."""


def closeness(pair: Pair, en: Hit, ru: Hit) -> float:
    """How far two hits stand in the same place: the share of the words around the one that are translated by words
    around the other."""
    a, b = around(pair.en, en), around(pair.ru, ru)
    if not a or not b:
        return 0.0
    linked = sum(any(j in b for j in pair.partners("en", i)) for i in a)
    back = sum(any(i in a for i in pair.partners("ru", j)) for j in b)
    return (linked + back) / (len(a) + len(b))


def around(side: Side, hit: Hit) -> set[int]:
    """The content words near a hit: by place and by dependency."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    own = range(hit.first, hit.last + 1)
    near = {n for n in range(hit.first - NEIGHBOURS, hit.last + NEIGHBOURS + 1) if 0 <= n < len(side.words)}
    for n in own:
        token = side.words[n].token
        near |= {index[t.i] for t in (token.head, *token.children) if t.i in index}
    return {n for n in near if side.words[n].content and n not in own}


KNOWN = 0.1
"""Probability from which a word of a contrast counts as translated after all."""


def translated(pair: Pair, found: Contrast) -> bool:
    """A word of the contrast has its translation in the other side: the members only meet by chance."""
    return any(
        max(pair.partners(lang, n).values(), default=0.0) >= KNOWN
        for lang, hit in (("en", found.en), ("ru", found.ru))
        for n in range(hit.first, hit.last + 1)
        if pair.side(lang).words[n].content
    )


def spans(pair: Pair, found: Contrast, by: str) -> tuple[Span, Span]:
    """The evidence of a contrast in both versions."""
    en, ru = pair.en.words, pair.ru.words
    return (
        evidence(pair.en.version, en[found.en.first].start, en[found.en.last].end, by),
        evidence(pair.ru.version, ru[found.ru.first].start, ru[found.ru.last].end, by),
    )
