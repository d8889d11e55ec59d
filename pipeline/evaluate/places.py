"""Where a gold annotation stands in the text that came out of ingest, counted in letters and digits.

Repairs change hyphens, spaces and quotation marks, never letters and digits; so places are compared on these alone.
"""

from itertools import accumulate
from typing import NamedTuple


class Place(NamedTuple):
    """A stretch counted in letters and digits from the start of the text; half-open."""

    start: int
    end: int

    def overlap(self, other: "Place") -> float:
        """Shared length over the length of both together (Jaccard)."""
        shared = self._shared(other)
        return shared / (self.length + other.length - shared) if shared else 0.0

    def covered(self, other: "Place") -> float:
        """Which share of this place the other one holds."""
        return self._shared(other) / self.length if self.length else 0.0

    def met(self, other: "Place") -> float:
        """Which share of the shorter of the two places they have in common."""
        shorter = min(self.length, other.length)
        return self._shared(other) / shorter if shorter else 0.0

    @property
    def length(self) -> int:
        return self.end - self.start

    def _shared(self, other: "Place") -> int:
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Letters:
    """A text reduced to its letters and digits in lower case, with the way back to offsets.

    >>> Letters("A-b, c").place(2, 6)
    Place(start=1, end=3)
    """

    def __init__(self, text: str) -> None:
        kept = [c.isalnum() for c in text]
        self.text = "".join(
            c.lower() if len(c.lower()) == 1 else c for c, keep in zip(text, kept, strict=True) if keep
        )
        self._before = [0, *accumulate(map(int, kept))]

    def place(self, start: int, end: int) -> Place:
        return Place(self._before[start], self._before[min(end, len(self._before) - 1)])

    def find(self, piece: str, occurrence: int = 0) -> Place | None:
        """The piece's place, by its letters and digits."""
        wanted = Letters(piece).text
        at = -1
        for _ in range(occurrence + 1):
            at = self.text.find(wanted, at + 1)
            if at < 0:
                return None
        return Place(at, at + len(wanted))


def locate(
    output: Letters, source: Letters, piece: str, start: int | None, occurrence: int = 0
) -> Place | None:
    """Where a gold piece stands in the output: by its offset in the source file where ingest kept every letter,
    else by searching for it."""
    if start is not None and source.text == output.text:
        return source.place(start, start + len(piece))
    return output.find(piece, occurrence)
