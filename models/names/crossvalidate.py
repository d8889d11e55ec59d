"""Honest figures of the name model: every text is scored by weights that have not seen it.

    python models/names/crossvalidate.py --data ../shared/data [--cache FILE] [--errors]

The gold works are left out three at a time, the other sets by halves (PUD: the same half in both languages).
"""

import argparse
import pickle
import sys
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from models.names import train  # noqa: E402
from pipeline import config, parse  # noqa: E402
from pipeline.entities import model  # noqa: E402
from tests.evaluation import names  # noqa: E402

FOLDS = 4


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data")
    arguments.add_argument("--cache", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    memory: dict = (
        pickle.loads(options.cache.read_bytes()) if options.cache and options.cache.exists() else {}
    )
    whole = parse.load(config.load())
    parsers = parse.Parsers(
        config.load(), {lang: names.Remembered(lang, whole, memory) for lang in ("en", "ru")}
    )
    dev = options.data / "dev"
    works = sorted((REPOSITORY / "corpora" / "gold" / "development").glob("*.gold.json"))
    pairs = [pair for pair in map(names.gold_work, works) if pair[0].gold]
    halves = {
        "pud en": _halves("en", names.uner(dev / names.BY_LINE["pud"].format("en"))),
        "pud ru": _halves("ru", names.uner(dev / names.BY_LINE["pud"].format("ru"))),
        "ewt": _halves("en", names.uner(dev / names.BY_LINE["ewt"])),
        "crossner": _halves("en", names.crossner(dev / names.BY_LINE["crossner"])),
    }
    news = list(names.factru(dev / "factRuEval2016.devset.jsonl"))
    silver = list(train.silver(options.data, parsers))
    own = list(train.own_silver(parsers))
    fixed = {
        lang: {
            "silver": train.of_silver(pair[column] for pair in silver),
            "own": train.of_silver(pair[column] for pair in own),
            **({"crossner": train.of_texts([_crossner_train(dev)], parsers)} if lang == "en" else {}),
        }
        for column, lang in enumerate(("en", "ru"))
    }
    tallies: dict[str, names.Tally] = {}

    def score(name: str, side: names.Text, entities: object) -> None:
        tallies.setdefault(name, names.Tally()).add(side, entities or ())  # type: ignore[arg-type]

    def bilingual(name: str, en: names.Text, ru: names.Text) -> None:
        for side, version in zip((en, ru), names.bilingual(en, ru, parsers, memory), strict=True):
            score(f"{name} {side.lang} alone", side, names.alone(side, parsers).entities)
            score(f"{name} {side.lang} bilingual", side, version.entities)

    for fold in range(FOLDS):
        half = fold % 2
        kept = {
            "en": [("gold", p[0]) for i, p in enumerate(pairs) if i % FOLDS != fold],
            "ru": [("gold", p[1]) for i, p in enumerate(pairs) if i % FOLDS != fold],
        }
        kept["en"] += [(k.split()[0], halves[k][1 - half]) for k in ("pud en", "ewt", "crossner")]
        kept["ru"] += [("pud", halves["pud ru"][1 - half]), *(("factru", t) for t in news[1 - half :: 2])]
        for lang in ("en", "ru"):
            sets = [(name, train.of_texts([text], parsers)) for name, text in kept[lang]]
            _use(lang, [*sets, *fixed[lang].items()])
        for pair in pairs[fold::FOLDS]:
            bilingual("gold", *pair)
        if fold < 2:
            bilingual("pud", halves["pud en"][half], halves["pud ru"][half])
            for name in ("ewt", "crossner"):
                score(name, halves[name][half], names.alone(halves[name][half], parsers).entities)
            for text in news[half::2]:
                score("factru", text, names.alone(text, parsers).entities)
    for name, tally in sorted(tallies.items()):
        if options.errors:
            print(*(f"{name:18} {error}" for error in tally.errors), sep="\n")
        print(f"{name:20} {tally}")


def _halves(lang: str, sentences: object) -> tuple[names.Text, names.Text]:
    every = list(sentences)  # type: ignore[call-overload]
    middle = len(every) // 2
    return names.joined(lang, every[:middle]), names.joined(lang, every[middle:])  # type: ignore[arg-type]


def _crossner_train(dev: Path) -> names.Text:
    return names.joined("en", names.crossner(dev / "CrossNER-politics.train.conll"))


def _use(lang: str, sets: list[tuple[str, train.Examples]]) -> None:
    """Train, and let the pipeline read with these weights."""
    joined: dict[str, train.Examples] = {}
    for name, examples in sets:
        known = joined.setdefault(name, train.Examples([], []))
        known.rows.extend(examples.rows)
        known.classes.extend(examples.classes)
    rows, weights = train.fitted(joined)
    full = np.zeros((model.BUCKETS, len(model.CLASSES)), np.float32)
    full[rows] = weights
    model.use(lang, full)


if __name__ == "__main__":
    main()
