import msgspec
import pytest

from pipeline.consensus import consensus, similarity
from pipeline.consensus.words import capitalised, linked
from pipeline.document import Bead, Entity, Lang, Version, Work
from tests.conftest import plain_version


def named(version_text: str, name: str, type: str) -> Entity:
    start = version_text.index(name)
    return Entity(start=start, end=start + len(name), text=name, type=type, name=name, by="test")


def work(en: str, ru: str, en_names: list[tuple[str, str]], ru_names: list[tuple[str, str]]) -> Work:
    versions: dict[str, Version] = {
        "en": plain_version(en, "en", entities=tuple(named(en, *n) for n in en_names)),
        "ru": plain_version(ru, "ru", entities=tuple(named(ru, *n) for n in ru_names)),
    }
    return Work(id="w", versions=versions, alignment=(Bead(level="sentence", en=(0,), ru=(0,), score=1.0),))  # type: ignore[arg-type]


def names(versions: dict[str, Version], lang: str) -> list[tuple[str, str]]:
    return [(e.text, e.type) for e in versions[lang].entities or ()]


SURE_PERSON, RATHER_ORGANISATION = (0.98, 0.01, 0.01), (0.3, 0.1, 0.6)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_surer_side_corrects_a_type(lang: Lang) -> None:
    said = work(
        "Gusev met Tanev there.", "Гусев встретил там Танева.", [("Gusev", "ORG")], [("Гусев", "ORG")]
    )
    versions = {
        side: msgspec.structs.replace(
            version,
            entities=tuple(
                msgspec.structs.replace(e, types=RATHER_ORGANISATION if side == lang else SURE_PERSON)
                for e in version.entities or ()
            ),
        )
        for side, version in said.versions.items()
    }
    both = consensus(msgspec.structs.replace(said, versions=versions))
    assert [t for side in ("en", "ru") for _, t in names(both, side)] == ["PER", "PER"]


def test_where_both_are_as_sure_the_english_side_decides() -> None:
    both = consensus(
        work("Gusev met Tanev there.", "Гусев встретил там Танева.", [("Gusev", "PER")], [("Гусев", "ORG")])
    )
    assert names(both, "ru") == [("Гусев", "PER")]


def test_a_name_that_only_the_russian_side_found_is_carried_over() -> None:
    both = consensus(
        work("Later Riho Tammsalu resigned.", "Позже Рихо Таммсалу ушел.", [], [("Рихо Таммсалу", "PER")])
    )
    assert names(both, "en") == [("Riho Tammsalu", "PER")]


def test_nothing_is_carried_over_when_nothing_sounds_alike() -> None:
    both = consensus(
        work("Later the Minister resigned.", "Позже Рихо Таммсалу ушел.", [], [("Рихо Таммсалу", "PER")])
    )
    assert names(both, "en") == []


def test_neighbouring_names_are_not_merged() -> None:
    both = consensus(
        work("It was Ruiz, Lund.", "Это были Руис и Лунд.", [], [("Руис", "PER"), ("Лунд", "PER")])
    )
    assert names(both, "en") == [("Ruiz", "PER"), ("Lund", "PER")]


@pytest.mark.parametrize(
    ("en", "ru"),
    [
        ("Nazarbayev", "Назарбаева"),
        ("Shevardnadze", "Шеварднадзе"),
        ("Reykjavik", "Рейкьявике"),
        ("Quiroga", "Кирога"),
    ],
)
def test_the_same_name(en: str, ru: str) -> None:
    assert similarity(en, ru) >= 0.72


@pytest.mark.parametrize(("en", "ru"), [("Prague", "Киев"), ("Ruiz", "Лунд"), ("Armenia", "Грузия")])
def test_another_name(en: str, ru: str) -> None:
    assert similarity(en, ru) < 0.72


def test_a_name_that_only_the_english_side_found_is_carried_over() -> None:
    both = consensus(
        work("Later Riho Tammsalu resigned.", "Позже Рихо Таммсалу ушел.", [("Riho Tammsalu", "PER")], [])
    )
    assert names(both, "ru") == [("Рихо Таммсалу", "PER")]


def test_the_longer_boundary_wins() -> None:
    both = consensus(
        work(
            "Later Riho Tammsalu resigned.",
            "Позже Рихо Таммсалу ушел.",
            [("Tammsalu", "PER")],
            [("Рихо Таммсалу", "PER")],
        )
    )
    assert names(both, "en") == [("Riho Tammsalu", "PER")]


def test_two_names_taken_for_one_are_split() -> None:
    both = consensus(
        work(
            "The envoy to Talsi Riho Tammsalu resigned.",
            "Посланник в Талси Рихо Таммсалу ушел.",
            [("Talsi Riho Tammsalu", "PER")],
            [("Талси", "LOC"), ("Рихо Таммсалу", "PER")],
        )
    )
    assert names(both, "en") == [("Talsi", "LOC"), ("Riho Tammsalu", "PER")]


