"""Terms exchanged for other terms: "free trade agreement" against «договор о таможенном союзе»."""

from collections.abc import Iterator, Sequence

from pipeline import languages
from pipeline.align.stem import stem
from pipeline.compare import contrasts, headwords, kept, modifiers, thesaurus, weighing
from pipeline.compare.finding import difference
from pipeline.compare.pairs import Pair, Word
from pipeline.document import Difference

BY = "terminology"


def compare(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """The terminology differences of aligned sentences."""
    for n, pair in enumerate(pairs):
        yield from _other_terms(pair)
        yield from modifiers.compare(pair)
        yield from kept.compare(pair, pairs[max(0, n - 1) : n + 2])


def _other_terms(pair: Pair) -> Iterator[Difference]:
    phrases = (c for c in contrasts.contrasts(pair, "phrases") if _of_phrases(c))
    for found in (*contrasts.contrasts(pair, "terminology"), *phrases):
        if not _terms(pair, found):
            continue
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            _sort(found.group),
            *spans,
            weighing.confidence(pair, found) * pair.sure,
            f"{contrasts.both(pair, spans)} are different {'bodies' if found.group.startswith(NAMED) else 'terms'}.",
            group=found.group,
        )


def _of_phrases(found: contrasts.Contrast) -> bool:
    """Both are terms of several words: "minimum wage", «прожиточный минимум»."""
    return found.en.first < found.en.last and found.ru.first < found.ru.last


CURRENCIES = "currencies"


def _sort(group: str) -> str:
    """What kind of difference a group finds: another body is another entity, another currency another amount."""
    return "entity" if group.startswith(NAMED) else "number" if group == CURRENCIES else "terminology"


def _terms(pair: Pair, found: contrasts.Contrast) -> bool:
    """Both words name something, or neither does: "engineered" is no other term than «юрист», nor is the Bridge of Stamford Bridge."""
    en, ru = pair.en.words[found.en.last], pair.ru.words[found.ru.last]
    if found.group.startswith(NAMED):
        return en.name and not (found.en.derived or found.ru.derived)
    return (
        ({_kind(en), _kind(ru)} != {"noun", "verb"} or _act(found))
        and _name(en) == _name(ru)
        and not _rendering(pair, found)
    )


def _kind(word: Word) -> str | None:
    """What a word is in its sentence; a participle before its noun is no verb ("displaced families")."""
    return "modifier" if word.token.dep_ == "amod" else contrasts.KINDS.get(word.token.pos_)


def _act(found: contrasts.Contrast) -> bool:
    """The group is of acts, which a noun may name as well as a verb: "when the assembly adjourns", «с роспуском собрания»."""
    return found.group in languages.shared("contrasts")["acts"] and not (found.en.derived or found.ru.derived)


def _name(word: Word) -> bool:
    """A name; a capital at the beginning of a sentence makes none («Приказ»)."""
    return word.name and not word.token.is_sent_start


NAMED = "named_"
"""How the names of groups begin whose members are bodies with a name of their own, in capitals: "the Court", «комиссия»."""
LOADED = "loaded_"
"""How the names of groups begin whose members name one thing with another judgement: "uprising", «бунт»."""


def _rendering(pair: Pair, found: contrasts.Contrast) -> bool:
    """By the thesaurus a faithful translator may choose the one for the other: "professor", «преподаватель»; "plane", «воздушное
    судно»."""
    if found.group.startswith(LOADED):
        return False
    if found.en.first < found.en.last and found.ru.first < found.ru.last:
        return False  # "armistice line", «государственная граница»: their heads may well render each other
    en, ru = pair.en.words[found.en.last], found.ru.last
    if thesaurus.excludes(stem(en.lemma), stem(pair.ru.words[ru].lemma)):
        return False
    around = pair.ru.words[max(0, ru - PHRASE) : ru + PHRASE + 1]
    at = min(ru, PHRASE)
    return thesaurus.renders(stem(en.lemma), stem(pair.ru.words[ru].lemma)) or any(
        first <= at <= last for first, last in headwords.renderings(en, around)
    )


PHRASE = 2
"""Words to either side of a term that its rendering may take in."""
