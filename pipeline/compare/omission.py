"""Sentences and clauses that stand in one version only.

A null bead is an omission (English only) or an addition (Russian only) unless the other side has an unmatched sentence
in the same gap: then it is rather a free translation. A version that translates one stretch of the other and nothing
else (an abstract, a summary) is partial: the rest is not omitted.
"""

import re
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.translations import probability, stem
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
    alone: bool = False


def compare(work: Work, pairs: Sequence[Pair] = ()) -> Iterator[Difference]:
    """The omissions and additions of whole sentences, and of sentences and clauses inside the pairs."""
    quiet = partial(work)
    for null in nulls(work.alignment):
        null = null._replace(alone=_alone(work, null, pairs))
        yield _difference(work, null, quiet=null.lang in quiet)
    for pair in pairs:
        swallowed = list(_swallowed(pair))
        yield from swallowed
        if not swallowed:
            yield from _clauses(pair)


ALONE = 0.62
"""Least confidence of an unmatched sentence whose words have no counterpart in the sentences around either."""


def _alone(work: Work, null: Null, pairs: Sequence[Pair]) -> bool:
    """None of the sentence's longer words is translated in the pairs beside it."""
    version = work.versions[null.lang]
    sentence = (version.sentences or ())[null.sentence]
    beside = [
        p
        for p in pairs
        if abs(p.side(null.lang).start - sentence.end) < NEIGHBOURHOOD
        or abs(sentence.start - p.side(null.lang).end) < NEIGHBOURHOOD
    ]
    words = [
        stem(w.lower()) for w in re.findall(r"[^\W\d_]{4,}", version.text[sentence.start : sentence.end])
    ]
    if not beside or len(words) < 2:
        return False
    there = {w.stem for p in beside for w in p.other(null.lang).words if w.content}
    met = sum(
        any((probability(w, o) if null.lang == "en" else probability(o, w)) >= 0.1 for o in there)
        for w in words
    )
    return met <= len(words) // 4


NEIGHBOURHOOD = 3
"""Characters between sentences that stand beside each other."""
SIDES: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("ru", "en"))
MATCHED = 0.05
"""Probability from which a match counts here: chance links must not hide an omission."""


def _met(pair: Pair, lang: Lang, places: Sequence[int]) -> int:
    """How many of the words have a counterpart."""
    met = pair.matches[0 if lang == "en" else 1]
    return sum(n in met and met[n][1] >= MATCHED for n in places)


def _content(side: Side, start: int, end: int) -> list[int]:
    return [n for n, w in enumerate(side.words) if w.content and start <= w.start < end]


SWALLOWED, SWALLOWED_SHORT = 0.8, 0.6
"""Confidence of a sentence without any counterpart in a bead of several: of three content words and more, or of two."""


def _swallowed(pair: Pair) -> Iterator[Difference]:
    """Sentences of a bead that none of the other side's words translates, while the rest of the bead explains it all."""
    for lang, other in SIDES:
        side = pair.side(lang)
        if len(side.sentences) < 2:
            continue
        sentences = [(side.version.sentences or ())[i] for i in side.sentences]
        shares = []
        for sentence in sentences:
            words = _content(side, sentence.start, sentence.end)
            shares.append((_met(pair, lang, words) / len(words) if words else 1.0, len(words), sentence))
        lowest, size, sentence = min(shares, key=lambda s: (s[0], s[2].start))
        others = [s for s in shares if s[2] is not sentence]
        theirs = _content(pair.side(other), pair.side(other).start, pair.side(other).end)
        free = len(theirs) - _met(pair, other, theirs)
        alone = lowest == 0 and size >= 3
        if size < 2 or lowest > 0.2 or min(s[0] for s in others) < 0.3:
            continue
        if free > max(1, size // 2) and not alone:
            continue
        confidence = SWALLOWED if size >= 3 and free <= size else SWALLOWED_SHORT
        yield _missing(pair, lang, sentence.start, sentence.end, confidence, "sentence")


LEAST_WORDS = 2
"""Fewest content words of a clause that is looked for."""
BREAKS = frozenset(",;:—–()")
CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "conj", "appos", "nmod", "obl", "parataxis", "ccomp"})


