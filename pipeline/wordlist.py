"""Many words in little memory: one after another in the order of their letters, in one block of bytes.

As Python's strings in a dictionary a million words take 150 MB, and were most of what a worker held.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

ABSENT = -1


class WordList:
    """Words by number and numbers by word, found in some twenty steps.

    >>> words = WordList(b"bank\\nbanks\\ncourt")
    >>> words.find("banks"), words.find("bans"), words[2], len(words)
    (1, -1, 'court', 3)
    >>> [WordList("суд\\nсуды".encode()).find(word) for word in ("суды", "суд", "")]
    [1, 0, -1]
    """

    def __init__(self, lines: bytes) -> None:
        """`lines`: a word a line, in the order of their bytes, which in UTF-8 is that of their letters."""
        self._lines = _Lines(lines)

    def find(self, word: str) -> int:
        """The number of a word; -1 where it is not among them."""
        wanted = word.encode(errors="surrogatepass")
        at = bisect_left(self._lines, wanted)
        return at if at < len(self) and self._lines[at] == wanted else ABSENT

    def __getitem__(self, number: int) -> str:
        return self._lines[number].decode()

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.text.decode().split("\n"))


class _Lines(Sequence[bytes]):
    """The lines of a text by number."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
        self.starts = array("I", [0])
        self.starts.frombytes((ends + 1).astype(np.uint32).tobytes())
        self.starts.append(len(text) + 1)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    def __len__(self) -> int:
        return len(self.starts) - 1
