#!/usr/bin/env python3
"""Make the whole model by one command: the lexicon, then the weights of the bead score and their calibration.

    make.py DATA [-o FOLDER] [--keep FOLDER]

DATA holds the files that README.md names. The weights are learned on years of news, each scored with a lexicon that has
not seen it; every second document is left out and calibrates the confidence. Eight minutes of one core.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
YEARS = tuple(f"newstest{year}.tsv" for year in range(2012, 2019))
TEXTS = ("tico19.tsv", "tatoeba.tsv")
DICTIONARIES = ("mueller7_pairs.tsv", "freedict_eng-rus.tsv")
FOLDS = (("newstest2012.tsv", "newstest2016.tsv"), ("newstest2013.tsv", "newstest2017.tsv"))
"""Years whose weights are learned together; the lexicon of a fold is trained without them."""
TUNE = ("--every", "2", "--rounds", "45", "--ridge", "0.1")
SEAMS = ("--seams", "--times", "3", "--seed", "30")
"""At last what the seams count, the rest as it is: three weights, on thrice as many documents, for merges are few."""
STAGES = 3
"""Times that the weights are learned, each time from where the last stopped: L-BFGS begins afresh and gets out of ruts."""


def run(script: str, *arguments: str | Path) -> None:
    print(script, *map(str, arguments), flush=True)
    subprocess.run([sys.executable, HERE / script, *map(str, arguments)], check=True)


def lexicon(data: Path, out: Path, without: tuple[str, ...] = ()) -> Path:
    """The lexicon of all texts and dictionaries but those left out."""
    texts = [data / name for name in (*YEARS, *TEXTS) if name not in without]
    run("train.py", *texts, "--dictionary", *(data / d for d in DICTIONARIES), "--lend", "1", "-o", out)
    return out


def weights(data: Path, out: Path, work: Path) -> None:
    """The weights of the bead score, learned by folds."""
    folds: list[str | Path] = []
    for number, years in enumerate(FOLDS):
        folds += ["--fold", lexicon(data, work / f"fold{number}", years), *(data / year for year in years)]
    found = out / "weights.json"
    for stage in range(STAGES):
        run("tune.py", *folds, *TUNE, *(("--begin", found) if stage else ()), "-o", found)
    run("tune.py", *folds, *TUNE, *SEAMS, "--begin", found, "-o", found)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    parser.add_argument("--keep", type=Path, help="keep the lexicons of the folds in this folder")
    options = parser.parse_args()
    missing = [n for n in (*YEARS, *TEXTS, *DICTIONARIES) if not (options.data / n).is_file()]
    if missing:
        parser.error(f"{options.data}: no {', '.join(missing)}; README.md says where they come from")
    with tempfile.TemporaryDirectory() as folder:
        lexicon(options.data, options.output)
        weights(options.data, options.output, options.keep or Path(folder))


if __name__ == "__main__":
    main()
