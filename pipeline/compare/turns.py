"""Words that turn the meaning of the next one round without denying it outright ("hardly safe", «вне опасности»), and turns of speech."""

from functools import cache

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.contrasts import Hit
from pipeline.compare.pairs import Side
from pipeline.document import Lang

BEFORE = 2
"""Words before an opposite in which a turn of it is looked for."""


@cache
def words(lang: Lang) -> dict[str, frozenset[str]]:
    """The turns of a language, the words that take a denial back ("nothing but dollars", «ничего, кроме долларов»), and those that only
    join sentences ("by contrast", «таким образом»)."""
    return {name: frozenset(row) for name, row in languages.load(lang, "turns").items()}


def turned(side: Side, hit: Hit) -> bool:
    """Somebody denies the word, or a word before it turns it round; a denial that belongs to the phrase («не достигнуть») does not
    count."""
    if hit.first in negation.raw(side):
        return False
    return negation.touched(side, hit.first) or any(
        w.lemma in words(side.lang)["before"] for w in side.words[max(0, hit.first - BEFORE) : hit.first]
    )
