"""What both sides say, each in its own notation: "$1.2bn", «1,2 млрд долларов»; "three days before", «19 марта»; "the Danes", «Дания»;
"gross domestic product", «ВВП».

Word by word little of this is a translation, so none of it may count as left over, on neither side.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.compare import date, headwords, moments, number
from pipeline.compare.pairs import Pair, Place, Side
from pipeline.compare.reading import Reading
from pipeline.document import Lang, Link


class Anchor(NamedTuple):
    """The places of the words, on either side, that say the same."""

    en: tuple[int, ...]
    ru: tuple[int, ...]

    def sides(self, lang: Lang) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places of the side that is in question, and those of the other."""
        return (self.en, self.ru) if lang == "en" else (self.ru, self.en)


def anchors(pair: Pair, en: Reading, ru: Reading) -> tuple[Anchor, ...]:
    """The numbers, dates, words of the calendar, linked names and fixed phrases of a pair that have met."""
    met = (
        *number.equal(pair, en, ru),
        *_dates(pair, en, ru),
        *moments.met(pair),
        *_names(pair),
    )
    found = (*(Anchor(_places(pair.en, a), _places(pair.ru, b)) for a, b in met), *_phrases(pair))
    return tuple(anchor for anchor in found if anchor.en and anchor.ru)


def _places(side: Side, said: Place) -> tuple[int, ...]:
    return tuple(n for n, w in enumerate(side.words) if w.start < said.end and said.start < w.end)


def _phrases(pair: Pair) -> Iterator[Anchor]:
    if not pair.editions:
        for ours, theirs in headwords.phrases(pair.en.words, pair.ru.words):
            yield Anchor(tuple(range(ours[0], ours[1] + 1)), tuple(range(theirs[0], theirs[1] + 1)))


def _dates(pair: Pair, en: Reading, ru: Reading) -> Iterator[tuple[Place, Place]]:
    ours, theirs = pair.en.within(en.dates), pair.ru.within(ru.dates)
    yield from ((a, b) for a in ours for b in theirs if date.same(a, b))


def _names(pair: Pair) -> Iterator[tuple[Place, Place]]:
    ours, theirs = (side.within(side.version.entities or ()) for side in (pair.en, pair.ru))
    yield from ((a, b) for a in ours for b in theirs if a.link and b.link and _key(a.link) == _key(b.link))


def _key(link: Link) -> tuple[str, str]:
    return link.scheme, link.value
