"""The card of a passage model: what it is, what it was made from, how good it is on unseen works, and where it fails.

It is the methods appendix of a paper that uses the model: every figure comes from the evaluation beside it.
"""

from typing import TYPE_CHECKING

from pipeline.codebook import Codebook
from pipeline.evaluate.methods import interval, table
from pipeline.evaluate.scores import Scores

if TYPE_CHECKING:
    from pipeline.classify.assessing import Report
    from pipeline.classify.model import Description

NAMES = {"en": "English", "ru": "Russian"}


def card(description: "Description", report: "Report", codebook: Codebook) -> str:
    """Markdown, ready to attach to a paper."""
    langs = list(report.categories)
    sections = [
        f"# Passage model {description.name} {description.version}",
        f"Codes paragraphs by the codebook “{codebook.title.en}” (`{codebook.id}` {codebook.version}, sha256 `{codebook.sha256[:16]}…`). "
        f"Categories: {', '.join(description.categories)}; groups: {', '.join(description.groups)}. Made by `diptych train`; the "
        f"full evaluation is `evaluation.json`.",
        "## Data",
        f"{description.passages} passages coded by hand in {description.works} works (sha256 of the corpus `{description.corpus_sha256[:16]}…`). "
        "Works are never split between training and test: both versions of a passage and its neighbours stay together.",
        "## Model",
        "Ridge regression in closed form (groups weighted equally) on four views of a passage: the mean of its words in a space that both languages "
        "share, with the codebook's term mentions and vocabulary and the passage's shape; the mean of its opening; the words themselves; and pairs of "
        f"topics. Which words count is learnt as well: {len(description.traits)} traits (word class, relation, first or last sentence, denied, granted, "
        "after “but”) weigh them. Headings, titles, file names and neighbouring paragraphs are not read. "
        f"Weights sha256 `{description.weights_sha256[:16]}…`, space sha256 `{description.space_sha256[:16]}…`.",
        "## Results on works not seen in training",
        table(
            (
                "",
                *(NAMES.get(lang, lang) for lang in langs),
                *(("both versions together",) if report.pooled else ()),
            ),
            _rows(report, langs),
        ),
        f"Each version by itself: the same category in both {_percent(report.same_in_both)}; alpha between the versions "
        f"{interval(report.alpha_between_versions)} (measurement invariance). Intervals are 95 %, from resampling works.",
        "### By category",
        *(_by_label(NAMES.get(lang, lang), report.categories[lang]) for lang in langs),
        *([_by_label("Both versions together", report.pooled)] if report.pooled else []),
        "### By group",
        *(_by_label(NAMES.get(lang, lang), report.groups[lang]) for lang in langs),
        "### Confusion (rows: coded by hand)",
        *(_confusion(NAMES.get(lang, lang), report.categories[lang]) for lang in langs),
        "### Baselines (macro-F1)",
        table(
            ("", *(NAMES.get(lang, lang) for lang in langs)),
            [
                (name, *(f"{report.baselines[lang][name].macro_f1:.3f}" for lang in langs))
                for name in report.baselines[langs[0]]
            ],
        ),
        "### Reliability: confidence and accuracy in bins of equal size",
        *(
            f"{NAMES.get(lang, lang)}: "
            + " · ".join(
                f"{b.confidence:.2f} → {b.accuracy:.2f}" for b in report.calibration[lang].reliability
            )
            for lang in langs
        ),
        "### Risk and coverage: share answered → share wrong among the answers",
        *(
            f"{NAMES.get(lang, lang)}: "
            + " · ".join(f"{c.coverage:.0%} → {c.risk:.1%}" for c in report.risk_coverage[lang][::3])
            for lang in langs
        ),
        "## Limits",
        "One coder labelled the passages, so no human agreement can be given. Probabilities are calibrated on this corpus: code a sample of your own "
        "texts by hand (`diptych plan`, `diptych estimate`) before publishing shares. Passages whose words point to another cause than the one that "
        "decides are right less often (“hard” above). Irony is not understood.",
    ]
    return "\n\n".join(sections) + "\n"


def _rows(report: "Report", langs: list[str]) -> list[tuple[str, ...]]:
    together, calibrated = report.pooled, report.pooled_calibration
    rows = [
        ("passages", *(str(report.categories[x].n) for x in langs), str(together.n if together else "")),
        ("accuracy", *(_number(report.categories[x].accuracy) for x in langs), _number(together.accuracy if together else None)),
        ("macro-F1 of categories", *(_number(report.categories[x].macro_f1) for x in langs), _number(together.macro_f1 if together else None)),
        ("macro-F1 of groups", *(_number(report.groups[x].macro_f1) for x in langs), ""),
        ("accuracy on hard passages", *(_number(report.hard_accuracy[x]) for x in langs), _number(report.pooled_hard_accuracy)),
        (
            "alpha with the coder",
            *(interval(report.alpha_with_gold[x]) for x in langs),
            "",
        ),
        (
            "adaptive ECE",
            *(_number(report.calibration[x].ece) for x in langs),
            _number(calibrated.ece if calibrated else None),
        ),
        (
            "Brier score",
            *(_number(report.calibration[x].brier) for x in langs),
            _number(calibrated.brier if calibrated else None),
        ),
        ("conformal set holds the truth", *(_percent(report.set_coverage[x]) for x in langs), ""),
        ("categories in the set", *(f"{report.set_size[x]:.2f}" for x in langs), ""),
        ("answered, not abstained", *(_percent(report.answered[x]) for x in langs), ""),
        ("wrong among the answered", *(_percent(report.answered_risk[x]) for x in langs), ""),
    ]  # fmt: skip
    return rows if together else [row[:-1] for row in rows]


def _by_label(title: str, scores: Scores) -> str:
    return f"{title}\n\n" + table(
        ("", "precision", "recall", "F1", "support"),
        [
            (name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.support))
            for name, s in scores.labels.items()
        ],
    )


def _confusion(title: str, scores: Scores) -> str:
    names = list(scores.labels)
    return f"{title}\n\n" + table(
        ("", *names),
        [(gold, *(str(row.get(name, 0)) for name in names)) for gold, row in scores.confusion.items()],
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
