"""A parser without a model: words by regular expression, a flat tree, capitalised words as names.

Enough to test what does not depend on a model's quality: offsets, assembly, stages, batches.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline import parse
from pipeline.config import Config
from pipeline.parse.sentence import ParsedSentence
from pipeline.tools import Tools

WORD = re.compile(r"\w+|[^\w\s]")


class FakeBackend:
    """Every sentence is a flat tree under its first word."""

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        for text in texts:
            found = list(WORD.finditer(text))
            words = [m.group() for m in found]
            yield ParsedSentence(
                words=words,
                offsets=[m.start() for m in found],
                lemmas=[word.lower().replace("ё", "е") for word in words],
                pos=[_pos(word) for word in words],
                tags=[_pos(word) for word in words],
                morphs=["" for _ in words],
                heads=[0 for _ in words],
                deps=["root", *("dep" for _ in words[1:])],
                entities=[(i, i + 1, "LOC") for i, word in enumerate(words) if i and word[0].isupper()],
            )


def _pos(word: str) -> str:
    if word.isdigit():
        return "NUM"
    if not word[0].isalnum():
        return "PUNCT"
    return "PROPN" if word[0].isupper() else "NOUN"


def tools(config: Config) -> Tools:
    """The tools of a worker that needs no model; a worker process can make them by name."""
    return Tools(config, parse.Parsers(config, {"en": FakeBackend(), "ru": FakeBackend()}))
