#!/usr/bin/env python3
"""Pairs of English and Russian passages from translation catalogues of free software (gettext): stories, descriptions, dialogues.

    apt-get download cataclysm-dda-data wesnoth-1.16-data freeciv-data widelands-data ... && dpkg-deb -x ...
    python -m models.judge.catalogues FOLDER --passages catalogues.tsv --names codes.tsv

Kept are whole phrases without placeholders or markup; of catalogues of codes (iso-codes), names of countries, regions and languages.
"""

import argparse
import gettext
import random
import re
from collections.abc import Iterator
from pathlib import Path

WORDS = re.compile(r"\w+")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
BROKEN = re.compile(r"\n+|(?<=\s)\* ")
MARKUP = re.compile(r"%\d*\$?[-+.\d]*[sdiufgxcl]|[{}<>|\\_\[@]|\$\w|https?:|&\w+;|\w\(\w|::|==")
SHORTEST, LONGEST = 4, 70
"""Words of an English passage."""
RATIO = (0.45, 1.8)
"""Russian words for one English word."""
LETTERS = 0.6
"""Least share of Cyrillic letters in a Russian passage."""
CODES = "iso_"
SEED = 1


def catalogue(path: Path) -> Iterator[tuple[str, str]]:
    """The English messages of a compiled catalogue, without their context, and the translations."""
    with path.open("rb") as source:
        messages = gettext.GNUTranslations(source)._catalog  # type: ignore[attr-defined]
    for key, translation in messages.items():
        message = key[0] if isinstance(key, tuple) else key
        if message and isinstance(translation, str):
            yield re.sub(r"^\?\w+:", "", message.split("\x04")[-1]), translation


def passages(message: str, translation: str) -> Iterator[tuple[str, str]]:
    """The lines of a message with theirs of the translation, where there are as many."""
    ours, theirs = (
        [" ".join(line.split()) for line in BROKEN.split(text) if line.strip()]
        for text in (message, translation)
    )
    if len(ours) == len(theirs):
        yield from (pair for pair in zip(ours, theirs, strict=True) if _prose(*pair))


def _prose(en: str, ru: str) -> bool:
    size, other = len(WORDS.findall(en)), len(WORDS.findall(ru))
    return (
        SHORTEST <= size <= LONGEST
        and RATIO[0] < other / size < RATIO[1]
        and not MARKUP.search(en + ru)
        and not CYRILLIC.search(en)
        and len(CYRILLIC.findall(ru)) >= LETTERS * len(ru.replace(" ", ""))
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    chosen = parser.parse_args()
    found: dict[str, str] = {}
    names: set[tuple[str, str]] = set()
    for path in sorted(chosen.folder.rglob("ru/LC_MESSAGES/*.mo")):
        for message, translation in catalogue(path):
            if path.stem.startswith(CODES):
                if CYRILLIC.search(translation):
                    names.add((message.strip(), translation.strip()))
            else:
                found |= {ru: en for en, ru in passages(message, translation)}
    rows = sorted(found.items())
    random.Random(SEED).shuffle(rows)
    lines = ["id\ten\tru", *(f"{n}\t{en}\t{ru}" for n, (ru, en) in enumerate(rows))]
    chosen.passages.write_text("\n".join(lines) + "\n", encoding="utf-8")
    chosen.names.write_text("".join(f"{en}\t{ru}\n" for en, ru in sorted(names)), encoding="utf-8")
    print(f"{len(rows)} passages, {len(names)} names")


if __name__ == "__main__":
    main()
