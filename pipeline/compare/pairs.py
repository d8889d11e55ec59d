"""Aligned stretches word by word: the two sides of a bead, and which word explains which.

What may translate what comes from the aligner's model: its lexicon, equal numbers, names that sound alike
("Vanadzor", «Ванадзор»). A word without any such partner on the other side is unexplained; that alone says little,
because free translations leave many words unexplained, but it is what every kind of difference starts from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from pipeline import bynames, encoder, judge, morphology
from pipeline.align.stem import stem
from pipeline.compare.translations import LINKED, probability
from pipeline.document import Lang, Version, Work

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})


class Place(Protocol):
    """Where something begins and ends in a version."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Word(NamedTuple):
    """One word: its token, its stem, and whether it carries content."""

    token: "Token"
    stem: str
    content: bool

    @property
    def start(self) -> int:
        return self.token.idx

    @property
    def end(self) -> int:
        return self.token.idx + len(self.token)

    @property
    def lemma(self) -> str:
        return _calling(_dictionary_form(self.token).replace("ё", "е"))

    @property
    def name(self) -> bool:
        return self.token.pos_ == "PROPN" or (self.token.text[:1].isupper() and not self.token.is_sent_start)


@dataclass(frozen=True)
class Side:
    """One side of a bead: some consecutive sentences of a version."""

    version: Version
    sentences: tuple[int, ...]
    words: tuple[Word, ...]

    @property
    def lang(self) -> Lang:
        return self.version.lang

    @property
    def called(self) -> str:
        return self.version.called

    @property
    def which(self) -> str:
        return self.version.which

    @cached_property
    def start(self) -> int:
        return min((self.version.sentences or ())[i].start for i in self.sentences)

    @cached_property
    def end(self) -> int:
        return max((self.version.sentences or ())[i].end for i in self.sentences)

    @property
    def text(self) -> str:
        return self.version.text[self.start : self.end]

    @cached_property
    def places(self) -> encoder.Array:
        """Where each word lies by its meaning in this side."""
        return encoder.load().places([w.token.text for w in self.words], self.lang)

    @cached_property
    def bearers(self) -> list[bynames.Mention]:
        """What its words name that has other names too."""
        return bynames.mentions([w.token.text for w in self.words], self.lang)

    def within(self, spans: Iterable) -> list:
        """The annotations that lie in this side."""
        return [s for s in spans or () if self.start <= s.start and s.end <= self.end]


