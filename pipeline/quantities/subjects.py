"""What a value is about: the indicator (the noun phrase that rose or fell) and the countries.

The country beside the indicator is the subject ("Uzbek exports", «экспорт Узбекистана»), the one across a preposition
of direction the counterpart ("to Russia", «с Казахстаном»). Where the phrase names no subject the text before does.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.quantities.sentence import Mention, Reading, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

STEM = 5
"""Letters that two words must share to name one thing ("brandy", «коньячные» and «коньяка»)."""
NEAR = 60
"""Characters around a country's name in which a word shared with the indicator ties the two."""
FAR = 4000
"""Characters back to look for the country that the text is talking about."""


class Phrase(NamedTuple):
    """A stretch of text."""

    start: int
    end: int


class Countries(NamedTuple):
    subject: str | None
    counterpart: str | None


def subject_phrase(sentence: Sentence, verb: "Token | None", until: int, floor: int) -> Phrase | None:
    """The noun phrase that rose or fell: the verb's subject, its object ("raised their output"), or what a noun of
    change governs ("a fall in exports"). Only what stands between `floor` and the values.
    """
    if verb is not None and verb.pos_ == "ADV" and verb.head.pos_ == "VERB":
        verb = verb.head
    if verb is None or not floor <= verb.idx < until:
        return None
    for dep in ("nsubj", "nsubj:pass"):
        for child in verb.children:
            if child.dep_ == dep and floor <= child.idx < verb.idx:
                return _phrase(sentence, child, floor, verb.idx)
    if verb.dep_ in ("acl", "amod", "acl:relcl") and floor <= verb.head.idx < verb.idx:
        return _phrase(sentence, verb.head, floor, verb.idx)
    if (
        verb.dep_ in ("conj", "xcomp", "advcl", "parataxis")
        and verb.head != verb
        and floor <= verb.head.idx < verb.idx
    ):
        return subject_phrase(sentence, verb.head, verb.idx, floor)
    return None


def object_phrase(sentence: Sentence, verb: "Token | None", until: int) -> Phrase | None:
    """ "raised their output from 38 films", «увеличили выпуск с 38 фильмов»: the output is what grew."""
    if verb is None or verb.pos_ != "VERB":
        return None
    for child in verb.children:
        if child.dep_ == "obj" and verb.idx < child.idx < until and child.pos_ in ("NOUN", "PROPN"):
            return _phrase(sentence, child, verb.idx + len(verb.text), until)
    return None


def _phrase(sentence: Sentence, head: "Token", floor: int, ceiling: int) -> Phrase:
    inside = [t for t in head.subtree if floor <= t.idx < ceiling and not t.is_space]
    while inside and (inside[0].is_punct or inside[0].dep_ in ("cc", "mark", "punct")):
        inside = inside[1:]
    while inside and (inside[-1].is_punct or inside[-1].pos_ in ("VERB", "AUX")):
        inside = inside[:-1]
    inside = inside or [head]
    return Phrase(inside[0].idx, max(t.idx + len(t.text) for t in inside))


def clause(sentence: Sentence, at: int, floor: int) -> Phrase:
    """The clause that leads up to an offset: from the last strong mark or conjunction before it."""
    text = sentence.text[floor:at]
    start = floor + max((m.end() for m in _boundary(sentence.lang).finditer(text)), default=0)
    return Phrase(start + len(sentence.text[start:at]) - len(sentence.text[start:at].lstrip()), at)


@cache
def _boundary(lang: str) -> re.Pattern[str]:
    breaks = "|".join(map(re.escape, languages.load(lang, "change")["markers"]["breaks"]))
    return re.compile(rf"[;:(]\s|\s[—–]\s|,\s+(?:{breaks})\s|^(?:{breaks})\s", re.I)


