"""Where the headwords of the thesaurus stand in a sentence, and what renders them on the other side."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.align.stem import stem
from pipeline.compare import thesaurus
from pipeline.compare.thesaurus import Phrase

if TYPE_CHECKING:
    from pipeline.compare.pairs import Word

Stretch = tuple[int, int]
"""The places of a phrase's first and last word."""
Forms = Sequence[frozenset[str]]
"""The forms by which the words of a side are looked up: as they stand, and their lemmas."""


def forms(words: Sequence["Word"]) -> Forms:
    return [_forms(w.lemma, w.token.lower_.replace("ё", "е")) for w in words]


@lru_cache(maxsize=50_000)
def _forms(lemma: str, form: str) -> frozenset[str]:
    return frozenset({lemma, form, _root(lemma), _root(form)})


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    """How a word is looked up whatever its ending: «воздушное судно», «воздушных судов»; «разочарованный», «разочарованы»."""
    return f"{stem(word)}~"


def headwords(here: Forms) -> Mapping[int, list[Stretch]]:
    """The entries whose headword or synonym stands in an English side, by number, with the places."""
    index = _by_first_word()
    found: dict[int, list[Stretch]] = {}
    for n, there in enumerate(here):
        for number, phrase in (p for form in sorted(there) for p in index.get(form, ())):
            if _stands(phrase, here, n):
                found.setdefault(number, []).append((n, n + len(phrase) - 1))
    return dict(sorted(found.items()))


@cache
def _by_first_word() -> Mapping[str, list[tuple[int, Phrase]]]:
    index: dict[str, list[tuple[int, Phrase]]] = {}
    for number, entry in enumerate(thesaurus.entries()):
        for phrase in entry.english:
            index.setdefault(phrase[0], []).append((number, phrase))
    return index


class Index:
    """The words of a Russian side by their forms."""

    def __init__(self, here: Forms) -> None:
        self.forms = here
        self.places: dict[str, list[int]] = {}
        for n, there in enumerate(here):
            for form in there:
                self.places.setdefault(form, []).append(n)

    def stretches(self, phrases: Sequence[Phrase]) -> Iterator[Stretch]:
        """Where the phrases stand."""
        for phrase in phrases:
            for n in sorted({*self.places.get(phrase[0], ()), *self._inflected(phrase)}):
                if _stands(phrase, self.forms, n):
                    yield n, n + len(phrase) - 1

    def _inflected(self, phrase: Phrase) -> Sequence[int]:
        root = _root(phrase[0])
        return self.places.get(root, ()) if len(phrase) > 1 or len(root) > LONG else ()


LONG = 5
"""Letters of a root, its mark included, above which a word stands for all that are formed alike."""


def _stands(phrase: Phrase, here: Forms, at: int) -> bool:
    return len(phrase) <= len(here) - at and all(
        w in form or _root(w) in form for w, form in zip(phrase, here[at:], strict=False)
    )


def phrases(en: Sequence["Word"], ru: Sequence["Word"]) -> tuple[tuple[Stretch, Stretch], ...]:
    """The headwords of several words, each with what renders it: "gross domestic product", «ВВП»."""
    index = Index(forms(ru))
    found = (
        (ours, theirs)
        for number, stretches in headwords(forms(en)).items()
        for ours in stretches
        if ours[0] < ours[1]
        for theirs in index.stretches(thesaurus.entries()[number].renderings)
    )
    return tuple(dict.fromkeys(found))  # two entries may name one thing: "GDP" and its long form


def renderings(en: "Word", ru: Sequence["Word"]) -> Iterator[Stretch]:
    """Where Russian words render an English one: "plane", «воздушное судно»."""
    index = Index(forms(ru))
    for number in headwords(forms([en])):
        yield from index.stretches(thesaurus.entries()[number].renderings)
