"""Where a text is set: the country from whose side it is told, and the country that a passage is about.

"Bhutan welcomes Indian rails" is told from Bhutan's side: a minister and a price without a country are Bhutan's, though
India is named as often. A text that is told from one side hardly names that side: in "Angola pays late. Our shops wait"
the home is where the towns and the dateline are, and Angola, named again and again, is the neighbour. «Два министра — об
Афганистане» is told from neither: its towns and its own names decide.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline import countries, languages, offices, places
from pipeline.document import Version

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOTHING: Mapping[str, float] = MappingProxyType({})
How = Literal["name", "capital", "across", "adjective", "town"]

SHARES: Mapping[How, float] = {"name": 0.5, "capital": 2.5, "town": 2.0, "across": -0.5}
"""What it says for a country to have all mentions of a kind: a capital and towns are home, a name alone says little,
and what stands across a preposition of direction is the other party."""
FEW = 3
"""So many mentions of a kind at least are reckoned with: one town is no majority."""
OPPOSED = -1.0
"""What it says for a country when all its mentions stand beside "we" and "our": "Sweden pays in kronor, we in delays"."""
FIRST = 1.5
"""What it says to be the first that the text proper names, and not as the other party."""
TITLE = {"named": 2.0, "across": -0.5}
"""What a title says for a country that it names, and for one it names as the other party («об Афганистане»)."""
DATELINE = 2.0
"""What the town counts that a report is dated from; by hand, for only two of the works have such a line."""
HERE: Mapping[How, float] = {"name": 0.5, "capital": 0.5, "town": 1.0, "adjective": 1.0}
"""What a mention before a place in its own paragraph says for a country."""
LATEST, BEFORE = 1.5, 1.0
"""What it adds to be named last before the place, and to be named in the paragraph before.

