"""Passages: the text alone decides, probabilities are probabilities, two versions are read together, and a model
trained on a small corpus learns what it should."""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import classify, codebook, config
from pipeline import space as spaces
from pipeline.classify import features, folds, pooling, scorer, training
from pipeline.classify.attention import Bag, joined, means, shares, weigh
from pipeline.classify.model import softmax
from pipeline.document import Bead, Passage, Version, Work
from pipeline.errors import ConfigError, MissingModel
from pipeline.parse import Parsers
from tests.conftest import plain_version

BOOK = codebook.load("neighbour-influence")
BODY = "Exports to the northern neighbour fell by a third, and the growers found buyers overseas who paid in dollars."
UNRELATED = {
    "sports": "The visitors equalised in the last minute of extra time and won the cup on penalties, to the delight of their travelling supporters.",
    "cooking": "Simmer the lentils with a bay leaf until tender, stir in the fried onions and serve with yoghurt and warm flat bread.",
    "weather": "A depression over the bay will bring rain to the coast by evening, with gusts on the cliffs and sleet above eight hundred metres.",
    "chemistry": "The solution was heated to eighty degrees and stirred for two hours, after which the crystals were filtered off and dried in vacuum.",
    "спорт": "Гости сравняли счёт на последней минуте дополнительного времени и выиграли кубок по пенальти под ликование приехавших болельщиков.",
    "кухня": "Варите чечевицу с лавровым листом до мягкости, добавьте обжаренный лук и подавайте с йогуртом и тёплыми лепёшками.",
    "погода": "Циклон над заливом принесёт к вечеру дожди на побережье, на скалах ожидаются порывы ветра, выше восьмисот метров мокрый снег.",
    "химия": "Раствор нагрели до восьмидесяти градусов и перемешивали два часа, после чего кристаллы отфильтровали и высушили в вакууме.",
}


def coded(text: str, lang: Any, parsers: Parsers) -> tuple[Passage, ...]:
    version = plain_version(text, lang, entities=(), factors=())
    return classify.passages(version, parsers.doc(version), BOOK, classify.load())


@pytest.mark.models
@pytest.mark.parametrize("topic", UNRELATED)
def test_an_unrelated_topic_is_none(topic: str, real_parsers: Parsers) -> None:
    lang = "en" if topic.isascii() else "ru"
    title = "From the archive\n\n" if lang == "en" else "Из архива\n\n"
    [passage] = coded(title + UNRELATED[topic], lang, real_parsers)
    assert passage.category == "none"


@pytest.mark.models
def test_neither_title_nor_heading_nor_neighbours_count(real_parsers: Parsers) -> None:
    """The ablation: whatever stands around a passage, its probabilities stay the same to the last digit."""
    neighbour = "Fear and humiliation, said the old minister, had guided the palace for a generation."
    around = [
        f"Trade and money\n\n{BODY}",
        f"Fear, pride and humiliation\n\n{neighbour}\n\n{BODY}",
        f"The wars of memory\n\n1. The language of the grandmothers\n\n{BODY}\n\n{neighbour}",
    ]
    found = [next(p for p in coded(text, "en", real_parsers) if p.text == BODY) for text in around]
    assert found[0].category == "objective"
    assert [p.groups for p in found] == [found[0].groups] * 3


def test_probabilities_add_up_and_the_set_holds_the_verdict(fake_parsers: Parsers) -> None:
    for passage in coded(f"A title\n\n{BODY}\n\nQ: And then?", "en", fake_parsers):
        assert sum(passage.probabilities.values()) == pytest.approx(1, abs=1e-3)
        assert sum(passage.groups.values()) == pytest.approx(1, abs=1e-3)
        assert passage.category == max(passage.probabilities, key=lambda c: passage.probabilities[c])
        assert passage.category in passage.set
        assert BOOK.category_of(passage.group) == passage.category


def test_a_passage_without_words_says_nothing(fake_parsers: Parsers) -> None:
    *_, last = coded(f"A title\n\n{BODY}\n\n– ...!", "en", fake_parsers)
    assert (last.category, last.evidence) == ("none", ())


@pytest.mark.models
def test_evidence_stands_in_the_passage(real_parsers: Parsers) -> None:
    [passage] = coded(f"A title\n\n{BODY}", "en", real_parsers)
    assert passage.evidence
    assert all(word in BODY.lower() for word in passage.evidence)


