"""Benchmark: do all rules together cost less than the parse?

    python tests/evaluation/speed.py [FILE ...]      default: the development works

Each text is parsed once and every layer of rules computed once, after one warm-up; seconds are process time.
"""

import argparse
import time
from pathlib import Path

import msgspec

from pipeline import citations, config, entities, events, parse, quantities, segment, statements
from pipeline.document import Source, Version

DEVELOPMENT = Path(__file__).parents[2] / "corpora" / "gold" / "development"


def version(path: Path) -> Version:
    lang = path.name.split(".")[-2]
    source = Source(path=path.name, sha256="", encoding="utf-8", media_type="text/plain")
    plain = Version(lang=lang, source=source, text=path.read_text(encoding="utf-8"))  # type: ignore[arg-type]
    plain = msgspec.structs.replace(plain, paragraphs=segment.paragraphs(plain))
    return msgspec.structs.replace(plain, sentences=segment.sentences(plain))


def timed(parsers: parse.Parsers, text: Version) -> dict[str, float]:
    """Process seconds of the parse and of each layer of rules over one text."""
    seconds: dict[str, float] = {}
    start = time.process_time()
    doc = parsers.doc(text)
    seconds["parse"] = time.process_time() - start
    for name, layer in (
        ("entities", entities.extract),
        ("citations", citations.extract),
        ("quantities", quantities.extract),
        ("events", events.extract),
        ("statements", statements.extract),
    ):
        start = time.process_time()
        text = msgspec.structs.replace(text, **{name: layer(text, doc)})
        seconds[name] = time.process_time() - start
    return seconds


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("files", nargs="*", type=Path)
    files = arguments.parse_args().files or sorted(DEVELOPMENT.glob("*.txt"))
    parsers = parse.load(config.load())
    texts = [version(path) for path in files]
    for lang in sorted({text.lang for text in texts}):
        own = [text for text in texts if text.lang == lang]
        timed(parsers, own[0])
        total: dict[str, float] = {}
        for text in own:
            for name, seconds in timed(parsers, text).items():
                total[name] = total.get(name, 0.0) + seconds
        rules = sum(seconds for name, seconds in total.items() if name != "parse")
        shown = "  ".join(f"{name} {seconds:.2f}" for name, seconds in total.items())
        print(f"{lang}: rules / parse {rules / total['parse']:.2f}   ({shown} s, {len(own)} texts)")


if __name__ == "__main__":
    main()
