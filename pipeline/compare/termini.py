"""Whether something begins at a date or ends there: "since 2014", «до 2014 года»; "by 30 June", «после 30 июня».

The dates agree, and yet the versions part. What is said to begin in one version must not be said to end in the other; a date alone
("on 5 May") says neither. The words are data (`languages/*/calendar_words.toml`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare import negation
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Place, Side
from pipeline.document import Difference, Lang

BY = "date"
SURE = 0.8
"""Confidence that a beginning has become an end: planted dates and faithful news, see tests/cases/compare."""
BEFORE = 60
"""Characters before a date in which the words that open it stand."""
DAY = re.compile(r"(?<![\d.,:])\d{1,2}(?!\d)|(?<!\d)\d{4}(?!\d)")
SAID = {"begin": "begins", "end": "ends"}


class Terminus(NamedTuple):
    """Whether a date begins or ends something, where the words that say so begin, and whether the clause denies something."""

    which: str
    start: int
    denied: bool


def compare(pair: Pair, met: Sequence[tuple[Place, Place]]) -> Iterator[Difference]:
    """The dates of a pair that have met, of which one begins what the other ends; at most one."""
    told = [(a, b, _terminus(pair.en, a), _terminus(pair.ru, b)) for a, b in met]
    if any(_both(t) for t in ([t[2] for t in told], [t[3] for t in told])):
        return
    for a, b, ours, theirs in told:
        if ours is None or theirs is None or ours.which == theirs.which or _only_then(ours, theirs):
            continue
        yield difference(
            "date",
            evidence(pair.en.version, ours.start, a.end, BY),
            evidence(pair.ru.version, theirs.start, b.end, BY),
            SURE * pair.sure,
            f"In the {pair.en.called} something {SAID[ours.which]} then, in the {pair.ru.which} one it {SAID[theirs.which]}.",
            value_en=ours.which,
            value_ru=theirs.which,
        )
        return


def _both(told: Sequence[Terminus | None]) -> bool:
    """A side says when something begins and when it ends: "from midnight on 5 August until 5 a.m. on 7 August"."""
    return len({t.which for t in told if t}) > 1


def _only_then(ours: Terminus, theirs: Terminus) -> bool:
    """A denied end is rather a beginning: «до 1990-х там не пели», "they have sung there since the 1990s"; but no end of a denial is its
    beginning («до мая ответа не было», "no reply since May")."""
    end, begin = (ours, theirs) if ours.which == "end" else (theirs, ours)
    return end.denied and not begin.denied


def _terminus(side: Side, date: Place) -> Terminus | None:
    """Whether a date begins or ends something; not where it may do both («с 5 по 9 мая»), or takes a while ("takes until May")."""
    if len(DAY.findall(side.version.text[date.start : date.end])) > 1:
        return None
    text = side.version.text[max(side.start, date.start - BEFORE) : date.start]
    found = ((which, form.search(text)) for which, form in _openings(side.lang))
    said = [(which, date.start - len(text) + match.start()) for which, match in found if match]
    if EACH_TIME.search(side.version.text, max(side.start, date.start - NEAR), date.end):
        return None
    if len(said) != 1 or [w.lemma for w in side.words if w.start < said[0][1]][-1:] == ["take"]:
        return None
    return Terminus(*said[0], _denied(side, said[0][1], date.end))


EACH_TIME = re.compile(r"\bпо\s+\w+[ая]м$", re.I)
"""«По понедельникам»: every week, not until then."""
NEAR = 4
"""Characters before a day in which its preposition stands."""
MARKS = frozenset(",;:—()")


def _denied(side: Side, start: int, end: int) -> bool:
    """The clause of the date denies something: no mark stands between."""
    sentence = next((w.token.sent for w in side.words if w.start >= start), None)
    places = (side.words[n] for n in negation.raw(side) if side.words[n].token.sent == sentence)
    between = (
        side.version.text[w.end : start] if w.end <= start else side.version.text[end : w.start]
        for w in places
        if not start <= w.start < end  # «не раньше марта»
    )
    return any(MARKS.isdisjoint(text) for text in between)


@cache
def _openings(lang: Lang) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = languages.load(lang, "calendar_words")["termini"]
    return tuple(
        (which, re.compile(rf"(?<!\w)(?:{'|'.join(data[which])})\s+{data['part']}$", re.I)) for which in SAID
    )
