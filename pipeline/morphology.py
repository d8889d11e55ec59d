"""Russian word forms, through one shared pymorphy3 analyzer that loads on first use (0.1 s)."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline import lately

NAMES = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"}


MOSTLY = 0.75
"""The share of a word's readings that settles what it is."""


@lru_cache(maxsize=1)
def analyzer() -> Any:
    """The analyzer; it is not thread-safe to build, and costs 20 MB, so there is one."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


class Reading(NamedTuple):
    """One reading of a word form: its dictionary form, grammemes, likelihood, and whether the dictionary has the form.

    What pymorphy3 needs to inflect the word is left out, being two thirds of what it remembers of it."""

    form: str
    number: int
    normal_form: str
    tag: Any
    score: float
    is_known: bool

    def inflected(self, grammemes: Collection[str]) -> str | None:
        """The form of the word with these grammemes, in lower case; None where it has none.

        >>> parses("Назарбаевым")[0].inflected({"nomn"})
        'назарбаев'
        """
        turned = _whole(self.form)[self.number].inflect(set(grammemes))
        return turned.word if turned is not None else None


def parses(word: str) -> tuple[Reading, ...]:
    """Every reading of a word form, the likeliest first; remembered, since all layers ask for the same words.

    >>> [p.normal_form for p in parses("стали")][:2]
    ['стать', 'сталь']
    """
    return _parses(word.lower() if len(word) > 1 else word)  # a capital counts in an initial only


@lru_cache(maxsize=lately.READINGS)
def _parses(word: str) -> tuple[Reading, ...]:
    found = _whole(word)
    known = {
        form: p.is_known for form, p in {p.word: p for p in found}.items()
    }  # as dear a search as a reading
    normal = {p.normal_form: p.normal_form for p in found}
    return tuple(
        Reading(word, number, normal[p.normal_form], p.tag, p.score, known[p.word])
        for number, p in enumerate(found)
    )


@lru_cache(maxsize=lately.WHOLE)
def _whole(word: str) -> list[Any]:
    """The readings as pymorphy3 gives them."""
    return analyzer().parse(word)  # type: ignore[no-any-return]


@lru_cache(maxsize=lately.WORDS)
def is_common_word(word: str) -> bool:
    """A word of the dictionary that is not only a name: «Записка», «Бывший», but not «Казахстан» or «Орлов».

    >>> is_common_word("Двадцать"), is_common_word("Казахстан"), is_common_word("Тагибейов")
    (True, False, False)
    """
    known = [p for p in parses(word) if p.is_known]
    return bool(known) and not NAMES.intersection(str(known[0].tag).replace(",", " ").split())


@lru_cache(maxsize=lately.WORDS)
def is_finite_verb(word: str) -> bool:
    """A finite verb or a short participle, either of which makes a clause: «подписал», «подписано»."""
    known = [p for p in parses(word) if p.is_known]
    return bool(known) and known[0].tag.POS in ("VERB", "PRTS")


@lru_cache(maxsize=lately.WORDS)
def is_function_word(word: str) -> bool:
    """A word that the dictionary knows mostly as pronoun, conjunction, preposition, particle, number or adverb.

    >>> is_function_word("Тем"), is_function_word("Ту"), is_function_word("Вера")
    (True, True, False)
    """
    function = sum(
        p.score
        for p in parses(word)
        if p.is_known
        and (
            p.tag.POS in ("NPRO", "CONJ", "PREP", "PRCL", "ADVB", "NUMR", "PRED", "COMP", "INTJ")
            or "Apro" in p.tag
        )
    )
    return bool(function > MOSTLY)
