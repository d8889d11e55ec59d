"""How freely faithful translators exchange two steps of a scale: "should" and «должен» often, "may" and «должен» hardly ever.

The counts are of real translations (`models/scales`): how often an English mark of a step met a Russian mark of another, or none.
"""

import json
from functools import cache

from pipeline import languages, shipped

COUNTS = "models/scales/exchange.json"
FREE = 0.02
"""Share of a step's marks from which meeting another step is a free rendering: chosen on newstest2018, see the model's card."""
PRIOR, BEFORE = 20, 0.5
"""Marks that every step is taken to have had besides those counted, and how many of them met each other step."""


@cache
def _counts() -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = json.loads(shipped.path(COUNTS).read_text("utf-8"))
    return counts


@cache
def share(ours: str, theirs: str, lang: str) -> float:
    """How often marks of a step in a language met a step of the other one.

    >>> share("advised", "bound", "en") > 5 * share("entitled", "bound", "en")
    True
    """
    row = _counts().get(f"{lang}.{ours}", {})
    if not row:
        return 0.0  # a step that was not counted
    return (row.get(theirs, 0) + BEFORE) / (sum(row.values()) + PRIOR)


@cache
def _common(theirs: str, lang: str) -> float:
    """How often marks of any other step in a language met a step of the other one: what chance alone would do."""
    rows = {key: row for key, row in _counts().items() if key.startswith(lang) and key != f"{lang}.{theirs}"}
    return sum(row.get(theirs, 0) for row in rows.values()) / sum(sum(row.values()) for row in rows.values())


@cache
def free(en: str, ru: str) -> bool:
    """Translators exchange the steps, in either direction of reading, and more often than chance would.

    >>> free("advised", "bound"), free("entitled", "bound")
    (True, False)
    """
    if _apart(en, ru):
        return False
    en, ru = counted(en), counted(ru)
    return en == ru or any(
        (p := share(ours, theirs, lang)) >= FREE and p >= LIFT * _common(theirs, lang)
        for ours, theirs, lang in ((en, ru, "en"), (ru, en, "ru"))
    )


def counted(step: str) -> str:
    """The step that a step was counted as: «обязан» was counted with «должен»."""
    return str(languages.shared("scales")["counted"].get(step, step))


def _apart(a: str, b: str) -> bool:
    """Steps that translators keep apart though the counts hold them together: "should", «обязан»."""
    return [a, b] in languages.shared("scales")["apart"] or [b, a] in languages.shared("scales")["apart"]


LIFT = 2.0
"""How many times oftener than by chance steps must meet that translators exchange: verbs of speech meet everything."""
