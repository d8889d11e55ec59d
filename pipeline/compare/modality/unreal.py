"""What did not happen, told as what did: "would have published a list", «опубликовал список»."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.modality import scales
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference

if TYPE_CHECKING:
    from spacy.tokens import Token

BY = "modality"
UNREAL = 0.7
"""Confidence that a deed which did not happen has become a fact: planted differences and faithful news, see tests/cases/compare."""
MODAL = frozenset({"would", "could", "might", "should", "ought", "’d", "'d"})
REAL = frozenset(
    {
        "always",
        "usual",
        "told",
        "agreed",
        "decided",
        "shown",
        "proved",
        "factual",
        "managed",
        "sharply",
        "slightly",
        "partly",
    }
)
"""Steps that leave a deed real: «всегда», «сказал»."""
IF = frozenset({"бы", "б", "чтобы", "если", "ли", "якобы", "будто"})


def compare(pair: Pair) -> Iterator[Difference]:
    """A past that is only imagined, whose verb the Russian side has in the past indicative, and no word that doubts it."""
    doubted = {m.step for m in scales.marks(pair.ru)} - REAL
    if pair.editions or doubted or any(w.token.lower_ in IF for w in pair.ru.words):
        return
    for place in _unreal(pair.en):
        there = pair.match("en", place)
        if there is None or not _happened(pair.ru.words[there].token):
            continue
        span = _span(pair.en, place)
        yield difference(
            "modality",
            evidence(pair.en.version, *span, BY),
            evidence(pair.ru.version, pair.ru.words[there].start, pair.ru.words[there].end, BY),
            UNREAL * pair.sure,
            f"{quoted(pair.en.version.text[span[0] : span[1]], 'en')} has happened in the {pair.ru.which} version.",
            only="en",
        )
        return


def _unreal(side: Side) -> Iterator[int]:
    """The places of the verbs: "would | have | published"."""
    for n, word in enumerate(side.words):
        if word.token.dep_ == "ccomp":
            continue  # "said that it would have left by noon"
        if word.token.tag_ == "VBN" and _helpers(word.token) >= {"have"} and _helpers(word.token) & MODAL:
            yield n


def _helpers(token: "Token") -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("aux", "aux:pass", "auxpass")}


def _happened(token: "Token") -> bool:
    return (
        token.pos_ == "VERB"
        and token.morph.get("Tense", []) == ["Past"]
        and token.morph.get("VerbForm", []) == ["Fin"]
    )


def _span(side: Side, place: int) -> tuple[int, int]:
    modal = next(c for c in side.words[place].token.children if c.lower_ in MODAL)
    return modal.idx, side.words[place].end