def test_a_model_of_another_codebook_is_refused(fake_parsers: Parsers) -> None:
    version = plain_version(f"A title\n\n{BODY}", "en", entities=(), factors=())
    other = codebook.load("climate-arguments")
    with pytest.raises(ConfigError, match="train one with diptych train"):
        classify.passages(version, fake_parsers.doc(version), other, classify.load())


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    model = classify.save(classify.load(), tmp_path)
    assert classify.load(tmp_path).description == model.description
    (tmp_path / "weights.npz").write_bytes(b"damaged")
    with pytest.raises(MissingModel, match="sha256"):
        classify.load(tmp_path)


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        classify.save(classify.load(), tmp_path / name)
    assert (tmp_path / "a" / "weights.npz").read_bytes() == (tmp_path / "b" / "weights.npz").read_bytes()


def test_the_shipped_model_is_small_and_has_a_card() -> None:
    from pipeline import shipped

    folder = shipped.path("models/passages")
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) < 10_000_000
    for card in ("README.md", "neighbour-influence/README.md"):
        assert "sha256" in (folder / card).read_text("utf-8")


# Reading together


def passage(start: int, groups: dict[str, float], **more: Any) -> Passage:
    model = classify.load()
    p = np.array([groups.get(g, 0.0) for g in model.description.groups])
    known = dict(
        zip(model.description.categories, model.category_probabilities(p[None])[0].tolist(), strict=True)
    )
    best = max(groups, key=lambda g: groups[g])
    return Passage(start=start, end=start + 4, text="text", by="test", category=BOOK.category_of(best), group=best, probabilities=known, groups=dict(zip(model.description.groups, p.tolist(), strict=True)))  # fmt: skip


def pair(en: dict[str, float], ru: dict[str, float], linked: bool = True) -> Work:
    versions = {}
    for lang, groups in (("en", en), ("ru", ru)):
        version: Version = plain_version("A title\n\ntext of it", lang)  # type: ignore[arg-type]
        body = next(p for p in version.paragraphs or () if p.role == "body")
        versions[lang] = msgspec.structs.replace(version, passages=(passage(body.start, groups),))
    beads = (Bead(level="paragraph", en=(1,), ru=(1,) if linked else (), score=1.0),)
    return Work(id="w", versions=versions, alignment=beads)  # type: ignore[arg-type]


def test_the_surer_version_decides_for_both() -> None:
    work = pair({"economic": 0.55, "none": 0.45}, {"economic": 0.05, "none": 0.95})
    found = {lang: v.passages[0] for lang, v in classify.pooled(work, classify.load()).items() if v.passages}
    assert {p.category for p in found.values()} == {"none"}
    assert found["en"].alone["objective"] == pytest.approx(0.55)
    assert {p.by for p in found.values()} == {pooling.BY}


def test_a_passage_without_a_translation_keeps_its_verdict() -> None:
    work = pair({"economic": 0.55, "none": 0.45}, {"economic": 0.05, "none": 0.95}, linked=False)
    assert classify.pooled(work, classify.load()) == work.versions


@given(
    st.lists(st.floats(0.001, 1), min_size=4, max_size=4),
    st.lists(st.floats(0.001, 1), min_size=4, max_size=4),
)
def test_reading_together_is_symmetric_and_a_distribution(one: list[float], other: list[float]) -> None:
    en, ru = (np.array([x]) / sum(x) for x in (one, other))
    both = pooling.product(en, ru, 1.5)
    assert both.sum() == pytest.approx(1)
    assert np.allclose(both, pooling.product(ru, en, 1.5))


# What counts


def bag(rows: list[int], owner: list[int], traits: list[list[float]] | None = None) -> Bag:
    found = np.array(traits if traits else [[0.0]] * len(rows), np.float32)
    return Bag(
        np.array(rows),
        np.zeros(len(rows), np.float32),
        found,
        np.array(owner),
        np.arange(len(rows)),
        max(owner) + 1,
    )


def test_shares_of_a_passage_add_up() -> None:
    words = bag([0, 1, 2], [0, 0, 1], [[1.0], [0.0], [1.0]])
    found = shares(words, np.array([2.0], np.float32))
    assert np.bincount(words.owner, found) == pytest.approx([1, 1])
    assert found[0] > found[1]


