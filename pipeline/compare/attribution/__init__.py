"""Who says it: another speaker or office, a quotation turned into report, a source that is lost or added.

A source that is only rendered freely must not count, so every rule asks the lexicon as well: a source is lost when
neither the one who speaks nor the word that says so has anything like it in the other version ("the ministry insists that
guests have covered the gap", «гости покрыли недостачу»); it is another one when each side names somebody whom the other
does not know («по подсчётам правительства», "by the companies' own count").
"""

from collections.abc import Iterator, Sequence

from pipeline.compare.attribution import (
    doers,
    lost,
    office,
    persons,
    quotations,
    references,
    roles,
    shortened,
    silenced,
    speakers,
    weights,
)
from pipeline.compare.pairs import Pair
from pipeline.compare.sources import Sources
from pipeline.document import Difference


def compare(pairs: Sequence[Pair], read: Sources) -> Iterator[Difference]:
    """The attribution differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        near = pairs[max(0, n - 1) : n + 2]
        en, ru = read.of(pair.en), read.of(pair.ru)
        yield from quotations.compare(pair, near, read, en, ru)
        yield from references.compare(pair, near)
        yield from roles.compare(pair)
        yield from shortened.compare(pair)
        yield from weights.compare(pair)
        others = (
            list(office.compare(pair, read))
            or list(speakers.compare(pair, near, en, ru))
            or list(persons.compare(pair))
            or list(doers.compare(pair, near))
        )
        yield from others
        if not others:
            missing = [
                *lost.compare(pair, near, read, "en", en, ru),
                *lost.compare(pair, near, read, "ru", ru, en),
            ]
            yield from missing or silenced.compare(pair, near)
