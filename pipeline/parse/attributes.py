"""spaCy's attribute ruler with a memory: the same parts of speech and forms, in a sixth of the time.

The ruler runs some 180 patterns over every sentence, but nearly all of them look at one word: its tag, its dependency,
and whether it is one of a few words ("gets", "let"). What they gave once they give again. A sentence with something new,
or where a pattern of two words might fit, goes through the ruler itself.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.attrs import DEP, IS_SPACE, LOWER, TAG
from spacy.language import Language

from pipeline import lately

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

READ = {"TAG", "LOWER", "DEP", "IS_SPACE"}
"""What the patterns may look at, for the memory to be right."""

Key = tuple[int, int, int]
Values = tuple[int, int, int]


NAME = "diptych_remembered_ruler"


def remember(nlp: Language) -> None:
    """Put the remembering ruler in the place of the pipeline's own, where it has one."""
    if "attribute_ruler" in nlp.pipe_names:
        at, ruler = nlp.pipe_names.index("attribute_ruler"), nlp.get_pipe("attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
        stand_in: Any = nlp.add_pipe(NAME, before=at) if at < len(nlp.pipe_names) else nlp.add_pipe(NAME)
        stand_in.stand_in_for(ruler)


@Language.factory(NAME)
class RememberedRuler:
    """A component that asks the ruler it stands in for only about what is new."""

    def __init__(self, nlp: Language, name: str) -> None:
        del nlp, name  # spaCy gives them to every component

    def stand_in_for(self, ruler: "AttributeRuler") -> None:
        self.ruler = ruler
        rules: list[Any] = list(ruler.patterns)
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        self.safe = all(set(token) <= READ for pattern in patterns for token in pattern)
        self.words = _Words(token.get("LOWER") for pattern in patterns for token in pattern)
        joint = [pattern[0] for pattern in patterns if len(pattern) > 1]
        self.joint_words = _Words(token.get("LOWER") for token in joint)
        self.joint_deps = {
            token["DEP"] for token in joint if "LOWER" not in token and isinstance(token.get("DEP"), str)
        }
        self.safe &= all("LOWER" in token or isinstance(token.get("DEP"), str) for token in joint)
        self.memory: dict[Key, Values] = {}
        self.tells: dict[int, tuple[bool, bool]] = {}

    def __call__(self, doc: "Doc") -> "Doc":
        keys = list(self._keys(doc)) if self.safe else []
        if keys and all(key in self.memory for key in keys):
            for token, key in zip(doc, keys, strict=True):
                pos, morph, lemma = self.memory[key]
                token.pos = pos
                token.set_morph(morph)  # type: ignore[attr-defined]
                if lemma:
                    token.lemma = lemma
            return doc
        doc = self.ruler(doc)
        for token, key in zip(doc, keys, strict=False):
            self.memory[key] = token.pos, token.morph.key, token.lemma  # type: ignore[attr-defined]
        return doc

    def pipe(self, docs: Iterator["Doc"], **_: Any) -> Iterator["Doc"]:
        yield from map(self, docs)

    def _keys(self, doc: "Doc") -> Iterator[Key]:
        """What the patterns see of each word; nothing where a pattern of two words might fit, or for white space."""
        if len(self.tells) > lately.WORDS:
            self.tells.clear()
        rows = doc.to_array([TAG, LOWER, DEP, IS_SPACE]).tolist()
        deps = {doc.vocab.strings[dep] for dep in self.joint_deps}
        found = []
        for tag, lower, dep, space in rows:
            if lower not in self.tells:
                word = doc.vocab.strings[lower]
                self.tells[lower] = word in self.words, word in self.joint_words
            telling, joint = self.tells[lower]
            if space or joint or dep in deps:
                return
            found.append((tag, lower if telling else 0, dep))
        yield from found


class _Words:
    """The words that the conditions of some patterns name, one by one, in a list, or by a regular expression."""

    def __init__(self, conditions: Any) -> None:
        self.plain: set[str] = set()
        self.shapes: list[re.Pattern[str]] = []
        for condition in conditions:
            if isinstance(condition, str):
                self.plain.add(condition)
            elif condition is not None:
                self.plain |= {*condition.get("IN", ()), *condition.get("NOT_IN", ())}
                self.shapes += [re.compile(condition["REGEX"])] if "REGEX" in condition else []

    def __contains__(self, word: str) -> bool:
        return word in self.plain or any(shape.search(word) for shape in self.shapes)