def test_a_passage_without_known_words_stands_nowhere() -> None:
    words = bag([0], [1])
    assert means(words, np.zeros(1, np.float32), np.ones((1, 2), np.float32)).tolist() == [[0, 0], [1, 1]]


def test_what_counts_is_learnt() -> None:
    """Words with the trait speak for the passage's group, words without it for the other: the trait gains weight."""
    draw = np.random.default_rng(0)
    groups = draw.integers(0, 2, 200)
    rows, owner, traits = [], [], []
    for n, group in enumerate(groups):
        for row, trait in ((group, 1.0), (1 - group, 0.0)):
            rows.append(int(row))
            owner.append(n)
            traits.append([trait])
    said = np.array([[1.0, -1.0], [-1.0, 1.0]], np.float32)
    found = weigh(bag(rows, owner, traits), said, np.zeros((200, 2)), groups, np.zeros(1, np.float32))
    assert found[0] > 0.5


def test_joined_bags_keep_their_passages() -> None:
    words = joined([bag([0], [0]), bag([1, 2], [0, 1])])
    assert words.owner.tolist() == [0, 1, 2]
    assert words.of(np.array([False, True, True])).owner.tolist() == [0, 1]


def test_traits_tell_what_is_denied_and_where_it_stands(fake_parsers: Parsers) -> None:
    version = plain_version("A title\n\nTrade fell but fear rose. Nobody spoke.", "en")
    found = features.columns(fake_parsers.doc(version))
    [part] = features.words(found, [(9, len(version.text))])
    traits = features._placed(found, part)
    at = {
        found.lemma[i]: dict(zip(features.TRAITS, row, strict=True))
        for i, row in zip(part.content, traits, strict=True)
    }
    assert at["fear"]["after a contrast"]
    assert not at["trade"]["after a contrast"]
    assert at["trade"]["before a contrast"]
    assert at["trade"]["first sentence"]
    assert at["spoke"]["last sentence"]
    assert not at["spoke"]["first sentence"]


# What a passage is seen by


NAMES = [("en", letter) for letter in "abcdefghij"]


def lexis(*rows: int) -> scorer.Lexis:
    return scorer.Lexis({NAMES[row]: n for n, row in enumerate(rows)}, np.ones(len(rows), np.float32))


def test_known_words_are_one_vector_whose_parts_add_up() -> None:
    words = bag([7, 7, 3, 9], [0, 0, 0, 1])
    seen, part = scorer.known_words(words, np.zeros(1, np.float32), lexis(3, 7), NAMES)
    rows = seen.toarray()
    assert np.linalg.norm(rows, axis=1) == pytest.approx([scorer.WORDS_SCALE, 0])
    assert part[:2].sum() == pytest.approx(rows[0, 1])
    assert part[3] == 0


def test_columns_of_known_words() -> None:
    assert lexis(5, 2, 9).columns(np.array([9, 4, 5]), NAMES).tolist() == [2, -1, 0]
    assert lexis().columns(np.array([9]), NAMES).tolist() == [-1]


def test_topics_have_one_length_and_pairs_are_symmetric_in_sign() -> None:
    found = scorer.topics(np.array([[3.0, 4.0], [0.3, 0.4]], np.float32))
    assert found[0] == pytest.approx(found[1])


@pytest.mark.models
def test_what_the_words_told_is_the_score_but_for_what_is_no_word(real_parsers: Parsers) -> None:
    """The words' parts, the language's bias and the rest of the passage add up to how far its group leads the others."""
    from pipeline.classify import evidence, examples

    model, space = classify.load(), spaces.load()
    words, rest = examples.example(BODY, "en", BOOK, real_parsers)
    told = evidence.spoke(words, rest[None], np.array([0]), "en", model, space)
    seen = model.scorer.view(words, rest[None], space)
    [scores] = model.scorer.scores(seen, "en")
    silent = model.scorer._replace(bias={"en": np.zeros(len(scores), np.float32)})
    dimensions = spaces.DIMENSIONS
    others = (seen.place - silent.means["en"])[0].copy()
    others[:dimensions] = 0
    direction = scorer.topics(seen.place - silent.means["en"])[0]
    length = np.linalg.norm(seen.place - silent.means["en"])
    parts = others @ silent.place + np.array(
        [
            (others / length) @ one[:-1] @ direction + direction[-1] * (one[-1] @ direction)
            for one in silent.pairs
        ]
    )
    [bare] = silent.scores(seen, "en") - parts
    assert told.sum() == pytest.approx(bare[0] - np.delete(bare, 0).mean(), rel=1e-3)


