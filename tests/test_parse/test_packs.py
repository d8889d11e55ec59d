"""slovnet's packs read with the shared words of navec give what slovnet's own reading gives."""

import numpy as np
import pytest

from pipeline import config
from pipeline.parse import models, navec, packs

SENTENCE = [
    "Министр",
    "иностранных",
    "дел",
    "Перу",
    "заявил",
    "в",
    "Лиме",
    ",",
    "что",
    "Фуэнгарто",
    "12-й",
    "зюзюблик",
    ".",
]
MODEL = config.load().parse["ru"].model


@pytest.mark.models
@pytest.mark.parametrize("kind", ["morph", "syntax", "ner"])
def test_words_have_the_numbers_of_the_pack(kind: str) -> None:
    pytest.importorskip("slovnet")
    from slovnet.const import WORD
    from slovnet.exec.pack import Pack

    file = models.folder(MODEL) / f"data/model/slovnet_{kind}_news_v1.tar"
    encoder = packs.load(file, kind, navec.load(), 8).encoder
    with Pack(str(file)) as pack:
        theirs = pack.load_vocab(WORD)
    assert [encoder.words_vocab.encode(w.lower()) for w in SENTENCE] == [
        theirs.encode(w.lower()) for w in SENTENCE
    ]
    assert (encoder.words_vocab.unk_id, encoder.words_vocab.pad_id) == (theirs.unk_id, theirs.pad_id)


@pytest.mark.models
def test_the_vectors_are_navecs_and_read_once() -> None:
    theirs = pytest.importorskip("navec").Navec.load(str(models.folder(MODEL) / navec.FILE))
    ours = navec.load(MODEL)
    assert ours is navec.load()
    assert [*ours.vocab] == theirs.vocab.words[:-2]
    assert "министр" in ours
    assert "зюзюблик" not in ours
    assert np.array_equal(ours["министр"], theirs["министр"])