All these weights are halves next to a fit (conditional logit, ridge 1) to the 139 speakers of the 23 development works whose
office names no country and to the country that comes first in the metadata of 194 labelled works. With the work left
out the fit gives .93 of the speakers the right country."""
EVEN = 0.5
"""What remains of a country's lead over the whole text where the title names two: "Bulgaria and Romania share a river" is
told from either side in turn."""
NEARBY, SIDES = 0.5, 2
"""What the words nearby count where the title does not name both sides, and how many sides a text is taken to have."""
DATELINE_WORDS = 3
"""Words of the longest town that a report is dated from: "Port of Spain"."""
DATED = frozenset(",.(—–-")
"""What stands behind it; "Yerevan/Tbilisi" dates a report from neither side, «Кому: ...» from none."""
QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
TOWN_SIZE, TOWN_ALONE = 4, 5
"""Digits of the population from which a town counts, in a country that the text names and in any."""
STATED = 1.0
"""The confidence of a country that the text itself names."""
PHRASE = 6
"""Tokens between a preposition and the last name behind it: "between the Kingdom of Spain and Portugal"."""
TOPIC_REACH = 7
"""Tokens between "on" and the country that a title announces to speak about."""


class Mention(NamedTuple):
    """A country at a token: by name or capital, across a preposition of direction, by adjective, or by one of its towns."""

    token: int
    code: str
    how: How


class Guess(NamedTuple):
    """A country, with the probability that the weights give it."""

    country: str
    confidence: float


class Setting:
    """The countries of a text, each mention with its weight."""

    def __init__(self, version: Version, doc: "Doc") -> None:
        self.doc, self.lang = doc, version.lang
        self.paragraph = paragraph_of_tokens(version, doc)
        self.mentions = tuple(sorted({*_in_order(doc, version.lang), *self._dateline()}))

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much speaks for each country as the one whose side the text tells."""
        weights: Counter[str] = Counter({mention.code: 0 for mention in self.mentions})
        for code, weight in [
            *self._entitled(),
            *self._shared(),
            *self._opposed(),
            *self._first(),
            *self._dated(),
        ]:
            weights[code] += weight  # type: ignore[assignment]
        return dict(weights)

    @cached_property
    def home(self) -> str | None:
        """The country from whose side the text is told: that of who speaks in the title («речь депутата от Гренландии»),
        else the one for which most speaks."""
        named = [m for m in self._title() if m.code in self.titled and m.how != "across"]
        speaking = [m.code for m in named if _of_an_office(self.doc, m.token, self.lang)]
        if speaking:
            return speaking[0]
        return max(sorted(self.weights), key=self.weights.__getitem__, default=None)

    @cached_property
    def titled(self) -> tuple[str, ...]:
        """The countries whose affairs the title announces, in its order: "Laos and Thailand"."""
        told = (m for m in self._title() if m.how in ("name", "capital", "town"))
        return tuple(dict.fromkeys(m.code for m in told if not _announced(self.doc, m.token, self.lang)))

    def about(
        self,
        at: int,
        but: frozenset[str | None] = frozenset(),
        tied: Mapping[str, float] = NOTHING,
        evenly: bool = False,
    ) -> Guess | None:
        """The country that the passage at a token is about, of those that the text names; `tied` is what else speaks
        for a country there. What stands nearby tells apart the two sides of the text, first of all those that its title
        names: around «Министр приехал из Польши» Poland is a topic, not the side that the text is told from. `evenly`: of
        people, who come from either side by turns, where figures keep to one."""
        from_both = len(self.titled) > 1
        lead = EVEN if from_both and evenly else 1.0
        near = 1.0 if from_both else NEARBY * evenly
        weights = {code: weight * lead for code, weight in self.weights.items() if code not in but}
        sides = self.titled if from_both else sorted(weights, key=lambda code: (-weights[code], code))[:SIDES]
        said = [
            *((code, near * weight) for code, weight in self._nearby(at).items() if code in sides),
            *tied.items(),
        ]
        for code, weight in said:
            if code in weights:
                weights[code] += weight
        if not weights:
            return None
        best = max(sorted(weights), key=weights.__getitem__)
        return Guess(best, _share(weights, best))

    def confidence(self, code: str | None) -> float:
        """The probability that the text is told from a country's side."""
        return _share(self.weights, code) if code in self.weights else 0.0

    @cached_property
    def _inside(self) -> defaultdict[int, list[Mention]]:
        """The mentions of each paragraph."""
        found: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            found[self.paragraph[mention.token]].append(mention)
        return found

    def _nearby(self, at: int) -> dict[str, float]:
        here = self.paragraph[min(at, len(self.paragraph) - 1)]
        said: dict[tuple[str, str], float] = {}
        latest = ""
        for mention in [*self._inside[here - 1], *self._inside[here]]:
            gap = here - self.paragraph[mention.token]
            if mention.how == "across":
                continue
            if gap == 0 and mention.token < at:
                said[mention.code, mention.how] = HERE[mention.how]
                latest = latest if mention.how == "adjective" else mention.code
            elif gap == 1 and here > 1 and mention.how != "adjective":
                said[mention.code, "before"] = BEFORE
        weights: Counter[str] = Counter()
        for (code, _), weight in [*said.items(), ((latest, "latest"), LATEST)]:
            weights[code] += weight  # type: ignore[assignment]
        return dict(weights)

    def _title(self) -> list[Mention]:
        """What the title names in its own words: "“Angola pays late”: a talk" is not on Angola."""
        return [m for m in self.mentions if self.paragraph[m.token] == 0 and not _quoted(self.doc, m.token)]

    def _dateline(self) -> Iterator[Mention]:
        """A town that opens the first paragraph with a mark behind it: "KLAIPĖDA, 2 June —", «Клайпеда. —»."""
        at = bisect_left(self.paragraph, 1)
        at = next((t.i for t in self.doc[at : at + FEW] if not t.is_space), at)
        for last in range(min(at + DATELINE_WORDS, len(self.doc) - 1), at, -1):
            name = self.doc[at:last].text
            found = places.place(name.title() if name.isupper() else name, self.lang)
            if found and found.country and found.size >= TOWN_ALONE and self.doc[last].text in DATED:
                yield Mention(at, found.country, "town")
                return

    def _body(self) -> list[Mention]:
        return [m for m in self.mentions if self.paragraph[m.token] > 0]

    def _entitled(self) -> Iterator[tuple[str, float]]:
        yield from ((code, TITLE["named"]) for code in self.titled)
        others = {m.code for m in self._title() if m.how != "adjective"}
        yield from ((code, TITLE["across"]) for code in sorted(others.difference(self.titled)))

    def _shared(self) -> Iterator[tuple[str, float]]:
        for how, weight in SHARES.items():
            counts = Counter(m.code for m in self._body() if m.how == how)
            most = max(FEW, counts.total())
            yield from ((code, weight * n / most) for code, n in counts.items())

    def _opposed(self) -> Iterator[tuple[str, float]]:
        ours = languages.load(self.lang, "speech")["pronouns"]["first_plural"]
        sentences = {token.sent.start for token in self.doc if token.lower_ in ours}
        counts = Counter(m.code for m in self._body())
        beside = Counter(m.code for m in self._body() if self.doc[m.token].sent.start in sentences)
        yield from ((code, OPPOSED * n / (counts[code] + FEW - 1)) for code, n in beside.items())

    def _first(self) -> Iterator[tuple[str, float]]:
        yield from ((m.code, FIRST) for m in [m for m in self._body() if m.how != "across"][:1])

    def _dated(self) -> Iterator[tuple[str, float]]:
        """ "Thimphu, 20 November 2025 —": the town that opens the first paragraph."""
        yield from ((mention.code, DATELINE) for mention in self._dateline())


