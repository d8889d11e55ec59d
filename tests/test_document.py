import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import (
    Entity,
    Quantity,
    Span,
    Statement,
    Version,
    Work,
    check_spans,
    numbered,
    spans_of,
)
from pipeline.errors import SpanError
from tests.conftest import plain_version


def work(version: Version) -> Work:
    return Work(id="w", versions={version.lang: version})


def entity(text: str, start: int, end: int) -> Entity:
    return Entity(start=start, end=end, text=text, type="LOC", name=text, by="test")


def test_a_span_that_does_not_match_is_refused() -> None:
    version = plain_version("Осло и Рига.", "ru", entities=(entity("Рига", 0, 4),))
    with pytest.raises(
        SpanError,
        match=r"w: ru.entities \[0:4\] by test: the text there is 'Осло', the annotation says 'Рига'",
    ):
        check_spans(work(version))


def test_inner_spans_are_checked_too() -> None:
    wrong = Span(start=0, end=2, text="xx", by="test")
    said = Statement(start=0, end=4, text="Осло", kind="direct", speaker=wrong, by="test")
    with pytest.raises(SpanError, match="xx"):
        check_spans(work(plain_version("Осло и Рига.", "ru", statements=(said,))))
    assert [s.text for s in spans_of(said)] == ["Осло", "xx"]


def test_from_is_written_under_its_contract_name() -> None:
    quantity = Quantity(start=0, end=1, text="1", by="test", from_="1", to="2")
    assert msgspec.to_builtins(quantity)["from"] == "1"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_numbering_follows_the_text_whatever_the_order(found: list[tuple[int, int]]) -> None:
    spans = [Span(start=a, end=a + n, text="x" * n, by="test") for a, n in found]
    result = numbered("en.x", spans)
    assert [s.id for s in result] == [f"en.x.{i}" for i in range(1, len(spans) + 1)]
    assert result == numbered("en.x", reversed(spans)) or len({(s.start, s.end) for s in spans}) < len(spans)
    assert [(s.start, -s.end) for s in result] == sorted((s.start, -s.end) for s in result)
