"""Denials by a part of a word: "inapplicable" rendered by «применимый», "justified" by «необоснованный».

The lexicon knows the word without its beginning; where that is what the other version has, and nothing denies it there, the denial is lost.
"""

from collections.abc import Iterator

from pipeline import languages
from pipeline.align.stem import stem
from pipeline.compare import companions, denials, negation, translations
from pipeline.compare.contrasts import Contrast, Hit, closeness
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Lang

RENDERS = 0.05
"""Probability from which the rest of a word renders a word of the other version."""
NEAR = 0.3
"""Closeness from which the two words stand in one place of their sentences."""
LEAST = 5
"""Letters of the rest, fewer of which are often another word: "in-form"."""
KINDS = frozenset({"ADJ", "ADV"})


def contrasts(pair: Pair) -> Iterator[Contrast]:
    """The words of either version whose beginning denies what the other version says."""
    if pair.editions or companions.denials_differ(pair):
        return
    sides: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("ru", "en"))
    for lang, other in sides:
        words = pair.side(lang).words
        for n, word in enumerate(words):
            rests = _rests(word, lang) if word.content and not pair.partners(lang, n) else ()
            for m in _rendered(pair, other, rests):
                hits = Hit(0, n, n), Hit(1, m, m)
                en, ru = hits if lang == "en" else hits[::-1]
                near = closeness(pair, en, ru)
                if near >= NEAR:
                    yield Contrast("affix", en, ru, near)


def _said_of(word: Word) -> bool:
    """An adjective, an adverb or a participle."""
    return word.token.pos_ in KINDS or word.token.morph.get("VerbForm", []) == ["Part"]


def _rests(word: Word, lang: Lang) -> tuple[str, ...]:
    """What a beginning that denies leaves of a word, as stems."""
    if not _said_of(word):
        return ()
    if translations.known(stem(word.lemma), lang) and not denials.holds_denial(word.lemma, lang):
        return ()
    rests = (
        word.lemma.removeprefix(p)
        for p in languages.load(lang, "negation")["prefixes"]
        if word.lemma.startswith(p)
    )
    return tuple(stem(rest) for rest in rests if len(rest) >= LEAST and translations.known(stem(rest), lang))


def _rendered(pair: Pair, other: Lang, rests: tuple[str, ...]) -> list[int]:
    """The words of the other version that render the rest of a word, and that nothing denies."""
    side = pair.side(other)
    there: dict[str, float] = {}
    for rest in rests:
        for word, p in (translations.of(rest) if other == "ru" else translations.back(rest)).items():
            there[word] = max(p, there.get(word, 0.0))
    return [
        m
        for m, w in enumerate(side.words)
        if there.get(w.stem, 0.0) >= RENDERS
        and w.content
        and (_said_of(w) or (other == "en" and w.token.pos_ == "VERB"))
        and pair.match(other, m) is None
        and not denials.holds_denial(w.lemma, other)
        and not negation.touched(side, m)
        and not _glued(side, m)
    ]


def _glued(side: Side, place: int) -> bool:
    """A hyphen joins the beginning that denies a word to it: "non-violent", «ненасильственный»."""
    before = side.version.text[: side.words[place].start].lower()
    return any(before.endswith(f"{p}-") for p in languages.load(side.lang, "negation")["prefixes"])
