"""Words as one pattern: it finds what a plain alternation with the longest first would find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.alternatives import either

WORDS = st.text(alphabet="abя. ", min_size=1, max_size=5)


@given(st.lists(WORDS, min_size=1, max_size=12), st.lists(WORDS, max_size=8))
def test_the_longest_word_that_fits_is_found(words: list[str], text: list[str]) -> None:
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
    assert re.findall(either(words), "".join(text)) == re.findall(plain, "".join(text))


def test_a_space_may_be_any_space() -> None:
    assert re.fullmatch(either(["New Year", "New Moon"], r"\s{1,2}"), "New\u00a0Moon")


def test_no_words_match_nothing() -> None:
    assert not re.search(either([]), "май")
