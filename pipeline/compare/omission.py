"""Sentences and clauses that stand in one version only.

A null bead is an omission (English only) or an addition (Russian only) unless the other side has an unmatched sentence
in the same gap: then it is rather a free translation. A version that translates one stretch of the other and nothing
else (an abstract, a summary) is partial: the rest is not omitted.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.compare import left_out, lists, restrictors, translations
from pipeline.compare.anchors import Anchor, anchors
from pipeline.compare.constituents import Constituent
from pipeline.compare.finding import REPORTED, difference, evidence, missing
from pipeline.compare.left_out import Looked
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.reading import Reading
from pipeline.compare.traits import acronym
from pipeline.compare.translations import probability, stem
from pipeline.document import Bead, Difference, Lang, Work

BY = "omission"
PARTIAL = 0.5
"""A version is partial when less than this share of the other is matched."""
SHORT = 3
"""Sentences of fewer words are fragments: a dash, a label, "He said."."""


class Null(NamedTuple):
    """An unmatched sentence, with how many unmatched sentences of the other side share its gap, and which one if it is only one."""

    lang: Lang
    sentence: int
    score: float
    rivals: int
    rival: int | None = None
    alone: bool = False
    shrunk: bool = False


def compare(work: Work, pairs: Sequence[Pair], en: Reading, ru: Reading) -> Iterator[Difference]:
    """The omissions and additions of whole sentences, and of sentences and clauses inside the pairs."""
    quiet = partial(work)
    for null in nulls(work.alignment):
        null = null._replace(alone=_alone(work, null, pairs), shrunk=_shrunk(work, null))
        yield _difference(work, null, quiet=null.lang in quiet)
    met = [anchors(pair, en, ru) for pair in pairs]
    looked = _looked(pairs, met)
    usual = [left_out.usual_surplus(side) for side in looked]
    for n, pair in enumerate(pairs):
        found = [*_in_one_place(pair), *swallowed(pair)]
        if not found:
            found = list(
                _clauses(pair, [(side[n], often) for side, often in zip(looked, usual, strict=True)])
            )
            more = (*_members(pair, met[n]), *_restrictors(pair))
            found += (one for one in more if not any(_overlap(one, other) for other in found))
        yield from found


def _looked(pairs: Sequence[Pair], met: Sequence[Sequence[Anchor]]) -> list[list[Looked]]:
    """For each side of every pair what may be left out of it."""
    longer = left_out.usual(pairs)
    return [
        [left_out.look(pair, lang, longer, here) for pair, here in zip(pairs, met, strict=True)]
        for lang, _ in SIDES
    ]


SHORTER = 0.5
"""Share of the characters of an unmatched sentence that the only one in its place has at most, where a part is left out."""


def _shrunk(work: Work, null: Null) -> bool:
    """The only unmatched sentence of the other side in this place is so short that it can render a part only: "It has shrunk; whether it
    would last, nobody knows", «Она уменьшилась»."""
    if null.rival is None:
        return False
    there: Lang = "ru" if null.lang == "en" else "en"
    own = (work.versions[null.lang].sentences or ())[null.sentence]
    other = (work.versions[there].sentences or ())[null.rival]
    return other.end - other.start <= SHORTER * (own.end - own.start)


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


UNLIKE = 0.9
"""Confidence of two sentences that share a place and nothing else."""
LACKING, UNMET = 0.4, 0.25
"""Mean probability of missing words from which the judge takes a sentence for one that the other side lacks, and the share of its words
that may have a counterpart all the same."""
SOME = 2
"""Content words of a sentence that tell whether it has a counterpart."""


def _in_one_place(pair: Pair) -> Iterator[Difference]:
    """A sentence left out and another put in where it stood, so that the aligner takes them for one: no word translates another, and the
    judge finds those of both lacking."""
    sides = [(lang, pair.side(lang)) for lang, _ in SIDES]
    few = any(len(_content(side, side.start, side.end)) < SOME for _, side in sides)
    if few or pair.coverage != (0.0, 0.0):
        return
    if all(pair.missing(lang, side.start, side.end) >= LACKING for lang, side in sides):
        yield from (missing(pair, lang, side.start, side.end, UNLIKE, "sentence") for lang, side in sides)


SWALLOWED, SWALLOWED_SHORT = 0.8, 0.6
"""Confidence of a sentence without any counterpart in a bead of several: of three content words and more, or of two."""


