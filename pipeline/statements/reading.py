"""What the rules of this package read: a version, its parse, its people and its quotations, findable by offset."""

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pipeline.document import Version
from pipeline.statements.cues import Speaker
from pipeline.statements.people import People
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation, quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

ABBREVIATED = re.compile(r"(?:\.\.|\b(?:г|гг|т|п|н|U\.S|U\.N|a\.m|p\.m|Inc|Jr)\.)$")
"""A stop that belongs to the words before it."""
SPOKEN_IN = ("body", "abstract", "footnote")
"""The roles of paragraphs whose words may be statements; a quotation in a title only announces one."""


class Found(NamedTuple):
    """A stretch of content with who said it and what says so; stretches of one quotation share `group`."""

    start: int
    end: int
    kind: str
    speaker: Speaker
    cue: tuple[int, int] | None
    rule: str
    group: int | None = None


class Reading:
    """A version ready for the rules; nothing here changes while they run."""

    def __init__(self, version: Version, doc: "Doc", people: People) -> None:
        self.version, self.doc, self.people = version, doc, people
        self.text, self.lang = version.text, version.lang
        self.paragraphs = [(p.start, p.end) for p in version.paragraphs or ()]
        self.roles = [p.role for p in version.paragraphs or ()]
        self.quotations = quotations(version.text, self.paragraphs)
        self._tokens = [t.idx for t in doc]
        self._here: dict[int, list[int]] = {}
        self._paragraph_starts = [start for start, _ in self.paragraphs]
        self._sentences = [(s.start, s.end) for s in version.sentences or ()]
        self._sentence_starts = [start for start, _ in self._sentences]
        for index, quotation in enumerate(self.quotations):
            self._here.setdefault(self.paragraph(quotation.opened), []).append(index)

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin in [start, end)."""
        return bisect_left(self._tokens, start), bisect_left(self._tokens, end)

    def paragraph(self, at: int) -> int:
        """The index of the paragraph that an offset lies in."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that an offset lies in, or the one before it."""
        i = max(0, bisect_right(self._sentence_starts, at) - 1)
        return self._sentences[i] if self._sentences else (0, len(self.text))

    def spoken(self, at: int) -> bool:
        """Whether statements may stand here: in running text, not in titles or lists of references."""
        return bool(self.roles) and self.roles[self.paragraph(at)] in SPOKEN_IN

    def siblings(self, index: int) -> list[int]:
        """The quotations beside one: in the same paragraph and inside the same outer quotation."""
        mine = self.quotations[index]
        here = self._here[self.paragraph(mine.opened)]
        return [i for i in here if self.quotations[i].parent == mine.parent]

    def near(self, at: int) -> list[Quotation]:
        """The quotations of the paragraph that an offset lies in."""
        return [self.quotations[i] for i in self._here.get(self.paragraph(at), ())]

    def around(self, start: int, end: int) -> list[Quotation]:
        """The outermost quotations that overlap a stretch without containing it."""
        inside = [
            q
            for q in self.near(start)
            if q.opened < end and start < q.closed and not (q.start <= start and end <= q.end)
        ]
        return [q for q in inside if q.parent is None or self.quotations[q.parent] not in inside]

    def quotation(self, at: int) -> Quotation | None:
        """The innermost quotation around an offset."""
        inside = [q for q in self.near(at) if q.opened <= at < q.closed]
        return max(inside, key=lambda q: q.depth) if inside else None

    def quoted(self, at: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        return any(q.opened <= at < q.closed for q in self.near(at) if q.depth == 0)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without white space, dashes and the comma or stop that the sentence around it put there."""
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:—–-."):
            start += 1
        while end > start and (
            self.text[end - 1].isspace()
            or (
                self.text[end - 1] in ",;:—–-."
                and not ABBREVIATED.search(self.text, max(start, end - 5), end)
            )
        ):
            end -= 1
        return start, end


def named(speaker: Speaker) -> bool:
    """Only what somebody named says is a statement."""
    return speaker.person is not None


__all__ = ["Found", "Person", "Reading", "named"]