def test_the_surer_side_gives_the_type() -> None:
    unsure, sure = (0.5, 0.3, 0.2), (0.02, 0.96, 0.02)
    versions = work("They met at Talsi.", "Они встретились в Талси.", [("Talsi", "LOC")], [("Талси", "PER")])
    versions = replaced(versions, "en", types=sure)
    versions = replaced(versions, "ru", types=unsure)
    both = consensus(versions)
    assert names(both, "ru") == [("Талси", "LOC")]


def test_a_doubtful_name_without_a_counterpart_is_dropped() -> None:
    doubted = replaced(
        work("Later Customs objected.", "Позже таможня возразила.", [("Customs", "ORG")], []),
        "en",
        confidence=0.55,
        by="entities.model",
    )
    assert names(consensus(doubted), "en") == []


def replaced(of: Work, lang: str, **fields: object) -> Work:
    version = of.versions[lang]  # type: ignore[index]
    entities = tuple(msgspec.structs.replace(e, **fields) for e in version.entities or ())
    return msgspec.structs.replace(
        of, versions={**of.versions, lang: msgspec.structs.replace(version, entities=entities)}
    )


@pytest.mark.parametrize(
    ("en", "ru", "pairs"),
    [
        ("Ruiz saw Lund; Ruiz left.", "Руис видел Лунда; Руис ушёл.", {0: (0,), 1: (1,), 2: (2,)}),
        ("Near Svay Rieng", "У Свайриенга", {1: (1,), 2: (1,)}),
        ("In Baku", "В Джидде", {}),
    ],
)
def test_words_that_sound_alike_are_linked_each_once(
    en: str, ru: str, pairs: dict[int, tuple[int, ...]]
) -> None:
    assert linked(list(capitalised(en, 0, len(en))), list(capitalised(ru, 0, len(ru))))[0] == pairs


EDITIONS: list[tuple[Lang, str, str, list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]] = [
    (
        "en",
        "Later Riho Tammsalu resigned.",
        "Riho Tammsalu stepped down later.",
        [],
        [("Riho Tammsalu", "PER")],
        [("Riho Tammsalu", "PER")],
    ),
    (
        "ru",
        "Позже встретили Рихо Таммсалу.",
        "Встречу провели с Рихо Таммсалу.",
        [("Рихо Таммсалу", "PER")],
        [],
        [("Рихо Таммсалу", "PER")],
    ),
    (
        "ru",
        "Речь шла о Гусеве.",
        "Говорили с Гусевым.",
        [("Гусеве", "ORG")],
        [("Гусевым", "PER")],
        [("Гусеве", "PER")],
    ),
]
"""Language, the two editions, the names each was seen with, and those of the first after each has corrected the other."""


@pytest.mark.parametrize(("lang", "first", "second", "ours", "theirs", "agreed"), EDITIONS)
def test_two_editions_correct_each_other_too(
    lang: Lang,
    first: str,
    second: str,
    ours: list[tuple[str, str]],
    theirs: list[tuple[str, str]],
    agreed: list[tuple[str, str]],
) -> None:
    versions: dict[Lang, Version] = {
        "en": plain_version(first, lang, entities=tuple(named(first, *n) for n in ours), edition="first"),
        "ru": plain_version(
            second, lang, entities=tuple(named(second, *n) for n in theirs), edition="second"
        ),
    }
    beads = (Bead(level="sentence", en=(0,), ru=(0,), score=1.0),)
    both = consensus(Work(id="w", versions=versions, alignment=beads))
    assert names(both, "en") == agreed  # type: ignore[arg-type]
    assert len(both["ru"].entities or ()) == 1


def test_an_institution_is_not_the_town_it_is_called_after() -> None:
    both = consensus(
        work(
            "She left the Oruro School of Music.",
            "Она ушла из школы музыки Оруро.",
            [("Oruro School of Music", "ORG")],
            [("Оруро", "LOC")],
        )
    )
    assert names(both, "en") == [("Oruro School of Music", "ORG")]
    assert names(both, "ru") == [("Оруро", "LOC")]


def test_an_institution_called_otherwise_on_the_other_side_is_not_doubted() -> None:
    doubtful = work(
        "It was sent to Harvest Watch.",
        "Это послали в ЖАТВУ.",
        [("Harvest Watch", "ORG")],
        [("ЖАТВУ", "ORG")],
    )
    versions = {
        lang: msgspec.structs.replace(
            version,
            entities=tuple(
                msgspec.structs.replace(e, confidence=0.6, by="entities.model")
                for e in version.entities or ()
            ),
        )
        for lang, version in doubtful.versions.items()
    }
    both = consensus(msgspec.structs.replace(doubtful, versions=versions))
    assert names(both, "en") == [("Harvest Watch", "ORG")]
    assert names(both, "ru") == [("ЖАТВУ", "ORG")]
