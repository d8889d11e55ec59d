"""Where a text is set: the country from whose side it is told, and the country that a passage is about.

"Bhutan welcomes Indian rails" is told from Bhutan's side: a minister and a price without a country are Bhutan's, though
India is named as often. «Два министра — об Афганистане» is told from neither: its towns and its own names decide.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline import languages, offices, places
from pipeline.document import Version

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOTHING: Mapping[str, float] = MappingProxyType({})
How = Literal["name", "across", "adjective", "town"]

TITLE = {"first": 4.0, "named": 3.5, "across": -1.0}
"""What a title says for a country: named first, named beside or after it ("Laos and Thailand"), and named as the other
party ("between Brazil and Argentina", «об Афганистане»)."""
TITLED = 3.0
"""The weight from which a country is one that the text is about; only a title gives so much."""
SHARES = {"name": 2.0, "adjective": 1.0, "town": 3.0}
"""What it counts to have all names, all adjectives, all towns of a text."""
FEW = {"name": 3, "adjective": 3, "town": 6}
"""So many mentions of a kind at least are reckoned with: one town is no majority."""
DATELINE = 2.0
"""What the town counts that a report is dated from."""
TOWN_SIZE = 4
"""Digits of the population from which a town counts, in a country that the text names."""
HERE = {"name": 1.2, "town": 1.1, "adjective": 0.9, "across": 0.5}
"""What a mention before a place in its own paragraph says for a country, beside its weight in the whole text."""
BEFORE = {"name": 1.3, "town": 1.3, "across": 1.3, "adjective": 1.0}
"""What a mention in the paragraph before says: a passage goes on about what the one before was about."""
LATEST, BEHIND, WHOLE = 0.8, 0.7, 0.75
"""What it adds to be named last before the place, to be named in the paragraph behind it, and what a point of weight in
the whole text counts. Rounded from a fit to the 198 speakers of the 23 development works whose office
names no country (that fit: 166 right with each work left out, 137 by nearness alone), then adjusted on the same works."""
PHRASE = 6
"""Tokens between a preposition and the last name behind it: "between the Kingdom of Spain and Portugal"."""
TOPIC_REACH = 7
"""Tokens between "on" and the country that a title announces to speak about."""


class Mention(NamedTuple):
    """A country at a token: by name or capital, across a preposition of direction, by adjective, or by one of its towns."""

    token: int
    code: str
    how: How


class Setting:
    """The countries of a text, each mention with its weight."""

    def __init__(self, version: Version, doc: "Doc") -> None:
        self.doc, self.lang = doc, version.lang
        self.paragraph = paragraph_of_tokens(version, doc)
        self.mentions = _in_order(doc, version.lang)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much speaks for each country as the one whose side the text tells."""
        weights: Counter[str] = Counter()
        for code, weight in [*self._titled(), *self._shared(), *self._dated()]:
            weights[code] += weight  # type: ignore[assignment]
        return dict(weights)

    @cached_property
    def home(self) -> str | None:
        """The country from whose side the text is told."""
        return max(sorted(self.weights), key=self.weights.__getitem__, default=None)

    def about(
        self, at: int, but: frozenset[str | None] = frozenset(), tied: Mapping[str, float] = NOTHING
    ) -> str | None:
        """The country that the passage at a token is about, of those that the text names; `tied` is what else speaks
        for a country there."""
        weights = {code: WHOLE * weight for code, weight in self.weights.items() if code not in but}
        for code, weight in [*self._nearby(at).items(), *tied.items()]:
            if code in weights:
                weights[code] += weight
        return max(sorted(weights), key=weights.__getitem__, default=None)

    def _nearby(self, at: int) -> dict[str, float]:
        here = self.paragraph[min(at, len(self.paragraph) - 1)]
        opened = any(
            self.paragraph[m.token] == here
            and m.token < at
            and m.how == "name"
            and self.weights[m.code] >= TITLED
            for m in self.mentions
        )
        said: dict[tuple[str, str], float] = {}
        latest = None
        for mention in self.mentions:
            gap = here - self.paragraph[mention.token]
            if gap == 0 and mention.token < at:
                said[mention.code, mention.how] = HERE[mention.how]
                latest = mention.code if mention.how in ("name", "town") else latest
            elif gap == 0 and mention.how in ("name", "town"):
                said[mention.code, "behind"] = BEHIND
            elif gap == 1 and here > 1 and not opened:
                kind = "adjective" if mention.how == "adjective" else "any"
                said[mention.code, f"before {kind}"] = BEFORE[mention.how]
        weights: Counter[str] = Counter()
        for (code, _), weight in [*said.items(), ((latest or "", "latest"), LATEST)]:
            weights[code] += weight  # type: ignore[assignment]
        return dict(weights)

    def _titled(self) -> Iterator[tuple[str, float]]:
        title = [m for m in self.mentions if self.paragraph[m.token] == 0]
        told = [
            m for m in title if m.how in ("name", "town") and not _announced(self.doc, m.token, self.lang)
        ]
        leading = list(dict.fromkeys(m.code for m in told))
        yield from ((code, TITLE["named" if at else "first"]) for at, code in enumerate(leading))
        others = {m.code for m in title if m not in told and m.how != "adjective"}
        yield from ((code, TITLE["across"]) for code in sorted(others.difference(leading)))

    def _shared(self) -> Iterator[tuple[str, float]]:
        for how, weight in SHARES.items():
            counts = Counter(m.code for m in self.mentions if m.how == how)
            most = max(FEW[how], counts.total())
            yield from ((code, weight * n / most) for code, n in counts.items())

    def _dated(self) -> Iterator[tuple[str, float]]:
        """ "Thimphu, 20 November 2025 —": the town that opens the first paragraph."""
        opening = next((m for m in self.mentions if self.paragraph[m.token] == 1), None)
        if opening and (opening.token == 0 or self.paragraph[opening.token - 1] == 0):
            yield opening.code, DATELINE


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
        bare = country.kind in ("name", "capital")
        how: How = "adjective" if not bare else "across" if across(doc, first, lang) else "name"
        yield Mention(first, country.code, how)
    for token in doc[1:]:
        if token.i not in taken and (code := _town(doc, token.i, lang)) in codes:
            yield Mention(token.i, code, "town")


def _town(doc: "Doc", at: int, lang: str) -> str:
    """The country of a town behind a preposition: "in Punakha", «в Пунакхе»."""
    token = doc[at]
    if token.pos_ != "PROPN" or doc[at - 1].pos_ != "ADP" or not token.text[:1].isupper():
        return ""
    found = places.place(token.text, lang)
    return found.country if found and found.size >= TOWN_SIZE else ""


def across(doc: "Doc", at: int, lang: str) -> bool:
    """Whether a preposition of direction stands before a name, which makes it the other party: "to Russia", "between
    Brazil and Argentina", «с Казахстаном», «в Китай» but not «в Китае»."""
    roles = languages.load(lang, "change")["roles"]
    for token in reversed(list(doc[max(doc[at].sent.start, at - PHRASE) : at])):
        if token.lower_ in roles["held"] and token.i and offices.noun(doc[token.i - 1], lang):
            return False  # «депутат от Гренландии»
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
