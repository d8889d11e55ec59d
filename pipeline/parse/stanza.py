"""Either language through Stanza, with models that lie in a local folder (Stanza's own downloader fills it).

Stanza's models speak Universal Dependencies already. Sentences come from `pipeline.segment`, so Stanza's splitter is off.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.document import Component, Lang
from pipeline.errors import MissingModel
from pipeline.parse import models
from pipeline.parse.sentence import ParsedSentence, one_tree
from pipeline.parse.spacy import LABELS

BATCH = 64
"""Sentences parsed at a time; Stanza batches by words inside."""
DEFAULT = "default"
"""The model name that stands for Stanza's own folder (STANZA_RESOURCES_DIR or ~/stanza_resources)."""
WANTED = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
NEEDED = ("tokenize", "pos", "lemma")
BREAK = "\n\n"


class StanzaBackend:
    """A Stanza pipeline on the CPU; without a parser in the folder every sentence is a flat tree."""

    def __init__(self, model: str, lang: Lang) -> None:
        folder, there = installed(model, lang)
        try:
            import stanza
        except ImportError:
            raise MissingModel(
                'back end "stanza" needs the stanza package, which is not installed: pip install "diptych[stanza]"'
            ) from None
        self.nlp = stanza.Pipeline(
            lang,
            dir=str(folder),
            processors=",".join(there),
            download_method=None,
            tokenize_no_ssplit=True,
            use_gpu=False,
            verbose=False,
            logging_level="ERROR",
        )
        logging.getLogger("stanza").setLevel(logging.ERROR)

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        stream = iter(texts)
        while batch := list(islice(stream, BATCH)):
            yield from self._batch(batch)

    def _batch(self, texts: list[str]) -> Iterator[ParsedSentence]:
        """The sentences as blocks between blank lines, which is how Stanza takes sentences that are split already."""
        document = self.nlp(BREAK.join(text.replace("\n", " ") for text in texts))
        found = iter(document.sentences)
        start = 0
        for text in texts:
            yield _parsed(next(found), start)
            start += len(text) + len(BREAK)


def _parsed(sentence: Any, start: int) -> ParsedSentence:
    """Stanza's words as tokens of the text. A token of several words ("don't") is taken apart where its words stand in
    the text, else it stays one, with the tags of the word that the others hang on."""
    units = [unit for token in sentence.tokens for unit in _units(token)]
    place = {word.id: n for n, unit in enumerate(units) for word in unit}
    tops = [_top(unit) for unit in units]
    outer = [_outer(unit) for unit in units]
    heads = [place.get(top.head or 0, n) for n, top in enumerate(tops)]
    heads, deps = one_tree(
        heads,
        [
            "root" if head == n else (top.deprel or "dep")
            for n, (head, top) in enumerate(zip(heads, tops, strict=True))
        ],
    )
    bounds = [(a - start, b - start) for a, b in outer]
    return ParsedSentence(
        words=[sentence.doc.text[a:b] for a, b in outer],
        offsets=[a for a, _ in bounds],
        lemmas=[(top.lemma or top.text).lower().replace("ё", "е") for top in tops],
        pos=[top.upos or "X" for top in tops],
        tags=[top.xpos or top.upos or "X" for top in tops],
        morphs=[top.feats or "" for top in tops],
        heads=heads,
        deps=deps,
        entities=list(_entities(sentence, bounds, start)),
    )


def _units(token: Any) -> list[list[Any]]:
    words = list(token.words)
    apart = len(words) > 1 and all(
        word.start_char is not None and word.end_char is not None for word in words
    )
    if len(words) > 1 and not apart:
        for word in words:
            word.start_char, word.end_char = token.start_char, token.end_char
        return [words]
    if len(words) == 1:
        words[0].start_char, words[0].end_char = token.start_char, token.end_char
    return [[word] for word in words]


def _top(unit: list[Any]) -> Any:
    inside = {word.id for word in unit}
    return next((word for word in unit if (word.head or 0) not in inside), unit[0])


def _outer(unit: list[Any]) -> tuple[int, int]:
    return unit[0].start_char, unit[-1].end_char


def _entities(sentence: Any, bounds: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int, str]]:
    for entity in getattr(sentence, "ents", ()):
        first, last = entity.start_char - start, entity.end_char - start
        inside = [n for n, (a, b) in enumerate(bounds) if a < last and b > first]
        if inside:
            yield inside[0], inside[-1] + 1, LABELS.get(entity.type, entity.type)


def installed(model: str, lang: Lang) -> tuple[Path, tuple[str, ...]]:
    """The folder of Stanza's models and the processors it holds for the language.

    Raises: MissingModel with the command that fetches them.
    """
    folder = _folder(model)
    try:
        resources = json.loads((folder / "resources.json").read_text(encoding="utf-8"))
        there = resources[lang]["packages"]["default"]
    except (OSError, KeyError, ValueError):
        raise MissingModel(_absent(folder, lang)) from None
    ready = tuple(name for name in WANTED if (folder / lang / name / f"{there.get(name)}.pt").is_file())
    if not set(NEEDED) <= set(ready):
        raise MissingModel(_absent(folder, lang))
    return folder, ready


def _absent(folder: Path, lang: Lang) -> str:
    return (
        f'{folder} holds no Stanza models for "{lang}" ({", ".join(NEEDED)}): '
        f"python -c \"import stanza; stanza.download('{lang}', model_dir='{folder}')\", or name their folder as parse.{lang}.model"
    )


def _folder(model: str) -> Path:
    if model != DEFAULT:
        return Path(model).expanduser()
    return Path(os.environ.get("STANZA_RESOURCES_DIR") or Path.home() / "stanza_resources")


def component(model: str, lang: Lang) -> Component:
    """The models of the language for the provenance of a run."""
    folder, _ = installed(model, lang)
    return Component(name=f"stanza-{lang}", version=_version(folder), sha256=models.sha256(folder / lang))


def _version(folder: Path) -> str:
    resources = json.loads((folder / "resources.json").read_text(encoding="utf-8"))
    return str(resources.get("version", "local"))
