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
WINDOW = 1024  # sentences that are sorted by length: enough to fill batches, few enough for memory
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
        while window := list(islice(stream, WINDOW)):
            yield from self._window(window)

    def _window(self, texts: list[str]) -> Iterator[ParsedSentence]:
        """Sentences of like length go together, so that little is computed for the padding of the shorter ones."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found: list[ParsedSentence | None] = [None] * len(texts)
        for at in range(0, len(order), BATCH):
            places = order[at : at + BATCH]
            for place, parsed in zip(places, self._batch([texts[n] for n in places]), strict=True):
                found[place] = parsed
        yield from filter(None, found)

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
    tagged = [
        (token.text, *(only_verb(token.text, token.pos) or (token.pos, tuple(sorted(token.feats.items())))))
        for token in morph.tokens
    ]
    return ParsedSentence(
        words=[token.text for token in tokens],
        offsets=[token.start for token in tokens],
        lemmas=[lemma(word, pos, tuple(sorted(value for _, value in feats))) for word, pos, feats in tagged],
        pos=[pos for _, pos, _ in tagged],
        tags=[pos for _, pos, _ in tagged],
        morphs=["|".join(f"{key}={value}" for key, value in feats) for _, _, feats in tagged],
        heads=heads,
        deps=deps,
        entities=[
            (starts[s.start], stops[s.stop], s.type)
            for s in names.spans
            if s.start in starts and s.stop in stops
        ],
    )


UD_FEATURES = {
    "past": ("Tense", "Past"), "pres": ("Tense", "Pres"), "futr": ("Tense", "Fut"), "masc": ("Gender", "Masc"),
    "femn": ("Gender", "Fem"), "neut": ("Gender", "Neut"), "sing": ("Number", "Sing"), "plur": ("Number", "Plur"),
    "perf": ("Aspect", "Perf"), "impf": ("Aspect", "Imp"), "1per": ("Person", "1"), "2per": ("Person", "2"),
    "3per": ("Person", "3"), "indc": ("Mood", "Ind"), "impr": ("Mood", "Imp"),
}  # fmt: skip
VERB_FORMS = {"VERB": "Fin", "INFN": "Inf", "GRND": "Conv"}


@lru_cache(maxsize=200_000)
def only_verb(word: str, pos: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The tag and features of a word that the dictionary knows as a verb and nothing else, where the tagger, which
    never saw it, took it for something else: «упокоился», «говаривал».

    >>> only_verb("упокоился", "ADJ")[0], only_verb("стали", "NOUN")
    ('VERB', None)
    """
    if pos in ("VERB", "AUX") or not word[:1].islower():
        return None
    known = [p for p in morphology.parses(word) if p.is_known]
    if not known or any(p.tag.POS not in VERB_FORMS for p in known):
        return None
    best = known[0].tag
    features = {
        UD_FEATURES[g][0]: UD_FEATURES[g][1] for g in str(best).replace(",", " ").split() if g in UD_FEATURES
    }
    return "VERB", tuple(sorted({**features, "VerbForm": VERB_FORMS[best.POS]}.items()))


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

    parses = morphology.parses(word)
    best = max(parses, key=fit) if parses else None
    return (best.normal_form if best else word).lower().replace("ё", "е")
