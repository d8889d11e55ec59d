"""What the judge learns from beside the slots: exchanged words, lists, catalogues, and how they are drawn."""

import gzip
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judge import catalogues, fit_kinds, listed, renderings, sampling
from models.judge import sources as sources_of
from models.judge.exchanged import Pair, Place, exchanged
from models.judge.listed import Entry
from models.judge.slots import Marked
from pipeline import encoder, judge
from pipeline.compare import kinds
from tests.test_compare.test_kinds import traits as kind_traits

EN, RU = (
    "They opposed the reform of foreign policy in 1998.",
    "В 1998 году они выступили против реформы внешней политики.",
)
SLOTS = sorted((Path(__file__).parents[1] / "corpora" / "slots").glob("*.txt"))[:1]


def ways(places: list[Place], en: str) -> dict[str, dict[str, tuple[str, ...]]]:
    return {en[slice(*place.en)]: {way.kind: way.words for way in place.ways} for place in places}


def test_the_thesaurus_gives_opposites_in_the_form_of_the_word() -> None:
    found = ways(list(renderings.by_thesaurus(EN, RU, random.Random(3))), EN)
    assert "внутренней" in found["foreign"]["polarity"]


def test_the_lexicon_gives_words_of_the_same_form_from_elsewhere() -> None:
    texts = [
        f"Об этом говорили участники {word}." for word in ("реформы", "войны", "торговли") for _ in range(3)
    ]
    known = renderings.Vocabulary(
        [*texts, "школы почты книги карты лампы стены игры зимы рыбы розы травы горы воды"] * 3
    )
    found = ways(list(renderings.by_lexicon(EN, RU, known, random.Random(3))), EN)
    assert set(found) <= {"opposed", "reform", "foreign", "policy"}
    assert not {word[:4] for way in found["reform"].values() for word in way} & {"рефо"}


def test_a_year_is_changed_for_another_date() -> None:
    ((place,),) = [list(renderings.by_figure(EN, RU, random.Random(3)))]
    assert (EN[slice(*place.en)], RU[slice(*place.ru)]) == ("1998", "1998")
    assert place.ways[0].kind == "date"
    assert "1998" not in place.ways[0].words


def test_a_figure_that_comes_twice_stays() -> None:
    assert not list(renderings.by_figure("From 3 to 3.", "От 3 до 3.", random.Random(1)))


@given(st.integers(0, 10_000))
def test_what_is_exchanged_is_marked_unless_it_says_the_same(seed: int) -> None:
    places = sorted(renderings.by_thesaurus(EN, RU, random.Random(3)), key=lambda place: place.ru)
    made = exchanged(Pair(EN, RU, tuple(places)), random.Random(seed))
    assert made.en == EN
    assert len(made.en_marks) == len(made.ru_marks)
    told = {word for place in places for way in place.ways if way.kind for word in way.words}
    assert {made.ru[a:b] for a, b, _ in made.ru_marks} <= told


@given(st.integers(0, 10_000))
def test_a_list_marks_its_wrong_renderings(seed: int) -> None:
    entries = [
        Entry("widow", ("вдова",), (("сирота", "terminology"),), ""),
        Entry("Lyon", ("Лион",), (), "places"),
        Entry("Nice", ("Ницца",), (), "places"),
    ]
    made = listed.listed(entries, {"places": entries[1:], "": entries[:1]}, random.Random(seed))
    right = {(entry.en, word) for entry in entries for word in entry.faithful}
    pairs = zip(made.en.rstrip(".").split(", "), made.ru.rstrip(".").split(", "), strict=True)
    wrong = [pair for pair in pairs if pair not in right]
    assert [
        (made.en[a:b], made.ru[c:d])
        for (a, b, _), (c, d, _) in zip(made.en_marks, made.ru_marks, strict=True)
    ] == wrong
    assert {kind for *_, kind in made.en_marks} <= {"terminology", "entity"}


