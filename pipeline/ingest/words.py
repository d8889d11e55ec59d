"""Repairs of words inside a paragraph of a text that PDF extraction has damaged.

Each rule is a function from a paragraph and the evidence of damage to edits. None of them acts on a text without
evidence: at least `MIN_SPLITS` words split at line ends or by a ligature, or several names run together; so eBay,
McDonald and LaTeX in a clean text are left alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline import languages
from pipeline.ingest.line_ends import MIN_SPLITS, RARE
from pipeline.ingest.source_map import Edit, Traced
from pipeline.ingest.vocabulary import UNSEEN, frequency, known, language

LIGATURE_SPLIT = re.compile(
    r"(?<![^\W_])([^\W\d_]{0,20}f) ([fil][^\W\d_]{1,20})(?![^\W_])|(?<![^\W_])([^\W\d_]{1,20}) (f[fil][^\W\d_]{1,20})(?![^\W_])"
)
INNER_CAPITAL = re.compile(r"(?<![\w-])([^\W\d_][^\W\d_A-ZА-ЯЁ]+)([A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ]{2,})(?![\w-])")
WORD = re.compile(r"(?<![\w’'ʼ-])[^\W\d_]{6,40}(?![\w-])")
COMMON = 1e-5
"""Frequency of a word that is common enough to stand in a compound: 10 in a million (wordfreq's Zipf 4)."""
NAMELIKE = 1e-4
"""The same for a capitalised form, which may be a name (Longson, Greenland)."""
RARER = 300
"""Times by which the form in one word is rarer than its rarer half; closed compounds (airbag, schoolhouse) below 100."""


class Evidence(NamedTuple):
    """What shows that a text is damaged, and the forms that stand in it intact."""

    damaged: bool
    forms: Counter[str]
    initials: frozenset[str]

    def capitalised(self, word: str) -> bool:
        """Whether the text writes the word with a capital everywhere else: a name."""
        return (
            self.forms[word.capitalize()] > 1 and self.forms[word.capitalize()] > 3 * self.forms[word.lower()]
        )


Rule = Callable[[str, Evidence], Iterator[Edit]]


def ligature_split(text: str, evidence: Evidence) -> Iterator[Edit]:
    """inf luence, ref lected, dif ferent: the space stands where the glyph of a ligature began or ended."""
    for found in LIGATURE_SPLIT.finditer(text):
        first, second = (found[1], found[2]) if found[1] is not None else (found[3], found[4])
        if is_one_word(first, second):
            at = found.start() + len(first)
            yield Edit(at, at + 1, "", "ligature-split")


def inner_split(text: str, evidence: Evidence) -> Iterator[Edit]:
    """gov ernment: neither half is a word, the whole is a common one."""
    if not evidence.damaged:
        return
    for found in re.finditer(r"(?<![^\W_])(?=([^\W\d_]{2,20}) ([^\W\d_]{2,20})(?![^\W_]))", text):
        first, second = found[1], found[2]
        if (
            second.islower()
            and frequency(first) < RARE / 10
            and frequency(second) < RARE / 10
            and frequency(first + second) > RARE
        ):
            at = found.start() + len(first)
            yield Edit(at, at + 1, "", "inner-split")


def inner_capital(text: str, evidence: Evidence) -> Iterator[Edit]:
    """proRussian, NagornoKarabakh, RussiaUkraine: a hyphen was lost before the capital."""
    if not evidence.damaged:
        return
    for found in INNER_CAPITAL.finditer(text):
        if is_hyphened(found[1], found[2], evidence):
            at = found.start(2)
            yield Edit(at, at, "-", "lost-hyphen")


def lost_hyphen(text: str, evidence: Evidence) -> Iterator[Edit]:
    """socalled, zerosum, fiveday: two common words that make a form nobody writes in one word."""
    if not evidence.damaged:
        return
    for found in WORD.finditer(text):
        at = compound_joint(found[0])
        if at:
            yield Edit(found.start() + at, found.start() + at, "-", "lost-hyphen")


def small_capital(text: str, evidence: Evidence) -> Iterator[Edit]:
    """russiaʼs Influence: small capitals came out as lower case in a heading."""
    if not evidence.initials or not is_title_case(text):
        return
    for found in re.finditer(r"(?<![\w’'ʼ-])[^\W\d_ʼ]+", text):
        word = found[0]
        if word[0] in evidence.initials and word.islower() and word not in _data(word)["function_words"]:
            yield Edit(found.start(), found.start() + 1, word[0].upper(), "small-capitals")


RULES: tuple[Rule, ...] = (ligature_split, inner_split, inner_capital, lost_hyphen, small_capital)


def repaired(paragraphs: Sequence[Traced]) -> list[Traced]:
    """The paragraphs after every rule, with the evidence of all of them."""
    evidence = evidence_of(paragraphs)
    done = []
    for paragraph in paragraphs:
        for rule in RULES:
            edits = list(rule(paragraph.text, evidence))
            paragraph = paragraph.edit(edits) if edits else paragraph
        done.append(paragraph)
    return done


def evidence_of(paragraphs: Sequence[Traced]) -> Evidence:
    """Count the damage that is certain: split words already joined, ligatures, names run together."""
    rules = Counter(piece.rule for paragraph in paragraphs for piece in paragraph.pieces if piece.rule)
    splits = rules["split-word"] + sum(1 for p in paragraphs for _ in ligature_split(p.text, NO_EVIDENCE))
    forms: Counter[str] = Counter()
    fused: set[str] = set()
    for paragraph in paragraphs:
        forms.update(re.findall(r"[^\W\d_ʼ]+", paragraph.text))
        for found in INNER_CAPITAL.finditer(paragraph.text):
            if found[1] in _data(found[1])["hyphen_prefixes"] and known(found[2]):
                fused.add(found[0])
    damaged = splits >= MIN_SPLITS or len(fused) >= MIN_SPLITS - 1
    evidence = Evidence(damaged, forms, frozenset())
    return evidence._replace(initials=frozenset(_lost_capitals(paragraphs, evidence)))


NO_EVIDENCE = Evidence(False, Counter(), frozenset())


def is_one_word(first: str, second: str) -> bool:
    """Whether the halves are one word: the whole is seen, and at least one half is not."""
    whole = frequency(first + second)
    rarer = min(frequency(first), frequency(second))
    return second.islower() and whole > RARE / 10 and rarer < whole / 10 and rarer < RARE


def is_hyphened(first: str, second: str, evidence: Evidence) -> bool:
    """Whether a word with a capital inside is two parts: a prefix and a name, or two names the text or the
    language knows, and not a brand, which the vocabulary knows as one form (YouTube, PepsiCo, McDonald)."""
    if frequency(first + second) > UNSEEN or not known(second):
        return False
    if first.islower():
        return first in _data(first)["hyphen_prefixes"] or (known(first) and frequency(first) > RARE)
    return len(first) > 3 and known(first) and frequency(first) > RARE / 10


def compound_joint(word: str) -> int:
    """Where the hyphen of a compound was lost, or 0.

    >>> compound_joint("zerosum"), compound_joint("decisionmaking"), compound_joint("militarypolitical")
    (4, 8, 8)
    >>> compound_joint("multinational"), compound_joint("overview"), compound_joint("schoolchildren")
    (0, 0, 0)
    """
    form = word.lower()
    if language(form) != "en" or frequency(form) > RARE:
        return 0
    data = _data(form)
    best, place = 0.0, 0
    for at in range(2, len(form) - 2):
        first, second = form[:at], form[at:]
        score = min(frequency(first), frequency(second))
        if score > best and is_compound(first, second, data):
            best, place = score, at
    needed = NAMELIKE if word[0].isupper() and not known_as_adjective(form[:place], data) else COMMON
    return place if best > needed and frequency(form) < best / RARER else 0


def is_compound(first: str, second: str, data: dict[str, list[str]]) -> bool:
    """The kinds that are written with a hyphen: long + term, decision + making, military + political."""
    if (
        first in data["closed_prefixes"]
        or second in data["bound_suffixes"]
        or second in data["function_words"]
    ):
        return False
    if first in data["compound_firsts"]:
        return len(second) > 2
    if len(first) < 4 or len(second) < 4 or first in data["function_words"]:
        return False
    participle = second.endswith(tuple(data["participle_suffixes"])) and len(second) > 5
    return (
        participle
        or (known_as_adjective(first, data) and known_as_adjective(second, data))
        or _number_of(first, second)
    )


def known_as_adjective(word: str, data: dict[str, list[str]]) -> bool:
    """By its ending, and long enough for the ending to be one; "military" goes by -ary, "Russian" by -ian."""
    return len(word) > 4 and word.endswith(tuple(data["adjective_suffixes"]))


def _number_of(first: str, second: str) -> bool:
    """twentyday, fifteenyear: a numeral of any length before a measure of time."""
    return first.endswith(("teen", "ty")) and second in (
        "day",
        "week",
        "month",
        "year",
        "hour",
        "point",
        "member",
    )


def is_title_case(text: str) -> bool:
    """A heading in which most longer words have a capital."""
    words = re.findall(r"(?<![\w’'ʼ-])[^\W\d_ʼ]{4,}", text)
    return (
        1 < len(words) <= 20
        and text[-1:] not in ".;,"
        and sum(word[0].isupper() for word in words) >= 0.6 * len(words)
    )


def _lost_capitals(paragraphs: Iterable[Traced], evidence: Evidence) -> Iterator[str]:
    """The letters whose small capital came out as lower case: a name in lower case in a heading proves it."""
    for paragraph in paragraphs:
        if is_title_case(paragraph.text):
            for word in re.findall(r"(?<![\w’'ʼ-])[^\W\d_ʼ]{4,}", paragraph.text):
                if word.islower() and evidence.capitalised(word):
                    yield word[0]


def _data(word: str) -> dict[str, list[str]]:
    return languages.load(language(word), "damage")