def _clauses(pair: Pair) -> Iterator[Difference]:
    """The longest stretch of a side without counterpart, where the other side has nothing left that could render it."""
    for lang, other in SIDES:
        side, there = pair.side(lang), pair.side(other)
        theirs = _content(there, there.start, there.end)
        ours = _content(side, side.start, side.end)
        free = len(theirs) - _met(pair, other, theirs)
        best = max(_stretches(pair, lang), key=lambda s: (s[2], -s[0]), default=None)
        if best is None or len(theirs) < 3:
            continue
        start, end, size = best
        rest = [n for n in ours if not start <= side.words[n].start < end]
        close = _met(pair, lang, rest) / len(rest) if rest else 0.0
        confidence = _weight(size, free, close, len(side.text), end - start, len(there.text), lang)
        if confidence >= 0.25:
            yield _missing(pair, lang, start, end, confidence, "clause")


def _weight(size: int, free: int, close: float, ours: int, clause: int, theirs: int, lang: Lang) -> float:
    """How sure a clause is missing: by its words, by the other side's words left over, by how close the rest is, and by
    whether the lengths agree better without it."""
    whole, without = abs(log(ours / theirs)), abs(log(max(1, ours - clause) / theirs))
    score = (
        0.7 * (size - 2)
        - (0.8 if size < 3 else 0.0)
        - 0.9 * free
        + 4.0 * (close - 0.75)
        + 5.0 * (whole - without)
    )
    return 1 / (1 + 2.718281828 ** -(score - OFFSET))


OFFSET = 0.75
"""Where the scale of clauses lies: fitted by hand on the planted clauses and faithful passages."""


def _stretches(pair: Pair, lang: Lang) -> Iterator[tuple[int, int, int]]:
    """Stretches between breaks and subtrees of the parse whose content words all lack a counterpart: start, end, words."""
    side = pair.side(lang)
    for start, end in dict.fromkeys([*_between_breaks(side), *_subtrees(side)]):
        words = _content(side, start, end)
        if len(words) >= LEAST_WORDS and _met(pair, lang, words) == 0 and end - start < 0.7 * len(side.text):
            yield start, end, len(words)


def _between_breaks(side: Side) -> Iterator[tuple[int, int]]:
    text, cuts = side.version.text, [side.start]
    cuts += [i + 1 for i in range(side.start, side.end) if text[i] in BREAKS]
    cuts.append(side.end)
    for i, start in enumerate(cuts[:-1]):
        for end in cuts[i + 1 : i + 3]:
            yield _trimmed(text, start, end)


def _subtrees(side: Side) -> Iterator[tuple[int, int]]:
    index = {w.token.i for w in side.words}
    for word in side.words:
        if word.token.dep_ in CLAUSES:
            inside = [t for t in word.token.subtree if t.i in index]
            yield _trimmed(side.version.text, inside[0].idx, inside[-1].idx + len(inside[-1]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum() and text[start] not in '«“"':
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in '»”"%':
        end -= 1
    return start, end


def _missing(pair: Pair, lang: Lang, start: int, end: int, confidence: float, unit: str) -> Difference:
    side = pair.side(lang)
    span = evidence(side.version, start, end, BY)
    detail = {"unit": unit, "words": str(len(span.text.split()))}
    sure = confidence * min(1.0, pair.sure + (0.25 if unit == "sentence" else 0.0))
    said = f"The {pair.other(lang).called} has no such {unit}."
    if lang == "en":
        return difference("omission", span, None, sure, said, **detail)
    return difference("addition", None, span, sure, said, **detail)


REWRITTEN, EXCHANGED = 0.4, 0.75
"""What is left of an unmatched sentence beside an unmatched one of the other side: in two languages it may be a free
translation, in two editions the aligner has found no word in common."""


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
        confidence *= EXCHANGED if version.edition else REWRITTEN
        detail["rivals"] = str(null.rivals)
    if words <= SHORT:
        confidence *= 0.5 if words < SHORT else 0.8
    if null.alone and words >= SHORT and not null.rivals:
        confidence = max(confidence, ALONE)
    if quiet:
        confidence *= 0.2
        detail["coverage"] = "partial"
    if null.lang == "en":
        said = f"The {work.versions['ru'].called} has no such sentence."
        return difference("omission", span, None, confidence, said, **detail)
    said = f"The {work.versions['en'].called} has no such sentence."
    return difference("addition", None, span, confidence, said, **detail)
