"""Words that exclude each other: "removed" against «сохранил», "must" against «может», "free trade" against «таможенный союз».

One rule for three kinds of difference. The groups are data (`languages/contrasts.toml`): each member of a group gives its
words in both languages. A contradiction is a word of one member in one version, a word of another member in its place in
the other version, and neither member's counterpart anywhere in the pair.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare import translations
from pipeline.compare.finding import evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Lang, Span


class Hit(NamedTuple):
    """A word or phrase of a group in a side: which member, and the places of its first and last word."""

    member: int
    first: int
    last: int
    derived: bool = False


class Contrast(NamedTuple):
    """Two hits that exclude each other, in one place of a pair."""

    group: str
    en: Hit
    ru: Hit
    near: float
    fits: bool = True


class Pattern(NamedTuple):
    """Lemmas in a row that stand for a member of a group."""

    group: str
    member: int
    words: tuple[str, ...]


APART = frozenset({"shaded", "phrases"})
"""Kinds of contrasts that have a file of their own."""


@cache
def groups(kind: str) -> dict[str, list[str]]:
    """The groups of a kind: "polarity", "modality", "terminology", "modifiers", "shaded" opposites, "phrases" that are terms."""
    return dict(languages.shared(kind) if kind in APART else languages.shared("contrasts")[kind])


def opposites(group: str) -> bool:
    """The members of a group say the opposite of each other."""
    return group in groups("polarity") or group in groups("shaded")


@cache
def patterns(kind: str, lang: Lang) -> dict[str, list[Pattern]]:
    """The patterns of a kind by their first lemma."""
    index: dict[str, list[Pattern]] = {}
    for group, members in groups(kind).items():
        for member, row in enumerate(members):
            for words in languages.bilingual(row)[lang]:
                pattern = Pattern(group, member, tuple(w for w in words.split() if w != "-"))
                index.setdefault(pattern.words[0], []).append(pattern)
    return index


@cache
def listed(kind: str, lang: Lang) -> dict[str, set[tuple[str, int]]]:
    """The groups and members that the single words of a kind stand for, by stem."""
    index: dict[str, set[tuple[str, int]]] = {}
    for pattern in (p for there in patterns(kind, lang).values() for p in there if len(p.words) == 1):
        index.setdefault(translations.stem(pattern.words[0]), set()).add((pattern.group, pattern.member))
    return index


SHARE, ALONE = 0.3, 4.0
"""Share of a word's translations that must be words of one member, and how many times that of any other member it must be."""


@lru_cache(maxsize=50_000)
def derived(kind: str, lang: Lang, stem: str) -> tuple[tuple[str, int], ...]:
    """The groups and members that a word stands for though no group names it: those whose words translate it.

    >>> ("friend_enemy", 1) in derived("polarity", "en", translations.stem("hostile"))
    True
    """
    there = translations.of(stem) if lang == "en" else translations.back(stem)
    index = listed(kind, "ru" if lang == "en" else "en")
    mass = sum(there.values())
    found: dict[str, dict[int, float]] = {}
    for word, p in there.items():
        for group, member in index.get(word, ()):
            row = found.setdefault(group, {})
            row[member] = row.get(member, 0.0) + p / mass
    best = ((g, max(row, key=lambda m: (row[m], -m)), row) for g, row in sorted(found.items()))
    return tuple(
        (g, m)
        for g, m, row in best
        if row[m] >= SHARE and row[m] >= ALONE * sum(p for n, p in row.items() if n != m)
    )


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


WIDENED = frozenset({"terminology"})
"""The kinds whose groups stand for more words than they name: terms have firm translations, opposites have not («раскупить»)."""


def _widened(side: Side, kind: str) -> dict[str, list[Hit]]:
    """The words of every group in a side, with those that only their translations put there."""
    found = hits(side, kind)
    if kind in WIDENED:
        for i, word in enumerate(side.words):
            for group, member in (
                derived(kind, side.lang, word.stem) if word.content and not word.name else ()
            ):
                if not any(h.first <= i <= h.last for h in found.get(group, ())):
                    found.setdefault(group, []).append(Hit(member, i, i, derived=True))
    return found


def _inside(a: Hit, b: Hit) -> bool:
    return (a.first, a.last) != (b.first, b.last) and b.first <= a.first and a.last <= b.last


def contrasts(pair: Pair, kind: str) -> Iterator[Contrast]:
    """The contradictions of a kind in a pair: hits of different members, left over when like has met like."""
    found_en, found_ru = _widened(pair.en, kind), _widened(pair.ru, kind)
    for group in sorted(found_en.keys() & found_ru.keys()):
        en, ru = left(pair, found_en[group], found_ru[group])
        if en and ru:
            near, _, _, a, b = max((closeness(pair, a, b), -a.first, -b.first, a, b) for a in en for b in ru)
            yield Contrast(group, a, b, near, _fits(pair, a, b, near))


def left(pair: Pair, en: list[Hit], ru: list[Hit]) -> tuple[list[Hit], list[Hit]]:
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
    aside = abs(place(pair.en, en) - place(pair.ru, ru))
    level = SAME_PLACE if aside <= ASIDE else 0.0
    if not a or not b:
        return level
    linked = sum(any(j in b for j in pair.partners("en", i)) for i in a)
    back = sum(any(i in a for i in pair.partners("ru", j)) for j in b)
    return max(level, (linked + back) / (len(a) + len(b)))


def place(side: Side, hit: Hit) -> float:
    """The height of a hit in its side, from 0 to 1."""
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
    if not found.fits:
        doubt = DOUBTFUL
    return (LEAST + GAIN * found.near) * doubt


SURROUNDED = 0.3
"""Closeness from which a word that no group names, but whose translations one does, is taken at its word."""
KINDS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "modifier", "ADV": "modifier"}


def _fits(pair: Pair, en: Hit, ru: Hit, near: float) -> bool:
    """The words are named by their group, or of one part of speech and close: "levy" is no opposite of «отменили»."""
    if not (en.derived or ru.derived):
        return True
    kinds = {KINDS.get(side.words[hit.last].token.pos_) for side, hit in ((pair.en, en), (pair.ru, ru))}
    return len(kinds) == 1 and near >= SURROUNDED


AKIN = 0.12
"""Kinship from which two words are renderings of each other, whatever groups they stand in: "pupils", «учащиеся»."""


KNOWN = 0.1
"""Probability from which a word of a contrast counts as translated after all."""


def translated(pair: Pair, found: Contrast) -> bool:
    """The words on one side of the contrast have their translation in the other side: the members only meet by chance."""
    en, ru = pair.en.words[found.en.last].stem, pair.ru.words[found.ru.last].stem
    if (found.en.derived or found.ru.derived) and translations.kinship(en, ru) >= AKIN:
        return True
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
