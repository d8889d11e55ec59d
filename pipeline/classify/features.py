"""What a passage is judged by: its words with their places in the shared space, the factors it names, its shape.

Nothing outside the passage (headings, title, neighbours) is read.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline import languages
from pipeline.classify.attention import Bag
from pipeline.codebook import Codebook, plain
from pipeline.document import Factor, Lang
from pipeline.space import DIMENSIONS, Space

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
TERMS = "factors.terms"
MARKS = frozenset('"«»“”„')
TAGS = (*CONTENT, "PRON", "ADP", "NUM", "AUX", "DET", "PART", "CCONJ", "SCONJ", "PUNCT")
SHAPE = 3 + len(TAGS)
RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "amod",
    "advcl",
    "conj",
    "acl",
    "ccomp",
    "compound",
    "appos",
)
CUES = ("contrast", "cause", "negation", "concession")
TRAITS = (
    *CONTENT,
    *RELATIONS,
    "first sentence",
    "last sentence",
    "last but one",
    "quoted",
    "denied",
    "granted",
    "beside a denial",
    "beside a figure",
    "after a contrast",
    "before a contrast",
    "after a cause",
    "before a cause",
    "opens with a contrast",
    "a contrast follows",
)  # fmt: skip
"""What `attention` weighs: word class, relation, place in the passage and in its argument."""
USUAL, FEW = 30, 8
"""Content words of a passage of 60 words, and how many a passage is taken to have at least."""
SPACE_SCALE, FACTOR_SCALE, VOCABULARY_SCALE, SHAPE_SCALE = 8.0, 1.5, 0.7, 0.5
"""Bring the blocks to like variance, so that one penalty fits all. Accuracy on unseen works of corpora/labelled at 980
passages, both versions read together: without the vocabulary .867, without the shape .852, with all .879."""


class Columns(NamedTuple):
    """A parsed text as arrays, one entry a token: what rules about words need, without an object for each."""

    at: NDArray[np.int64]
    pos: NDArray[np.str_]
    lemma: list[str]
    sentence: NDArray[np.int64]
    content: NDArray[np.bool_]
    figure: NDArray[np.bool_]
    mark: NDArray[np.bool_]
    space: NDArray[np.bool_]
    traits: NDArray[np.float32]


class Words(NamedTuple):
    """The tokens of one passage: the numbers of all, and of those that carry meaning."""

    tokens: NDArray[np.int64]
    content: NDArray[np.int64]


def columns(doc: "Doc") -> Columns:
    """Read the parse once; what depends on a word's form or lemma is worked out once for each form or lemma."""
    names = ("IDX", "POS", "DEP", "HEAD", "SENT_START", "ORTH", "LEMMA")
    data = dict(zip(names, doc.to_array(list(names)).astype(np.uint64).astype(np.int64).T, strict=True))
    n, strings = len(doc), doc.vocab.strings
    head = np.clip(np.arange(n) + data["HEAD"], 0, max(n - 1, 0))
    starts = data["SENT_START"] == 1
    starts[:1] = True
    sentence = np.cumsum(starts) - 1
    pos = np.array(_named(data["POS"], strings), dtype=np.str_)
    forms = _each(data["ORTH"], strings, str.lower)
    plain_forms = [form.replace("ё", "е") for form in forms]
    figure = np.array([any(map(str.isdigit, form)) for form in forms], bool)
    letters = np.array([any(map(str.isalpha, form)) for form in forms], bool)
    found = {cue: np.array([form in cues(doc.lang_)[cue] for form in plain_forms], bool) for cue in CUES}
    relations = _named(data["DEP"], strings)
    return Columns(
        at=data["IDX"],
        pos=pos,
        lemma=_each(data["LEMMA"], strings, plain),
        sentence=sentence,
        content=np.isin(pos, CONTENT) & letters,
        figure=figure,
        mark=np.array([form in MARKS for form in forms], bool),
        space=np.array([form.isspace() for form in forms], bool),
        traits=_traits(pos, np.array(relations, dtype=np.str_), head, sentence, figure, found, forms),
    )


@cache
def cues(lang: str) -> dict[str, frozenset[str]]:
    """The words of `languages/LANG/rhetoric.toml`."""
    data = languages.load(lang, "rhetoric")
    return {cue: frozenset(data[cue]) for cue in CUES}


def _named(keys: NDArray[np.int64], strings: "StringStore") -> list[str]:
    return _each(keys, strings, str)


def _each(keys: NDArray[np.int64], strings: "StringStore", change: Callable[[str], str]) -> list[str]:
    unique, back = np.unique(keys, return_inverse=True)
    values = [change(strings[int(np.int64(key).astype(np.uint64))]) for key in unique]
    return [values[k] for k in back]


