"""Passages: each body paragraph with the category of its dominant cause, a probability that means what it says, and
the words it rests on. The passage's own text decides, nothing else.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline import space as spaces
from pipeline.classify import evidence
from pipeline.classify.attention import Bag
from pipeline.classify.features import bag, columns, rest, words
from pipeline.classify.model import Model, category_of, load, save, verdict
from pipeline.classify.pooling import named, pooled
from pipeline.codebook import NONE, Codebook
from pipeline.document import Factor, Paragraph, Passage, Version, numbered
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Model", "load", "passages", "pooled", "save"]

BY = "classify.passages"
FEWEST = 3
"""Content words a passage needs to be judged: "Q: And then?" says nothing."""


def passages(version: Version, doc: "Doc", codebook: Codebook, model: Model) -> tuple[Passage, ...]:
    """The coded body paragraphs of one version, in text order.

    Raises: ConfigError when the model was trained for another codebook.
    """
    _check_groups(model, codebook)
    bodies = [p for p in version.paragraphs or () if p.role == "body"]
    if not bodies:
        return ()
    lang, space, found = version.lang, spaces.load(), columns(doc)
    parts = words(found, [(p.start, p.end) for p in bodies])
    inside = _by_paragraph(bodies, version.factors or ())
    others = np.stack([rest(found, w, f, codebook, lang) for w, f in zip(parts, inside, strict=True)])
    content = bag(found, parts, lang, space)
    probabilities = model.group_probabilities(content, others, lang, space)
    probabilities[[len(w.content) < FEWEST for w in parts]] = np.eye(probabilities.shape[1])[-1]
    groups = np.array([verdict(each, model.description) for each in probabilities])
    spoken = evidence.spoke(content, others, groups, lang, model, space)
    coded = (
        _passage(paragraph, factors, of_groups, evidence.strongest(spoken[own], texts), version, model)
        for paragraph, factors, of_groups, own, texts in zip(
            bodies, inside, probabilities, *_own(content, doc), strict=True
        )
    )
    return numbered(f"{version.side}.passage", coded)


def _own(content: Bag, doc: "Doc") -> tuple[list[slice], list[list[str]]]:
    """Where each passage's words lie in the bag, and these words as they stand."""
    ends = np.searchsorted(content.owner, np.arange(content.passages + 1))
    slices = [slice(int(a), int(b)) for a, b in pairwise(ends)]
    return slices, [[doc[int(i)].text for i in content.token[own]] for own in slices]


def _check_groups(model: Model, codebook: Codebook) -> None:
    if model.description.groups != codebook.group_ids:
        raise ConfigError(
            f'passage model "{model.description.name}" knows the groups of codebook "{model.description.codebook}", not of '
            f'"{codebook.id}": train one with diptych train CORPUS -o FOLDER'
        )


def _by_paragraph(bodies: Sequence[Paragraph], factors: Sequence[Factor]) -> list[list[Factor]]:
    starts = np.array([p.start for p in bodies])
    inside: dict[int, list[Factor]] = defaultdict(list)
    for factor in factors:
        n = int(np.searchsorted(starts, factor.start, side="right")) - 1
        if n >= 0 and factor.end <= bodies[n].end:
            inside[n].append(factor)
    return [inside[n] for n in range(len(bodies))]


def _passage(
    paragraph: Paragraph,
    factors: list[Factor],
    groups: NDArray[np.float64],
    spoke: tuple[str, ...],
    version: Version,
    model: Model,
) -> Passage:
    known = model.description
    categories = model.category_probabilities(groups[None])[0]
    group = verdict(groups, known)
    category = category_of(group, known)
    limits = known.languages[version.lang]
    admitted = [c for c, p in zip(known.categories, categories, strict=True) if p >= limits.admit]
    return Passage(
        start=paragraph.start,
        end=paragraph.end,
        text=version.text[paragraph.start : paragraph.end],
        by=BY,
        confidence=round(float(categories.max()), 4),
        category=category,
        group=known.groups[group],
        probabilities=named(known.categories, categories),
        groups=named(known.groups, groups),
        set=tuple(admitted) or (category,),
        abstained=bool(categories.max() < limits.answer),
        factors=tuple(f.id for f in factors),
        evidence=spoke if known.groups[group] != NONE else (),
    )
