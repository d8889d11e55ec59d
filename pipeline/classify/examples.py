"""The labelled corpus as numbers."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline import factors, segment
from pipeline import space as spaces
from pipeline.classify import corpus, features
from pipeline.classify.attention import Bag, Floats, joined
from pipeline.codebook import Codebook
from pipeline.document import Lang, Paragraph, Source, Version, digest
from pipeline.parse import Parsers


class Examples(NamedTuple):
    """One passage in one language each: its words, its other features, its label and where it comes from."""

    bag: Bag
    rest: Floats
    groups: NDArray[np.int64]
    works: NDArray[np.str_]
    langs: NDArray[np.str_]
    hard: NDArray[np.bool_]
    ids: NDArray[np.str_]

    def of(self, chosen: NDArray[np.bool_]) -> "Examples":
        return Examples(
            self.bag.of(chosen),
            self.rest[chosen],
            self.groups[chosen],
            self.works[chosen],
            self.langs[chosen],
            self.hard[chosen],
            self.ids[chosen],
        )

    @property
    def languages(self) -> list[str]:
        return sorted(map(str, np.unique(self.langs)))


def read(
    labelled: Sequence[corpus.Labelled],
    codebook: Codebook,
    parsers: Parsers,
    progress: Callable[[int], None] = lambda n: None,
) -> Examples:
    """Parse the passages and take their features."""
    bags, others, kept = [], [], []
    for one in labelled:
        for lang, text in (("en", one.en), ("ru", one.ru)):
            if text.strip():
                words, rest = example(text.strip(), lang, codebook, parsers)  # type: ignore[arg-type]
                bags.append(words)
                others.append(rest)
                kept.append((one, lang))
        progress(1)
    return Examples(
        bag=joined(bags),
        rest=np.stack(others),
        groups=np.array([codebook.group_ids.index(one.group) for one, _ in kept]),
        works=np.array([one.work for one, _ in kept]),
        langs=np.array([lang for _, lang in kept]),
        hard=np.array([one.hard for one, _ in kept]),
        ids=np.array([one.id for one, _ in kept]),
    )


def example(text: str, lang: Lang, codebook: Codebook, parsers: Parsers) -> tuple[Bag, Floats]:
    """The words and the other features of one passage that stands alone."""
    source = Source(path="", sha256=digest(text), encoding="utf-8", media_type="text/plain")
    version = Version(
        lang=lang, source=source, text=text, paragraphs=(Paragraph(start=0, end=len(text)),), entities=()
    )
    version = msgspec.structs.replace(version, sentences=segment.sentences(version))
    doc = parsers.doc(version)
    found = features.columns(doc)
    [part] = features.words(found, [(0, len(text))])
    mentions = factors.extract(version, doc, codebook)
    return features.bag(found, [part], lang, spaces.load()), features.rest(
        found, part, mentions, codebook, lang
    )


def versions(examples: Examples) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of the passages that have both versions, English and Russian side by side."""
    at = {lang: {examples.ids[i]: i for i in np.flatnonzero(examples.langs == lang)} for lang in ("en", "ru")}
    shared = sorted(at["en"].keys() & at["ru"].keys())
    return np.array([at["en"][i] for i in shared], int), np.array([at["ru"][i] for i in shared], int)
