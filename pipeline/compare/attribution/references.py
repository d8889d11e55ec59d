"""A reference to other authors: "(Harbuz 2025: 14)", «(Чобану 2025: 14)»."""

import re
from collections.abc import Iterator, Sequence

from pipeline.compare import translations
from pipeline.compare.attribution.lost import answering
from pipeline.compare.attribution.rendering import OTHER_LANG
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sound import apart
from pipeline.document import Citation, Difference, Lang

BY = "attribution"


def compare(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """References to other authors, and references that one version lacks."""
    yield from _others(pair)
    for lang in OTHER_LANG:
        yield from _lost(pair, near, lang)


def _lost(pair: Pair, near: Sequence[Pair], lang: Lang) -> Iterator[Difference]:
    """A reference that the other version has not, neither here nor in a sentence beside, though it gives others; where it names nobody,
    the source is lost with it."""
    side, other = pair.side(lang), pair.other(lang)
    own = [c for p in near for c in _cited(p.side(lang))]
    there = [c for p in near for c in _cited(p.other(lang))]
    lost = [c for c in _cited(side) if all(_other_authors(c, o) for o in there)]
    if len(lost) != 1 or len(own) <= len(there) or not other.version.citations:
        return
    if any(
        _names(w.token.text, lost[0]) for p in near for w in p.other(lang).words if w.token.text[:1].isupper()
    ):
        return  # "as Harbuz put it in an earlier paper (2022)"
    spans = {
        lang: evidence(side.version, lost[0].start, lost[0].end, BY),
        OTHER_LANG[lang]: evidence(other.version, *answering(pair, OTHER_LANG[lang]), BY),
    }
    yield difference(
        "attribution",
        spans["en"],
        spans["ru"],
        UNCITED * pair.sure,
        f"The {side.called} cites {lost[0].source}, the {other.which} one nobody.",
        change="source",
        only=lang,
    )


def _names(word: str, cited: Citation) -> bool:
    """The word is a name of the reference, by ear."""
    return any(not apart(author, word) for author in _authors(cited))


UNCITED = 0.8
"""Confidence that a reference is lost: translators keep them. Source: own planted differences."""


def _others(pair: Pair) -> Iterator[Difference]:
    """A reference of each side whose authors the other side does not cite: "(Harbuz 2025: 14)", «(Чобану 2025: 14)».

    Only where all other references have met: of two that are left the year need not agree, but it makes them surer.
    """
    en, ru = (_cited(pair.side(lang)) for lang in OTHER_LANG)
    left_en = [a for a in en if all(_other_authors(a, b) for b in ru)]
    left_ru = [b for b in ru if all(_other_authors(a, b) for a in en)]
    if len(left_en) != 1 or len(left_ru) != 1 or len(en) != len(ru):
        return
    a, b = left_en[0], left_ru[0]
    yield difference(
        "attribution",
        evidence(pair.en.version, a.start, a.end, BY),
        evidence(pair.ru.version, b.start, b.end, BY),
        CITED * (1.0 if a.year == b.year else ANOTHER_YEAR) * pair.sure,
        f"The {pair.en.called} cites {a.source}, the {pair.ru.which} one {b.source}.",
        change="citation",
    )


def _cited(side: Side) -> list[Citation]:
    """The references of a side that name somebody."""
    return [c for c in side.within(side.version.citations or ()) if _authors(c)]


def _authors(cited: Citation) -> list[str]:
    """The names in a reference; abbreviations are no names, since each language has its own ("IMF", «МВФ»)."""
    return [w for w in NAME.findall(cited.source) if not w.isupper()]


def _other_authors(a: Citation, b: Citation) -> bool:
    """No name of the one sounds like a name of the other, and no word translates one."""
    return all(
        apart(x, y)
        and not translations.probability(translations.stem(x.lower()), translations.stem(y.lower()))
        for x in _authors(a)
        for y in _authors(b)
    )


NAME = re.compile(r"\b[^\W\d_]{3,}(?:[’'-][^\W\d_]+)*")


CITED, ANOTHER_YEAR = 0.85, 0.6
"""Confidence of another author cited, and what is left of it where the year is another one too."""
