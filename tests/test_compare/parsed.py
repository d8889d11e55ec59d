"""A side of a pair from a table of its words: the word, its part of speech, the place of its head, its relation."""

import spacy
from spacy.tokens import Doc

from pipeline.compare.pairs import Side, words
from pipeline.document import Lang, Sentence, Source, Version


def side(lang: Lang, table: str) -> Side:
    rows = [line.split() for line in table.strip().splitlines()]
    doc = Doc(
        spacy.blank("xx").vocab,
        words=[r[0] for r in rows],
        pos=[r[1] for r in rows],
        lemmas=[LEMMAS.get(r[0].lower(), r[0].lower()) for r in rows],
        heads=[int(r[2]) for r in rows],
        deps=[r[3] for r in rows],
    )
    source = Source(path="text", sha256="", encoding="utf-8", media_type="text/plain")
    version = Version(
        lang=lang,
        source=source,
        text=doc.text,
        sentences=(Sentence(start=0, end=len(doc.text), paragraph=0),),
    )
    return Side(version, (0,), words(version, doc)[0])


LEMMAS = {
    "cracked": "crack",
    "repairs": "repair",
    "closed": "close",
    "плотину": "плотина",
    "закрыли": "закрыть",
    "юстицию": "юстиция",
    "культуру": "культура",
}