def countries(sentence: Sentence, start: int, end: int) -> Countries:
    """Subject and counterpart among the countries named between two offsets."""
    subjects: list[str] = []
    others: list[str] = []
    across = False
    for i, mention in enumerate(sentence.countries):
        listed = i > 0 and _listed(sentence, sentence.countries[i - 1], mention)
        across = across if listed else _across(sentence, mention)
        if start <= mention.start < end:
            (others if across else subjects).append(mention.code)
    ordered = list(dict.fromkeys(subjects))
    beyond = [code for code in dict.fromkeys(others) if code not in ordered]
    rest = [*beyond, *ordered[1:]]
    return Countries(ordered[0] if ordered else None, rest[0] if rest else None)


def _listed(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """ "with Germany and Italy": both stand across the same preposition."""
    gap = sentence.text[before.end : mention.start].strip()
    return gap in (",", "and", "и", "or", "или", "а также", ", and")


def _across(sentence: Sentence, mention: Mention) -> bool:
    """A preposition of direction stands before the name: "to Russia", «с Казахстаном», «в Китай» but not «в Китае»."""
    roles = languages.load(sentence.lang, "change")["roles"]
    for token in reversed(sentence.before(mention.start)[-4:]):
        if token.lower_ in roles["counterpart"]:
            return True
        if sentence.lang == "ru" and token.lower_ in ("в", "во", "на"):
            named = sentence.between(mention.start, mention.end)
            return any("Acc" in t.morph.get("Case", []) for t in named)
        if token.pos_ not in ("DET", "ADJ", "PROPN"):
            return False
    return False


class Topic:
    """The countries a text is about, and which of them is meant where a value names none."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.main = _main(reading)

    def country(self, sentence: Sentence, at: int, indicator: str, but: str | None) -> str | None:
        """The country meant at an offset: one whose name stands near a word of the indicator, then the nearest of the
        text's main countries, then the nearest at all.
        """
        before = [m for m in self.reading.named_before(at, FAR) if m.code != but]
        if not before:
            return next((code for code in self.main if code != but), None)
        stems = _stems(indicator)
        return max(before, key=lambda m: self._weight(m, sentence.start, stems)).code

    def _weight(self, mention: Mention, start: int, stems: frozenset[str]) -> tuple[int, int, int, int]:
        text = self.reading.text
        near = "\n" not in text[mention.end : start]
        around = text[max(0, mention.start - NEAR // 2) : min(start, mention.end + NEAR)] if near else ""
        main = mention.code in self.main
        return (main and bool(stems & _stems(around)), main, near and not mention.adjective, mention.start)

    def between(
        self, subject: str | None, indicator: str, sentence: Sentence
    ) -> tuple[str | None, str | None]:
        """Both sides of what passes between countries: in a text on two countries "private trips across the border" or
        «двусторонний товарооборот» has the other one as counterpart; of "Russia's share of imports" the importer is
        the text's own country.
        """
        words = languages.load(sentence.lang, "change")["indicator"]
        stems = _stems(indicator)
        if (
            subject is not None
            and subject not in self.main
            and self.main
            and stems & _listed_stems(words["share"])
        ):
            return self.main[0], subject
        others = [code for code in self.main if code != subject]
        if subject in self.main and len(self.main) == 2 and stems & _listed_stems(words["between"]):
            return subject, others[0]
        return subject, None

    def outsider(self, sentence: Sentence, code: str) -> bool:
        """A country that the sentence names only by its adjective, in a text about others: "Chinese loans"."""
        own = [m for m in sentence.countries if m.code == code]
        return code not in self.main and bool(self.main) and all(m.adjective for m in own)


@cache
def _listed_stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words.split())


@cache
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(word[:STEM] for word in words)


def _main(reading: Reading) -> tuple[str, ...]:
    """The countries of the title, else those that make up a fifth of all mentions."""
    paragraphs = reading.version.paragraphs or ()
    title_end = paragraphs[0].end if paragraphs else 0
    titled = tuple(dict.fromkeys(m.code for m in reading.countries if m.start < title_end))
    if titled and len(paragraphs) > 1:
        return titled
    counts: dict[str, int] = {}
    for mention in reading.countries:
        counts[mention.code] = counts.get(mention.code, 0) + 1
    return tuple(
        code
        for code, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        if n * 5 >= len(reading.countries)
    )
