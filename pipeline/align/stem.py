"""Light stemmers: what stays of a word when its inflection is taken off, without a dictionary or a model.

The script decides, not the side a sentence stands on, so that an English name inside a Russian sentence is treated as
the same word. Source: the Russian steps follow the published Snowball algorithm; the English ones are the inflectional
half of Porter's.
"""

import re
from functools import lru_cache

VOWEL = "аеиоуыэюя"
GERUND = re.compile(r"(?:(?<=[ая])(?:вшись|вши|в)|(?:ив|ыв)(?:шись|ши)?)$")
REFLEXIVE = re.compile(r"с[яь]$")
ADJECTIVE = re.compile(
    r"(?:ими|ыми|его|ого|ему|ому|ее|ие|ые|ое|ей|ий|ый|ой|ем|им|ым|ом|их|ых|ую|юю|ая|яя|ою|ею)$"
)
PARTICIPLE = re.compile(r"(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|ивш|ывш|ующ)$")
VERB = re.compile(
    r"(?:(?<=[ая])(?:ете|йте|ешь|нно|ла|на|ли|ем|ло|но|ет|ют|ны|ть|й|л|н)"
    r"|ейте|уйте|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|ей|уй|ил|ыл|им|ым|ен|ят|ит|ыт|ую|ю)$"
)
NOUN = re.compile(
    r"(?:иями|иях|ями|ием|иям|ами|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ях|ах|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$"
)
DERIVED = re.compile(r"(?<=[^аеиоуыэюя])(?:ость|ост)$")

ENGLISH = (
    (re.compile(r"(?:'s|s')$"), ""),
    (re.compile(r"sses$"), "ss"),
    (re.compile(r"(?<=..)ies$"), "y"),
    (re.compile(r"(?<=[^us])s$"), ""),
    (re.compile(r"(?<=..)ied$"), "y"),
    (re.compile(r"(?<=[aeiouy]..)(?:ed|ing)$|(?<=[aeiouy].)(?:ed|ing)$"), ""),
    (re.compile(r"(?<=...)ly$"), ""),
    (re.compile(r"([bdfgmnprt])\1$"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
    (re.compile(r"(?<=[^aeiou])y$"), "i"),
)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a lower-case word.

    >>> stem("границами"), stem("граница"), stem("borders"), stem("bordering")
    ('границ', 'границ', 'border', 'border')
    """
    return _russian(word) if "а" <= word[0] <= "ё" else _english(word)


def _russian(word: str) -> str:
    word = word.replace("ё", "е")
    first = next((i for i, c in enumerate(word) if c in VOWEL), len(word)) + 1
    head, rest = word[:first], word[first:]
    cut = GERUND.sub("", rest)
    if cut == rest:
        rest = REFLEXIVE.sub("", rest)
        cut = ADJECTIVE.sub("", rest)
        if cut != rest:
            cut = PARTICIPLE.sub("", cut)
        else:
            cut = VERB.sub("", rest)
            if cut == rest:
                cut = NOUN.sub("", rest)
    cut = DERIVED.sub("", cut.removesuffix("и"))
    return head + cut.removesuffix("ь").replace("нн", "н")


def _english(word: str) -> str:
    if len(word) <= 3:
        return word
    for ending, instead in ENGLISH:
        word = ending.sub(instead, word)
    return word
