"""Russian through slovnet (tags, tree, names), navec (vectors), razdel (tokens) and pymorphy3 (lemmas).

The weights lie in the `natasha` package and are read as files: importing natasha itself would pull in pymorphy2,
which does not run on Python 3.11.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from pipeline import lately, morphology
from pipeline.errors import MissingModel
from pipeline.parse import models, navec, packs
from pipeline.parse.portions import portions
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
    """The three slovnet models, sharing one navec table and one reading of the words."""

    def __init__(self, model: str) -> None:
        models.checked(model)
        weights = models.folder(model) / "data" / "model"
        try:
            self.tags, self.tree, self.names = (
                packs.load(weights / f"slovnet_{kind}_news_v1.tar", kind, navec.load(model), BATCH)
                for kind in ("morph", "syntax", "ner")
            )
        except ImportError as error:
            raise MissingModel(
                f'back end "slovnet" needs {error.name}: pip install slovnet navec razdel pymorphy3'
            ) from None
        self.encoder = self.tags.encoder  # all three have the same words and shapes
        self.encoded = lru_cache(maxsize=lately.WORDS)(self._encoded)

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        stream = iter(texts)
        while window := list(islice(stream, WINDOW)):
            yield from self._window(window)

    def _window(self, texts: list[str]) -> Iterator[ParsedSentence]:
        """Sentences of like length go together, so that little is computed for the padding of the shorter ones."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found: list[ParsedSentence | None] = [None] * len(texts)
        places = iter(order)
        for portion in portions(texts[n] for n in order):
            for parsed in self._portion(portion):
                found[next(places)] = parsed
        yield from filter(None, found)

    def _portion(self, texts: list[str]) -> Iterator[ParsedSentence]:
        from razdel import tokenize

        tokens = [list(tokenize(text)) for text in texts]
        words = [[self.encoded(token.text) for token in sentence] for sentence in tokens]
        given = self.encoder.input([tuple(zip(*sentence, strict=True)) for sentence in words])
        read = (infer.decoder(infer.process([given])) for infer in (self.tags, self.tree, self.names))
        for sentence, tags, (_, heads, deps), names in zip(tokens, *read, strict=True):
            yield _parsed(sentence, tags, [int(head) - 1 for head in heads], deps, names)

    def _encoded(self, word: str) -> tuple[int, int]:
        """The numbers of a word and of its shape."""
        words, shapes = self.encoder.item([word])
        return words[0], shapes[0]


def _parsed(
    tokens: list[Any], tags: list[str], heads: list[int], deps: list[str], names: list[str]
) -> ParsedSentence:
    from slovnet.bio import bio_spans

    heads = [head if 0 <= head < len(tokens) else n for n, head in enumerate(heads)]
    heads, deps = one_tree(
        heads, ["root" if head == n else dep for n, (head, dep) in enumerate(zip(heads, deps, strict=True))]
    )
    words = [token.text for token in tokens]
    read = [described(word, tag) for word, tag in zip(words, tags, strict=True)]
    starts = {token.start: n for n, token in enumerate(tokens)}
    stops = {token.stop: n + 1 for n, token in enumerate(tokens)}
    return ParsedSentence(
        words=words,
        offsets=[token.start for token in tokens],
        lemmas=[lemma for _, _, lemma in read],
        pos=[pos for pos, _, _ in read],
        tags=[pos for pos, _, _ in read],
        morphs=[morph for _, morph, _ in read],
        heads=heads,
        deps=deps,
        entities=[(starts[s.start], stops[s.stop], s.type) for s in bio_spans(tokens, names)],
    )


@lru_cache(maxsize=lately.WORDS)
def described(word: str, tag: str) -> tuple[str, str, str]:
    """Part of speech, features and lemma of a word that the tagger gave this tag.

    >>> described("стали", "NOUN|Case=Gen|Number=Sing"), described("упокоился", "ADJ")[0]
    (('NOUN', 'Case=Gen|Number=Sing', 'сталь'), 'VERB')
    """
    pos, _, features = tag.partition("|")
    feats = tuple(sorted(tuple(feature.split("=", 1)) for feature in features.split("|") if feature))
    pos, feats = only_verb(word, pos) or (pos, feats)
    morph = "|".join(f"{key}={value}" for key, value in feats)
    return pos, morph, lemma(word, pos, tuple(sorted(value for _, value in feats)))


UD_FEATURES = {
    "past": ("Tense", "Past"), "pres": ("Tense", "Pres"), "futr": ("Tense", "Fut"), "masc": ("Gender", "Masc"),
    "femn": ("Gender", "Fem"), "neut": ("Gender", "Neut"), "sing": ("Number", "Sing"), "plur": ("Number", "Plur"),
    "perf": ("Aspect", "Perf"), "impf": ("Aspect", "Imp"), "1per": ("Person", "1"), "2per": ("Person", "2"),
    "3per": ("Person", "3"), "indc": ("Mood", "Ind"), "impr": ("Mood", "Imp"),
}  # fmt: skip
VERB_FORMS = {"VERB": "Fin", "INFN": "Inf", "GRND": "Conv"}


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
