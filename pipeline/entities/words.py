"""The words of a document in columns of plain values, each read once.

Every candidate is looked at from sixty sides, so a word is asked for its letters, lemma or head some fifty times; from a
column that takes a fifth of the time that it takes through the `Doc`'s tokens.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline import lately

if TYPE_CHECKING:
    from spacy.tokens import Doc

INSIDE = 1
"""spaCy's number for a token that continues an entity."""


class Words:
    """A document by columns: `words.lower[i]` is what `doc[i].lower_` is. Equal strings are one object."""

    def __init__(self, doc: "Doc") -> None:
        from spacy import attrs

        names = {0: ""}

        def written(attribute: int) -> list[str]:
            numbers = doc.to_array(attribute).tolist()
            names.update((n, doc.vocab.strings[n]) for n in set(numbers) - names.keys())
            return [names[n] for n in numbers]

        def flags(attribute: int) -> list[bool]:
            return doc.to_array(attribute).astype(bool).tolist()

        self.lang: str = doc.lang_
        self.whole: str = doc.text
        self.text, self.lower = written(attrs.ORTH), written(attrs.LOWER)
        self.lemma, self.dep = written(attrs.LEMMA), written(attrs.DEP)
        self.pos, self.label = written(attrs.POS), written(attrs.ENT_TYPE)
        self.morph = written(attrs.MORPH)
        self.is_space, self.is_punct = flags(attrs.IS_SPACE), flags(attrs.IS_PUNCT)
        self.is_alpha, self.like_num = flags(attrs.IS_ALPHA), flags(attrs.LIKE_NUM)
        self.blank_after = flags(attrs.SPACY)
        self.is_sent_start: list[bool] = (doc.to_array(attrs.SENT_START).astype(np.int64) == 1).tolist()
        self.continues: list[bool] = (doc.to_array(attrs.ENT_IOB) == INSIDE).tolist()
        self.offset: list[int] = doc.to_array(attrs.IDX).tolist()
        heads = np.arange(len(doc)) + doc.to_array(attrs.HEAD).astype(np.int64)
        self.head: list[int] = heads.tolist()
        self._under = np.argsort(heads, kind="stable").tolist()
        self._first_under = np.searchsorted(heads[self._under], np.arange(len(doc) + 1)).tolist()

    @cached_property
    def inside_sentences(self) -> frozenset[str]:
        """The words that stand elsewhere than at the beginning of a sentence."""
        return frozenset(text for text, opens in zip(self.text, self.is_sent_start, strict=True) if not opens)

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> str:
        """The text of some words, as it stands."""
        return self.whole[self.offset[start] : self.offset[end - 1] + len(self.text[end - 1])]

    def children(self, i: int) -> Iterator[int]:
        """The words that depend on a word, in text order."""
        return (child for child in self._under[self._first_under[i] : self._first_under[i + 1]] if child != i)

    def root(self, start: int, end: int) -> int:
        """The word that the others depend on: the first of those nearest to the root of the sentence, as in spaCy no mark."""
        heads = self.head
        own_head = next((i for i in range(start, end) if heads[i] == i), None)
        if own_head is not None:
            return own_head
        outward = [i for i in range(start, end) if not start <= heads[i] < end]
        return min(outward, key=self._depth) if len(outward) > 1 else outward[0] if outward else start

    def values(self, i: int, name: str) -> tuple[str, ...]:
        """The values of a grammatical feature of a word, such as its case; nearly always one or none."""
        return _values(self.morph[i], name)

    def _depth(self, i: int) -> int:
        if (self.is_space[i] or self.is_punct[i]) and next(self.children(i), None) is None:
            return len(self)
        depth = 0
        while self.head[i] != i:
            i, depth = self.head[i], depth + 1
        return depth


@lru_cache(maxsize=lately.WORDS)
def _values(features: str, name: str) -> tuple[str, ...]:
    """
    >>> _values("Case=Gen|Number=Sing", "Number"), _values("", "Case")
    (('Sing',), ())
    """
    found = dict(feature.split("=", 1) for feature in features.split("|") if "=" in feature)
    return tuple(found[name].split(",")) if name in found else ()
