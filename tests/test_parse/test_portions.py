"""What a model is given at a time."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.portions import portions


@given(st.lists(st.text(max_size=40)), st.integers(1, 100))
def test_no_sentence_is_lost_and_no_portion_is_too_large(sentences: list[str], room: int) -> None:
    found = list(portions(sentences, room))
    assert [sentence for portion in found for sentence in portion] == sentences
    assert all(found)
    assert all(len(portion) == 1 or sum(map(len, portion)) <= room for portion in found)
