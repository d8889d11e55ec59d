"""Who may be meant by a name: the people of a document, found by how the words of their names begin."""

from collections import defaultdict
from itertools import count

from pipeline.statements.person import Person, name_words

OPENING = 3
"""Letters that two forms of one Russian name share at least; see `person.known_by`."""


class Namesakes:
    """People in the order in which the document introduces them."""

    def __init__(self) -> None:
        self._order: dict[Person, int] = {}
        self._numbers = count()
        self._begin: defaultdict[str, set[Person]] = defaultdict(set)

    def add(self, person: Person) -> None:
        """Take a person in, or a fuller name of somebody already in."""
        if person not in self._order:
            self._order[person] = next(self._numbers)
        for word in name_words(person.name):
            self._begin[word[:OPENING]].add(person)

    def of(self, words: tuple[str, ...]) -> list[Person]:
        """Everybody whom a name may mean: "Lupu" both Ion and Ana Lupu, «Лупу» too."""
        near = self._begin.get(words[-1][:OPENING], ()) if words else ()
        return sorted((p for p in near if p.known_by(words)), key=self._order.__getitem__)

    def people(self) -> list[Person]:
        return list(self._order)

    def remove(self, person: Person) -> None:
        """Forget somebody who turned out to be somebody else."""
        del self._order[person]
        for word in name_words(person.name):
            self._begin[word[:OPENING]].discard(person)
