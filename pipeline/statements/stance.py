"""Stance: does a statement lean to many partners or to one large neighbour? Lexical, and honest about it.

The score is the balance of the weights of the words found; no words, no stance. On statements that it was not improved on a
side it takes is right, but of sides told in images ("all our eggs in one basket") it finds one in ten
(`tests/evaluation/stance.py`): read "neutral" as "no word for either side".
"""

import re
from functools import cache
from typing import Literal

from pipeline import languages
from pipeline.document import Stance

Label = Literal["multilateral", "aligned", "neutral"]
DECIDED = 0.25
"""From this balance on a statement takes a side; set on the statements of the seed and of the shared gold."""


def of(text: str, lang: str) -> Stance:
    """The stance of a statement, with the words it rests on.

    >>> of("We need a multi-vector policy and partners in Asia.", "en").label
    'multilateral'
    >>> of("Россия — наш главный союзник.", "ru").label
    'aligned'
    """
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
