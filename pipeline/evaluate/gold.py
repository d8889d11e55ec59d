"""A gold corpus: NAME.en.txt, NAME.ru.txt and NAME.gold.json per work; what the pipeline scores on it."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.align.evaluate import Scores as BeadScores
from pipeline.align.evaluate import scores as bead_scores
from pipeline.document import Passage, Work
from pipeline.errors import ConfigError
from pipeline.evaluate import alignment
from pipeline.evaluate.agreement import Alpha, Unit, alpha
from pipeline.evaluate.calibration import Calibration, Coverage, calibration, risk_coverage
from pipeline.evaluate.differences import DifferenceReport, Judged, judged
from pipeline.evaluate.differences import report as difference_report
from pipeline.evaluate.layers import Counts, Scorer
from pipeline.evaluate.places import Letters, Place
from pipeline.evaluate.scores import Scores, score

NONE = "none"
Annotate = Callable[[str, Path, Path], Work]
"""Identifier, English file, Russian file -> annotated work."""


class Coded(Struct, frozen=True):
    """A gold passage beside what the pipeline made of it."""

    work: str
    lang: str
    index: int
    gold: str
    gold_group: str
    hard: bool
    given: str
    group: str
    probabilities: dict[str, float]
    set: tuple[str, ...]
    abstained: bool
    mentioned: str
    alone: str
    """The category that this version's words alone would have given."""


class PassageReport(Struct, frozen=True):
    """The categories of one language's passages."""

    categories: Scores
    groups: Scores
    hard_accuracy: float | None
    calibration: Calibration
    risk_coverage: tuple[Coverage, ...]
    set_coverage: float
    set_size: float
    abstained: float
    answered_accuracy: float | None
    alpha_with_gold: Alpha
    baselines: dict[str, Scores]


class Report(Struct, frozen=True):
    """Everything `diptych evaluate` tells."""

    works: tuple[str, ...]
    layers: dict[str, dict[str, dict[str, float]]]
    differences: DifferenceReport
    alignment: BeadScores
    passages: dict[str, PassageReport]
    same_category_in_both: float | None
    same_category_alone: float | None
    alpha_between_versions: Alpha


