"""Who a stretch of text is attributed to: the words of each side that name a source, and the words that say so.

The statements layer keeps what named people say; here every source counts, also "the ministry insists", «по подсчётам
правительства», "the company maintains". A source is only as good as its parse, so what is made of it checks further.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.document import Lang, Work
from pipeline.statements import attributions
from pipeline.statements.people import Person
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOUNS = frozenset({"NOUN", "PROPN"})


class Source(NamedTuple):
    """A source: its words (places in the side), the word that names it, the cue, and the attributed stretch."""

    first: int
    last: int
    head: int
    cue: tuple[int, ...]
    start: int
    end: int
    kind: str
    person: Person | None


@dataclass(frozen=True)
class Sources:
    """The readings of both versions, and where their attributions are."""

    readings: Mapping[Lang, Reading]
    found: Mapping[Lang, tuple[Found, ...]]

    def of(self, side: Side) -> list[Source]:
        """The sources that a side names."""
        index = {w.token.i: n for n, w in enumerate(side.words)}
        found = [s for f in self.found[side.version.side] if (s := _located(side, f, index)) is not None]
        for more in (
            *_asserted(side, index),
            *_according(side),
            *_somewhere(side, index),
            *_stated(side, index),
            *_shown(side, index),
            *_counts(side, index),
            *_cited(side, index),
        ):
            if not any(more.head == known.head for known in found):
                found.append(more)
        return found


def read(work: Work, docs: Mapping[Lang, "Doc"]) -> Sources:
    """The attributions of both versions."""
    from pipeline.statements.people import People

    readings = {lang: Reading(v, docs[lang], People(v, docs[lang])) for lang, v in work.versions.items()}
    return Sources(readings, {lang: tuple(attributions(r)) for lang, r in readings.items()})


def _located(side: Side, found: Found, index: dict[int, int]) -> Source | None:
    words = [index[i] for i in range(found.speaker.first, found.speaker.last) if i in index]
    if not words:
        return None
    cue = (
        tuple(n for n, w in enumerate(side.words) if found.cue[0] <= w.start < found.cue[1])
        if found.cue
        else ()
    )
    head = _head(side, words)
    return Source(words[0], words[-1], head, cue, found.start, found.end, found.kind, found.speaker.person)


def _head(side: Side, words: list[int]) -> int:
    """The word of a phrase that all others hang on."""
    inside = {side.words[n].token.i for n in words}
    tops = [
        n for n in words if side.words[n].token.head.i not in inside or side.words[n].token.dep_ == "root"
    ]
    nouns = [n for n in tops if side.words[n].token.pos_ in NOUNS] or [
        n for n in words if side.words[n].token.pos_ in NOUNS
    ]
    return (nouns or tops or words)[0]


@cache
def words(lang: Lang, name: str) -> frozenset[str]:
    """The lemmas of a kind: accounts, asserts, wills, marks, anybody."""
    return frozenset(languages.load(lang, "sources")[name])


def _asserted(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """ "Brokers reckoned", "their teachers complain", «аналитики подсчитали»: whoever vouches for something, by a noun;
    also whoever wants it ("the opposition demands")."""
    vouching = words(side.lang, "asserts") | words(side.lang, "wills")
    for n, word in enumerate(side.words):
        if word.lemma not in vouching or word.token.pos_ != "VERB":
            continue
        for child in word.token.children:
            if child.dep_ == "nsubj" and child.pos_ in NOUNS and child.i in index:
                if word.lemma in WRITES and not _told(word):
                    continue
                head = index[child.i]
                yield Source(head, head, head, (n,), side.start, side.end, "indirect", None)


def _told(word: Word) -> bool:
    """The verb has a clause to tell, or stands in it: "they are, wrote one columnist, short of roads"."""
    return word.token.dep_ == "parataxis" or any(
        c.dep_ in ("ccomp", "parataxis") for c in word.token.children
    )


def _according(side: Side) -> Iterator[Source]:
    """ "According to a Greek official", «согласно отчёту»: whatever the parse makes of it."""
    for n, word in enumerate(side.words):
        if word.token.lower_ in ACCORDING:
            after = range(n + 1, min(n + PHRASE, len(side.words)))
            if n + 1 < len(side.words) and side.words[n + 1].lemma in RELATIVE:
                continue  # «соглашение, согласно которому»
            nouns = (m for m in after if side.words[m].token.pos_ in NOUNS)
            head = next((m for m in nouns if side.words[m].token.dep_ not in ("compound", "nmod:poss")), None)
            if head is not None:
                head = _ruling(side, head, after)
                yield Source(head, head, head, (n,), side.start, side.end, "indirect", None)


def _ruling(side: Side, place: int, within: range) -> int:
    """The noun that a noun stands before and belongs to: "according to the electoral | commission"."""
    head = side.words[place].token.head
    over = next((m for m in within if side.words[m].token == head), place)
    return over if over > place and side.words[over].token.pos_ in NOUNS else place


ACCORDING = frozenset({"according", "согласно"})
RELATIVE = frozenset({"который", "which", "what"})
PHRASE = 7
"""Words after "according" in which its noun stands."""


def _somewhere(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """«В министерстве утверждают», «на таможне заметили»: the body where they say so, who "they" are is left open."""
    if side.lang != "ru":
        return
    for n, word in enumerate(side.words):
        morph = word.token.morph
        if word.lemma not in words("ru", "asserts") or morph.get("Number", []) != ["Plur"]:
            continue
        children = list(word.token.children)
        if any(c.dep_.startswith("nsubj") for c in children) or word.token.dep_.startswith("acl"):
            continue
        for child in children:
            body = child.pos_ in NOUNS and child.i in index and child.morph.get("Case", []) == ["Loc"]
            if body and child.lemma_.lower() not in TIMES and any(c.lower_ in WHERE for c in child.children):
                at = index[child.i]
                yield Source(at, at, at, (n,), side.start, side.end, "indirect", None)


TIMES = frozenset({"год", "месяц", "неделя", "век", "столетие", "период", "время", "момент", "день"})
"""No bodies: «юбилей отметили в 2022 году»."""
WHERE = frozenset({"в", "во", "на"})


def _stated(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """«Говорится в распоряжении министерства»: the body whose paper says so, or else the paper."""
    for n, word in enumerate(side.words):
        from_it = word.lemma in FOLLOWS and "из" in {
            c.lower_ for t in word.token.children for c in t.children
        }
        if word.lemma not in STATED and not from_it:
            continue
        papers = (c for c in word.token.children if c.dep_ in CITED and c.pos_ in NOUNS and c.i in index)
        for paper in papers:
            owners = [c for c in paper.children if c.dep_ == "nmod" and c.pos_ in NOUNS and c.i in index]
            at = index[(owners or [paper])[0].i]
            yield Source(
                min(at, index[paper.i]),
                max(at, index[paper.i]),
                at,
                (n,),
                side.start,
                side.end,
                "indirect",
                None,
            )
            break


STATED = frozenset({"говориться", "отмечаться", "указываться", "подчеркиваться", "утверждаться"})
FOLLOWS = frozenset({"следовать", "явствовать"})
"""Verbs that say so of the paper «из» which it follows."""


def _shown(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """ "A satellite survey shows", «опрос показал»: an account that speaks for itself."""
    for n, word in enumerate(side.words):
        if word.lemma not in SHOWS or word.token.pos_ != "VERB":
            continue
        for child in word.token.children:
            account = child.dep_ == "nsubj" and child.lemma_.lower() in words(side.lang, "accounts")
            if account and child.i in index:
                at = index[child.i]
                yield Source(at, at, at, (n,), side.start, side.end, "indirect", None)


SHOWS = frozenset(
    {
        "show",
        "find",
        "suggest",
        "indicate",
        "reveal",
        "показать",
        "показывать",
        "свидетельствовать",
        "выявить",
    }
)


def _counts(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """ "By the companies' own count", «по подсчётам правительства», "in his view": an account and its owner."""
    for n, word in enumerate(side.words):
        if word.lemma not in words(side.lang, "accounts") or word.token.pos_ != "NOUN":
            continue
        if not any(c.lower_ in OPENING for c in word.token.children if c.dep_ == "case"):
            continue
        opened = {c.lower_ for c in word.token.children if c.dep_ == "case"}
        if "to" in opened and not any(c.lower_ in POSSESSIVE for c in word.token.children):
            continue  # "to his mind", but not "come closer to a view of the street"
        after = side.words[n + 1].token.lower_ if n + 1 < len(side.words) else ""
        if word.lemma == "расчет" and after == "на":
            continue  # «в расчёте на победу»
        if word.lemma == "account" and "on" in (c.lower_ for c in word.token.children):
            continue  # "on account of the rain", "on their own account"
        owners = [
            index[c.i]
            for c in word.token.children
            if c.i in index and (c.dep_ in OWNER or c.lower_ in POSSESSIVE)
        ]
        if owners:
            owner = owners[0]
            yield Source(min(owner, n), max(owner, n), owner, (n,), side.start, side.end, "account", None)


def _cited(side: Side, index: dict[int, int]) -> Iterator[Source]:
    """ "Quoting a police report", "quoted by a local website", «ссылаясь на подсчёты полиции»: what somebody rests on."""
    for n, word in enumerate(side.words):
        if word.lemma not in words(side.lang, "cites") or word.token.dep_ not in ASIDE:
            continue
        for child in word.token.children:
            if child.dep_ in CITED and child.pos_ in NOUNS and child.i in index:
                at = index[child.i]
                yield Source(at, at, at, (n,), side.start, side.end, "account", None)
                break


CITED = frozenset({"obj", "obl", "obl:agent"})
ASIDE = frozenset({"acl", "advcl"})
WRITES = frozenset({"write", "писать", "написать"})
"""Verbs whose subject vouches for a clause, not for a thing: pupils who write a letter tell nothing."""
OWNER = frozenset({"nmod", "nmod:poss", "poss", "nsubj"})
OPENING = frozenset({"by", "in", "on", "to", "at", "according", "from", "по", "согласно", "в", "на"})
POSSESSIVE = frozenset(
    {"his", "her", "their", "its", "my", "our", "your", "его", "ее", "их"}
    | {stem + end for stem in ("мо", "наш", "ваш") for end in ("ему", "ей", "им", "ем", "их")}
)


def quoted(read: Sources, side: Side, least: int = 1) -> bool:
    """Whether some of the side, `least` words or more, stands in quotation marks, or begins as a reply."""
    reading = read.readings[side.version.side]
    return (
        any(len(reading.text[q.start : q.end].split()) >= least for q in reading.around(side.start, side.end))
        or reading.quoted(side.start)
        or side.text.lstrip().startswith(("—", "–", "«", "“", '"'))
    )


def sourced(pair: Pair, lang: Lang, besides: tuple[int, ...]) -> bool:
    """Whether a side says where it has something from by a word that translates no word of the other side but those
    `besides`."""
    side = pair.side(lang)
    found = words(side.lang, "asserts") | words(side.lang, "marks") | words(side.lang, "accounts")
    return any(w.lemma in found and pair.match(lang, n) in (None, *besides) for n, w in enumerate(side.words))


def named(pair: Pair, lang: str, source: Source) -> bool:
    """Whether the source is named by a noun, not by a pronoun or a word that stands for a noun ("mine", "others")."""
    word = pair.side(lang).words[source.head]
    return word.token.pos_ in NOUNS and word.lemma not in ("one", "other", "mine", "line", "number", "script")


BACK = frozenset(
    {
        "both",
        "this",
        "these",
        "that",
        "those",
        "such",
        "either",
        "neither",
        "оба",
        "обе",
        "этот",
        "тот",
        "такой",
    }
)


def anybody(side: Side, place: int) -> bool:
    """Whether a word may be rendered by any word for people or bodies: it is pointed at ("both groups", «эти люди»), or it
    says no more than that they are some ("people close to the talks", «участники»)."""
    word = side.words[place]
    return word.lemma in words(side.lang, "anybody") or any(
        c.lemma_.lower() in BACK or c.lower_ in BACK for c in word.token.children
    )
