"""What a run holds in memory, whatever the size of the corpus: `python -m tests.benchmarks.memory`.

Every measurement is a run of its own with one worker; its manifest tells the greatest memory of the worker and of the main
process. The documents are made from paragraphs of the demo corpus, English and Russian by turns, with names that no
other document has, so that vocabularies grow as they do in the world.

    --documents 300,3000   corpora of so many small documents
    --words 60             in each of them at least
    --long 0               one more run: a single English document of so many words, such as 400000
    --series 0             instead: one worker, never replaced, over so many documents, such as 3000 (Linux only). A greatest
                           memory is the greater the more batches it is the greatest of, whether or not anything grows;
                           here what stays is told apart from what a batch needs for a while: by tenths of the run what
                           the worker holds after each batch (mean) and at most within one (mean, greatest), then how
                           what stays rises in megabytes per 1,000 documents, in the first and in the second half
"""

import argparse
import json
import random
import statistics
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline import config, ingest, shipped
from pipeline.batch import local, pool
from pipeline.batch.work import Desk
from pipeline.config import Config
from pipeline.document import Lang
from pipeline.ingest import WorkFiles
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


def write(source: Path, count: int, words: int, langs: tuple[Lang, ...] = ("en", "ru")) -> int:
    """The documents as files; gives the number of their words."""
    source.mkdir()
    total = 0
    for number, (lang, made) in enumerate(documents(count, words, langs)):
        (source / f"d{number:06}.{lang}.txt").write_text(made, encoding="utf-8")
        total += len(made.split())
    return total


def measured(count: int, words: int, langs: tuple[Lang, ...] = ("en", "ru")) -> dict[str, object]:
    """The peaks of a run over so many documents, in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        total = write(source, count, words, langs)
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


class Held(NamedTuple):
    """What a worker held, in megabytes: after a batch, and at most while it was at it. `documents`: done so far."""

    documents: int
    after: float
    most: float


class Watched(Desk):
    """A desk that tells what its worker holds."""

    def process(self, jobs: Sequence[WorkFiles]) -> Held:  # type: ignore[override]
        Path("/proc/self/clear_refs").write_text("5")  # the greatest memory counts from now on
        super().process(jobs)
        return Held(len(jobs), _status("VmRSS"), _status("VmHWM"))


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6


def series(count: int, words: int) -> list[Held]:
    """What one worker holds from batch to batch."""
    pool.LIFE = count
    held: list[Held] = []
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        write(source, count, words)
        out.mkdir()
        loaded: Config = config.load()
        jobs = ingest.works([source], loaded)
        tasks = deque(pool.Task("process", batch) for batch in local.batches(list(jobs), loaded.batch))
        with pool.Pool(partial(Watched, out, loaded), 1) as hands:
            for _, found in hands.run(tasks):
                done = found.documents + (held[-1].documents if held else 0)
                held.append(found._replace(documents=done))
    return held


def tenths(held: Sequence[Held]) -> Iterator[dict[str, float]]:
    """The run in ten parts."""
    for tenth in range(10):
        part = held[len(held) * tenth // 10 : len(held) * (tenth + 1) // 10]
        yield {
            "documents": part[-1].documents,
            "after": round(statistics.mean(each.after for each in part), 1),
            "within": round(statistics.mean(each.most for each in part), 1),
            "most": round(max(each.most for each in part), 1),
        }


def rise(held: Sequence[Held]) -> dict[str, float]:
    """Megabytes that stay per 1,000 documents: the median of the slopes between batches that lie at least a third of
    the stretch apart, and their quartiles."""
    apart = len(held) // 3
    slopes = [
        1000 * (b.after - a.after) / (b.documents - a.documents)
        for n, a in enumerate(held)
        for b in held[n + apart :]
    ]
    quartiles = statistics.quantiles(slopes, n=4)
    return dict(
        zip(("lower quartile", "median", "upper quartile"), (round(q, 2) for q in quartiles), strict=True)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", default="300,3000")
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--long", type=int, default=0)
    parser.add_argument("--series", type=int, default=0)
    asked = parser.parse_args()
    if asked.series:
        held = series(asked.series, asked.words)
        for part in tenths(held):
            print(json.dumps(part), flush=True)
        middle = len(held) // 2
        print(json.dumps({"rise": {"first half": rise(held[:middle]), "second half": rise(held[middle:])}}))
        return
    for count in filter(None, asked.documents.split(",")):
        print(json.dumps(measured(int(count), asked.words)), flush=True)
    if asked.long:
        print(json.dumps(measured(1, asked.long, ("en",))), flush=True)


if __name__ == "__main__":
    main()
