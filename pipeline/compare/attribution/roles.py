"""Two who have changed places: "Podgorica thanked Rome", «Рим поблагодарил Подгорицу»."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "attribution"
SWAPPED = 0.8
"""Confidence that two have changed places: both are named on both sides, and the verbs translate each other."""
OBJECTS = frozenset({"obj", "iobj", "dobj", "dative", "obl"})


def compare(pair: Pair) -> Iterator[Difference]:
    """Who does it to whom, where the one who does it in one version is the one it is done to in the other."""
    theirs = {verb: (subject, objects) for verb, subject, objects in _deeds(pair.ru)}
    for verb, subject, objects in _deeds(pair.en):
        met = pair.match("en", verb)
        if met not in theirs:
            continue
        other, others = theirs[met]
        if pair.match("en", subject) in others and pair.match("ru", other) in objects:
            yield difference(
                "attribution",
                _span(pair.en, subject, verb, *objects),
                _span(pair.ru, other, met, *others),
                SWAPPED * pair.sure,
                f"The {pair.en.called} has the two the other way round than the {pair.ru.which} one.",
                change="roles",
            )


def _deeds(side: Side) -> Iterator[tuple[int, int, list[int]]]:
    """The active verbs of a side with their subject and their objects, all names."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    for n, word in enumerate(side.words):
        if word.token.pos_ != "VERB" or "Voice=Pass" in str(word.token.morph):
            continue
        if word.lemma.endswith(("ся", "сь")):
            continue  # «публике запомнились статьи»
        there = [c for c in word.token.children if c.i in index and _name(c)]
        subjects = [index[c.i] for c in there if c.dep_ == "nsubj" and _straight(side, c)]
        objects = [index[c.i] for c in there if c.dep_ in OBJECTS and not _nominative(side, c)]
        if len(subjects) == 1 and objects:
            yield n, subjects[0], objects


def _name(token: "Token") -> bool:
    return token.pos_ == "PROPN" or (
        token.pos_ == "NOUN" and token.text[:1].isupper() and not token.is_sent_start
    )


def _straight(side: Side, token: "Token") -> bool:
    return side.lang == "en" or _nominative(side, token)


def _nominative(side: Side, token: "Token") -> bool:
    return side.lang == "ru" and token.morph.get("Case", []) == ["Nom"]


def _span(side: Side, *places: int) -> Span:
    return evidence(side.version, side.words[min(places)].start, side.words[max(places)].end, BY)
