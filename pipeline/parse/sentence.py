"""What every back end returns for one sentence: plain columns, one value a token."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class ParsedSentence(NamedTuple):
    """One sentence, token by token.

    `offsets` are code points from the sentence's start; `heads` are token indices (a root points to itself);
    `deps`, `pos` and `morphs` are Universal Dependencies; `lemmas` are lower case, with е for ё; `entities` are
    (start, end, label) over tokens, half-open.
    """

    words: list[str]
    offsets: list[int]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]
    entities: list[tuple[int, int, str]]


class Backend(Protocol):
    """A parser of one language: sentences in, one ParsedSentence each, in order."""

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]: ...


def one_tree(heads: list[int], deps: list[str]) -> tuple[list[int], list[str]]:
    """The same arcs as one rooted tree: further roots become parataxis of the first, cycles are cut where
    they close. A neural parser chooses each head by itself, so neither is guaranteed.

    >>> one_tree([1, 0, 2], ["nsubj", "obj", "root"])
    ([2, 0, 2], ['parataxis', 'obj', 'root'])
    """
    heads, deps = list(heads), list(deps)
    roots = [i for i, head in enumerate(heads) if head == i]
    if not roots and heads:
        heads[0], deps[0], roots = 0, "root", [0]
    for other in roots[1:]:
        heads[other], deps[other] = roots[0], "parataxis"
    reached = [False] * len(heads)
    if roots:
        reached[roots[0]] = True
    for start in range(len(heads)):
        path, node = [], start
        while not reached[node] and node not in path:
            path.append(node)
            node = heads[node]
        if not reached[node]:
            heads[node], deps[node] = roots[0], "parataxis"
        for seen in path:
            reached[seen] = True
    return heads, deps
