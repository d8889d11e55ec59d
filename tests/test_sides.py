"""One country a speaker and a figure, agreed between the versions."""

import msgspec
import pytest

from pipeline.consensus import sides
from pipeline.document import Bead, Quantity, Statement, Version, Work
from tests.conftest import plain_version

Said = tuple[str, str, float]
"""A speaker, the country and how sure it is."""


def version(lang: str, said: list[Said], figures: list[tuple[str, float]] = ()) -> Version:  # type: ignore[assignment]
    text = "Words."
    plain = plain_version(text, lang)
    told = tuple(
        Statement(
            id=f"{lang}.s{i}",
            start=0,
            end=5,
            text="Words",
            by="test",
            kind="direct",
            speaker_name=name,
            country=country,
            country_confidence=sure,
        )
        for i, (name, country, sure) in enumerate(said)
    )
    counted = tuple(
        Quantity(
            id=f"{lang}.q{i}",
            start=0,
            end=5,
            text="Words",
            by="test",
            from_="1",
            to="2",
            subject=c,
            subject_confidence=p,
        )
        for i, (c, p) in enumerate(figures)
    )
    return msgspec.structs.replace(plain, statements=told, quantities=counted)


def work(en: Version, ru: Version) -> Work:
    return Work(
        id="w",
        versions={"en": en, "ru": ru},
        alignment=(Bead(level="sentence", en=(0,), ru=(0,), score=1.0),),
    )


def countries(work: Work) -> list[list[str | None]]:
    return [[s.country for s in v.statements or ()] for v in sides.sided(work).values()]


@pytest.mark.parametrize(
    ("en", "ru", "agreed"),
    [
        ([("Ion Lupu", "RO", 0.7)], [("Ион Лупу", "MD", 1.0)], [["MD"], ["MD"]]),
        ([("Ion Lupu", "RO", 0.5)], [("Лупу", "MD", 0.6)], [["MD"], ["MD"]]),
        ([("Ion Lupu", "RO", 0.9), ("Ion Lupu", "MD", 0.6)], [], [["RO", "RO"], []]),
        ([("Ion Lupu", "RO", 1.0)], [("Ион Лупу", "MD", 1.0)], [["RO"], ["MD"]]),
        ([("Ion Lupu", "RO", 0.7)], [("Дан Войкулец", "MD", 1.0)], [["RO"], ["MD"]]),
        ([("Ana Lupu", "RO", 0.7)], [("Ион Лупу", "MD", 1.0)], [["RO"], ["MD"]]),
    ],
    ids=["stated beats guessed", "surer guess", "one person", "both state", "another person", "namesake"],
)
def test_speakers(en: list[Said], ru: list[Said], agreed: list[list[str]]) -> None:
    assert countries(work(version("en", en), version("ru", ru))) == agreed


@pytest.mark.parametrize(
    ("en", "ru", "agreed"),
    [
        (("RO", 0.5), ("MD", 0.6), ["MD", "MD"]),
        (("RO", 0.5), ("MD", 1.0), ["RO", "MD"]),
        (("RO", 1.0), ("MD", 1.0), ["RO", "MD"]),
    ],
    ids=["two guesses", "named in one", "named in both"],
)
def test_figures(en: tuple[str, float], ru: tuple[str, float], agreed: list[str]) -> None:
    found = sides.sided(work(version("en", [], [en]), version("ru", [], [ru])))
    assert [q.subject for v in found.values() for q in v.quantities or ()] == agreed
