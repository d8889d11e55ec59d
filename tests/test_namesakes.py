"""People are found by a name exactly as by asking each of them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.statements.namesakes import Namesakes
from pipeline.statements.person import Person, name_words

NAMES = st.lists(
    st.sampled_from(
        ("Ion", "Ana", "I.", "Lupu", "Lupul", "Kim", "Kimura", "Орлов", "Орлова", "Орловой", "Ли")
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_nobody_is_overlooked(names: list[str], asked: str) -> None:
    people, namesakes = [Person(name) for name in names], Namesakes()
    for person in people:
        namesakes.add(person)
    assert namesakes.of(name_words(asked)) == [p for p in people if p.known_by(name_words(asked))]


def test_who_turned_out_to_be_another_is_forgotten() -> None:
    short, whole, namesakes = Person("Lupu"), Person("Ion Lupu"), Namesakes()
    namesakes.add(short)
    namesakes.add(whole)
    namesakes.remove(short)
    assert namesakes.people() == namesakes.of(("lupu",)) == [whole]


def test_a_fuller_name_is_known_too() -> None:
    person, namesakes = Person("Lupu"), Namesakes()
    namesakes.add(person)
    person.name = "Ion Lupu"
    namesakes.add(person)
    assert namesakes.of(("ion", "lupu")) == [person]