def _traits(
    pos: NDArray[np.str_],
    relation: NDArray[np.str_],
    head: NDArray[np.int64],
    sentence: NDArray[np.int64],
    figure: NDArray[np.bool_],
    found: dict[str, NDArray[np.bool_]],
    forms: Sequence[str],
) -> NDArray[np.float32]:
    """The traits that do not depend on where the passage begins and ends; those that do stay 0 (see `_placed`)."""
    out = np.zeros((len(pos), len(TRAITS)), np.float32)
    sentences = int(sentence[-1]) + 1 if len(sentence) else 0
    for n, name in enumerate((*CONTENT, *RELATIONS)):
        out[:, n] = (pos if name in CONTENT else relation) == name

    def put(name: str, values: NDArray[np.bool_]) -> None:
        out[:, TRAITS.index(name)] = values

    def somewhere(values: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return (np.bincount(sentence, values, sentences) > 0)[sentence]  # type: ignore[no-any-return]

    put("quoted", _quoted(forms))
    put("denied", _under(found["negation"], head))
    put("granted", _under(found["concession"], head))
    put("beside a denial", somewhere(found["negation"]))
    put("beside a figure", somewhere(figure))
    order = np.arange(len(pos))
    for cue in ("contrast", "cause"):
        first = np.full(sentences, len(pos))
        np.minimum.at(first, sentence[found[cue]], order[found[cue]])
        there = first[sentence] < len(pos)
        put(f"after a {cue}", there & (order > first[sentence]))
        put(f"before a {cue}", there & (order < first[sentence]))
    starts = np.searchsorted(sentence, np.arange(sentences))
    opens = found["contrast"][starts] if sentences else np.zeros(0, bool)
    put("opens with a contrast", opens[sentence])
    put("a contrast follows", np.append(opens[1:], False)[sentence])
    return out


def _under(cue: NDArray[np.bool_], head: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The words that a cue hangs on, and those up to two steps below them: "not (the price (of gas))"."""
    marked = np.zeros(len(head), bool)
    marked[head[cue & (head != np.arange(len(head)))]] = True
    return marked | marked[head] | marked[head[head]]  # type: ignore[no-any-return]


def _quoted(forms: Sequence[str]) -> NDArray[np.bool_]:
    inside, out = False, []
    for form in forms:
        inside = (form in "«“„" or (inside and form not in "»”")) if form != '"' else not inside
        out.append(inside)
    return np.array(out, bool)


def words(found: Columns, stretches: Sequence[tuple[int, int]]) -> list[Words]:
    """The words of each stretch of characters."""
    out = []
    for start, end in stretches:
        first, last = np.searchsorted(found.at, (start, end))
        inside = np.arange(first, last)[~found.space[first:last]]
        out.append(Words(inside, inside[found.content[inside]]))
    return out


def bag(found: Columns, passages: Sequence[Words], lang: Lang, space: Space) -> Bag:
    """The content words that have a place in the space, with all their traits."""
    each = [(n, part.content) for n, part in enumerate(passages) if len(part.content)]
    if not each:
        empty = np.zeros(0, np.int64)
        return Bag(
            empty,
            np.zeros(0, np.float32),
            np.zeros((0, len(TRAITS)), np.float32),
            empty,
            empty,
            len(passages),
        )
    tokens = np.concatenate([content for _, content in each])
    owner = np.repeat([n for n, _ in each], [len(content) for _, content in each])
    traits = np.concatenate([_placed(found, passages[n]) for n, _ in each])
    rows = space.rows([found.lemma[i] for i in tokens], lang)
    known = rows >= 0
    rarity = np.log(space.weights(rows[known]) + 1e-6)
    return Bag(
        rows[known], rarity.astype(np.float32), traits[known], owner[known], tokens[known], len(passages)
    )


def _placed(found: Columns, part: Words) -> NDArray[np.float32]:
    """The traits of a passage's content words, with their place in the passage."""
    traits = found.traits[part.content]
    sentence = found.sentence[part.content] - found.sentence[part.tokens[0]]
    last = found.sentence[part.tokens[-1]] - found.sentence[part.tokens[0]]
    for name, which in (("first sentence", 0), ("last sentence", last), ("last but one", last - 1)):
        traits[:, TRAITS.index(name)] = sentence == which
    return traits


def rest(
    found: Columns, part: Words, factors: Iterable[Factor], codebook: Codebook, lang: Lang
) -> NDArray[np.float32]:
    """What is not in the space. Shape: (groups + groups + 17,): factor mentions, vocabulary, shape."""
    lemmas = [found.lemma[i] for i in part.content]
    blocks = (
        mentions(factors, codebook.group_ids[:-1]) * FACTOR_SCALE,
        vocabulary(lemmas, codebook, lang) * VOCABULARY_SCALE,
        shape(found, part) * SHAPE_SCALE,
    )
    return np.concatenate(blocks).astype(np.float32)


def mentions(factors: Iterable[Factor], groups: Sequence[str]) -> NDArray[np.float32]:
    """How much each group is named, by the confidence of its mentions; the second mention tells less than the first.

    Mentions by similarity say nothing that the words' places do not say already.
    """
    total = np.zeros(len(groups), np.float32)
    for factor in factors:
        if factor.group in groups and factor.by == TERMS:
            total[groups.index(factor.group)] += factor.confidence
    return np.log1p(total)  # type: ignore[no-any-return]


def vocabulary(lemmas: Iterable[str], codebook: Codebook, lang: Lang) -> NDArray[np.float32]:
    """Which part of the words comes from each group's vocabulary, as a count in a passage of `USUAL` words; the second word
    tells less than the first. A part, because a page of a scholarly article says "policy" ten times whatever it is about."""
    lemmas = list(lemmas)
    known, total = codebook.vocabulary(lang), np.zeros(len(codebook.groups), np.float32)
    for lemma in lemmas:
        for group in known.get(lemma, ()):
            total[group] += 1
    return np.log1p(total * USUAL / max(len(lemmas), FEW))  # type: ignore[no-any-return]


def shape(found: Columns, part: Words) -> NDArray[np.float32]:
    """Figures, quotation marks, length and word classes: a table of exports reads otherwise than a memory."""
    n = max(len(part.tokens), 1)
    tags = found.pos[part.tokens]
    return np.array(
        [
            10 * found.figure[part.tokens].sum() / n,
            10 * found.mark[part.tokens].sum() / n,
            np.log(n) - 4,
            *(10 * (tags == tag).sum() / n for tag in TAGS),
        ],
        np.float32,
    )


def combined(places: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """One row a passage, as the classifier takes it: its place in the space, then the rest."""
    assert places.shape[1] == DIMENSIONS
    return np.hstack([places * SPACE_SCALE, others]).astype(np.float32)
