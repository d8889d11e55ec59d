"""The methods appendix: what was measured, on what, with what, in words and tables that can be attached to a paper."""

from collections.abc import Mapping, Sequence

from pipeline.document import Run
from pipeline.evaluate.agreement import Alpha
from pipeline.evaluate.calibration import Bin
from pipeline.evaluate.differences import KindReport
from pipeline.evaluate.gold import PassageReport, Report

NAMES = {"en": "English", "ru": "Russian"}


def methods(report: Report, run: Run, hashes: Mapping[str, str]) -> str:
    """Markdown; `hashes` are the sha256 of the gold files by name."""
    langs = list(report.passages)
    names = [NAMES.get(lang, lang) for lang in langs]
    each = [report.passages[lang] for lang in langs]
    return (
        "\n\n".join(
            [
                "# Methods appendix",
                "## Instrument",
                f"Diptych {run.version} (configuration sha256 `{run.config_sha256[:16]}…`) with the codebook `{run.codebook.id}` "
                f"{run.codebook.version} (sha256 `{run.codebook.sha256[:16]}…`). Both language versions of a work were annotated by rules and models "
                "without network access; paragraphs were aligned, and paragraphs that translate each other were read together for their category.",
                table(
                    ("component", "version", "sha256"),
                    [(c.name, c.version, f"`{c.sha256[:16]}…`") for c in run.components],
                ),
                "## Material",
                f"{len(report.works)} works coded by hand, both versions each: {', '.join(report.works)}. The category of a passage is that of its "
                "dominant cause; titles are left out. No work was split: its versions and passages stand or fall together.",
                table(("file", "sha256"), [(name, f"`{sha[:16]}…`") for name, sha in sorted(hashes.items())]),
                "## Passages",
                table(("", *names), _passages(each)),
                f"Same category in both versions: {number(report.same_category_in_both)} as reported, {number(report.same_category_alone)} when each version "
                f"is read by itself; alpha between the versions read by themselves {interval(report.alpha_between_versions)}. Intervals are 95 %, from "
                "resampling works.",
                *(_by_category(name, one) for name, one in zip(names, each, strict=True)),
                *(_curves(name, one) for name, one in zip(names, each, strict=True)),
                "## Extraction",
                table(
                    ("layer", *(f"{name}: P / R / F1 (n)" for name in names)),
                    [
                        (layer, *(_layer(by_lang.get(lang)) for lang in langs))
                        for layer, by_lang in sorted(report.layers.items())
                    ],
                ),
                "## Differences between the versions",
                f"Precision {report.differences.precision:.3f}, recall {report.differences.recall:.3f}; of those found {report.differences.right_kind:.3f} have the "
                "right kind. Reported are findings of confidence 0.5 and more; the reliability (confidence → share of real ones) counts the doubtful ones too.",
                table(
                    ("kind", "precision (found)", "recall (planted)", "reliability"),
                    [_kind(name, kind) for name, kind in report.differences.kinds.items()],
                ),
                "## What this does not show",
                "One coder made the gold, so human agreement is unknown. Works on which rules were developed score better than new ones; say which are "
                "which. Shares of categories in a corpus need a hand-coded sample of that corpus (`diptych plan`, `diptych estimate`).",
            ]
        )
        + "\n"
    )


def _passages(each: Sequence[PassageReport]) -> list[tuple[str, ...]]:
    return [
        ("passages", *(str(p.categories.n) for p in each)),
        ("accuracy", *(number(p.categories.accuracy) for p in each)),
        ("macro-F1 of categories", *(number(p.categories.macro_f1) for p in each)),
        ("macro-F1 of groups", *(number(p.groups.macro_f1) for p in each)),
        ("accuracy on hard passages", *(number(p.hard_accuracy) for p in each)),
        ("alpha with the coder", *(interval(p.alpha_with_gold) for p in each)),
        ("adaptive ECE", *(number(p.calibration.ece) for p in each)),
        ("Brier score", *(number(p.calibration.brier) for p in each)),
        ("conformal set holds the truth", *(number(p.set_coverage) for p in each)),
        ("categories in the set", *(number(p.set_size) for p in each)),
        ("abstained", *(number(p.abstained) for p in each)),
        ("accuracy of the rest", *(number(p.answered_accuracy) for p in each)),
        *((f"baseline: {name} (macro-F1)", *(number(p.baselines[name].macro_f1) for p in each)) for name in each[0].baselines),
    ]  # fmt: skip


def _by_category(language: str, report: PassageReport) -> str:
    scores = report.categories
    return (
        f"{language}, by category (columns on the right: what the passages of a row were given)\n\n"
        + table(
            ("", "precision", "recall", "F1", "support", *scores.labels),
            [
                (
                    name,
                    number(s.precision),
                    number(s.recall),
                    number(s.f1),
                    str(s.support),
                    *(str(scores.confusion.get(name, {}).get(given, 0)) for given in scores.labels),
                )
                for name, s in scores.labels.items()
            ],
        )
    )


def _curves(language: str, report: PassageReport) -> str:
    coverage = " · ".join(f"{c.coverage:.0%} → {c.risk:.1%}" for c in report.risk_coverage[::3])
    return f"{language}, confidence → accuracy: {_reliability(report.calibration.reliability)}; answered → wrong among the answers: {coverage}"


def _kind(name: str, kind: KindReport) -> tuple[str, ...]:
    return (
        name,
        f"{kind.precision:.3f} ({kind.found})",
        f"{kind.recall:.3f} ({kind.support})",
        _reliability(kind.reliability),
    )


def _reliability(curve: Sequence[Bin]) -> str:
    return " · ".join(f"{b.confidence:.2f} → {b.accuracy:.2f}" for b in curve)


def _layer(scores: Mapping[str, float] | None) -> str:
    if not scores:
        return ""
    return (
        f"{scores['precision']:.3f} / {scores['recall']:.3f} / {scores['f1']:.3f} ({scores['support']:.0f})"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(("a", "b"), [("1", "2")]))
    | a | b |
    | --- | --- |
    | 1 | 2 |
    """
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows))


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def interval(found: Alpha) -> str:
    """Alpha with its interval, or why there is none."""
    if found.value is None:
        return found.reason
    return f"{found.value:.2f}" + (f" ({found.low:.2f}–{found.high:.2f})" if found.low is not None else "")