def test_lines_of_a_catalogue_are_paired() -> None:
    message = "The ferryman would not take them.\nPress %s to go on with the story."
    translation = "Паромщик не захотел их везти.\nНажмите %s, чтобы продолжить рассказ."
    assert list(catalogues.passages(message, translation)) == [
        ("The ferryman would not take them.", "Паромщик не захотел их везти.")
    ]
    assert not list(
        catalogues.passages("One line of four words.\nAnother one of five words.", "Одна строка, и всё.")
    )


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> sampling.Sources:
    path = tmp_path_factory.mktemp("sources") / "sources.jsonl.gz"
    pair = Pair("It fell in 1998.", "Оно пало в 1998 году.")
    rows = [
        ["planted", Marked("It fell.", ((3, 7, "polarity"),), "Он вырос.", ((3, 8, "polarity"),))],
        *([sort, pair] for sort in ("faithful", "loose", "thesaurus", "lexicon")),
        ["listed", Entry("deed", ("дело",), (("слово", "terminology"),), "")],
        ["listed", Entry("shark", ("акула",), (), "words")],
        ["listed", Entry("Lyon", ("Лион",), (), "places")],
    ]
    with gzip.open(path, "wb") as out:
        out.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
    return sampling.load(path, SLOTS)


def test_every_sort_is_drawn_with_its_weight(sources: sampling.Sources) -> None:
    chance = random.Random(4)
    weights = {sampling.drawn(sources, 0.0, chance)[1] for _ in range(400)}
    assert weights == {1.0, *sampling.WEIGHT.values()}


def test_two_pairs_read_as_one_keep_their_marks() -> None:
    one = Marked("It fell.", ((3, 7, "polarity"),), "Он вырос.", ((3, 8, "polarity"),))
    both = sampling.joined(one, one)
    assert [both.en[a:b] for a, b, _ in both.en_marks] == ["fell", "fell"]
    assert [both.ru[a:b] for a, b, _ in both.ru_marks] == ["вырос", "вырос"]


def test_a_pair_is_cut_as_the_judge_cuts_it() -> None:
    words = encoder.load()
    read = sampling.Reader(words).read(
        Marked("It fell.", ((3, 7, "polarity"),), "Он вырос.", ((3, 8, "polarity"),))
    )
    assert read is not None
    assert read.labels == [0, judge.KINDS.index("polarity"), 0] * 2
    assert read.pieces[0] == words.begin
    assert read.pieces[read.russian - 2 : read.russian] == [words.end] * 2
    assert read.owner[read.russian] == 3
    assert read.pieces[-1] == words.end


def test_batches_hold_what_they_may(sources: sampling.Sources) -> None:
    reader = sampling.Reader(encoder.load())
    found = list(sampling.batches(sources, reader, 0.5, 4000, random.Random(2)))
    assert sum(len(batch.pieces) for batch in found) == sampling.POOL
    for batch in found:
        assert batch.pieces.size <= 4000
        assert batch.pieces.shape[1] % sampling.EIGHT == 0
        assert ((batch.labels != sampling.BEYOND).sum(1) == batch.owner.max(1) + 1).all()
        assert set(np.unique(batch.side)) <= {0, 1}


def test_groups_and_tables_make_entries_with_what_is_wrong_or_of_the_same_sort(tmp_path: Path) -> None:
    secede = next(entry for entry in sources_of.groups() if entry.en == "secede")
    assert "отделиться" in secede.faithful
    assert ("присоединиться", "polarity") in secede.wrong
    codes = tmp_path / "codes.tsv"
    codes.write_text("Tinghir\tТингир\n", encoding="utf-8")
    names = {entry.en: entry for entry in sources_of.names([codes])}
    assert (names["Tinghir"].faithful, names["Tinghir"].group) == (("Тингир",), "codes")
    assert names["Kabul"].faithful == ("Кабул",)


def test_a_dictionary_keeps_single_words_with_all_their_renderings(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.tsv"
    path.write_text("weir\tзапруда\nweir\tплотина\n'cello\tвиолончель\nof\tиз\n", encoding="utf-8")
    assert list(sources_of.dictionary(path)) == [Entry("weir", ("запруда", "плотина"), (), "words")]


def test_kinds_are_learned_from_what_findings_show() -> None:
    source = dict.fromkeys(["source", "nothing else"], 1.0)
    learned = fit_kinds.weights(
        [
            *[fit_kinds.Example("omission", kind_traits(missing=0.9), "omission")] * 8,
            *[fit_kinds.Example("omission", kind_traits(source=source, attribution=0.5), "attribution")] * 8,
            *[fit_kinds.Example("modality", kind_traits(polarity=0.8), "polarity")] * 8,
            *[fit_kinds.Example("number", kind_traits(), "number")] * 8,
        ]
    )
    assert learned["source"] > 0
    assert learned["said"] > 0
    scores = {
        kind: kinds.score(learned, kind, "omission", kind_traits(source=source, attribution=0.5))
        for kind in ("omission", "attribution")
    }
    assert scores["attribution"] > scores["omission"]
