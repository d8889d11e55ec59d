"""Another one than "he" or "she": "she told them", «сказал им министр»; "he added", «добавил его брат»."""

from collections.abc import Iterator

from pipeline.compare.attribution import voices
from pipeline.compare.attribution.voices import Claim
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Span

BY = "attribution"
ANOTHER = 0.75
"""Confidence of another speaker. Of 230 words of speech with "he" or "she" in newstest none had a speaker of the other sex, nor one that
is called somebody's."""


def compare(pair: Pair) -> Iterator[Difference]:
    """The only word of speech of either side, where the Russian speaker cannot be the one of the English pronoun."""
    ours, theirs = voices.claims(pair.en), voices.claims(pair.ru)
    if pair.editions or len(ours) != 1 or len(theirs) != 1:
        return
    a, b = ours[0], theirs[0]
    sex = None if a.speaker is None else SEXES.get(pair.en.words[a.speaker].token.lower_)
    if (
        sex is None
        or b.speaker is None
        or not (a.weights & b.weights or pair.match("en", a.place) == b.place)
    ):
        return
    other = _sex(pair.ru, b)
    if (other is not None and other != sex) or _somebodys(pair, b.speaker):
        spans = _span(pair.en, a), _span(pair.ru, b)
        yield difference(
            "attribution",
            *spans,
            ANOTHER * pair.sure,
            f"{quoted(spans[0].text, 'en')} and {quoted(spans[1].text, 'ru')} have different speakers.",
            change="speaker",
        )


SEXES = {"he": "Masc", "she": "Fem"}
PRONOUNS = {"он": "Masc", "она": "Fem"}
POSSESSIVES = frozenset({"его", "ее", "её", "их"})


def _sex(side: Side, claim: Claim) -> str | None:
    """Whether a man or a woman speaks, by the pronoun, or by the verb («сказала судья»)."""
    if claim.speaker is None:
        return None
    speaker = side.words[claim.speaker].token
    if speaker.pos_ == "PRON":
        return PRONOUNS.get(speaker.lower_)
    gender = side.words[claim.place].token.morph.get("Gender", [])
    animate = speaker.morph.get("Animacy", []) == ["Anim"]
    return gender[0] if animate and gender and gender[0] in PRONOUNS.values() else None


def _somebodys(pair: Pair, speaker: int) -> bool:
    """The speaker is called somebody's, and no word of the English side renders it: «его брат»."""
    word = pair.ru.words[speaker]
    owned = any(c.lower_ in POSSESSIVES for c in word.token.children)
    met = pair.match("ru", speaker)
    return owned and word.token.pos_ == "NOUN" and (met is None or not pair.en.words[met].content)


def _span(side: Side, claim: Claim) -> Span:
    first, last = sorted((claim.place, claim.place if claim.speaker is None else claim.speaker))
    return evidence(side.version, side.words[first].start, side.words[last].end, BY)
