"""Factor mentions: codes, polarity, countries, no double counting; and recall beyond terms."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import codebook, factors
from pipeline.document import Entity, Factor, Link, Version
from pipeline.factors import similar
from pipeline.parse import Parsers
from tests.conftest import plain_version

CASES = tomllib.loads((Path(__file__).parent / "cases" / "factors" / "mentions.toml").read_text("utf-8"))[
    "cases"
]
BOOK = codebook.load("neighbour-influence")
TITLE = {"en": "A title\n\n", "ru": "Заголовок\n\n"}


def found(text: str, lang: Any, parsers: Parsers, **layers: Any) -> tuple[Factor, ...]:
    version = plain_version(TITLE[lang] + text, lang, **{"entities": (), **layers})
    return factors.extract(version, parsers.doc(version), BOOK)


@pytest.mark.models
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_mentions_have_their_code_and_polarity(case: dict[str, str], real_parsers: Parsers) -> None:
    mentions = found(case["text"], case["lang"], real_parsers)
    assert (case["code"], case["polarity"]) in {(m.code, m.polarity) for m in mentions}


@pytest.mark.models
def test_a_mention_inside_a_longer_one_is_not_counted_again(real_parsers: Parsers) -> None:
    text = "The multi-vector foreign policy of the new government found a counterweight in the west."
    spans = [(m.start, m.end, m.code) for m in found(text, "en", real_parsers)]
    nested = [
        (a, b) for a in spans for b in spans if a != b and a[0] <= b[0] and b[1] <= a[1] and a[2] == b[2]
    ]
    assert spans
    assert nested == []


@pytest.mark.models
def test_a_sentence_like_an_example_is_a_mention_with_less_confidence(real_parsers: Parsers) -> None:
    """No term foresaw these words; the sentence lies near "Growers found new buyers beyond the sea"."""
    text = "Exporters of fruit and dairy found fresh customers and suppliers in remote economies."
    by = {m.by: m for m in found(text, "en", real_parsers) if m.group == "economic"}
    assert by
    for mention in by.values():
        assert (mention.confidence <= 0.5) == (mention.by == similar.BY)
        assert mention.rule.startswith(mention.code)


@pytest.mark.models
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Beat the eggs with the sugar until they are pale, fold in the flour and bake for forty minutes.",
        ),
        ("ru", "Взбейте яйца с сахаром добела, введите муку и выпекайте сорок минут в разогретой духовке."),
    ],
)
def test_a_recipe_names_no_cause(lang: str, text: str, real_parsers: Parsers) -> None:
    assert found(text, lang, real_parsers) == ()


def test_countries_are_those_of_the_sentence(fake_parsers: Parsers) -> None:
    text = "Sanctions hurt Peru. Chile looked on."
    start = len(TITLE["en"]) + text.index("Peru")
    other = len(TITLE["en"]) + text.index("Chile")
    entities = (
        Entity(start=start, end=start + 4, text="Peru", by="test", type="LOC", name="Peru", link=Link(scheme="iso3166", value="PE")),
        Entity(start=other, end=other + 5, text="Chile", by="test", type="LOC", name="Chile", link=Link(scheme="iso3166", value="CL")),
    )  # fmt: skip
    mentions = found(text, "en", fake_parsers, entities=entities)
    assert {m.countries for m in mentions if m.code == "economic.sanctions"} == {("PE",)}


def test_nothing_named_is_an_empty_layer(fake_parsers: Parsers) -> None:
    assert found("The kettle was put on at nine.", "en", fake_parsers) == ()


def test_titles_are_like_nothing(fake_parsers: Parsers) -> None:
    version: Version = plain_version(
        "Growers found new buyers beyond the sea\n\nThe kettle was put on.", "en", entities=()
    )
    version = msgspec.structs.replace(version)
    assert not any(m.by == similar.BY for m in factors.extract(version, fake_parsers.doc(version), BOOK))
