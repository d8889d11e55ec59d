"""How close the versions of a work are, and where they part; the same for a corpus.

Counts are of reported differences (confidence from `REPORTED` on); what lies below is counted apart, for whoever looks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

from msgspec import Struct

from pipeline.compare.finding import REPORTED
from pipeline.document import Comparison, Lang, Passage, Work


class Corpus(Struct, frozen=True):
    """All works with two versions together: sums of their counts, means of their shares."""

    works: int
    words: dict[Lang, int]
    matched: dict[Lang, float]
    kinds: dict[str, int]
    severities: dict[str, int]
    doubtful: int
    per_1000: float
    coding: float | None


PARTS = 3
"""Paragraphs that are named as where the versions part."""


def summary(work: Work) -> Comparison:
    """The figures of one work.

    A work whose versions differ in one number ("46 days", «46 часов») has `kinds == {"number": 1}`.
    """
    found = [d for d in work.differences or () if d.confidence >= REPORTED]
    words = {lang: len(v.text.split()) for lang, v in work.versions.items()}
    parts = Counter(_paragraph(work, d.en.start) for d in found if d.en is not None)
    return Comparison(
        words=words,
        matched={lang: _matched(work, lang) for lang in work.versions},
        kinds=dict(sorted(Counter(d.kind for d in found).items())),
        severities=dict(sorted(Counter(d.severity for d in found).items())),
        doubtful=len(work.differences or ()) - len(found),
        per_1000=_rate(len(found), words),
        parts=tuple(parts.most_common(PARTS)),
        coding=_coding(work),
    )


def corpus(rows: Sequence[Comparison]) -> Corpus:
    """The figures of a corpus from those of its works."""
    words: Counter[Lang] = Counter()
    kinds: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for row in rows:
        words.update(row.words)
        kinds.update(row.kinds)
        severities.update(row.severities)
    coded = [row.coding for row in rows if row.coding is not None]
    return Corpus(
        works=len(rows),
        words=dict(sorted(words.items())),
        matched={lang: round(fmean(r.matched[lang] for r in rows), 4) for lang in sorted(words)},
        kinds=dict(sorted(kinds.items())),
        severities=dict(sorted(severities.items())),
        doubtful=sum(row.doubtful for row in rows),
        per_1000=_rate(sum(kinds.values()), words),
        coding=round(fmean(coded), 4) if coded else None,
    )


def _rate(found: int, words: Mapping[Lang, int]) -> float:
    return round(1000 * found / max(1, words.get("en", 0)), 2)


def _paragraph(work: Work, at: int) -> int:
    paragraphs = work.versions["en"].paragraphs or ()
    return max((i for i, p in enumerate(paragraphs) if p.start <= at), default=0)


def _matched(work: Work, lang: Lang) -> float:
    """The share of a version's characters that stand in sentences with a counterpart."""
    sentences = work.versions[lang].sentences or ()
    met = {i for b in work.alignment if b.level == "sentence" and b.en and b.ru for i in getattr(b, lang)}
    total = sum(s.end - s.start for s in sentences)
    return round(sum(sentences[i].end - sentences[i].start for i in met) / total, 4) if total else 0.0


def _coding(work: Work) -> float | None:
    """Cross-version consistency: the share of aligned passages with the same category in both versions."""
    coded = {
        lang: {_index(work, lang, p.start): read_alone(p) for p in v.passages or ()}
        for lang, v in work.versions.items()
    }
    pairs = [
        (coded["en"][b.en[0]], coded["ru"][b.ru[0]])
        for b in work.alignment
        if b.level == "paragraph"
        and len(b.en) == len(b.ru) == 1
        and b.en[0] in coded["en"]
        and b.ru[0] in coded["ru"]
    ]
    return round(sum(a == b for a, b in pairs) / len(pairs), 4) if pairs else None


def read_alone(passage: Passage) -> str:
    """The category from this version's words; passages read together agree by construction."""
    return max(sorted(passage.alone), key=passage.alone.__getitem__) if passage.alone else passage.category


def _index(work: Work, lang: Lang, at: int) -> int:
    paragraphs = work.versions[lang].paragraphs or ()
    return max((i for i, p in enumerate(paragraphs) if p.start <= at), default=0)
