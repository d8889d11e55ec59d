"""What the head of a page says about a work: its titles, its counts, and how close the versions are."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from pipeline.compare.finding import KINDS, REPORTED
from pipeline.document import LAYERS, Difference, Lang, Version, Work

Severity = Literal["critical", "major", "minor"]

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor")
CATEGORIES = ("objective", "ambivalent", "subjective", "none")

FIRST_WORDS = 12
"""As many words as a headline has stand for a missing title."""


class Summary(Struct, frozen=True):
    """The figures of one work. All are by side; `langs` says in which language it is, `called` how the report calls it: "en"
    and "ru", or "first" and "second"."""

    id: str
    titles: dict[str, str]
    langs: dict[str, str]
    called: dict[str, str]
    sizes: dict[str, tuple[int, int]]
    layers: dict[str, dict[str, int | None]]
    aligned: dict[str, tuple[int, int]]
    kinds: dict[str, dict[str, int]]
    severities: dict[str, int]
    passages: dict[str, dict[str, int]]
    doubtful: int
    abstained: int
    failed: int
    compared: bool

    @property
    def differences(self) -> int:
        return sum(self.severities.values())

    @property
    def closeness(self) -> tuple[int, int]:
        """Sentences that have a counterpart, of all sentences of both versions."""
        return sum(part for part, _ in self.aligned.values()), sum(
            whole for _, whole in self.aligned.values()
        )


def summary(work: Work) -> Summary:
    """The figures of a work."""
    langs = sorted(work.versions)
    differences = reported(work)
    kinds = Counter((d.kind, d.severity) for d in differences)
    found = sorted(
        {kind for kind, _ in kinds},
        key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind),
    )
    return Summary(
        id=work.id,
        langs={lang: work.versions[lang].lang for lang in langs},
        called={lang: work.versions[lang].label for lang in langs},
        titles={lang: title(work.versions[lang]) or work.id for lang in langs},
        sizes={
            lang: (len(work.versions[lang].text.split()), len(work.versions[lang].paragraphs or ()))
            for lang in langs
        },
        layers={
            layer: {lang: _count(getattr(work.versions[lang], layer)) for lang in langs} for layer in LAYERS
        },
        aligned={lang: _aligned(work, lang) for lang in langs} if len(langs) == 2 else {},
        kinds={kind: {severity: kinds[kind, severity] for severity in SEVERITIES} for kind in found},
        severities={
            severity: sum(1 for d in differences if d.severity == severity) for severity in SEVERITIES
        },
        passages={lang: _categories(work.versions[lang]) for lang in langs},
        doubtful=len(work.differences or ()) - len(differences),
        abstained=sum(p.abstained for lang in langs for p in work.versions[lang].passages or ()),
        failed=sum(d.status == "failed" for d in work.diagnostics),
        compared=work.differences is not None,
    )


def reported(work: Work) -> list[Difference]:
    """The differences that are sure enough to be counted; the others are doubtful and shown on demand."""
    return [found for found in work.differences or () if found.confidence >= REPORTED]


def title(version: Version) -> str:
    """The title in the text, else the one in the metadata, else the first words; on one line."""
    for paragraph in version.paragraphs or ():
        if paragraph.role == "title":
            return " ".join(version.text[paragraph.start : paragraph.end].split())
    if version.meta.get("title"):
        return version.meta["title"]
    bodies = [p for p in version.paragraphs or () if p.role not in ("heading", "keywords")]
    words = (version.text[bodies[0].start : bodies[0].end] if bodies else version.text).split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def _count(layer: Sequence | None) -> int | None:
    return None if layer is None else len(layer)


def _aligned(work: Work, lang: Lang) -> tuple[int, int]:
    """How many of a version's sentences stand in a bead that has both sides."""
    beads = [bead for bead in work.alignment if bead.level == "sentence" and bead.en and bead.ru]
    covered = {index for bead in beads for index in (bead.en if lang == "en" else bead.ru)}
    return len(covered), len(work.versions[lang].sentences or ())


def _categories(version: Version) -> dict[str, int]:
    counts = Counter(passage.category for passage in version.passages or ())
    return {category: counts[category] for category in CATEGORIES}
