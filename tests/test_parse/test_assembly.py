"""Laws of the assembled Doc, without a model."""

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline import config, parse
from pipeline.parse.sentence import one_tree
from tests.conftest import plain_version
from tests.fake_parser import FakeBackend

PARSERS = parse.Parsers(config.load(), {"en": FakeBackend(), "ru": FakeBackend()})
TEXT = st.text(alphabet="абвГД xyzQ.,!?«»\u00a0—1\n😀é", min_size=1, max_size=150)


@given(TEXT, st.sampled_from(["en", "ru"]))
def test_the_doc_keeps_text_and_sentences(text: str, lang: str) -> None:
    version = plain_version(text, lang)  # type: ignore[arg-type]
    if not version.sentences:
        return
    doc = PARSERS.doc(version)
    assert doc.text == version.text
    starts = [doc[s.start].idx for s in doc.sents if not s[0].is_space]
    assert set(starts) == {s.start for s in version.sentences}
    assert all(doc.text[t.idx : t.idx + len(t.text)] == t.text for t in doc)


def test_sentence_texts_reach_the_back_end_without_white_space() -> None:
    doc = PARSERS.doc(plain_version("One  two.\n\nЭто – не «шутка».", "en"))
    assert [t.text for t in doc if t.is_space] == [" ", "\n\n"]
    assert [s.root.text for s in doc.sents] == ["One", "Это"]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8))
def test_any_arcs_become_one_tree(heads: list[int]) -> None:
    heads = [head % len(heads) for head in heads]
    fixed, deps = one_tree(heads, ["dep"] * len(heads))
    roots = [i for i, head in enumerate(fixed) if head == i]
    assert len(roots) == 1
    for node in range(len(fixed)):
        steps = 0
        while fixed[node] != node:
            node, steps = fixed[node], steps + 1
            assert steps <= len(fixed)
    assert len(deps) == len(heads)


def test_features_of_words_are_known_after_a_time_that_has_passed() -> None:
    """spaCy forgets what a feature is called where it met the name as a word first."""

    def case() -> list[str]:
        partitive = Doc(parse.vocab("ru"), words=["чаю"], morphs=["Case=Par|Number=Ptan"])[0].morph
        return list(partitive.get("Case"))

    with parse.passing(["ru"]):
        parse.vocab("ru").strings.add("Case=Par")
        assert case() == ["Par"]
    with parse.passing(["ru"]):
        assert case() == ["Par"]
