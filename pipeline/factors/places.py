"""Which countries a mention concerns: those named in its sentence, else those of its paragraph."""

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.document import Paragraph, Sentence, Version

SCHEME = "iso3166"


class Places:
    """The linked countries of one version by sentence and paragraph."""

    def __init__(self, version: Version) -> None:
        linked = [e for e in version.entities or () if e.link is not None and e.link.scheme == SCHEME]
        self._named = [(e.start, e.link.value) for e in linked if e.link is not None]
        self._sentences = Stretches(version.sentences or ())
        self._paragraphs = Stretches(version.paragraphs or ())

    def countries(self, at: int) -> tuple[str, ...]:
        """ISO 3166-1 alpha-2 codes, in alphabetical order.

        "Trade between Peru and Chile fell" concerns ("CL", "PE").
        """
        return self._inside(self._sentences.around(at)) or self._inside(self._paragraphs.around(at))

    def _inside(self, stretch: Sentence | Paragraph | None) -> tuple[str, ...]:
        if stretch is None:
            return ()
        return tuple(
            sorted({country for start, country in self._named if stretch.start <= start < stretch.end})
        )


class Stretches:
    """Sentences or paragraphs in text order, findable by offset."""

    def __init__(self, stretches: Sequence[Sentence] | Sequence[Paragraph]) -> None:
        self._stretches = stretches
        self._starts = [s.start for s in stretches]

    def around(self, at: int) -> Sentence | Paragraph | None:
        """The stretch that holds the offset."""
        n = bisect_right(self._starts, at) - 1
        return self._stretches[n] if n >= 0 and at < self._stretches[n].end else None
