"""Factor mentions: where a text names a cause that the codebook lists, and which way it works.

Mentions come from the codebook's terms (`factors.terms`), and from sentences that are like a code's examples
(`factors.similar`), with a confidence of their own.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.codebook import Code, Codebook, Term, plain
from pipeline.document import Factor, Lang, Version, numbered
from pipeline.factors import similar
from pipeline.factors.places import Places
from pipeline.factors.polarity import polarity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BY = "factors.terms"
ONE_WORD, APART, IN_A_ROW = 0.6, 0.75, 0.9
"""Confidence by the shape of the term that matched: one word alone, words apart, several in a row."""


class Mention(NamedTuple):
    """A term found in a text: the tokens it covers (both inclusive), and whose it is."""

    first: int
    last: int
    term: Term
    code: Code


def extract(version: Version, doc: "Doc", codebook: Codebook) -> tuple[Factor, ...]:
    """The factor mentions of one version, in text order.

    "Trade turnover fell" and «товарооборот сократился» are one code, `economic.trade-decline`. A mention inside a longer one is not counted
    again. `rule` is the code's term that matched.
    """
    places, bodies = Places(version), Bodies(version)
    codes, found = similar.prototypes(codebook), []
    for words in sentences(doc):
        named = _apart(_mentions(words, version, codebook))
        found += [_factor(m, version, doc, places, codebook) for m in named]
        like = _like(words, version.lang, codes) if codes and bodies.hold(words[0].idx) else None
        if like is not None and all(m.code.group != like.code.group for m in named):
            found.append(_similar(words, like, version, doc, places, codebook))
    return numbered(f"{version.side}.factor", found)


class Bodies:
    """The body paragraphs of a version: titles and footnotes are too short or too dense to be like an example."""

    def __init__(self, version: Version) -> None:
        self._at = [(p.start, p.end) for p in version.paragraphs or () if p.role == "body"]
        self._starts = [start for start, _ in self._at]

    def hold(self, offset: int) -> bool:
        n = bisect_right(self._starts, offset) - 1
        return n >= 0 and offset < self._at[n][1]


def _like(words: "list[Token]", lang: Lang, codes: similar.Prototypes) -> similar.Likeness | None:
    lemmas = similar.content(words)
    return codes.nearest(lemmas, lang) if len(lemmas) >= similar.FEWEST else None


def sentences(doc: "Doc") -> Iterator[list["Token"]]:
    """The words of each sentence, without punctuation and white space."""
    words: list[Token] = []
    for token in doc:
        if token.is_sent_start and words:
            yield words
            words = []
        if token.is_alpha or any(c.isalnum() for c in token.text):
            words.append(token)
    if words:
        yield words


def readings(token: "Token") -> tuple[str, ...]:
    """The forms under which a term may name the token: as it stands, and its lemma."""
    form, lemma = plain(token.text), plain(token.lemma_)
    return (form,) if form == lemma else (form, lemma)


def _mentions(words: list["Token"], version: Version, codebook: Codebook) -> list[Mention]:
    index, owners = codebook.terms(version.lang)
    position = {token.i: n for n, token in enumerate(words)}
    heads = [position.get(token.head.i, n) for n, token in enumerate(words)]
    found = index.find([readings(token) for token in words], heads)
    return [Mention(words[m.first].i, words[m.last].i, index.terms[m.term], owners[m.term]) for m in found]


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """Mentions without those inside another, and one of several of the same code that overlap.

    The more words a term has and the closer they stand, the better it knows what it names.
    """
    kept: list[Mention] = []
    for mention in sorted(
        found, key=lambda m: (-m.term.words, m.last - m.first, m.first, m.code.id, m.term.pattern)
    ):
        if not any(_same(mention, other) for other in kept):
            kept.append(mention)
    return kept


def _same(a: Mention, b: Mention) -> bool:
    overlapping = a.first <= b.last and b.first <= a.last
    nested = (a.first >= b.first and a.last <= b.last) or (b.first >= a.first and b.last <= a.last)
    return nested or (overlapping and a.code.id == b.code.id)


def _factor(mention: Mention, version: Version, doc: "Doc", places: "Places", codebook: Codebook) -> Factor:
    start = doc[mention.first].idx
    end = doc[mention.last].idx + len(doc[mention.last])
    code = mention.code
    return Factor(
        start=start,
        end=end,
        text=version.text[start:end],
        by=BY,
        confidence=_confidence(mention.term),
        code=code.id,
        group=code.group,
        category=codebook.category_of(code.group),
        polarity=polarity(doc, mention.first, mention.last, code.polarity, mention.term.pattern),
        countries=places.countries(start),
        rule=f"{code.id}: {mention.term.pattern}",
    )


def _similar(
    words: "list[Token]",
    like: similar.Likeness,
    version: Version,
    doc: "Doc",
    places: Places,
    codebook: Codebook,
) -> Factor:
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    return Factor(
        start=start,
        end=end,
        text=version.text[start:end],
        by=similar.BY,
        confidence=similar.confidence(like.cosine),
        code=like.code.id,
        group=like.code.group,
        category=codebook.category_of(like.code.group),
        polarity=polarity(doc, words[0].i, words[-1].i, like.code.polarity, ""),
        countries=places.countries(start),
        rule=f'{like.code.id}: like "{like.example}"',
    )


def _confidence(term: Term) -> float:
    if term.words == 1:
        return ONE_WORD
    apart = bool(term.ties) or any(slot.skip for row in term.rows for slot in row)
    return APART if apart else IN_A_ROW