def _share(weights: Mapping[str, float], code: str) -> float:
    """The probability of one of several countries by their weights."""
    return 1 / sum(math.exp(weight - weights[code]) for weight in weights.values())


def _quoted(doc: "Doc", at: int) -> bool:
    """Whether quotation marks are open at a token of the title."""
    before = doc[:at].text
    return any(before.count(opening) > before.count(closing) for opening, closing in QUOTES)


def _of_an_office(doc: "Doc", at: int, lang: str) -> bool:
    """ "a member for Greenland", "Finland's interior minister", «министр обороны Чили»: an office beside a country."""
    window = doc[max(doc[at].sent.start, at - 3) : min(doc[at].sent.end, at + 5)]
    beside = [t for t in window if offices.noun(t, lang)]
    return any(
        not any(t.is_punct and t.text not in "-’'" for t in doc[min(at, o.i) : max(at, o.i)]) for o in beside
    )


def _announced(doc: "Doc", at: int, lang: str) -> bool:
    """What a title announces to speak about: "a governor on Algiers and Paris", «министр — об Афганистане»."""
    about = languages.load(lang, "change")["roles"]["about"]
    for token in reversed(list(doc[max(0, at - TOPIC_REACH) : at])):
        if token.lower_ in about:
            return True
        if token.pos_ in ("VERB", "AUX") or token.text in (":", ";", "—", "–"):
            return False
    return False


@lru_cache(maxsize=2)  # quantities and statements read the same parse one after the other
def _in_order(doc: "Doc", lang: str) -> tuple[Mention, ...]:
    return tuple(sorted(_mentions(doc, lang)))


def _mentions(doc: "Doc", lang: str) -> Iterator[Mention]:
    taken: set[int] = set()
    codes: set[str] = set()
    for first, last, country in offices.country_mentions(doc, 0, len(doc), lang):
        taken.update(range(first, last))
        codes.add(country.code)
        yield Mention(first, country.code, _how(doc, first, country, lang))
    for token in doc[1:]:
        town = None if token.i in taken else _town(doc, token.i, lang)
        if town and town.size >= (TOWN_SIZE if town.country in codes else TOWN_ALONE):
            yield Mention(token.i, town.country, "town")


def _how(doc: "Doc", first: int, country: countries.Country, lang: str) -> How:
    if country.kind not in ("name", "capital"):
        return "adjective"
    return "across" if across(doc, first, lang) else country.kind


def _town(doc: "Doc", at: int, lang: str) -> places.Place | None:
    """A town behind a preposition: "in Punakha", «в Пунакхе»."""
    token = doc[at]
    if token.pos_ != "PROPN" or doc[at - 1].pos_ != "ADP" or not token.text[:1].isupper():
        return None
    found = places.place(token.text, lang)
    return found if found and found.country else None


def across(doc: "Doc", at: int, lang: str) -> bool:
    """Whether a preposition of direction stands before a name, which makes it the other party: "to Russia", "between
    Brazil and Argentina", «с Казахстаном», «в Китай» but not «в Китае»."""
    roles = languages.load(lang, "change")["roles"]
    for token in reversed(list(doc[max(doc[at].sent.start, at - PHRASE) : at])):
        if token.lower_ in roles["held"] and any(
            offices.noun(t, lang) for t in doc[max(0, token.i - 3) : token.i]
        ):
            return False  # «депутат от Гренландии», «судья в отставке из Кишинёва»
        if token.lower_ in (*roles["counterpart"], *roles["pair"], *roles["about"]):
            return True
        if lang == "ru" and token.lower_ in ("в", "во", "на"):
            return "Acc" in doc[at].morph.get("Case", [])
        if token.pos_ not in ("DET", "ADJ", "PROPN", "CCONJ"):
            return False
    return False


def paragraph_of_tokens(version: Version, doc: "Doc") -> list[int]:
    """The paragraph of each token."""
    ends = [p.end for p in version.paragraphs or ()]
    result, at = [], 0
    for token in doc:
        while at < len(ends) - 1 and token.idx >= ends[at]:
            at += 1
        result.append(at)
    return result
