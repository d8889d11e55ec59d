"""What the stages share: configuration, parsers, codebook, passage model, and a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from time import process_time

from pipeline import classify, codebook, parse
from pipeline.codebook import Codebook
from pipeline.config import Config
from pipeline.parse import Parsers


class Tools:
    """What the stages share: configuration, parsers, codebook, passage model. Each is loaded on first use.

    `seconds` adds up the processor time that each stage took."""

    def __init__(self, config: Config, parsers: Parsers | None = None) -> None:
        self.config = config
        self.seconds: Counter[str] = Counter()
        self._parsers = parsers

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = process_time()
        try:
            yield
        finally:
            self.seconds[stage] += process_time() - began  # type: ignore[assignment]

    @cached_property
    def parsers(self) -> Parsers:
        return self._parsers or parse.load(self.config)

    @cached_property
    def codebook(self) -> Codebook:
        return codebook.load(self.config.codebook)

    @cached_property
    def passage_model(self) -> classify.Model:
        return classify.load(self.config.passage_model or self.codebook.id)
