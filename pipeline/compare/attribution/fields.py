"""Bodies of one kind and of other fields: "the interior ministry alleges", «утверждает министерство иностранных дел»."""

from collections.abc import Iterator, Sequence

from pipeline import countries
from pipeline.compare import translations
from pipeline.compare.attribution import callings
from pipeline.compare.attribution.rendering import AKIN, kinship, translate
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sources import Source

BODIES = frozenset(
    {
        *("ministry", "committee", "commission", "department", "directorate"),
        *("министерство", "комитет", "комиссия", "департамент", "управление"),
    }
)
"""Kinds of bodies of which a state has several, each with a field of its own."""
FIRM = 0.2
"""Probability of its commonest translation from which a field is well known."""


def other(pair: Pair, en: Sequence[Source], ru: Sequence[Source]) -> Iterator[tuple[Source, Source]]:
    """The sources of both sides that are bodies of one kind and of other fields."""
    for a in en:
        for b in ru:
            if differ(pair, a, b):
                yield a, b


def differ(pair: Pair, a: Source, b: Source) -> bool:
    """Two bodies of one kind of whose fields no word means the other: "customs committee", «комитет безопасности»."""
    if pair.match("en", a.head) != b.head:
        return False
    if not {pair.en.words[a.head].lemma, pair.ru.words[b.head].lemma} <= BODIES:
        return False
    ours, theirs = _field(pair.en, a.head), _field(pair.ru, b.head)
    if not ours or not theirs:
        return False
    known = [
        [n for n in there if translations.firmness(side.words[n].stem, side.lang) >= FIRM]
        for side, there in ((pair.en, ours), (pair.ru, theirs))
    ]
    return all(known) and not any(_alike(pair, n, m) for n in ours for m in theirs)


def _alike(pair: Pair, en: int, ru: int) -> bool:
    a, b = pair.en.words[en], pair.ru.words[ru]
    return translate(a, b) or kinship(a, b) >= AKIN


def _field(side: Side, head: int) -> list[int]:
    """The words that say what a body is for, no names and no countries."""
    return [
        n
        for n in callings.phrase(side, head)
        if n != head
        and side.words[n].content
        and not side.words[n].name
        and side.words[n].lemma not in callings.NEAR_BY | WHOSE
        and not countries.code(side.words[n].token.text, side.lang)
    ]


WHOSE = frozenset(
    {
        "state",
        "national",
        "federal",
        "central",
        "regional",
        "parliamentary",
        "special",
        "new",
        "own",
        "country",
    }
) | frozenset(
    {
        "государственный",
        "национальный",
        "федеральный",
        "центральный",
        "областной",
        "парламентский",
        "специальный",
        "страна",
        "дело",
    }
)
"""Words that say whose a body is, or nothing of its field."""
