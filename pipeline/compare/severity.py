"""How grave a difference is: by what is lost or changed, not by its kind alone (MQM's minor, major, critical).

What changes an analyst's data is critical: another amount, another year, another speaker, the opposite, a lost cause or
remark. What a reader of one version would not miss is minor: a lost modifier, a quotation turned into report.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Literal

from pipeline.document import Difference, Span, Version, Work

Severity = Literal["minor", "major", "critical"]

NEAR = Decimal("0.02")
"""Amounts so near each other (2 %) differ like rounded ones."""
FAR = Decimal("0.25")
"""From this share on an amount tells another story: 60 for 45, thousands for millions."""
CLAUSE = 4
"""Words from which a clause says something of its own: "in spite of protests" against "very"."""


def severity(found: Difference, work: Work) -> Severity:
    """The severity of one difference.

    "$1.5 billion" / «1,5 млн долларов» is critical, "a very long border" / «протяжённая граница» minor.
    """
    return RULES[found.kind](found, work) if found.kind in RULES else "major"


def _missing(found: Difference, work: Work) -> Severity:
    lang, span = ("en", found.en) if found.en else ("ru", found.ru)
    if span is None:
        return "major"
    if _holds(work.versions[lang], span):  # type: ignore[index]
        return "critical"
    whole = found.detail.get("unit") == "sentence" or len(span.text.split()) >= CLAUSE
    return "major" if whole else "minor"


def _holds(version: Version, span: Span) -> bool:
    """Whether a stretch takes a remark, a figure or a cause with it."""
    layers = (version.statements, version.quantities, version.factors)
    return any(span.start <= one.start and one.end <= span.end for layer in layers for one in layer or ())


def _amount(found: Difference, work: Work) -> Severity:
    en, ru = (_read(found.detail.get(f"value_{lang}", "")) for lang in ("en", "ru"))
    if en is None or ru is None or en[1] != ru[1]:
        return "critical"
    gap, most = abs(en[0] - ru[0]), max(abs(en[0]), abs(ru[0]))
    if not most:
        return "minor"
    return "minor" if gap / most <= NEAR else "critical" if gap / most >= FAR else "major"


def _read(written: str) -> tuple[Decimal, str] | None:
    """Value and unit of "38000 tonnes"."""
    value, _, unit = written.partition(" ")
    try:
        return Decimal(value), unit
    except InvalidOperation:
        return None


def _date(found: Difference, work: Work) -> Severity:
    years = [found.detail.get(f"value_{lang}", "")[:4] for lang in ("en", "ru")]
    return "critical" if all(map(str.isdigit, years)) and years[0] != years[1] else "major"


def _voice(found: Difference, work: Work) -> Severity:
    return CHANGES.get(found.detail.get("change", ""), "major")


CHANGES: dict[str, Severity] = {"speaker": "critical", "report": "minor"}
"""Somebody else says it; the words are given back instead of quoted."""


def _term(found: Difference, work: Work) -> Severity:
    """A term that the codebook counts is no matter of style."""
    return "major" if any(_coded(work.versions[lang], span) for lang, span in _sides(found)) else "minor"


def _coded(version: Version, span: Span) -> bool:
    return any(f.start < span.end and span.start < f.end for f in version.factors or ())


def _sides(found: Difference) -> Iterator[tuple[Literal["en", "ru"], Span]]:
    if found.en:
        yield "en", found.en
    if found.ru:
        yield "ru", found.ru


RULES: dict[str, Callable[[Difference, Work], Severity]] = {
    "omission": _missing,
    "addition": _missing,
    "number": _amount,
    "date": _date,
    "attribution": _voice,
    "polarity": lambda found, work: "critical",
    "terminology": _term,
    "factor": lambda found, work: "minor",
}
