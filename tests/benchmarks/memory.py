"""What a run holds in memory, whatever the size of the corpus: `python -m tests.benchmarks.memory`.

Every measurement is a run of its own with one worker; its manifest tells the greatest memory of the worker and of the main
process. The documents are made from paragraphs of the demo corpus, English and Russian by turns, with names that no
other document has, so that vocabularies grow as they do in the world.

    --documents 300,3000   corpora of so many small documents
    --words 60             in each of them at least
    --long 0               one more run: a single English document of so many words, such as 400000
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline import ingest, shipped
from pipeline.document import Lang
from tests.benchmarks import speed

SYLLABLES: dict[Lang, str] = {
    "en": "ka lo mi ra ten vor sha bel du gri nas pol",
    "ru": "ка ло ми ра тен вор ша бел ду гри нас пол",
}
NAMED: dict[Lang, str] = {
    "en": "{0} {1}, a trader from {2}, called it the {3} of the season.",
    "ru": "{0} {1}, торговец из города {2}, назвал это словом «{3}».",
}


def paragraphs(lang: Lang) -> list[str]:
    return [
        version.text[p.start : p.end]
        for file in sorted(shipped.path("corpora/demo").glob(f"*.{lang}.*"))
        for version in ingest.read(file, lang=lang)
        for p in version.paragraphs or ()
        if p.role == "body"
    ]


def names(lang: Lang, chance: random.Random) -> list[str]:
    """Four words that no document has had before, or hardly any."""
    return ["".join(chance.choices(SYLLABLES[lang].split(), k=4)).title() for _ in range(4)]


def text(lang: Lang, words: int, known: list[str], chance: random.Random) -> str:
    parts: list[str] = []
    count = 0
    while count < words:
        parts.append(f"{chance.choice(known)} {NAMED[lang].format(*names(lang, chance))}")
        count += len(parts[-1].split())
    return "\n\n".join(parts)


def documents(count: int, words: int, langs: tuple[Lang, ...]) -> Iterator[tuple[Lang, str]]:
    chance = random.Random(7)
    known = {lang: paragraphs(lang) for lang in langs}
    for number in range(count):
        lang = langs[number % len(langs)]
        yield lang, text(lang, words, known[lang], chance)


def measured(count: int, words: int, langs: tuple[Lang, ...] = ("en", "ru")) -> dict[str, object]:
    """The peaks of a run over so many documents, in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        total = 0
        for number, (lang, made) in enumerate(documents(count, words, langs)):
            (source / f"d{number:06}.{lang}.txt").write_text(made, encoding="utf-8")
            total += len(made.split())
        processor, _ = speed.run(source, out)
        manifest = json.loads((out / "run.json").read_bytes())
        return {
            "documents": count,
            "words": total,
            "written": manifest["counts"]["written"],
            "worker": manifest["peak_megabytes_per_worker"],
            "main process": manifest["peak_megabytes_main"],
            "processor seconds": round(processor),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", default="300,3000")
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--long", type=int, default=0)
    asked = parser.parse_args()
    for count in filter(None, asked.documents.split(",")):
        print(json.dumps(measured(int(count), asked.words)), flush=True)
    if asked.long:
        print(json.dumps(measured(1, asked.long, ("en",))), flush=True)


if __name__ == "__main__":
    main()
