#!/usr/bin/env python3
"""How the time of the statements grows with the people of a text: speakers.py [--people 1000 2000 4000]

Every person is named with a town, goes on as "He", and is taken up by surname; the texts are made and parsed by
construction, so only the rules are timed. Twice the people should take at most 2.3 times as long.
"""

import argparse
import random
import time
from collections.abc import Iterator

import msgspec
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import segment, statements
from pipeline.document import Source, Version

Row = tuple[str, str, str, int, str]
"""A word, its tag, relation, head in the sentence, and entity tag."""
CLOSED: tuple[Row, ...] = (
    ("that", "SCONJ", "mark", 4, "O"),
    ("the", "DET", "det", 2, "O"),
    ("road", "NOUN", "nsubj:pass", 4, "O"),
    ("was", "AUX", "aux:pass", 4, "O"),
    ("closed", "VERB", "ccomp", -1, "O"),
    (".", "PUNCT", "punct", -1, "O"),
)
COUNTRIES = ("Chile", "Peru", "Kenya", "Norway", "Laos", "Ghana", "Nepal", "Malta")
LEMMAS = {"said": "say", "added": "add", "warned": "warn", "was": "be", "closed": "close"}


def sentences(people: int) -> Iterator[list[Row]]:
    """Three sentences a person, each with what was said behind its verb."""
    chance = random.Random(7)
    for i in range(people):
        given, surname = (
            "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(n)).title()
            for n in (2, 4)
        )
        country = COUNTRIES[i % len(COUNTRIES)]
        yield said(
            ("In", "ADP", "case", 1, "O"),
            (country, "PROPN", "obl", 4, "O"),
            (given, "PROPN", "nsubj", 4, "B-PER"),
            (surname, "PROPN", "flat:name", 2, "I-PER"),
            ("said", "VERB", "root", 4, "O"),
        )
        yield said(("He", "PRON", "nsubj", 1, "O"), ("added", "VERB", "root", 1, "O"))
        yield said((surname, "PROPN", "nsubj", 1, "B-PER"), ("warned", "VERB", "root", 1, "O"))


def said(*opening: Row) -> list[Row]:
    verb = len(opening) - 1
    rest = [
        (word, pos, dep, verb if head < 0 else head + verb + 1, tag) for word, pos, dep, head, tag in CLOSED
    ]
    return [*opening, *rest]


def text(people: int) -> tuple[Version, Doc]:
    """A text of so many people, in paragraphs of nine sentences, with its parse."""
    words, spaces, tags, deps, heads, ents, starts = [], [], [], [], [], [], []
    for number, sentence in enumerate(sentences(people)):
        at = len(words)
        for i, (word, pos, dep, head, tag) in enumerate(sentence):
            words.append(word)
            spaces.append(i < len(sentence) - 2 or (i == len(sentence) - 1 and number % 9 != 8))
            tags.append(pos)
            deps.append(dep)
            heads.append(at + head)
            ents.append(tag)
            starts.append(i == 0)
        if number % 9 == 8:
            words.append("\n\n")
            spaces.append(False)
            tags.append("SPACE")
            deps.append("dep")
            heads.append(len(words) - 2)
            ents.append("O")
            starts.append(False)
    lemmas = [LEMMAS.get(word, word.lower()) for word in words]
    doc = Doc(Vocab(), words, spaces, tags=tags, pos=tags, lemmas=lemmas, heads=heads, deps=deps, ents=ents, sent_starts=starts)  # fmt: skip
    source = Source(path="", sha256="0" * 64, encoding="utf-8", media_type="text/plain")
    version = Version(lang="en", source=source, text=doc.text, entities=(), citations=())
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version)), doc


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--people", type=int, nargs="+", default=[1000, 2000, 4000])
    statements.extract(*text(50))  # the languages' data are read
    before = None
    for people in options.parse_args().people:
        made = text(people)
        began = time.process_time()
        found = statements.extract(*made)
        took = time.process_time() - began
        ratio = f", {took / before:.2f} times as long" if before else ""
        print(f"{people} people: {len(found)} statements in {took:.2f} s{ratio}")
        before = took


if __name__ == "__main__":
    main()
