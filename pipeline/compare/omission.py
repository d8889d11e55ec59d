"""Sentences that stand in one version only.

A null bead is an omission (English only) or an addition (Russian only) unless the other side has an unmatched sentence
in the same gap: then it is rather a free translation. A version that translates one stretch of the other and nothing
else (an abstract, a summary) is partial: the rest is not omitted.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.compare.finding import difference, evidence
from pipeline.document import Bead, Difference, Lang, Work

BY = "omission"
PARTIAL = 0.5
"""A version is partial when less than this share of the other is matched."""
SHORT = 3
"""Sentences of fewer words are fragments: a dash, a label, "He said."."""


class Null(NamedTuple):
    """An unmatched sentence, with how many unmatched sentences of the other side share its gap."""

    lang: Lang
    sentence: int
    score: float
    rivals: int


def compare(work: Work) -> Iterator[Difference]:
    """The omissions and additions of whole sentences."""
    quiet = partial(work)
    for null in nulls(work.alignment):
        yield _difference(work, null, quiet=null.lang in quiet)


def nulls(alignment: tuple[Bead, ...]) -> Iterator[Null]:
    """The null beads with the rivals in their gap."""
    gap: list[Bead] = []
    for bead in [*(b for b in alignment if b.level == "sentence"), None]:
        if bead is not None and not (bead.en and bead.ru):
            gap.append(bead)
            continue
        en, ru = sum(len(b.en) for b in gap), sum(len(b.ru) for b in gap)
        for null in gap:
            yield from (Null("en", i, null.score, ru) for i in null.en)
            yield from (Null("ru", i, null.score, en) for i in null.ru)
        gap = []


def partial(work: Work) -> dict[Lang, float]:
    """The versions of which only a part is matched, with that share: the other version is an abstract of them."""
    found: dict[Lang, float] = {}
    for lang, version in work.versions.items():
        matched = {
            i for b in work.alignment if b.level == "sentence" and b.en and b.ru for i in getattr(b, lang)
        }
        sentences = version.sentences or ()
        total = sum(s.end - s.start for s in sentences)
        share = sum(sentences[i].end - sentences[i].start for i in matched) / max(1, total)
        if share < PARTIAL:
            found[lang] = share
    return found


def _difference(work: Work, null: Null, quiet: bool) -> Difference:
    version = work.versions[null.lang]
    sentence = (version.sentences or ())[null.sentence]
    span = evidence(version, sentence.start, sentence.end, BY)
    words = len(span.text.split())
    confidence = null.score
    detail = {"unit": "sentence", "words": str(words)}
    if null.rivals:
        confidence *= 0.4
        detail["rivals"] = str(null.rivals)
    if words <= SHORT:
        confidence *= 0.5
    if quiet:
        confidence *= 0.2
        detail["coverage"] = "partial"
    if null.lang == "en":
        return difference(
            "omission", span, None, confidence, "The Russian version has no such sentence.", **detail
        )
    return difference(
        "addition", None, span, confidence, "The English version has no such sentence.", **detail
    )
