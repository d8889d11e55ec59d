"""Where one Russian word of a faithful pair renders an English one, and what else might stand there in its form.

By the thesaurus (`pipeline/languages/thesaurus.tsv`): other renderings, opposites, other things. By the translation lexicon: other
renderings, and words of the same form from elsewhere. By figures that both sides have: other figures.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from models.contrasts.train import inflected, sort
from models.judge.exchanged import Place, Way
from pipeline import morphology
from pipeline.align import lexicon
from pipeline.align.stem import stem
from pipeline.compare import thesaurus

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
FIGURE = re.compile(r"(?<![\d.,])[1-9]\d{0,3}(?![\d.,]*\d)")
EACH = 4
"""Words kept of each sort for one place."""
OPPOSITE, OTHER, SAME = 0.12, 0.08, 0.2
"""How often a place of the thesaurus takes an opposite, another thing, another rendering."""
STRANGER, SYNONYM = 0.15, 0.2
"""How often a place of the lexicon takes a word from elsewhere, another rendering."""
FIGURES = 0.15
"""How often a figure is changed."""
STRANGERS = 6
"""Words from elsewhere that are kept for a place."""
SURE, LIKELY, FAINT = 0.12, 0.08, 0.05
"""Mean probability of the lexicon, both directions, from which two words are linked, a rendering counts, a rival is in the way."""
SHORTEST = 4
"""Letters of a Russian word that is exchanged."""
CONTENT = frozenset({"NOUN", "ADJF", "ADJS", "VERB", "INFN", "PRTF", "PRTS", "GRND", "ADVB", "COMP"})
NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Abbr"})
YEARS = range(1500, 2060)


def by_thesaurus(en: str, ru: str, chance: random.Random) -> Iterator[Place]:
    """Places where one Russian word renders a headword."""
    russian = [m.span() for m in WORD.finditer(ru)]
    lemmas = [morphology.parses(ru[a:b].lower())[0].normal_form.replace("ё", "е") for a, b in russian]
    taken: set[int] = set()
    for found in WORD.finditer(en):
        for entry in _headwords().get(stem(found.group().lower()), ()):
            renderings, opposites, others = (
                _single(words) for words in (entry.renderings, entry.opposites, entry.others)
            )
            here = [n for n, lemma in enumerate(lemmas) if lemma in renderings]
            if len(here) != 1 or here[0] in taken:
                continue
            a, b = russian[here[0]]
            same, opposite, other = (
                _forms(words, lemmas[here[0]], ru[a:b], chance) for words in (renderings, opposites, others)
            )
            if opposite or other:
                taken.add(here[0])
                ways = (
                    Way(OPPOSITE, "polarity", opposite),
                    Way(OTHER, "terminology", other),
                    Way(SAME, "", same),
                )
                yield Place(found.span(), (a, b), ways)


@cache
def _headwords() -> Mapping[str, list[thesaurus.Entry]]:
    found: dict[str, list[thesaurus.Entry]] = defaultdict(list)
    for entry in thesaurus.entries():
        if len(entry.english[0]) == 1 and (entry.opposites or entry.others):
            found[stem(entry.english[0][0])].append(entry)
    return found


def _single(phrases: Sequence[Sequence[str]]) -> list[str]:
    return [phrase[0] for phrase in phrases if len(phrase) == 1]


def _forms(lemmas: Sequence[str], old: str, form: str, chance: random.Random) -> tuple[str, ...]:
    kept = [lemma for lemma in lemmas if lemma != old and sort(lemma) == sort(old)]
    chance.shuffle(kept)
    return _like(form, [inflected(lemma, form) for lemma in kept[:EACH]])


def _like(form: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words other than this form, written as it is."""
    kept = [word for word in words if word and word != form.lower()]
    return tuple(word.capitalize() if form[:1].isupper() else word for word in kept)


class Vocabulary:
    """The Russian words of some texts: by their form ("NOUN,anim,masc sing,nomn"), and the commonest word of each stem."""

    def __init__(self, texts: Sequence[str]) -> None:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        stems: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for word in (m.group().lower() for m in WORD.finditer(text)):
                form = _form(word)
                if form and len(word) >= SHORTEST:
                    forms[form][word] += 1
                    stems[stem(word)][morphology.parses(word)[0].normal_form] += 1
        self._forms = {form: list(words.items()) for form, words in forms.items() if len(words) > 20}
        self._lemmas = {key: words.most_common(1)[0][0] for key, words in stems.items()}

    def lemma(self, key: str) -> str:
        return self._lemmas.get(key, "")

    def strangers(self, word: str, near: Sequence[str], chance: random.Random) -> tuple[str, ...]:
        """Words of the same form, frequent ones likelier, that neither begin as the word does nor render the same."""
        words = self._forms.get(_form(word.lower()) or "", [])
        if not words:
            return ()
        drawn = chance.choices([w for w, _ in words], [count**0.6 for _, count in words], k=STRANGERS)
        return _like(word, [w for w in drawn if w[:SHORTEST] != word.lower()[:SHORTEST] and w not in near])


