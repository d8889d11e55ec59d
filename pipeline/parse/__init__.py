"""Text to spaCy `Doc`, whichever back end parses: one representation for both languages.

The Doc's text is the version's text, its sentences are the version's sentences; tags, heads and labels are Universal
Dependencies, lemmas are lower case with е for ё, entity labels are PER, LOC, ORG and those that only one back end knows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.config import Config, Parser
from pipeline.document import Component, Lang, Version
from pipeline.errors import ConfigError, suggest
from pipeline.parse import models
from pipeline.parse.sentence import Backend, ParsedSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def _spacy(model: str, lang: Lang) -> Backend:
    from pipeline.parse.spacy import SpacyBackend

    return SpacyBackend(model)


def _slovnet(model: str, lang: Lang) -> Backend:
    from pipeline.parse.slovnet import SlovnetBackend

    return SlovnetBackend(model)


def _stanza(model: str, lang: Lang) -> Backend:
    from pipeline.parse.stanza import StanzaBackend

    return StanzaBackend(model, lang)


BACKENDS: dict[str, Callable[[str, Lang], Backend]] = {
    "spacy": _spacy,
    "slovnet": _slovnet,
    "stanza": _stanza,
}
PACKED = ("ORTH", "SPACY", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "LEMMA", "MORPH", "POS")
"""The attributes that `assemble` sets: what rules may read."""


def load(config: Config) -> "Parsers":
    """The parsers that the configuration names; each loads its models when its language first appears."""
    for lang, parser in config.parse.items():
        if parser.backend not in BACKENDS:
            raise ConfigError(
                f'parse.{lang}.backend: unknown back end "{parser.backend}"; {suggest(parser.backend, BACKENDS)}'
            )
    return Parsers(config)


class Parsers:
    """One back end a language, loaded on first use."""

    def __init__(self, config: Config, backends: dict[str, Backend] | None = None) -> None:
        self._config = config
        self._loaded: dict[str, Backend] = dict(backends or {})

    def backend(self, lang: Lang) -> Backend:
        if lang not in self._loaded:
            chosen = self._config.parse[lang]
            self._loaded[lang] = BACKENDS[chosen.backend](chosen.model, lang)
        return self._loaded[lang]

    def components(self, langs: Iterable[Lang]) -> tuple[Component, ...]:
        """The models that parse these languages, for the provenance of a run; nothing is loaded for it."""
        return tuple(component(self._config.parse[lang], lang) for lang in langs)

    def doc(self, version: Version) -> "Doc":
        """The version as one Doc. Its paragraphs and sentences must be there already."""
        return next(self.docs(version.lang, [version]))

    def docs(self, lang: Lang, versions: Sequence[Version]) -> "Iterator[Doc]":
        """Each version of one language as a Doc; their sentences go through the back end in one stream."""
        parsed = iter(self.backend(lang).sentences(_sentences(versions)))
        for version in versions:
            yield assemble(version, islice(parsed, len(version.sentences or ())))


def _sentences(versions: Iterable[Version]) -> Iterator[str]:
    for version in versions:
        assert version.sentences is not None, "segment before parsing"
        yield from (version.text[s.start : s.end] for s in version.sentences)


def packed(doc: "Doc") -> bytes:
    """The Doc in few bytes (some 12 a token), to be read again by `unpacked`."""
    from spacy.tokens import DocBin

    return DocBin(attrs=PACKED, docs=[doc]).to_bytes()


def unpacked(data: bytes, lang: str) -> "Doc":
    """The Doc that `packed` wrote; a hundred times quicker than parsing."""
    from spacy.tokens import DocBin

    return next(DocBin().from_bytes(data).get_docs(vocab(lang)))


def component(parser: Parser, lang: Lang) -> Component:
    """The model that the configuration names for a language, checked where it lies.

    Raises: MissingModel when it is not there or not the pinned one.
    """
    if parser.backend == "stanza":
        from pipeline.parse import stanza

        return stanza.component(parser.model, lang)
    return models.checked(parser.model)


def assemble(version: Version, parsed: Iterable[ParsedSentence]) -> "Doc":
    """One Doc from parsed sentences; white space between tokens that is not a single blank becomes a token."""
    from spacy.tokens import Doc, Span

    rows = _Rows(version.text)
    for sentence, found in zip(version.sentences or (), parsed, strict=True):
        rows.add(sentence.start, found)
    rows.close()
    doc = Doc(
        vocab(version.lang),
        words=rows.words, spaces=rows.spaces, lemmas=rows.lemmas, pos=rows.pos, tags=rows.tags,
        morphs=rows.morphs, heads=rows.heads, deps=rows.deps,
    )  # fmt: skip
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in rows.entities])
    assert doc.text == version.text, "a parsed version must keep its text"
    return doc


@cache
def vocab(lang: str) -> "Vocab":
    """One vocabulary a language for the whole process, so that matchers built once fit every Doc."""
    import spacy

    return spacy.blank(lang).vocab


@contextmanager
def passing(langs: Iterable[str]) -> Iterator[None]:
    """A time whose new words are forgotten at its end, or the names of a hundred thousand documents would pile up in the
    vocabularies. No Doc that is made inside may be read after it."""
    from spacy.morphology import Morphology

    known = [vocab(lang) for lang in sorted(set(langs))]
    try:
        with ExitStack() as stack:
            for one in known:
                stack.enter_context(one.memory_zone())
            yield
    finally:
        for one in known:
            # spaCy keeps the features of words, though what they are called may have been forgotten.
            one.morphology = Morphology(one.strings)


class _Rows:
    """The columns of a Doc, filled sentence by sentence."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.lemmas: list[str] = []
        self.pos: list[str] = []
        self.tags: list[str] = []
        self.morphs: list[str] = []
        self.heads: list[int] = []
        self.deps: list[str] = []
        self.entities: list[tuple[int, int, str]] = []

    def add(self, start: int, sentence: ParsedSentence) -> None:
        place: list[int] = []
        for n, word in enumerate(sentence.words):
            self._white_space(start + sentence.offsets[n])
            place.append(len(self.words))
            self._token(
                word,
                sentence.lemmas[n],
                sentence.pos[n],
                sentence.tags[n],
                sentence.morphs[n],
                sentence.deps[n],
                0,
            )
            self.at = start + sentence.offsets[n] + len(word)
        for n, head in enumerate(sentence.heads):
            self.heads[place[n]] = place[head]
        self.entities += [(place[a], place[b - 1] + 1, label) for a, b, label in sentence.entities]

    def close(self) -> None:
        self._white_space(len(self.text))

    def _white_space(self, until: int) -> None:
        gap = self.text[self.at : until]
        self.at = until
        if gap.startswith(" ") and self.words:
            self.spaces[-1] = True
            gap = gap[1:]
        if gap:
            self._token(gap, gap, "SPACE", "_SP", "", "dep", max(0, len(self.words) - 1))

    def _token(self, word: str, lemma: str, pos: str, tag: str, morph: str, dep: str, head: int) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.lemmas.append(lemma)
        self.pos.append(pos)
        self.tags.append(tag)
        self.morphs.append(morph)
        self.deps.append(dep)
        self.heads.append(head)
