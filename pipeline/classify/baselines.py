"""What the passage model has to beat: the commonest category, the group with most terms, and words counted by TF-IDF."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.classify.corpus import Labelled
from pipeline.codebook import NONE, Codebook, readings
from pipeline.document import Lang
from pipeline.evaluate.scores import Scores, score


def baselines(
    labelled: Sequence[Labelled], codebook: Codebook, fold: NDArray[np.int64]
) -> dict[str, dict[str, Scores]]:
    """Each baseline's scores by language, on the works that the model was tested on, learnt from the same others."""
    langs: tuple[Lang, ...] = ("en", "ru")
    out = {}
    for lang in langs:
        here = np.array([bool(getattr(one, lang).strip()) for one in labelled])
        if here.any():
            texts = [getattr(one, lang) for one, there in zip(labelled, here, strict=True) if there]
            gold = [
                codebook.category_of(one.group) for one, there in zip(labelled, here, strict=True) if there
            ]
            out[str(lang)] = {
                "majority": score(gold, _majority(gold, fold[here])),
                "term counts": score(gold, [_most_terms(text, codebook, lang) for text in texts]),
                "TF-IDF": score(gold, _tfidf(texts, gold, fold[here])),
            }
    return out


def _majority(gold: Sequence[str], fold: NDArray[np.int64]) -> list[str]:
    commonest = {
        k: Counter(g for g, f in zip(gold, fold, strict=True) if f != k).most_common(1)[0][0]
        for k in np.unique(fold)
    }
    return [commonest[k] for k in fold]


def _most_terms(text: str, codebook: Codebook, lang: Lang) -> str:
    """The category whose terms stand in the text most often; "none" where no term does."""
    index, owners = codebook.terms(lang)
    counts = Counter(codebook.category_of(owners[m.term].group) for m in index.find(readings(text, lang)))
    return max(sorted(counts), key=lambda c: counts[c], default=NONE)


def _tfidf(texts: Sequence[str], gold: Sequence[str], fold: NDArray[np.int64]) -> list[str]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    given = np.array([""] * len(texts), dtype=object)
    all_texts, labels = np.array(texts, dtype=object), np.array(gold, dtype=object)
    for k in np.unique(fold):
        model = make_pipeline(
            TfidfVectorizer(sublinear_tf=True, min_df=2),
            LogisticRegression(C=10, max_iter=2000, class_weight="balanced"),
        )
        model.fit(all_texts[fold != k], labels[fold != k])
        given[fold == k] = model.predict(all_texts[fold == k])
    return [str(g) for g in given]
