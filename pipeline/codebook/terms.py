"""The pattern language of a codebook's terms, and the search for them in a sentence.

A term is a row of words over the lemmas (or the forms as they stand) of one sentence; hyphens and punctuation do
not count, so "trade-off" is two words in English, while the Russian "торгово-экономический" stays one.

| written | means |
| --- | --- |
| `trade turnover` | these two lemmas in a row |
| `trad*` | a word that begins so |
| `language\\|tongue` | either |
| `nato\\|european_union` | either; the underscore joins the words of one choice |
| `<fall>` | a word of the class `fall`, which the codebook lists under `[words.en]` or `[words.ru]` |
| `loss .. market` | up to three words between; `..6`: up to six |
| `turnover ~ <fall>` | both, in either order, at most six words apart; `~10`: at most ten |
| `<fall> >> trade` | the second depends on the first, directly or not (needs a parse; without one, like `~`) |
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import NamedTuple

GAP = 3
"""Words that `..` may skip: room for "the growth **of mutual** trade" (development half of the project's corpus)."""
NEAR = 6
"""Words between the two sides of `~`: a clause of newspaper English has 8 to 10 words, of Russian 6 to 8."""
OPERATOR = re.compile(r"^(?:~(\d*)|>>)$")
SKIP = re.compile(r"^\.\.(\d*)$")
WORD = re.compile(r"^[^\W_][^\W_'’+-]*(?:['’+-][^\W_]*)*\*?$")
CLASS = re.compile(r"^<([\w-]+)>$")

Forms = Collection[str]
"""The readings of one token in lower case: its form and its lemma."""


def plain(word: str) -> str:
    """Lower case, with е for ё, as lemmas are written.

    >>> plain("Партнёр")
    'партнер'
    """
    return word.lower().replace("ё", "е")


class TermSyntaxError(ValueError):
    """A term that the pattern language cannot read."""


class Slot(NamedTuple):
    """One word of a pattern: the words and the beginnings it accepts, and how many words may precede it."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    skip: int

    def accepts(self, forms: Forms) -> bool:
        return any(f in self.words or (self.prefixes and f.startswith(self.prefixes)) for f in forms)


class Term(NamedTuple):
    """A compiled term: rows of slots, and how each row after the first is tied to those before it: the words that
    may stand between ("~"), or `None` for dependence (">>")."""

    pattern: str
    rows: tuple[tuple[Slot, ...], ...]
    ties: tuple[int | None, ...] = ()

    @property
    def words(self) -> int:
        return sum(len(row) for row in self.rows)


class Match(NamedTuple):
    """The term number `term` covers the words `first` to `last` (inclusive)."""

    term: int
    first: int
    last: int


def compile_terms(pattern: str, classes: Mapping[str, str] | None = None) -> list[Term]:
    """Read one pattern; each choice of several words makes a term of its own.

    >>> [term.words for term in compile_terms("join ~ nato|european_union|eu")]
    [2, 3]

    Raises: TermSyntaxError naming the piece that cannot be read.
    """
    variants = [""]
    for piece in pattern.lower().split():
        options = piece.split("|")
        single = "|".join(o for o in options if "_" not in o)
        several = [o.replace("_", " ") for o in options if "_" in o]
        variants = [f"{before} {choice}" for before in variants for choice in [single, *several] if choice]
    return [compile_term(variant, classes) for variant in variants]


def compile_term(pattern: str, classes: Mapping[str, str] | None = None) -> Term:
    """Read one pattern that has no choice of several words.

    >>> compile_term("trade .. <fall>", {"fall": "fall|drop*"}).rows[0][1].prefixes
    ('drop',)

    Raises: TermSyntaxError naming the piece that cannot be read.
    """
    pattern = pattern.strip()
    sides: list[list[str]] = [[]]
    ties: list[int | None] = []
    for piece in pattern.lower().split():
        tie = OPERATOR.match(piece)
        if tie:
            sides.append([])
            ties.append(None if piece == ">>" else int(tie.group(1) or NEAR))
        else:
            sides[-1].append(piece)
    if not all(sides):
        raise TermSyntaxError(f'"{pattern}" has nothing on one side of its operator')
    return Term(pattern, tuple(_row(side, pattern, classes or {}) for side in sides), tuple(ties))


def _row(pieces: Sequence[str], pattern: str, classes: Mapping[str, str]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    skip = 0
    for piece in pieces:
        gap = SKIP.match(piece)
        if gap:
            if not slots:
                raise TermSyntaxError(f'"{pattern}" begins with a gap')
            skip = int(gap.group(1) or GAP)
            continue
        slots.append(_slot(piece, skip, pattern, classes))
        skip = 0
    if skip or not slots:
        raise TermSyntaxError(f'"{pattern}" ends with a gap')
    return tuple(slots)


def _slot(piece: str, skip: int, pattern: str, classes: Mapping[str, str]) -> Slot:
    words: list[str] = []
    for option in piece.split("|"):
        named = CLASS.match(option)
        if named and named.group(1) not in classes:
            raise TermSyntaxError(
                f'"{pattern}" uses the class <{named.group(1)}>, which [words] does not list'
            )
        words += classes[named.group(1)].lower().split("|") if named else [option]
    words = [plain(word) for word in words]
    for word in words:
        if not WORD.match(word):
            raise TermSyntaxError(
                f'"{pattern}": "{word}" is no word; a word may end with * and options are joined by |'
            )
    whole = frozenset(w for w in words if not w.endswith("*"))
    return Slot(whole, tuple(w[:-1] for w in words if w.endswith("*")), skip)


class TermIndex(NamedTuple):
    """Terms by the words that can begin one of their rows, so that most words of a text are asked once."""

    terms: tuple[Term, ...]
    by_word: Mapping[str, tuple[tuple[int, int], ...]]
    by_prefix: Mapping[str, tuple[tuple[int, int], ...]]
    longest: int
    seen: dict[str, tuple[tuple[int, int], ...]]

    def starts(self, form: str) -> tuple[tuple[int, int], ...]:
        """The (term, row) pairs whose first slot accepts this form; remembered, since words recur."""
        found = self.seen.get(form)
        if found is None:
            rows = set(self.by_word.get(form, ()))
            for n in range(1, min(len(form), self.longest) + 1):
                rows.update(self.by_prefix.get(form[:n], ()))
            found = self.seen[form] = tuple(sorted(rows))
        return found

    def find(self, sentence: Sequence[Forms], heads: Sequence[int] | None = None) -> list[Match]:
        """Every place in the sentence where a term stands, in order; `heads` are indices into the sentence."""
        placed: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for at, forms in enumerate(sentence):
            for term, row in {pair for form in forms for pair in self.starts(form)}:
                end = _extend(self.terms[term].rows[row], sentence, at)
                if end is not None:
                    placed.setdefault((term, row), []).append((at, end))
        found = {match for key in placed for match in _join(key[0], self.terms[key[0]], placed, heads)}
        return sorted(found, key=lambda m: (m.first, m.last, m.term))


def _extend(row: tuple[Slot, ...], sentence: Sequence[Forms], at: int) -> int | None:
    """The index of the row's last word when its first stands at `at`: the nearest reading."""
    for slot in row[1:]:
        reach = range(at + 1, min(at + 2 + slot.skip, len(sentence)))
        step = next((i for i in reach if slot.accepts(sentence[i])), None)
        if step is None:
            return None
        at = step
    return at


def _join(
    number: int,
    term: Term,
    placed: Mapping[tuple[int, int], list[tuple[int, int]]],
    heads: Sequence[int] | None,
) -> list[Match]:
    """Tie the rows of one term together, from left to right."""
    found = placed.get((number, 0), [])
    for row, tie in enumerate(term.ties, 1):
        found = [
            (min(left[0], right[0]), max(left[1], right[1]))
            for left, right in product(found, placed.get((number, row), ()))
            if _tied(left, right, tie, heads)
        ]
    return [Match(number, first, last) for first, last in found]


def _tied(
    left: tuple[int, int], right: tuple[int, int], tie: int | None, heads: Sequence[int] | None
) -> bool:
    between = max(left[0], right[0]) - min(left[1], right[1]) - 1
    if between < 0:
        return False
    if tie is None and heads is not None:
        return any(_governs(heads, i, right[1]) for i in range(left[0], left[1] + 1))
    return between <= (NEAR if tie is None else tie)


def _governs(heads: Sequence[int], governor: int, word: int) -> bool:
    """Is `governor` among the ancestors of `word`? A root is its own head."""
    for _ in heads:
        if heads[word] == word:
            return False
        word = heads[word]
        if word == governor:
            return True
        if word < 0:
            return False
    return False


def index(terms: Sequence[Term]) -> TermIndex:
    """Prepare the terms of one language for searching."""
    words: dict[str, list[tuple[int, int]]] = {}
    prefixes: dict[str, list[tuple[int, int]]] = {}
    for number, term in enumerate(terms):
        for position, row in enumerate(term.rows):
            for word in row[0].words:
                words.setdefault(word, []).append((number, position))
            for prefix in row[0].prefixes:
                prefixes.setdefault(prefix, []).append((number, position))
    return TermIndex(
        tuple(terms),
        {w: tuple(r) for w, r in words.items()},
        {p: tuple(r) for p, r in prefixes.items()},
        max(map(len, prefixes), default=0),
        {},
    )
