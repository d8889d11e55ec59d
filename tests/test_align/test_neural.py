"""Sentence vectors as one more term: with vectors made by hand, and with a tiny model that the test makes itself."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.align import align, neural
from pipeline.errors import MissingModel

EN = [f"zq{k} vx{k} wj{k}." for k in range(12)]
RU = [f"щф{k}ъ жэ{k}ъ цю{k}ъ." for k in range(12)]


def by_number(sentences: Sequence[str]) -> np.ndarray:
    """A perfect encoder of these made-up sentences: one direction for each number."""
    rows = np.zeros((len(sentences), 64), np.float32)
    for row, sentence in enumerate(sentences):
        rows[row, int("".join(c for c in sentence.split()[0] if c.isdigit()))] = 1
    return rows


def test_vectors_find_what_no_word_tells() -> None:
    ru = [*RU[:3], *RU[5:]]
    beads = {(b.en, b.ru) for b in align(EN, ru, vectors=by_number)}
    assert {((3,), ()), ((4,), ())} <= beads
    assert ((11,), (9,)) in beads


def test_centring_takes_off_what_all_sentences_of_a_language_share() -> None:
    en, ru = by_number(EN) + 5.0, by_number(RU) - 3.0
    a, b = neural.centred(en, ru)
    assert (a @ b.T).argmax(1).tolist() == list(range(12))
    assert np.linalg.norm(a, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match=r"modules\.json"):
        neural.load(tmp_path)


def test_a_model_without_the_extra_names_the_pip_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(MissingModel, match=r"pip install"):
        neural.load(tmp_path)


def test_a_tiny_model_from_a_folder(tmp_path: Path) -> None:
    """A bag of word vectors saved and loaded as sentence-transformers do it."""
    pytest.importorskip("sentence_transformers", reason='needs the extra: pip install "diptych[neural]"')
    from sentence_transformers import SentenceTransformer, models
    from sentence_transformers.models.tokenizer import WhitespaceTokenizer

    words = sorted({w for s in (*EN, *RU) for w in WhitespaceTokenizer().tokenize(s)} | {"pad"})
    rows = np.random.default_rng(5).normal(0, 0.01, (len(words), 16)).astype(np.float32)
    for at, word in enumerate(words):
        number = "".join(c for c in word if c.isdigit())
        if number:
            rows[at, int(number)] += 1
    tokenizer = WhitespaceTokenizer(words, stop_words=[], do_lower_case=False)
    embeddings = models.WordEmbeddings(tokenizer=tokenizer, embedding_weights=rows)
    SentenceTransformer(modules=[embeddings, models.Pooling(16)], device="cpu").save(str(tmp_path))
    vectors = neural.load(tmp_path)
    assert vectors(EN).shape == (12, 16)
    assert ((11,), (11,)) in {(b.en, b.ru) for b in align(EN, RU, vectors=vectors)}
