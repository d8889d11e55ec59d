"""Two things of one kind that a word beside their noun tells apart: "police post", «военный пост»; "quarterly accounts", «годовые счета».

The nouns translate each other; the words beside them belong to members of one group that exclude each other (`[modifiers]` of
`languages/contrasts.toml`), and neither has its counterpart anywhere in the other version.
"""

from collections.abc import Iterator

from pipeline.compare import contrasts, thesaurus, translations
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference, Lang, Span

BY = "terminology"
KIND = "modifiers"
SURE = 0.72
"""Confidence that two such words name different things: planted terms and faithful news, see tests/cases/compare."""
HEADS = 0.2
"""Probability from which two nouns translate each other firmly enough to be one thing."""
AKIN = 0.1
"""Kinship of two words from which they may render each other."""
KINDS = {"periods": "date", "quarters": "entity"}
"""What the groups tell apart, where it is no term."""
BEFORE, BEHIND = frozenset({"amod", "compound", "nmod", "nmod:poss"}), frozenset({"nmod", "obl"})
"""How a word before a noun says which one is meant, and a noun behind a Russian one."""


def compare(pair: Pair) -> Iterator[Difference]:
    """The nouns of a pair that translate each other, but are told apart by the words beside them."""
    if pair.editions:
        return
    for head, (other, p) in sorted(pair.matches[0].items()):
        if p >= HEADS and _noun(pair.en, head) and _noun(pair.ru, other):
            yield from _of_one_noun(pair, head, other)


def _noun(side: Side, place: int) -> bool:
    token = side.words[place].token
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower())


def _of_one_noun(pair: Pair, head: int, other: int) -> Iterator[Difference]:
    """The words beside two nouns of which one excludes the other."""
    for en in _beside(pair.en, head):
        for ru in _beside(pair.ru, other):
            if group := _apart(pair, en, ru):
                yield _difference(pair, (en, head), (ru, other), group)
                return


def _beside(side: Side, head: int) -> list[int]:
    """The words that say which thing a noun means: those before it, also a noun behind a Russian one («граница на суше»)."""
    noun = side.words[head].token
    own = [n for n, w in enumerate(side.words) if w.token.head.i == noun.i and _whole(side, n)]
    return [
        n
        for n in own
        if (side.words[n].token.dep_ in BEFORE and n < head and _close(side, n, head))
        or (side.lang == "ru" and side.words[n].token.dep_ in BEHIND and head < n <= head + REACH)
    ]


REACH = 2
"""Words from a Russian noun to the one behind it that says which one is meant, a preposition between them."""


def _close(side: Side, place: int, head: int) -> bool:
    """Nothing but other such words stands between: not "an academic | found | students"."""
    return all(w.token.pos_ not in ("VERB", "AUX", "ADP") for w in side.words[place + 1 : head])


def _whole(side: Side, place: int) -> bool:
    """No part of a compound with a hyphen: "common-law spouse"."""
    word, text = side.words[place], side.version.text
    return "-" not in text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]


def _apart(pair: Pair, en: int, ru: int) -> str | None:
    """The group in which two words exclude each other, when nothing else in the pair says what either does."""
    if _genitive(pair.ru, ru) and pair.en.words[en].token.pos_ != "NOUN":
        return None  # "the interim head", «глава федерации»
    if translations.kinship(pair.en.words[en].stem, pair.ru.words[ru].stem) >= AKIN:
        return None
    if thesaurus.renders(pair.en.words[en].stem, translations.stem(pair.ru.words[ru].lemma)):
        return None
    ours, theirs = contrasts.members(pair, KIND, "en", en), contrasts.members(pair, KIND, "ru", ru)
    if ours & theirs or _said(pair, "ru", ours) or _said(pair, "en", theirs):
        return None
    return min({g for g, _ in ours} & {g for g, _ in theirs}, default=None)


def _genitive(side: Side, place: int) -> bool:
    """A noun right behind another one, no preposition between them as in «граница на суше»."""
    return side.words[place].token.pos_ != "ADJ" and side.words[place - 1].token.pos_ != "ADP"


def _said(pair: Pair, lang: Lang, wanted: set[tuple[str, int]]) -> bool:
    """Some word of a side belongs to one of the members."""
    return any(
        (g, hit.member) in wanted
        for g, there in contrasts.hits(pair.side(lang), KIND).items()
        for hit in there
    )


def _difference(pair: Pair, en: tuple[int, int], ru: tuple[int, int], group: str) -> Difference:
    spans = _evidence(pair.en, en), _evidence(pair.ru, ru)
    return difference(
        KINDS.get(group, "terminology"),
        *spans,
        SURE * pair.sure,
        f"{contrasts.both(pair, spans)} are different things.",
        group=group,
    )


def _evidence(side: Side, places: tuple[int, int]) -> Span:
    words = [side.words[n] for n in sorted(places)]
    return evidence(side.version, words[0].start, words[-1].end, BY)
