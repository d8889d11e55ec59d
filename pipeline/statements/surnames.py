"""Where a family name comes from, by its form: "-shvili" and «-швили» are Georgian, "-nen" and «-нен» Finnish.

A hint and no more, for families move: it weighs between the countries that a text names, where the text does not say
whose a speaker is. That is how a reader tells the sides of a text about two countries.
"""

import csv
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from importlib import resources

from pipeline.statements.person import name_words


def homes(name: str, lang: str, among: Collection[str]) -> frozenset[str]:
    """Those of several countries whose names are formed like this one; the longest form that fits decides.

    >>> homes("Ilia Jorbenashvili", "en", ("AM", "GE")), homes("Айгуль Токтобекова", "ru", ("KG", "UZ"))
    (frozenset({'GE'}), frozenset({'KG'}))
    """
    words = name_words(name)
    fits = ((len(form), _forms(lang)[form] & frozenset(among)) for form in _read(words, lang))
    longest = max((size for size, here in fits if here), default=0)
    if not longest:
        return frozenset()
    forms = [form for form in _read(words, lang) if len(form) == longest]
    return frozenset().union(*(_forms(lang)[form] for form in forms)) & frozenset(among)


def _read(words: tuple[str, ...], lang: str) -> list[str]:
    """The listed forms that a name shows: endings and beginnings of its last word, words that are names themselves."""
    last = words[-1] if words else ""
    ends = (f"-{last[size:]}" for size in range(1, len(last)))
    begins = (f"{last[:size]}-" for size in range(1, len(last)))
    return [form for form in (*ends, *begins, *words) if form in _forms(lang)]


@cache
def _forms(lang: str) -> dict[str, frozenset[str]]:
    """Endings ("-yan"), beginnings ("mc-") and whole names, with the countries that have them."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    with resources.files("pipeline.languages").joinpath("surnames.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for form in row[lang].lower().replace("ё", "е").split():
                forms[form].update(row["iso"].split())
    return {form: frozenset(codes) for form, codes in forms.items()}
