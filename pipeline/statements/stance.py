"""Stance: does a statement lean to many partners or to one large neighbour?

Listed words take a side unless the meaning of the whole statement speaks against it; where they take none, the meaning may
(`leaning.py`). `tests/evaluation/stance.py` and models/stance tell how often a side taken is right and how many are
found: read "neutral" as "nothing sure for either side".
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline import languages
from pipeline.document import Stance
from pipeline.statements.leaning import leaning

if TYPE_CHECKING:
    from spacy.tokens import Token

Label = Literal["multilateral", "aligned", "neutral"]
DECIDED = 0.25
"""From this balance on a statement takes a side; set on the statements of the seed and of the shared gold."""
SURE = 0.6
"""From this probability on the meaning of the whole takes a side; set on statements and works left out (models/stance)."""
DOUBTED = 0.2
"""Below this probability the side of the listed words is not believed."""


def of(text: str, lang: str, tokens: Sequence["Token"] = ()) -> Stance:
    """The stance of a statement, with the words it rests on; without its parsed tokens only listed words count.

    >>> of("We need a multi-vector policy and partners in Asia.", "en").label
    'multilateral'
    >>> of("Россия — наш главный союзник.", "ru").label
    'aligned'
    """
    by_words = listed(text, lang)
    if not tokens:
        return by_words
    learned = leaning(tokens, text, lang, by_words.score)
    if by_words.label != "neutral" and learned.of(by_words.label) >= DOUBTED:
        return by_words
    many, one = learned.of("multilateral"), learned.of("aligned")
    label: Label = "multilateral" if many >= SURE else "aligned" if one >= SURE else "neutral"
    words = () if label == "neutral" else learned.words
    return Stance(label=label, score=round(many - one, 3), words=words)


def listed(text: str, lang: str) -> Stance:
    """The stance by the listed words alone."""
    found: list[str] = []
    totals = {"multilateral": 0.0, "aligned": 0.0}
    for side, weight, pattern in _patterns(lang):
        for match in pattern.finditer(text):
            found.append(match.group())
            totals[side] += weight
    total = sum(totals.values())
    score = round((totals["multilateral"] - totals["aligned"]) / (total + 1.0), 3) if total else 0.0
    label: Label = "multilateral" if score >= DECIDED else "aligned" if score <= -DECIDED else "neutral"
    return Stance(label=label, score=score, words=tuple(dict.fromkeys(found)))


@cache
def _patterns(lang: str) -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    rows = []
    for side in ("multilateral", "aligned"):
        for row in languages.load(lang, "stance")[side]:
            rows.append(
                (side, float(row["weight"]), re.compile(rf"\b(?:{row['pattern']})\w*", re.IGNORECASE))
            )
    return tuple(rows)