# The space


@pytest.mark.models
@pytest.mark.parametrize(
    ("en", "ru", "other"),
    [("trade", "торговля", "страх"), ("fear", "страх", "торговля"), ("grandfather", "дед", "газ")],
)
def test_translations_lie_together(en: str, ru: str, other: str) -> None:
    space = spaces.load()
    rows = [space.rows([en], "en")[0], space.rows([ru], "ru")[0], space.rows([other], "ru")[0]]
    a, b, c = space.table[rows]
    assert a @ b > 2 * abs(a @ c)


def test_a_word_of_no_language_has_no_place() -> None:
    assert spaces.load().rows(["qzxv"], "ru").tolist() == [-1]


# Training


def small_corpus(folder: Path) -> Path:
    say = {
        "economic": ("Trade with the neighbour fell and export prices rose.", "Торговля с соседом упала, цены на экспорт выросли."),
        "psychological": ("Fear and humiliation made the minister refuse.", "Страх и унижение заставили министра отказаться."),
        "none": ("The chapter describes the method and its limits.", "В главе описаны метод и его границы."),
        "political": ("The parliament ratified the treaty on defence.", "Парламент ратифицировал договор об обороне."),
        "historical": ("The deportation is remembered at the monument.", "О депортации помнят у памятника."),
        "sociocultural": ("Children speak another language at school.", "Дети в школе говорят на другом языке."),
    }  # fmt: skip
    rows = [
        {"id": f"w{w}-{g}", "work": f"w{w}", "group": g, "en": f"{en} Note {w}.", "ru": f"{ru} Заметка {w}."}
        for w in range(6)
        for g, (en, ru) in say.items()
    ]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return folder


def test_training_writes_a_model_with_its_card(tmp_path: Path, fake_parsers: Parsers) -> None:
    model, report = training.learn(small_corpus(tmp_path), BOOK, fake_parsers)
    assert report.categories["en"].macro_f1 == 1
    assert report.pooled is not None
    assert report.baselines["ru"]["majority"].accuracy < 0.5
    again, _ = training.learn(tmp_path, BOOK, fake_parsers)
    assert np.array_equal(model.scorer.place, again.scorer.place)


def test_works_are_not_split() -> None:
    works = np.array([f"w{i // 7}" for i in range(70)])
    fold = folds.folds(works)
    assert all(len(set(fold[works == work])) == 1 for work in set(works))


def test_too_small_a_corpus_is_refused(tmp_path: Path, fake_parsers: Parsers) -> None:
    (tmp_path / "one.jsonl").write_text(
        '{"id":"a-1","work":"a","group":"economic","en":"Trade fell."}\n', "utf-8"
    )
    with pytest.raises(ConfigError, match="at least 2 are needed"):
        training.learn(tmp_path, BOOK, fake_parsers)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id":"a-1"}', "not a labelled passage"),
        ('{"id":"a-1","work":"a","group":"economical","en":"x"}', 'unknown group "economical"'),
        (
            '{"id":"a-1","work":"a","group":"none","en":"x"}\n{"id":"a-1","work":"a","group":"none","en":"y"}',
            "given twice",
        ),
        ("", "no labelled passages"),
    ],
)
def test_a_wrong_line_is_named(line: str, says: str, tmp_path: Path) -> None:
    from pipeline.classify import corpus

    (tmp_path / "c.jsonl").write_text(line, "utf-8")
    with pytest.raises(ConfigError, match=says):
        corpus.read(tmp_path, BOOK)


def test_softmax_is_a_distribution() -> None:
    assert softmax(np.array([[1e4, 0.0, -1e4]])).sum() == pytest.approx(1)


def test_the_configuration_names_a_codebook_with_a_model() -> None:
    assert classify.load(config.load().codebook).description.codebook == BOOK.id
