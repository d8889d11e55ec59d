"""Words that exclude each other: "removed" against «сохранил», "must" against «может», "free trade" against «таможенный союз».

One rule for three kinds of difference. The groups are data (`languages/contrasts.toml`): each member of a group gives its
words in both languages. A contradiction is a word of one member in one version, a word of another member in its place in
the other version, and neither member's counterpart anywhere in the pair.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare.finding import evidence, quoted
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


class Pattern(NamedTuple):
    """Lemmas in a row that stand for a member of a group."""

    group: str
    member: int
    words: tuple[str, ...]


@cache
def patterns(kind: str, lang: Lang) -> dict[str, list[Pattern]]:
    """The patterns of a kind by their first lemma."""
    index: dict[str, list[Pattern]] = {}
    for group, members in languages.shared("contrasts")[kind].items():
        for member, row in enumerate(members):
            for words in languages.bilingual(row)[lang]:
                pattern = Pattern(group, member, tuple(w for w in words.split() if w != "-"))
                index.setdefault(pattern.words[0], []).append(pattern)
    return index


def hits(side: Side, kind: str) -> dict[str, list[Hit]]:
    """The words of every group of a kind in a side, the longest phrase at each place."""
    index = patterns(kind, side.lang)
    forms = [{w.lemma, w.token.lower_.replace("ё", "е")} for w in side.words]
    found: dict[str, list[Hit]] = {}
    for i, here in enumerate(forms):
        for group, member, words in (p for form in sorted(here) for p in index.get(form, ())):
            if len(words) <= len(forms) - i and all(w in f for w, f in zip(words, forms[i:], strict=False)):
                found.setdefault(group, []).append(Hit(member, i, i + len(words) - 1))
    return {g: [h for h in there if not any(_inside(h, o) for o in there)] for g, there in found.items()}


def _inside(a: Hit, b: Hit) -> bool:
    return (a.first, a.last) != (b.first, b.last) and b.first <= a.first and a.last <= b.last


def contrasts(pair: Pair, kind: str) -> Iterator[Contrast]:
    """The contradictions of a kind in a pair: hits of different members, left over when like has met like."""
    found_en, found_ru = hits(pair.en, kind), hits(pair.ru, kind)
    for group in sorted(found_en.keys() & found_ru.keys()):
        en, ru = _left(pair, found_en[group], found_ru[group])
        if en and ru:
            near, _, _, a, b = max((closeness(pair, a, b), -a.first, -b.first, a, b) for a in en for b in ru)
            yield Contrast(group, a, b, near)


def _left(pair: Pair, en: list[Hit], ru: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The hits that stay when every hit has met the closest one of its own member on the other side."""
    ranked = sorted(
        (
            (closeness(pair, a, b), i, j)
            for i, a in enumerate(en)
            for j, b in enumerate(ru)
            if a.member == b.member
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    met_en: set[int] = set()
    met_ru: set[int] = set()
    for _, i, j in ranked:
        if i not in met_en and j not in met_ru:
            met_en.add(i)
            met_ru.add(j)
    left_en = [h for i, h in enumerate(en) if i not in met_en]
    left_ru = [h for j, h in enumerate(ru) if j not in met_ru]
    members = {en[i].member for i in met_en}
    fresh_en, fresh_ru = ([h for h in left if h.member not in members] for left in (left_en, left_ru))
    if fresh_en and fresh_ru:
        return fresh_en, fresh_ru
    repeated = (
        len(left_en) == len(left_ru) == 1
        and (fresh_en or fresh_ru)
        and left_en[0].member != left_ru[0].member
    )
    return (left_en, left_ru) if repeated else ([], [])


def members(pair: Pair, kind: str, lang: Lang, place: int) -> set[tuple[str, int]]:
    """The groups and members that a word of a side belongs to."""
    return {
        (g, h.member)
        for g, there in hits(pair.side(lang), kind).items()
        for h in there
        if h.first <= place <= h.last
    }


def exclusive(pair: Pair, kind: str, en: int, ru: int) -> bool:
    """Two words belong to different members of one group."""
    ours, theirs = members(pair, kind, "en", en), members(pair, kind, "ru", ru)
    return not ours & theirs and bool({g for g, _ in ours} & {g for g, _ in theirs})


def alike(pair: Pair, kind: str, en: int, ru: int) -> bool:
    """Two words belong to the same member of a group."""
    return bool(members(pair, kind, "en", en) & members(pair, kind, "ru", ru))


SAME_PLACE, ASIDE = 0.15, 0.15
"""What it is worth that two hits stand at the same height of their sentences, and how far apart that may be."""
NEIGHBOURS = 4
"""Words to either side that count as a word's surroundings, besides its head and its dependents."""


def closeness(pair: Pair, en: Hit, ru: Hit) -> float:
    """How far two hits stand in the same place: the share of the words around the one that are translated by words
    around the other."""
    a, b = around(pair.en, en), around(pair.ru, ru)
    place = abs(_place(pair.en, en) - _place(pair.ru, ru))
    level = SAME_PLACE if place <= ASIDE else 0.0
    if not a or not b:
        return level
    linked = sum(any(j in b for j in pair.partners("en", i)) for i in a)
    back = sum(any(i in a for i in pair.partners("ru", j)) for j in b)
    return max(level, (linked + back) / (len(a) + len(b)))


def _place(side: Side, hit: Hit) -> float:
    return (hit.first + hit.last) / 2 / max(1, len(side.words) - 1)


def around(side: Side, hit: Hit) -> set[int]:
    """The content words near a hit: by place and by dependency."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    own = range(hit.first, hit.last + 1)
    near = {n for n in range(hit.first - NEIGHBOURS, hit.last + NEIGHBOURS + 1) if 0 <= n < len(side.words)}
    for n in own:
        token = side.words[n].token
        near |= {index[t.i] for t in (token.head, *token.children) if t.i in index}
    return {n for n in near if side.words[n].content and n not in own}


NEAR = 0.15
"""The least closeness of a contradiction that is worth reporting."""
LEAST, GAIN, FAR = 0.62, 0.3, 0.3
"""Confidence of a contradiction: from LEAST at hardly any common surroundings upward; FAR where the two stand apart.
Source: reliability on 3,000 faithful pairs of newstest2018 and the planted differences of the development texts."""


DOUBTFUL = 0.68
"""What is left of it where the group's members are sometimes exchanged by a free translation."""


def confidence(found: Contrast) -> float:
    """How sure it is that the two words stand for each other."""
    if found.near < NEAR:
        return FAR
    doubt = DOUBTFUL if found.group in languages.shared("contrasts")["doubtful"] else 1.0
    return (LEAST + GAIN * found.near) * doubt


KNOWN = 0.1
"""Probability from which a word of a contrast counts as translated after all."""


def translated(pair: Pair, found: Contrast) -> bool:
    """The words on one side of the contrast have their translation in the other side: the members only meet by chance."""
    for k, (lang, hit) in enumerate((("en", found.en), ("ru", found.ru))):
        side, met = pair.side(lang), pair.matches[k]
        content = [n for n in range(hit.first, hit.last + 1) if side.words[n].content]
        if content and all(
            n in met and met[n][1] >= KNOWN and pair.other(lang).words[met[n][0]].content for n in content
        ):
            return True
    return False


def both(pair: Pair, spans: tuple[Span, Span]) -> str:
    """The two sides of a contrast, for its explanation: “must” and «может»."""
    return f"{quoted(spans[0].text, pair.en.lang)} and {quoted(spans[1].text, pair.ru.lang)}"


def spans(pair: Pair, found: Contrast, by: str) -> tuple[Span, Span]:
    """The evidence of a contrast in both versions."""
    en, ru = pair.en.words, pair.ru.words
    return (
        evidence(pair.en.version, en[found.en.first].start, en[found.en.last].end, by),
        evidence(pair.ru.version, ru[found.ru.first].start, ru[found.ru.last].end, by),
    )
