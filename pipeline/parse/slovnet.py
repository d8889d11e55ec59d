"""Russian through slovnet (tags, tree, names), navec (vectors), razdel (tokens) and pymorphy3 (lemmas).

The weights lie in the `natasha` package and are read as files: importing natasha itself would pull in pymorphy2,
which does not run on Python 3.11.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from pipeline import morphology
from pipeline.errors import MissingModel
from pipeline.parse import models
from pipeline.parse.sentence import ParsedSentence, one_tree

BATCH = 64
POS = {
    "ADJF": "ADJ", "ADJS": "ADJ", "ADVB": "ADV", "COMP": "ADV", "VERB": "VERB", "GRND": "VERB", "INFN": "VERB",
    "PRTF": "VERB", "PRTS": "VERB", "NOUN": "NOUN", "NPRO": "PRON", "NUMR": "NUM", "CONJ": "CCONJ", "INTJ": "INTJ",
    "PRCL": "PART", "PREP": "ADP", "PRED": "ADV",
}  # fmt: skip
"""OpenCorpora's parts of speech in UD. Source: the table of russian-tagsets, by its meaning."""
SAME_POS = {"PROPN": "NOUN", "AUX": "VERB", "SCONJ": "CCONJ", "DET": "ADJ"}
GRAMMEMES = {
    "Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct", "Masc": "masc",
    "Fem": "femn", "Neut": "neut", "Sing": "sing", "Plur": "plur", "Past": "past", "Pres": "pres", "Fut": "futr",
    "Anim": "anim", "Inan": "inan",
}  # fmt: skip


class SlovnetBackend:
    """The three slovnet models, sharing one navec table."""

    def __init__(self, model: str) -> None:
        models.checked(model)
        try:
            from navec import Navec
            from slovnet import NER, Morph, Syntax
        except ImportError as error:
            raise MissingModel(
                f'back end "slovnet" needs {error.name}: pip install slovnet navec razdel pymorphy3'
            ) from None
        data = models.folder(model) / "data"
        vectors = Navec.load(str(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))
        weights = data / "model"
        self.morph = Morph.load(str(weights / "slovnet_morph_news_v1.tar"), batch_size=BATCH).navec(vectors)
        self.syntax = Syntax.load(str(weights / "slovnet_syntax_news_v1.tar"), batch_size=BATCH).navec(
            vectors
        )
        self.ner = NER.load(str(weights / "slovnet_ner_news_v1.tar"), batch_size=BATCH).navec(vectors)

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        stream = iter(texts)
        while batch := list(islice(stream, BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: list[str]) -> Iterator[ParsedSentence]:
        from razdel import tokenize

        tokens = [list(tokenize(text)) for text in texts]
        words = [[token.text for token in sentence] for sentence in tokens]
        for text, sentence, morph, syntax, names in zip(
            texts, tokens, self.morph.map(words), self.syntax.map(words), self.ner.map(texts), strict=True
        ):
            yield _parsed(text, sentence, morph, syntax, names)


def _parsed(text: str, tokens: list[Any], morph: Any, syntax: Any, names: Any) -> ParsedSentence:
    heads = [int(token.head_id) - 1 if token.head_id != "0" else n for n, token in enumerate(syntax.tokens)]
    heads = [head if 0 <= head < len(tokens) else n for n, head in enumerate(heads)]
    heads, deps = one_tree(
        heads,
        [
            "root" if head == n else token.rel
            for n, (head, token) in enumerate(zip(heads, syntax.tokens, strict=True))
        ],
    )
    starts = {token.start: n for n, token in enumerate(tokens)}
    stops = {token.stop: n + 1 for n, token in enumerate(tokens)}
    return ParsedSentence(
        words=[token.text for token in tokens],
        offsets=[token.start for token in tokens],
        lemmas=[lemma(token.text, token.pos, tuple(sorted(token.feats.values()))) for token in morph.tokens],
        pos=[token.pos for token in morph.tokens],
        tags=[token.pos for token in morph.tokens],
        morphs=["|".join(f"{k}={v}" for k, v in sorted(token.feats.items())) for token in morph.tokens],
        heads=heads,
        deps=deps,
        entities=[
            (starts[s.start], stops[s.stop], s.type)
            for s in names.spans
            if s.start in starts and s.stop in stops
        ],
    )


@lru_cache(maxsize=200_000)
def lemma(word: str, pos: str, feats: tuple[str, ...]) -> str:
    """The dictionary form that fits the tag, in lower case with е for ё.

    >>> lemma("стали", "NOUN", ("Fem", "Gen", "Inan", "Sing")), lemma("стали", "VERB", ("Past", "Plur"))
    ('сталь', 'стать')
    """
    wanted = {GRAMMEMES[value] for value in feats if value in GRAMMEMES}

    def fit(parse: Any) -> tuple[bool, int]:
        tag = str(parse.tag).replace(",", " ").split()
        return POS.get(parse.tag.POS, "X") == SAME_POS.get(pos, pos), len(wanted.intersection(tag))

    parses = morphology.analyzer().parse(word)
    best = max(parses, key=fit) if parses else None
    return (best.normal_form if best else word).lower().replace("ё", "е")