def gold(paths: Sequence[Path], annotate: Annotate) -> Report:
    """Annotate every gold work and score it.

    Raises: ConfigError where no gold is found, a version is missing or the JSON cannot be read.
    """
    counts: dict[str, dict[str, Counts]] = defaultdict(lambda: defaultdict(Counts))
    compared: list[Judged] = []
    coded: list[Coded] = []
    pairs: list[tuple[str, str, str]] = []
    together: list[tuple[str, str, str]] = []
    aligned = []
    works = gold_files(paths)
    for path in works:
        id = path.name.removesuffix(".gold.json")
        wanted = _json(path)
        texts = {lang: _text(path.parent / f"{id}.{lang}.txt") for lang in ("en", "ru")}
        work = annotate(id, path.parent / f"{id}.en.txt", path.parent / f"{id}.ru.txt")
        sides = {str(lang): Scorer(version, wanted, texts[lang]) for lang, version in work.versions.items()}
        for lang, scorer in sides.items():
            for layer, count in scorer.layers().items():
                counts[layer][lang] += count
            coded += passages(id, scorer, wanted, texts[lang])
        compared += judged(wanted.get("differences", ()), work.differences or (), sides)
        pairs += _pairs(id, wanted, coded, "alone")
        together += _pairs(id, wanted, coded, "given")
        aligned.append(alignment.beads(work, wanted))
    return _report(
        [p.name.removesuffix(".gold.json") for p in works],
        counts,
        difference_report(compared),
        bead_scores(aligned),
        coded,
        pairs,
        together,
    )


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The gold files named, and those in the folders named.

    Raises: ConfigError when there is none.
    """
    found = sorted({f for p in paths for f in (p.glob("*.gold.json") if p.is_dir() else [p])})
    if not found:
        raise ConfigError(
            f"{', '.join(map(str, paths))}: no gold; wanted NAME.en.txt, NAME.ru.txt and NAME.gold.json in a folder"
        )
    return found


def passages(id: str, scorer: Scorer, wanted: Mapping[str, Any], text: str) -> list[Coded]:
    """Each gold passage (title apart) with the passage that holds most of it; none there means "none"."""
    blocks = _blocks(text)
    made = [(scorer.place(p), p) for p in scorer.version.passages or ()]
    groups = {f.id: f.group for f in scorer.version.factors or ()}
    return [
        _coded(id, scorer.version.lang, entry, blocks[entry["i"]], made, groups)
        for entry in wanted.get("passages", {}).get(scorer.version.lang, ())
        if entry["i"] > 0
    ]


def _coded(
    id: str,
    lang: str,
    entry: Mapping[str, Any],
    block: Place,
    made: Sequence[tuple[Place, Passage]],
    groups: Mapping[str, str],
) -> Coded:
    held = [(block.covered(place), -n) for n, (place, _) in enumerate(made)]
    most, at = max(held, default=(0.0, 0))
    passage = made[-at][1] if most > 0.5 else None
    return Coded(
        work=id,
        lang=lang,
        index=entry["i"],
        gold=entry["category"],
        gold_group=entry["group"],
        hard=bool(entry.get("hard")),
        given=passage.category if passage else NONE,
        group=passage.group if passage else NONE,
        probabilities=passage.probabilities if passage else {NONE: 1.0},
        set=passage.set if passage else (NONE,),
        abstained=passage.abstained if passage else False,
        alone=_alone(passage) if passage else NONE,
        mentioned=_most_mentioned([groups[f] for f in passage.factors if f in groups] if passage else []),
    )


def _alone(passage: Passage) -> str:
    """Measurement invariance asks what each version says by itself, not what both were made to say together."""
    return max(passage.alone, key=lambda c: passage.alone[c]) if passage.alone else passage.category


def _blocks(text: str) -> list[Place]:
    """The paragraphs of a gold file: blank lines part them, the title is number 0."""
    at, places = 0, []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        length = len(Letters(block).text)
        places.append(Place(at, at + length))
        at += length
    return places


def _most_mentioned(groups: Sequence[str]) -> str:
    """The baseline of term counts: the group with most mentions, the first of several."""
    return max(groups, key=lambda g: (groups.count(g), -groups.index(g)), default=NONE)


def _pairs(
    id: str, wanted: Mapping[str, Any], coded: Sequence[Coded], which: str
) -> list[tuple[str, str, str]]:
    """Work, English and Russian category (`given`, or read `alone`) of every pair of passages that translate each other."""
    at = {(c.lang, c.index): getattr(c, which) for c in coded if c.work == id}
    linked = ((en[0], ru[0]) for en, ru in wanted.get("paragraph_alignment", ()) if len(en) == len(ru) == 1)
    return [(id, at["en", en], at["ru", ru]) for en, ru in linked if ("en", en) in at and ("ru", ru) in at]


def _report(
    works: Sequence[str],
    counts: Mapping[str, Mapping[str, Counts]],
    compared: DifferenceReport,
    aligned: BeadScores,
    coded: Sequence[Coded],
    pairs: Sequence[tuple[str, str, str]],
    together: Sequence[tuple[str, str, str]],
) -> Report:
    between: dict[Any, list[Unit]] = defaultdict(list)
    for work, en, ru in pairs:
        between[work].append((en, ru))
    return Report(
        works=tuple(works),
        layers={
            layer: {lang: count.scores() for lang, count in by_lang.items()}
            for layer, by_lang in counts.items()
        },
        differences=compared,
        alignment=aligned,
        passages={
            lang: _passage_report([c for c in coded if c.lang == lang])
            for lang in sorted({c.lang for c in coded})
        },
        same_category_in_both=_share([en == ru for _, en, ru in together]),
        same_category_alone=_share([en == ru for _, en, ru in pairs]),
        alpha_between_versions=alpha(between),
    )


def _passage_report(coded: Sequence[Coded]) -> PassageReport:
    wanted, given = [c.gold for c in coded], [c.given for c in coded]
    names = sorted({*wanted, *given, *(k for c in coded for k in c.probabilities)})
    probabilities = [{name: c.probabilities.get(name, 0.0) for name in names} for c in coded]
    with_gold: dict[Any, list[Unit]] = defaultdict(list)
    for c in coded:
        with_gold[c.work].append((c.gold, c.given))
    categories = {c.gold_group: c.gold for c in coded}
    commonest = max(sorted(set(wanted)), key=wanted.count)
    return PassageReport(
        categories=score(wanted, given),
        groups=score([c.gold_group for c in coded], [c.group for c in coded]),
        hard_accuracy=_share([c.gold == c.given for c in coded if c.hard]),
        calibration=calibration(wanted, probabilities),
        risk_coverage=risk_coverage(wanted, probabilities),
        set_coverage=_share([c.gold in c.set for c in coded]) or 0.0,
        set_size=round(sum(len(c.set) for c in coded) / len(coded), 4),
        abstained=_share([c.abstained for c in coded]) or 0.0,
        answered_accuracy=_share([c.gold == c.given for c in coded if not c.abstained]),
        alpha_with_gold=alpha(with_gold),
        baselines={
            "majority": score(wanted, [commonest] * len(wanted)),
            "term counts": score(wanted, [categories.get(c.mentioned, NONE) for c in coded]),
        },
    )


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read ({error}); gold needs NAME.en.txt and NAME.ru.txt in UTF-8 beside NAME.gold.json"
        ) from None


def _json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: not a gold file ({error}); docs/schema.md shows the format") from None
