"""How a difference is written down: its kind's MQM type, its evidence, its words."""

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipeline.compare.pairs import Pair
from pipeline.document import Difference, Lang, Span, Version

BY = "compare"
MQM = {
    "omission": "accuracy/omission",
    "addition": "accuracy/addition",
    "number": "accuracy/mistranslation/number",
    "date": "accuracy/mistranslation/date-time",
    "entity": "accuracy/mistranslation/entity",
    "modality": "accuracy/mistranslation/modality",
    "attribution": "accuracy/mistranslation/attribution",
    "polarity": "accuracy/mistranslation/opposite",
    "terminology": "terminology/inconsistent-use",
    "factor": "accuracy/coding",
}
"""Source: the MQM typology (themqm.org), with the subtypes of its full tree; "coding" is Diptych's own."""
KINDS = tuple(MQM)
"""Every kind of difference, the gravest for the content first."""
REPORTED = 0.5
"""From this confidence a difference is reported as an alarm; what lies below is kept for whoever wants to look."""


def evidence(version: Version, start: int, end: int, by: str) -> Span:
    """The stretch of a version that shows the difference."""
    return Span(start=start, end=end, text=version.text[start:end], by=f"{BY}.{by}")


def quoted(text: str, lang: Lang) -> str:
    """A stretch of a version in the quotation marks of its language: “waste”, «отходы»."""
    return f"“{text}”" if lang == "en" else f"«{text}»"


def difference(
    kind: str,
    en: Span | None,
    ru: Span | None,
    confidence: float,
    explanation: str,
    **detail: str,
) -> Difference:
    """A difference of a kind, with the kind's MQM type; how grave it is, `severity` says."""
    return Difference(
        kind=kind,
        en=en,
        ru=ru,
        confidence=round(confidence, 3),
        mqm=MQM[kind],
        explanation=explanation,
        detail=detail,
    )


def missing(
    pair: Pair, lang: Lang, start: int, end: int, confidence: float, unit: str, by: str = "omission"
) -> Difference:
    """The omission, or addition, of a stretch of a pair's side."""
    side = pair.side(lang)
    span = evidence(side.version, start, end, by)
    detail = {"unit": unit, "words": str(len(span.text.split()))}
    sure = confidence * min(1.0, pair.sure + (0.25 if unit == "sentence" else 0.0))
    said = f"The {pair.other(lang).called} has no such {unit}."
    if lang == "en":
        return difference("omission", span, None, sure, said, **detail)
    return difference("addition", None, span, sure, said, **detail)


COMMON = (
    (0.0, 0.0),
    (0.3, 0.05),
    (0.4, 0.15),
    (0.499, 0.35),
    (0.5, 0.6),
    (0.6, 0.75),
    (0.7, 0.86),
    (0.9, 0.95),
    (1.0, 0.98),
)
"""From the weight that the rules give to the share of findings of that weight that are real, in texts where a translator
changed one thing in a hundred words. Source: the reliability of `tests/planted.py`, both sets together, smoothed and
drawn towards the lower shares of faithful news."""
Knots = Sequence[Sequence[float]]


def between(knots: Knots, weight: float) -> float:
    """The height of a curve at a weight, on straight lines between its knots."""
    for (low, p), (high, q) in pairwise(knots):
        if weight <= high:
            return round(p + (q - p) * (weight - low) / (high - low), 3)
    return float(knots[-1][1])


@cache
def curves() -> dict[str, Knots]:
    """The reliability of each kind. Source: `tests/evaluation/calibrate.py`."""
    return json.loads((Path(__file__).parent / "reliability.json").read_text("utf-8"))  # type: ignore[no-any-return]


def calibrated(kind: str, weight: float) -> float:
    """The confidence of a finding: the share of real ones among those of its kind and weight.

    A number that differs (“3.2 billion”, «3,2 млн») is surer than another word («утверждает» for “denies”).
    """
    return between(curves().get(kind, COMMON), weight)