def swallowed(pair: Pair) -> Iterator[Difference]:
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
        if size < SOME or min(s[0] for s in others) < 0.3:
            continue
        lacking = lowest <= UNMET and pair.missing(lang, sentence.start, sentence.end) >= LACKING
        if lowest > 0.2 and not lacking:
            continue
        if free > max(1, size // 2) and not (alone and free < size) and not lacking:
            continue  # what nothing there renders may well be rendered by as many words that render nothing
        confidence = SWALLOWED if size >= 3 else SWALLOWED_SHORT
        yield missing(pair, lang, sentence.start, sentence.end, confidence, "sentence")


LEAST = 0.25
"""Weight below which a clause is not worth listing."""
ROOM = 3
"""Fewest content words of a side that could have rendered the other's clause."""


def _clauses(pair: Pair, looked: Sequence[tuple[Looked, float]]) -> Iterator[Difference]:
    """The constituent of each side that is likeliest to be left out of the other."""
    for here, usual in looked:
        there = pair.other(here.lang)
        if len(_content(there, there.start, there.end)) < ROOM:
            continue
        found = here.surest(usual)
        if found is None or found.weight < LEAST or _written_out(pair, here.lang, found.constituent):
            continue
        words = pair.side(here.lang).words[found.constituent.first : found.constituent.stop]
        start, end = trimmed(pair.side(here.lang).version.text, words[0].start, words[-1].end)
        yield missing(pair, here.lang, start, end, found.weight, "clause")


MEMBER = 0.8
"""Confidence of a lost member of a list."""


def _members(pair: Pair, met: Sequence[Anchor]) -> Iterator[Difference]:
    """Members of lists that the other version's list lacks."""
    for lang, _ in SIDES:
        side = pair.side(lang)
        for one in lists.lost(pair, lang, met):
            start, end = side.words[one.first].start, side.words[one.stop - 1].end
            yield missing(pair, lang, start, end, MEMBER, "clause")


RESTRICTOR = 0.45
"""Confidence of a lost restrictor: listed, not reported. In paragraphs where restrictors were planted 26 of 30 such findings are real; in works
and news, where few were, most tell of a translator's freedom."""


def _restrictors(pair: Pair) -> Iterator[Difference]:
    """ "Only", "in part", "almost", which the Russian version does not say."""
    for one in restrictors.lost(pair):
        yield missing(pair, "en", one.start, one.end, RESTRICTOR, "restriction")


def _overlap(a: Difference, b: Difference) -> bool:
    """Both tell of one stretch, and the other one is no less sure."""
    sides = ((a.en, b.en), (a.ru, b.ru))
    return b.confidence >= REPORTED and any(x and y and x.start < y.end and y.start < x.end for x, y in sides)


def _written_out(pair: Pair, lang: Lang, one: Constituent) -> bool:
    """An organisation by its whole name, for which the other version has a short one: «Национальный профсоюз… (GMB)», "the GMB"."""
    side, other = pair.side(lang), pair.other(lang)
    if (
        one.stop < len(side.words)
        and acronym(side.words[one.stop])
        and pair.match(lang, one.stop) is not None
    ):
        return True
    named = {
        n
        for e in side.within(side.version.entities or ())
        if e.type == "ORG"
        for n in one.content
        if e.start <= side.words[n].start < e.end
    }
    return 2 * len(named) >= len(one.content) and any(
        _short_name(w, other.lang) and pair.match(other.lang, n) is None for n, w in enumerate(other.words)
    )


def _short_name(word: Word, lang: Lang) -> bool:
    """«ФСИН», «Минэкономразвития»."""
    return acronym(word) or (word.name and not translations.known(word.stem, lang))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the marks and spaces around it, but for quotation marks."""
    while start < end and not text[start].isalnum() and text[start] not in '«“"':
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in '»”"%':
        end -= 1
    return start, end


REWRITTEN, EXCHANGED = 0.4, 0.75
"""What is left of an unmatched sentence beside an unmatched one of the other side: in two languages it may be a free
translation, but not one half as long; in two editions the aligner has found no word in common."""


def nulls(alignment: tuple[Bead, ...]) -> Iterator[Null]:
    """The null beads with the rivals in their gap."""
    gap: list[Bead] = []
    for bead in [*(b for b in alignment if b.level == "sentence"), None]:
        if bead is not None and not (bead.en and bead.ru):
            gap.append(bead)
            continue
        en, ru = [i for b in gap for i in b.en], [i for b in gap for i in b.ru]
        for null in gap:
            yield from (Null("en", i, null.score, len(ru), _only(ru)) for i in null.en)
            yield from (Null("ru", i, null.score, len(en), _only(en)) for i in null.ru)
        gap = []


def _only(sentences: Sequence[int]) -> int | None:
    return sentences[0] if len(sentences) == 1 else None


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
        confidence *= EXCHANGED if version.edition or null.shrunk else REWRITTEN
        detail["rivals"] = str(null.rivals)
    if words <= SHORT:
        confidence *= 0.5 if words < SHORT else 0.8
    if null.alone and words >= SHORT and not null.rivals:
        confidence = max(confidence, ALONE)
    if quiet:
        confidence *= 0.2
        detail["coverage"] = "partial"
    lacks = "a part of this sentence at most" if null.shrunk else "no such sentence"
    if null.lang == "en":
        said = f"The {work.versions['ru'].called} has {lacks}."
        return difference("omission", span, None, confidence, said, **detail)
    said = f"The {work.versions['en'].called} has {lacks}."
    return difference("addition", None, span, confidence, said, **detail)
