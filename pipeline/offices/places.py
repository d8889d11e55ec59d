"""The countries and houses that an office's words name: whom it serves, and where it is kept."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline import countries
from pipeline.offices.nouns import data, noun, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

COUNTRY_WORDS = 4
"""Longest name of a country that is looked for inside an office, in words ("Bosnia and Herzegovina" has three)."""


def country_mentions(
    doc: "Doc", first: int, last: int, lang: str
) -> Iterator[tuple[int, int, countries.Country]]:
    """The countries named in the tokens [first, last) as (first, last, country), longest names first, no overlaps."""
    at = first
    while at < last:
        length, found = _country_at(doc, at, last, lang)
        if found and not _part_of_a_region(doc, at):
            yield at, at + length, found
        at += max(1, length)


def _country_at(doc: "Doc", at: int, last: int, lang: str) -> tuple[int, countries.Country | None]:
    """The longest name of a country, or of a house that only one has, at a token; its length in tokens."""
    token = doc[at]
    shouted = token.text.isupper() and len(token) > COUNTRY_WORDS  # parsers take "WINDHOEK" for anything
    if not shouted and token.pos_ in (
        "ADP",
        "DET",
        "PUNCT",
        "SPACE",
        "CCONJ",
        "VERB",
        "PRON",
        "AUX",
        "NUM",
        "ADV",
    ):
        return 0, None
    opens_house, capital = _may_open_house(token, lang), token.text[:1].isupper()
    if not (opens_house or capital or token.pos_ == "ADJ"):
        return 0, None
    for length in range(min(COUNTRY_WORDS, last - at), 0, -1):
        words = doc[at : at + length]
        if opens_house and (house := _house(words, lang)):
            named = countries.mention(doc[at + length].text, lang) if at + length < len(doc) else None
            whose = named.code if named and named.kind == "name" else house  # «Сейм Литвы» is no Polish one
            return length, countries.Country(whose, "name")
        proper = capital and words[-1].text[:1].isupper()
        if (proper or (length == 1 and token.pos_ == "ADJ")) and (
            found := countries.mention(words.text, lang)
        ):
            return length, found
    return 0, None


def _house(words: "Span", lang: str) -> str | None:
    houses: dict[str, str] = data(lang)["houses"]
    return houses.get(" ".join(plain(t.lemma_) for t in words)) or houses.get(words.text.lower())


def _may_open_house(token: "Token", lang: str) -> bool:
    return plain(token.lemma_) in _first_words(lang) or token.lower_ in _first_words(lang)


@cache
def _first_words(lang: str) -> frozenset[str]:
    return frozenset(key.split()[0] for key in data(lang)["houses"])


def _part_of_a_region(doc: "Doc", at: int) -> bool:
    """ "North American", «Латинской Америки»: a continent's name is no country's."""
    if at == 0 or not doc[at].lower_.startswith(("america", "америк")):
        return False
    before = doc[at - 1].lower_
    return before in ("north", "south", "latin", "central", "pan", "inter") or before.startswith(
        ("северн", "южн", "латинск", "центральн")
    )


def countries_of(doc: "Doc", first: int, last: int, lang: str) -> tuple[str | None, str | None]:
    """The country that an office serves, and the one it is served in or faces: "Chilean ambassador | to Peru", «переговорщик
    с Варшавой»."""
    serves, abroad = None, None
    sent = any(_is_sent(doc[i], lang) for i in range(first, last))
    for start, _, country in country_mentions(doc, first, last, lang):
        left = next(
            (
                doc[i]
                for i in range(start - 1, max(first, start - 4) - 1, -1)
                if doc[i].pos_ not in ("DET", "ADJ", "PROPN")
            ),
            None,
        )
        preposition = left.lower_ if left is not None and left.pos_ == "ADP" else ""
        across = preposition in data(lang)["facing"] or (sent and preposition in data(lang)["abroad"])
        if across and country.kind in ("name", "capital"):
            abroad = abroad or country.code
        else:
            serves = serves or country.code
    return serves, abroad


def _is_sent(token: "Token", lang: str) -> bool:
    """An office that one country keeps in another: "ambassador", «посланник»; not "researcher in Dushanbe"."""
    form = noun(token, lang)
    return form is not None and form in data(lang)["sent"]
