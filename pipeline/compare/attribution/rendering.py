"""Whether the words of one version are rendered in the other: what lost sources, other speakers and offices all ask."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.compare import contrasts, sources, translations
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Lang


def rendered(pair: Pair, side: Side, place: int, lang: Lang, *, free: bool = False) -> bool:
    """A content word of a side that some word of a pair's other side translates or sounds like; a `free` one is one that
    translates nothing in its own pair."""
    word = side.words[place]
    there = (
        w
        for n, w in enumerate(pair.other(lang).words)
        if (w.content or _same(w, word)) and not (free and met(pair, OTHER_LANG[lang], n) is not None)
    )
    return any(translate(word, w) if lang == "en" else translate(w, word) for w in there)


def translate(en: Word, ru: Word) -> bool:
    """The words translate each other: by the lexicon, or as one form ("The News"); by sound only nouns do ("monetary" is no «министры»)."""
    if translations.meaning(en.stem, ru.stem) > 0 or _same(en, ru):
        return True
    sound = (en.token.pos_ in sources.NOUNS and ru.token.pos_ in sources.NOUNS) or en.name or ru.name
    return sound and translations.probability(en.stem, ru.stem) > 0


def _same(a: Word, b: Word) -> bool:
    """One form in both versions: "The News" in a Russian text."""
    return a.token.lower_ == b.token.lower_


def akin(pair: Pair, lang: Lang, place: int) -> bool:
    """Some word of the other side that translates nothing may well mean the same: "respondents", «опрошенные»."""
    word = pair.side(lang).words[place]
    return any(
        w.content and (kinship(word, w) if lang == "en" else kinship(w, word)) >= CLOSE_KIN
        for n, w in enumerate(pair.other(lang).words)
        if met(pair, OTHER_LANG[lang], n) is None
    )


def kinship(en: Word, ru: Word) -> float:
    return translations.kinship(en.stem, ru.stem)


AKIN, CLOSE_KIN = 0.04, 0.1
"""Kinship from which two words in like places, or anywhere in a pair, may name the same people. Source: thirty pairs of callings, synonyms and others, of which
all synonyms but one lie above and all others below."""


def closeness(pair: Pair, besides: Mapping[Lang, Sequence[int]]) -> float:
    """The share of words that have met a translation, in the mean of both sides: of all content words, or only of nouns,
    names and numbers, where verbs are turned freely or the lexicon misses their forms."""
    return max(sum(_shares(pair, besides, only)) / 2 for only in (None, NOMINAL))


def _shares(
    pair: Pair, besides: Mapping[Lang, Sequence[int]], only: frozenset[str] | None
) -> Iterator[float]:
    """For each side the share of words that have met one, without the sentences that only one version has: those are
    additions in themselves."""
    for lang in OTHER_LANG:
        rows: dict[int, list[bool]] = {}
        for n, word in enumerate(pair.side(lang).words):
            counts = word.content if only is None else word.token.pos_ in only
            if counts and n not in besides.get(lang, ()):
                rows.setdefault(word.token.sent.start, []).append(met(pair, lang, n) is not None)
        shared = [m for row in rows.values() if any(row) for m in row]
        yield sum(shared) / len(shared) if shared else 0.0


def met(pair: Pair, lang: Lang, place: int) -> int | None:
    """The word that translates a word, unless a mere function word stands in for it by chance ("of", «финансов»)."""
    there = pair.match(lang, place)
    if there is None:
        return None
    a, b = pair.side(lang).words[place], pair.other(lang).words[there]
    return there if (b.token.pos_ in FUNCTION) <= (a.token.pos_ in FUNCTION) else None


NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})


FUNCTION = frozenset({"DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART"})


CLOSE, FREE = 0.6, 0.6
"""Share of matched content words from which a pair counts as close; what a finding is worth where it is not."""


def knowledge(pair: Pair, en: int, ru: int) -> float:
    """How much it means that two words do not translate each other: 1 where their translations are well known or they
    exclude each other as callings, offices or bodies do; little where the lexicon hardly knows them."""
    if contrasts.exclusive(pair, "terminology", en, ru):
        return 1.0
    if contrasts.alike(pair, "terminology", en, ru):
        return 0.3
    names = pair.en.words[en].token.pos_ == pair.ru.words[ru].token.pos_ == "PROPN"
    firm = min(
        translations.firmness(pair.en.words[en].stem, pair.en.lang),
        translations.firmness(pair.ru.words[ru].stem, pair.ru.lang),
    )
    return 1.0 if names else 0.6 if firm >= FIRM else 0.5


def unlike(pair: Pair, en: int, ru: int) -> bool:
    """The lexicon knows both words well and nothing that makes one mean the other."""
    a, b = pair.en.words[en], pair.ru.words[ru]
    firm = translations.firmness(a.stem, pair.en.lang), translations.firmness(b.stem, pair.ru.lang)
    return (
        min(firm) >= FIRM
        and kinship(a, b) < AKIN
        and not contrasts.alike(pair, "terminology", en, ru)
        and not sources.anybody(pair.en, en)
        and not sources.anybody(pair.ru, ru)
    )


FIRM = 0.35
"""Probability of a word's commonest translation from which the lexicon knows it well enough to miss it."""


OTHER_LANG: dict[Lang, Lang] = {"en": "ru", "ru": "en"}
