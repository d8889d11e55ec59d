"""Terms that translators keep ("the killings", "the armistice"), in the place of which a version has another word: «события», «капитуляция».

The contrasts know which words exclude each other; a euphemism or a slip may be any word. So it is enough that nothing in the other
version, here or beside, renders the term (`languages/kept.toml`), and that a word of its class which renders nothing stands in its place.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import languages
from pipeline.compare import contrasts
from pipeline.compare.contrasts import Hit
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.thesaurus import renders
from pipeline.document import Difference, Lang

BY = "terminology"
LOST = 0.62
"""Confidence of a term that is lost: planted differences and faithful news, see CHANGELOG."""
CLASSES = {
    "nouns": frozenset({"NOUN"}),
    "adjectives": frozenset({"ADJ", "ADV"}),
}
"""The sections of the data, and what the last word of a term is, and the word in its place."""
ALIKE = 0.3
"""Likeness that even a word of another sense has with the one in whose place it stands, for what is around them is the same."""
LANGS: tuple[Lang, Lang] = ("en", "ru")
OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
PREFIX = 4
"""Letters of a prefix by which it is looked up."""


class Term(NamedTuple):
    """A term as a row looks for it: the row, the class of its last word, its words."""

    row: str
    pos: frozenset[str]
    words: tuple[str, ...]


class _Table(NamedTuple):
    """The terms of a language by the beginning of their first word, and what renders each row in it."""

    terms: dict[str, list[Term]]
    renders: dict[str, tuple[str, ...]]


@cache
def _table(lang: Lang) -> _Table:
    terms: dict[str, list[Term]] = {}
    excuses: dict[str, tuple[str, ...]] = {}
    for section, rows in languages.shared("kept").items():
        for row, line in rows.items():
            own, also = (_listed(line.split("|")[n + LANGS.index(lang)]) for n in (0, 2))
            excuses[row] = tuple(part for form in (*own, *also) for part in form.split())
            for form in own:
                words = tuple(form.split())
                terms.setdefault(words[0][:PREFIX], []).append(Term(row, CLASSES[section], words))
    return _Table(terms, excuses)


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def compare(pair: Pair, near: Sequence[Pair]) -> Iterator[Difference]:
    """The terms of a pair that the other side has lost, each row once."""
    if pair.editions or min(pair.coverage) < COVERED:
        return
    for lang in LANGS:
        seen: set[str] = set()
        for term, hit in _hits(pair.side(lang)):
            if term.row not in seen:
                seen.add(term.row)
                yield from _lost(pair, near, lang, term, hit)


COVERED = 0.5
"""Share of the words of either side that must be rendered: a free translation renames as well."""


def _hits(side: Side) -> Iterator[tuple[Term, Hit]]:
    """The terms that a side has, and where."""
    terms = _table(side.lang).terms
    for n, word in enumerate(side.words):
        for term in terms.get(_plain(word.lemma)[:PREFIX], ()):
            there = side.words[n : n + len(term.words)]
            if (
                _are(there, term.words)
                and there[-1].token.pos_ in term.pos
                and not any(w.name for w in there)
            ):
                yield term, Hit(0, n, n + len(there) - 1)


def _are(there: Sequence[Word], words: tuple[str, ...]) -> bool:
    return len(there) == len(words) and all(_is(w.lemma, form) for w, form in zip(there, words, strict=True))


def _is(word: str, form: str) -> bool:
    word = _plain(word)
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def _lost(pair: Pair, near: Sequence[Pair], lang: Lang, term: Term, hit: Hit) -> Iterator[Difference]:
    side, other = pair.side(lang), pair.other(lang)
    if _matched(pair, lang, hit.last) or any(_rendered(p.other(lang), term.row) for p in near):
        return
    place = _in_its_place(pair, lang, term, hit)
    if place is None:
        return
    ours = evidence(side.version, side.words[hit.first].start, side.words[hit.last].end, BY)
    theirs = evidence(other.version, other.words[place].start, other.words[place].end, BY)
    said = (
        f"Nothing in the {other.which} version renders {quoted(ours.text, side.lang)}; in its place stands "
        f"{quoted(theirs.text, other.lang)}."
    )
    spans = (ours, theirs) if lang == "en" else (theirs, ours)
    yield difference("terminology", *spans, LOST * pair.sure, said, group=term.row)


def _matched(pair: Pair, lang: Lang, place: int) -> bool:
    """Some word of the other side may well translate the word: chance partners do not count."""
    return pair.matches[LANGS.index(lang)].get(place, (-1, 0.0))[1] >= MATCHED


MATCHED = 0.1
"""Probability from which a match of a term is no chance."""


def _rendered(side: Side, row: str) -> bool:
    """The side has some word, or a part of one («студенты-демонстранты»), that renders the row's terms."""
    said = {part for w in side.words for form in (w.lemma, w.token.text) for part in (form, *form.split("-"))}
    return any(_is(word, form) for form in _table(side.lang).renders[row] for word in said)


def _in_its_place(pair: Pair, lang: Lang, term: Term, hit: Hit) -> int | None:
    """The word of the other side that nothing but the term itself can render, where it stands."""
    other, back = pair.other(lang), OTHER[lang]
    if _by_thesaurus(pair, lang, hit):
        return None
    likeness = pair.likeness if lang == "en" else pair.likeness.T
    spare = [
        n
        for n in pair.unexplained(back)
        if other.words[n].token.pos_ in term.pos
        and not other.words[n].name
        and pair.match(back, n) in (None, *range(hit.first, hit.last + 1))
        and likeness[hit.last, n] >= ALIKE
        and not any(c.pos_ == "NUM" for c in other.words[n].token.children)
    ]
    near = [(round(_closeness(pair, lang, hit, n), 1), float(likeness[hit.last, n]), -n) for n in spare]
    close, _, place = max(near, default=(0.0, 0.0, 0))
    return -place if close >= contrasts.NEAR else None


def _by_thesaurus(pair: Pair, lang: Lang, hit: Hit) -> bool:
    """The thesaurus renders the last word of the term by some word of the other side."""
    own = pair.side(lang).words[hit.last].stem
    there = (w.stem for w in pair.other(lang).words if w.content)
    return any(renders(own, stem) if lang == "en" else renders(stem, own) for stem in there)


def _closeness(pair: Pair, lang: Lang, hit: Hit, place: int) -> float:
    there = Hit(0, place, place)
    return contrasts.closeness(pair, *((hit, there) if lang == "en" else (there, hit)))
