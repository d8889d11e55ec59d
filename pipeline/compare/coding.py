"""Coding that differs: a factor or a category that only one version has. The statistic of a work is in `summary`.

Such a difference mostly follows from another one, or from the limits of the coder; it is listed below the threshold of
what is reported, for whoever checks a codebook's terms in both languages.
"""

from collections.abc import Iterator

from pipeline.compare.finding import difference, evidence
from pipeline.document import Difference, Lang, Work

BY = "coding"
SIDES: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("ru", "en"))
CODE, CATEGORY = 0.05, 0.2
"""Confidence: both stay below the report's threshold, as faithful passages differ in codes more often than in matter."""


def compare(work: Work) -> Iterator[Difference]:
    """Codes and categories that only one side of a pair of paragraphs has."""
    for bead in work.alignment:
        if bead.level == "paragraph" and len(bead.en) == len(bead.ru) == 1:
            yield from _codes(work, bead.en[0], bead.ru[0])
            yield from _categories(work, bead.en[0], bead.ru[0])


def _codes(work: Work, en: int, ru: int) -> Iterator[Difference]:
    places: tuple[tuple[Lang, int], ...] = (("en", en), ("ru", ru))
    found = {lang: _factors(work, lang, at) for lang, at in places}
    for lang, other in SIDES:
        for code in sorted(found[lang].keys() - found[other].keys()):
            span = found[lang][code]
            shown = evidence(work.versions[lang], *span, BY)
            yield difference(
                "factor",
                shown if lang == "en" else None,
                shown if lang == "ru" else None,
                CODE,
                f"Only the {work.versions[lang].called} names the factor {code}.",
                code=code,
            )


def _factors(work: Work, lang: Lang, paragraph: int) -> dict[str, tuple[int, int]]:
    version = work.versions[lang]
    place = (version.paragraphs or ())[paragraph]
    found: dict[str, tuple[int, int]] = {}
    for factor in version.factors or ():
        if place.start <= factor.start < place.end:
            found.setdefault(factor.code, (factor.start, factor.end))
    return found


def _categories(work: Work, en: int, ru: int) -> Iterator[Difference]:
    spans = {}
    places: tuple[tuple[Lang, int], ...] = (("en", en), ("ru", ru))
    for lang, at in places:
        place = (work.versions[lang].paragraphs or ())[at]
        spans[lang] = next(
            (p for p in work.versions[lang].passages or () if place.start <= p.start < place.end), None
        )
    a, b = spans["en"], spans["ru"]
    if a is None or b is None or a.category == b.category or a.abstained or b.abstained:
        return
    yield difference(
        "factor",
        evidence(work.versions["en"], a.start, a.end, BY),
        evidence(work.versions["ru"], b.start, b.end, BY),
        CATEGORY,
        f"The passage is coded {a.category} in the {work.versions['en'].called}, {b.category} in the {work.versions['ru'].which} one.",
        category_en=a.category,
        category_ru=b.category,
    )
