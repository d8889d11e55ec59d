"""Another doer of one deed: "the priest counted sixty", «оппозиция насчитала шестьдесят»; "written by the clerks", «написали жители»."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.compare.attribution import callings
from pipeline.compare.attribution.rendering import AKIN, kinship, rendered
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "attribution"
DOER = 0.75
"""Confidence of another doer: the deeds translate each other, nobody is called both. Source: as for another source (`speakers`)."""
AGENTS = frozenset({"nsubj", "obl:agent"})


def compare(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """Verbs that translate each other, done by people or bodies that exclude each other as callings."""
    there = dict(_deeds(pair.ru))
    for verb, ours in _deeds(pair.en):
        met = pair.match("en", verb)
        theirs = there.get(met) if met is not None else None
        if theirs is None or not _apart(pair, ours, theirs):
            continue
        if _known(pair, near, "en", ours, theirs) or _known(pair, near, "ru", theirs, ours):
            continue
        spans = _span(pair.en, ours), _span(pair.ru, theirs)
        yield difference(
            "attribution",
            *spans,
            DOER * pair.sure,
            f"{quoted(spans[0].text, pair.en.lang)} does it in the {pair.en.called}, "
            f"{quoted(spans[1].text, pair.ru.lang)} in the {pair.ru.which} one.",
            change="doer",
        )


def _deeds(side: Side) -> Iterator[tuple[int, int]]:
    """The verbs of a side with whoever does it, by a common noun."""
    index = {w.token.i: n for n, w in enumerate(side.words)}
    for n, word in enumerate(side.words):
        if word.token.pos_ == "VERB":
            agents = (_antecedent(c) for c in word.token.children if c.dep_ in AGENTS)
            doers = [c for c in agents if c.pos_ == "NOUN" and c.i in index]
            if len(doers) == 1:
                yield n, index[doers[0].i]


def _antecedent(token: "Token") -> "Token":
    """Whom a relative pronoun means: "it was the porters who told him"."""
    return token.head.head if token.lower_ in RELATIVE and token.head.dep_ == "acl:relcl" else token


RELATIVE = frozenset({"who", "that", "which"})


def _apart(pair: Pair, en: int, ru: int) -> bool:
    """Nobody is called both, and nothing that the lexicon knows makes one mean the other."""
    a, b = pair.en.words[en], pair.ru.words[ru]
    return callings.exclusive(pair, en, ru) and not callings.alike(pair, en, ru) and kinship(a, b) < AKIN


def _known(pair: Pair, near: Sequence[Pair], lang: Lang, doer: int, other: int) -> bool:
    """Some part of the phrase is rendered on the other side, by another word than the other doer, or in a sentence beside."""
    side = pair.side(lang)
    return pair.match(lang, doer) not in (None, other) or any(
        rendered(p, side, n, lang, free=p is not pair)
        for p in near
        for n in callings.phrase(side, doer)
        if side.words[n].content
    )


def _span(side: Side, doer: int) -> Span:
    return evidence(side.version, side.words[doer].start, side.words[doer].end, BY)
