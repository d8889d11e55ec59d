"""What a back end costs: `python -m tests.benchmarks.backends [--config FILE.toml] [TEXT ...]`

Each language runs in a process of its own on one thread. Printed for each: megabytes of model on disk, seconds of processor time
to load it, words it parses in a second of processor time, and the most memory that the process held. Without texts the gold
works of development are parsed. The figures of `pipeline/parse/costs.toml` were measured so.
"""

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from time import process_time

import msgspec

from pipeline import config, ingest, parse, segment
from pipeline.doctor import megabytes
from pipeline.document import Version

GOLD = Path(__file__).parents[2] / "corpora" / "gold" / "development"


def measure(lang: str, settings: config.Config, texts: list[Path]) -> str:
    versions = [v for path in texts for v in ingest.read(path) if v.lang == lang]
    parsed = [_segmented(version) for version in versions]
    parsers = parse.load(settings)
    began = process_time()
    parsers.doc(parsed[0])
    loaded = process_time()
    for version in parsed[1:]:
        parsers.doc(version)
    words = sum(len(v.text.split()) for v in parsed[1:])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parser = settings.parse[lang]  # type: ignore[index]
    return (
        f'{lang}: {parser.backend} "{parser.model}": {megabytes(parser.backend, parser.model, lang):.0f} MB of model, '  # type: ignore[arg-type]
        f"{loaded - began:.1f} s to load and read a first text, {words / (process_time() - loaded):.0f} words a second "
        f"({words} words), {memory:.0f} MB of memory at most"
    )


def _segmented(version: Version) -> Version:
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("texts", nargs="*", type=Path)
    asked.add_argument("--config", type=Path)
    asked.add_argument("--lang")
    given = asked.parse_args()
    if given.lang:
        texts = given.texts or sorted(GOLD.glob(f"*.{given.lang}.txt"))
        print(measure(given.lang, config.load(given.config), texts))
        return
    for lang in ("en", "ru"):
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.backends", *sys.argv[1:], "--lang", lang],
            check=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )


if __name__ == "__main__":
    main()
