"""The two versions set side by side: paragraph rows, and inside each the sentence lines."""

from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from pipeline.document import Bead, Lang, Paragraph, Passage, Sentence, Version, Work
from pipeline.report.marks import Segment, cut, marks_of
from pipeline.report.weave import Fate, Line, weave


class Stretch(Struct, frozen=True):
    """Sentences of one line in one column, at grid line `place`; without segments it is the gap of a null bead."""

    place: int
    fate: Fate
    bead: int | None
    segments: tuple[Segment, ...] = ()


class Block(Struct, frozen=True):
    """One paragraph in its column, with the passages (by number) that begin in it."""

    index: int
    role: str
    stretches: tuple[Stretch, ...]
    passages: tuple[tuple[int, Passage], ...]


class Row(Struct, frozen=True):
    """Paragraphs that stand side by side; `partner` is the paragraph where a moved one's counterpart stands."""

    number: int
    fate: Fate
    en: tuple[Block, ...]
    ru: tuple[Block, ...]
    partner: int | None = None


class Column(Struct):
    """One version ready to be set: its text cut at every paragraph, sentence and mark."""

    version: Version
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    segments: list[Segment]
    starts: list[int]
    members: dict[int, list[int]]
    passages: dict[int, list[tuple[int, Passage]]]

    def stretch(self, sentences: list[int]) -> tuple[Segment, ...]:
        """The segments from the first sentence up to the sentence after the last, or to the paragraph's end."""
        paragraph = self.sentences[sentences[0]].paragraph
        members = self.members[paragraph]
        first = (
            self.sentences[sentences[0]].start
            if sentences[0] != members[0]
            else self.paragraphs[paragraph].start
        )
        rest = members[members.index(sentences[-1]) + 1 :]
        last = self.sentences[rest[0]].start if rest else self.paragraphs[paragraph].end
        return tuple(self.segments[bisect_left(self.starts, first) : bisect_left(self.starts, last)])


def column(work: Work, lang: Lang) -> Column:
    """A version's column; a text without paragraphs is one, and a paragraph without sentences is one sentence."""
    version = work.versions[lang]
    paragraphs = version.paragraphs or (Paragraph(start=0, end=len(version.text)),)
    sentences = version.sentences or ()
    bare = set(range(len(paragraphs))) - {s.paragraph for s in sentences}
    sentences += tuple(
        Sentence(start=paragraphs[i].start, end=paragraphs[i].end, paragraph=i) for i in sorted(bare)
    )
    parts: tuple[Paragraph | Sentence, ...] = (*paragraphs, *sentences)
    segments = cut(
        version.text, marks_of(work, lang), (edge for part in parts for edge in (part.start, part.end))
    )
    members: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        members.setdefault(sentence.paragraph, []).append(number)
    return Column(
        version,
        paragraphs,
        sentences,
        segments,
        [s.start for s in segments],
        members,
        _passages(version, paragraphs),
    )


def _passages(version: Version, paragraphs: tuple[Paragraph, ...]) -> dict[int, list[tuple[int, Passage]]]:
    found: dict[int, list[tuple[int, Passage]]] = {}
    ends = [p.end for p in paragraphs]
    for number, passage in enumerate(version.passages or (), 1):
        home = min(bisect_left(ends, passage.start + 1), len(ends) - 1)
        found.setdefault(home, []).append((number, passage))
    return found


def rows(work: Work) -> list[Row]:
    """The whole page, row by row."""
    en = column(work, "en") if "en" in work.versions else None
    ru = column(work, "ru") if "ru" in work.versions else None
    beads = [(number, bead) for number, bead in enumerate(work.alignment)]
    paragraphs = [(n, b.en, b.ru) for n, b in beads if b.level == "paragraph"]
    sentences = [(n, b.en, b.ru) for n, b in beads if b.level == "sentence"]
    if not paragraphs and en and ru:
        paragraphs = list(_voted([b for _, b in beads], en, ru))
    lines = weave(
        paragraphs, range(len(en.paragraphs)) if en else (), range(len(ru.paragraphs)) if ru else ()
    )
    return [_row(number, line, en, ru, sentences) for number, line in enumerate(lines, 1)]


def _voted(
    beads: list[Bead], en: Column, ru: Column
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """Paragraph beads where only sentences were aligned: the pairs that share most sentence beads."""
    votes: dict[tuple[int, int], int] = {}
    for bead in beads:
        for pair in {
            (en.sentences[e].paragraph, ru.sentences[r].paragraph) for e in bead.en for r in bead.ru
        }:
            votes[pair] = votes.get(pair, 0) + 1
    taken: set[tuple[str, int]] = set()
    for number, (e, r) in enumerate(sorted(votes, key=lambda pair: (-votes[pair], pair))):
        if not taken & {("en", e), ("ru", r)}:
            taken |= {("en", e), ("ru", r)}
            yield number, (e,), (r,)


def _row(
    number: int,
    line: Line,
    en: Column | None,
    ru: Column | None,
    beads: list[tuple[int, tuple[int, ...], tuple[int, ...]]],
) -> Row:
    own_en = [s for p in line.en for s in en.members[p]] if en else []
    own_ru = [s for p in line.ru for s in ru.members[p]] if ru else []
    placed = _placed(weave(beads, own_en, own_ru), en, ru)
    left = _blocks(en, line.en, [(place, line, line.en) for place, line in placed]) if en else ()
    right = _blocks(ru, line.ru, [(place, line, line.ru) for place, line in placed]) if ru else ()
    return Row(number, line.fate, left, right, line.partner[0] if line.partner else None)


def _placed(lines: list[Line], en: Column | None, ru: Column | None) -> list[tuple[int, Line]]:
    """Lines with their grid places; a line that runs over a paragraph's end takes a place for each paragraph."""
    placed, place = [], 1
    for line in lines:
        placed.append((place, line))
        heights = [
            len({c.sentences[i].paragraph for i in side}) for c, side in ((en, line.en), (ru, line.ru)) if c
        ]
        place += max(1, *heights)
    return placed


def _blocks(
    own: Column, paragraphs: tuple[int, ...], lines: list[tuple[int, Line, tuple[int, ...]]]
) -> tuple[Block, ...]:
    stretches: dict[int, list[Stretch]] = {p: [] for p in paragraphs}
    here = paragraphs[0] if paragraphs else None
    for place, line, sentences in lines:
        homes = sorted({own.sentences[i].paragraph for i in sentences})
        if not homes and here is not None:
            stretches[here].append(Stretch(place, line.fate, line.bead))
        for step, here in enumerate(homes):
            inside = [i for i in sentences if own.sentences[i].paragraph == here]
            stretches[here].append(Stretch(place + step, line.fate, line.bead, own.stretch(inside)))
    return tuple(
        Block(p, own.paragraphs[p].role, tuple(stretches[p]), tuple(own.passages.get(p, ())))
        for p in paragraphs
    )
