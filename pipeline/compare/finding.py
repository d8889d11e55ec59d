"""How a difference is written down: its kind's MQM type and severity, its evidence, its words."""

from itertools import pairwise
from typing import Literal, Protocol

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
SEVERITY: dict[str, Literal["minor", "major", "critical"]] = {
    "polarity": "critical",
    "number": "critical",
    "date": "major",
    "terminology": "minor",
    "factor": "minor",
}
REPORTED = 0.5
"""From this confidence a difference is reported as an alarm; what lies below is kept for whoever wants to look."""


class Place(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


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
    """A difference of a kind, with the kind's MQM type and severity."""
    return Difference(
        kind=kind,
        en=en,
        ru=ru,
        confidence=round(confidence, 3),
        severity=SEVERITY.get(kind, "major"),
        mqm=MQM[kind],
        explanation=explanation,
        detail=detail,
    )


CURVE = (
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


def calibrated(weight: float) -> float:
    """The confidence of a finding: the share of real ones among those of its weight.

    >>> calibrated(0.8), calibrated(0.35)
    (0.905, 0.1)
    """
    for (low, p), (high, q) in pairwise(CURVE):
        if weight <= high:
            return round(p + (q - p) * (weight - low) / (high - low), 3)
    return CURVE[-1][1]
