"""Sentences in portions of like size, so that a model needs as much memory for one as for any other."""

from collections.abc import Iterable, Iterator

ROOM = 4096
"""Letters of a portion: some 700 words."""


def portions(sentences: Iterable[str], room: int = ROOM) -> Iterator[list[str]]:
    """The sentences in order, as many at a time as have room; one that is too long for any portion stands alone.

    >>> list(portions(["Да.", "Нет.", "Да.", "Не знаю."], room=12))
    [['Да.', 'Нет.', 'Да.'], ['Не знаю.']]
    """
    portion: list[str] = []
    filled = 0
    for sentence in sentences:
        if portion and filled + len(sentence) > room:
            yield portion
            portion, filled = [], 0
        portion.append(sentence)
        filled += len(sentence)
    if portion:
        yield portion
