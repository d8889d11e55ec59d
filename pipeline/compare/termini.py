"""Whether something begins at a date or ends there: "since 2014", «до 2014 года»; "by 30 June", «после 30 июня».

The dates agree, and yet the versions part. What is said to begin in one version must not be said to end in the other; a date alone
("on 5 May") says neither. The words are data (`languages/*/calendar_words.toml`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.finding import Place, difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang

BY = "date"
SURE = 0.8
"""Confidence that a beginning has become an end: planted dates and faithful news, see tests/cases/compare."""
BEFORE = 60
"""Characters before a date in which the words that open it stand."""
DAY = re.compile(r"(?<![\d.,:])\d{1,2}(?!\d)|(?<!\d)\d{4}(?!\d)")
SAID = {"begin": "begins", "end": "ends"}


def compare(pair: Pair, met: Sequence[tuple[Place, Place]]) -> Iterator[Difference]:
    """The dates of a pair that have met, of which one begins what the other ends; at most one."""
    for a, b in met:
        ours, theirs = _terminus(pair.en, a), _terminus(pair.ru, b)
        if ours is None or theirs is None or ours[0] == theirs[0]:
            continue
        yield difference(
            "date",
            evidence(pair.en.version, ours[1], a.end, BY),
            evidence(pair.ru.version, theirs[1], b.end, BY),
            SURE * pair.sure,
            f"In the {pair.en.called} something {SAID[ours[0]]} then, in the {pair.ru.which} one it {SAID[theirs[0]]}.",
            value_en=ours[0],
            value_ru=theirs[0],
        )
        return


def _terminus(side: Side, date: Place) -> tuple[str, int] | None:
    """Whether a date begins or ends something, and where the words that say so begin. A denied end is rather a beginning ("not until
    May"), so it says nothing."""
    if len(DAY.findall(side.version.text[date.start : date.end])) > 1:
        return None  # «с 5 по 9 мая»: both
    text = side.version.text[max(side.start, date.start - BEFORE) : date.start]
    found = ((which, form.search(text)) for which, form in _openings(side.lang))
    said = [(which, date.start - len(text) + match.start()) for which, match in found if match]
    if len(said) != 1 or (said[0][0] == "end" and _only_then(side, said[0][1])):
        return None
    return said[0]


def _only_then(side: Side, at: int) -> bool:
    """An end before which something is not, or which it takes: «до 1990-х там не пели», "will not leave until May", "takes until
    May"."""
    sentence = next((w.token.sent for w in side.words if w.start >= at), None)
    before = [w.lemma for w in side.words if w.start < at][-1:]
    return before == ["take"] or any(side.words[n].token.sent == sentence for n in negation.raw(side))


@cache
def _openings(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = languages.load(lang, "calendar_words")["termini"]
    return tuple(
        (which, re.compile(rf"(?<!\w)(?:{'|'.join(data[which])})\s+{data['part']}$", re.I)) for which in SAID
    )