@dataclass(frozen=True)
class Pair:
    """The two sides of a bead; `sure` is how sure the aligner is that they translate each other."""

    en: Side
    ru: Side
    sure: float

    @property
    def editions(self) -> bool:
        """Both sides are in one language."""
        return self.en.lang == self.ru.lang

    def side(self, lang: str) -> Side:
        return self.en if lang == "en" else self.ru

    def other(self, lang: str) -> Side:
        return self.ru if lang == "en" else self.en

    @cached_property
    def links(self) -> tuple[dict[int, dict[int, float]], dict[int, dict[int, float]]]:
        """For each word of either side (by place) the words of the other that may translate it, with the probability."""
        en: dict[int, dict[int, float]] = {}
        ru: dict[int, dict[int, float]] = {}
        for i, word in enumerate(self.en.words):
            for j, other in enumerate(self.ru.words):
                p = probability(word.stem, other.stem)
                if p >= LINKED:
                    en.setdefault(i, {})[j] = p
                    ru.setdefault(j, {})[i] = p
        return en, ru

    def partners(self, lang: str, place: int) -> dict[int, float]:
        return self.links[0 if lang == "en" else 1].get(place, {})

    @cached_property
    def matches(self) -> tuple[dict[int, tuple[int, float]], dict[int, tuple[int, float]]]:
        """Word by word, which one translates which: each word at most once, the likeliest pairs first, then those at the
        same height of the sentence. A chance partner that has a better one elsewhere ("sign", «сохранил») drops out."""
        sizes = max(1, len(self.en.words)), max(1, len(self.ru.words))
        ranked = sorted(
            (
                -p * (1.0 if self.en.words[i].content == self.ru.words[j].content else 0.5),
                abs(i / sizes[0] - j / sizes[1]),
                i,
                j,
            )
            for i, there in self.links[0].items()
            for j, p in there.items()
        )
        en: dict[int, tuple[int, float]] = {}
        ru: dict[int, tuple[int, float]] = {}
        for weight, _, i, j in ranked:
            if i not in en and j not in ru:
                en[i], ru[j] = (j, -weight), (i, -weight)
        return en, ru

    def match(self, lang: str, place: int) -> int | None:
        """The word of the other side that translates a word, where one does."""
        found = self.matches[0 if lang == "en" else 1].get(place)
        return found[0] if found else None

    @cached_property
    def judged(self) -> tuple[judge.Judgement, judge.Judgement] | None:
        """What the judge says of the words of both sides; None of editions and of pairs that are too long."""
        return None if self.editions else judge.load().judge(self.en.text, self.ru.text)

    def changed(self, lang: str, start: int, end: int) -> float:
        """How surely the judge takes the likeliest changed word of a stretch of the version for changed; 0 where it has not read it."""
        if self.judged is None:
            return 0.0
        side = self.judged[0 if lang == "en" else 1]
        begin = self.side(lang).start
        words = side.changed[side.within(start - begin, end - begin)]
        return float(words.max()) if len(words) else 0.0

    def missing(self, lang: str, start: int, end: int) -> float:
        """How surely the judge takes the words of a stretch, on average, for lacking in the other side; 0 where it has not read it."""
        if self.judged is None:
            return 0.0
        side = self.judged[0 if lang == "en" else 1]
        begin = self.side(lang).start
        words = side.kinds[side.within(start - begin, end - begin), judge.KINDS.index("missing")]
        return float(words.mean()) if len(words) else 0.0

    def both_changed(self, en: Place, ru: Place) -> float:
        """How surely the judge takes two stretches, one of each version, for changed: as surely as the less sure one."""
        return min(self.changed("en", en.start, en.end), self.changed("ru", ru.start, ru.end))

    @cached_property
    def likeness(self) -> encoder.Array:
        """How alike each English word and each Russian one are by their meaning in their sentences (cosine)."""
        return np.asarray(self.en.places @ self.ru.places.T)

    def explained(self, lang: str, place: int) -> bool:
        return bool(self.partners(lang, place))

    def unexplained(self, lang: str) -> list[int]:
        """The content words of a side, by place, that no word of the other side translates."""
        words = self.side(lang).words
        return [i for i, w in enumerate(words) if w.content and not self.explained(lang, i)]

    @cached_property
    def coverage(self) -> tuple[float, float]:
        """The share of each side's content words that the other side explains."""
        shares = []
        for lang in ("en", "ru"):
            content = [i for i, w in enumerate(self.side(lang).words) if w.content]
            shares.append(sum(self.explained(lang, i) for i in content) / max(1, len(content)))
        return shares[0], shares[1]


def words(version: Version, doc: "Doc") -> list[tuple[Word, ...]]:
    """The words of each sentence of a version."""
    found: list[tuple[Word, ...]] = []
    at = 0
    for sentence in version.sentences or ():
        row: list[Word] = []
        while at < len(doc) and doc[at].idx < sentence.end:
            token = doc[at]
            at += 1
            if token.idx >= sentence.start and any(c.isalnum() for c in token.text):
                row.append(Word(token, _stem(token), token.pos_ in CONTENT and not token.is_stop))
        found.append(tuple(row))
    return found


def _stem(token: "Token") -> str:
    lemma = _dictionary_form(token)
    return stem(token.lower_.replace(STRESS, "") if _calling(lemma) == lemma else _calling(lemma))


STRESS = "\u0301"
"""The mark over a stressed vowel: «бо́льшая часть»."""


def _dictionary_form(token: "Token") -> str:
    """The lemma of a token; of a word with a stress mark, which no parser knows, that of the word without it."""
    lemma = token.lemma_.lower()
    if STRESS not in token.text:
        return lemma
    return morphology.parses(token.text.replace(STRESS, ""))[0].normal_form


def _calling(lemma: str) -> str:
    """Of a woman's calling the man's («заместительница», «заместитель»): English has one for both, and the lexicon knows it."""
    return lemma.removesuffix("ница") if lemma.endswith("тельница") else lemma


def pairs(work: Work, docs: Mapping[Lang, "Doc"]) -> tuple[Pair, ...]:
    """The beads that have two sides, in text order."""
    rows = {lang: words(work.versions[lang], docs[lang]) for lang in work.versions}
    return tuple(
        Pair(_side(work, rows, "en", bead.en), _side(work, rows, "ru", bead.ru), bead.score)
        for bead in work.alignment
        if bead.level == "sentence" and bead.en and bead.ru
    )


def _side(work: Work, rows: Mapping[Lang, list[tuple[Word, ...]]], lang: Lang, ids: tuple[int, ...]) -> Side:
    return Side(work.versions[lang], ids, tuple(w for i in ids for w in rows[lang][i]))
