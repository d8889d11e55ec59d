"""Two versions of one passage are two readings of the same thing: their evidence is put together.

What one language says with a rare word the other may say plainly, so the mean of both readings errs less than either
("a chill between the palaces", «обида»). Each version's own reading is kept in `alone`: agreement between the versions
is measured on that, never on the pooled category, which is the same on both sides by construction.
"""

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.classify.model import Model, category_of, membership, verdict
from pipeline.document import Lang, Passage, Version, Work

BY = "classify.pooled"
LEAST = 1e-4
"""No reading is so sure that the other could not outweigh it."""


def pooled(work: Work, model: Model) -> dict[Lang, Version]:
    """The versions, with one verdict for every pair of passages that translate each other one to one.

    A paragraph that stands in one version only, or is split or merged in the other, keeps its own verdict.
    """
    sides = {lang: list(version.passages or ()) for lang, version in work.versions.items()}
    for e, r in pairs(work) if model.description.pooled else ():
        en, ru = sides["en"][e], sides["ru"][r]
        groups = together(
            np.array([[p.groups[g] for g in model.description.groups] for p in (en, ru)]), model
        )
        sides["en"][e], sides["ru"][r] = (_judged(p, groups, model) for p in (en, ru))
    return {
        lang: version
        if version.passages is None
        else msgspec.structs.replace(version, passages=tuple(sides[lang]))
        for lang, version in work.versions.items()
    }


def pairs(work: Work) -> Iterator[tuple[int, int]]:
    """The indices of the English and the Russian passage of every one-to-one bead of body paragraphs."""
    at = {lang: _by_paragraph(version) for lang, version in work.versions.items()}
    for bead in work.alignment:
        if bead.level == "paragraph" and len(bead.en) == len(bead.ru) == 1:
            e, r = at["en"].get(bead.en[0]), at["ru"].get(bead.ru[0])
            if e is not None and r is not None:
                yield e, r


def _by_paragraph(version: Version) -> dict[int, int]:
    starts = {passage.start: n for n, passage in enumerate(version.passages or ())}
    return {n: starts[p.start] for n, p in enumerate(version.paragraphs or ()) if p.start in starts}


def together(both: NDArray[np.float64], model: Model) -> NDArray[np.float64]:
    """Group probabilities from those of the two versions: the product of both, sharpened or flattened as was right on
    unseen works.

    Shape: (2, groups) -> (groups,)
    """
    limits = model.description.pooled
    assert limits is not None, "a model that learnt from one language pools nothing"
    return product(both[None, 0], both[None, 1], limits.temperature)[0]


def product(en: NDArray[np.float64], ru: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """The normalised product of two readings, row by row; `temperature` makes up for what both err in together."""
    scores = (np.log(np.maximum(en, LEAST)) + np.log(np.maximum(ru, LEAST))) / temperature
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def _judged(passage: Passage, groups: NDArray[np.float64], model: Model) -> Passage:
    known, limits = model.description, model.description.pooled
    assert limits is not None
    categories = groups @ membership(known)
    best = verdict(groups, known)
    category = category_of(best, known)
    return msgspec.structs.replace(
        passage,
        by=BY,
        confidence=round(float(categories.max()), 4),
        category=category,
        group=known.groups[best],
        probabilities=named(known.categories, categories),
        set=tuple(c for c, p in zip(known.categories, categories, strict=True) if p >= limits.admit)
        or (category,),
        abstained=bool(categories.max() < limits.answer),
        alone=passage.probabilities,
    )


def named(names: tuple[str, ...], values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
