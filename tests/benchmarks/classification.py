#!/usr/bin/env python3
"""How long the coding of 10,000 parsed passages takes: classification.py [--passages 10000]

Labelled passages are parsed once and repeated; the parse and the factor mentions are not timed.
"""

import argparse
import time
from pathlib import Path

import msgspec
from spacy.tokens import Doc

from pipeline import classify, codebook, config, parse, segment
from pipeline import space as spaces
from pipeline.classify import corpus
from pipeline.document import Lang, Paragraph, Source, Version, digest

FEW = 200
LABELLED = Path(__file__).parents[2] / "corpora" / "labelled" / "documents_agency.jsonl"


def version(texts: list[str], lang: Lang) -> Version:
    """The passages as the paragraphs of one text."""
    paragraphs, at = [], 0
    for text in texts:
        paragraphs.append(Paragraph(start=at, end=at + len(text)))
        at += len(text) + 2
    text = "\n\n".join(texts)
    source = Source(path="", sha256=digest(text), encoding="utf-8", media_type="text/plain")
    return Version(lang=lang, source=source, text=text, paragraphs=tuple(paragraphs), entities=(), factors=())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=10_000)
    wanted = options.parse_args().passages
    settings = config.load()
    book, parsers, model = codebook.load(settings.codebook), parse.load(settings), classify.load()
    spaces.load()
    langs: tuple[Lang, ...] = ("en", "ru")
    for lang in langs:
        texts = [getattr(one, lang) for one in corpus.read(LABELLED, book)][:FEW]
        short = version(texts, lang)
        doc = parsers.doc(msgspec.structs.replace(short, sentences=segment.sentences(short)))
        often = -(-wanted // len(texts))
        long, many = version(texts * often, lang), Doc.from_docs([doc] * often)
        began = time.process_time()
        found = classify.passages(long, many, book, model)
        print(f"{lang}: {len(found)} passages in {time.process_time() - began:.1f} s of processor time")


if __name__ == "__main__":
    main()