@lru_cache(1 << 18)
def _form(word: str) -> str | None:
    tag = morphology.parses(word)[0].tag
    return str(tag) if tag.POS in CONTENT and not NAMES & set(tag.grammemes) else None


class Linked(NamedTuple):
    """A word of a side, and its number in the lexicon, if it is there."""

    start: int
    end: int
    entry: int | None


def by_lexicon(en: str, ru: str, known: Vocabulary, chance: random.Random) -> Iterator[Place]:
    """Places where two words are each other's likeliest rendering, and have no rival in the pair."""
    book = lexicon.load()
    ours = [Linked(*m.span(), book.en.get(stem(m.group().lower()))) for m in WORD.finditer(en)]
    theirs = [Linked(*m.span(), book.ru.get(stem(m.group().lower()))) for m in WORD.finditer(ru)]
    likely = np.zeros((len(ours), len(theirs)))
    for n, word in enumerate(ours):
        if word.entry is not None:
            found = _renderings(word.entry)
            likely[n] = [found.get(other.entry, 0.0) for other in theirs]
    for n, m in np.argwhere(likely >= SURE).tolist():
        if (likely[n] > FAINT).sum() == (likely[:, m] > FAINT).sum() == 1:
            place = theirs[m]
            form = ru[place.start : place.end]
            if _exchangeable(form, first=place.start == 0):
                same = _synonyms(ours[n].entry, place.entry, form, known)
                ways = (
                    Way(STRANGER, "terminology", known.strangers(form, same, chance)),
                    Way(SYNONYM, "", same),
                )
                yield Place((ours[n].start, ours[n].end), (place.start, place.end), ways)


def _exchangeable(form: str, first: bool) -> bool:
    return len(form) >= SHORTEST and _form(form.lower()) is not None and (first or not form[0].isupper())


@lru_cache(1 << 17)
def _renderings(entry: int) -> Mapping[int | None, float]:
    _, words, there, back = lexicon.load().entries(np.array([entry]))
    return dict(zip(words.tolist(), np.sqrt(there * back).tolist(), strict=True))


@cache
def _russian() -> Mapping[int, str]:
    return {number: word for word, number in lexicon.load().ru.items()}


def _synonyms(en: int | None, ru: int | None, form: str, known: Vocabulary) -> tuple[str, ...]:
    """Other likely renderings of an English word, in the form of the one that stands there."""
    found = _renderings(en) if en is not None else {}
    best = sorted((word for word in found if word is not None and word != ru), key=lambda w: (-found[w], w))
    lemmas = [known.lemma(_russian()[word]) for word in best[: 2 * EACH] if found[word] > LIKELY]
    sorts = sort(morphology.parses(form.lower())[0].normal_form)
    made = [inflected(lemma, form.lower()) for lemma in lemmas if lemma and sort(lemma) == sorts]
    return _like(form, made)[: EACH - 1]


def by_figure(en: str, ru: str, chance: random.Random) -> Iterator[Place]:
    """Figures that stand once on each side, and others like them."""
    ours, theirs = ({m.group(): m.span() for m in FIGURE.finditer(text)} for text in (en, ru))
    counts = Counter(FIGURE.findall(en)) | Counter(FIGURE.findall(ru))
    for figure in sorted(ours.keys() & theirs.keys()):
        if counts[figure] == 1:
            kind = "date" if int(figure) in YEARS else "number"
            words = tuple(sorted({_misread(figure, chance) for _ in range(EACH)} - {figure}))
            yield Place(ours[figure], theirs[figure], (Way(FIGURES, kind, words),))


def _misread(figure: str, chance: random.Random) -> str:
    """A figure near this one, or with one digit changed."""
    if chance.random() < 0.3:
        return str(max(1, int(figure) + chance.choice((-10, -5, -2, -1, 1, 2, 5, 10))))
    at = chance.randrange(len(figure))
    return figure[:at] + str(chance.randrange(int(at == 0), 10)) + figure[at + 1 :]
