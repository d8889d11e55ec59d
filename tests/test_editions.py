"""Two editions of one work in one language: read, aligned and compared by the same code as two languages."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from pipeline import api, config
from pipeline.align import align
from pipeline.compare.finding import REPORTED
from pipeline.compare.translations import kinship, meaning, stem
from pipeline.document import Difference, Lang, Work
from pipeline.errors import ConfigError
from pipeline.ingest import editions
from pipeline.ingest.works import manifest

CASES = Path(__file__).parent / "cases" / "editions"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))
LIMITS = config.load().ingest
ENGLISH, RUSSIAN = (
    "Trade with the neighbours grew. Nobody objected.",
    "Торговля с соседями выросла. Никто не возражал.",
)


def written(folder: Path, **texts: str) -> list[Path]:
    """Files by name, where a dot is written as a double underscore."""
    paths = [folder / f"{name.replace('__', '.')}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


FILES: list[tuple[dict[str, str], Lang | None, list[tuple[str, str, str]]]] = [
    ({"a": ENGLISH, "b": RUSSIAN}, None, [("en", "en", "English version"), ("ru", "ru", "Russian version")]),
    ({"a": RUSSIAN, "b": ENGLISH}, None, [("en", "en", "English version"), ("ru", "ru", "Russian version")]),
    ({"a": ENGLISH, "b": ENGLISH}, None, [("en", "en", "first edition"), ("ru", "en", "second edition")]),
    ({"a": RUSSIAN, "b": RUSSIAN}, None, [("en", "ru", "first edition"), ("ru", "ru", "second edition")]),
    (
        {"a__ru": "2021", "b__ru": "2022"},
        None,
        [("en", "ru", "first edition"), ("ru", "ru", "second edition")],
    ),
    ({"a": "2021", "b": "2022"}, "ru", [("en", "ru", "first edition"), ("ru", "ru", "second edition")]),
]
"""Files, the language given, and the versions: side, language, name."""


@pytest.mark.parametrize(("texts", "lang", "expected"), FILES)
def test_two_files_are_versions_or_editions(
    tmp_path: Path, texts: dict[str, str], lang: Lang | None, expected: list[tuple[str, str, str]]
) -> None:
    first, second = written(tmp_path, **texts)
    found = editions.read(((lang, first), (lang, second)), LIMITS)
    assert [(side, v.lang, v.called) for side, v in found.items()] == expected
    assert all(v.side == side for side, v in found.items())


def test_the_longer_version_of_a_bilingual_file_is_the_edition(tmp_path: Path) -> None:
    article = "\n\n".join(["Экспорт зерна вырос, а ввоз машин упал. " * 30, "Grain exports rose. " * 15])
    first, second = written(tmp_path, a=article, b=RUSSIAN)
    found = editions.read(((None, first), (None, second)), LIMITS)
    assert [v.lang for v in found.values()] == ["ru", "ru"]
    assert "Grain" not in found["en"].text


MANIFESTS = [
    ('first = "a.txt"\nsecond = "b.txt"', ((None, "a.txt"), (None, "b.txt")), True),
    ('first = "a.txt"\nsecond = "b.txt"\nlang = "ru"', (("ru", "a.txt"), ("ru", "b.txt")), True),
    ('en = "a.txt"\nru = "b.txt"', (("en", "a.txt"), ("ru", "b.txt")), False),
]


@pytest.mark.parametrize(("entry", "paths", "apart"), MANIFESTS)
def test_a_manifest_lists_editions(
    tmp_path: Path, entry: str, paths: tuple[tuple[str | None, str], ...], apart: bool
) -> None:
    written(tmp_path, a=ENGLISH, b=ENGLISH)
    (tmp_path / "works.toml").write_text(f"[[work]]\n{entry}\n", encoding="utf-8")
    (work,) = manifest(tmp_path / "works.toml")
    assert work.error is None
    assert work.apart is apart
    assert tuple((lang, path.name) for lang, path in work.paths) == paths


@pytest.mark.parametrize(
    "entry",
    [
        'first = "a.txt"',
        'second = "a.txt"',
        'first = "a.txt"\nen = "b.txt"',
        'first = "a.txt"\nsecond = "b.txt"\nfile = "c.txt"',
    ],
)
def test_a_manifest_says_which_keys_go_together(tmp_path: Path, entry: str) -> None:
    (tmp_path / "works.toml").write_text(f"[[work]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="two editions as first and second"):
        manifest(tmp_path / "works.toml")


SYNONYMS = ["talks negotiations", "agreement treaty", "buy purchase", "расходы затраты", "сказал заявил"]
APART = ["rose fell", "north south", "export import", "рост падение", "север юг", "запретил разрешил"]


@pytest.mark.parametrize("words", SYNONYMS)
def test_words_that_share_translations_mean_the_same(words: str) -> None:
    a, b = map(stem, words.split())
    assert meaning(a, b) > 0.03
    assert meaning(a, b) == pytest.approx(meaning(b, a), rel=0.01)
    assert kinship(a, b) > 0.1


@pytest.mark.parametrize("words", APART)
def test_words_that_exclude_each_other_do_not(words: str) -> None:
    a, b = map(stem, words.split())
    assert meaning(a, b) == 0
    assert kinship(a, b) < 0.04


REWORDED: dict[Lang, list[tuple[str, str]]] = {
    "en": [
        ("He agreed.", "He consented."),
        ("Prices rose in May.", "In May prices went up."),
        ("The talks failed.", "The negotiations broke down."),
        ("Villagers complained about the dust.", "The inhabitants were unhappy with the dust."),
    ],
    "ru": [
        ("Он согласился.", "Он дал согласие."),
        ("В мае цены выросли.", "Цены в мае повысились."),
        ("Переговоры провалились.", "Переговоры закончились ничем."),
        ("Жители жаловались на пыль.", "Сельчане были недовольны пылью."),
    ],
}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_reworded_sentences_meet_and_exchanged_ones_do_not(lang: Lang) -> None:
    first, second = map(list, zip(*REWORDED[lang], strict=True))
    pairs = {(b.en, b.ru) for b in align(first, second, langs=(lang, lang))}
    assert pairs == {((i,), (i,)) for i in range(len(first))}
    exchanged = [
        *second[:2],
        "Snow covers the hills." if lang == "en" else "Снег лежит на холмах.",
        second[3],
    ]
    beads = {(b.en, b.ru) for b in align(first, exchanged, langs=(lang, lang))}
    assert {((2,), ()), ((), (2,))} <= beads


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_text_meets_itself_sentence_by_sentence(lang: Lang) -> None:
    lines = [sentence for pair in REWORDED[lang] for sentence in pair]
    beads = align(lines, lines, langs=(lang, lang))
    assert [(b.en, b.ru) for b in beads] == [((i,), (i,)) for i in range(len(lines))]


@cache
def compared(name: str, first: str = "first", second: str = "second") -> Work:
    lang = json.loads((CASES / f"{name}.json").read_text("utf-8"))["lang"]
    return api.compare(*(CASES / f"{name}.{which}.{lang}.txt" for which in (first, second)))


def reported(work: Work) -> list[Difference]:
    return [d for d in work.differences or () if d.confidence >= REPORTED]


def shows(found: Difference, case: dict[str, str | None]) -> bool:
    """The evidence on each side that the case has meets the evidence of the finding."""
    sides = ((found.en, case["first"]), (found.ru, case["second"]))
    return all(
        span is None or words is None or words in span.text or span.text in words for span, words in sides
    ) and any(span is not None and words is not None for span, words in sides)


FOUND = {"memo": 1.0, "report": 1.0, "speech": 0.8, "resolution": 0.8}
"""Recall at confidence 0.5. The memo and the report were written first, and their misses led to rules; the speech and the
resolution were measured as they were written (7 of 9, 6 of 8), before two of their misses led to rules too."""


@pytest.mark.models
@pytest.mark.parametrize("name", NAMES)
def test_planted_differences_are_found_and_nothing_else(name: str) -> None:
    planted = json.loads((CASES / f"{name}.json").read_text("utf-8"))["planted"]
    found = reported(compared(name))
    met = [next((d for d in found if shows(d, case)), None) for case in planted]
    right = sum(d is not None and d.kind == case["kind"] for d, case in zip(met, planted, strict=True))
    missed = [case for case, d in zip(planted, met, strict=True) if d is None]
    assert len(planted) - len(missed) >= FOUND[name] * len(planted), missed
    assert right >= 0.85 * (len(planted) - len(missed))
    assert [d for d in found if not any(shows(d, case) for case in planted)] == []


@pytest.mark.models
@pytest.mark.parametrize("name", NAMES)
def test_explanations_speak_of_editions(name: str) -> None:
    work = compared(name)
    said = " ".join(d.explanation for d in work.differences or ())
    assert re.search(r"The (first|second) edition has no such sentence\.", said)
    assert "version" not in said
    assert [v.edition for v in work.versions.values()] == ["first", "second"]
    ids = [s.id for v in work.versions.values() for s in (*(v.entities or ()), *(v.statements or ()))]
    assert len(ids) == len(set(ids))


@pytest.mark.models
@pytest.mark.parametrize("name", NAMES)
def test_a_text_does_not_differ_from_itself(name: str) -> None:
    work = compared(name, "first", "first")
    assert work.differences == ()
    assert all(b.en == b.ru and len(b.en) == 1 for b in work.alignment)


@pytest.mark.models
@pytest.mark.parametrize("name", NAMES)
def test_exchanged_editions_exchange_omissions_and_additions(name: str) -> None:
    there, back = reported(compared(name)), reported(compared(name, "second", "first"))
    turned = {"omission": "addition", "addition": "omission"}

    def seen(found: list[Difference], *, turn: bool) -> set[tuple[str, str]]:
        kept = [d for d in found if d.kind in turned]
        return {(turned[d.kind] if turn else d.kind, (d.en or d.ru).text) for d in kept}  # type: ignore[union-attr]

    assert seen(there, turn=True) == seen(back, turn=False)
    assert sorted(d.kind for d in there if d.kind not in turned) == sorted(
        d.kind for d in back if d.kind not in turned
    )
